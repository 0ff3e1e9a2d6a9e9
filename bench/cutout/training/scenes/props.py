"""Things that are no jewels, for the background and beside the piece."""
import numpy as np
from .blender import add_shape
from .gems import outline
from .geometry import TAU, lathe, plate, rot, sphere
from .nodes import any_colour, material


def prop(rng, at, s):
    """A thing that is no jewel: box, book, bottle, bowl, ball, dish, candle."""
    kind = rng.choice(["box", "book", "bottle", "bowl", "ball", "dish", "cylinder", "cone", "cushion", "case"])
    m, t = material("prop")
    c = any_colour(rng, rng.choice(["saturated", "pastel", "white", "dark", "beige"]))
    if kind in ("bottle", "ball") and rng.random() < 0.3:
        t.surface(t.node("BsdfGlass", None, Color=tuple(np.array(c) ** 0.3), IOR=1.45, Roughness=0.02).outputs[0])
    else:  # now and then of metal, so that metal alone does not make a piece
        t.surface(t.principled(c, rng.uniform(0.05, 0.8), 0.5, Metallic=float(rng.random() < 0.12)))
    if kind in ("box", "book"):
        a = rng.uniform(0.6, 1.4, 2) * s
        sq = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1.0]]) * a
        shape = plate(sq, s * (rng.uniform(0.6, 2.2) if kind == "box" else rng.uniform(0.15, 0.4)), 0.04 * s, slot="prop", smooth=False)
    elif kind == "bottle":
        shape = lathe(np.array([[0.01, 0], [0.5, 0], [0.55, 0.1], [0.55, 1.3], [0.5, 1.5], [0.2, 1.8], [0.2, 2.2], [0.25, 2.3], [0.01, 2.3]]) * s * 1.2, 28, "prop")
    elif kind in ("bowl", "dish"):
        h = 0.6 if kind == "bowl" else 0.15
        shape = lathe(np.array([[0.01, 0], [0.5, 0], [0.9, h * 0.5], [1.1, h], [1.05, h], [0.85, h * 0.55], [0.45, 0.08], [0.01, 0.07]]) * s, 36, "prop")
    elif kind == "cone":  # for rings
        shape = lathe(np.array([[0.01, 0], [0.6, 0], [0.62, 0.04], [0.2, 1.7], [0.1, 1.8], [0.01, 1.82]]) * s, 32, "prop")
    elif kind == "cushion":
        shape = plate(outline("cushion", 48) * s, 0.5 * s, 0.22 * s, 0.2 * s, "prop", rings=5)
    elif kind == "case":  # an open ring box
        sq = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1.0]]) * s * 0.8
        shape = plate(sq, 0.6 * s, 0.05 * s, slot="prop", smooth=False).join(
            plate(sq, 0.4 * s, 0.05 * s, slot="prop", smooth=False).moved(rot("x", 1.75), (0, 0.9 * s, 1.3 * s)))
    elif kind == "ball":
        shape = sphere(s * 0.7, 28, "prop").rested()
    else:
        shape = lathe(np.array([[0.01, 0], [0.6, 0], [0.63, 0.05], [0.63, 1.5], [0.6, 1.55], [0.01, 1.55]]) * s, 32, "prop")
    add_shape("prop", shape.moved(rot("z", rng.uniform(0, TAU)), at), {"prop": m})
