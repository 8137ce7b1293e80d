"""Import with embeddings, from files to stored embeddings, beside a Python peer and the bare network.

The pictures are JPEGs of 1 and of 12 megapixels from a seeded generator. All runs are taken in turns on the same files:

- tagbench: `tagbench import` into a new library, compact, from the start of the process to its end.
- peer: Pillow and onnxruntime on the same recipe graph and the same views, 32 bits, two workers; it hashes
  each file, writes a 256-pixel thumbnail, and a row with the embedding, too. Large JPEGs it decodes at a part of
  their size as tagbench does; beside it stands one that does not.
- network: the same compiled network fed ready-made tensors (EmbeddingPace).
- tagbench in bf16 and f16, where the processor computes so; what that costs in accuracy, `accuracy.py` tells.
"""
import hashlib
import io
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from accuracy import precision_settings

MEGAPIXEL = 1152, 864
PHONE = 4032, 3024
COUNT = int(os.environ.get("TAGBENCH_BENCH_PICTURES", "1000"))
PHONE_COUNT = COUNT // 5
ROUNDS = 3
# What tagbench keeps of a picture's short side when it decodes a JPEG at a part of its size.
SHORT_SIDE = 658


def make_picture(number, size=MEGAPIXEL):
    """Soft shapes of several sizes with a little noise: compresses about like a photo."""
    random = np.random.default_rng(number)
    width, height = size
    pixels = np.full((height, width, 3), 128, np.float32)
    for columns, strength in ((4, 60), (16, 40), (64, 25), (216, 14)):
        grid = random.normal(0, strength, (columns * 3 // 4, columns, 3)).astype(np.float32)
        for channel in range(3):
            layer = Image.fromarray(grid[..., channel]).resize(size, Image.BICUBIC)
            pixels[..., channel] += np.asarray(layer)
    pixels += random.normal(0, 3, pixels.shape)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def make_pictures(folder, count, size=MEGAPIXEL, drawn_every=10):
    """Some are drawn; the others differ from one by a comment, so that each has bytes of its own."""
    folder.mkdir()
    for number in range(count):
        if number % drawn_every == 0:
            file = io.BytesIO()
            make_picture(number, size).save(file, "JPEG", quality=90)
            drawn = file.getvalue()
        note = b"picture %d" % number
        comment = b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note
        (folder / f"{number:05}.jpg").write_bytes(drawn[:2] + comment + drawn[2:])


def picture_in_full(data):
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")


def reduced_picture(data):
    """The picture as tagbench decodes it: a JPEG at the smallest part of its size that has `SHORT_SIDE` pixels."""
    image = Image.open(io.BytesIO(data))
    divisor = next((part for part in (8, 4, 2) if -(-min(image.size) // part) >= SHORT_SIDE), 1)
    image.draft(None, [length // divisor for length in image.size])
    return ImageOps.exif_transpose(image).convert("RGB")


def squeezed(image, side):
    return ImageOps.mirror(image.resize((side, side), Image.BICUBIC))


def centred(image, side):
    short = round(side * 256 / 224)
    scale = short / min(image.size)
    size = [max(short, round(length * scale)) for length in image.size]
    left, top = ((length - side) // 2 for length in size)
    return image.resize(size, Image.BICUBIC).crop((left, top, left + side, top + side))


def peer(graph, pictures, store, decode=reduced_picture):
    """What runs in a process of its own: `importing.py peer GRAPH FOLDER STORE`, or `peer-in-full`."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    thumbnails = Path(store) / "thumbnails"
    thumbnails.mkdir(parents=True)

    def read(path):
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        image = decode(data)
        thumbnail = image.copy()
        thumbnail.thumbnail((256, 256), Image.BICUBIC)
        thumbnail.save(thumbnails / f"{digest}.jpg", quality=85)
        (embedding,) = session.run(None, {
            "lite0_224": np.asarray(squeezed(image, 224))[None],
            "lite0_288": np.asarray(centred(image, 288))[None],
        })
        return digest, path.name, embedding.astype(np.float16).tobytes()

    database = sqlite3.connect(Path(store) / "store.sqlite")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE image (hash TEXT PRIMARY KEY, name TEXT, embedding BLOB)")
    with ThreadPoolExecutor(2) as workers:
        for number, row in enumerate(workers.map(read, sorted(Path(pictures).iterdir()))):
            database.execute("INSERT INTO image VALUES (?, ?, ?)", row)
            if number % 32 == 31:
                database.commit()
    database.commit()


def run(*command, settings=None):
    start = time.perf_counter()
    environment = os.environ | ({"XDG_CONFIG_HOME": str(settings)} if settings else {})
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    return time.perf_counter() - start, done.stdout


def import_rate(program, pictures, library, settings=None):
    """Images a second into a new library."""
    run(program, "project", "create", "p", "--domain", "compact", "--library", str(library))
    seconds, answer = run(
        program, "import", str(pictures), "--library", str(library), "--json", settings=settings)
    count = len(list(pictures.iterdir()))
    if json.loads(answer)["embedded"] != count:
        sys.exit(f"the import embedded not all of {count} pictures: {answer}")
    return count / seconds


def report(title, found):
    print(f"{title}, {ROUNDS} rounds:\n")
    print("| | images a second (median) | tagbench in 32 bits is, as a ratio (each round) |")
    print("|---|---|---|")
    for name, rates in found.items():
        ratios = [ours / other for ours, other in zip(found["tagbench"], rates)]
        text = "" if name == "tagbench" else " / ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"| {name} | {statistics.median(rates):.1f} | {text} |")
    print(flush=True)


def peer_rate(graph, pictures, store, kind="peer"):
    seconds, _ = run(sys.executable, __file__, kind, graph, str(pictures), str(store))
    return len(list(pictures.iterdir())) / seconds


def measure_megapixels(program, pace, graph, folder, precisions):
    pictures = folder / "pictures"
    make_pictures(pictures, COUNT)
    make_pictures(folder / "few", 2)
    found = {"tagbench": [], "peer": [], "network": []}
    lower = {
        f"tagbench in {precision}": precision_settings(folder, precision) for precision in precisions if precision != "f32"}
    for name, settings in lower.items():
        # Compiles the network, and keeps it.
        import_rate(program, folder / "few", folder / f"first {name}", settings)
        found[name] = []
    for number in range(ROUNDS):
        found["network"].append(float(run(pace, "compact", str(COUNT))[1]))
        found["tagbench"].append(import_rate(program, pictures, folder / f"library {number}"))
        for name, settings in lower.items():
            found[name].append(import_rate(program, pictures, folder / f"library {name} {number}", settings))
        found["peer"].append(peer_rate(graph, pictures, folder / f"store {number}"))
    report(f"Import with embeddings, compact, {COUNT} JPEGs of 1 megapixel", found)


def measure_phone_photos(program, graph, folder):
    pictures = folder / "phone"
    make_pictures(pictures, PHONE_COUNT, PHONE)
    found = {"tagbench": [], "peer": [], "peer that decodes in full": []}
    for number in range(ROUNDS):
        found["tagbench"].append(import_rate(program, pictures, folder / f"phone library {number}"))
        found["peer"].append(peer_rate(graph, pictures, folder / f"phone store {number}"))
        found["peer that decodes in full"].append(
            peer_rate(graph, pictures, folder / f"full store {number}", "peer-in-full"))
    report(f"The same of {PHONE_COUNT} JPEGs of 12 megapixels", found)


def main():
    program = os.environ.get("TAGBENCH", ".build/release/tagbench")
    pace = os.environ.get("EMBEDDING_PACE", ".build/release/EmbeddingPace")
    doctor = json.loads(run(program, "doctor", "--json")[1])
    graph = next(part["path"] for part in doctor["parts"] if part["part"] == "network compact")
    with tempfile.TemporaryDirectory() as folder:
        measure_megapixels(program, pace, graph, Path(folder), doctor.get("precisions") or [])
        measure_phone_photos(program, graph, Path(folder))


if __name__ == "__main__":
    if sys.argv[1:2] == ["peer"]:
        peer(*sys.argv[2:])
    elif sys.argv[1:2] == ["peer-in-full"]:
        peer(*sys.argv[2:], decode=picture_in_full)
    else:
        main()
