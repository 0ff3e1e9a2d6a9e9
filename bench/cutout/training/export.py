"""python3 export.py WEIGHTS piece-network.json: a trained network as the studio reads it, 8 bits a value."""
import base64
import json
import sys
import numpy as np
import torch
from network import PieceNetwork

listed, values = [], []


def put(name, array):
    array = np.ascontiguousarray(array, np.float32)
    least, most = float(array.min()), float(array.max())
    scale = (most - least) / 255 or 1.0
    listed.append({"name": name, "shape": list(array.shape), "quantization": {"scale": scale, "min": least}})
    values.append(np.clip(np.round((array - least) / scale), 0, 255).astype(np.uint8).tobytes())


def folded(norm):
    """Batch normalisation as a factor and a bias."""
    factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return factor.numpy(), (norm.bias - norm.running_mean * factor).numpy()


def convolution(name, layer):
    factor, bias = folded(layer.norm)
    put(f"{name}/filters", (layer.filters.weight.numpy() * factor[:, None, None, None]).transpose(2, 3, 1, 0))
    put(f"{name}/bias", bias)


def separable(name, layer):
    factor, bias = folded(layer.norm)
    put(f"{name}/depthwise_filter", layer.depthwise.weight.numpy()[:, 0].transpose(1, 2, 0))
    put(f"{name}/pointwise_filter", (layer.pointwise.weight.numpy()[:, :, 0, 0] * factor[:, None]).T)
    put(f"{name}/bias", bias)


def mix(name, layer):
    put(f"{name}/filters", layer.weight.numpy()[:, :, 0, 0].T)
    put(f"{name}/bias", layer.bias.numpy())


net = PieceNetwork()
net.load_state_dict(torch.load(sys.argv[1]))
net.requires_grad_(False).eval()
convolution("stem", net.stem)
separable("down0", net.down0)
for level in (1, 2, 3):
    convolution(f"down{level}/smaller", net.smaller[level - 1])
    convolution(f"down{level}", net.down[level - 1])
    mix(f"up{level - 1}/larger", net.larger[level - 1])
separable("up0", net.up[0])
for level in (1, 2):
    convolution(f"up{level}", net.up[level])
mix("head", net.head)
with open(sys.argv[2], "w") as file:
    json.dump({"weights": listed, "bytes": base64.b64encode(b"".join(values)).decode()}, file, indent=2)
    file.write("\n")
