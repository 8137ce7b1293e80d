"""The recipes compact and general in plain numpy and Pillow, written from their description.

Shares nothing with the Swift code: it unpickles the published weights, keeps batch normalisation as
layers of its own and pads by hand. Give it the two packages' weights files and a picture as raw RGB:

    python reference_recipe.py lite0.pth lite2.pth picture.rgb WIDTH HEIGHT out.f32

writes the 5,752 numbers of general (the first 2,864 are compact) as little-endian 32-bit floats.
Needs numpy and Pillow; takes about ten seconds.
"""

import collections
import pickle
import sys

import numpy as np
from PIL import Image


def load(path):
    """Tensors by name from a PyTorch file of before version 1.6."""

    class Unpickler(pickle.Unpickler):
        def find_class(self, module, name):
            return {
                "OrderedDict": collections.OrderedDict,
                "FloatStorage": "<f4",
                "LongStorage": "<i8",
                "_rebuild_tensor_v2": lambda *arguments: arguments,
            }[name]

        def persistent_load(self, reference):
            return reference

    with open(path, "rb") as file:
        pickles = [Unpickler(file).load() for _ in range(5)]
        storages = {}
        types = {entry[0][2]: entry[0][1] for entry in pickles[3].values()}
        for key in pickles[4]:
            count = int(np.frombuffer(file.read(8), "<i8")[0])
            kind = np.dtype(types[key])
            storages[key] = np.frombuffer(file.read(count * kind.itemsize), kind)
    return {
        name: np.lib.stride_tricks.as_strided(
            storages[reference[2]][offset:], shape, [s * 4 for s in strides])
        for name, (reference, offset, shape, strides, _, _) in pickles[3].items()
        if reference[1] == "<f4"
    }


def pad_same(x, kernel, stride):
    pads = []
    for size in x.shape[1:]:
        total = max(0, (-(-size // stride) - 1) * stride + kernel - size)
        pads.append((total // 2, total - total // 2))
    return np.pad(x, [(0, 0)] + pads)


def convolve(x, w, stride=1, depthwise=False):
    kernel = w.shape[2]
    height, width = -(-x.shape[1] // stride), -(-x.shape[2] // stride)
    x = pad_same(x, kernel, stride)
    y = np.zeros((w.shape[0], height, width), np.float64)
    for i in range(kernel):
        for j in range(kernel):
            part = x[:, i : i + stride * height : stride, j : j + stride * width : stride]
            part = part[:, :height, :width]
            if depthwise:
                y += w[:, 0, i, j, None, None] * part
            else:
                y += np.tensordot(w[:, :, i, j].astype(np.float64), part, 1)
    return y


def normalise(x, tensors, name):
    mean, variance, scale, shift = (
        tensors[f"{name}.{key}"].astype(np.float64)[:, None, None]
        for key in ("running_mean", "running_var", "weight", "bias"))
    return (x - mean) / np.sqrt(variance + 1e-3) * scale + shift


def relu6(x):
    return np.clip(x, 0, 6)


# How many numbers compact and general have.
EMBEDDING_COUNTS = (2864, 5752)

# kernel, stride of the first block, expansion; how many blocks there are, the weights tell.
STAGES = [(3, 1, 1), (3, 2, 6), (5, 2, 6), (3, 2, 6), (5, 1, 6), (5, 2, 6), (3, 1, 6)]
BLOCK_COUNTS = {"lite0": [1, 2, 2, 3, 3, 4, 1], "lite2": [1, 3, 3, 4, 4, 5, 1]}


def feature_maps(tensors, block_counts, pixels):
    x = (pixels.astype(np.float64).transpose(2, 0, 1) - 127) / 128
    x = relu6(normalise(convolve(x, tensors["_conv_stem.weight"], 2), tensors, "_bn0"))
    block, outputs = 0, []
    for (kernel, first_stride, expansion), count in zip(STAGES, block_counts):
        for repeat in range(count):
            name, stride = f"_blocks.{block}.", first_stride if repeat == 0 else 1
            y = x
            if expansion > 1:
                y = convolve(y, tensors[name + "_expand_conv.weight"])
                y = relu6(normalise(y, tensors, name + "_bn0"))
            y = convolve(y, tensors[name + "_depthwise_conv.weight"], stride, depthwise=True)
            y = relu6(normalise(y, tensors, name + "_bn1"))
            y = convolve(y, tensors[name + "_project_conv.weight"])
            y = normalise(y, tensors, name + "_bn2")
            x = x + y if repeat > 0 else y
            block += 1
        outputs.append(x)
    head = relu6(normalise(convolve(x, tensors["_conv_head.weight"]), tensors, "_bn1"))
    return outputs, head


def blocks(tensors, block_counts, pixels):
    stages, head = feature_maps(tensors, block_counts, pixels)
    mean = head.mean((1, 2))
    deviation = np.sqrt(np.maximum((head**2).mean((1, 2)) - mean**2, 0))
    parts = [
        (np.sqrt(mean), 1), (np.sqrt(deviation), 0.7),
        (stages[4].mean((1, 2)), 0.4), (stages[5].mean((1, 2)), 0.4)]
    return np.concatenate([w * part / max(np.linalg.norm(part), 1e-12) for part, w in parts])


def squeezed(image, side):
    return np.asarray(image.resize((side, side), Image.BICUBIC))[:, ::-1]


def centred(image, side):
    short = int(np.floor(side * 256 / 224 + 0.5))
    scale = short / min(image.size)
    width, height = (max(short, int(np.floor(s * scale + 0.5))) for s in image.size)
    x, y = (width - side) // 2, (height - side) // 2
    return np.asarray(image.resize((width, height), Image.BICUBIC))[y : y + side, x : x + side]


def embed(lite0, lite2, image):
    first = blocks(lite0, BLOCK_COUNTS["lite0"], squeezed(image, 224))
    second = blocks(lite0, BLOCK_COUNTS["lite0"], centred(image, 288))
    third = blocks(lite2, BLOCK_COUNTS["lite2"], squeezed(image, 260))
    fourth = blocks(lite2, BLOCK_COUNTS["lite2"], centred(image, 260))
    return np.concatenate([(first + second) / 2, (third + fourth) / 2])


if __name__ == "__main__":
    weights0, weights2, picture, width, height, out = sys.argv[1:]
    pixels = np.fromfile(picture, np.uint8).reshape(int(height), int(width), 3)
    embedding = embed(load(weights0), load(weights2), Image.fromarray(pixels))
    embedding.astype("<f4").tofile(out)
