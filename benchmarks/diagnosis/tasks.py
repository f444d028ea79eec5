"""Small tasks that a model of a few thousand weights learns in a second: inputs and targets of three splits."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass

import numpy
import torch
from sklearn.datasets import load_digits

FASHION = os.environ.get("FASHION_MNIST", "/usr/share/datasets/fashion-mnist")


@dataclass(frozen=True)
class Task:
    """What is learnt, and from how much."""

    name: str
    train: int = 800
    val: int = 200
    test: int = 600
    label_noise: float = 0.0  # share of training and validation labels drawn anew
    noise: float = 0.0  # deviation of what is added to a regression's targets
    scale: float = 1.0  # of a regression's targets
    shuffled: bool = False  # targets that have nothing to do with their inputs
    keep: tuple = ()  # share of each class that training keeps, from class 0 on
    keep_val: tuple = ()  # the same for validation


@dataclass
class Split:
    """Inputs and targets."""

    inputs: torch.Tensor
    targets: torch.Tensor


def splits(task: Task, seed: int):
    """Training, validation and test samples, and the number of outputs (0 for a regression)."""
    random = numpy.random.RandomState(seed)
    inputs, targets, classes = MAKERS[task.name](random, task)
    order = random.permutation(len(inputs))
    inputs, targets = inputs[order], targets[order]
    ends = [task.train, task.train + task.val, task.train + task.val + task.test]
    parts = [slice(0, ends[0]), slice(ends[0], ends[1]), slice(ends[1], min(ends[2], len(inputs)))]
    found = []
    for at, part in enumerate(parts):
        x, y = inputs[part].copy(), targets[part].copy()
        keep = (task.keep, task.keep_val, ())[at]
        if classes and len(keep):
            chosen = random.rand(len(y)) < numpy.array(list(keep) + [1.0] * (classes - len(keep)))[y]
            x, y = x[chosen], y[chosen]
        if classes and task.label_noise and at < 2:
            wrong = random.rand(len(y)) < task.label_noise
            y[wrong] = random.randint(0, classes, wrong.sum())
        if task.shuffled:
            y = y[random.permutation(len(y))]
        found.append(Split(torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.long if classes else torch.float32)))
    return found, classes


def _digits(random, task):
    images, labels = load_digits(return_X_y=True)
    return (images - 4.88) / 6.02, labels, 10


def _fashion(random, task):
    def read(name):
        with gzip.open(os.path.join(FASHION, name)) as source:
            content = source.read()
        return numpy.frombuffer(content, numpy.uint8, offset=16 if "images" in name else 8)

    chosen = random.permutation(10_000)[: task.train + task.val + task.test]
    images = read("t10k-images-idx3-ubyte.gz").reshape(-1, 14, 2, 14, 2)[chosen].mean((2, 4)).reshape(-1, 196)
    return (images - 72.9) / 80.0, read("t10k-labels-idx1-ubyte.gz")[chosen].astype(numpy.int64), 10


def _count(task):
    return task.train + task.val + task.test


def _rings(random, task):
    count = _count(task)
    labels = random.randint(0, 3, count)
    radius = 1.0 + labels + random.randn(count) * 0.15
    angle = random.rand(count) * 2 * numpy.pi
    return numpy.stack([radius * numpy.cos(angle), radius * numpy.sin(angle)], 1) / 2, labels, 3


def _spirals(random, task):
    count = _count(task)
    labels = random.randint(0, 2, count)
    along = numpy.sqrt(random.rand(count)) * 3 * numpy.pi
    angle = along + labels * numpy.pi
    points = numpy.stack([along * numpy.cos(angle), along * numpy.sin(angle)], 1) / 5
    return points + random.randn(count, 2) * 0.05, labels, 2


def _parity(random, task):
    bits = random.randint(0, 2, (_count(task), 6))
    return bits * 2.0 - 1.0, bits.sum(1) % 2, 2


def _waves(random, task):
    inputs = random.rand(_count(task), 3) * 2 - 1
    targets = numpy.sin(3 * inputs[:, 0]) + inputs[:, 1] * inputs[:, 2] + 0.5 * inputs[:, 1]
    return inputs, task.scale * (targets + task.noise * random.randn(len(targets))), 0


def _wide(random, task):
    inputs = random.randn(_count(task), 200)
    weights = numpy.random.RandomState(7).randn(200)
    return inputs, (inputs @ weights > 0).astype(numpy.int64), 2


def _sums(random, task):
    """Sequences of thirty numbers; the target is the mean of the first five."""
    inputs = random.randn(_count(task), 30)
    return inputs, inputs[:, :5].mean(1) * 2, 0


MAKERS = {"digits": _digits, "fashion": _fashion, "rings": _rings, "spirals": _spirals, "parity": _parity, "waves": _waves, "wide": _wide, "sums": _sums}
