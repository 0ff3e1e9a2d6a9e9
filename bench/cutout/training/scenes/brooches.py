"""Brooches, which face +z, and tiaras."""
import numpy as np
from .drops import filigree, leaf
from .gems import setting
from .geometry import Shape, TAU, patch, rot, sphere, spline, sweep, torus


def brooch(rng):
    """Flowers, sprays, bows, wreaths and stars, facing +z."""
    kind = rng.choice(["flower", "flower", "flower", "spray", "spray", "bow", "bow", "wreath", "filigree", "starburst", "starburst", "butterfly"])
    s = rng.uniform(1.5, 2.5)
    out = Shape()
    petal_slot = rng.choice(["metal", "metal", "metal", "enamel"])
    if kind == "flower":
        for layer in range(int(rng.integers(1, 4))):
            n = int(rng.integers(5, 10))
            p = leaf(rng, s * (1 - 0.28 * layer), s * rng.uniform(0.45, 0.9), petal_slot, rng.uniform(0.0, 0.4), rng.random() < 0.6)
            for i in range(n):
                out.join(p.moved(rot("z", (i + 0.5 * layer) * TAU / n), (0, 0, 0.1 * layer * s)))
        c, _ = setting(rng, "round", s * rng.uniform(0.15, 0.32))
        out.join(c.rested(0.12 * s))
        if rng.random() < 0.5:
            stem = spline([[0, 0, 0], [0.1, -s * 1.2, 0], [rng.normal() * 0.5, -s * 2.2, 0]], 40)
            out.join(sweep(stem, 0.08 * s, sides=10))
            for sg in (-1, 1):
                out.join(leaf(rng, s * 0.9, s * 0.4, rng.choice(["metal", petal_slot])).moved(rot("z", -np.pi / 2 + sg * rng.uniform(0.6, 1.2)), stem[25]))
    elif kind == "spray":
        stem = spline([[-s, -s, 0], [-0.2, 0, 0], [s * 0.6, s * 0.6, 0], [s * 1.2, s * 1.5, 0]], 60)
        out.join(sweep(stem, 0.06 * s, sides=8, scale=np.linspace(1.2, 0.4, 60)[: len(stem)] if len(stem) <= 60 else None))
        for i in np.linspace(8, len(stem) - 2, int(rng.integers(6, 13))).astype(int):
            a = np.arctan2(*(stem[min(i + 1, len(stem) - 1)] - stem[i - 1])[1::-1])
            for sg in (-1, 1):
                out.join(leaf(rng, s * rng.uniform(0.4, 0.8), s * 0.25, petal_slot).moved(rot("z", a + sg * rng.uniform(0.5, 1.0)), stem[i]))
            if rng.random() < 0.5:
                out.join(sphere(0.12 * s, 14, rng.choice(["pearl", "stone", "metal"])).moved(offset=stem[i] + [0, 0, 0.12 * s]))
    elif kind == "bow":
        u, v = np.meshgrid(np.linspace(0, 1, 50), np.linspace(-1, 1, 9), indexing="ij")
        a = u * TAU
        w = 0.1 + 0.3 * np.sin(a / 2)
        p = np.stack([s * np.sin(a / 2) ** 1.0 * 1.1, s * 0.55 * np.sin(a), 0.5 * s * w * v + 0.3 * s * np.sin(a / 2)], -1)
        for sg in (-1, 1):
            out.join(patch(p * [sg, 1, 1], 0.05 * s, petal_slot))
            tail = np.stack([sg * (u * s * 0.7), -u * s * 1.2 + 0 * v, 0.1 * s * np.sin(u * 4)], -1) + np.stack([0.22 * s * v, 0.1 * s * v * sg, 0 * v], -1)
            out.join(patch(tail, 0.05 * s, petal_slot))
        c, _ = setting(rng, "oval", s * 0.25)
        out.join(c.rested(0.1 * s))
    elif kind == "wreath":
        n = int(rng.integers(9, 20))
        out.join(torus(s, 0.05 * s, 80, 8))
        for i in range(n):
            a = i * TAU / n
            at = (s * np.cos(a), s * np.sin(a), 0)
            out.join(leaf(rng, s * 0.5, s * 0.22, petal_slot).moved(rot("z", a + np.pi / 2 + rng.choice([-0.5, 0.5])), at))
            if i % 2:
                out.join(sphere(0.1 * s, 14, "pearl").moved(offset=np.array(at) + [0, 0, 0.1 * s]))
    elif kind == "starburst":
        n = int(rng.integers(8, 20))
        for i in range(n):
            q = s * (1 if i % 2 else rng.uniform(0.6, 0.8))
            out.join(sweep(np.array([[0, 0, 0.1], [q * 0.5, 0, 0.1], [q, 0, 0.05]]), 0.07 * s, scale=np.array([1, 0.8, 0.15]), sides=6, smooth=False).moved(rot("z", i * TAU / n)))
            if i % 2:
                out.join(sphere(0.08 * s, 12, "pearl").moved(offset=(q * np.cos(i * TAU / n), q * np.sin(i * TAU / n), 0.05)))
        c, _ = setting(rng, "round", s * 0.3)
        out.join(c.rested(0.05))
    elif kind == "butterfly":
        for sg in (-1, 1):
            for up, q in ((0.55, 1.0), (-0.6, 0.7)):
                wing = leaf(rng, s * 1.5 * q, s * 1.1 * q, rng.choice([petal_slot, "enamel"]), 0.15, False)
                m = rot("z", up)
                out.join(wing.moved(m).moved(np.diag([sg, 1, 1])))
                out.join(sphere(0.1 * s, 12, "stone").moved(np.diag([1, 1, 0.5])).moved(offset=(sg * s * 0.9 * q, np.sign(up) * s * 0.55 * q, 0.2 * s)))
        out.join(sweep(np.array([[0, -s * 0.7, 0.1], [0, 0, 0.15], [0, s * 0.5, 0.1]]), 0.1 * s, scale=np.array([0.4, 1, 0.8])))
        for sg in (-1, 1):
            out.join(sweep(spline([[0, s * 0.5, 0.1], [sg * 0.2 * s, s * 0.9, 0.2], [sg * 0.5 * s, s * 1.0, 0.2]], 20), 0.02 * s))
    else:
        out = filigree(rng, s)
    return out, f"{kind} brooch"


