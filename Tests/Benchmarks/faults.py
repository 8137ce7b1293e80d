"""Broken pictures: does `tagbench suspects` say so of planted ones, and of no others.

Among the photos of every set PLANTED damaged ones are imported: nearly black, nearly white, of nearly one colour (with and
without noise), blurred (Gaussian, 1.2 to 3 % of the longer side), in equal parts. The limits were chosen on other damaged
photos of the same sets.
"""
import os
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from accuracy import Tagbench

SETS = ["flowers5", "clothing10", "grocery8", "fruit3"]
PLANTED = 40
KINDS = {"black": "too dark", "white": "too bright", "flat": "nearly one colour", "blurred": "blurred"}


def damaged(picture, kind, rng):
    if kind == "black":
        return ImageEnhance.Brightness(picture).enhance(rng.uniform(0.02, 0.1))
    if kind == "white":
        share = rng.uniform(0.02, 0.1)
        return picture.point(lambda value: 255 - round((255 - value) * share))
    if kind == "flat":
        noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0, rng.choice([0, 2, 4]), (*picture.size[::-1], 3))
        color = np.array([rng.randrange(256) for _ in range(3)])
        return Image.fromarray((color + noise).clip(0, 255).astype(np.uint8))
    return picture.filter(ImageFilter.GaussianBlur(max(picture.size) * rng.uniform(0.012, 0.03)))


def main():
    program = os.environ.get("TAGBENCH", ".build/release/tagbench")
    data = Path(os.environ.get("TAGBENCH_TEST_DATA", "../shared/data")).resolve()
    if not data.exists():
        print(f"skipped: no photo sets in {data}")
        return
    print("| set | photos | planted | recall | precision | of the right kind |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        tagbench = Tagbench(program, f"{folder}/library")
        for name in sys.argv[1:] or SETS:
            rng = random.Random(f"{name} faults")
            files = sorted(path for path in (data / name).glob("*/*") if path.suffix.lower() in [".jpg", ".jpeg", ".png"])
            for number, file in enumerate(files):
                target = Path(folder) / name / file.parent.name
                target.mkdir(parents=True, exist_ok=True)
                (target / f"{number}-photo{file.suffix}").symlink_to(file)
            for number, file in enumerate(rng.choices(files, k=PLANTED)):
                kind = list(KINDS)[number % len(KINDS)]
                with Image.open(file) as opened:
                    damaged(opened.convert("RGB"), kind, rng).save(
                        Path(folder) / name / file.parent.name / f"{number}-{kind}.jpg", quality=90)
            tagbench("project", "create", name, "--domain", "compact")
            tagbench("import", f"{folder}/{name}", "--tags-from-folders", "--project", name)
            listed = tagbench("suspects", "--project", name, "--limit", "1000000")
            kind_of = lambda item: Path(item["path"]).stem.split("-")[1]
            told = [item for item in listed if any(word in item["reason"] for word in KINDS.values())]
            right = [item for item in told if kind_of(item) in KINDS]
            exact = [item for item in right if KINDS[kind_of(item)] in item["reason"]]
            planted = sum(kind_of(item) in KINDS for item in listed)
            print(f"| {name} | {len(files)} | {planted} | {len(right) / planted:.3f} | {len(right) / max(1, len(told)):.3f} | "
                  f"{len(exact) / planted:.3f} |", flush=True)


if __name__ == "__main__":
    main()
