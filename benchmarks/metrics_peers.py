#!/usr/bin/python3
"""Peers of the metrics: scikit-learn on made predictions, with equal scores among them.

  metrics_peers.py check FOLDER             cases with scikit-learn's answers, as FOLDER/CASE.json
  metrics_peers.py time ROWS COLUMNS FOLDER what one evaluation takes; the predictions as FOLDER/labels.i64 and FOLDER/scores.f64

One thread: set OMP_NUM_THREADS, OPENBLAS_NUM_THREADS to 1 before.
"""
import json
import os
import resource
import sys
import time
import warnings

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.filterwarnings("ignore")


def softmax(values):
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def made(rows, columns, seed, spread=1.5):
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, columns, rows)
    scores = generator.normal(size=(rows, columns))
    scores[np.arange(rows), labels] += spread
    return labels, scores


def finite(values):
    return [None if not np.isfinite(value) else float(value) for value in np.atleast_1d(values)]


def averages(function, labels, predicted, classes):
    answer = {name: float(function(labels, predicted, average=name, zero_division=0)) for name in ("macro", "micro", "weighted")}
    answer["per_class"] = finite(function(labels, predicted, average=None, labels=range(classes), zero_division=0))
    return answer


def of_class(truth, scores):
    fpr, tpr, _ = metrics.roc_curve(truth, scores)
    precision, recall, thresholds = metrics.precision_recall_curve(truth, scores)
    return {
        "auc": float(metrics.roc_auc_score(truth, scores)), "average_precision": float(metrics.average_precision_score(truth, scores)),
        "fpr": finite(fpr), "tpr": finite(tpr), "precision": finite(precision), "recall": finite(recall), "thresholds": finite(thresholds)}


def case(labels, scores):
    columns = scores.shape[1]
    classes = max(columns, 2)
    unit = scores.min() >= 0 and scores.max() <= 1
    if columns == 1:
        predicted = (scores[:, 0] > (0.5 if unit else 0)).astype(int)
        by_class = np.column_stack([-scores[:, 0], scores[:, 0]])
    else:
        predicted = scores.argmax(axis=1)
        by_class = scores
    answer = {
        "labels": labels.tolist(), "scores": scores.tolist(), "columns": columns,
        "accuracy": float(metrics.accuracy_score(labels, predicted)), "balanced": float(metrics.balanced_accuracy_score(labels, predicted)),
        "matthews": float(metrics.matthews_corrcoef(labels, predicted)), "confusion": metrics.confusion_matrix(labels, predicted, labels=range(classes)).tolist(),
        "precision": averages(metrics.precision_score, labels, predicted, classes), "recall": averages(metrics.recall_score, labels, predicted, classes),
        "f1": averages(metrics.f1_score, labels, predicted, classes)}
    answer["ranked"] = {str(one): of_class(labels == one, by_class[:, one]) for one in range(classes) if (labels == one).any()}
    if columns > 1:
        truth = np.eye(classes)[labels]
        answer["micro_auc"] = float(metrics.roc_auc_score(truth.ravel(), scores.ravel()))
        answer["micro_average_precision"] = float(metrics.average_precision_score(truth.ravel(), scores.ravel()))
    if unit and (columns == 1 or np.allclose(scores.sum(axis=1), 1)):
        answer["log_loss"] = float(metrics.log_loss(labels, scores if columns > 1 else scores[:, 0], labels=range(classes)))
        if classes == 2:
            of_one = scores[:, -1]
            answer["brier"] = float(metrics.brier_score_loss(labels, of_one))
            frequency, probability = calibration_curve(labels, of_one, n_bins=10)
            answer["calibration"] = {"frequency": finite(frequency), "probability": finite(probability)}
        else:
            answer["brier"] = float(((scores - np.eye(classes)[labels]) ** 2).sum(axis=1).mean())
        if columns > 1 and len(set(labels.tolist())) == classes:
            # For two columns it answers for the second alone.
            areas = [answer["ranked"][str(one)]["auc"] for one in range(classes)]
            shares = np.bincount(labels, minlength=classes) / len(labels)
            answer["macro_auc"] = float(metrics.roc_auc_score(labels, scores, multi_class="ovr", average="macro")) if classes > 2 else float(np.mean(areas))
            answer["weighted_auc"] = float(metrics.roc_auc_score(labels, scores, multi_class="ovr", average="weighted")) if classes > 2 else float(np.dot(areas, shares))
    return answer


