"""Reads the files of write-planes.ts, and varies them."""
import numpy as np
import torch
import torch.nn.functional as F
from network import PLANES

# what the network halves four times, the first time before it starts
MULTIPLE = 64
FIRST_ODDS, ODDS = 5, 6
LIGHTNESS = (0, 7)
COLOURS = ((1, 2), (8, 9))


def read(path):
    """Planes at half size, the decision's odds and the true coverage at full size; from -1 to 1, coverage from 0 to 1."""
    raw = np.fromfile(path, np.uint8)
    width, height = map(int, np.frombuffer(raw[:8].tobytes(), "<u4"))
    pixels = raw[8:].reshape(height, width, PLANES + 1)
    padded = np.pad(pixels, ((0, -height % MULTIPLE), (0, -width % MULTIPLE), (0, 0)), mode="edge")
    values = torch.from_numpy(padded).permute(2, 0, 1).float() / 255
    planes, truth = values[:PLANES] * 2 - 1, values[PLANES]
    return F.avg_pool2d(planes[None], 2)[0], planes[ODDS], truth


def lying(item):
    """Upright photos turned, so that all have one size."""
    return item if item[2].shape[0] <= item[2].shape[1] else tuple(t.transpose(-1, -2) for t in item)


def varied(item, dice):
    """Mirrored, in other light and colours, and sometimes without what the rules found."""
    planes, odds, truth = (t.float() for t in item)
    mirrored = [axis for axis, share in ((-1, 0.5), (-2, 0.35)) if dice.random() < share]
    if mirrored:
        planes, odds, truth = (t.flip(mirrored) for t in (planes, odds, truth))
    planes = planes.clone()
    gain, offset, saturation, turn = dice.uniform(0.8, 1.2), dice.uniform(-0.12, 0.12), dice.uniform(0.7, 1.3), dice.gauss(0, 0.12)
    own, difference = LIGHTNESS
    planes[own] = (planes[own] * gain + offset).clamp(-1, 1)
    planes[difference] = (planes[difference] * gain).clamp(-1, 1)
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    for i, j in COLOURS:
        a, b = planes[i].clone(), planes[j].clone()
        planes[i] = (saturation * (cos * a - sin * b)).clamp(-1, 1)
        planes[j] = (saturation * (sin * a + cos * b)).clamp(-1, 1)
    for channel in COLOURS[0]:
        planes[channel] += dice.gauss(0, 0.02)
    if dice.random() < 0.15:
        planes[FIRST_ODDS] = planes[ODDS] = 0
        odds = odds * 0
    return planes, odds, truth
