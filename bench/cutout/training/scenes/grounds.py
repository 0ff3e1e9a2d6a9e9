"""The ground as a mesh, what is strewn on it, and the backdrop behind a table."""
import bpy
import numpy as np
from . import hard_stuffs as h
from . import soft_stuffs as s
from .blender import add_shape
from .drops import leaf
from .geometry import Shape, TAU, copies, grid_faces, rot, sphere
from .nodes import any_colour, hsv, material, near
from .pictures import clutter
from .props import prop
from .roughen import wobble

# How often each is drawn.
STUFFS = {"plain": (s.plain, 3.8), "gradient": (s.gradient, 0.9), "paper": (s.paper, 1.5), "velvet": (s.velvet, 1.1), "felt": (s.felt, 0.6), "cloth": (s.cloth, 1.6),
          "silk": (s.silk, 0.7), "leather": (s.leather, 0.7), "wood": (h.wood, 1.9), "marble": (h.marble, 1.2), "granite": (h.granite, 0.4), "concrete": (h.concrete, 0.6),
          "slate": (h.slate, 0.5), "terrazzo": (h.terrazzo, 0.4), "sand": (h.sand, 0.5), "tiles": (h.tiles, 0.5), "skin": (s.skin, 0.9), "glossy": (h.glossy, 0.9),
          "wet": (h.wet, 0.3), "sheet": (h.sheet, 0.25), "printed": (s.printed, 0.7)}



def stretched(n, near_, far):
    """Coordinates that are dense in the middle and reach far out."""
    t = np.linspace(-1, 1, n)
    k = np.arcsinh(far / near_)
    return near_ * np.sinh(t * k)


