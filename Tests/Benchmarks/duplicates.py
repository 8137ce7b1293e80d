"""Near-duplicates: are planted copies found, is nothing else; and how fast and large is it on 100,000 pictures.

PICTURES photos of every set are imported with five copies of each: resized to 30, 50 or 70 %, encoded anew at quality 30,
50 or 70, cut by 5 % both ways at a random place, mirrored, and 20 % darker or brighter. Of the pairs of pictures that
`tagbench near-duplicates` puts into one group those of one photo are right. The limits were chosen on other copies of
photos of the same sets.

The speed is that of the whole command on a generated library, with random hashes and embeddings as large as real ones.
"""
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

from accuracy import Tagbench

SETS = ["flowers5", "clothing10", "grocery8"]
PICTURES = 60
DIMENSION = 2_864
MANY = int(os.environ.get("DUPLICATES_IMAGES", "100000"))
RECIPE = "compact/2"


def copies(picture, rng):
    width, height = picture.size
    share = rng.choice([0.3, 0.5, 0.7])
    yield "resized", picture.resize((max(8, round(width * share)), max(8, round(height * share))), Image.BICUBIC), 90
    yield "encoded", picture, rng.choice([30, 50, 70])
    wide, high = round(width * 0.95), round(height * 0.95)
    left, top = rng.randint(0, width - wide), rng.randint(0, height - high)
    yield "cut", picture.crop((left, top, left + wide, top + high)), 90
    yield "mirrored", picture.transpose(Image.FLIP_LEFT_RIGHT), 90
    yield "brightness", ImageEnhance.Brightness(picture).enhance(rng.choice([0.8, 1.2])), 90


def plant(data, name, folder):
    rng = random.Random(f"{name} planted")
    files = sorted(path for path in (data / name).glob("*/*") if path.suffix.lower() in [".jpg", ".jpeg", ".png"])
    folder.mkdir(parents=True)
    for number, file in enumerate(rng.sample(files, min(PICTURES, len(files)))):
        shutil.copy(file, folder / f"{number}-photo{file.suffix.lower()}")
        with Image.open(file) as opened:
            picture = opened.convert("RGB")
        for kind, copy, quality in copies(picture, rng):
            copy.save(folder / f"{number}-{kind}.jpg", quality=quality)


def quality(tagbench, data, name, scratch):
    folder = scratch / name
    plant(data, name, folder)
    tagbench("project", "create", name, "--domain", "compact")
    tagbench("import", str(folder), "--project", name)
    listed = tagbench("near-duplicates", "--project", name, "--limit", "1000000")
    photo = lambda path: int(Path(path).name.split("-")[0])
    kind = lambda path: Path(path).stem.split("-")[1]
    groups = {}
    for item in listed:
        groups.setdefault(item["group"], []).append(item["path"])
    pairs = lambda counts: sum(count * (count - 1) // 2 for count in counts)
    found = pairs(len(members) for members in groups.values())
    right = sum(pairs(Counter(map(photo, members)).values()) for members in groups.values())
    planted = pairs(Counter(photo(path.name) for path in folder.iterdir()).values())
    with_photo = Counter(
        kind(path) for members in groups.values() for path in members
        if kind(path) != "photo" and any(kind(m) == "photo" and photo(m) == photo(path) for m in members))
    count = len(list(folder.glob("*-mirrored.jpg")))
    return right / found, right / planted, {key: with_photo[key] / count for key in ["resized", "encoded", "cut", "mirrored", "brightness"]}


def generate(tagbench, folder, count):
    """A library of so many images; each tenth is a copy of another with a few bits of its hash turned."""
    tagbench("project", "create", "many", "--domain", "compact")
    rng = random.Random(11)
    db = sqlite3.connect(f"{folder}/library.sqlite")
    project = db.execute("SELECT id FROM project").fetchone()[0]
    cache = sqlite3.connect(f"{folder}/cache.sqlite")
    # As the first version made it; the program adds checksums when it opens the file.
    cache.executescript("""
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1');
        CREATE TABLE thumbnail (content BLOB NOT NULL PRIMARY KEY, jpeg BLOB NOT NULL);
        CREATE TABLE embedding (
          content BLOB NOT NULL, recipe TEXT NOT NULL, halves BLOB NOT NULL, PRIMARY KEY (content, recipe)) WITHOUT ROWID;
        """)
    numbers = np.random.default_rng(12)
    last = None
    for number in range(count):
        content = rng.randbytes(32)
        if number % 10 == 9:
            hash_, halves = last
            for _ in range(4):
                hash_ ^= 1 << rng.randrange(63)
        else:
            hash_ = rng.getrandbits(63)
            halves = numbers.random(DIMENSION, dtype=np.float32).astype("<f2").tobytes()
        last = hash_, halves
        db.execute("INSERT INTO content VALUES (?, 'jpeg', 50000, 640, 480, ?)", (content, hash_))
        name = f"IMG_{number}.jpg"
        db.execute("INSERT INTO image (id, project, content, name, path, created, present) VALUES (?, ?, ?, ?, ?, 0, 1)",
                   (uuid.UUID(int=rng.getrandbits(128)).bytes, project, content, name, f"photos/{name}"))
        cache.execute("INSERT INTO embedding (content, recipe, halves) VALUES (?, ?, ?)", (content, RECIPE, halves))
    db.commit()
    cache.commit()
    db.close()
    cache.close()
    # Makes the checksums: an import keeps a thumbnail.
    picture = folder / f"IMG_{count}.png"
    Image.effect_noise((64, 64), 80).convert("RGB").save(picture)
    tagbench("import", str(picture))


def speed(program, scratch):
    tagbench = Tagbench(program, str(scratch / "many"))
    generate(tagbench, scratch / "many", MANY)
    with open(scratch / "listed.json", "w") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            [program, "near-duplicates", "--limit", "1000000", "--json", "--library", tagbench.library], stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    assert status == 0
    listed = json.loads((scratch / "listed.json").read_text())
    groups = {}
    for item in listed:
        groups.setdefault(item["group"], set()).add(int(item["path"].split("_")[1].split(".")[0]))
    at = {member: group for group, members in groups.items() for member in members}
    found = sum(at.get(n) is not None and at.get(n) == at.get(n - 1) for n in range(9, MANY, 10))
    print(
        f"\n{MANY} pictures: all groups in {seconds:.1f} s (goal 60) and {usage.ru_maxrss / 1000:.0f} MB (goal 1000); "
        f"{found} of {MANY // 10} planted pairs found, {len(groups)} groups")


def main():
    program = os.environ.get("TAGBENCH", ".build/release/tagbench")
    data = Path(os.environ.get("TAGBENCH_TEST_DATA", "../shared/data")).resolve()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        if (data / "draws.json").exists():
            tagbench = Tagbench(program, f"{folder}/library")
            print("| set | precision | recall | resized | encoded | cut | mirrored | brightness |")
            print("|---|---|---|---|---|---|---|---|")
            for name in sys.argv[1:] or SETS:
                precision, recall, kinds = quality(tagbench, data, name, scratch)
                cells = [precision, recall, *kinds.values()]
                print(f"| {name} | " + " | ".join(f"{100 * cell:.1f} %" for cell in cells) + " |", flush=True)
        else:
            print(f"skipped: no photo sets in {data}")
        speed(program, scratch)


if __name__ == "__main__":
    main()
