"""Things that lie or hang flat, facing +z with their top at +y: pendants, earrings, brooches."""
import numpy as np
from .gems import faceted, outline, row_of_gems, setting
from .geometry import Shape, TAU, circle, lathe, patch, plate, resample, rot, sphere, spline, sweep, torus
from .roughen import hammered


def star(points=5, inner=0.45, n=120):
    t = np.arange(n) / n * TAU + np.pi / 2
    k = (np.arange(n) * points * 2 / n) % 2
    m = np.abs(k - 1)
    r = inner / (inner + (1 - inner) * (1 - m)) if inner < 0.9 else 1
    return np.stack([np.cos(t) * r, np.sin(t) * r], 1)


def rail(path, wire, slot="metal", closed=True):
    return sweep(np.column_stack([path, np.zeros(len(path))]) if path.shape[1] == 2 else path, wire, closed, 10, slot=slot)


def charm(rng, size, kind=None):
    """One ornament of about the given radius, back at z = 0; returns shape and name."""
    kind = kind or rng.choice(["disc", "heart", "star", "cross", "locket", "stone", "stone", "halo", "bar", "open", "moon", "leaf", "pearl",
                               "coin", "teardrop", "filigree", "geometric", "key"])
    th = size * rng.uniform(0.06, 0.16)
    if kind in ("disc", "coin"):
        out = plate(outline("round", 64) * size, th, th * 0.3, rng.choice([0, 0, size * 0.15]), rings=4)
        if kind == "coin":
            out.join(torus(size * 0.93, th * 0.35, 60, 8).moved(offset=(0, 0, th)))
            for i in range(int(rng.integers(5, 14))):
                a, q = i * 2.4, size * 0.7 * np.sqrt((i + 0.5) / 14)
                out.join(sphere(size * 0.09, 10).moved(offset=(q * np.cos(a), q * np.sin(a), th)))
        elif rng.random() < 0.4:
            out.join(faceted("round", size * 0.16, "gem2", 8).moved(offset=(0, size * rng.choice([0, 0.4]), th + size * 0.04)))
    elif kind == "heart":
        o = outline("heart", 80) * size
        if rng.random() < 0.35:
            out = rail(o, th * 0.7)
        else:
            out = plate(o, th, th * 0.4, size * rng.uniform(0, 0.3), rng.choice(["metal", "metal", "enamel", "stone"]), rings=5)
    elif kind == "star":
        o = star(int(rng.integers(5, 9)), rng.uniform(0.4, 0.6)) * size
        out = plate(o, th, th * 0.3, size * rng.uniform(0, 0.25), rings=3, smooth=False)
        if rng.random() < 0.4:
            out.join(faceted("round", size * 0.2).moved(offset=(0, 0, th + size * 0.2)))
    elif kind == "cross":
        w = size * rng.uniform(0.12, 0.22)
        box = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1.0]])
        out = plate(box * [w, size], th, th * 0.3, smooth=False).join(
            plate(box * [size * 0.66, w], th, th * 0.3, smooth=False).moved(offset=(0, size * 0.3, 0.002)))
        if rng.random() < 0.5:
            p = np.array([[0, y, th + w * 0.2] for y in np.linspace(-0.9, 0.9, 9) * size])
            out.join(row_of_gems(p, np.tile([0, 0, 1.0], (9, 1)), w * 0.7))
    elif kind == "locket":
        o = outline(rng.choice(["round", "oval", "heart"]), 64) * size
        out = plate(o, size * 0.2, size * 0.06, size * 0.15, rings=6).join(rail(o * 1.0, size * 0.04).moved(offset=(0, 0, size * 0.1)))
        if rng.random() < 0.6:
            out.join(plate(o * 0.6, size * 0.05, 0.02 * size, size * 0.08, rng.choice(["enamel", "stone", "metal2"]), rings=4).moved(offset=(0, 0, size * 0.3)))
    elif kind in ("stone", "halo"):
        s, _ = setting(rng, r=size * (0.72 if kind == "halo" else 0.9), with_halo=kind == "halo")
        out = s.rested()
    elif kind == "bar":
        w = size * rng.uniform(0.07, 0.2)
        out = plate(np.array([[-1, -1], [1, -1], [1, 1], [-1, 1.0]]) * [w, size], w * 0.7, w * 0.15, smooth=False)
        if rng.random() < 0.5:
            y = np.arange(-0.85, 0.86, 2.2 * w * 0.8 / size) * size
            out.join(row_of_gems(np.stack([0 * y, y, 0 * y + w * 0.85], 1), np.tile([0, 0, 1.0], (len(y), 1)), w * 0.75))
    elif kind == "open":
        o = outline(rng.choice(["round", "oval", "pear", "cushion", "marquise", "trillion"]), 90) * size
        out = rail(o, th * 0.6)
        if rng.random() < 0.6:
            out.join(rail(o * 0.6, th * 0.45).moved(offset=(0, size * 0.35, 0)))
        out = hammered(out, rng, size * 0.2, th * 0.2) if rng.random() < 0.3 else out
    elif kind == "moon":
        a = np.linspace(0.6, TAU - 0.6, 40)
        outer = np.stack([np.cos(a), np.sin(a)], 1)
        mid = np.column_stack([outer * 0.78 + [0.1, 0], 0 * a])
        out = sweep(mid * size, th, False, 10, np.sin(np.linspace(0.06, np.pi - 0.06, 40)) * 2.4, up=(0, 0, 1)).moved(np.diag([1, 1, 0.6]))
    elif kind == "leaf":
        out = leaf(rng, size * 2, size * rng.uniform(0.7, 1.1)).moved(rot("z", np.pi / 2), (0, -size, 0))
    elif kind == "pearl":
        out = sphere(size * 0.75, 32, "pearl", rng.choice([1, 1, 0.9, 1.25])).join(
            sphere(size * 0.3, 16, "metal", 0.5).moved(rot("x", np.pi / 2), (0, size * 0.72, 0)))
    elif kind == "teardrop":
        t = np.linspace(0, np.pi, 24)
        y = -np.cos(t)
        prof = np.stack([np.sin(t) * (1 - 0.62 * (y + 1) / 2) * 0.75 + 1e-3, y], 1) * size
        out = lathe(prof, 32, rng.choice(["metal", "stone", "gem", "pearl", "enamel"])).moved(rot("x", -np.pi / 2))
    elif kind == "filigree":
        out = filigree(rng, size)
    elif kind == "key":
        out = rail(outline("round", 40) * size * 0.35, th * 0.6).moved(offset=(0, size * 0.65, 0))
        out.join(sweep(np.array([[0, size * 0.3, 0], [0, -size, 0]]), th * 0.6))
        for y in (-0.95, -0.72):
            out.join(sweep(np.array([[0, size * y, 0], [size * 0.3, size * y, 0]]), th * 0.6))
    else:
        k = int(rng.integers(3, 7))
        for_all = circle(k, size, np.pi / 2)[:, :2]
        out = rail(resample(for_all, k * 12, True), th * 0.6)
        if rng.random() < 0.5:
            out.join(rail(resample(-for_all * 0.99, k * 12, True), th * 0.6))
    return out.rested(), kind


