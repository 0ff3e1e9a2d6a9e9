"""Grounds of wood, stone, tile, acrylic, metal.

Each takes (rng, t, s) and sets the surface of the shader tree t. Patterns are sized in centimetres; s stretches them.
All are made from noise, so that nothing has to be downloaded.
"""
import numpy as np
from .nodes import any_colour, hsv, near


WOODS = [((0.30, 0.15, 0.07), (0.16, 0.07, 0.03)), ((0.62, 0.42, 0.24), (0.42, 0.25, 0.12)), ((0.72, 0.58, 0.40), (0.55, 0.40, 0.24)),
         ((0.10, 0.05, 0.03), (0.04, 0.02, 0.012)), ((0.40, 0.36, 0.32), (0.22, 0.20, 0.18)), ((0.45, 0.18, 0.08), (0.25, 0.08, 0.03)),
         ((0.78, 0.72, 0.64), (0.62, 0.55, 0.46)), ((0.36, 0.24, 0.13), (0.15, 0.09, 0.05))]


def wood(rng, t, s):
    light, dark = (near(rng, c, 0.15) for c in WOODS[int(rng.integers(len(WOODS)))])
    turn = rng.choice([0, 1.57, rng.uniform(0, 3.14)])
    at = t.where(rng, turn=turn)
    wide, long = rng.uniform(2.5, 14) * s, rng.uniform(20, 60) * s
    brick = t.node("TexBrick", {"offset": rng.uniform(0.2, 0.8)}, Vector=at, Color1=(0.1, 0.1, 0.1), Color2=(0.95, 0.95, 0.95), Mortar=(0, 0, 0), Scale=1.0,
                   **{"Mortar_Size": rng.uniform(0.02, 0.12) * s, "Mortar_Smooth": 0.2, "Brick_Width": long, "Row_Height": wide})
    plank = brick.outputs[0]
    moved = t.mix(1.0, at, t.mix(1.0, plank, (90, 50, 70), "MULTIPLY"), "ADD")  # each plank shows another part of the tree
    fibre = t.noise(t.node("Mapping", None, Vector=moved, Scale=(0.06 / s, 1.4 / s, 1)).outputs[0], rng.uniform(0.6, 2), 8, 0.65, rng.uniform(0.2, 1.2))
    rings = t.wave(t.node("Mapping", None, Vector=moved, Scale=(0.05 / s, 0.8 / s, 1)).outputs[0], rng.uniform(0.2, 0.7), rng.uniform(4, 12), direction="Y", detail=3, dscale=rng.uniform(0.5, 1.5))
    pores = t.noise(t.node("Mapping", None, Vector=moved, Scale=(0.5 / s, 16 / s, 1)).outputs[0], 1.5, 3, 0.7)
    grain = t.math("ADD", t.math("MULTIPLY", fibre, 0.65), t.math("MULTIPLY", rings, rng.uniform(0.1, 0.4)))
    colour = t.ramp(grain, [(0.25, dark), (0.7, light)])
    colour = t.mix(rng.uniform(0.1, 0.5), colour, t.ramp(pores, [(0.4, 0.35), (0.6, 1.0)]), "MULTIPLY")
    colour = t.mix(rng.uniform(0, 0.45), colour, plank, "MULTIPLY")
    planks = rng.random() < 0.7
    if planks:
        colour = t.mix(brick.outputs[1], colour, tuple(np.array(dark) * 0.12))
    height = t.math("SUBTRACT", t.math("MULTIPLY_ADD", pores, 0.4, grain), t.math("MULTIPLY", brick.outputs[1], 2.0 if planks else 0.0))
    t.surface(t.principled(colour, rng.uniform(0.15, 0.7), rng.uniform(0.2, 0.6), t.bump(height, rng.uniform(0.05, 0.45), 0.05 * s)))


