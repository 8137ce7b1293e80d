"""Writes labels.json: what cleanlab 2.9.0 says of random labels and out-of-fold probabilities.

    python make_labels.py > labels.json

Probabilities are rounded to 32 bits first, so that both sides see the same numbers.
"""
import json

import numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores


def case(seed, rows, classes, certainty):
    random = np.random.default_rng(seed)
    truth = random.permutation(np.arange(rows) % classes)
    labels = np.where(random.random(rows) < 0.15, random.integers(0, classes, rows), truth)
    labels[:classes] = np.arange(classes)
    scores = random.standard_normal((rows, classes)) + certainty * np.eye(classes)[truth]
    scores[:, 0] += 0.7
    powers = np.exp(scores)
    probabilities = (powers / powers.sum(1, keepdims=True)).astype(np.float32)
    given = probabilities.astype(float)
    given /= given.sum(1, keepdims=True)
    tags = [sorted(set(random.choice(classes, random.integers(0, classes), replace=False).tolist())) for _ in range(rows)]
    single = random.random((rows, classes)).astype(np.float32)
    doubtful = []
    for column in range(classes):
        borne = np.array([column in row for row in tags]).astype(int)
        pairs = np.stack([1 - single[:, column], single[:, column]], 1).astype(float)
        doubtful.append(find_label_issues(borne, pairs, filter_by="confident_learning").tolist())
    return {
        "classes": labels.tolist(), "probabilities": probabilities.astype(float).tolist(),
        "selfConfidence": get_label_quality_scores(labels, given, method="self_confidence").tolist(),
        "normalizedMargin": get_label_quality_scores(labels, given, method="normalized_margin").tolist(),
        "issues": find_label_issues(labels, given, filter_by="confident_learning", n_jobs=1).tolist(),
        "tags": tags, "singleProbabilities": single.astype(float).tolist(),
        "doubtful": [list(row) for row in zip(*doubtful)],
    }


print(json.dumps([case(1, 60, 3, 2.0), case(2, 90, 5, 1.5), case(3, 40, 2, 1.0)], indent=None))
