"""Renders scenes by their seeds: blender -b --factory-startup -P render.py -- FIRST COUNT FOLDER [SAMPLES]

One process renders a whole range of seeds. A scene already in the folder is left alone.
"""
import json
import os
import struct
import sys
import time
import zlib

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import bpy
import numpy as np
from scenes.blender import add_shape, clear
from scenes.camera import frame, stance
from scenes.develop import develop
from scenes.grounds import Ground
from scenes.lights import light_scene
from scenes.materials import wardrobe
from scenes.pictures import soften
from scenes.pieces import things


def write_png(path, a):
    """8-bit grey or RGB, under a temporary name first, so that readers never see half a file."""
    h, w = a.shape[:2]
    raw = np.concatenate([np.zeros((h, 1), np.uint8), a.reshape(h, -1)], 1).tobytes()
    chunk = lambda k, d: struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d))
    head = struct.pack(">IIBBBBB", w, h, 8, 2 if a.ndim == 3 else 0, 0, 0, 0)
    tmp = f"{path}.{os.getpid()}.part"
    with open(tmp, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 6)) + chunk(b"IEND", b""))
    os.rename(tmp, path)


PASSES = {"Image": "light", "piece": "piece", "Denoising Albedo": "albedo", "Denoising Normal": "normal"}


def prepare(samples, scratch):
    """Renderer settings and the nodes that write the passes out; done once."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.threads_mode, scene.render.threads = "FIXED", 1
    scene.render.resolution_percentage = 100
    scene.render.use_persistent_data = False
    scene.render.film_transparent = False
    scene.render.filter_size = 1.5
    c = scene.cycles
    c.samples, c.use_adaptive_sampling = samples, False
    c.use_denoising = False
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces, c.transmission_bounces = 6, 1, 3, 5
    c.caustics_reflective = c.caustics_refractive = False
    c.sample_clamp_indirect, c.sample_clamp_direct, c.blur_glossy = 4.0, 30.0, 0.6
    c.use_auto_tile = False
    c.debug_use_spatial_splits = False
    layer = bpy.context.view_layer
    aov = layer.aovs.add()
    aov.name, aov.type = "piece", "VALUE"
    layer.cycles.denoising_store_passes = True
    scene.use_nodes = True
    t = scene.node_tree
    t.nodes.clear()
    src = t.nodes.new("CompositorNodeRLayers")
    out = t.nodes.new("CompositorNodeOutputFile")
    out.base_path = scratch
    out.format.file_format, out.format.color_depth, out.format.exr_codec = "OPEN_EXR", "32", "NONE"
    out.file_slots.clear()
    for name, file in PASSES.items():
        out.file_slots.new(file)
        t.links.new(src.outputs[name], out.inputs[file])


def read_pass(scratch, file, h, w):
    im = bpy.data.images.load(f"{scratch}/{file}0001.exr", check_existing=False)
    im.colorspace_settings.name = "Non-Color"
    a = np.empty(h * w * im.channels, np.float32)
    im.pixels.foreach_get(a)
    a = a.reshape(h, w, -1)[::-1, :, :3]
    bpy.data.images.remove(im)
    return a


def evened(mask):
    """Coverage of few samples is grainy where the edge is out of focus: there, and only there, it is smoothed."""
    near = np.stack([np.roll(mask, (y, x), (0, 1)) for y in (-2, 0, 2) for x in (-2, 0, 2)])
    wide = ((near > 0.02) & (near < 0.98)).all(0).astype(float)
    k = np.clip(soften(wide[..., None], 1.0), 0, 1)[..., 0]
    return np.clip(mask * (1 - k) + soften(mask[..., None], 1.3)[..., 0] * k, 0, 1)


def build(rng, seed):
    """The scene of one seed; returns what is known about it."""
    scene = bpy.context.scene
    wide = rng.random() > 1 / 3
    scene.render.resolution_x, scene.render.resolution_y = (512, 384) if wide else (384, 512)
    el, az, lens = stance(rng)
    ground = Ground(rng, el < 0.55, (np.cos(az), np.sin(az)))
    shape, name, pose, core = things(rng, ground.height if ground.folds else None, ground.level)
    materials, made_of = wardrobe(rng)
    size = float(np.linalg.norm(np.ptp(core, axis=0))) / 2
    mid = (core.min(0) + core.max(0)) / 2
    shift = np.array([-mid[0], -mid[1], 0]) if not ground.folds else np.zeros(3)
    shape, core = shape.moved(offset=shift), core + shift
    if np.ptp(core[:, 2]) < 0.3 * size:  # what lies flat is not photographed from the table's edge
        el = max(el, rng.uniform(0.3, 0.54))
    ground.build(size)
    strewn = ground.strew(size, core)
    add_shape("piece", shape, materials)
    light = light_scene(rng, core.mean(0), size)
    cam = frame(rng, core, el, az, lens, wide)
    scene.cycles.seed = seed
    slots = {p[2] for p in shape.parts}
    return {"piece": name, "pose": pose, **{k: v for k, v in made_of.items() if k in slots}, "ground": ground.stuff, "place": ground.kind,
            "folds": round(ground.folds, 2), "strewn": str(strewn), "light": light, "camera": cam, "faces": int(sum(len(f) for p in shape.parts for f in p[1]))}


def main():
    args = sys.argv[sys.argv.index("--") + 1:]
    first, count, folder = int(args[0]), int(args[1]), args[2]
    samples = int(args[3]) if len(args) > 3 else 8
    scratch = f"/dev/shm/facet-train-{os.getpid()}"
    os.makedirs(folder, exist_ok=True)
    os.makedirs(scratch, exist_ok=True)
    prepare(samples, scratch)
    for seed in range(first, first + count):
        base = f"{folder}/{seed:05d}"
        if os.path.exists(base + ".mask.png"):
            continue
        began = time.time()
        rng = np.random.default_rng([20, seed])
        try:
            clear()
            note = build(rng, seed)
            built = time.time()
            bpy.ops.render.render()
            traced = time.time()
            h, w = bpy.context.scene.render.resolution_y, bpy.context.scene.render.resolution_x
            p = {f: read_pass(scratch, f, h, w) for f in PASSES.values()}
            mask = evened(p["piece"][..., 0].clip(0, 1))
            share = float(mask.mean())
            if not 0.004 < share < 0.6:
                print(f"SKIP {seed} share {share:.3f}", flush=True)
                continue
            photo, dev = develop(rng, p["light"], p["albedo"], p["normal"], mask, note["camera"]["blur"])
            rim = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
            note = {"id": f"{seed:05d}", **note, **dev, "share": round(share, 4), "touches": bool((rim > 0.5).any()), "mean": round(float(photo.mean()), 1),
                    "seconds": [round(x, 2) for x in (built - began, traced - built, time.time() - traced)]}
            write_png(base + ".png", photo)
            write_png(base + ".mask.png", (mask * 255 + 0.5).astype(np.uint8))
            with open(f"{folder}/scenes.jsonl", "a") as f:
                f.write(json.dumps(note) + "\n")
            print("SCENE", seed, note["piece"], note["ground"], note["seconds"], flush=True)
        except Exception as e:  # one bad scene must not end the batch
            import traceback
            traceback.print_exc()
            print(f"FAIL {seed} {e!r}", flush=True)


main()
