"""The network of apps/generation/src/studio/cut-out/piece-network.ts, to be trained."""
import torch
import torch.nn as nn
import torch.nn.functional as F

PLANES = 10
CHANNELS = (24, 32, 48, 64)
# px of the decision, along each side, that one pixel of the answer is for
ANSWERED = 4
MOST_ODDS = 8


class Convolution(nn.Module):
    """3 x 3, padded as TensorFlow's SAME does it, which is how the studio convolves; added to its input where that has its size."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.filters = nn.Conv2d(inputs, outputs, 3, stride, 1 if stride == 1 else 0, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.stride, self.adds = stride, inputs == outputs and stride == 1

    def forward(self, x):
        y = self.norm(self.filters(x if self.stride == 1 else F.pad(x, (0, 1, 0, 1))))
        return F.relu(y + x if self.adds else y)


class Separable(nn.Module):
    """A 3 x 3 filter for each channel, then a mix of the channels, added to the input."""

    def __init__(self, channels):
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, 3, 1, 1, groups=channels, bias=False)
        self.pointwise = nn.Conv2d(channels, channels, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        return F.relu(self.norm(self.pointwise(self.depthwise(x))) + x)


class PieceNetwork(nn.Module):
    """Log odds of the piece at full size, from the planes at half of it and the decision's odds (as a plane) at full size."""

    def __init__(self, c=CHANNELS):
        super().__init__()
        self.stem, self.down0 = Convolution(PLANES, c[0], 2), Separable(c[0])
        self.smaller = nn.ModuleList(Convolution(c[i], c[i + 1], 2) for i in range(3))
        self.down = nn.ModuleList(Convolution(c[i + 1], c[i + 1]) for i in range(3))
        self.larger = nn.ModuleList(nn.Conv2d(c[i + 1], c[i], 1) for i in range(3))
        self.up = nn.ModuleList([Separable(c[0]), Convolution(c[1], c[1]), Convolution(c[2], c[2])])
        self.head = nn.Conv2d(c[0], 2 * ANSWERED**2, 1)

    def forward(self, planes, odds):
        levels = [self.down0(self.stem(planes))]
        for smaller, down in zip(self.smaller, self.down):
            levels.append(down(smaller(levels[-1])))
        y = levels[-1]
        for i in (2, 1, 0):
            y = self.up[i](F.relu(F.interpolate(self.larger[i](y), scale_factor=2) + levels[i]))
        own, belief = (F.pixel_shuffle(half, ANSWERED)[:, 0] for half in self.head(y).chunk(2, 1))
        return own + torch.sigmoid(belief) * MOST_ODDS * odds
