"""The photo sets that measurements use; they are no part of the repository."""
import os
import sys
from pathlib import Path

SETS = ["flowers5", "clothing10", "grocery8"]


def program_and_photos():
    """The program that is measured and the folder of the photo sets; ends saying so where there are none."""
    data = Path(os.environ.get("TAGBENCH_TEST_DATA", "../shared/data")).resolve()
    if not (data / "draws.json").exists():
        print(f"skipped: no photo sets in {data}")
        sys.exit()
    return os.environ.get("TAGBENCH", ".build/release/tagbench"), data


def make_project(tagbench, folder, project, pictures):
    """Makes a compact project of pictures, each a tag, the name that it gets and the file; `folder` holds links to them."""
    for tag, name, file in pictures:
        target = Path(folder) / project / tag
        target.mkdir(parents=True, exist_ok=True)
        (target / name).symlink_to(file.resolve())
    tagbench("project", "create", project, "--domain", "compact")
    tagbench("import", f"{folder}/{project}", "--tags-from-folders", "--project", project)
