"""Compares exported models, run by onnxruntime, with the program's own answers on the same pixels.

Arguments: the program, the exported folder, the folder of sample pictures, a folder to work in. The
library is that of the environment. Prints the largest differences, then `done`.
"""

import json
import subprocess
import sys
import zlib
from pathlib import Path

import numpy
import onnxruntime
from PIL import Image

program, exported, samples, work = sys.argv[1], *map(Path, sys.argv[2:5])
labels = (exported / "labels.txt").read_text(encoding="utf-8").splitlines()
manifest = json.loads((exported / "cvexport.manifest").read_text())
assert manifest["DomainType"] == "Classification" and manifest["ModelFileName"] == "model.onnx"
assert manifest["LabelFileName"] == "labels.txt" and len(manifest["IterationId"]) == 36

raw = onnxruntime.InferenceSession(exported / "model-raw.onnx")
square = onnxruntime.InferenceSession(exported / "model.onnx")
metadata = square.get_modelmeta().custom_metadata_map
assert metadata["Image.BitmapPixelFormat"] == "Rgb8"
assert metadata["Image.NominalPixelRange"] == "NominalRange_0_255"
(one,) = square.get_inputs()
assert one.shape[:2] == [1, 3] and one.shape[2] == one.shape[3], one.shape
side = one.shape[2]

# Wide and tall, small and large, longer than 4:1, and the very square.
SIZES = [(400, 300), (300, 400), (640, 200), (90, 700), (30, 40), (1000, 1001), (side, side), (1200, 150)]
pictures = sorted(path for path in samples.glob("*/*.jpg") if zlib.crc32(path.name.encode()) % 4 == 0)
count = int(sys.argv[5]) if len(sys.argv) > 5 else 16
work.mkdir(exist_ok=True)
folders = {"raw": work / "raw", "square": work / "square"}
for folder in folders.values():
    folder.mkdir(exist_ok=True)
made = 0
for path in pictures * (count // max(len(pictures), 1) + 1):
    if made == count:
        break
    try:
        picture = Image.open(path).convert("RGB")
    except OSError:
        continue  # Some samples are broken on purpose.
    picture.resize(SIZES[made % len(SIZES)]).save(folders["raw"] / f"{made:03}.png")
    picture.resize((side, side)).save(folders["square"] / f"{made:03}.png")
    made += 1
assert made == count


def predicted(folder, *options):
    """The program's probabilities by file name, in the order of the labels."""
    output = subprocess.run(
        [program, "predict", str(folder), "--json", *options], check=True, capture_output=True, text=True
    ).stdout
    answers = {}
    for entry in json.loads(output):
        found = {p["tag"]: p["probability"] for p in entry["predictions"]}
        answers[Path(entry["path"]).name] = numpy.array([found[label] for label in labels])
    return answers


def largest(model, folder, answers, feed):
    worst, agreed = 0.0, 0
    for name, expected in answers.items():
        pixels = numpy.asarray(Image.open(folder / name))
        (probabilities,) = model.run(None, feed(pixels))
        assert probabilities.shape == (1, len(labels))
        worst = max(worst, float(abs(probabilities[0] - expected).max()))
        agreed += int(probabilities[0].argmax() == expected.argmax())
    assert agreed == len(answers) == count, (agreed, len(answers))
    return worst


worst = largest(raw, folders["raw"], predicted(folders["raw"]), lambda pixels: {"image": pixels})
print(f"model-raw.onnx: {worst:.2e}")
assert worst < 1e-3, worst
worst = largest(
    square, folders["square"], predicted(folders["square"], "--square"),
    lambda pixels: {"data": pixels.astype(numpy.float32).transpose(2, 0, 1)[None]},
)
print(f"model.onnx: {worst:.2e}")
assert worst < 1e-4, worst

example = subprocess.run(
    [sys.executable, exported / "example.py", str(folders["raw"] / "000.png")],
    check=True, capture_output=True, text=True,
).stdout
assert [line.split("\t")[1] for line in example.splitlines()] == ["model-raw", "model"], example
print("done")
