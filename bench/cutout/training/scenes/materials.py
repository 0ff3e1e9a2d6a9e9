"""What pieces are made of. Every material also writes 1 to the pass "piece", from which the mask is made:
the pass is averaged over the very samples of the photo, so edges and defocus agree with it exactly."""
import numpy as np
from .nodes import hsv, material, near

METALS = {
    "yellow gold": (1.0, 0.75, 0.35), "pale gold": (0.98, 0.80, 0.46), "rich gold": (1.0, 0.69, 0.25), "rose gold": (0.94, 0.60, 0.46),
    "copper": (0.93, 0.52, 0.36), "white gold": (0.90, 0.87, 0.80), "silver": (0.95, 0.94, 0.92), "platinum": (0.80, 0.79, 0.77),
    "steel": (0.62, 0.62, 0.63), "brass": (0.86, 0.68, 0.33), "blackened silver": (0.55, 0.54, 0.53), "black rhodium": (0.13, 0.13, 0.14),
}
SHARES = [0.17, 0.1, 0.08, 0.14, 0.03, 0.1, 0.16, 0.07, 0.03, 0.04, 0.06, 0.02]


def marked(t):
    n = t.node("OutputAOV")
    n.name = "piece"  # the node's own name field is the pass
    n.inputs["Value"].default_value = 1.0


def metal(rng, name=None, finish=None):
    name = name or rng.choice(list(METALS), p=np.array(SHARES) / sum(SHARES))
    finish = finish or rng.choice(["mirror", "polished", "satin", "brushed", "worn", "sandy"], p=[0.42, 0.24, 0.12, 0.1, 0.07, 0.05])
    m, t = material("metal")
    colour = near(rng, METALS[name], 0.05)
    obj = t.node("TexCoord").outputs["Object"]
    rough, normal = {"mirror": rng.uniform(0.0, 0.06), "polished": rng.uniform(0.06, 0.16), "satin": rng.uniform(0.2, 0.42),
                     "brushed": rng.uniform(0.15, 0.3), "worn": rng.uniform(0.08, 0.2), "sandy": rng.uniform(0.25, 0.4)}[finish], None
    if finish == "brushed":
        stretch = rng.permutation([90, 90, 3.0])
        lines = t.noise(t.node("Mapping", None, Vector=obj, Scale=tuple(stretch)).outputs[0], 1.0, 3)
        normal = t.bump(lines, 0.35, 0.02)
        rough = t.math("MULTIPLY_ADD", lines, 0.35, rough - 0.1)
    elif finish == "worn":
        n = t.noise(obj, rng.uniform(2, 8), 5, 0.65)
        rough = t.math("MULTIPLY_ADD", n, 0.4, rough - 0.12, clamp=True)
        normal = t.bump(t.noise(obj, 14, 4), 0.12, 0.03)
    elif finish == "sandy":
        normal = t.bump(t.noise(obj, rng.uniform(30, 60), 2), 0.5, 0.02)
    elif rng.random() < 0.35:  # polish is never wholly even
        normal = t.bump(t.noise(obj, rng.uniform(1, 4), 2), rng.uniform(0.02, 0.1), 0.1)
    if name == "blackened silver" or (finish == "worn" and rng.random() < 0.5):
        dirt = t.ramp(t.node("NewGeometry").outputs["Pointiness"], [(rng.uniform(0.42, 0.47), 0.0), (rng.uniform(0.49, 0.55), 1.0)])
        colour = t.mix(dirt, tuple(np.array(METALS[name]) * rng.uniform(0.04, 0.25)), colour)
    kind = "BsdfGlossy"
    s = t.node(kind, {"distribution": "GGX"}, Color=colour, Roughness=rough)
    if normal is not None:
        t.put(s.inputs["Normal"], normal)
    t.surface(s.outputs[0])
    marked(t)
    return m, f"{name}, {finish}"


GEMS = [("diamond", None, 2.2), ("ruby", (0.96, 0.9), 1.77), ("sapphire", (0.63, 0.92), 1.77), ("emerald", (0.4, 0.85), 1.58),
        ("amethyst", (0.77, 0.65), 1.55), ("citrine", (0.11, 0.8), 1.55), ("aquamarine", (0.52, 0.35), 1.57), ("peridot", (0.22, 0.75), 1.66),
        ("topaz", (0.56, 0.6), 1.62), ("morganite", (0.02, 0.3), 1.58), ("smoky quartz", (0.07, 0.5), 1.55), ("garnet", (0.99, 0.95), 1.8)]


