"""Grounds of paper, cloth, leather, skin.

Each takes (rng, t, s) and sets the surface of the shader tree t. Patterns are sized in centimetres; s stretches them.
All are made from noise, so that nothing has to be downloaded.
"""
import numpy as np
from .nodes import any_colour, hsv, near


def plain(rng, t, s):
    c = any_colour(rng)
    n = t.noise(t.where(rng), 0.15 / s, 2)
    normal = t.bump(t.noise(t.where(rng), 25, 3), rng.uniform(0.02, 0.15), 0.02) if rng.random() < 0.6 else None
    t.surface(t.principled(t.mix(n, c, near(rng, c, 0.06)), rng.uniform(0.3, 0.9), rng.uniform(0.1, 0.5), normal))


def gradient(rng, t, s):
    a = any_colour(rng)
    b = near(rng, a, 0.5) if rng.random() < 0.6 else any_colour(rng)
    x = t.node("SeparateXYZ", None, Vector=t.where()).outputs[int(rng.integers(0, 2))]
    f = t.math("MULTIPLY_ADD", x, 0.06 / s, 0.5, clamp=True)
    t.surface(t.principled(t.ramp(f, [(0.0, a), (1.0, b)], "EASE"), rng.uniform(0.25, 0.8), 0.4))


def paper(rng, t, s):
    c = any_colour(rng, rng.choice(["white", "pastel", "pastel", "beige", "saturated", "grey"]))
    at = t.where(rng)
    fibre = t.noise(at, rng.uniform(15, 40), 4, 0.7)
    normal = t.bump(fibre, rng.uniform(0.05, 0.3), 0.02)
    kind = rng.choice(["flat", "creased", "crumpled"])
    if kind != "flat":
        bent = t.mix(0.25, at, t.noise(at, 0.4 / s, 2, colour=True), "ADD")
        k = t.voronoi(bent, rng.uniform(0.08, 0.2) / s if kind == "creased" else rng.uniform(0.3, 0.8) / s, "F1")
        normal = t.bump(k, rng.uniform(0.15, 0.5) if kind == "creased" else rng.uniform(0.3, 0.9), 0.6 * s, normal)
    t.surface(t.principled(t.mix(t.math("MULTIPLY", fibre, 0.3), c, near(rng, c, 0.1)), rng.uniform(0.6, 0.95), 0.2, normal))


def velvet(rng, t, s):
    c = any_colour(rng, rng.choice(["saturated", "dark", "dark", "black", "beige"]))
    at = t.where(rng)
    pile = t.noise(at, rng.uniform(0.4, 1.2) / s, 4, 0.6, 0.6)
    fine = t.noise(at, 30, 3, 0.7)
    normal = t.bump(t.math("MULTIPLY_ADD", fine, 0.4, pile), 0.35, 0.15 * s)
    shade = t.mix(t.ramp(pile, [(0.35, 0.0), (0.65, 1.0)]), tuple(np.array(c) * 0.7), tuple(np.minimum(np.array(c) * 1.3, 0.95)))
    d = t.principled(shade, 0.95, 0.05, normal, Sheen=rng.uniform(0.3, 1.0), Sheen_Tint=0.8)
    t.surface(d)


def felt(rng, t, s):
    c = any_colour(rng)
    at = t.where(rng)
    n = t.noise(at, rng.uniform(8, 20), 6, 0.75, rng.uniform(0, 2))
    t.surface(t.principled(t.mix(n, tuple(np.array(c) * 0.8), near(rng, c, 0.12)), 0.95, 0.05, t.bump(n, 0.6, 0.06), Sheen=0.3))


def cloth(rng, t, s):
    c = any_colour(rng)
    c2 = near(rng, c, 0.25) if rng.random() < 0.65 else any_colour(rng)
    turn = rng.uniform(0, 6.28)
    at = t.where(rng, turn=turn)
    k = rng.uniform(3, 12) / s
    at = t.mix(0.02, at, t.noise(at, 2, 2, colour=True), "ADD")
    warp, weft = t.wave(at, k, 0.4, direction="X", dscale=3), t.wave(at, k, 0.4, direction="Y", dscale=3)
    kind = rng.choice(["weave", "twill", "knit", "stripes", "check"])
    over = t.node("TexChecker", None, Vector=at, Scale=k * 6.28 / 2).outputs[1] if kind != "twill" else t.wave(at, k * 1.4, 0.3, direction="DIAGONAL")
    height = t.math("ADD", t.math("MULTIPLY", warp, over), t.math("MULTIPLY", weft, t.math("SUBTRACT", 1.0, over)))
    if kind == "knit":
        v = t.where(rng, (1, 0.7, 1), turn)
        zig = t.wave(v, k * 0.35, 0, direction="X", profile="TRI")
        row = t.node("SeparateXYZ", None, Vector=v).outputs[1]
        height = t.math("SINE", t.math("MULTIPLY_ADD", row, k * 2.4, t.math("MULTIPLY", zig, 5.0)))
    colour = t.mix(t.math("MULTIPLY", height, 0.5, clamp=True), tuple(np.array(c) * 0.6), c)
    if kind in ("stripes", "check"):
        w = rng.uniform(0.15, 0.8) / s
        band = t.ramp(t.wave(at, w, 0, direction="X"), [(rng.uniform(0.3, 0.7), 0.0), (0.72, 1.0)], "CONSTANT")
        if kind == "check":
            band = t.math("MULTIPLY", t.math("ADD", band, t.ramp(t.wave(at, w, 0, direction="Y"), [(0.5, 0.0), (0.52, 1.0)], "CONSTANT")), 0.5)
        colour = t.mix(band, colour, t.mix(height, tuple(np.array(c2) * 0.6), c2))
    slub = t.noise(t.where(rng, (0.3, 6, 1), turn), 1.5 / s, 3)
    colour = t.mix(0.25, colour, slub, "MULTIPLY")
    t.surface(t.principled(colour, 0.9, 0.1, t.bump(height, rng.uniform(0.4, 1.0), 0.06 * s), Sheen=rng.uniform(0, 0.4)))


