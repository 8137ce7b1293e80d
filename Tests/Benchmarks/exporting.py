"""Exported models, run by onnxruntime and OpenVINO, beside the program's own predictions.

For each domain and set: a project is trained on 20 pictures a tag and exported; the others, 200 in all, are asked
about. *Equal pixels* are decoded once, by Pillow, and given to both sides as PNG files; *files* are the photos
themselves, read by each side on its own. Under onnxruntime the models run here, under OpenVINO in `tagbench verify`.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import onnxruntime
from PIL import Image, ImageOps

SETS = {"flowers5": 100, "clothing10": 50, "grocery8": 50}
TRAINED = 20


class Tagbench:
    """The program with a library of its own."""

    def __init__(self, program, library):
        self.program, self.library = program, library

    def __call__(self, *arguments, codes=(0,)):
        done = subprocess.run(
            [self.program, *map(str, arguments), "--library", self.library, "--json"], capture_output=True, text=True)
        if done.returncode not in codes:
            sys.exit(f"{' '.join(map(str, arguments))} ended with {done.returncode}: {done.stderr}")
        return json.loads(done.stdout)

    def predict(self, folder, labels, *options):
        answers = {}
        for entry in self("predict", folder, *options):
            found = {p["tag"]: p["probability"] for p in entry["predictions"]}
            answers[Path(entry["path"]).stem] = numpy.array([found[label] for label in labels])
        return answers


def chosen(source, count):
    """Training and other pictures: of each class the first, and then so many of all classes in turn."""
    classes = {folder.name: sorted(folder.iterdir()) for folder in sorted(source.iterdir()) if folder.is_dir()}
    rest = []
    for place in range(TRAINED, max(map(len, classes.values()))):
        rest += [files[place] for files in classes.values() if place < len(files)]
    return {tag: files[:TRAINED] for tag, files in classes.items()}, rest[:count]


def upright(path):
    return ImageOps.exif_transpose(Image.open(path)).convert("RGB")


def measure(program, source, domain, count, work):
    """For each comparison the largest difference, how many pictures get the same tag, and how many there are."""
    tagbench = Tagbench(program, work / "library")
    trained, rest = chosen(source, count)
    for tag, files in trained.items():
        (work / "train" / tag).mkdir(parents=True)
        for file in files:
            (work / "train" / tag / file.name).symlink_to(file)
    tagbench("project", "create", "bench", "--domain", domain)
    tagbench("import", work / "train", "--tags-from-folders", codes=(0, 1))
    tagbench("train")
    exported = work / "exported"
    tagbench("export", "-o", exported)
    labels = (exported / "labels.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    raw = onnxruntime.InferenceSession(exported / "model-raw.onnx")
    square = onnxruntime.InferenceSession(exported / "model.onnx")
    side = square.get_inputs()[0].shape[2]
    for name in ["raw", "square", "files"]:
        (work / name).mkdir()
    for number, file in enumerate(rest):
        picture = upright(file)
        picture.save(work / "raw" / f"{number:03}.png", compress_level=1)
        small = picture.resize((side, side), Image.Resampling.BICUBIC)
        small.save(work / "square" / f"{number:03}.png", compress_level=1)
        (work / "files" / f"{number:03}{file.suffix}").symlink_to(file)

    def run(folder, model, feed):
        return {path.stem: model.run(None, feed(upright(path)))[0][0] for path in sorted((work / folder).iterdir())}

    def feed_raw(picture):
        return {"image": numpy.asarray(picture)}

    def feed_square(picture):
        # As the example does: Pillow resizes. A picture of that size stays as it is.
        small = numpy.asarray(picture.resize((side, side), Image.Resampling.BICUBIC), numpy.float32)
        return {"data": small.transpose(2, 0, 1)[None]}

    results = {}
    for key, folder, model, feed, options in [
        ("model-raw.onnx, equal pixels", "raw", raw, feed_raw, ()),
        ("model-raw.onnx, files", "files", raw, feed_raw, ()),
        ("model.onnx, equal pixels", "square", square, feed_square, ("--square",)),
        ("model.onnx, files", "files", square, feed_square, ("--square",)),
    ]:
        own, theirs = tagbench.predict(work / folder, labels, *options), run(folder, model, feed)
        assert own.keys() == theirs.keys() and len(own) == len(rest), (key, len(own), len(theirs))
        results[key] = (
            max(float(abs(own[name] - theirs[name]).max()) for name in own),
            sum(int(own[name].argmax() == theirs[name].argmax()) for name in own), len(own))
    for name, folder in [("model-raw.onnx", "raw"), ("model.onnx", "square")]:
        found = tagbench("verify", exported / name, work / folder)
        results[f"{name}, OpenVINO"] = (
            found["largestDifference"], found["agreementCount"], found["pictureCount"])
    return results


def main():
    program = os.environ.get("TAGBENCH", ".build/release/tagbench")
    data = Path(os.environ.get("TAGBENCH_TEST_DATA", "../shared/data")).resolve()
    for domain in ["compact", "general"]:
        total = {}
        for name, count in SETS.items():
            with tempfile.TemporaryDirectory() as work:
                for key, (difference, agreed, seen) in measure(program, data / name, domain, count, Path(work)).items():
                    before = total.get(key, (0, 0, 0))
                    total[key] = (max(before[0], difference), before[1] + agreed, before[2] + seen)
        for key, (difference, agreed, seen) in total.items():
            print(
                f"{domain:8} {key:30} {seen} pictures: largest difference {difference:.1e}, same answer "
                f"{100 * agreed / seen:.1f} %", flush=True)


main()
