"""Trains a recipe, logs what a person would log, and keeps beside it the truth that nobody sees: the loss over all samples, on a third split, without noise."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass, field
from typing import Dict, List, Optional, Tuple

import torch
from torch import nn
from torch.nn import functional

import networks
import tasks

MOST_TRUE = 512  # samples over which the true training loss is taken: enough to have little noise, few enough to cost little


@dataclass(frozen=True)
class Recipe:
    """One run: how it is trained and what it is meant to show."""

    name: str
    state: str
    seed: int
    task: tasks.Task
    net: networks.Net = networks.Net()
    optimiser: str = "sgd"
    lr: float = 0.1
    momentum: float = 0.0
    weight_decay: float = 0.0
    clip: float = 0.0
    batch: int = 64  # 0 for all samples at once
    steps: int = 300
    log_every: int = 2
    check_every: int = 20
    schedule: str = "constant"
    change: float = 0.0  # share of the run at which a schedule changes
    factor: float = 1.0  # by how much it changes
    epoch_means: bool = False  # log means over log_every steps instead of single batches
    names: str = "slash"
    gradients: bool = False
    dead: bool = False
    labels: bool = False
    pretrain: int = 0  # steps of training beforehand, not logged
    reference: Optional[dict] = None  # settings that a better run would have


@dataclass
class Truth:
    """What is known about a run beyond its curves."""

    steps: List[int] = field(default_factory=list)
    train: List[float] = field(default_factory=list)
    checks: List[int] = field(default_factory=list)
    test: List[float] = field(default_factory=list)
    test_accuracy: float = math.nan
    train_accuracy: float = math.nan
    dead: float = 0.0
    gradients: Dict[str, float] = field(default_factory=dict)  # norm a layer over all samples, before the first step
    final_gradient: float = math.nan
    finite: bool = True


@dataclass
class Run:
    """Curves, label counts and the truth."""

    recipe: Recipe
    curves: Dict[str, Tuple[List[int], List[float]]]
    labels: Dict[str, Dict[str, int]]
    truth: Truth
    model: nn.Module
    data: list


NAMES = {
    "slash": ("train/loss", "val/loss", "train/accuracy", "val/accuracy"),
    "under": ("train_loss", "val_loss", "train_acc", "val_acc"),
    "bare": ("loss", "val_loss", "accuracy", "val_accuracy"),
    "board": ("Loss/train", "Loss/test", "Accuracy/train", "Accuracy/test"),
    "eval": ("train/loss", "eval/loss", "train/accuracy", "eval/accuracy"),
}


def loss_of(outputs: torch.Tensor, targets: torch.Tensor, classes: int) -> torch.Tensor:
    """Cross-entropy, or the mean square of a regression."""
    return functional.cross_entropy(outputs, targets) if classes else functional.mse_loss(outputs[:, 0], targets)


def rate(recipe: Recipe, step: int) -> float:
    """The learning rate at a step."""
    done = step / recipe.steps
    if recipe.schedule == "cosine":
        return recipe.lr * 0.5 * (1 + math.cos(math.pi * done))
    if recipe.schedule == "warmup":
        return recipe.lr * (done / 0.1 if done < 0.1 else 0.5 * (1 + math.cos(math.pi * (done - 0.1) / 0.9)))
    if recipe.schedule == "steps":
        return recipe.lr * 0.2 ** int(done * 3)
    if recipe.schedule == "restarts":
        return recipe.lr * 0.5 * (1 + math.cos(math.pi * ((done * 4) % 1)))
    if recipe.schedule == "change":
        return recipe.lr * (recipe.factor if done >= recipe.change else 1)
    if recipe.schedule == "grow":
        return recipe.lr * recipe.factor**done
    return recipe.lr


def train(recipe: Recipe, model: Optional[nn.Module] = None) -> Run:
    """Trains a recipe, from a model where one is given."""
    torch.manual_seed(recipe.seed)
    data, classes = tasks.splits(recipe.task, recipe.seed)
    learning, held, test = data
    model = model or networks.make(recipe.net, learning.inputs.shape[1], classes or 1)
    if recipe.pretrain:
        before = Recipe(recipe.name, "", recipe.seed, recipe.task, recipe.net, "adam", 3e-3, steps=recipe.pretrain, log_every=10**6, check_every=10**6)
        model = train(before, model).model
    keep = dict(momentum=recipe.momentum) if recipe.optimiser == "sgd" else {}
    kinds = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    optimiser = kinds[recipe.optimiser](model.parameters(), lr=recipe.lr, weight_decay=recipe.weight_decay, **keep)
    log = _Log(recipe, model, classes)
    log.truth.gradients = layer_norms(model, learning, classes)
    order = torch.Generator().manual_seed(recipe.seed)
    size = recipe.batch or len(learning.inputs)
    places = torch.randperm(len(learning.inputs), generator=order)
    at = 0
    for step in range(recipe.steps):
        if at + size > len(places):
            places, at = torch.randperm(len(places), generator=order), 0
        chosen = places[at : at + size]
        at += size
        for group in optimiser.param_groups:
            group["lr"] = rate(recipe, step)
        if step % recipe.log_every == 0:
            log.true(step, learning)
        model.train()
        outputs = model(learning.inputs[chosen])
        loss = loss_of(outputs, learning.targets[chosen], classes)
        optimiser.zero_grad()
        loss.backward()
        log.batch(step, loss, outputs, learning.targets[chosen], rate(recipe, step))
        if recipe.clip:
            nn.utils.clip_grad_norm_(model.parameters(), recipe.clip)
        optimiser.step()
        if step % recipe.check_every == recipe.check_every - 1:
            log.check(step, held, test)
    log.end(learning, test)
    counts = {name: {str(label): int((split.targets == label).sum()) for label in range(classes)} for name, split in (("train", learning), ("val", held))} if recipe.labels and classes else {}
    return Run(recipe, log.curves, counts, log.truth, model, data)


def layer_norms(model: nn.Module, split: tasks.Split, classes: int) -> Dict[str, float]:
    """Gradient norm of each layer's weight over all samples, in float64."""
    twin = copy.deepcopy(model).double()
    twin.eval()
    loss = loss_of(twin(split.inputs[:MOST_TRUE].double()), split.targets[:MOST_TRUE] if classes else split.targets[:MOST_TRUE].double(), classes)
    loss.backward()
    return {name: float(p.grad.norm()) for name, p in twin.named_parameters() if p.ndim > 1}


