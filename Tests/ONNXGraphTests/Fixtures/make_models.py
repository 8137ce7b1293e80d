"""Writes small models with the onnx package, for reading: python make_models.py

raw.onnx keeps its numbers as bytes, typed.onnx as protocol buffer fields and with the constants
listed among the inputs too, as older writers do; external.onnx keeps them in another file.
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

here = pathlib.Path(__file__).resolve().parent
weights = np.array([[1, -2, 0.5], [0, 3, -0.25]], np.float32)


def model(tensors, constant_inputs=()):
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["product"], name="multiply"),
        helper.make_node("Reshape", ["product", "shape"], ["y"], name="reshape", allowzero=1),
    ]
    graph = helper.make_graph(
        nodes, "linear",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 2]), *constant_inputs],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 3])], tensors)
    made = helper.make_model(
        graph, producer_name="onnx", opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(made)
    return made


shape = np.array([-1, 3], np.int64)
raw = [numpy_helper.from_array(weights, "w"), numpy_helper.from_array(shape, "shape")]
typed = [
    helper.make_tensor("w", TensorProto.FLOAT, [2, 3], weights.flatten().tolist()),
    helper.make_tensor("shape", TensorProto.INT64, [2], shape.tolist()),
]
also = [helper.make_tensor_value_info("w", TensorProto.FLOAT, [2, 3])]
(here / "raw.onnx").write_bytes(model(raw).SerializeToString())
(here / "typed.onnx").write_bytes(model(typed, also).SerializeToString())

external = model(raw)
external.graph.initializer[0].ClearField("raw_data")
external.graph.initializer[0].data_location = TensorProto.EXTERNAL
external.graph.initializer[0].external_data.add(key="location", value="elsewhere.bin")
(here / "external.onnx").write_bytes(external.SerializeToString())
