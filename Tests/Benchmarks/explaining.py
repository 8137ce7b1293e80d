"""Why: of two pictures side by side, does `tagbench explain` point at the one that is asked for.

For every set and draw a project is trained on the first TRAINED pictures of each tag. Of the others PAIRS pairs of
different tags are drawn, cut to squares and put side by side; each of the two tags is asked for. Right is an
explanation whose highest cell lies in the half that shows the tag.

EXPLAINING_DRAWS says how many draws are measured, two if it is unset; sets as arguments are measured instead.
"""
import math
import os
import random
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from accuracy import Tagbench, link
from judging import draws_of
from photosets import SETS, program_and_photos

DOMAINS = ["compact", "general"]
TRAINED, PAIRS, SIDE = 20, 50, 320
DRAWS = int(os.environ.get("EXPLAINING_DRAWS", "2"))
GOAL = 0.85


def square(path):
    with Image.open(path) as picture:
        return ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGB"), (SIDE, SIDE), Image.Resampling.BICUBIC)


def peak_is_right(answer, half):
    """Whether the middle of the highest cell lies in the half: 0 is the left one."""
    values = [value for row in answer["values"] for value in row]
    column = values.index(max(values)) % answer["columns"]
    return (column + 0.5 >= answer["columns"] / 2) == bool(half)


def measure(tagbench, data, name, domain, number, draw, folder):
    project = f"{name} {domain} {number}"
    link(folder / project, (data / name).resolve(), {tag: files[:TRAINED] for tag, files in draw.items()})
    tagbench("project", "create", project, "--domain", domain)
    tagbench("import", str(folder / project), "--tags-from-folders", "--project", project)
    tagbench("train", "--project", project)
    numbers = random.Random(f"{name} {number}")
    rest = {tag: files[TRAINED:] for tag, files in draw.items()}
    right = []
    for pair in range(PAIRS):
        tags = numbers.sample(sorted(rest), 2)
        both = Image.new("RGB", (2 * SIDE, SIDE))
        for half, tag in enumerate(tags):
            both.paste(square(data / name / tag / numbers.choice(rest[tag])), (half * SIDE, 0))
        file = folder / f"{pair}.png"
        both.save(file)
        for half, tag in enumerate(tags):
            answer = tagbench("explain", str(file), "--tag", tag, "--project", project)
            right.append(peak_is_right(answer, half))
    return right


def main():
    program, data = program_and_photos()
    print(f"{DRAWS} draws, {PAIRS} pairs each, both tags asked for\n")
    print("| set | domain | peak on the right half | standard error | goal |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        tagbench = Tagbench(program, f"{folder}/library")
        for name in sys.argv[1:] or SETS:
            for domain in DOMAINS:
                right = []
                for number, draw in enumerate(draws_of(data, name)[:DRAWS]):
                    right += measure(tagbench, data, name, domain, number, draw, Path(folder))
                share = sum(right) / len(right)
                error = math.sqrt(share * (1 - share) / len(right))
                print(f"| {name} | {domain} | {share:.1%} | {error:.1%} | {GOAL:.0%} |", flush=True)


if __name__ == "__main__":
    main()
