"""A short hand for shader node trees, and colours."""
import colorsys
import bpy
import numpy as np


class Tree:
    """t.noise(scale=3) makes a node and returns its first output; sockets given as values are linked."""

    def __init__(self, owner):
        owner.use_nodes = True
        self.tree = owner.node_tree
        self.tree.nodes.clear()
        self._where = None

    def node(self, kind, attrs=None, **ins):
        n = self.tree.nodes.new("ShaderNode" + kind)
        for k, v in (attrs or {}).items():
            setattr(n, k, v)
        for k, v in ins.items():
            self.put(n.inputs[int(k[1:])] if k[0] == "_" else n.inputs[k.replace("_", " ")], v)
        return n

    def put(self, socket, v):
        if isinstance(v, bpy.types.NodeSocket):
            self.tree.links.new(v, socket)
        elif socket.type == "RGBA" and len(np.shape(v)) and len(v) == 3:
            socket.default_value = (*v, 1)
        else:
            socket.default_value = v

    def math(self, op, a, b=0.0, c=0.0, clamp=False):
        return self.node("Math", {"operation": op, "use_clamp": clamp}, _0=a, _1=b, _2=c).outputs[0]

    def mix(self, f, a, b, mode="MIX"):
        return self.node("MixRGB", {"blend_type": mode}, Fac=f, Color1=a, Color2=b).outputs[0]

    def ramp(self, f, stops, interpolation="LINEAR"):
        n = self.node("ValToRGB", None, Fac=f)
        r = n.color_ramp
        r.interpolation = interpolation
        while len(r.elements) < len(stops):
            r.elements.new(0.5)
        for e, (p, c) in zip(r.elements, stops):
            e.position = float(np.clip(p, 0, 1))
            e.color = (*c, 1) if np.ndim(c) else (c, c, c, 1)
        return n.outputs[0]

    def where(self, rng=None, scale=(1, 1, 1), turn=None):
        """World position, turned about z and moved by chance, so that no two grounds show the same spot."""
        pos = self.node("NewGeometry").outputs["Position"]
        turn = (rng.uniform(0, 6.28) if turn is None else turn) if rng is not None else 0
        off = rng.uniform(-200, 200, 3) if rng is not None else (0, 0, 0)
        rot = self.node("Mapping", None, Vector=pos, Rotation=(0, 0, turn), Location=tuple(off)).outputs[0]
        return self.node("Mapping", None, Vector=rot, Scale=tuple(scale)).outputs[0]

    def noise(self, at, scale=1.0, detail=3.0, rough=0.5, distort=0.0, colour=False):
        n = self.node("TexNoise", None, Vector=at, Scale=scale, Detail=min(detail, 4.0), Roughness=rough, Distortion=distort)
        return n.outputs[1 if colour else 0]

    def voronoi(self, at, scale=1.0, feature="F1", out=0, random=1.0, smooth=None, metric="EUCLIDEAN"):
        n = self.node("TexVoronoi", {"feature": feature, "distance": metric}, Vector=at, Scale=scale, Randomness=random)
        if smooth is not None:
            n.inputs["Smoothness"].default_value = smooth
        return n.outputs[out]

    def wave(self, at, scale=1.0, distort=0.0, kind="BANDS", direction="X", detail=2.0, dscale=1.0, profile="SIN"):
        attrs = {"wave_type": kind, "wave_profile": profile}
        attrs["bands_direction" if kind == "BANDS" else "rings_direction"] = direction
        return self.node("TexWave", attrs, Vector=at, Scale=scale, Distortion=distort, Detail=detail, **{"Detail_Scale": dscale}).outputs[1]

    def bump(self, height, strength=0.3, distance=0.1, normal=None):
        n = self.node("Bump", None, Height=height, Strength=strength, Distance=distance)
        if normal is not None:
            self.put(n.inputs["Normal"], normal)
        return n.outputs[0]

    def surface(self, shader):
        out = self.node("OutputMaterial")
        self.tree.links.new(shader, out.inputs["Surface"])

    def principled(self, colour, rough=0.5, spec=0.5, normal=None, **more):
        n = self.node("BsdfPrincipled", None, Base_Color=colour, Roughness=rough, Specular=spec, **more)
        if normal is not None:
            self.put(n.inputs["Normal"], normal)
        return n.outputs[0]


def material(name):
    m = bpy.data.materials.new(name)
    return m, Tree(m)


def hsv(h, s, v):
    """A display colour as the linear colour the renderer wants."""
    c = np.array(colorsys.hsv_to_rgb(h % 1, min(max(s, 0), 1), min(max(v, 0), 1)))
    return tuple(np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4))


def any_colour(rng, mood=None):
    """A ground colour: whites, greys, beiges, pastels, saturated, darks, blacks in fair shares."""
    mood = mood or rng.choice(["white", "grey", "beige", "pastel", "saturated", "dark", "black"], p=[0.2, 0.15, 0.17, 0.18, 0.13, 0.1, 0.07])
    h = rng.random()
    return {
        "white": lambda: hsv(h, rng.uniform(0, 0.04), rng.uniform(0.86, 0.97)),
        "grey": lambda: hsv(h, rng.uniform(0, 0.08), rng.uniform(0.25, 0.85)),
        "beige": lambda: hsv(rng.uniform(0.04, 0.13), rng.uniform(0.1, 0.5), rng.uniform(0.45, 0.95)),
        "pastel": lambda: hsv(h, rng.uniform(0.1, 0.4), rng.uniform(0.75, 0.95)),
        "saturated": lambda: hsv(h, rng.uniform(0.4, 0.85), rng.uniform(0.3, 0.8)),
        "dark": lambda: hsv(h, rng.uniform(0.1, 0.8), rng.uniform(0.1, 0.35)),
        "black": lambda: hsv(h, rng.uniform(0, 0.4), rng.uniform(0.02, 0.12)),
    }[mood]()


def near(rng, c, amount=0.2):
    """A colour not far from another."""
    c = np.array(c)
    return tuple(np.clip(c * (1 + rng.normal(size=3) * amount * 0.3) * (1 + rng.normal() * amount), 0.001, 0.95))
