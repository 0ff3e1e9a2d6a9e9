"""Stones and what holds them: faceted cuts, cabochons, prongs, bezels, halos."""
import numpy as np
from .geometry import Shape, TAU, grid_faces, lathe, plate, sphere, sweep, torus


def outline(kind, n=16):
    """A closed outline of radius about 1, pointed kinds pointing to +y."""
    t = np.arange(n) / n * TAU + np.pi / 2
    c, s = np.cos(t), np.sin(t)
    if kind == "oval":
        return np.stack([c * 0.78, s], 1)
    if kind == "pear":
        return np.stack([c * 0.78 * (1 - 0.55 * np.maximum(s, 0) ** 1.3), np.where(s > 0, s * 1.25, s * 0.85)], 1)
    if kind == "marquise":
        return np.stack([np.sign(c) * np.abs(c) ** 1.15 * 0.5, np.sign(s) * (1 - np.abs(c) ** 1.6) * 1.1], 1)
    if kind in ("emerald", "cushion", "square", "baguette"):
        p = {"emerald": 6, "cushion": 3.2, "square": 14, "baguette": 14}[kind]
        a = {"emerald": 0.72, "cushion": 0.95, "square": 0.95, "baguette": 0.42}[kind]
        r = (np.abs(c) ** p + np.abs(s) ** p) ** (-1 / p)
        return np.stack([c * r * a, s * r], 1)
    if kind == "heart":
        return np.stack([-16 * np.sin(t) ** 3, 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)], 1) / 15
    if kind == "trillion":
        r = 1 + 0.16 * np.cos(3 * (t - np.pi / 2))
        return np.stack([c * r, s * r], 1)
    return np.stack([c, s], 1)


def faceted(kind="round", r=0.3, slot="gem", n=16):
    """A cut stone with its girdle at z = 0, table up: rings of facets, flat shaded."""
    if kind in ("emerald", "square", "baguette"):
        a = {"emerald": 0.72, "square": 0.95, "baguette": 0.42}[kind]
        k = 0.28 * a if kind == "emerald" else 0.04
        o = np.array([[a, 1 - k], [a - k, 1], [k - a, 1], [-a, 1 - k], [-a, k - 1], [k - a, -1], [a - k, -1], [a, k - 1]])
        levels = [(0.62, 0.30), (0.82, 0.20), (1.0, 0.03), (1.0, -0.03), (0.74, -0.34), (0.42, -0.60), (0.12, -0.74)]
        turn = [0] * 7
    else:
        o = outline(kind, n)
        levels = [(0.56, 0.33), (0.80, 0.20), (1.0, 0.03), (1.0, -0.03), (0.55, -0.45), (0.06, -0.86)]
        turn = [0, 0.5, 0, 0, 0.5, 0]
    k = len(o)
    rings = []
    for (s, z), h in zip(levels, turn):
        p = o * (1 - h) + (np.roll(o, -1, 0)) * h  # half-way corners give the kite facets
        rings.append(np.column_stack([p * s, np.full(k, z)]))
    v = np.concatenate(rings) * r
    faces = []
    i = np.arange(k)
    j = (i + 1) % k
    for a in range(len(levels) - 1):
        q = np.stack([a * k + i, a * k + j, (a + 1) * k + j, (a + 1) * k + i], 1)
        faces += [q[:, [0, 3, 1]], q[:, [1, 3, 2]]]
    faces += [i[None], ((len(levels) - 1) * k + i)[None, ::-1].copy()]
    return Shape().add(v, faces, slot, False)


def cabochon(kind="oval", r=0.4, slot="stone", high=0.5):
    o = outline(kind, 40)
    rows = [(np.cos(a), np.sin(a) * high) for a in np.linspace(0, np.pi / 2 * 0.97, 9)]
    v = np.concatenate([np.column_stack([o, np.full(40, -0.15)])] +
                       [np.column_stack([o * s, np.full(40, z)]) for s, z in rows]) * r
    cap = (9 * 40 + np.arange(40))[None]
    return Shape().add(v, [grid_faces(10, 40, False, True), cap, np.arange(40)[None, ::-1]], slot, True)


def prongs(kind, r, count=4, wire=None, base=-0.8, slot="metal", start=np.pi / 4):
    """Claws from below the stone, bent over its girdle."""
    w = wire or r * 0.11
    out = Shape()
    o = outline(kind, 72)
    ang = np.arctan2(o[:, 1], o[:, 0])
    for i in range(count):
        a = start + i * TAU / count
        p = o[np.argmin(np.abs(np.angle(np.exp(1j * (ang - a)))))] * r
        foot = p * 0.35
        path = np.array([[*foot, base * r], [*(p * 0.72), base * r * 0.45], [*(p * 1.05), -0.05 * r], [*(p * 1.02), 0.16 * r], [*(p * 0.88), 0.25 * r]])
        out.join(sweep(path, w, sides=8, slot=slot), sphere(w * 1.05, 8, slot).moved(offset=path[-1]))
    out.join(torus(0.55 * r, w * 0.8, 28, 6, slot).moved(offset=(0, 0, base * r * 0.6)))
    return out