def marble(rng, t, s):
    base = rng.choice(["white", "grey", "black", "beige", "green"], p=[0.5, 0.14, 0.14, 0.14, 0.08])
    c, v = {"white": ((0.82, 0.81, 0.80), (0.25, 0.25, 0.27)), "grey": ((0.35, 0.35, 0.36), (0.75, 0.74, 0.72)), "black": ((0.015, 0.015, 0.017), (0.75, 0.68, 0.55)),
            "beige": ((0.68, 0.56, 0.43), (0.35, 0.22, 0.13)), "green": ((0.03, 0.10, 0.06), (0.5, 0.6, 0.5))}[base]
    at = t.where(rng)
    k = rng.uniform(0.08, 0.3) / s
    bent = t.mix(rng.uniform(0.5, 2.0), at, t.noise(at, k * 1.5, 4, 0.55, colour=True), "ADD")
    vein = t.math("ABSOLUTE", t.math("SUBTRACT", t.noise(bent, k, 6, 0.55, rng.uniform(0.3, 1.5)), 0.5))
    thin = t.math("ABSOLUTE", t.math("SUBTRACT", t.noise(bent, k * 3, 6, 0.6, 1.0), 0.5))
    colour = t.mix(t.ramp(vein, [(0.0, 1.0), (rng.uniform(0.02, 0.12), 0.0)]), near(rng, c, 0.05), near(rng, v, 0.2))
    colour = t.mix(t.math("MULTIPLY", t.ramp(thin, [(0.0, 1.0), (0.025, 0.0)]), rng.uniform(0.1, 0.6)), colour, v)
    colour = t.mix(t.math("MULTIPLY", t.noise(at, k * 0.7, 4), rng.uniform(0.1, 0.5)), colour, tuple(np.array(c) * 0.55))
    t.surface(t.principled(colour, rng.uniform(0.02, 0.45), 0.5))


def granite(rng, t, s):
    cols = [any_colour(rng, rng.choice(["grey", "beige", "dark", "white"])) for _ in range(3)]
    at = t.where(rng)
    k = rng.uniform(2, 8) / s
    a, b = t.noise(at, k, 4, 0.7), t.voronoi(at, k * 2.2, out=1)
    colour = t.mix(t.ramp(a, [(0.42, 0.0), (0.56, 1.0)]), cols[0], cols[1])
    colour = t.mix(t.ramp(b, [(0.72, 0.0), (0.78, 1.0)]), colour, cols[2])
    t.surface(t.principled(colour, rng.uniform(0.05, 0.5), 0.5))


def concrete(rng, t, s):
    c = any_colour(rng, rng.choice(["grey", "grey", "beige", "dark", "pastel"]))
    at = t.where(rng)
    n = t.noise(at, rng.uniform(0.2, 0.6) / s, 9, rng.uniform(0.55, 0.75), rng.uniform(0, 0.8))
    pits = t.ramp(t.voronoi(at, rng.uniform(1, 3) / s), [(0.03, 0.0), (0.1, 1.0)])
    colour = t.ramp(n, [(0.3, tuple(np.array(c) * 0.55)), (0.7, c)])
    t.surface(t.principled(colour, rng.uniform(0.5, 0.9), 0.3, t.bump(t.math("ADD", n, t.math("MULTIPLY", pits, 0.4)), rng.uniform(0.2, 0.7), 0.15 * s)))


def slate(rng, t, s):
    c = hsv(rng.uniform(0.5, 0.7), rng.uniform(0.02, 0.2), rng.uniform(0.12, 0.35))
    at = t.where(rng)
    n = t.noise(at, rng.uniform(0.1, 0.3) / s, 10, 0.62, 0.5)
    layers = t.math("SNAP", n, rng.uniform(0.03, 0.08))
    h = t.math("MULTIPLY_ADD", n, 0.5, layers)
    t.surface(t.principled(t.ramp(n, [(0.3, tuple(np.array(c) * 0.5)), (0.7, tuple(np.minimum(np.array(c) * 1.7, 0.9)))]), rng.uniform(0.3, 0.7), 0.5, t.bump(h, rng.uniform(0.4, 0.9), 0.5 * s)))


