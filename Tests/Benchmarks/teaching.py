"""What to tag next, and what is suggested: the queue played through with the truth for an answer.

Of every set and draw a tag's first POOL pictures can be tagged, its last TESTED are only predicted; START of each tag
are tagged at the beginning. Then one picture after another is tagged, in the order of the queue and in random order,
until as many as END of each tag are. Measured is how many labels each order needs for the accuracy that the random
one reaches at the end: means over the draws, smoothed over SMOOTHED labels, by the product's own training.

Then the queue is gone through until everything is tagged: how often the suggestion is right, how often the right
tag is among the first three, and how often a head trained on the same labels is right about the same pictures.

TEACHING_DRAWS says how many draws are measured, ten if it is unset; sets as arguments are measured instead.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from accuracy import Tagbench
from judging import draws_of, embeddings
from photosets import SETS, program_and_photos

START, END, POOL, TESTED = 5, 10, 25, 15
SMOOTHED = 5
DRAWS = int(os.environ.get("TEACHING_DRAWS", "10"))
# Random orders for each draw: one alone says little.
RANDOM_ORDERS = 3


def play(pace, scratch, pool, tested, classes, tested_classes, started, steps, order=None):
    folder = Path(tempfile.mkdtemp(dir=scratch))
    rows = np.concatenate([pool, tested]) if len(tested) else pool
    (folder / "rows.f32").write_bytes(rows.astype("<f4").tobytes())
    (folder / "task.json").write_text(json.dumps({
        "dimension": pool.shape[1], "classCount": max(classes) + 1, "classes": classes,
        "testedClasses": tested_classes, "started": started, "stepCount": steps, "order": order}))
    done = subprocess.run([pace, "queue", str(folder)], capture_output=True, check=True)
    return json.loads(done.stdout)


def parts(vectors, draw, first, last):
    """Embeddings and classes of a part of each tag's pictures."""
    keys = [(tag, file) for tag in sorted(draw) for file in draw[tag][first:last]]
    tags = sorted(draw)
    return np.array([vectors[key] for key in keys]), [tags.index(tag) for tag, _ in keys]


def starts(classes):
    return [row for c in range(max(classes) + 1) for row in np.flatnonzero(np.array(classes) == c)[:START].tolist()]


def labels_needed(curve, goal):
    """Labels after the start until the smoothed curve reaches the goal; `None` if it never does."""
    smooth = np.convolve(curve, np.ones(SMOOTHED) / SMOOTHED, "valid")
    reached = np.flatnonzero(smooth >= goal)
    return int(reached[0]) + SMOOTHED // 2 if len(reached) else None


def teaching(pace, scratch, vectors, draws):
    curves = {"queue": [], "random": []}
    for number, draw in enumerate(draws):
        pool, classes = parts(vectors, draw, 0, POOL)
        tested, tested_classes = parts(vectors, draw, -TESTED, None)
        started = starts(classes)
        steps = (END - START) * (max(classes) + 1)
        rest = np.setdiff1d(np.arange(len(classes)), started)
        orders = [None] + [
            np.random.default_rng(100 * number + n).permutation(rest).tolist() for n in range(RANDOM_ORDERS)]
        for order in orders:
            answer = play(pace, scratch, pool, tested, classes, tested_classes, started, steps, order)
            curves["queue" if order is None else "random"].append(
                np.array(answer["testedRightCounts"]) / len(tested_classes))
    queue, chance = (np.mean(curves[key], axis=0) for key in ["queue", "random"])
    goal = chance[-SMOOTHED:].mean()
    needed = labels_needed(queue, goal)
    steps, start = len(chance) - 1, START * (len(set(classes)))
    return {
        "goal": goal, "start": chance[0], "queue": queue[-SMOOTHED:].mean(),
        "ratio": needed and needed / (steps - SMOOTHED // 2),
        "totalRatio": needed and (start + needed) / (start + steps - SMOOTHED // 2)}


def suggestions(pace, scratch, vectors, draws):
    shares = []
    for draw in draws:
        pool, classes = parts(vectors, draw, 0, None)
        answer = play(pace, scratch, pool, pool[:0], classes, [], starts(classes), len(classes))
        shares.append([statistics.mean(answer[key]) for key in ["firstIsRight", "trainedIsRight", "isAmongThree"]])
    return np.mean(shares, axis=0)


def percent(number):
    return "never" if number is None else f"{100 * number:.1f} %"


def main():
    program, data = program_and_photos()
    pace = os.environ.get("JUDGING_PACE", ".build/release/JudgingPace")
    with tempfile.TemporaryDirectory() as scratch:
        tagbench = Tagbench(program, f"{scratch}/library")
        print(f"{DRAWS} draws\n")
        print("| set | accuracy at 5 a tag | random at 10 | queue at 10 | labels needed, of those after the start | of all |")
        print("|---|---|---|---|---|---|")
        tables = {}
        for name in sys.argv[1:] or SETS:
            tagbench("project", "create", name, "--domain", "compact")
            tagbench("import", str(data / name), "--project", name)
            vectors = embeddings(tagbench.library, name)
            draws = draws_of(data, name)[:DRAWS]
            found = teaching(pace, scratch, vectors, draws)
            keys = ["start", "goal", "queue", "ratio", "totalRatio"]
            print(f"| {name} | " + " | ".join(percent(found[key]) for key in keys) + " |", flush=True)
            tables[name] = suggestions(pace, scratch, vectors, draws)
        print("\n| set | suggestion right | a trained head | right tag among three |")
        print("|---|---|---|---|")
        for name, row in tables.items():
            print(f"| {name} | " + " | ".join(percent(number) for number in row) + " |")


if __name__ == "__main__":
    main()
