"""Pictures painted in numpy: blurring, and the clutter of backdrops."""
import numpy as np
from .nodes import any_colour, hsv


def soften(img, px):
    """Gaussian blur by Fourier transform."""
    if px < 0.3:
        return img
    fy, fx = np.fft.fftfreq(img.shape[0])[:, None], np.fft.rfftfreq(img.shape[1])[None]
    g = np.exp(-2 * (np.pi * px) ** 2 * (fx**2 + fy**2))
    return np.fft.irfft2(np.fft.rfft2(img, axes=(0, 1)) * g[..., None], s=img.shape[:2], axes=(0, 1))


def clutter(rng, h=288, w=512):
    """A painted room, shelf, garden or night street, already somewhat out of focus."""
    kind = rng.choice(["books", "blobs", "bokeh", "strokes", "garden", "room", "plain"])
    y, x = np.mgrid[0:h, 0:w].astype(float)
    base, top = np.array(any_colour(rng)), np.array(any_colour(rng))
    img = base + (top - base) * (y / h)[..., None]
    n = {"books": 60, "blobs": 50, "bokeh": 70, "strokes": 160, "garden": 260, "room": 16, "plain": 2}[kind]
    if kind in ("bokeh", "garden"):
        img *= rng.uniform(0.1, 0.6)
    left = 0.0
    for i in range(n):
        c = np.array(any_colour(rng, rng.choice(["saturated", "saturated", "pastel", "dark", "beige", "white"])))
        cx, cy = rng.uniform(0, w), rng.uniform(0, h)
        if kind == "books":
            b = rng.uniform(5, 22)
            m = (x >= left) & (x < left + b) & (y < h * rng.uniform(0.5, 0.95))
            left = (left + b) % w
        elif kind in ("blobs", "bokeh", "garden"):
            r = rng.uniform(4, 16) if kind == "bokeh" else rng.uniform(6, 60) if kind == "blobs" else rng.uniform(3, 22)
            if kind == "garden":
                c = np.array(hsv(rng.uniform(0.15, 0.4), rng.uniform(0.3, 0.9), rng.uniform(0.1, 0.9))) if rng.random() < 0.85 else c
            elif kind == "bokeh":
                c = c * rng.uniform(1, 4)
            m = (x - cx) ** 2 + ((y - cy) * rng.uniform(0.8, 1.2)) ** 2 < r * r
        elif kind == "strokes":
            a = rng.normal() * 0.4 + 1.57
            d, e = (x - cx) * np.cos(a) + (y - cy) * np.sin(a), -(x - cx) * np.sin(a) + (y - cy) * np.cos(a)
            m = (np.abs(d) < rng.uniform(20, 150)) & (np.abs(e) < rng.uniform(2, 16))
        else:
            m = (np.abs(x - cx) < rng.uniform(10, 110)) & (np.abs(y - cy) < rng.uniform(10, 110))
            c = c * rng.choice([0.4, 1, 1, 2.5])
        k = rng.uniform(0.5, 1.0)
        img[m] = img[m] * (1 - k) + c * k
    return np.clip(soften(img, rng.uniform(1.0, 9)), 0, 8)