def tiara(rng):
    """A band over the hair with points, standing on its ends' plane; up is +z."""
    r, n = rng.uniform(5.5, 7), int(rng.integers(5, 12))
    arc = rng.uniform(2.6, 3.6)
    a = np.linspace(-np.pi / 2 - arc / 2, -np.pi / 2 + arc / 2, 140)
    base = np.stack([r * np.cos(a), r * np.sin(a), 0 * a], 1)
    w = rng.uniform(0.08, 0.14)
    out = sweep(base, w, sides=10).join(sweep(base + [0, 0, 0.6], w * 0.8, sides=10))
    high = rng.uniform(1.5, 3.0)
    for i in range(n):
        u0, u1 = i / n, (i + 1) / n
        q = np.linspace(u0, u1, 40)
        k = -np.pi / 2 - arc / 2 + q * arc
        tip = high * (0.35 + 0.65 * np.sin(np.pi * (u0 + u1) / 2) ** 1.5)
        z = 0.6 + tip * np.sin(np.pi * np.linspace(0, 1, 40)) ** rng.choice([1, 2])
        out.join(sweep(np.stack([r * np.cos(k), r * np.sin(k), z], 1), w * 0.7, sides=8))
        mid = k[20]
        d = np.array([np.cos(mid), np.sin(mid), 0])
        s, _ = setting(rng, r=rng.uniform(0.25, 0.4), with_halo=False) if rng.random() < 0.7 else (sphere(0.3, 18, "pearl"), 0)
        m = np.stack([np.cross([0, 0, 1.0], d), [0, 0, 1.0], d], 1)
        out.join(s.moved(m, d * r + [0, 0, 0.6 + tip]))
        out.join(sphere(0.18, 14, rng.choice(["pearl", "metal"])).moved(offset=d * r * 1.02 + [0, 0, 0.3]))
    return out, "tiara"
