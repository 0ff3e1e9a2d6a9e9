"""Unevenness: hammer blows in metal, and smooth noise."""
import numpy as np
from .geometry import Shape, TAU, unit


def vertex_normals(verts, faces):
    n = np.zeros_like(verts)
    for f in faces:
        fn = np.cross(verts[f[:, 1]] - verts[f[:, 0]], verts[f[:, 2]] - verts[f[:, 0]])
        for k in range(f.shape[1]):
            np.add.at(n, f[:, k], fn)
    return unit(n)


def hammered(shape, rng, size=0.3, depth=0.03):
    """Facets beaten into the metal: every point is pushed in as far as it is near a hammer blow."""
    out = Shape()
    for v, f, slot, smooth in shape.parts:
        if not slot.startswith("metal") or len(v) < 200:
            out.add(v, f, slot, smooth)
            continue
        n = vertex_normals(v, f)
        hits = v[rng.choice(len(v), min(len(v), 500), replace=False)]
        keep = []
        for h in hits:  # blows keep some distance from each other
            if not keep or np.min(np.linalg.norm(np.array(keep) - h, axis=1)) > size * 0.75:
                keep.append(h)
        hits = np.array(keep)
        d = np.full(len(v), 9e9)
        for i in range(0, len(hits), 50):
            d = np.minimum(d, ((v[:, None] - hits[None, i:i + 50]) ** 2).sum(2).min(1))
        out.add(v + n * (np.minimum(d / size**2, 1) * depth)[:, None], f, slot, smooth)
    return out


def wobble(points, rng, amp, freq, octaves=3):
    """Smooth noise at 2-D or 3-D points, as a sum of sines of random direction."""
    p = np.asarray(points, float)
    out = np.zeros(p.shape[:-1])
    for o in range(octaves):
        for _ in range(4):
            d = rng.normal(size=p.shape[-1]) * freq * 2**o
            out += np.sin(p @ d + rng.uniform(0, TAU)) * amp / 4 / 1.8**o
    return out
