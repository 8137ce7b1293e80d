"""Accuracy of the product's own commands on fixed draws of real photo sets.

For every set, draw and number of pictures a tag: a project is filled with the first k pictures of each class
(`tagbench import --tags-from-folders`), trained (`tagbench train`) and judged on all other pictures
(`tagbench evaluate`). Only the program's JSON is read; nothing is computed here but means.
"""
import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from photosets import SETS, program_and_photos

SIZES = [5, 20]
# What the recipe and the head reached when they were designed, in percent: set -> domain -> (5, 20).
DESIGN = {
    "flowers5": {"compact": (77.1, 88.1), "general": (78.1, 90.1)},
    "clothing10": {"compact": (70.6, 81.8), "general": (74.5, 84.7)},
    "grocery8": {"compact": (80.0, 92.6), "general": (81.5, 93.8)},
}


class Tagbench:
    """The program, with a library and, for another precision, settings of its own."""

    def __init__(self, program, library, settings=None):
        self.program, self.library = program, library
        self.environment = os.environ | ({"XDG_CONFIG_HOME": str(settings)} if settings else {})

    def __call__(self, *arguments):
        done = subprocess.run(
            [self.program, *arguments, "--library", self.library, "--json"],
            capture_output=True, text=True, env=self.environment)
        if done.returncode != 0:
            sys.exit(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
        return json.loads(done.stdout)


def link(folder, source, files):
    """Makes folder/<class>/<file> for every file of every class."""
    for tag, names in files.items():
        (folder / tag).mkdir(parents=True)
        for name in names:
            (folder / tag / name).symlink_to(source / tag / name)


def chance_distance(first, first_count, second, second_count, random_numbers, repetitions=500):
    """The mean distance between two accuracies over so many pictures each when chance alone parts them.

    All pictures are judged equally well; which of them lie in which part is drawn by lot."""
    right = round(first * first_count) + round(second * second_count)
    pool = [1] * right + [0] * (first_count + second_count - right)
    distances = []
    for _ in range(repetitions):
        random_numbers.shuffle(pool)
        distances.append(abs(sum(pool[:first_count]) / first_count - sum(pool[first_count:]) / second_count))
    return statistics.mean(distances)


def known_distance(rate, count):
    """The mean distance between a true accuracy and the one counted on so many pictures: E|X/n - p|, X binomial."""
    return sum(
        math.comb(count, right) * rate ** right * (1 - rate) ** (count - right) * abs(right / count - rate)
        for right in range(count + 1))


def report_gaps(domain, gaps):
    """Prints how far out-of-fold accuracy is from that on the held-out rest, in points."""
    signed = [100 * (inside - outside) for draws in gaps.values() for inside, _, outside, _ in draws]
    of_sets = [
        statistics.mean(100 * (inside - outside) for inside, _, outside, _ in draws) for draws in gaps.values()]
    numbers = random.Random(1)
    floor = [100 * chance_distance(*draw, numbers) for draws in gaps.values() for draw in draws]
    known = [100 * known_distance(outside, count) for draws in gaps.values() for _, _, outside, count in draws]
    error = statistics.stdev(signed) / len(signed) ** 0.5
    print(
        f"\nOut-of-fold less held-out accuracy at 20 a tag, {domain}: mean {statistics.mean(signed):+.2f} points "
        f"(standard error {error:.2f}); mean distance of a set's mean over its draws "
        f"{statistics.mean(map(abs, of_sets)):.2f}; mean distance of a single draw "
        f"{statistics.mean(map(abs, signed)):.2f}, where chance alone makes {statistics.mean(floor):.2f} of equal accuracies, and "
        f"{statistics.mean(known):.2f} of the held-out one and the truth itself.\n",
        flush=True)


def measure(tagbench, data, domain, draws, scratch):
    """Prints one line a set and size; returns the mean over sets for each size."""
    means = {size: [] for size in SIZES}
    gaps = {}
    for name in SETS:
        source = data / name
        # One import of the whole set, so that every picture is embedded once.
        pool = f"{name} {domain}"
        tagbench("project", "create", pool, "--domain", domain)
        tagbench("import", str(source), "--project", pool)
        for size in SIZES:
            found = []
            for number, draw in enumerate(draws[name]):
                project = f"{pool} {size} {number}"
                train, test = scratch / project / "train", scratch / project / "test"
                link(train, source, {tag: files[:size] for tag, files in draw.items()})
                link(test, source, {tag: files[size:] for tag, files in draw.items()})
                tagbench("project", "create", project, "--domain", domain)
                tagbench("import", str(train), "--tags-from-folders", "--project", project)
                trained = tagbench("train", "--project", project)
                judged = tagbench("evaluate", str(test), "--project", project)
                found.append(100 * judged["accuracy"])
                if size == 20:
                    gaps.setdefault(name, []).append((
                        trained["overall"]["accuracy"], trained["imageCount"], judged["accuracy"],
                        judged["imageCount"]))
            mean = statistics.mean(found)
            error = statistics.stdev(found) / len(found) ** 0.5
            design = DESIGN[name][domain][SIZES.index(size)]
            means[size].append((mean, design))
            print(f"| {name} | {domain} | {size} | {mean:.1f} | {error:.1f} | {design:.1f} |", flush=True)
    return means, gaps


def precision_settings(folder, precision):
    """XDG_CONFIG_HOME of a program that computes in a precision."""
    settings = folder / f"settings {precision}" / "tagbench"
    settings.mkdir(parents=True)
    (settings / "settings.toml").write_text(f'[networks]\nprecision = "{precision}"\n')
    return settings.parent


def measure_precisions(program, data, draws, scratch, exact):
    """Prints what lower precisions cost at each size, compact, against `exact` percentages."""
    doctor = subprocess.run([program, "doctor", "--json"], capture_output=True, text=True)
    offered = json.loads(doctor.stdout).get("precisions") or []
    for precision in ["bf16", "f16"]:
        if precision not in offered:
            print(f"{precision}: not measured: this processor has no {precision}")
            continue
        folder = scratch / precision
        settings = precision_settings(folder, precision)
        tagbench = Tagbench(program, str(folder / "library"), settings)
        means, _ = measure(tagbench, data, "compact", draws, folder / "draws")
        for size in SIZES:
            mean = statistics.mean(mean for mean, _ in means[size])
            print(f"{precision}, {size} a tag, compact: {mean - exact[size]:+.2f} points against f32")


def main():
    program, data = program_and_photos()
    draws = json.loads((data / "draws.json").read_text())
    print("| set | domain | pictures a tag | accuracy % | standard error | as designed |")
    print("|---|---|---|---|---|---|")
    exact = {}
    with tempfile.TemporaryDirectory() as folder:
        tagbench = Tagbench(program, str(Path(folder) / "library"))
        for domain in ["compact", "general"]:
            means, gaps = measure(tagbench, data, domain, draws, Path(folder) / domain)
            for size in SIZES:
                mean, design = (statistics.mean(column) for column in zip(*means[size]))
                print(f"| mean | {domain} | {size} | {mean:.1f} | | {design:.1f} |")
                if domain == "compact":
                    exact[size] = mean
            report_gaps(domain, gaps)
        measure_precisions(program, data, draws, Path(folder), exact)


if __name__ == "__main__":
    main()