def leaf(rng, long, wide, slot="metal", curl=None, veins=True):
    """A leaf of sheet metal along +x from the origin."""
    u, v = np.meshgrid(np.linspace(0, 1, 24), np.linspace(-1, 1, 13), indexing="ij")
    w = np.sin(np.pi * u ** rng.uniform(0.7, 1.1)) ** rng.uniform(0.6, 1.0) * wide / 2 + 0.004
    curl = rng.uniform(-0.1, 0.35) if curl is None else curl
    z = np.abs(v) * w * rng.uniform(0.1, 0.7) + curl * long * u**2
    if veins:
        z = z + 0.012 * long * np.sin((u * 9 - np.abs(v) * 2) * TAU * 0.7) * np.sin(np.pi * u)
    return patch(np.stack([u * long, v * w, z], -1), long * 0.03, slot)


def filigree(rng, size):
    """Scrolls of wire inside a frame, mirrored or turned."""
    w = size * rng.uniform(0.025, 0.05)
    out, k = Shape(), int(rng.integers(3, 8))
    tall = rng.choice([1.0, 1.0, 0.7, 1.4])
    t = np.linspace(0, 1, 60)
    turns = rng.uniform(0.8, 1.8)
    a, q = t * TAU * turns, (1 - t * 0.85) * size * 0.3
    scroll = np.column_stack([q * np.cos(a) + size * 0.42, q * np.sin(a), 0 * t])
    for i in range(k):
        one = sweep(scroll, w, False, 8).join(sphere(w * 2.2, 10).moved(offset=scroll[-1]))
        out.join(one.moved(rot("z", i * TAU / k + np.pi / 2)))
        if rng.random() < 0.8:
            out.join(one.moved(np.diag([1, -1, 1])).moved(rot("z", i * TAU / k + np.pi / 2)))
    if rng.random() < 0.5:
        out.join(torus(size * 0.95, w * 1.6, 60, 8))
    out = out.moved(np.diag([1, tall, 1]))
    if rng.random() < 0.7:
        s, _ = setting(rng, r=size * rng.uniform(0.15, 0.28), with_halo=False)
        out.join(s.rested(-w))
    return out


def bail(rng, size, y):
    """The ring a pendant hangs from."""
    return torus(size, size * 0.25, 24, 8).moved(rot("y", np.pi / 2 * rng.uniform(0.2, 1)), (0, y + size * 0.6, size * 0.8))


def pendant(rng, size):
    body, name = charm(rng, size)
    top = body.points()[:, 1].max()
    return body.join(bail(rng, max(size * 0.16, 0.08), top)), name, top + size * 0.2


