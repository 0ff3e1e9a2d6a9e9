"""Chains, strands and line bracelets, laid along a curve on the ground (z up)."""
import numpy as np
from .drops import pendant
from .gems import faceted, setting
from .geometry import Shape, TAU, copies, frames, length, resample, rot, sphere, sweep, torus
from .roughen import wobble

KINDS = ["cable", "cable", "thin", "thin", "curb", "curb", "figaro", "rope", "ball", "paperclip", "box", "snake", "herringbone", "pearls", "beads", "tennis", "line", "wheat"]


def curve(rng, kind, total, size):
    """A curve on the ground: an open wander, a closed round, a V with its arms leaving the frame, a spiral."""
    if kind == "v":
        w, h = size * rng.uniform(0.25, 1.0), size * rng.uniform(1.2, 4.0)
        sag = rng.uniform(0.15, 0.9)
        x = np.linspace(-1, 1, 160)
        y = np.where(sag > 0.5, x * x, np.abs(x) ** 1.25) * h
        p = np.stack([x * w, y], 1) + np.stack([wobble(x[:, None], rng, 0.02 * size, 3), wobble(x[:, None], rng, 0.02 * size, 3)], 1)
        mid = p[np.argmin(p[:, 1])]
        return p - mid, False
    if kind == "round":
        t = np.arange(160) / 160 * TAU
        r = size * (0.75 + wobble(np.stack([np.cos(t), np.sin(t)], 1), rng, 0.14, 0.9, 2))
        return np.stack([r * np.cos(t), r * np.sin(t) * rng.uniform(0.6, 1.0)], 1), True
    if kind == "spiral":
        t = np.linspace(0.1, 1, 300)
        a = t * TAU * rng.uniform(1.6, 3.2)
        r = size * t**0.8 * (1 + wobble(t[:, None], rng, 0.07, 4))
        return np.stack([r * np.cos(a), r * np.sin(a)], 1), False
    # a wander whose bending changes slowly, so that it loops as laid-down chains do
    n = 500
    bend, a = 0.0, rng.uniform(0, TAU)
    p = [np.zeros(2)]
    ds = total / n
    pull, noise = rng.uniform(0.5, 2.0) / size, rng.uniform(1.2, 3.2) / size
    for _ in range(n):
        bend += -pull * bend * ds + noise * np.sqrt(ds / size) * rng.normal()
        a += bend * ds
        p.append(p[-1] + ds * np.array([np.cos(a), np.sin(a)]))
    p = np.array(p)
    return p - p[n // 2], False


def lifted(p, wire, closed):
    """Heights that carry a curve over itself where it crosses."""
    n = len(p)
    z = np.zeros(n)
    step = max(length(p) / n, 1e-6)
    skip = int(wire * 4 / step) + 3
    for i in range(skip, n):
        m = i - skip + 1
        d = ((p[:m] - p[i]) ** 2).sum(1)
        if closed:
            d[: max(0, skip - (n - i))] = 9e9
        hit = d < (wire * 1.1) ** 2
        if hit.any():
            z[i] = z[:m][hit].max() + wire
    k = max(3, int(wire * 2.5 / step) | 1)
    w = np.hanning(k + 2)[1:-1]
    top = np.copy(z)
    for s in range(1, k // 2 + 1):  # widen first, so that smoothing does not sink it again
        top[s:] = np.maximum(top[s:], z[:-s])
        top[:-s] = np.maximum(top[:-s], z[s:])
    return np.convolve(np.pad(top, k // 2, mode="edge"), w / w.sum(), "valid")[:n]


def link(long, wide, wire, twist=0.0, n=22, sides=8, square=False):
    """One link along x, flat in xy; a twist makes the links of a curb chain."""
    t = np.arange(n) / n * TAU
    e = 0.45 if square else 0.8
    x, y = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** e * long / 2, np.sign(np.sin(t)) * np.abs(np.sin(t)) ** e * wide / 2
    a = twist * x / (long / 2)
    return sweep(np.stack([x, y * np.cos(a), y * np.sin(a)], 1), wire, True, sides)


def along(path3, pitch, closed, rolls, start=0):
    """Places and turns of links along a curve: x follows the curve, rolled about it."""
    n = max(2, int(length(path3, closed) / pitch))
    p = resample(path3, n, closed)
    t, nn, bb = frames(p, closed, up=(0, 0, 1))
    r = np.resize(np.asarray(rolls, float), n)
    side = -nn * np.cos(r)[:, None] + bb * np.sin(r)[:, None]
    return p, np.stack([t, side, np.cross(t, side)], 2)


def chain_along(rng, path2, closed, kind, w, ground=None):
    """The chain itself; w is its width."""
    n = int(np.clip(length(path2, closed) / (w * 0.35), 120, 1500))
    p2 = resample(path2, n, closed)
    z = lifted(p2, w * 0.9, closed) + (ground(p2) if ground else 0)
    p = np.column_stack([p2, z])
    jitter = lambda k, s: rng.normal(size=k) * s
    if kind in ("cable", "thin", "paperclip", "box"):
        long = w * {"paperclip": rng.uniform(2.2, 3.6), "box": 1.0}.get(kind, rng.uniform(1.2, 1.7))
        wire = w * {"paperclip": 0.09, "box": 0.17}.get(kind, rng.uniform(0.1, 0.19))
        pts, m = along(p, long - 2.6 * wire, closed, [0.75, 0.75 - np.pi / 2] if kind != "paperclip" else [0.15, 1.25])
        lk = link(long, w, wire, n=12 if kind == "thin" else 20, sides=6 if kind == "thin" else 9, square=kind in ("box", "paperclip"))
        return copies(lk, m @ np.stack([rot("x", j) for j in jitter(len(pts), 0.08)]), pts + [0, 0, w * 0.42])
    if kind in ("curb", "figaro"):
        long, wire = w * rng.uniform(1.15, 1.5), w * rng.uniform(0.14, 0.22)
        roll = rng.uniform(0.45, 0.7)
        if kind == "curb":
            pts, m = along(p, long * rng.uniform(0.58, 0.66), closed, [roll])
            return copies(link(long, w, wire, rng.uniform(0.3, 0.6), 26, 10), m, pts + [0, 0, w * 0.33])
        pts, m = along(p, long * 0.62, closed, [roll])
        i = np.arange(len(pts)) % 6
        short, big = i < 3, i == 4
        return copies(link(long, w, wire, 0.4), m[short], pts[short] + [0, 0, w * 0.33]).join(
            copies(link(long * 2.1, w * 1.05, wire, 0.25, 30), m[big], pts[big] + [0, 0, w * 0.33]))
    if kind in ("rope", "wheat"):
        out, k = Shape(), 2 if kind == "rope" else 4
        m = int(np.clip(length(p, closed) / w * 9, 200, 2600))
        q = resample(p, m, closed)
        t, nn, bb = frames(q, closed, up=(0, 0, 1))
        turns = round(length(p, closed) / (w * (1.6 if k == 2 else 2.4)))
        for i in range(k):
            a = np.arange(m) / m * TAU * turns + i * TAU / k
            s = q + (nn * np.cos(a)[:, None] + bb * np.sin(a)[:, None]) * w * 0.25 + [0, 0, w / 2]
            bump = 1 + 0.12 * np.sin(np.arange(m) / m * TAU * turns * 4)
            out.join(sweep(s, w * (0.27 if k == 2 else 0.2), closed, 7, bump))
        return out
    if kind in ("ball", "pearls", "beads"):
        r = w / 2
        gap = 1.25 if kind == "ball" else rng.uniform(1.0, 1.08)
        pts, m = along(p, w * gap, closed, [0.0])
        k = len(pts)
        slot = "metal" if kind == "ball" else "pearl" if kind == "pearls" else rng.choice(["stone", "gem", "stone", "pearl"])
        size = np.ones(k)
        if kind != "ball" and rng.random() < 0.35:  # larger beads towards the middle
            size = 0.6 + 0.4 * np.sin(np.linspace(0, np.pi, k))
        if kind == "pearls" and rng.random() < 0.4:
            size = size * (1 + jitter(k, 0.05))
        ball = sphere(r, 12 if kind == "ball" and k > 150 else 22, slot, 1 if kind != "beads" else rng.choice([1, 1, 0.8]))
        turn = np.stack([m[:, :, 1], m[:, :, 2], m[:, :, 0]], 2)
        out = copies(ball, turn * size[:, None, None], pts + np.column_stack([np.zeros((k, 2)), r * size]))
        if kind == "beads" and rng.random() < 0.4:
            out.join(copies(sphere(r * 0.45, 10, "metal"), turn[::2], (pts + np.roll(pts, -1, 0))[::2] / 2 + [0, 0, r]))
        return out.join(sweep(p + [0, 0, r], w * 0.06, closed, 6))
    if kind == "snake":
        m = int(np.clip(length(p, closed) / w * 5, 300, 2500))
        q = resample(p, m, closed) + [0, 0, w / 2]
        return sweep(q, w / 2, closed, 12, 1 + 0.1 * np.sign(np.sin(np.arange(m) * 1.7)), up=(0, 0, 1))
    if kind == "herringbone":
        m = int(np.clip(length(p, closed) / w * 6, 300, 2000))
        q = resample(p, m, closed) + [0, 0, w * 0.1]
        prof = np.array([[1, -0.12], [1, 0.05], [0.5, 0.14], [0, 0.06], [-0.5, 0.14], [-1, 0.05], [-1, -0.12]]) * w / 2
        return sweep(q, prof, closed, up=(0, 0, 1), scale=np.stack([np.ones(m), 1 + 0.2 * np.sin(np.arange(m) * 2.1)], 1))
    # rows of set stones
    pts, m = along(p, w * (1.02 if kind == "tennis" else rng.uniform(1.1, 1.6)), closed, [0.0])
    if kind == "tennis":
        one = faceted(rng.choice(["round", "square", "emerald"]), w * 0.42, "gem2", 8)
        cup = link(w * 0.95, w * 0.95, w * 0.09, square=True, n=16, sides=6).moved(offset=(0, 0, -w * 0.12))
        claws = [sphere(w * 0.1, 8).moved(offset=(x * w * 0.36, y * w * 0.36, w * 0.08)) for x in (-1, 1) for y in (-1, 1)]
        one = one.join(cup, *claws)
    else:
        one, _ = setting(rng, rng.choice(["oval", "round", "cushion", "marquise"]), w * 0.42, hold="bezel", with_halo=False)
    low = -one.points()[:, 2].min()
    return copies(one, m, pts + [0, 0, min(low, w * 0.45)]).join(sweep(p + [0, 0, w * 0.15], w * 0.1, closed, 6))


def clasp(rng, w):
    out = torus(w * 0.7, w * 0.16, 24, 8)
    if rng.random() < 0.5:
        out.join(sphere(w * 0.5, 14, "metal", 0.6).moved(np.diag([1.6, 1, 1]), (w * 1.5, 0, 0)))
    return out


def necklace(rng, ground=None):
    """A chain or strand, with or without pendant. Returns shape, name and the points the camera shall frame."""
    kind = rng.choice(KINDS)
    w = {"thin": rng.uniform(0.07, 0.16), "pearls": rng.uniform(0.4, 1.0), "beads": rng.uniform(0.35, 1.1), "tennis": rng.uniform(0.25, 0.5),
         "line": rng.uniform(0.5, 1.0), "curb": rng.uniform(0.3, 1.3), "ball": rng.uniform(0.12, 0.35)}.get(kind, rng.uniform(0.15, 0.7))
    if rng.random() < 0.15:
        w *= 0.55
    lay = rng.choice(["v", "round", "wander", "spiral"], p=[0.32, 0.2, 0.41, 0.07])
    size = max(rng.uniform(2.2, 5.0), w * 4)
    hang = lay == "v" or (rng.random() < 0.3 and kind in ("cable", "thin", "ball", "box", "rope", "paperclip", "snake"))
    p, closed = curve(rng, lay, size * rng.uniform(3, 7), size)
    if lay == "v":
        w = min(w, 0.9)
    out = chain_along(rng, p, closed, kind, w, ground)
    core = np.column_stack([p, np.zeros(len(p))])
    name = f"{kind} chain"
    if lay == "v" and rng.random() < 0.8:  # the arms leave the frame
        core = core[np.linalg.norm(p, axis=1) < size * rng.uniform(0.5, 1.3)]
    if lay != "v" and not closed:
        for end, d in ((p[0], p[0] - p[3]), (p[-1], p[-1] - p[-4])):
            c = clasp(rng, max(w, 0.2)).moved(rot("z", np.arctan2(d[1], d[0]))).rested(0.0)
            d = d / np.linalg.norm(d)
            z = float(ground(end[None])[0]) if ground else 0.0
            out.join(c.moved(offset=(*(end + d * max(w, 0.2) * 0.7), z)))
        if rng.random() < 0.6:  # look at a part only, so that the ends leave the frame
            k = rng.uniform(0.3, 0.6) * len(p)
            s = int(rng.uniform(0, len(p) - k))
            core = core[s:s + int(k)]
    if hang:
        body, what, top = pendant(rng, rng.uniform(0.6, 1.5) * min(size / 3, 1.3) * (1 + w))
        low = p[np.argmin(p[:, 1])]
        tilt = rot("z", rng.normal() * (0.08 if lay == "v" else 0.5))
        z = float(np.max(ground(np.tile(low, (1, 1))))) if ground else 0.0
        body = body.moved(tilt, np.array([low[0], low[1], z]) + tilt @ np.array([0, -top - w * 0.1, 0]))
        out.join(body)
        core = np.vstack([core[np.linalg.norm(core[:, :2] - low, axis=1) < size * rng.uniform(0.4, 1.2)], body.points()[::7]])
        name = f"{what} pendant on {kind} chain"
    return out, name, core
