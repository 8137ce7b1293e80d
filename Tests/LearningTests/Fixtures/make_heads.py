"""Makes heads.json: heads and calibrations as NumPy and scikit-learn find them, in double precision,
with every step written as the definition has it (rotation by singular value decomposition, whitening by
eigenvectors), so that nothing of the program's own way of computing is repeated here.

    pip install numpy scipy scikit-learn && python make_heads.py
"""
import json
import pathlib

import numpy as np
import scipy.optimize
import sklearn
from sklearn.calibration import _sigmoid_calibration
from sklearn.linear_model import LogisticRegression


def softmax(scores):
    e = np.exp(scores - scores.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def whiten(x, indicators):
    """Returns the rows whitened by the scatter around what the indicators explain, and the map there."""
    n = len(x)
    _, s, vt = np.linalg.svd(x, full_matrices=False)
    basis = vt[s > s[0] * 1e-6].T
    z = x @ basis
    u, s, _ = np.linalg.svd(indicators, full_matrices=False)
    u = u[:, s > 1e-9]
    rest = z - u @ (u.T @ z)
    scatter = rest.T @ rest / (n - u.shape[1])
    shrunk = 0.8 * scatter / (np.trace(scatter) / z.shape[1]) + 0.2 * np.eye(z.shape[1])
    values, vectors = np.linalg.eigh(shrunk)
    w = (vectors / np.sqrt(values)) @ vectors.T
    w *= np.sqrt((z ** 2).sum() / ((z @ w) ** 2).sum())
    return z @ w, basis @ w


def multinomial(x, y, count, inverse_penalty):
    """Minimises C·Σ weight·loss + ½·‖W‖² directly, which serves two classes as well as more."""
    n, d = x.shape
    weight = (n / (count * np.bincount(y, minlength=count)))[y]
    answers = np.eye(count)[y]

    def objective(flat):
        w = flat.reshape(count, d + 1)
        p = softmax(x @ w[:, :d].T + w[:, d])
        loss = -inverse_penalty * (weight * np.log(p[np.arange(n), y])).sum()
        slope = inverse_penalty * weight[:, None] * (p - answers)
        gradient = np.hstack([slope.T @ x + w[:, :d], slope.sum(0)[:, None]])
        return loss + 0.5 * (w[:, :d] ** 2).sum(), gradient.ravel()

    found = scipy.optimize.minimize(
        objective, np.zeros(count * (d + 1)), jac=True, method="L-BFGS-B",
        options={"maxiter": 20000, "maxfun": 40000, "ftol": 1e-15, "gtol": 1e-9, "maxcor": 30})
    w = found.x.reshape(count, d + 1)
    return w[:, :d], w[:, d]


def clusters(random, n, d, classes_of_rows, count):
    means = random.normal(size=(count, d)) / np.sqrt(d)
    base = random.normal(size=d) / np.sqrt(d)
    spread = 1 / np.sqrt(1 + np.arange(d))
    x = base + random.normal(size=(n, d)) * spread * 0.7
    for row, classes in enumerate(classes_of_rows):
        for c in classes:
            x[row] += means[c]
    # Sixteenths are exact in 32 bits.
    return np.round(x * 16) / 16


def case(random, kind, n, d, count, duplicates=0):
    if kind == "multiclass":
        share = np.arange(1, count + 1) / np.arange(1, count + 1).sum()
        y = np.r_[np.arange(count), random.choice(count, n - count, p=share)]
        classes = [[int(c)] for c in y]
    else:
        given = random.random((n, count)) < 0.35
        classes = [[int(c) for c in np.flatnonzero(row)] for row in given]
    x = clusters(random, n, d, classes, count)
    if duplicates:
        x[-duplicates:] = x[:duplicates]
        classes[-duplicates:] = classes[:duplicates]
    indicators = np.zeros((n, count))
    for row, c in enumerate(classes):
        indicators[row, c] = 1
    z, to_z = whiten(x, np.hstack([np.ones((n, 1)), indicators]))
    if kind == "multiclass":
        y = np.array([c[0] for c in classes])
        w, b = multinomial(z, y, count, 10)
        if count > 2:
            model = LogisticRegression(C=10, class_weight="balanced", tol=1e-9, max_iter=100000)
            model.fit(z, y)
            assert np.abs(model.predict_proba(z) - softmax(z @ w.T + b)).max() < 1e-4
    else:
        models = [LogisticRegression(C=10, class_weight="balanced", tol=1e-9, max_iter=100000)
                  .fit(z, indicators[:, c]) for c in range(count)]
        w = np.vstack([m.coef_ for m in models])
        b = np.hstack([m.intercept_ for m in models])
    test = np.round(random.normal(size=(8, d)) / np.sqrt(d) * 16) / 16
    rows = np.vstack([x[:8], test])
    scores = rows @ (w @ to_z.T).T + b
    p = softmax(scores) if kind == "multiclass" else 1 / (1 + np.exp(-scores))
    return {"kind": kind, "dimension": d, "classCount": count, "classes": classes,
            "embeddings": [float(v) for v in x.ravel()],
            "testRows": [float(v) for v in rows.ravel()],
            "probabilities": [round(float(v), 7) for v in p.ravel()]}


def temperature(random):
    n, count = 60, 4
    y = random.integers(0, count, n)
    scores = np.round((2 * np.eye(count)[y] + random.normal(size=(n, count))) * 3 * 16) / 16
    e = 1 / (n + 1)
    target = (1 - e) * np.eye(count)[y] + e / count
    loss = lambda beta: -(target * np.log(softmax(beta * scores))).sum()
    found = scipy.optimize.minimize_scalar(
        loss, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-10})
    return {"classCount": count, "classes": [[int(c)] for c in y],
            "scores": [float(v) for v in scores.ravel()],
            "scales": [float(found.x)] * count, "offsets": [0] * count}


def sigmoid(random):
    n, count = 60, 3
    given = random.random((n, count)) < 0.3
    scores = np.round((3 * given - 1 + 2 * random.normal(size=(n, count))) * 16) / 16
    fits = [_sigmoid_calibration(scores[:, c], given[:, c].astype(int)) for c in range(count)]
    return {"classCount": count,
            "classes": [[int(c) for c in np.flatnonzero(row)] for row in given],
            "scores": [float(v) for v in scores.ravel()],
            "scales": [float(-a) for a, _ in fits], "offsets": [float(-b) for _, b in fits]}


def main():
    random = np.random.default_rng(4)
    heads = [
        case(random, "multiclass", 60, 12, 4),
        case(random, "multiclass", 40, 8, 2),
        case(random, "multiclass", 24, 40, 3),
        case(random, "multiclass", 24, 40, 3, duplicates=4),
        case(random, "multilabel", 50, 10, 3),
        case(random, "multilabel", 24, 36, 3),
    ]
    path = pathlib.Path(__file__).with_name("heads.json")
    path.write_text(json.dumps({
        "scikit-learn": sklearn.__version__, "heads": heads,
        "temperature": temperature(random), "sigmoid": sigmoid(random)}) + "\n")


main()