class Ground:
    def __init__(self, rng, level, forward):
        """level: the camera looks so flat that it sees past the ground; forward: where it looks, on the ground."""
        self.rng, self.forward = rng, np.asarray(forward)
        self.level = level
        self.kind = rng.choice(["sweep", "table"], p=[0.55, 0.45]) if level else "flat"
        names = list(STUFFS)
        p = np.array([STUFFS[n][1] for n in names])
        if self.kind == "sweep":  # sweeps are paper or paint, seldom something else
            p = p * [4 if n in ("plain", "gradient", "paper") else 0.35 for n in names]
        self.stuff = str(rng.choice(names, p=p / p.sum()))
        soft = self.stuff in ("cloth", "silk", "velvet", "paper", "felt")
        self.folds = rng.uniform(0.06, 0.5) * (1.8 if self.stuff in ("silk", "cloth") else 0.7) if soft and rng.random() < 0.45 and self.kind == "flat" else 0.0
        self.fold_seed, self.fold_freq = int(rng.integers(1 << 30)), rng.uniform(0.15, 0.5)
        self.stuff_scale = float(np.exp(rng.normal() * 0.35))

    def height(self, p):
        """Height of the folds at points of the ground."""
        p = np.asarray(p, float)[..., :2]
        if not self.folds:
            return np.zeros(p.shape[:-1])
        r = np.random.default_rng(self.fold_seed)
        h = wobble(p, r, self.folds, self.fold_freq, 2)
        for _ in range(3):  # ridges
            d = r.normal(size=2)
            d /= np.linalg.norm(d)
            q = p @ d * self.fold_freq * 2 + r.uniform(0, TAU) + wobble(p, r, 1.2, self.fold_freq * 0.6, 1)
            h = h + self.folds * (1 - np.abs(np.sin(q))) ** 2
        return h

    def build(self, size):
        rng = self.rng
        f, side = np.array([*self.forward, 0]), np.array([self.forward[1], -self.forward[0], 0])
        far = 70 + 12 * size
        u = stretched(150 if self.folds else 60, 6 * size, far)
        v = stretched(150 if self.folds else 40, 6 * size, far)
        back = size * rng.uniform(1.3, 5)
        bend = size * rng.uniform(1.0, 4)
        if self.kind == "table":
            u = np.minimum(u, back * 1.5)
            back = back * 1.5
        uu, vv = np.meshgrid(u, v, indexing="ij")
        x, z = uu.copy(), np.zeros_like(uu)
        if self.kind == "sweep":  # floor, quarter round, wall
            w = np.clip(uu - back, 0, None)
            a = np.clip(w / bend, 0, np.pi / 2)
            x = np.where(w > 0, back + bend * np.sin(a), uu)
            z = np.where(w > 0, bend * (1 - np.cos(a)) + np.clip(w - bend * np.pi / 2, 0, None), 0)
        p = x[..., None] * f + vv[..., None] * side
        p[..., 2] = z + (self.height(p) if self.folds else 0)
        faces = grid_faces(len(u), len(v), False, False)
        m, t = material("ground")
        STUFFS[self.stuff][0](rng, t, self.stuff_scale)
        add_shape("ground", Shape().add(p.reshape(-1, 3), [faces[:, ::-1]], "ground", True), {"ground": m})
        if self.kind == "table":
            self.backdrop(size, back, f, side)
        return m

    def backdrop(self, size, back, f, side):
        """A painted clutter far behind and some solid things before it."""
        rng = self.rng
        away = back + size * rng.uniform(2, 14)
        wide = away * 1.6 + 10 * size
        img = clutter(rng)
        h, w = img.shape[:2]
        im = bpy.data.images.new("backdrop", w, h, float_buffer=True)
        im.colorspace_settings.name = "Non-Color"
        im.pixels.foreach_set(np.concatenate([img, np.ones((h, w, 1))], 2).astype(np.float32).ravel())
        m, t = material("backdrop")
        uv = t.node("TexCoord").outputs["UV"]
        tex = t.node("TexImage", {"image": im, "interpolation": "Cubic"}, Vector=uv).outputs[0]
        e = t.node("Emission", None, Color=tex, Strength=rng.uniform(0.25, 1.1))
        t.surface(e.outputs[0])
        c = f * away
        q = np.array([c - side * wide, c + side * wide, c + side * wide, c - side * wide])
        q[:2, 2], q[2:, 2] = -wide * 0.5, wide * 1.1
        o = add_shape("backdrop", Shape().add(q, [np.array([[0, 1, 2, 3]])], "backdrop", False), {"backdrop": m})
        layer = o.data.uv_layers.new()
        layer.data.foreach_set("uv", np.array([0, 0, 1, 0, 1, 1, 0, 1], np.float32))
        for _ in range(int(rng.integers(0, 7))):
            at = f * rng.uniform(back * 0.6, away * 0.9) + side * rng.normal() * away * 0.5
            prop(rng, at, size * rng.uniform(0.4, 1.6))

    def strew(self, size, core):
        """Leaves, petals, pebbles, beads of the ground's own: things that are not the piece."""
        rng = self.rng
        kind = rng.choice(["none", "leaves", "petals", "pebbles", "props", "grass", "crumbs"], p=[0.84, 0.03, 0.02, 0.02, 0.07, 0.005, 0.015])
        if kind == "none":
            return kind
        lo, hi = core[:, :2].min(0), core[:, :2].max(0)
        mid, half = (lo + hi) / 2, (hi - lo) / 2 + 0.1
        n = {"leaves": 90, "petals": 40, "pebbles": 60, "props": int(rng.integers(1, 4)), "grass": 120, "crumbs": 160}[kind]
        p = mid + rng.normal(size=(n * 4, 2)) * (size * (1.6 if kind != "props" else 2.2))
        out = (np.abs((p - mid) / (half * rng.uniform(1.0, 1.5) + (size * 0.5 if kind == "props" else 0))) ** 3).sum(1) > 1
        p = p[out][:n]
        if kind == "props":
            for q in p:
                prop(rng, np.array([*q, 0]), size * rng.uniform(0.25, 0.7))
            return kind
        z = self.height(p)
        s = size * rng.uniform(0.08, 0.3) * np.exp(rng.normal(size=len(p)) * 0.3)
        turn = np.stack([rot("z", a) @ rot("x", b) @ rot("y", c) for a, b, c in zip(rng.uniform(0, TAU, len(p)), rng.normal(size=len(p)) * 0.3, rng.normal(size=len(p)) * 0.3)]) * s[:, None, None]
        c = {"leaves": hsv(rng.uniform(0.05, 0.36), 0.7, rng.uniform(0.25, 0.7)), "petals": hsv(rng.uniform(0.85, 1.1), rng.uniform(0.05, 0.7), 0.9), "pebbles": any_colour(rng),
             "grass": hsv(rng.uniform(0.2, 0.35), 0.7, 0.5), "crumbs": any_colour(rng)}[kind]
        if kind in ("leaves", "petals"):
            one = leaf(rng, 2, 1.0 if kind == "leaves" else 1.7, "strewn", rng.uniform(-0.1, 0.3), kind == "leaves")
        elif kind == "grass":
            one = leaf(rng, 3, 0.14, "strewn", rng.uniform(0, 0.4), False)
        else:
            one = sphere(0.6, 14, "strewn", rng.uniform(0.4, 1.0)).moved(np.diag([1, rng.uniform(0.6, 1), 1])).rested()
        m, t = material("strewn")
        n1 = t.noise(t.where(rng), 1.0 / size, 3)
        t.surface(t.principled(t.mix(n1, c, near(rng, c, 0.5)), rng.uniform(0.15, 0.8), 0.4))
        shape = copies(one, turn, np.column_stack([p, z + 0.03]))
        if kind == "petals" or kind == "leaves":
            shape = shape.moved(offset=(0, 0, 0.05 * size))
        add_shape("strewn", shape, {"strewn": m})
        return kind