def silk(rng, t, s):
    c = any_colour(rng, rng.choice(["pastel", "saturated", "beige", "white", "dark"]))
    at = t.where(rng)
    n = t.noise(t.node("Mapping", None, Vector=at, Scale=(0.3, 2, 1)).outputs[0], 0.25 / s, 3, 0.5, 0.8)
    t.surface(t.principled(c, rng.uniform(0.25, 0.45), 0.6, t.bump(n, rng.uniform(0.3, 0.9), 1.5 * s), Sheen=0.5, Metallic=rng.choice([0, 0.2])))


def leather(rng, t, s):
    c = any_colour(rng, rng.choice(["dark", "black", "beige", "saturated"])) if rng.random() < 0.5 else hsv(rng.uniform(0.03, 0.09), rng.uniform(0.5, 0.85), rng.uniform(0.15, 0.6))
    at = t.where(rng)
    cells = t.voronoi(t.mix(0.15, at, t.noise(at, 3, 2, colour=True), "ADD"), rng.uniform(4, 14) / s, "SMOOTH_F1", smooth=0.3)
    n = t.noise(at, 0.4 / s, 4)
    t.surface(t.principled(t.mix(n, tuple(np.array(c) * 0.6), c), rng.uniform(0.25, 0.6), 0.5, t.bump(cells, rng.uniform(0.3, 0.8), -0.08 * s)))


def skin(rng, t, s):
    c = hsv(rng.uniform(0.03, 0.075), rng.uniform(0.3, 0.62), rng.uniform(0.3, 0.93))
    at = t.where(rng)
    blotch = t.noise(at, rng.uniform(0.1, 0.3), 4, 0.6)
    lines = t.voronoi(t.mix(0.1, at, t.noise(at, 6, 2, colour=True), "ADD"), rng.uniform(6, 14), "DISTANCE_TO_EDGE")
    colour = t.mix(blotch, near(rng, c, 0.15), tuple(np.array(c) * (1.0, 0.85, 0.8)))
    t.surface(t.principled(colour, rng.uniform(0.35, 0.6), 0.4, t.bump(t.ramp(lines, [(0, 0.0), (0.2, 1.0)]), rng.uniform(0.05, 0.35), 0.02)))


def printed(rng, t, s):
    """Patterned paper or cloth: dots, flowers, patches, print."""
    at = t.where(rng)
    k = rng.uniform(0.3, 1.6) / s
    kind = rng.choice(["dots", "patches", "flowers", "marbled", "lines", "print"])
    a, b, c = (any_colour(rng) for _ in range(3))
    if kind == "dots":
        colour = t.ramp(t.voronoi(at, k, random=rng.choice([0, 1])), [(0.25, a), (0.28, b)])
    elif kind == "patches":
        colour = t.ramp(t.node("SeparateXYZ", None, Vector=t.voronoi(at, k, out=1, metric=rng.choice(["EUCLIDEAN", "CHEBYCHEV", "MANHATTAN"]))).outputs[0], [(0, a), (0.3, b), (0.6, c), (0.8, any_colour(rng))], "CONSTANT")
    elif kind == "flowers":
        d = t.voronoi(t.mix(0.35, at, t.noise(at, 2 * k, 2, colour=True), "ADD"), k)
        colour = t.ramp(d, [(0.1, a), (0.12, b), (0.3, c), (0.36, any_colour(rng))], "CONSTANT")
    elif kind == "marbled":
        colour = t.ramp(t.noise(at, k * 0.5, 4, 0.5, rng.uniform(2, 5)), [(0.3, a), (0.45, b), (0.52, c), (0.7, a)])
    elif kind == "lines":
        colour = t.ramp(t.wave(at, k * 1.5, rng.choice([0, 0, 4]), direction="X"), [(0.5, a), (rng.uniform(0.52, 0.9), b)])
    else:
        rows = t.ramp(t.wave(at, 0.7, 0, direction="Y"), [(0.5, 0.0), (0.6, 1.0)])
        words = t.ramp(t.noise(t.node("Mapping", None, Vector=at, Scale=(3, 1.4, 1)).outputs[0], 3, 4, 0.8), [(0.5, 0.0), (0.53, 1.0)])
        colour = t.mix(t.math("MULTIPLY", rows, words), hsv(0.11, 0.08, 0.92), (0.04, 0.04, 0.05))
    t.surface(t.principled(colour, rng.uniform(0.3, 0.9), 0.3, t.bump(t.noise(at, 20, 3), 0.1, 0.02)))
