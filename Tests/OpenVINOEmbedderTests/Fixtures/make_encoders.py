"""Writes small image encoders, and what they make of a picture: python make_encoders.py

Needs numpy, onnx, onnxruntime and pillow. The embeddings in Encoders/expected.json are made from the
plain networks with Pillow, onnxruntime and numpy alone, not from the graphs that tagbench builds of
them; every file is the same on every run.
"""

import json
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

here = pathlib.Path(__file__).resolve().parent / "Encoders"
random = np.random.default_rng(20260101)
SIDE = 32
KERNEL = random.normal(0, 0.3, (8, 3, 4, 4)).astype(np.float32)
MATRIX = random.normal(0, 0.5, (8, 12)).astype(np.float32)
TEXT = random.normal(0, 1, (5, 12)).astype(np.float32)


def constant(name, value):
    """A node, as exporters write constants: an attribute that holds a tensor."""
    return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(value, ""))


def convolution(pixels):
    return [
        helper.make_node("Conv", [pixels, "kernel"], ["conv"], name="conv", strides=[4, 4]),
        helper.make_node("Relu", ["conv"], ["map"], name="relu"),
    ]


def vector():
    return [
        helper.make_node("GlobalAveragePool", ["map"], ["pooled"], name="pool"),
        helper.make_node("Flatten", ["pooled"], ["flat"], name="flatten"),
        helper.make_node("MatMul", ["flat", "matrix"], ["embedding"], name="project"),
    ]


def write(name, nodes, inputs, outputs, tensors, opset=17, ir_version=8):
    used = [numpy_helper.from_array(value, key) for key, value in tensors.items()]
    graph = helper.make_graph(nodes, name, inputs, outputs, used)
    model = helper.make_model(
        graph, producer_name="onnx", opset_imports=[helper.make_opsetid("", opset)],
        ir_version=ir_version)
    onnx.checker.check_model(model)
    (here / f"{name}.onnx").write_bytes(model.SerializeToString())
    return model


def floats(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))


weights = {"kernel": KERNEL, "matrix": MATRIX}

# A dynamic batch; the first output is a vector, the second a map. Its values are named as tagbench's own.
plain = write(
    "plain", convolution("pixels") + vector(), [floats("pixels", "batch", 3, SIDE, SIDE)],
    [floats("embedding", "batch", 12), floats("map", "batch", 8, 8, 8)], weights)

# One picture at a time, baked into a shape; tokens; operators whose axes are inputs; nodes without names.
tokens = [
    constant("shape", np.array([1, 8, 64], np.int64)),
    helper.make_node("Reshape", ["map", "shape"], ["channels"]),
    helper.make_node("Transpose", ["channels"], ["tokens"], perm=[0, 2, 1]),
]
write(
    "tokens", convolution("x") + tokens, [floats("x", 1, 3, SIDE, SIDE)],
    [floats("tokens", 1, 64, 8)], {"kernel": KERNEL}, opset=18, ir_version=10)

# 16-bit pixels side by side, blue first; a second tower with an input of its own.
towers = [
    helper.make_node("Cast", ["image"], ["wide"], to=TensorProto.FLOAT),
    helper.make_node("Transpose", ["wide"], ["planes"], perm=[0, 3, 1, 2]),
    *convolution("planes"), *vector(),
    helper.make_node("Gather", ["words", "text"], ["sentence"], name="look-up"),
    helper.make_node("MatMul", ["embedding", "turned"], ["similarity"], name="compare"),
    helper.make_node("Transpose", ["sentence"], ["turned"], perm=[1, 0]),
]
towers[-2:] = towers[:-3:-1]
write(
    "towers", towers,
    [helper.make_tensor_value_info("image", TensorProto.FLOAT16, ["n", SIDE, SIDE, 3]),
     helper.make_tensor_value_info("text", TensorProto.INT64, [2])],
    [floats("similarity", "n", 2), floats("embedding", "n", 12)],
    {"kernel": KERNEL, "matrix": MATRIX, "words": TEXT}, opset=13, ir_version=7)

# An operation that holds operations: one branch for every picture.
branch = helper.make_graph(
    [helper.make_node("Identity", ["embedding"], ["same"])], "branch", [],
    [floats("same", "n", 12)])
write(
    "branch",
    convolution("pixels") + vector() + [
        constant("yes", np.array(True)),
        helper.make_node("If", ["yes"], ["out"], name="if", then_branch=branch, else_branch=branch)],
    [floats("pixels", "n", 3, SIDE, SIDE)], [floats("out", "n", 12)], weights)

# What is refused: bytes in, constants elsewhere, an output that does not look at the picture.
write(
    "bytes",
    [helper.make_node("Cast", ["raw"], ["pixels"], to=TensorProto.FLOAT)]
    + convolution("pixels") + vector(),
    [helper.make_tensor_value_info("raw", TensorProto.UINT8, [1, 3, SIDE, SIDE])],
    [floats("embedding", 1, 12)], weights)
