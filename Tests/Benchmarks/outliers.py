"""Outliers: does `tagbench suspects` say of foreign pictures that they are unlike all others, and of no others.

Of every set and draw the first PICTURES pictures of each tag are imported, and FOREIGN pictures of the other sets under
tags drawn by lot. OUTLIER_DRAWS says how many draws are measured, five if it is unset.
"""
import os
import random
import sys
import tempfile
from pathlib import Path

from accuracy import Tagbench
from judging import draws_of
from photosets import SETS, make_project, program_and_photos

PICTURES, FOREIGN = 25, 6
DRAWS = int(os.environ.get("OUTLIER_DRAWS", "5"))


def main():
    program, data = program_and_photos()
    print(f"{DRAWS} draws, {PICTURES} pictures a tag, {FOREIGN} foreign ones\n")
    print("| set | foreign pictures found | others named so |")
    print("|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        tagbench = Tagbench(program, f"{folder}/library")
        for name in sys.argv[1:] or SETS:
            found, wrongly, foreign_count, own_count = 0, 0, 0, 0
            for number, draw in enumerate(draws_of(data, name)[:DRAWS]):
                project = f"{name} {number}"
                lots = random.Random(project)
                others = sorted(
                    path for other in SETS if other != name for path in (data / other).glob("*/*.[jp][pn]*g"))
                pictures = [(tag, data / name / tag / file, "own") for tag in draw for file in draw[tag][:PICTURES]]
                pictures += [(lots.choice(sorted(draw)), path, "foreign") for path in lots.sample(others, FOREIGN)]
                make_project(
                    tagbench, folder, project,
                    [(tag, f"{kind}-{place}{path.suffix}", path)
                     for place, (tag, path, kind) in enumerate(pictures)])
                for item in tagbench("suspects", "--project", project, "--limit", "100000"):
                    is_foreign = Path(item["path"]).name.startswith("foreign")
                    is_named = "unlike all others" in item["reason"]
                    foreign_count += is_foreign
                    own_count += not is_foreign
                    found += is_foreign and is_named
                    wrongly += not is_foreign and is_named
            print(f"| {name} | {found} of {foreign_count} | {wrongly} of {own_count} |", flush=True)


if __name__ == "__main__":
    main()
