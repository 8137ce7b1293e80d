"""What it costs to decode JPEGs at a part of their size, as embeddings are made.

- Cosines of embeddings with those of all pixels: of photos that are halved to as few pixels as that ever happens at,
  beside the same photos saved anew at quality 85 and cut by 1 % at the top and the left.
- Accuracy on the draws of the photo sets, whose pictures are enlarged until they are halved: from JPEGs, which
  tagbench reduces, and from PNGs of the same pixels, which it does not.
"""
import io
import json
import statistics
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from accuracy import SIZES, Tagbench, link
from importing import SHORT_SIDE, centred, picture_in_full, reduced_picture, squeezed
from photosets import SETS, program_and_photos

LARGE_SETS = ["fruit3", "hemlock_cherry"]


def resized_to(image, short):
    scale = short / min(image.size)
    return image.resize([round(length * scale) for length in image.size], Image.BICUBIC)


def as_jpeg(image, quality):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def cosines(graph, photos):
    """Cosines with embeddings of all pixels: what was done -> one for each photo."""
    import onnxruntime

    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])

    def embed(image):
        (embedding,) = session.run(None, {
            "lite0_224": np.asarray(squeezed(image, 224))[None],
            "lite0_288": np.asarray(centred(image, 288))[None],
        })
        return embedding.ravel() / np.linalg.norm(embedding)

    found = {"decoded at half the size": [], "saved at quality 85": [], "cut by 1 %": []}
    for photo in photos:
        data = as_jpeg(resized_to(picture_in_full(photo.read_bytes()), 2 * SHORT_SIDE), 92)
        whole = picture_in_full(data)
        half = reduced_picture(data)
        assert min(half.size) == SHORT_SIDE, half.size
        cut = whole.crop((whole.width // 100, whole.height // 100, whole.width, whole.height))
        exact = embed(whole)
        for name, image in zip(found, (half, picture_in_full(as_jpeg(whole, 85)), cut)):
            found[name].append(float(exact @ embed(image)))
    return found


def enlarge(source, folder):
    """Writes every picture with a short side that is just halved, as folder/jpeg and, decoded, as folder/png."""
    for photo in sorted(source.glob("*/*")):
        data = as_jpeg(resized_to(picture_in_full(photo.read_bytes()), 2 * SHORT_SIDE), 90)
        for kind in ("jpeg", "png"):
            file = folder / kind / photo.parent.name / f"{photo.stem}.{kind}"
            file.parent.mkdir(parents=True, exist_ok=True)
            if kind == "jpeg":
                file.write_bytes(data)
            else:
                picture_in_full(data).save(file, compress_level=1)


def accuracies(tagbench, project, pictures, kind, draws, scratch):
    """Percentages for each size, a draw each."""
    tagbench("project", "create", project, "--domain", "compact")
    tagbench("import", str(pictures), "--project", project)
    found = {size: [] for size in SIZES}
    for size in SIZES:
        for number, draw in enumerate(draws):
            files = {tag: [f"{Path(name).stem}.{kind}" for name in names] for tag, names in draw.items()}
            name = f"{project} {size} {number}"
            train, test = scratch / name / "train", scratch / name / "test"
            link(train, pictures, {tag: names[:size] for tag, names in files.items()})
            link(test, pictures, {tag: names[size:] for tag, names in files.items()})
            tagbench("project", "create", name, "--domain", "compact")
            tagbench("import", str(train), "--tags-from-folders", "--project", name)
            tagbench("train", "--project", name)
            found[size].append(100 * tagbench("evaluate", str(test), "--project", name)["accuracy"])
    return found


def main():
    program, data = program_and_photos()
    doctor = json.loads(subprocess.run([program, "doctor", "--json"], capture_output=True, text=True).stdout)
    graph = next(part["path"] for part in doctor["parts"] if part["part"] == "network compact")
    photos = [photo for name in LARGE_SETS for photo in sorted((data / name).glob("**/*.jpg"))]
    photos = [photo for photo in photos if min(Image.open(photo).size) >= 700]
    print(f"Cosine with the embedding of all pixels, compact, {len(photos)} photos of {2 * SHORT_SIDE} pixels:\n")
    print("| | mean | least |")
    print("|---|---|---|")
    for name, values in cosines(graph, photos).items():
        print(f"| {name} | {statistics.mean(values):.4f} | {min(values):.4f} |")
    print(f"\nAccuracy on enlarged pictures ({2 * SHORT_SIDE} pixels), compact, mean over ten draws:\n")
    print("| set | pictures a tag | all pixels | half the size | difference | standard error |")
    print("|---|---|---|---|---|---|")
    draws = json.loads((data / "draws.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        tagbench = Tagbench(program, str(folder / "library"))
        for name in SETS:
            enlarge(data / name, folder / name)
            found = {
                kind: accuracies(tagbench, f"{name} {kind}", folder / name / kind, kind, draws[name], folder / "draws")
                for kind in ("png", "jpeg")}
            for size in SIZES:
                whole, half = found["png"][size], found["jpeg"][size]
                differences = [after - before for before, after in zip(whole, half)]
                error = statistics.stdev(differences) / len(differences) ** 0.5
                print(
                    f"| {name} | {size} | {statistics.mean(whole):.1f} | {statistics.mean(half):.1f} | "
                    f"{statistics.mean(differences):+.2f} | {error:.2f} |", flush=True)
    print()


if __name__ == "__main__":
    main()