def bezel(kind, r, rim=None, deep=0.5, slot="metal"):
    """A collar round the stone with a closed back."""
    rim = rim or 0.1 * r
    o = outline(kind, 56)
    p = np.column_stack([o * (r + rim * 0.4), np.zeros(56)])
    prof = np.array([[-rim, 0.10 * r], [-rim * 0.2, 0.17 * r], [rim * 0.5, 0.12 * r], [rim * 0.8, -0.1 * r], [rim * 0.5, -deep * r], [-rim, -deep * r]])
    wall = sweep(p, prof * [[-1, 1]], True, up=(0, 0, 1), slot=slot)
    back = plate(o * (r + rim * 0.3), 0.06 * r, 0.02 * r, slot=slot).moved(offset=(0, 0, -deep * r))
    return wall.join(back)


def stone(rng, kind, r, style, high=None):
    """The stone of a setting: faceted gem, cabochon or pearl as the style says."""
    if style == "cabochon":
        return cabochon(kind, r, "stone", high or rng.uniform(0.3, 0.75))
    if style == "pearl":
        return sphere(r * 0.95, 28, "pearl").moved(offset=(0, 0, 0.3 * r))
    return faceted(kind, r, "gem", 8 if r < 0.09 else 16)


def halo(kind, r, size, slot="gem2", hold="metal"):
    """A row of small stones round a middle one, each with its beads of metal."""
    o = outline(kind, 240) * (r + size * 1.15)
    seg = np.linalg.norm(np.roll(o, -1, 0) - o, axis=1)
    cum = np.concatenate([[0], np.cumsum(seg)])
    n = max(6, int(cum[-1] / (size * 2.15)))
    out = Shape()
    prof = np.array([[1, -0.9], [1.05, 0.0], [0.9, 0.12], [-0.9, 0.12], [-1.05, 0], [-1, -0.9]]) * size
    out.join(sweep(np.column_stack([o[::4], np.zeros(60)]), prof, True, up=(0, 0, 1), slot=hold))
    g, b = faceted("round", size * 0.92, slot, 8), sphere(size * 0.2, 6, hold)
    for i in range(n):
        for shape, at in ((g, i), (b, i + 0.5)):
            k = min(int(np.searchsorted(cum, at / n * cum[-1])), 239)
            out.join(shape.moved(offset=(*o[k], size * 0.16)))
    return out


def setting(rng, kind=None, r=0.3, style=None, hold=None, with_halo=None):
    """A stone in its setting, axis +z, girdle at 0. Returns the shape and how far down it reaches."""
    kind = kind or rng.choice(["round", "round", "round", "oval", "pear", "emerald", "cushion", "marquise", "square", "heart", "trillion"])
    style = style or rng.choice(["gem", "gem", "gem", "cabochon", "pearl"], p=[0.3, 0.25, 0.2, 0.18, 0.07])
    if style == "cabochon" and kind in ("emerald", "square", "trillion"):
        kind = "oval"
    if style == "pearl":
        kind = "round"
    hold = hold or rng.choice(["prongs", "bezel"], p=[0.6, 0.4] if style == "gem" else [0.15, 0.85])
    out = stone(rng, kind, r, style)
    if style == "pearl" and hold == "prongs":
        hold = "cup"
    if hold == "prongs":
        n = int(rng.choice([4, 6, 8]))
        start = np.pi / 2 if kind in ("pear", "marquise", "heart") else np.pi / 4
        out.join(prongs(kind, r, n, r * rng.uniform(0.08, 0.14), start=start))
        deep = 0.85 * r
    elif hold == "bezel":
        deep = rng.uniform(0.35, 0.6)
        if style == "gem":
            deep = 0.9
        out.join(bezel(kind, r, r * rng.uniform(0.07, 0.2), deep))
        deep *= r
    else:
        out.join(lathe([(0.01, -0.7 * r), (0.4 * r, -0.66 * r), (0.7 * r, -0.45 * r), (0.72 * r, -0.42 * r)], 24))
        deep = 0.7 * r
    if with_halo or (with_halo is None and r > 0.25 and rng.random() < 0.3):
        out.join(halo(kind, r * 1.12, r * rng.uniform(0.13, 0.22)))
    return out, deep


def row_of_gems(path, normals, size, slot="gem2", kind="round", beads=True):
    """Small stones along a curve, tables along the given normals."""
    g = faceted(kind, size * 0.93, slot, 8)
    out = Shape()
    n = len(path)
    for i in range(n):
        z = normals[i] / np.linalg.norm(normals[i])
        x = path[(i + 1) % n] - path[i - 1]
        x = x - z * (x @ z)
        x /= max(np.linalg.norm(x), 1e-9)
        m = np.stack([x, np.cross(z, x), z], 1)
        out.join(g.moved(m, path[i]))
        if beads:
            mid = (path[i] + path[(i + 1) % n]) / 2
            if np.linalg.norm(path[i] - mid) < size * 2:
                b = sphere(size * 0.22, 6)
                y = np.cross(z, x) * size * 0.75
                out.join(b.moved(offset=mid + y), b.moved(offset=mid - y))
    return out