def hook(rng, s, w):
    """An ear wire, lying on its side."""
    style = rng.choice(["fish", "long", "kidney", "lever"])
    pts = {"fish": [[0, 0], [0, 0.5], [0.12, 1.0], [0.5, 1.25], [0.85, 1.0], [0.95, 0.4], [1.05, 0.0]],
           "long": [[0, 0], [0, 0.7], [0.1, 1.4], [0.35, 1.65], [0.6, 1.4], [0.65, 0.4], [0.7, -0.6]],
           "kidney": [[0, 0], [-0.25, 0.4], [-0.3, 1.0], [0, 1.4], [0.35, 1.0], [0.3, 0.4], [0.05, 0.05]],
           "lever": [[0, 0], [0.0, 0.6], [0.1, 1.0], [0.4, 1.15], [0.65, 0.85], [0.6, 0.3], [0.3, 0.02]]}[style]
    p = spline(np.array(pts) * s * [rng.choice([-1, 1]), 1], 60)
    return sweep(np.column_stack([p, 0 * p[:, 0]]), w, False, 8).rested()


def earring(rng):
    """One earring facing +z; returns shape, name and a seedless twin is its mirror image."""
    kind = rng.choice(["stud", "drop", "drop", "drop", "chandelier", "hoopdrop", "line", "tassel"])
    if kind == "stud":
        size = rng.uniform(0.3, 0.7)
        pick = rng.choice(["setting", "charm", "ball"])
        s = setting(rng, r=size)[0] if pick == "setting" else charm(rng, size)[0] if pick == "charm" else sphere(size, 28, rng.choice(["pearl", "metal", "stone"]))
        z = s.points()[:, 2].min()
        s.join(sweep(np.array([[0, 0, z + 0.02], [0, 0, z - 1.0]]), 0.045, sides=8))
        if rng.random() < 0.5:
            s.join(torus(0.16, 0.08, 20, 8).moved(offset=(0, 0, z - 0.6)))
        return s, "stud earring"
    w = rng.uniform(0.03, 0.055)
    out = hook(rng, rng.uniform(0.7, 1.2), w)
    y = 0.0

    def link(y):
        q = rng.uniform(0.07, 0.14)
        out.join(torus(q, w * 0.8, 20, 8).moved(rot("y", rng.uniform(-0.5, 0.5)), (0, y - q, q * 0.5)).rested())
        return y - 2 * q

    y = link(y)
    if kind == "chandelier":
        wide, n = rng.uniform(0.8, 1.4), int(rng.integers(3, 8))
        o = spline([[0, 0], [-wide * 0.6, -0.5], [-wide, -1.1], [0, -0.9 - rng.uniform(0, 0.5)], [wide, -1.1], [wide * 0.6, -0.5]], 90, True)
        out.join(rail(o + [0, y], w * 1.5).rested())
        s, _ = setting(rng, r=rng.uniform(0.2, 0.34))
        out.join(s.rested().moved(offset=(0, y - 0.6, 0)))
        drop = charm(rng, rng.uniform(0.13, 0.22), rng.choice(["stone", "pearl", "teardrop", "disc", "leaf"]))[0]
        for x in np.linspace(-0.95, 0.95, n):
            yy = y - 1.15 - 0.35 * (1 - x * x) - rng.uniform(0, 0.05)
            out.join(torus(0.07, 0.025, 16, 6).moved(offset=(x * wide, yy, 0)).rested(), drop.moved(rot("z", rng.normal() * 0.12), (x * wide, yy - 0.3, 0)))
        return out, "chandelier earring"
    if kind == "hoopdrop":
        r = rng.uniform(0.6, 1.2)
        out.join(rail(outline("round", 80) * r + [0, y - r], w * rng.uniform(1, 2.4)).rested())
        c, _ = charm(rng, r * rng.uniform(0.35, 0.55))
        return out.join(c.moved(offset=(0, y - r * rng.uniform(0.9, 1.5), 0))), "hoop-drop earring"
    if kind == "tassel":
        s, _ = setting(rng, r=0.28)
        out.join(s.rested().moved(offset=(0, y - 0.25, 0)))
        for x in np.linspace(-0.16, 0.16, int(rng.integers(4, 9))):
            k = spline([[x * 0.6, y - 0.5, 0.05], [x + rng.normal() * 0.05, y - 1.2, 0.05], [x * 2 + rng.normal() * 0.12, y - rng.uniform(1.9, 2.6), 0.05]], 50)
            for i, p in enumerate(resample(k, 26)):
                out.join(sphere(0.045, 8).moved(offset=p))
        return out, "tassel earring"
    n = int(rng.integers(1, 3)) if kind == "drop" else int(rng.integers(3, 7))
    size = rng.uniform(0.2, 0.4)
    same = setting(rng, r=size, with_halo=False)[0].rested()
    for i in range(n):
        c = same if kind == "line" or i == 0 else charm(rng, size * rng.uniform(0.6, 1.5))[0]
        top, low = c.points()[:, 1].max(), c.points()[:, 1].min()
        out.join(c.moved(offset=(0, y - top, 0)))
        y = link(y - (top - low)) if i + 1 < n or kind == "drop" else y - (top - low)
    if kind == "drop":
        c, _ = charm(rng, rng.uniform(0.4, 1.0), rng.choice(["stone", "stone", "halo", "teardrop", "pearl", "disc", "leaf", "open", "filigree", "heart", "star"]))
        out.join(c.moved(offset=(0, y - c.points()[:, 1].max(), 0)))
    return out, f"{kind} earring"