def regression(seed, outputs):
    generator = np.random.default_rng(seed)
    targets = generator.normal(size=(300, outputs)).round(1) * 3 + 50
    predicted = targets + generator.normal(size=targets.shape).round(1)
    each = []
    for output in range(outputs):
        y, p = targets[:, output], predicted[:, output]
        each.append({
            "r2": float(metrics.r2_score(y, p)), "explained_variance": float(metrics.explained_variance_score(y, p)), "mae": float(metrics.mean_absolute_error(y, p)),
            "rmse": float(metrics.mean_squared_error(y, p, squared=False)), "median": float(metrics.median_absolute_error(y, p)),
            "mape": float(metrics.mean_absolute_percentage_error(y, p)), "max": float(metrics.max_error(y, p)), "bias": float((p - y).mean())})
    return {"targets": targets.tolist(), "predicted": predicted.tolist(), "outputs": each, "r2": float(metrics.r2_score(targets, predicted))}


def check(folder):
    cases = {}
    labels, scores = made(400, 5, 1)
    cases["logits"] = case(labels, scores.round(1))
    cases["probabilities"] = case(labels, softmax(scores))
    # Quarters add up exactly and are often equal.
    labels, scores = made(300, 4, 2)
    parts = np.random.default_rng(3).multinomial(4, [0.25] * 4, 300) / 4
    cases["ties"] = case(labels, parts)
    labels, scores = made(250, 6, 4)
    labels[labels == 5] = 0
    scores[:, 4] -= 20
    cases["absent"] = case(labels, scores.round(1))
    labels, scores = made(300, 2, 5)
    cases["two"] = case(labels, softmax(scores.round(1)))
    cases["one_probability"] = case(labels, softmax(scores)[:, 1:].round(2))
    cases["one_logit"] = case(labels, (scores[:, 1:] - scores[:, :1]).round(1))
    cases["single"] = case(labels, softmax(scores).astype("f4").astype("f8"))
    # Enough to be sorted by their bytes.
    labels, scores = made(9000, 3, 6)
    cases["many"] = case(labels, scores.round(2))
    cases["regression"] = regression(7, 1)
    cases["regression_outputs"] = regression(8, 3)
    for name, answer in cases.items():
        with open(os.path.join(folder, name + ".json"), "w") as file:
            json.dump(answer, file)


def spent():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def evaluate(labels, scores):
    predicted = scores.argmax(axis=1)
    for function in (metrics.precision_score, metrics.recall_score, metrics.f1_score):
        for average in ("macro", "micro", "weighted", None):
            function(labels, predicted, average=average, zero_division=0)
    metrics.accuracy_score(labels, predicted)
    metrics.matthews_corrcoef(labels, predicted)
    metrics.confusion_matrix(labels, predicted)
    metrics.log_loss(labels, scores)
    aucs = []
    for one in range(scores.shape[1]):
        truth = labels == one
        fpr, tpr, _ = metrics.roc_curve(truth, scores[:, one])
        aucs.append(metrics.auc(fpr, tpr))
        metrics.precision_recall_curve(truth, scores[:, one])
        metrics.average_precision_score(truth, scores[:, one])
    return float(np.mean(aucs))


def measure(rows, columns, folder):
    labels, scores = made(int(rows), int(columns), 1)
    scores = softmax(scores).astype("f4").astype("f8")
    labels.astype("<i8").tofile(os.path.join(folder, "labels.i64"))
    scores.astype("<f8").tofile(os.path.join(folder, "scores.f64"))
    cpu, wall = spent(), time.perf_counter()
    auc = evaluate(labels, scores)
    print(json.dumps({"cpu": spent() - cpu, "wall": time.perf_counter() - wall, "auc": auc}))


if __name__ == "__main__":
    {"check": check, "time": measure}[sys.argv[1]](*sys.argv[2:])
