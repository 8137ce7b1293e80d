"""What would help: does `tagbench advice` tell wrong tags from too few pictures.

For every set and draw three projects are made of the draw's pictures, a full tag being PICTURES of them:

- *one*: in one tag a quarter is wrong (pictures of other tags under it, as many of its own under others), one has
  only FEW pictures, the others are full and right;
- *wrong*: a quarter of all pictures bears another tag, drawn by lot;
- *few*: every tag has FEW pictures, all right.

Right is an advice of cleaner tags for tags with wrong ones and of more pictures for those with few. What is said of
the other tags of *one* is not counted.

ADVISING_DRAWS says how many draws are measured, ten if it is unset; sets as arguments are measured instead.
"""
import os
import random
import sys
import tempfile

from accuracy import Tagbench
from judging import draws_of
from photosets import SETS, make_project, program_and_photos

PICTURES, FEW = 25, 6
DRAWS = int(os.environ.get("ADVISING_DRAWS", "10"))
GOAL = 0.8


def scene(kind, draw, numbers):
    """Pictures as (true tag, file, given tag), the tags with wrong ones, and those with few."""
    tags = sorted(draw)
    wrong, few = numbers.sample(tags, 2)
    scarce = tags if kind == "few" else [few] if kind == "one" else []
    pictures = [[tag, file, tag] for tag in tags for file in draw[tag][:FEW if tag in scarce else PICTURES]]
    if kind == "one":
        own = [picture for picture in pictures if picture[0] == wrong]
        others = [picture for picture in pictures if picture[0] not in (wrong, few)]
        for picture in numbers.sample(own, PICTURES // 4):
            picture[2] = numbers.choice([tag for tag in tags if tag not in (wrong, few)])
        for picture in numbers.sample(others, PICTURES // 4):
            picture[2] = wrong
        return pictures, [wrong], scarce
    if kind == "wrong":
        for picture in numbers.sample(pictures, len(pictures) // 4):
            picture[2] = numbers.choice([tag for tag in tags if tag != picture[0]])
        return pictures, tags, []
    return pictures, [], scarce


def main():
    program, data = program_and_photos()
    print(f"{DRAWS} draws, {PICTURES} pictures a tag, {FEW} where there are few\n")
    print("| set | project | wrong tags: cleaner | few pictures: more |")
    print("|---|---|---|---|")
    right = {"cleanerTags": [], "morePictures": []}
    with tempfile.TemporaryDirectory() as folder:
        tagbench = Tagbench(program, f"{folder}/library")
        for name in sys.argv[1:] or SETS:
            for kind in ["one", "wrong", "few"]:
                counts = {"cleanerTags": [], "morePictures": []}
                for number, draw in enumerate(draws_of(data, name)[:DRAWS]):
                    project = f"{name} {kind} {number}"
                    pictures, wrong, few = scene(kind, draw, random.Random(project))
                    make_project(
                        tagbench, folder, project,
                        [(given, f"{place}-{file}", data / name / tag / file)
                         for place, (tag, file, given) in enumerate(pictures)])
                    advice = {line["tag"]: line["advice"] for line in tagbench("advice", "--project", project)}
                    counts["cleanerTags"] += [advice[tag] == "cleanerTags" for tag in wrong]
                    counts["morePictures"] += [advice[tag] == "morePictures" for tag in few]
                cells = [f"{sum(c)} of {len(c)}" if c else "" for c in counts.values()]
                print(f"| {name} | {kind} | " + " | ".join(cells) + " |", flush=True)
                for key in right:
                    right[key] += counts[key]
    print("\nRight: " + ", ".join(f"{key} {sum(c) / len(c):.0%} of {len(c)}" for key, c in right.items()) + f"; the goal is {GOAL:.0%}")


if __name__ == "__main__":
    main()
