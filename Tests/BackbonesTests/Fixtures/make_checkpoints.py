"""Writes tiny.pth, a PyTorch file of before version 1.6, without PyTorch: python make_checkpoints.py

Classes of the right names are pickled in the way of torch.serialization._legacy_save. One tensor is
contiguous, one has swapped strides, two share a storage, one is a single integer.
"""

import collections
import pathlib
import pickle
import struct
import sys
import types

here = pathlib.Path(__file__).resolve().parent
torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
sys.modules.update({"torch": torch, "torch._utils": utils})


class FloatStorage:
    code = "f"


class LongStorage:
    code = "q"


def _rebuild_tensor_v2(*arguments):
    raise NotImplementedError("only its name is pickled")


for thing, module in ((FloatStorage, torch), (LongStorage, torch), (_rebuild_tensor_v2, utils)):
    thing.__module__, thing.__qualname__ = module.__name__, thing.__name__
    setattr(module, thing.__name__, thing)


class Storage:
    def __init__(self, kind, key, values):
        self.kind, self.key, self.values = kind, key, values


class Tensor:
    def __init__(self, storage, offset, shape, strides):
        self.arguments = (storage, offset, shape, strides, False, collections.OrderedDict())

    def __reduce__(self):
        return _rebuild_tensor_v2, self.arguments


class Pickler(pickle.Pickler):
    def persistent_id(self, thing):
        if isinstance(thing, Storage):
            return ("storage", thing.kind, thing.key, "cpu", len(thing.values), None)
        return None


counting = Storage(FloatStorage, "100", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
small = Storage(FloatStorage, "20", [-0.5, 0.25])
steps = Storage(LongStorage, "3", [123456789012])
state = collections.OrderedDict(
    [
        ("plain", Tensor(counting, 0, (3, 4), (4, 1))),
        ("swapped", Tensor(counting, 0, (4, 3), (1, 4))),
        ("tail", Tensor(counting, 6, (2, 2), (3, 1))),
        ("small", Tensor(small, 0, (2,), (1,))),
        ("steps", Tensor(steps, 0, (), ())),
    ])
state._metadata = collections.OrderedDict([("", {"version": 1})])

with open(here / "tiny.pth", "wb") as file:
    for value in (0x1950A86A20F9469CFC6C, 1001, {
            "protocol_version": 1001, "little_endian": True,
            "type_sizes": {"short": 2, "int": 4, "long": 4}}):
        pickle.dump(value, file, 2)
    Pickler(file, 2).dump(state)
    storages = sorted((counting, small, steps), key=lambda storage: storage.key)
    pickle.dump([storage.key for storage in storages], file, 2)
    for storage in storages:
        count = len(storage.values)
        file.write(struct.pack(f"<q{count}{storage.kind.code}", count, *storage.values))
