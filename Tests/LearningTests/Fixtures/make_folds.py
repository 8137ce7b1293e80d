"""Makes folds.json: how evenly scikit-learn's StratifiedGroupKFold spreads classes over folds.

    pip install numpy scikit-learn && python make_folds.py
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.model_selection import StratifiedGroupKFold


def main():
    random = np.random.default_rng(9)
    cases = []
    for number in range(20):
        count, folds = int(random.integers(2, 6)), int(random.integers(2, 6))
        classes, groups = [], []
        for group in range(int(random.integers(40, 80))):
            # A group is of one class, as near-duplicates mostly are; some are mixed.
            c = int(random.integers(0, count))
            for _ in range(int(random.choice([1, 1, 1, 2, 3, 6]))):
                classes.append(c if random.random() < 0.95 else int(random.integers(0, count)))
                groups.append(group)
        y = np.array(classes)
        best = np.inf
        for seed in range(5):
            splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
            uneven = sum(((np.bincount(y[held], minlength=count) - np.bincount(y, minlength=count) / folds) ** 2).sum()
                         for _, held in splitter.split(y, y, groups))
            best = min(best, uneven)
        cases.append({"classes": classes, "groups": groups, "foldCount": folds, "classCount": count,
                      "unevenness": float(best)})
    path = pathlib.Path(__file__).with_name("folds.json")
    path.write_text(json.dumps({"scikit-learn": sklearn.__version__, "cases": cases}) + "\n")


main()
