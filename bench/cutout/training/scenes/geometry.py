"""Meshes as numpy arrays: sweeps, lathes, spheres, patches and plates.

Everything is built in numpy and handed to Blender once per object, because Blender's own mesh
operators cost more time than the rendering. Lengths are centimetres.
"""
import numpy as np

TAU = 2 * np.pi


class Shape:
    """A bag of polygons, each part with the name of its material and whether it is shaded smoothly."""

    def __init__(self):
        self.parts = []  # (vertices n x 3, [faces m x k, ...], material name, smooth)

    def add(self, verts, faces, slot="metal", smooth=True):
        self.parts.append((np.asarray(verts, float), [np.asarray(f, int) for f in faces], slot, smooth))
        return self

    def join(self, *others):
        for other in others:
            self.parts.extend(other.parts)
        return self

    def moved(self, matrix=None, offset=(0, 0, 0), scale=1.0):
        m = np.eye(3) if matrix is None else np.asarray(matrix, float)
        m = m * scale if np.isscalar(scale) else m @ np.diag(scale)
        out = Shape()
        flip = -1 if np.linalg.det(m) < 0 else 1  # a mirrored piece keeps its outsides outside
        out.parts = [(v @ m.T + np.asarray(offset, float), [x[:, ::flip] for x in f], s, k) for v, f, s, k in self.parts]
        return out

    def slot(self, name):
        out = Shape()
        out.parts = [(v, f, name, k) for v, f, _, k in self.parts]
        return out

    def points(self):
        return np.concatenate([p[0] for p in self.parts])

    def rested(self, z=0.0):
        """Shifted so that its lowest point is at height z."""
        return self.moved(offset=(0, 0, z - self.points()[:, 2].min()))


def rot(axis, angle):
    a = {"x": (1, 0, 0), "y": (0, 1, 0), "z": (0, 0, 1)}.get(axis, axis) if isinstance(axis, str) else axis
    a = np.asarray(a, float) / np.linalg.norm(a)
    k = np.array([[0, -a[2], a[1]], [a[2], 0, -a[0]], [-a[1], a[0], 0]])
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * (k @ k)


def unit(v):
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-12)


def circle(n, r=1.0, start=0.0, sweep=TAU, z=0.0):
    t = start + np.arange(n) * (sweep / (n if abs(sweep - TAU) < 1e-9 else n - 1))
    return np.stack([r * np.cos(t), r * np.sin(t), np.full(n, z)], 1)


def resample(path, n, closed=False):
    """The same curve at n points equally far apart."""
    p = np.asarray(path, float)
    if closed:
        p = np.vstack([p, p[:1]])
    d = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(p, axis=0), axis=1))])
    t = np.linspace(0, d[-1], n + 1)[:-1] if closed else np.linspace(0, d[-1], n)
    return np.stack([np.interp(t, d, p[:, i]) for i in range(p.shape[1])], 1)


def length(path, closed=False):
    p = np.vstack([path, path[:1]]) if closed else path
    return np.linalg.norm(np.diff(p, axis=0), axis=1).sum()


