"""Runs a recipe's graph with onnxruntime: python onnxruntime_embed.py graph.onnx pixels.u8 out.f32

The pixels of all inputs stand one after another, as the graph's inputs do.
"""

import sys

import numpy as np
import onnxruntime

graph, pixels, out = sys.argv[1:]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
rest = np.fromfile(pixels, np.uint8)
feed = {}
for value in session.get_inputs():
    count = int(np.prod(value.shape))
    feed[value.name], rest = rest[:count].reshape(value.shape), rest[count:]
assert rest.size == 0
session.run(None, feed)[0].astype("<f4").tofile(out)