def gem(rng, small=False):
    pick = 0 if rng.random() < (0.75 if small else 0.28) else int(rng.integers(1, len(GEMS)))
    name, hs, ior = GEMS[pick]
    m, t = material("gem")
    c = (0.97, 0.97, 0.98) if hs is None else hsv(hs[0] + rng.normal() * 0.015, hs[1] * rng.uniform(0.75, 1.05), rng.uniform(0.5, 0.95))
    g = t.node("BsdfGlass", None, Color=c, Roughness=0.0, IOR=ior).outputs[0]
    # Light wanders long inside a stone. After some turns it is taken to have come out into the room: cut stones
    # sparkle instead of going black, and cost less.
    deep = t.math("GREATER_THAN", t.node("LightPath").outputs["Transmission Depth"], float(rng.integers(2, 4)))
    glow = t.node("Emission", None, Color=c, Strength=rng.uniform(0.3, 1.2) if hs is None else rng.uniform(0.1, 0.9)).outputs[0]
    t.surface(t.node("MixShader", None, _0=deep, _1=g, _2=glow).outputs[0])
    marked(t)
    return m, name


def opaque_stone(rng):
    name = rng.choice(["onyx", "turquoise", "jade", "lapis", "coral", "malachite", "tiger eye", "opal", "moonstone", "carnelian", "agate", "howlite"])
    m, t = material("stone")
    at = t.where(rng)
    n = t.noise(at, rng.uniform(1, 4), 5, 0.6)
    fine = t.noise(at, rng.uniform(8, 20), 4, 0.7)
    base = {"onyx": (0, 0.1, 0.04), "turquoise": (0.49, 0.65, 0.78), "jade": (0.38, 0.5, 0.55), "lapis": (0.63, 0.85, 0.5), "coral": (0.02, 0.75, 0.9),
            "malachite": (0.42, 0.8, 0.5), "tiger eye": (0.09, 0.8, 0.6), "opal": (0.5, 0.12, 0.9), "moonstone": (0.6, 0.1, 0.85),
            "carnelian": (0.03, 0.85, 0.7), "agate": (rng.random(), 0.5, 0.6), "howlite": (0.1, 0.04, 0.92)}[name]
    a = hsv(*base)
    colour = t.mix(n, tuple(np.array(a) * 0.75), near(rng, a, 0.15))
    if name in ("turquoise", "howlite"):
        vein = t.ramp(t.voronoi(t.mix(0.12, at, t.noise(at, 3, 3, colour=True)), rng.uniform(2, 5), "DISTANCE_TO_EDGE"), [(0.0, 0.0), (0.05, 1.0)])
        colour = t.mix(vein, (0.06, 0.04, 0.03), colour)
    elif name in ("malachite", "tiger eye", "agate"):
        colour = t.ramp(t.wave(at, rng.uniform(1, 3), 6, kind="RINGS" if name != "tiger eye" else "BANDS"), [(0.2, tuple(np.array(a) * 0.25)), (0.6, a), (0.95, tuple(np.minimum(np.array(a) * 2, 0.9)))])
    elif name == "lapis":
        colour = t.mix(t.ramp(fine, [(0.66, 0.0), (0.72, 1.0)]), colour, (0.7, 0.5, 0.15))
    elif name == "opal":
        spots = t.voronoi(at, rng.uniform(4, 9), out=1)
        colour = t.mix(0.45, colour, spots)
    t.surface(t.principled(colour, rng.uniform(0.03, 0.25), 0.55))
    marked(t)
    return m, name


def pearl(rng):
    m, t = material("pearl")
    h, s, v = rng.choice(np.array([[0.1, 0.05, 0.93], [0.1, 0.12, 0.92], [0.97, 0.12, 0.9], [0.12, 0.3, 0.88], [0.6, 0.06, 0.85], [0.7, 0.12, 0.3], [0.4, 0.15, 0.25]]),
                         p=[0.3, 0.22, 0.16, 0.09, 0.09, 0.08, 0.06])
    body = hsv(h, s, v)
    rim = t.node("LayerWeight", None, Blend=0.35).outputs["Facing"]
    sheen = hsv(rng.choice([0.95, 0.4, 0.58]), 0.25, min(v + 0.08, 1))
    t.surface(t.principled(t.mix(rim, body, sheen), rng.uniform(0.1, 0.3), 0.6, Clearcoat=0.5, Metallic=rng.uniform(0, 0.25)))
    marked(t)
    return m, "pearl"


def enamel(rng):
    m, t = material("enamel")
    c = hsv(rng.random(), rng.uniform(0.3, 0.95), rng.uniform(0.2, 0.95)) if rng.random() < 0.8 else hsv(0, 0, rng.choice([0.05, 0.95]))
    t.surface(t.principled(c, rng.uniform(0.03, 0.2), 0.6, Clearcoat=0.6))
    marked(t)
    return m, "enamel"


def wardrobe(rng):
    """One material for each name a shape may use, and what they are called."""
    first, name = metal(rng)
    second, _ = metal(rng) if rng.random() < 0.4 else metal(rng, name.split(",")[0])
    gem1, gem_name = gem(rng)
    gem2, gem2_name = gem(rng, True)
    st, stone_name = opaque_stone(rng)
    return ({"metal": first, "metal2": second, "gem": gem1, "gem2": gem2, "stone": st, "pearl": pearl(rng)[0], "enamel": enamel(rng)[0]},
            {"metal": name, "gem": gem_name, "gem2": gem2_name, "stone": stone_name})
