"""Where the camera stands, how much of the frame the piece fills, how deep the focus is."""
import bpy
import numpy as np
from mathutils import Matrix


def stance(rng):
    """Height angle (0 level, pi/2 from above), azimuth, lens: chosen before the ground, which depends on them."""
    top = rng.random()
    el = rng.uniform(1.35, 1.56) if top < 0.25 else rng.uniform(0.65, 1.35) if top < 0.62 else rng.uniform(0.07, 0.65)
    az = np.pi / 2 + rng.normal() * 0.35  # pieces are built to be seen from -y
    return el, az, float(np.exp(rng.uniform(np.log(35), np.log(120))))


def frame(rng, core, el, az, lens, wide):
    """Sets the camera so that the given points fill a chosen share of the frame, often off the middle."""
    scene = bpy.context.scene
    fwd = np.array([np.cos(az) * np.cos(el), np.sin(az) * np.cos(el), -np.sin(el)])
    right = np.array([np.sin(az), -np.cos(az), 0.0])
    roll = rng.normal() * 0.08 if rng.random() < 0.6 else 0.0
    up = np.cross(right, fwd)
    right, up = right * np.cos(roll) + up * np.sin(roll), up * np.cos(roll) - right * np.sin(roll)
    mid = (core.min(0) + core.max(0)) / 2
    sensor = 36.0
    fx = lens / sensor * 2  # half the longer side at distance 1 is 1 / fx
    ax, ay = (1.0, 0.75) if wide else (0.75, 1.0)
    fill = float(np.clip(np.exp(rng.normal(np.log(0.66), 0.27)), 0.28, 1.15))
    d = np.linalg.norm(core - mid, axis=1).max() * fx
    for _ in range(6):
        c = mid - fwd * d
        q = core - c
        z = np.maximum(q @ fwd, d * 0.05)
        x, y = q @ right / z * fx / ax, q @ up / z * fx / ay
        d *= max(np.ptp(x), np.ptp(y)) / 2 / fill
        mid = mid + right * ((x.min() + x.max()) / 2 * ax / fx * d * 0.7) + up * ((y.min() + y.max()) / 2 * ay / fx * d * 0.7)
    free = np.array([max(1 - np.ptp(x) / 2, 0.06), max(1 - np.ptp(y) / 2, 0.06)])
    off = np.clip(rng.normal(size=2) * 0.42, -0.9, 0.9) * free
    if rng.random() < 0.04:  # cut by the frame
        off = off + rng.choice([-1, 1], 2) * rng.uniform(0.1, 0.5, 2) * np.array([np.ptp(x), np.ptp(y)]) / 2
    c = mid - fwd * d - right * off[0] * ax / fx * d - up * off[1] * ay / fx * d
    if c[2] < 0.15 * d * np.sin(max(el, 0.1)):
        c[2] = 0.15 * d * np.sin(max(el, 0.1))
    cam = bpy.data.cameras.new("camera")
    cam.lens, cam.sensor_width, cam.sensor_fit = lens, sensor, "AUTO"
    cam.clip_start, cam.clip_end = d * 0.01, 4000
    ob = bpy.data.objects.new("camera", cam)
    m = np.eye(4)
    m[:3, 0], m[:3, 1], m[:3, 2], m[:3, 3] = right, up, -fwd, c
    ob.matrix_world = Matrix(m.tolist())
    scene.collection.objects.link(ob)
    scene.camera = ob
    blur = 0.0
    if rng.random() < 0.8:  # so many pixels of blur half a piece behind the focus
        blur = float(np.exp(rng.uniform(np.log(0.5), np.log(7))))
        depth = max(np.ptp(core @ fwd) / 2, 0.12 * np.linalg.norm(np.ptp(core, axis=0)))
        radius = blur * d * (d + depth) / (2 * depth * (lens / sensor * 512))
        cam.dof.use_dof = True
        z = (core - c) @ fwd
        cam.dof.focus_distance = float(np.quantile(z, rng.uniform(0.05, 0.6)))
        cam.dof.aperture_fstop = max(lens * 1e-3 / (2 * radius), 1e-6)
        cam.dof.aperture_blades = int(rng.choice([0, 0, 6, 8]))
    return {"elevation": round(float(np.degrees(el)), 1), "lens": round(lens), "fill": round(fill, 2), "blur": round(blur, 1)}
