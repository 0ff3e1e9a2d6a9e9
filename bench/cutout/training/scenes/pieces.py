"""What lies in one scene and how it is put down: fallen on a stable side, standing, leaning, hanging."""
import bmesh
import numpy as np
from .brooches import brooch, tiara
from .chains import necklace
from .drops import earring
from .geometry import Shape, TAU, circle, rot, spline, sweep
from .rings import band_profile, bangle, hoop_of, pave, ring, strands
from .roughen import hammered


def fallen(rng, shape):
    """Turned so that it lies on a stable side, like something dropped."""
    v = shape.points()
    v = v[:: max(1, len(v) // 900)]
    bm = bmesh.new()
    for p in v:
        bm.verts.new(p)
    hull = bmesh.ops.convex_hull(bm, input=bm.verts)
    c = v.mean(0)
    best, weights = [], []
    for f in [g for g in hull["geom"] if isinstance(g, bmesh.types.BMFace)]:
        n, q = np.array(f.normal), np.array(f.calc_center_median())
        if n @ (q - c) < 0:
            n = -n
        foot = c + n * (n @ (q - c))
        pts = np.array([p.co for p in f.verts])
        inside = all(np.dot(np.cross(pts[(i + 1) % len(pts)] - pts[i], foot - pts[i]), n) * np.dot(np.cross(pts[1] - pts[0], pts[2] - pts[0]), n) >= -1e-9 for i in range(len(pts)))
        if inside:
            best.append(n)
            weights.append(f.calc_area() / max(1e-3, n @ (q - c)) ** 2)
    bm.free()
    if not best:
        return shape
    w = np.array(weights)
    n = best[rng.choice(len(best), p=w / w.sum())]
    axis = np.cross(n, [0, 0, -1.0])
    if np.linalg.norm(axis) < 1e-6:
        m = np.eye(3) if n[2] < 0 else rot("x", np.pi)
    else:
        m = rot(axis, np.arccos(np.clip(-n[2], -1, 1)))
    return shape.moved(m)


def posed(rng, shape, family, level=False):
    """Puts a rigid piece on the ground; returns it and the pose's name."""
    turn = rot("z", rng.uniform(0, TAU))
    upright = rot("x", np.pi / 2)  # +y goes up
    if family in ("ring", "hoop", "bangle"):
        pose = rng.choice(["standing", "lying", "leaning", "fallen"], p=[0.4, 0.25, 0.15, 0.2])
    elif family == "tiara":
        pose = rng.choice(["flat", "leaning"], p=[0.8, 0.2])
    else:
        pose = rng.choice(["flat", "fallen", "leaning", "standing"], p=[0.25, 0.15, 0.3, 0.3] if level else [0.66, 0.16, 0.1, 0.08])
    if pose == "standing":
        out = shape.moved(rot("y", rng.normal() * 0.1)).moved(upright).moved(turn)
    elif pose == "leaning":
        out = shape.moved(rot("y", rng.normal() * 0.3)).moved(rot("x", np.pi / 2 - rng.uniform(0.15, 0.75))).moved(turn)
    elif pose == "fallen":
        out = fallen(rng, shape).moved(turn)
    else:
        out = shape.moved(rot((rng.normal(), rng.normal(), 0.01), rng.uniform(0, 0.05))).moved(rot("z", rng.normal() * 0.5) if family == "flat" else turn)
    if pose == "standing" and family == "flat" and rng.random() < 0.5:  # hung up on something unseen
        return out.rested(rng.uniform(0.1, 1.2)), "hanging"
    return out.rested(), pose


def things(rng, ground=None, level=False):
    """Everything that lies in one scene: shapes, a description and the points to frame."""
    family = rng.choice(["ring", "hoop", "earring", "bangle", "necklace", "brooch", "tiara", "set"], p=[0.23, 0.08, 0.15, 0.12, 0.28, 0.09, 0.015, 0.035])
    out, names, poses, core = Shape(), [], [], []
    flat_pose = None

    def place(shape, name, kind, at, pose_rng=rng):
        s, pose = posed(pose_rng, shape, kind, level)
        v = s.points()
        s = s.moved(offset=(*(np.asarray(at) - (v[:, :2].min(0) + v[:, :2].max(0)) / 2), 0))
        if ground is not None:
            v = s.points()
            s = s.moved(offset=(0, 0, float(ground(v[v[:, 2] < v[:, 2].min() + 0.3][:, :2]).max())))
        out.join(s)
        names.append(name)
        poses.append(pose)
        core.append(s.points()[::5])

    if family == "necklace":
        s, name, c = necklace(rng, ground)
        if ground is None and level and rng.random() < 0.45:  # hung up before the backdrop
            m = rot("z", rng.normal() * 0.3) @ rot("x", np.pi / 2 - abs(rng.normal()) * 0.15)
            low = (c @ m.T)[:, 2].min() - rng.uniform(0.2, 2)
            return s.moved(m, (0, 0, -low)), name, "hanging", c @ m.T - [0, 0, low]
        return s, name, "laid", c
    if family == "set":
        at = rng.permutation([[-1.5, 0.3], [1.3, 0.7], [0.2, -1.4]])
        for k, p in zip(["ring", "earring", rng.choice(["brooch", "ring", "earring"])], at):
            s, name = {"ring": ring, "earring": earring, "brooch": brooch}[k](rng)
            place(s, name, "ring" if k == "ring" else "flat", p + rng.normal(size=2) * 0.3)
    elif family in ("earring", "hoop"):
        if family == "hoop":
            r, n = rng.uniform(0.8, 2.2), int(rng.integers(0, 4))
            gap = rng.uniform(0.15, 0.5)
            if n == 0:
                s = hoop_of(band_profile(rng, rng.uniform(0.12, 0.6), rng.uniform(0.1, 0.3)), r, 120, None, np.pi / 2 + gap / 2, TAU - gap)
            elif n == 1:
                s = strands(rng, r, int(rng.integers(2, 4)), rng.uniform(0.06, 0.13), rng.integers(10, 40), 420, arc=TAU - gap, start=np.pi / 2 + gap / 2)
            elif n == 2:
                s = pave(rng, r, 0.25, 0.16, 1, rng.choice([TAU, 4.0]))
            else:
                s = hammered(hoop_of(circle(20, rng.uniform(0.08, 0.2))[:, :2], r, 260), rng, 0.16, 0.025)
            e = np.array([r * np.cos(np.pi / 2 + gap / 2), r * np.sin(np.pi / 2 + gap / 2), 0])
            s.join(sweep(spline([e, [0, r * 1.04, 0], e * [-1, 1, 1]], 16), 0.035))
            name, kind = "hoop earring", "hoop"
        else:
            s, name = earring(rng)
            kind = "flat"
        both = rng.random() < 0.75
        v = s.points()
        apart = (np.ptp(v[:, 0]) + np.ptp(v[:, 2])) * rng.uniform(0.55, 0.9) + 0.3
        line = rng.normal() * 0.5
        d = np.array([np.cos(line), np.sin(line)]) * apart / 2
        if both:
            mirror = s.moved(np.diag([-1, 1, 1])) if rng.random() < 0.7 else s
            state = rng.bit_generator.state
            place(s, name, kind, -d)
            if rng.random() < 0.6:
                rng.bit_generator.state = state  # the same pose for both
            place(mirror, "pair", kind, d)
        else:
            place(s, name, kind, (0, 0))
    else:
        s, name = {"ring": ring, "bangle": bangle, "brooch": brooch, "tiara": tiara}[family](rng)
        place(s, name, {"brooch": "flat"}.get(family, family), (0, 0))
        if family == "ring" and rng.random() < 0.25:
            v = out.points()
            s2, name2 = ring(rng)
            place(s2, name2, "ring", np.array([np.ptp(v[:, 0]) / 2 + rng.uniform(1.0, 1.6), rng.normal() * 0.5]) * rng.choice([-1, 1]))
    return out, " + ".join(names), "/".join(poses), np.vstack(core)