def terrazzo(rng, t, s):
    at = t.where(rng)
    base = any_colour(rng, rng.choice(["white", "beige", "grey", "pastel", "dark"]))
    colour = base
    for k in (rng.uniform(0.6, 1.2), rng.uniform(1.5, 3.0)):
        bent = t.mix(0.12 / k, at, t.noise(at, 2 * k, 2, colour=True), "ADD")
        edge = t.voronoi(bent, k / s, "DISTANCE_TO_EDGE")
        pick = t.node("SeparateXYZ", None, Vector=t.voronoi(bent, k / s, out=1)).outputs[0]
        stones = t.ramp(pick, [(i / 4, any_colour(rng) if i else base) for i in range(5)], "CONSTANT")
        colour = t.mix(t.ramp(edge, [(0.08, 0.0), (0.11, 1.0)]), colour, t.mix(t.ramp(pick, [(0.35, 0.0), (0.36, 1.0)], "CONSTANT"), colour, stones))
    t.surface(t.principled(colour, rng.uniform(0.05, 0.5), 0.5))


def sand(rng, t, s):
    c = hsv(rng.uniform(0.06, 0.13), rng.uniform(0.15, 0.5), rng.uniform(0.5, 0.9))
    at = t.where(rng)
    grain = t.voronoi(at, rng.uniform(12, 30), out=1)
    dune = t.wave(at, rng.uniform(0.1, 0.4) / s, 5, detail=3, dscale=0.7)
    h = t.math("ADD", dune, t.math("MULTIPLY", t.noise(at, 25, 3, 0.8), rng.uniform(0.3, 0.8)))
    colour = t.mix(0.5, c, t.mix(1.0, c, grain, "MULTIPLY"))
    t.surface(t.principled(colour, 0.9, 0.2, t.bump(h, rng.uniform(0.3, 0.8), rng.uniform(0.1, 0.5) * s)))


def tiles(rng, t, s):
    c, g = any_colour(rng), any_colour(rng, rng.choice(["grey", "white", "dark"]))
    at = t.where(rng)
    w = rng.uniform(2, 9) * s
    b = t.node("TexBrick", {"offset": rng.choice([0.0, 0.5])}, Vector=at, Color1=c, Color2=near(rng, c, 0.3), Mortar=g, Scale=1.0,
               **{"Mortar_Size": rng.uniform(0.08, 0.25) * s, "Mortar_Smooth": 0.3, "Brick_Width": w * rng.choice([1, 1, 2]), "Row_Height": w})
    n = t.noise(at, 0.3 / s, 3)
    t.surface(t.principled(t.mix(0.2, b.outputs[0], n, "MULTIPLY"), rng.uniform(0.02, 0.35), 0.55, t.bump(t.math("SUBTRACT", t.math("MULTIPLY", n, 0.3), b.outputs[1]), 0.5, 0.1)))


def glossy(rng, t, s):
    c = any_colour(rng, rng.choice(["black", "black", "black", "white", "dark", "saturated", "grey"]))
    normal = t.bump(t.noise(t.where(rng), rng.uniform(0.05, 0.4), 3), rng.uniform(0.02, 0.2), 0.3) if rng.random() < 0.3 else None
    t.surface(t.principled(c, rng.choice([0.0, rng.uniform(0.02, 0.15)]), rng.uniform(0.4, 1.0), normal))


def wet(rng, t, s):
    c = any_colour(rng, rng.choice(["dark", "grey", "black", "beige"]))
    at = t.where(rng)
    n = t.noise(at, rng.uniform(0.08, 0.3) / s, 5, 0.55)
    pool = t.ramp(n, [(0.45, 0.0), (0.55, 1.0)])
    rough = t.math("MULTIPLY_ADD", pool, -0.55, 0.6)
    bump = t.bump(t.math("MULTIPLY", t.noise(at, 6 / s, 6, 0.7), t.math("SUBTRACT", 1.0, pool)), 0.4, 0.1)
    t.surface(t.principled(t.mix(pool, c, tuple(np.array(c) * 0.4)), rough, 0.5, bump))


def sheet(rng, t, s):
    """Ground of metal: a tray, foil or hammered plate; the hardest of grounds for metal pieces."""
    c = near(rng, (0.9, 0.88, 0.84), 0.1) if rng.random() < 0.6 else near(rng, (0.9, 0.66, 0.35), 0.1)
    at = t.where(rng, tuple(rng.choice(np.array([[1, 40, 1], [1, 1, 1]]))))
    n = t.noise(at, rng.uniform(0.5, 3), 4)
    t.surface(t.principled(c, rng.uniform(0.2, 0.5), 0.5, t.bump(n, rng.uniform(0.05, 0.4), 0.1), Metallic=1.0))
