"""From linear light to a photo: denoising, exposure, tone, colour cast, vignette, sensor noise."""
import numpy as np
from .pictures import soften


def shifted(a, dy, dx):
    """The part of a picture that has a neighbour at (dy, dx), and that neighbour's part."""
    h, w = a.shape[:2]
    return (a[max(-dy, 0):h - max(dy, 0), max(-dx, 0):w - max(dx, 0)], a[max(dy, 0):h + min(dy, 0), max(dx, 0):w + min(dx, 0)])


def calm(img, guides, strength, care):
    """Takes path noise out: means over neighbours that look alike in surface colour, direction and light,
    near ones first, then farther ones. How alike the light must be goes by how noisy the picture is."""
    img = img.astype(np.float32)
    for step in (1, 2, 3):
        lum = np.log1p(np.clip(img.mean(2, keepdims=True), 0, 20) * 4)
        smooth = soften(lum, 1.0 if step == 1 else 0.7)
        noise = float(np.median(np.abs(lum - smooth)))
        g = np.concatenate([guides * strength, smooth / (1.6 * noise + 0.07), lum / (5 * noise + 0.12)], 2)
        g = (g * care).astype(np.float32)
        acc, total = img.copy(), np.ones(img.shape[:2] + (1,), np.float32)
        for dy in range(-2, 3):
            for dx in range(-2, 3):
                if (dy, dx) <= (0, 0) or abs(dy) + abs(dx) == 4:
                    continue
                ga, gb = shifted(g, dy * step, dx * step)
                ia, ib = shifted(img, dy * step, dx * step)
                d = ga - gb
                k = np.exp(-np.einsum("ijk,ijk->ij", d, d))[..., None]
                acc_a, acc_b = shifted(acc, dy * step, dx * step)
                tot_a, tot_b = shifted(total, dy * step, dx * step)
                acc_a += ib * k
                acc_b += ia * k
                tot_a += k
                tot_b += k
        img = acc / total
    return img


def unspecked(img):
    """A pixel brighter or darker than all its neighbours becomes like the nearest of them: fireflies go."""
    p = np.pad(img, ((1, 1), (1, 1), (0, 0)), mode="edge")
    h, w = img.shape[:2]
    low, high = np.full_like(img, np.inf), np.full_like(img, -np.inf)
    for y, x in ((0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2)):
        q = p[y:y + h, x:x + w]
        low, high = np.minimum(low, q), np.maximum(high, q)
    return np.clip(img, low, high)


def filmic(x):
    return np.clip((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14), 0, 1)


def logistic(x):
    """Soft log curve in the manner of Filmic: long shoulder, paler darks."""
    e = np.log2(np.maximum(x, 1e-5) / 0.18)
    return 1 / (1 + np.exp(-(e * 0.72 - 0.0))) ** 1.0


def to_display(x):
    x = np.clip(x, 0, 1)
    return np.where(x <= 0.0031308, x * 12.92, 1.055 * x ** (1 / 2.4) - 0.055)


def develop(rng, img, albedo, normal, mask, blur=0.0):
    """img: linear H x W x 3, first row on top. Returns 8-bit sRGB and notes."""
    img = unspecked(np.nan_to_num(img).clip(0, 60))
    look = np.concatenate([albedo * 4, normal * 2.0], 2)
    # Out of focus the guides are as grainy as the light itself. A wide zone of grain is told from a sharp edge by its width.
    grain = np.abs(albedo - soften(albedo, 1.0)).sum(2, keepdims=True)
    loose = np.clip((soften(np.minimum(grain, 0.4), 3.0) - 0.07) / 0.1, 0, 1) if blur > 0.7 else np.zeros(mask.shape + (1,))
    loose = loose * np.clip(1 - 1.5 * soften(mask[..., None], 2.5), 0, 1)  # the piece keeps its edges
    look = look * (1 - loose) + soften(look, 2.0) * loose
    img = calm(img, np.concatenate([look, mask[..., None] * 2], 2), rng.uniform(2.0, 3.6), 1 - 0.7 * loose)
    lum = img @ np.array([0.2126, 0.7152, 0.0722])
    ground = mask < 0.02
    alb = np.maximum(albedo @ np.array([0.2126, 0.7152, 0.0722]), 0.04)
    lit = np.median((lum / alb)[ground]) if ground.sum() > 100 else np.median(lum)
    target = float(np.exp(rng.normal(np.log(0.8), 0.3)))  # how bright a white sheet would come out
    gain = target / max(lit, 1e-4)
    gain = min(gain, 0.75 / max(np.mean(np.minimum(lum, 4 * lit)), 1e-4))
    piece = mask > 0.5
    if piece.sum() > 50:
        gain = max(gain, 0.06 / max(np.mean(np.minimum(lum[piece], 3)), 1e-4))
    x = img * gain * (1 + rng.normal(size=3) * rng.choice([0.015, 0.06]))
    h, w = mask.shape
    yy, xx = np.mgrid[0:h, 0:w]
    cx, cy = rng.normal(0.5, 0.06, 2)
    r2 = ((xx / w - cx) ** 2 + (yy / h - cy) ** 2)
    x = x * (1 - rng.uniform(0, 0.75) * r2 * rng.choice([0, 1, 1]))[..., None]
    curve = rng.choice(["standard", "filmic", "logistic"], p=[0.5, 0.3, 0.2])
    if curve == "standard":
        y = to_display(np.where(x > 0.8, 0.8 + 0.2 * np.tanh((x - 0.8) / 0.4), x) if rng.random() < 0.6 else x)
    elif curve == "filmic":
        y = to_display(filmic(x * 0.75))
    else:
        y = logistic(x * 0.9)
    s = rng.normal() * 0.12  # contrast about the middle
    y = np.clip(y + s * np.sin((y - 0.5) * 2 * np.pi) * -0.16, 0, 1)
    grey = y.mean(2, keepdims=True)
    y = grey + (y - grey) * np.clip(rng.normal(1.03, 0.13), 0.6, 1.4)
    if rng.random() < 0.3:  # bloom of a cheap lens
        y = y + rng.uniform(0.02, 0.1) * soften(np.clip(x - 1, 0, 3), rng.uniform(3, 10))
    y = soften(y, rng.uniform(0, 0.7))
    if rng.random() < 0.25:  # sharpened in the camera
        y = y + rng.uniform(0.2, 0.8) * (y - soften(y, 1.0))
    amp = rng.uniform(0.6, 4) / 255
    grain = rng.normal(size=y.shape) * 0.75 + rng.normal(size=y.shape[:2])[..., None] * 0.65
    y = y + amp * soften(grain, rng.choice([0.0, 0.5])) * (0.6 + 0.8 * (1 - y.clip(0, 1)))
    return (np.clip(y, 0, 1) * 255 + 0.5).astype(np.uint8), {"curve": str(curve), "white": round(target, 2)}
