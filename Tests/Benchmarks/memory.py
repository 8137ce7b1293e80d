"""The most memory that an import of many photos takes, with its embeddings.

Photos of 1 megapixel from the generator of importing.py, each with bytes of its own. `tagbench import` runs as a
process of its own; the system tells the most memory that it ever held.
"""
import json
import os
import resource
import sys
import tempfile
from pathlib import Path

from importing import make_pictures, run

COUNT = int(os.environ.get("TAGBENCH_BENCH_PHOTOS", "10000"))


def main():
    program = os.environ.get("TAGBENCH", ".build/release/tagbench")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        make_pictures(folder / "pictures", COUNT, drawn_every=100)
        library = str(folder / "library")
        run(program, "project", "create", "p", "--domain", "compact", "--library", library)
        seconds, answer = run(
            program, "import", str(folder / "pictures"), "--library", library, "--json")
        if json.loads(answer)["embedded"] != COUNT:
            sys.exit(f"the import embedded not all of {COUNT} pictures: {answer}")
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    print(
        f"{COUNT} photos imported and embedded, compact: at most {megabytes:.0f} MB resident, "
        f"{COUNT / seconds:.1f} images a second\n")


if __name__ == "__main__":
    main()