external = onnx.ModelProto()
external.CopyFrom(plain)
external.graph.initializer[0].ClearField("raw_data")
external.graph.initializer[0].data_location = TensorProto.EXTERNAL
external.graph.initializer[0].external_data.add(key="location", value="elsewhere.bin")
(here / "external.onnx").write_bytes(external.SerializeToString())
write(
    "blind",
    convolution("pixels") + vector() + [
        helper.make_node("Mul", ["embedding", "nought"], ["nothing"], name="multiply"),
        helper.make_node("Add", ["nothing", "answer"], ["same"], name="add")],
    [floats("pixels", "n", 3, SIDE, SIDE)], [floats("same", "n", 12), floats("nothing", "n", 12)],
    {**weights, "nought": np.array(0, np.float32), "answer": np.ones(12, np.float32)})
write(
    "infinite",
    convolution("pixels") + vector() + [
        helper.make_node("Sub", ["embedding", "embedding"], ["zero"], name="subtract"),
        helper.make_node("Div", ["embedding", "zero"], ["out"], name="divide")],
    [floats("pixels", "n", 3, SIDE, SIDE)], [floats("out", "n", 12)], weights)


# --- What a picture's embedding has to be


def disc():
    """ProofPicture.disc of Setup."""
    picture = np.zeros((270, 360, 3), np.uint8)
    for y in range(270):
        for x in range(360):
            grain = (x * 7 + y * 13) % 7 * 4
            distance = (x - 130) ** 2 + (y - 120) ** 2
            if distance < 30 * 30:
                colour = (70 + grain, 40, 20)
            elif distance < 90 * 90:
                colour = (230, 190 + grain, 30)
            else:
                colour = (20 + x // 6, 60 + y // 2, 200 - x // 3 + grain)
            picture[y, x] = colour
    return Image.fromarray(picture)


def view(picture, name):
    if name == "squeezed":
        return np.asarray(picture.resize((SIDE, SIDE), Image.BICUBIC))[:, ::-1]
    short = round(SIDE * 256 / 224)
    scale = short / min(picture.size)
    width, height = (max(short, round(side * scale)) for side in picture.size)
    x, y = (width - SIDE) // 2, (height - SIDE) // 2
    resized = picture.resize((width, height), Image.BICUBIC)
    return np.asarray(resized.crop((x, y, x + SIDE, y + SIDE)))


def unit(block):
    return block / np.linalg.norm(block)


def pool(output, how):
    if how == "none":
        return unit(output.reshape(-1))
    if how == "first":
        return unit(output[0, 0])
    axes = (1,) if output.ndim == 3 else (2, 3)
    mean, deviation = output.mean(axes)[0], output.std(axes)[0]
    if how == "mean":
        return unit(mean)
    return np.concatenate([unit(mean), 0.7 * unit(np.sqrt(deviation))])


def embedding(model, output, mean, deviation, pooling, views, layout="NCHW", channels="RGB", half=False):
    session = onnxruntime.InferenceSession(str(here / f"{model}.onnx"))
    found = []
    for name in views:
        pixels = view(picture, name).astype(np.float32)
        if channels == "BGR":
            pixels = pixels[..., ::-1]
        pixels = ((pixels - np.float32(mean)) / np.float32(deviation))[None]
        if layout == "NCHW":
            pixels = pixels.transpose(0, 3, 1, 2)
        feed = {session.get_inputs()[0].name: np.ascontiguousarray(pixels, np.float16 if half else np.float32)}
        if model == "towers":
            feed["text"] = np.array([0, 1], np.int64)
        found.append(pool(session.run([output], feed)[0], pooling))
    return np.mean(found, axis=0).tolist()


picture = disc()
both = ["squeezed", "centred"]
imagenet = ([123.675, 116.28, 103.53], [58.395, 57.12, 57.375])
expected = {
    "plain, none": embedding("plain", "embedding", *imagenet, "none", both),
    "plain, mean": embedding("plain", "map", *imagenet, "mean", ["centred"]),
    "plain, mean+deviation": embedding("plain", "map", *imagenet, "mean+deviation", both),
    "tokens, mean": embedding("tokens", "tokens", 127.5, 127.5, "mean", both),
    "tokens, first": embedding("tokens", "tokens", 127.5, 127.5, "first", ["squeezed"]),
    "tokens, mean+deviation": embedding("tokens", "tokens", 0, 255, "mean+deviation", both),
    "towers, none": embedding(
        "towers", "embedding", *imagenet, "none", both, layout="NHWC", channels="BGR", half=True),
    "branch, none": embedding("branch", "out", 0, 255, "none", ["centred"]),
}
(here / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
