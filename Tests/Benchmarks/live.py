#!/usr/bin/env python3
"""How long the workbench takes from a key that changes a tag until everything that is learned from it is on the
screen: suggestions, probabilities and leave-one-out accuracy; and from the key that leaves it, while it learns, until
it is over.

    TAGBENCH=.build/release/tagbench python3 Tests/Benchmarks/live.py

Generated projects of 1,000 images with 10 tags and 10,000 with 20, embeddings of the general recipe drawn about a
centre for each tag; a terminal of 200 x 60. Needs numpy and Pillow. Prints one line a figure with its goal, and ends
with status 1 when a goal is missed; on a computer that is busy with other things the figures say little.
"""
import os, sqlite3, statistics, sys, tempfile, time

import numpy
import workbench

DIMENSION = 5752


def embed(folder, tags):
    """Gives every image an embedding near the centre of its tag, untagged ones that of a random one."""
    library = sqlite3.connect(f"{folder}/library/library.sqlite")
    order = [row[0] for row in library.execute("SELECT id FROM tag ORDER BY number")]
    tagged = dict(library.execute(
        "SELECT image.id, tag.id FROM label JOIN image ON image.number = label.image JOIN tag ON tag.number = label.tag"))
    images = library.execute("SELECT id, content FROM image").fetchall()
    random = numpy.random.default_rng(5)
    centres = random.normal(0, 1, (tags, DIMENSION))
    cache = sqlite3.connect(f"{folder}/library/cache.sqlite")
    cache.execute("ALTER TABLE thumbnail DROP COLUMN checksum")
    cache.execute("ALTER TABLE embedding DROP COLUMN checksum")
    cache.execute("DELETE FROM grdb_migrations WHERE identifier = '2'")
    for image, content in images:
        tag = order.index(tagged[image]) if image in tagged else random.integers(tags)
        row = (centres[tag] + random.normal(0, 6, DIMENSION)) / 100
        cache.execute("UPDATE embedding SET halves = ? WHERE content = ?", (row.astype("<f2").tobytes(), content))
    cache.commit()


def measure(program, images, tags, goal):
    workbench.TAGS = [f"tag{number:02}" for number in range(tags)]
    with tempfile.TemporaryDirectory(prefix="tagbench-live-") as folder:
        workbench.generate(program, folder, images)
        embed(folder, tags)
        os.makedirs(f"{folder}/config/tagbench")
        with open(f"{folder}/config/tagbench/settings.toml", "w") as settings:
            settings.write("[workbench]\nmove-on = false\n")
        terminal = workbench.Terminal(program, folder)
        learned = terminal.wait_for(b"live: accuracy", 300) - terminal.start
        print(f"{images} images, {tags} tags: first learned {learned:.1f} s after the start")
        terminal.settle(1)
        # Each tag takes an image off this list, so that the count of tagged ones changes on the screen.
        terminal.key("/untagged\r", quiet=0.5)
        times = [terminal.key(str(1 + step % 9), quiet=max(0.5, goal / 1000))[1] * 1000 for step in range(40)]
        workbench.report(f"{images} images, {tags} tags: a tag, to the last frame, median", statistics.median(times), "ms", goal)
        workbench.report(f"{images} images, {tags} tags: a tag, to the last frame, worst", max(times), "ms", goal)
        workbench.report(f"{images} images, {tags} tags: resident", terminal.resident(), "MB", float("inf"))
        terminal.end()
        leaving = []
        for part in range(1, 6):
            terminal = workbench.Terminal(program, folder)
            terminal.wait_for(b"help")
            time.sleep(part / 6 * learned)
            leaving.append(terminal.leave() * 1000)
        workbench.report(
            f"{images} images, {tags} tags: left while it first learns, worst", max(leaving), "ms", 500)


if __name__ == "__main__":
    program = os.path.abspath(os.environ["TAGBENCH"])
    measure(program, 1_000, 10, 100)
    measure(program, 10_000, 20, 1_000)
    if workbench.missed:
        sys.exit(f"missed: {', '.join(workbench.missed)}")
