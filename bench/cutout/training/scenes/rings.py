"""Finger rings, bangles and cuffs. A ring lies in the xy plane, its finger axis is z, its head is at +y."""
import numpy as np
from .gems import outline, row_of_gems, setting
from .geometry import Shape, TAU, circle, plate, resample, rot, sphere, sweep
from .roughen import hammered

def head_at(shape, y):
    m = np.array([[1, 0, 0], [0, 0, 1], [0, -1, 0]], float)  # the setting's +z becomes the ring's +y
    return shape.moved(m, (0, y, 0))


def band_profile(rng, wide, thick, kind=None):
    """Cross-sections of bands as (outward, along the finger)."""
    kind = kind or rng.choice(["court", "flat", "d", "knife", "concave", "step", "round", "bevel"])
    t = np.arange(20) / 20 * TAU
    c, s = np.cos(t), np.sin(t)
    if kind == "court":
        return np.stack([c * thick / 2, s * wide / 2], 1)
    if kind == "round":
        return np.stack([c, s], 1) * thick / 2
    if kind == "d":
        return np.stack([np.where(c > 0, c * thick * 0.75, c * thick * 0.25), np.sign(s) * np.abs(s) ** 0.8 * wide / 2], 1)
    if kind == "flat":
        return np.stack([np.sign(c) * np.abs(c) ** 0.25 * thick / 2, np.sign(s) * np.abs(s) ** 0.25 * wide / 2], 1)
    h, w = thick / 2, wide / 2
    shapes = {
        "knife": [[-h, -w * 0.9], [-h * 0.6, -w], [0, -w], [h * 1.3, -w * 0.06], [h * 1.3, w * 0.06], [0, w], [-h * 0.6, w], [-h, w * 0.9]],
        "concave": [[-h, -w], [h, -w], [h * 1.05, -w * 0.9], [h * 0.4, -w * 0.5], [h * 0.2, 0], [h * 0.4, w * 0.5], [h * 1.05, w * 0.9], [h, w], [-h, w]],
        "step": [[-h, -w], [h * 0.4, -w], [h * 0.45, -w * 0.62], [h, -w * 0.6], [h, w * 0.6], [h * 0.45, w * 0.62], [h * 0.4, w], [-h, w]],
        "bevel": [[-h, -w], [h * 0.3, -w], [h, -w * 0.65], [h, w * 0.65], [h * 0.3, w], [-h, w]],
    }
    return np.array(shapes[kind])


def hoop_of(profile, r, n=96, scale=None, start=0.0, arc=TAU, slot="metal"):
    """A profile taken round a circle, wholly or over an arc."""
    closed = abs(arc - TAU) < 1e-6
    p = circle(n, r, start, arc)
    return sweep(p, profile * [[-1, 1]], closed, up=(0, 0, 1), scale=scale, slot=slot)


def strands(rng, r, count, wire, turns, n=260, spread=None, arc=TAU, start=0.0, flat=1.0):
    """Wires twisted round each other along a circle."""
    closed = abs(arc - TAU) < 1e-6
    t = np.arange(n) / (n if closed else n - 1)
    a = start + t * arc
    out = Shape()
    spread = spread or wire * (1.0 if count == 2 else 1.2)
    for i in range(count):
        ph = t * TAU * turns + i * TAU / count
        rr = r + spread * np.cos(ph)
        p = np.stack([rr * np.cos(a), rr * np.sin(a), spread * flat * np.sin(ph)], 1)
        out.join(sweep(p, wire, closed, 8, slot="metal" if i % 2 == 0 or rng.random() < 0.7 else "metal2"))
    return out


def pave(rng, r, wide, thick, n_rows, arc, profile_kind="flat"):
    """A band with rows of small stones over a part of its round."""
    out = hoop_of(band_profile(rng, wide, thick, profile_kind), r)
    size = wide * rng.uniform(0.36, 0.47) / n_rows
    if n_rows == 1:
        size = min(size, thick * 1.2)
    n = int(arc * (r + thick / 2) / (size * rng.uniform(2.05, 2.4)))
    for k in range(n_rows):
        z = (k - (n_rows - 1) / 2) * size * 2.1
        a = np.pi / 2 - arc / 2 + (np.arange(n) + 0.5 * (k % 2)) / n * arc
        d = np.stack([np.cos(a), np.sin(a), 0 * a], 1)
        p = d * (r + thick / 2 + size * 0.12) + [0, 0, z]
        row = row_of_gems(p, d, size, "gem2")
        out.join(row)
    return out