def dead_shares(model: nn.Module, inputs: torch.Tensor) -> Dict[str, float]:
    """Share of units of each ReLU that are zero for every sample."""
    shares: Dict[str, float] = {}
    if not isinstance(model, nn.Sequential):
        return shares
    with torch.no_grad():
        for name, layer in model.named_children():
            inputs = layer(inputs)
            if isinstance(layer, nn.ReLU):
                shares[name] = float((inputs.flatten(1) == 0).all(0).float().mean())
    return shares


class _Log:
    def __init__(self, recipe: Recipe, model: nn.Module, classes: int) -> None:
        self.recipe, self.model, self.classes = recipe, model, classes
        self.curves: Dict[str, Tuple[List[int], List[float]]] = {}
        self.truth = Truth()
        self._sums: List[float] = []

    def scalar(self, tag: str, step: int, value: float) -> None:
        steps, values = self.curves.setdefault(tag, ([], []))
        steps.append(step)
        values.append(value)

    def batch(self, step, loss, outputs, targets, lr) -> None:
        recipe = self.recipe
        train_loss, _, train_accuracy, _ = NAMES[recipe.names]
        value = float(loss)
        if recipe.epoch_means:
            self._sums.append(value)
            if len(self._sums) == recipe.log_every:
                self.scalar(train_loss, step, sum(self._sums) / len(self._sums))
                self._sums = []
        elif step % recipe.log_every == 0:
            self.scalar(train_loss, step, value)
        if step % (recipe.log_every * 5) == 0:
            self.scalar("train/lr", step, lr)
            if self.classes:
                self.scalar(train_accuracy, step, float((outputs.argmax(1) == targets).float().mean()))
            if recipe.gradients:
                norms = {name: float(p.grad.norm()) for name, p in self.model.named_parameters()}
                for name, norm in norms.items():
                    self.scalar(f"gradients/{name}/norm", step, norm)
                self.scalar("gradients/norm", step, math.sqrt(sum(norm * norm for norm in norms.values())))

    def true(self, step: int, split: tasks.Split) -> None:
        self.truth.steps.append(step)
        self.truth.train.append(self._loss(split)[0])

    def check(self, step: int, held: tasks.Split, test: tasks.Split) -> None:
        _, val_loss, _, val_accuracy = NAMES[self.recipe.names]
        loss, accuracy = self._loss(held)
        self.scalar(val_loss, step, loss)
        if self.classes:
            self.scalar(val_accuracy, step, accuracy)
        self.truth.checks.append(step)
        self.truth.test.append(self._loss(test)[0])
        if self.recipe.dead:
            for name, share in dead_shares(self.model, held.inputs).items():
                self.scalar(f"activations/{name}/dead_share", step, share)

    def end(self, learning: tasks.Split, test: tasks.Split) -> None:
        truth = self.truth
        truth.test_accuracy = self._loss(test)[1]
        truth.train_accuracy = self._loss(learning)[1]
        truth.dead = max(dead_shares(self.model.eval(), learning.inputs).values(), default=0.0)
        truth.finite = all(bool(torch.isfinite(p).all()) for p in self.model.parameters())
        if truth.finite:
            truth.final_gradient = math.sqrt(sum(norm**2 for norm in layer_norms(self.model, learning, self.classes).values()))

    def _loss(self, split: tasks.Split) -> Tuple[float, float]:
        self.model.eval()
        with torch.no_grad():
            outputs = self.model(split.inputs[:MOST_TRUE])
            targets = split.targets[:MOST_TRUE]
            accuracy = float((outputs.argmax(1) == targets).float().mean()) if self.classes else math.nan
            return float(loss_of(outputs, targets, self.classes)), accuracy
