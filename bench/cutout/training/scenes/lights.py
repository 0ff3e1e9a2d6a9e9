"""Light: a painted room all round (for metal to mirror) and a few lamps near by."""
import bpy
import numpy as np
from mathutils import Vector
from .nodes import Tree, any_colour
from .pictures import soften


def warmth(rng, spread=0.12):
    k = rng.normal() * spread
    return np.array([1 + k, 1.0, 1 - k * 1.1])


def room(rng):
    """A painted sphere, 128 x 256: a gradient, soft boxes, windows, cards, coloured clutter at the horizon."""
    h, w = 128, 256
    el = (np.arange(h) + 0.5) / h * np.pi - np.pi / 2
    az = (np.arange(w) + 0.5) / w * 2 * np.pi
    E, A = np.meshgrid(el, az, indexing="ij")
    kind = rng.choice(["studio", "studio", "window", "outdoor", "dark", "tent"])
    level = {"studio": rng.uniform(0.05, 0.4), "window": rng.uniform(0.08, 0.3), "outdoor": rng.uniform(0.5, 1.0), "dark": rng.uniform(0.01, 0.06), "tent": rng.uniform(0.7, 1.1)}[kind]
    low, high = rng.uniform(0.3, 1.0) * warmth(rng), warmth(rng)
    f = ((E / np.pi + 0.5) ** rng.uniform(0.5, 2))[..., None]
    img = (low * (1 - f) + high * f) * level
    if kind == "outdoor":
        img = img * np.array([0.75, 0.9, 1.1])
    for _ in range(int(rng.integers(0, 26)) if kind != "tent" else 3):  # the room's things
        c = np.array(any_colour(rng)) * rng.uniform(0.3, 1.6) * level
        a, e = rng.uniform(0, 2 * np.pi), rng.normal() * 0.35
        m = (np.abs((A - a + np.pi) % (2 * np.pi) - np.pi) < rng.uniform(0.04, 0.5)) & (np.abs(E - e) < rng.uniform(0.05, 0.5))
        img[m] = c
    n = {"studio": int(rng.integers(1, 6)), "window": 1, "outdoor": 0, "dark": int(rng.integers(1, 4)), "tent": int(rng.integers(0, 3))}[kind]
    for _ in range(n):
        a, e = rng.uniform(0, 2 * np.pi), rng.uniform(0.15, 1.4)
        wa, we = rng.uniform(0.1, 0.8) / max(np.cos(e), 0.25), rng.uniform(0.08, 0.5)
        d = np.abs((A - a + np.pi) % (2 * np.pi) - np.pi)
        m = ((d < wa) & (np.abs(E - e) < we)).astype(float)
        if kind == "window":  # panes
            m *= (np.abs(((A - a) / wa * 1.0 + 8) % 1 - 0.5) < 0.46) * (np.abs(((E - e) / we * 1.0 + 8) % 1 - 0.5) < 0.46)
        img += m[..., None] * warmth(rng) * rng.uniform(1.5, 14)
    if kind == "outdoor" and rng.random() < 0.6:
        a, e = rng.uniform(0, 2 * np.pi), rng.uniform(0.3, 1.3)
        d = np.cos(E) * np.cos(e) * np.cos(A - a) + np.sin(E) * np.sin(e)
        img += np.where(d > np.cos(0.06), 250.0, 0)[..., None] * warmth(rng)
    if rng.random() < 0.3:  # black cards give polished metal its dark lines
        for _ in range(int(rng.integers(1, 4))):
            a = rng.uniform(0, 2 * np.pi)
            img[np.abs((A - a + np.pi) % (2 * np.pi) - np.pi) < rng.uniform(0.05, 0.4)] *= 0.05
    return np.maximum(soften(img, rng.uniform(0.3, 2.0)), 0.002), kind


def light_scene(rng, target, size):
    img, kind = room(rng)
    h, w = img.shape[:2]
    im = bpy.data.images.new("room", w, h, float_buffer=True)
    im.colorspace_settings.name = "Non-Color"
    im.pixels.foreach_set(np.concatenate([img, np.ones((h, w, 1))], 2).astype(np.float32).ravel())
    world = bpy.data.worlds.new("room")
    bpy.context.scene.world = world
    t = Tree(world)
    turn = t.node("Mapping", None, Vector=t.node("TexCoord").outputs["Generated"], Rotation=(0, 0, rng.uniform(0, 6.28))).outputs[0]
    tex = t.node("TexEnvironment", {"image": im}, Vector=turn).outputs[0]
    bg = t.node("Background", None, Color=tex, Strength=1.0)
    t.tree.links.new(bg.outputs[0], t.node("OutputWorld").inputs["Surface"])
    world.cycles.sample_map_resolution = 256
    world.cycles.sampling_method = "MANUAL"
    if kind == "outdoor":
        n = 0
    elif kind in ("dark", "window"):
        n = int(rng.integers(1, 3))
    else:
        n = int(rng.integers(0, 4))
    names = [kind]
    for i in range(n):
        hard = rng.random() < 0.25
        a, e = rng.uniform(0, 2 * np.pi), rng.uniform(0.25, 1.45)
        d = size * rng.uniform(3, 9)
        at = target + d * np.array([np.cos(a) * np.cos(e), np.sin(a) * np.cos(e), np.sin(e)])
        if hard:
            lamp = bpy.data.lights.new("lamp", "POINT" if rng.random() < 0.6 else "SPOT")
            lamp.shadow_soft_size = d * rng.uniform(0.01, 0.06)
            names.append("hard")
        else:
            lamp = bpy.data.lights.new("lamp", "AREA")
            lamp.shape = rng.choice(["RECTANGLE", "DISK"])
            lamp.size = d * rng.uniform(0.2, 1.2)
            if lamp.shape == "RECTANGLE":
                lamp.size_y = d * rng.uniform(0.1, 1.2)
            names.append("soft")
        lamp.energy = 12.0 * d * d * rng.uniform(0.3, 1.6) * (1 if i == 0 else rng.uniform(0.1, 0.7))
        lamp.color = tuple(np.clip(warmth(rng, 0.16), 0.3, 1.6))
        ob = bpy.data.objects.new("lamp", lamp)
        ob.location = at
        ob.rotation_euler = Vector(tuple(target - at)).to_track_quat("-Z", "Y").to_euler()
        bpy.context.scene.collection.objects.link(ob)
    return "+".join(names)
