"""Makes performance.json: random predictions and the figures that scikit-learn finds for them.

    pip install numpy scikit-learn && python make_performance.py
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn import metrics


def rate(part, whole):
    return None if whole == 0 else part / whole


def calibration_error(top, right):
    bins = np.clip(np.ceil(top.astype(float) * 15).astype(int) - 1, 0, 14)
    return sum(abs(top[bins == b].astype(float).sum() - right[bins == b].sum()) for b in range(15)) / len(top)


def figures(given, probabilities, threshold):
    """What both kinds have in common; given is an n×K matrix of 0 and 1."""
    predicted = probabilities.astype(float) >= threshold
    per_class = []
    for k in range(given.shape[1]):
        g, p = given[:, k], predicted[:, k]
        true = int((g & p).sum())
        per_class.append({
            "imageCount": int(g.sum()),
            "precision": rate(true, int(p.sum())),
            "recall": rate(true, int(g.sum())),
            "f1": float(metrics.f1_score(g, p)) if g.any() or p.any() else None,
            "averagePrecision":
                float(metrics.average_precision_score(g, probabilities[:, k])) if g.any() else None,
        })
    averages = [c["averagePrecision"] for c in per_class if c["averagePrecision"] is not None]
    top = probabilities.argmax(1)
    rows = np.arange(len(top))
    return {
        "precision": rate(int((given & predicted).sum()), int(predicted.sum())),
        "recall": rate(int((given & predicted).sum()), int(given.sum())),
        "averagePrecision": float(np.mean(averages)) if averages else None,
        "expectedCalibrationError":
            float(calibration_error(probabilities[rows, top], given[rows, top])),
        "perClass": per_class,
    }


def main():
    random = np.random.default_rng(20)
    cases = []
    for number in range(24):
        n, k = int(random.integers(4, 40)), int(random.integers(2, 6))
        threshold = float(random.choice([0.25, 0.5, 0.75]))
        # Rounded to 1/64, so that ties occur and every number is exact in 32 bits.
        if number % 2 == 0:
            classes = random.integers(0, k, n)
            logits = random.normal(size=(n, k)) + 1.5 * np.eye(k)[classes]
            p = np.exp(logits)
            p = (np.round(p / p.sum(1, keepdims=True) * 64) / 64).astype(np.float32)
            given = np.eye(k, dtype=bool)[classes]
            expected = figures(given, p, threshold)
            seen = [c for c in range(k) if (classes == c).any()]
            eps = np.finfo(np.float32).eps
            expected["accuracy"] = float(metrics.accuracy_score(classes, p.argmax(1)))
            expected["macroAccuracy"] = float(
                metrics.recall_score(classes, p.argmax(1), labels=seen, average="macro", zero_division=0))
            expected["logLoss"] = float(
                -np.log(np.maximum(p[np.arange(n), classes].astype(float), eps)).mean())
            expected["confusion"] = metrics.confusion_matrix(
                classes, p.argmax(1), labels=range(k)).tolist()
            cases.append({"kind": "multiclass", "classes": [[int(c)] for c in classes]})
        else:
            given = random.random((n, k)) < 0.3
            logits = random.normal(size=(n, k)) + 2 * given - 1
            p = (np.round(64 / (1 + np.exp(-logits))) / 64).astype(np.float32)
            expected = figures(given, p, threshold)
            predicted = p.astype(float) >= threshold
            expected["accuracy"] = float(metrics.accuracy_score(given, predicted))
            balanced = [metrics.balanced_accuracy_score(given[:, c], predicted[:, c])
                        for c in range(k) if given[:, c].any() and not given[:, c].all()]
            expected["macroAccuracy"] = float(np.mean(balanced)) if balanced else None
            eps = np.finfo(np.float32).eps
            right = np.where(given, p, 1 - p).astype(float)
            expected["logLoss"] = float(-np.log(np.maximum(right, eps)).mean())
            expected["confusion"] = None
            cases.append({"kind": "multilabel",
                          "classes": [[int(c) for c in np.flatnonzero(row)] for row in given]})
        cases[-1] |= {"classCount": k, "threshold": threshold,
                      "probabilities": [float(v) for v in p.ravel()], "expected": expected}
    path = pathlib.Path(__file__).with_name("performance.json")
    path.write_text(json.dumps({"scikit-learn": sklearn.__version__, "cases": cases}) + "\n")


main()