def ring(rng):
    """Any finger ring; returns shape and name."""
    r = rng.uniform(0.8, 1.05)
    kind = rng.choice(["plain", "plain", "solitaire", "solitaire", "eternity", "pave", "signet", "cocktail", "twist", "stack", "three", "bypass", "wavy", "cluster"])
    wide, thick = rng.uniform(0.15, 0.8), rng.uniform(0.12, 0.24)
    slim = rng.uniform(0.14, 0.26)
    if kind == "plain":
        out = hoop_of(band_profile(rng, wide, thick), r)
        if rng.random() < 0.25:
            out = hammered(hoop_of(resampled(band_profile(rng, wide, thick, "flat"), 40), r, 200), rng, rng.uniform(0.12, 0.25), 0.03)
        elif rng.random() < 0.25:  # two colours of metal
            out.join(hoop_of(band_profile(rng, wide * 0.35, thick * 1.1, "court"), r).slot("metal2"))
        return out, "band ring"
    if kind == "eternity":
        return pave(rng, r, slim * 1.3, thick, 1, TAU), "eternity ring"
    if kind == "pave":
        return pave(rng, r, wide + 0.1, thick, int(rng.integers(2, 5)), rng.choice([TAU, 3.6, 2.4])), "pave ring"
    if kind == "twist":
        n = int(rng.integers(2, 5))
        return strands(rng, r, n, rng.uniform(0.05, 0.11), rng.integers(6, 26), n=400), "twisted ring"
    if kind == "stack":
        out = Shape()
        z = 0
        for _ in range(int(rng.integers(2, 5))):
            w = rng.uniform(0.12, 0.3)
            one = rng.choice(["band", "gems", "twist"])
            s = (hoop_of(band_profile(rng, w, thick), r) if one == "band" else pave(rng, r, w, thick, 1, TAU) if one == "gems"
                 else strands(rng, r, 2, w * 0.25, rng.integers(15, 30), n=400))
            out.join(s.moved(rot("x", rng.normal() * 0.03), (0, 0, z)).slot("metal2") if one == "twist" else s.moved(offset=(0, 0, z)))
            z += w + 0.06
        return out, "ring stack"
    # the shank of the rings with a head, often thinner at the back
    a = np.arange(96) / 96 * TAU
    top = (1 + np.sin(a)) / 2
    taper = 1 + rng.uniform(-0.35, 0.6) * top
    flat_taper = np.stack([1 + 0 * a, taper], 1)
    shank = hoop_of(band_profile(rng, slim, rng.uniform(0.12, 0.2), rng.choice(["court", "flat", "d", "knife", "round"])), r, scale=flat_taper)
    if kind == "signet":
        grow = np.stack([1 + 0.7 * top**6, 1 + rng.uniform(1.5, 3.5) * top**5], 1)
        shank = hoop_of(band_profile(rng, 0.28, 0.16, "court"), r, scale=grow)
        o = outline(rng.choice(["oval", "cushion", "round", "square", "emerald"]), 48) * rng.uniform(0.42, 0.6)
        head = plate(o, 0.22, 0.04)
        if rng.random() < 0.6:
            head.join(plate(o * 0.84, 0.05, 0.02, slot="stone").moved(offset=(0, 0, 0.2)))
        return shank.join(head_at(head, r - 0.02)), "signet ring"
    if kind == "cocktail":
        size = rng.uniform(0.5, 0.95)
        head, deep = setting(rng, r=size, style=rng.choice(["cabochon", "gem"]), hold=rng.choice(["bezel", "prongs"]))
        return shank.join(head_at(head, r + deep * 0.75)), "cocktail ring"
    if kind == "three":
        size = rng.uniform(0.2, 0.36)
        head, deep = setting(rng, r=size, style="gem", hold="prongs", with_halo=False)
        side, d2 = setting(rng, r=size * 0.65, style="gem", hold="prongs", with_halo=False)
        out = shank.join(head_at(head, r + deep * 0.8))
        for s in (-1, 1):
            m = rot("z", -s * size * 1.7 / r)
            out.join(head_at(side, r + d2 * 0.8).moved(m))
        return out, "three-stone ring"
    if kind == "bypass":
        t = np.linspace(0, 1, 120)
        ang = np.pi / 2 - 0.35 + t * (TAU + 0.7)
        p = np.stack([r * np.cos(ang), r * np.sin(ang), (t - 0.5) * rng.uniform(0.5, 1.2)], 1)
        out = sweep(p, slim / 2, sides=14)
        for e in (p[0], p[-1]):
            out.join(sphere(rng.uniform(0.15, 0.26), 20, rng.choice(["metal", "pearl", "stone"])).moved(offset=e))
        return out, "bypass ring"
    if kind == "wavy":
        k = int(rng.integers(4, 9))
        p = circle(220, r)
        p[:, 2] = np.sin(np.arange(220) / 220 * TAU * k) * rng.uniform(0.08, 0.2)
        return sweep(p, slim / 2, True, 12), "wavy ring"
    if kind == "cluster":
        out, size = shank, rng.uniform(0.16, 0.26)
        mid, deep = setting(rng, "round", size, "gem", "prongs", False)
        head = Shape().join(mid)
        n = int(rng.integers(5, 9))
        petal, _ = setting(rng, rng.choice(["round", "pear", "marquise"]), size * 0.8, rng.choice(["gem", "cabochon", "pearl"]), None, False)
        for i in range(n):
            an = i / n * TAU
            head.join(petal.moved(rot("z", an - np.pi / 2), (np.cos(an) * size * 1.9, np.sin(an) * size * 1.9, -0.08)))
        return out.join(head_at(head, r + deep * 0.8)), "cluster ring"
    size = rng.uniform(0.25, 0.5)
    head, deep = setting(rng, r=size, style="gem", hold=rng.choice(["prongs", "prongs", "bezel"]))
    out = shank.join(head_at(head, r + deep * 0.85))
    if rng.random() < 0.35:
        n = int(rng.integers(4, 9))
        s = slim * 0.36
        for sgn in (-1, 1):
            an = np.pi / 2 + sgn * (size * 0.8 / r + np.arange(n) * s * 2.3 / r)
            d = np.stack([np.cos(an), np.sin(an), 0 * an], 1)
            out.join(row_of_gems(d * (r + 0.1), d, s))
    return out, "solitaire ring"