def spline(knots, n=80, closed=False):
    """A Catmull-Rom curve through the knots."""
    k = np.asarray(knots, float)
    k = np.vstack([k[-1:], k, k[:2]]) if closed else np.vstack([2 * k[0] - k[1], k, 2 * k[-1] - k[-2]])
    seg, out = len(k) - 3, []
    t = np.linspace(0, 1, max(3, n // seg + 1))[:-1, None]
    for i in range(seg):
        a, b, c, d = k[i:i + 4]
        out.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    if not closed:
        out.append(k[-2:-1])
    return np.vstack(out)


def frames(path, closed=False, up=None):
    """Tangent, normal and binormal along a curve, without needless twist."""
    p = np.asarray(path, float)
    n = len(p)
    if closed:
        t = unit(np.roll(p, -1, 0) - np.roll(p, 1, 0))
    else:
        t = unit(np.gradient(p, axis=0))
    if up is not None:
        b = unit(np.asarray(up, float) - t * (t @ np.asarray(up, float))[:, None])
        return t, np.cross(b, t), b
    first = np.cross(t[0], [0, 0, 1.0])
    if np.linalg.norm(first) < 1e-3:
        first = np.array([1.0, 0, 0])
    nrm = np.empty_like(p)
    nrm[0] = unit(first - t[0] * (first @ t[0]))
    for i in range(1, n):
        v = nrm[i - 1] - t[i] * (nrm[i - 1] @ t[i])
        nrm[i] = v / max(np.linalg.norm(v), 1e-9)
    if closed:  # what is left over after one round is spread over the round
        end = nrm[-1] - t[0] * (nrm[-1] @ t[0])
        end /= max(np.linalg.norm(end), 1e-9)
        ang = np.arctan2(np.cross(end, nrm[0]) @ t[0], end @ nrm[0])
        a = (np.arange(n) / n * ang)[:, None]
        nrm = nrm * np.cos(a) + np.cross(t, nrm) * np.sin(a)
    return t, nrm, np.cross(t, nrm)


def grid_faces(rows, cols, wrap_r, wrap_c):
    r = np.arange(rows if wrap_r else rows - 1)[:, None]
    c = np.arange(cols if wrap_c else cols - 1)[None]
    r2, c2 = (r + 1) % rows, (c + 1) % cols
    return np.stack([r * cols + c, r * cols + c2, r2 * cols + c2, r2 * cols + c], -1).reshape(-1, 4)


def sweep(path, profile=0.05, closed=False, sides=10, scale=None, twist=0.0, up=None, slot="metal", smooth=True):
    """A profile (a radius, or a closed outline of (normal, binormal) pairs) drawn along a curve."""
    path = np.asarray(path, float)
    prof = circle(sides, profile)[:, :2] if np.isscalar(profile) else np.asarray(profile, float)
    n, k = len(path), len(prof)
    _, nn, bb = frames(path, closed, up)
    s = np.ones((n, 2)) if scale is None else np.asarray(scale, float)
    s = np.repeat(s[:, None], 2, 1) if s.ndim == 1 else s
    a = twist * np.arange(n) / n
    x = prof[None, :, 0] * s[:, :1]
    y = prof[None, :, 1] * s[:, 1:]
    x, y = x * np.cos(a)[:, None] - y * np.sin(a)[:, None], x * np.sin(a)[:, None] + y * np.cos(a)[:, None]
    v = path[:, None] + x[..., None] * nn[:, None] + y[..., None] * bb[:, None]
    faces = [grid_faces(n, k, closed, True)]
    if not closed:
        faces.append(np.array([np.arange(k)[::-1], (n - 1) * k + np.arange(k)]))
    return Shape().add(v.reshape(-1, 3), faces, slot, smooth)


def lathe(rz, n=32, slot="metal", smooth=True):
    """Pairs (radius, height) turned about the z axis."""
    rz = np.asarray(rz, float)
    t = np.arange(n) / n * TAU
    v = np.stack([rz[:, :1] * np.cos(t), rz[:, :1] * np.sin(t), np.repeat(rz[:, 1:], n, 1)], -1)
    return Shape().add(v.reshape(-1, 3), [grid_faces(len(rz), n, False, True)], slot, smooth)


def sphere(r=1.0, n=20, slot="metal", squash=1.0):
    a = np.linspace(-np.pi / 2, np.pi / 2, max(6, n // 2 + 1))
    return lathe(np.stack([np.maximum(np.cos(a), 1e-4) * r, np.sin(a) * r * squash], 1), n, slot)


def torus(big, small, n=48, sides=10, slot="metal"):
    return sweep(circle(n, big), small, True, sides, slot=slot)


def plate(outline, thick=0.1, bevel=0.03, dome=0.0, slot="metal", smooth=True, rings=1):
    """A flat (or domed) piece of sheet with a rounded rim from a closed, star-shaped outline."""
    o = np.asarray(outline, float)[:, :2]
    c = o.mean(0)
    d = o - c
    size = np.linalg.norm(d, axis=1).mean()
    levels = [(1 - bevel / size, 0.0), (1.0, bevel * 0.6), (1.0, thick - bevel * 0.6), (1 - bevel / size, thick)]
    top = [1 - bevel / size - (1 - bevel / size) * (i + 1) / (rings + 1) for i in range(rings)] if dome else []
    s0 = 1 - bevel / size
    levels += [(s, thick + dome * (1 - (s / s0) ** 2)) for s in top]
    k = len(o)
    v = np.concatenate([np.column_stack([c + d * s, np.full(k, z)]) for s, z in levels] +
                       [[[c[0], c[1], thick + dome]], [[c[0], c[1], 0.0]]])
    i = np.arange(k)
    j = (i + 1) % k
    last = (len(levels) - 1) * k
    tip, base = len(levels) * k, len(levels) * k + 1
    caps = np.concatenate([np.stack([last + i, last + j, np.full(k, tip)], 1), np.stack([j, i, np.full(k, base)], 1)])
    return Shape().add(v, [grid_faces(len(levels), k, False, True), caps], slot, smooth)


def patch(points, thick=0.04, slot="metal", smooth=True):
    """A curved leaf of sheet metal: a grid of points (rows x cols x 3) given some thickness."""
    p = np.asarray(points, float)
    r, c = p.shape[:2]
    du, dv = np.gradient(p, axis=0), np.gradient(p, axis=1)
    n = unit(np.cross(du, dv))
    edge = np.ones((r, c, 1))
    edge[0] = edge[-1] = 0.25
    edge[:, 0] = edge[:, -1] = 0.25
    top, low = p + n * thick / 2 * edge, p - n * thick / 2 * edge
    f = grid_faces(r, c, False, False)
    rim = np.concatenate([np.arange(c), np.arange(1, r) * c + c - 1, (r - 1) * c + np.arange(c - 2, -1, -1),
                          np.arange(r - 2, 0, -1) * c])
    nxt, m = np.roll(rim, -1), r * c
    side = np.stack([rim, nxt, nxt + m, rim + m], 1)
    return Shape().add(np.concatenate([top.reshape(-1, 3), low.reshape(-1, 3)]), [f, f[:, ::-1] + m, side], slot, smooth)


def copies(shape, matrices, offsets):
    """Many copies of one shape in one go: links of a chain, beads, leaves."""
    m, o = np.asarray(matrices, float), np.asarray(offsets, float)
    out = Shape()
    for v, faces, slot, smooth in shape.parts:
        vv = np.einsum("nij,kj->nki", m, v) + o[:, None]
        step = (np.arange(len(o)) * len(v))[:, None, None]
        out.add(vv.reshape(-1, 3), [(f[None] + step).reshape(-1, f.shape[1]) for f in faces], slot, smooth)
    return out
