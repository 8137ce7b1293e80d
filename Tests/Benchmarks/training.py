"""Training against NumPy and scikit-learn: the same rows, the same steps, the same losses, in one run.

Both sides get the same generated 16-bit rows in memory and do all of it: rotation into the span, whitening, a head
without each of five folds, calibration across folds, the final head. The program's side is `Learning.train`, called by
`TrainingPace`. The other side is written twice. "As defined" whitens with the eigenvectors of the scatter. "Tuned"
replaces every decomposition by a Cholesky factor, which gives the same head (a penalty on the squared length does not
care how whitened rows are turned) and is the fastest way with these libraries that was found. Both work in 32 bits,
which is faster than 64, and stop as early as the losses allow: the tolerance of each case is the largest of 3e-4, 1e-4,
5e-5 and 3e-5 that brings the final head's objective within 0.1 %.

The three take turns; ratios are of medians. Objectives of the final heads are computed here, in double precision, from
the heads' weights on embeddings alone; when they differ by more than 0.1 % the comparison says so and fails. Log losses
out of fold differ by a little more, since the other side's heads stopped earlier: at a tolerance of 3e-6 they agree, too.

Names of cases as arguments measure these alone.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import scipy.linalg
import threadpoolctl
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

REPETITIONS = 3
FOLDS = 5
INVERSE_PENALTY = 10
SHRINKAGE = 0.2
# Name, rows, dimension, tags, distance between tags (chosen for an accuracy between 80 and 95 %) and the tolerance of
# scikit-learn.
CASES = [("compact", 10_000, 2_864, 20, 0.24, 3e-5), ("general", 2_000, 5_752, 10, 0.17, 1e-4)]


def generate(rows, dimension, tags, distance, seed=7):
    """Clusters like embeddings of photos: a common direction, a spectrum that falls off within tags, and means that
    differ in the 64 directions in which pictures vary most."""
    random = np.random.default_rng(seed)
    spectrum = 1 / np.arange(1, dimension + 1) ** 0.9
    spectrum *= 0.55 / spectrum.sum()
    common = random.standard_normal(dimension)
    common *= np.sqrt(0.95) / np.linalg.norm(common)
    between = np.where(np.arange(dimension) < 64, distance * spectrum, 0)
    means = common + random.standard_normal((tags, dimension)) * np.sqrt(between)
    classes = np.arange(rows) % tags
    return (means[classes] + random.standard_normal((rows, dimension)) * np.sqrt(spectrum)).astype("<f2"), classes


# The other side


def whitened(z, classes, tags, as_defined):
    """Returns whitened rows, and a function that takes weights on them back to weights on rows."""
    counts = np.bincount(classes, minlength=tags)
    order = np.argsort(classes, kind="stable")
    means = np.add.reduceat(z[order], np.r_[0, np.cumsum(counts)[:-1]]) / counts[:, None].astype(z.dtype)
    rest = z - means[classes]
    scatter = rest.T @ rest
    scatter *= (1 - SHRINKAGE) * min(z.shape) / np.trace(scatter)
    scatter[np.diag_indices_from(scatter)] += SHRINKAGE
    if as_defined:
        values, vectors = scipy.linalg.eigh(scatter, overwrite_a=True, check_finite=False)
        root = (vectors / np.sqrt(values)) @ vectors.T
        rows = z @ root
    else:
        factor = scipy.linalg.cholesky(scatter.T, overwrite_a=True, check_finite=False)
        rows = scipy.linalg.solve_triangular(factor, z.T, trans="T", check_finite=False).T
    scale = np.sqrt(np.vdot(z, z) / np.vdot(rows, rows)).astype(z.dtype)
    rows *= scale
    if as_defined:
        return rows, lambda weights: scale * (weights @ root)
    return rows, lambda weights: scale * scipy.linalg.solve_triangular(factor, weights.T, check_finite=False).T


def fitted_head(z, classes, tags, tolerance, as_defined):
    rows, back = whitened(z, classes, tags, as_defined)
    model = LogisticRegression(C=INVERSE_PENALTY, class_weight="balanced", tol=tolerance, max_iter=1000)
    model.fit(rows, classes)
    return back(model.coef_.astype(z.dtype)), model.intercept_.astype(z.dtype)


def softmax(scores):
    exponentials = np.exp(scores - scores.max(1, keepdims=True))
    return exponentials / exponentials.sum(1, keepdims=True)


def inverse_temperature(scores, classes):
    scores = scores - scores.max(1, keepdims=True)
    given = scores[np.arange(len(classes)), classes].sum()
    return minimize_scalar(
        lambda scale: np.log(np.exp(scale * scores).sum(1)).sum() - scale * given,
        bounds=(0.05, 20), method="bounded").x


def peer_training(x, classes, tags, folds, tolerance, as_defined):
    z = x
    if len(x) < x.shape[1]:
        products = x @ x.T
        if as_defined:
            values, vectors = scipy.linalg.eigh(products, overwrite_a=True, check_finite=False)
            roots = np.sqrt(np.maximum(values, 1e-6 * values.max()))
            z = vectors * roots
        else:
            products[np.diag_indices_from(products)] += 1e-6 * np.trace(products) / len(products)
            z = np.ascontiguousarray(scipy.linalg.cholesky(products, lower=True, overwrite_a=True, check_finite=False))
    scores = np.empty((len(classes), tags), x.dtype)
    for fold in range(FOLDS):
        learned = folds != fold
        weights, bias = fitted_head(z[learned], classes[learned], tags, tolerance, as_defined)
        scores[~learned] = z[~learned] @ weights.T + bias
    weights, bias = fitted_head(z, classes, tags, tolerance, as_defined)
    if z is not x:
        if as_defined:
            weights = ((weights / roots) @ vectors.T) @ x
        else:
            weights = scipy.linalg.solve_triangular(z, weights.T, trans="T", lower=True, check_finite=False).T @ x
    probabilities = np.empty_like(scores)
    for fold in range(FOLDS):
        scale = inverse_temperature(scores[folds != fold], classes[folds != fold])
        probabilities[folds == fold] = softmax(scale * scores[folds == fold])
    inverse_temperature(scores, classes)
    return weights, bias, probabilities


def peer(folder, tolerance, as_defined):
    """Runs in a process of its own; leaves its answer beside the task."""
    task = json.loads((folder / "task.json").read_text())
    folds = np.array(json.loads((folder / "result.json").read_text())["folds"])
    classes = np.array(task["classes"])
    x = np.fromfile(folder / "rows.f16", "<f2").reshape(len(classes), -1).astype(np.float32)
    start = time.perf_counter()
    weights, bias, probabilities = peer_training(x, classes, task["classCount"], folds, tolerance, as_defined)
    seconds = time.perf_counter() - start
    np.savez(folder / "peer.npz", weights=weights, bias=bias, probabilities=probabilities)
    pools = [pool for pool in threadpoolctl.threadpool_info() if pool["internal_api"] == "openblas"]
    print(json.dumps({"seconds": seconds, "kernel": f"{pools[0]['architecture']}, {pools[0]['num_threads']} threads"}))


# Judging both


def objective(x, classes, tags, weights, bias):
    """C · Σ weight · loss + ½ · ‖whitened weights‖², from the definition, in double precision."""
    x, weights = x.astype(np.float64), weights.astype(np.float64)
    z = x
    if len(x) < x.shape[1]:
        products = x @ x.T
        products[np.diag_indices_from(products)] += 1e-6 * np.trace(products) / len(products)
        z = np.linalg.cholesky(products)

    def rest(rows):
        return rows - np.array([rows[classes == tag].mean(0) for tag in range(tags)])[classes]

    within = rest(z)
    scatter = within.T @ within
    share = (1 - SHRINKAGE) * min(z.shape) / np.trace(scatter)
    shrunk = share * scatter
    shrunk[np.diag_indices_from(shrunk)] += SHRINKAGE
    half = scipy.linalg.solve_triangular(np.linalg.cholesky(shrunk), z.T, lower=True)
    squared_scale = (z ** 2).sum() / (half ** 2).sum()
    penalty = (share * ((rest(x) @ weights.T) ** 2).sum() + SHRINKAGE * (weights ** 2).sum()) / squared_scale
    scores = x @ weights.T + bias
    scores -= scores.max(1, keepdims=True)
    losses = np.log(np.exp(scores).sum(1)) - scores[np.arange(len(classes)), classes]
    balance = len(classes) / (tags * np.bincount(classes))
    return INVERSE_PENALTY * (balance[classes] * losses).sum() + penalty / 2


def run(command, verbose=False):
    # A processor named there would be meant for one build of OpenBLAS and read by both.
    environment = {
        name: value for name, value in os.environ.items() if name not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    if verbose:
        environment["OPENBLAS_VERBOSE"] = "2"
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    return done


def measure(pace, folder, name, rows, dimension, tags, distance, tolerance):
    x, classes = generate(rows, dimension, tags, distance)
    x.tofile(folder / "rows.f16")
    (folder / "task.json").write_text(json.dumps({
        "dimension": dimension, "classCount": tags, "classes": classes.tolist()}))
    times, heads, probabilities = {}, {}, {}
    kernel = {"tagbench": run([pace, str(folder)], verbose=True).stderr.strip().replace("Core: ", "")}
    for _ in range(REPETITIONS):
        run([pace, str(folder)])
        result = json.loads((folder / "result.json").read_text())
        times.setdefault("tagbench", []).append(result["seconds"])
        weights = np.fromfile(folder / "weights.f32", np.float32).reshape(tags, dimension + 1)
        heads["tagbench"] = weights[:, :-1], weights[:, -1]
        probabilities["tagbench"] = np.array(result["outOfFold"])
        for side in ["tuned", "as defined"]:
            answer = json.loads(run([sys.executable, __file__, "--peer", str(folder), str(tolerance), side]).stdout)
            times.setdefault(side, []).append(answer["seconds"])
            kernel[side] = answer["kernel"]
            found = np.load(folder / "peer.npz")
            heads[side] = found["weights"], found["bias"]
            probabilities[side] = found["probabilities"]
    objectives = {
        side: objective(x.astype(np.float32), classes, tags, *head) for side, head in heads.items()}
    ours = statistics.median(times["tagbench"])
    agrees = True
    for side, seconds in times.items():
        found = probabilities[side]
        loss = -np.log(found[np.arange(rows), classes]).mean()
        ratio = statistics.median(seconds) / ours
        difference = objectives[side] / objectives["tagbench"] - 1
        agrees = agrees and abs(difference) < 1e-3
        print(
            f"| {name}: {rows:,} × {dimension:,} × {tags} | {side} | {statistics.median(seconds):.2f} "
            f"({min(seconds):.2f}–{max(seconds):.2f}) | {ratio:.1f} | {100 * difference:+.4f} % | "
            f"{100 * (found.argmax(1) == classes).mean():.1f} % | {loss:.4f} | {kernel[side]} |", flush=True)
    return agrees


def main():
    if sys.argv[1:2] == ["--peer"]:
        return peer(Path(sys.argv[2]), float(sys.argv[3]), as_defined=sys.argv[4] == "as defined")
    pace = os.environ.get("TRAINING_PACE", ".build/release/TrainingPace")
    print("Training: seconds are medians (least–most); the objective is the final head's, against tagbench's.\n")
    print("| rows × dimension × tags | side | seconds | times ours | objective | accuracy | log loss | kernel |")
    print("|---|---|---|---|---|---|---|---|")
    agrees = True
    for case in CASES:
        if sys.argv[1:] and case[0] not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            agrees = measure(pace, Path(folder), *case) and agrees
    if not agrees:
        sys.exit("The losses differ by more than 0.1 %: the times cannot be compared.")


if __name__ == "__main__":
    main()