def resampled(profile, n):
    return resample(profile, n, True)


def bangle(rng):
    """Bangles and cuffs, closed and open."""
    r = rng.uniform(2.6, 3.4)
    kind = rng.choice(["plain", "hammered", "hammered", "twist", "cuff", "cuff", "gems", "ends", "engraved", "stack"])
    wide, thick = rng.uniform(0.25, 2.2), rng.uniform(0.2, 0.4)
    squash = np.diag([1, rng.uniform(0.82, 1.0), 1])
    if kind == "plain":
        return hoop_of(band_profile(rng, wide, thick), r, 140).moved(squash), "bangle"
    if kind == "hammered":
        prof = resampled(band_profile(rng, min(wide, 1.3), thick, rng.choice(["court", "flat", "d", "round"])), 30)
        out = hoop_of(prof, r, 320)
        return hammered(out, rng, rng.uniform(0.18, 0.4), rng.uniform(0.03, 0.06)).moved(squash), "hammered bangle"
    if kind == "twist":
        n = int(rng.integers(2, 6))
        return strands(rng, r, n, rng.uniform(0.1, 0.22), rng.integers(8, 40), n=600).moved(squash), "twisted bangle"
    if kind == "gems":
        return pave(rng, r, rng.uniform(0.3, 0.7), thick, int(rng.integers(1, 3)), rng.choice([TAU, 3.0])).moved(squash), "pave bangle"
    if kind == "engraved":  # a rim pattern of beads or notches
        out = hoop_of(band_profile(rng, wide, thick, "flat"), r, 140)
        n, k = int(rng.integers(40, 90)), rng.uniform(0.05, 0.1)
        for z in (-wide * 0.4, wide * 0.4):
            for p in circle(n, r + thick / 2, z=z):
                out.join(sphere(k, 8, "metal2").moved(offset=p))
        return out, "beaded bangle"
    if kind == "stack":
        out, z = Shape(), 0.0
        for _ in range(int(rng.integers(3, 7))):
            m = rot((rng.normal(), rng.normal(), 0), rng.uniform(0, 0.06))
            one = hoop_of(band_profile(rng, 0.3, 0.22, rng.choice(["round", "court", "flat"])), r, 110)
            out.join((one if rng.random() < 0.6 else one.slot("metal2")).moved(m, (rng.normal() * 0.1, rng.normal() * 0.1, z)))
            z += 0.36
        return out, "bangle stack"
    gap = rng.uniform(0.4, 1.1)
    arc = TAU - gap
    start = -np.pi / 2 + gap / 2
    if kind == "cuff":
        t = np.abs(np.linspace(-1, 1, 120))
        scale = np.stack([1 + 0 * t, 1 - rng.uniform(0, 0.75) * t**2], 1)
        prof = resampled(band_profile(rng, wide + 0.5, thick * 0.6, rng.choice(["flat", "court", "concave"])), 30)
        out = hoop_of(prof, r, 240, np.repeat(scale, 2, 0), start, arc)
        if rng.random() < 0.4:
            out = hammered(out, rng, rng.uniform(0.2, 0.4), 0.04)
        if rng.random() < 0.3:
            head, d = setting(rng, r=rng.uniform(0.4, 0.9), style="cabochon", hold="bezel")
            out.join(head_at(head, r + d))
        return out.moved(squash), "cuff"
    out = hoop_of(band_profile(rng, 0.3, 0.3, "round"), r, 160, None, start, arc) if rng.random() < 0.5 else strands(
        rng, r, 3, 0.13, rng.integers(10, 30), 500, arc=arc, start=start)
    for e in (start, start + arc):
        ball = rng.choice(["metal", "metal", "stone", "pearl"])
        out.join(sphere(rng.uniform(0.22, 0.42), 24, ball).moved(offset=(r * np.cos(e), r * np.sin(e), 0)))
    return out.moved(squash), "open bangle"
