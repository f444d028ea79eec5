#!/usr/bin/env python3
"""Trains a small convolutional network on Fashion-MNIST and pushes everything worth seeing to Lossboard.

Needs PyTorch, numpy and the data set; on Debian: apt-get install python3-torch python3-numpy dataset-fashion-mnist
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import sys
import time
from typing import Any, Dict, List, Tuple

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "clients", "python"))

import lossboard  # noqa: E402

INSTALL = "apt-get install python3-torch python3-numpy dataset-fashion-mnist"

try:
    import numpy
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError as error:
    sys.exit(f"This example needs PyTorch and numpy ({error}). On Debian: {INSTALL}, then run it with /usr/bin/python3.")

CLASSES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
DEFAULT_DATA = "/usr/share/datasets/fashion-mnist"
BATCH_SAMPLES = 1_000  # loss landscapes are computed on as many: a matter of seconds
STEPS_AFTER_DIVERGENCE = 30  # enough to show in a chart that the loss does not come back


ACTIVATIONS = {"leaky_relu": lambda: nn.LeakyReLU(0.1), "relu": nn.ReLU, "sigmoid": nn.Sigmoid}
HIDDEN = 32


class Network(nn.Module):
    """Two strided convolutions and two linear layers, about 55 thousand parameters; `depth` adds hidden layers."""

    def __init__(self, dropout: float, activation: str = "leaky_relu", depth: int = 1) -> None:
        super().__init__()
        make = ACTIVATIONS[activation]
        self.conv1 = nn.Conv2d(1, 16, 3, stride=2, padding=1)
        self.act1 = make()
        self.conv2 = nn.Conv2d(16, 32, 3, stride=2, padding=1)
        self.act2 = make()
        self.hidden = nn.Linear(32 * 7 * 7, HIDDEN)
        self.act3 = make()
        self.depth = depth
        if depth > 1:
            self.deeper = nn.Sequential(*(layer for _ in range(depth - 1) for layer in (nn.Linear(HIDDEN, HIDDEN), make())))
        self.output = nn.Linear(HIDDEN, len(CLASSES))
        self.dropout = nn.Dropout(dropout)

    def features(self, images: torch.Tensor) -> torch.Tensor:
        images = self.act1(self.conv1(images))
        images = self.act2(self.conv2(images))
        hidden = self.act3(self.hidden(images.flatten(1)))
        return self.deeper(hidden) if self.depth > 1 else hidden

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.output(self.dropout(self.features(images)))


def read_idx(path: str) -> "numpy.ndarray":
    """An array from a gzipped IDX file: a magic number whose last byte is the number of axes, their lengths, the bytes."""
    try:
        with gzip.open(path) as source:
            content = source.read()
    except OSError as error:
        sys.exit(f"The data set cannot be read ({error}). On Debian: {INSTALL}; elsewhere name its folder with --data.")
    axes = content[3]
    shape = [int.from_bytes(content[4 + 4 * axis : 8 + 4 * axis], "big") for axis in range(axes)]
    return numpy.frombuffer(content, numpy.uint8, offset=4 + 4 * axes).reshape(shape)


def load(folder: str, split: str, count: int, seed: int) -> Tuple[torch.Tensor, torch.Tensor]:
    """A seeded choice of images, scaled to zero mean and unit variance, and their classes."""
    images = read_idx(os.path.join(folder, f"{split}-images-idx3-ubyte.gz"))
    labels = read_idx(os.path.join(folder, f"{split}-labels-idx1-ubyte.gz"))
    chosen = numpy.random.RandomState(seed).permutation(len(labels))[:count]
    pixels = torch.from_numpy(images[chosen].astype(numpy.float32) / 255.0)
    return ((pixels - 0.2860) / 0.3530).unsqueeze(1), torch.from_numpy(labels[chosen].astype(numpy.int64))


def thin(labels: torch.Tensor, ratio: float) -> torch.Tensor:
    """Indices that keep all samples of the first class, and ever fewer of the others down to 1/ratio of the last."""
    kept = []
    for label in range(len(CLASSES)):
        of = (labels == label).nonzero().squeeze(1)
        kept.append(of[: max(1, round(len(of) * ratio ** (-label / (len(CLASSES) - 1))))])
    return torch.cat(kept)


def rate(step: int, total: int, warmup: int, peak: float) -> float:
    """Linear warm-up, then half a cosine down to a hundredth of the peak."""
    if step < warmup:
        return peak * (step + 1) / warmup
    share = (step - warmup) / max(1, total - warmup)
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share)))


@torch.no_grad()
def evaluate(model: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> Tuple[float, float, torch.Tensor]:
    """Mean loss, accuracy and class probabilities."""
    model.eval()
    scores = torch.cat([model(part) for part in images.split(500)])
    model.train()
    return float(functional.cross_entropy(scores, labels)), float((scores.argmax(1) == labels).float().mean()), scores.softmax(1)


def counts(labels: torch.Tensor) -> Dict[str, int]:
    return dict(zip(CLASSES, torch.bincount(labels, minlength=len(CLASSES)).tolist()))


def spread_steps(count: int, total: int) -> List[int]:
    """Steps at which to look: the first and the last, and denser at the start, where the weights move fastest."""
    return sorted({round(total * (index / (count - 1)) ** 2) for index in range(count)}) if count > 1 else [total] * count


class Training:
    """One run, from its first step to its TorchScript model."""

    def __init__(self, options: argparse.Namespace, run: lossboard.Run) -> None:
        torch.manual_seed(options.seed)
        self.options = options
        self.run = run
        with run.phase("data_loading"):
            self.images, self.labels = load(options.data, "train", options.train_size, options.seed)
            if options.imbalance > 1:
                kept = thin(self.labels, options.imbalance)
                self.images, self.labels = self.images[kept], self.labels[kept]
            # The same validation images for every run, so that curves compare.
            self.val_images, self.val_labels = load(options.data, "t10k", options.val_size, 0)
        with run.phase("building"):
            self.model = Network(options.dropout, options.activation, options.depth)
            self.optimizer = torch.optim.SGD(self.model.parameters(), lr=options.lr, momentum=0.9, weight_decay=options.weight_decay)
        # One line for norms, updates, directions and histograms of all gradients, and for dead units.
        run.watch(self.model, self.optimizer, activations=True)
        self.per_epoch = math.ceil(len(self.labels) / options.batch_size)
        self.total = self.per_epoch * options.epochs
        self.step = 0
        self.last: Dict[str, Any] = {}
        self.checkpoint_steps = set(spread_steps(options.checkpoints, self.total))
        self.checkpoints: List[str] = []
        self.sound = (0, self.weights())
        self.best = math.inf
        self.thumbnails: Any = None
        self.embedding_steps = set(spread_steps(options.embeddings, self.total))
        self.embedded: List[int] = []

    def describe(self) -> None:
        """What does not change while it trains."""
        # What the page Timeline draws the planned course of the learning rate from.
        self.run.update_config({"scheduler": "cosine", "warmup_steps": self.options.warmup, "eta_min": 0.01 * self.options.lr,
                                "steps_per_epoch": self.per_epoch, "total_steps": self.total})
        self.run.log_labels("train", counts(self.labels))
        self.run.log_labels("val", counts(self.val_labels))
        self.run.log_image("samples", self.images[:32] * 0.3530 + 0.2860, 0, dataformats="NCHW")
        self.thumbnails = self.run.log_sprite("validation", self.val_images[: self.options.predictions] * 0.3530 + 0.2860)
        self.run.log_text("notes", f"{len(self.labels)} training images, {self.total} steps of {self.options.batch_size}.", 0)
        self.run.log_batch(self.images[:BATCH_SAMPLES], self.labels[:BATCH_SAMPLES], name="batches/train.safetensors")
        self.run.log_batch(self.val_images[:BATCH_SAMPLES], self.val_labels[:BATCH_SAMPLES], name="batches/validation.safetensors")

    def train(self) -> str:
        """The status that the run ends with."""
        diverged_at = None
        self.keep()
        self.embed()
        for epoch in range(self.options.epochs):
            with self.run.phase("training"):
                order = torch.randperm(len(self.labels))
                for chosen in order.split(self.options.batch_size):
                    loss = self.update(chosen)
                    if diverged_at is None and not math.isfinite(loss):
                        diverged_at = self.step
                    if diverged_at is not None and self.step >= diverged_at + STEPS_AFTER_DIVERGENCE:
                        return "failed"
            if (epoch + 1) % self.options.predict_every == 0 or epoch + 1 == self.options.epochs:
                self.predict()
        return "finished"

    def update(self, chosen: torch.Tensor) -> float:
        learning_rate = rate(self.step, self.total, self.options.warmup, self.options.lr)
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        scores = self.model(self.images[chosen])
        loss = functional.cross_entropy(scores, self.labels[chosen])
        self.optimizer.zero_grad()
        loss.backward()
        value = float(loss)
        self.run.log({
            "train/accuracy": float((scores.argmax(1) == self.labels[chosen]).float().mean()),
            "train/lr": learning_rate,
        }, self.step)
        # The optimizer adds the gradient of this term by itself: it is part of what is minimised.
        self.run.log_loss(self.step, data=value, l2=self.penalty())
        self.optimizer.step()
        if self.step % self.options.eval_every == 0:
            self.validate()
        self.step += 1
        self.keep()
        self.embed()
        self.last["train/loss"] = value
        return value

    def penalty(self) -> float:
        """What weight decay adds to the loss that is minimised."""
        norms = torch._foreach_norm([parameter.detach() for parameter in self.model.parameters()])
        return 0.5 * self.options.weight_decay * float(torch.stack(norms).square().sum())

    def validate(self) -> torch.Tensor:
        with self.run.phase("evaluation"):
            loss, accuracy, scores = evaluate(self.model, self.val_images, self.val_labels)
        self.run.log({"val/loss": loss, "val/accuracy": accuracy}, self.step)
        self.last.update({"val/loss": loss, "val/accuracy": accuracy})
        self.last["best val/loss"] = min(self.last.get("best val/loss", math.inf), loss)
        self.keep_best()
        return scores

    def weights(self) -> Dict[str, torch.Tensor]:
        """The weights, which training does not change; empty where they are no numbers."""
        state = {name: tensor.clone() for name, tensor in self.model.state_dict().items()}
        return state if all(bool(torch.isfinite(tensor).all()) for tensor in state.values()) else {}

    def keep(self) -> None:
        """A checkpoint where one is due. Without numbers it would be no place on a map."""
        if self.step not in self.checkpoint_steps:
            return
        weights = self.weights()
        if weights:
            self.sound = (self.step, weights)
            self.checkpoints.append(f"checkpoints/{self.step}.safetensors")
            self.run.log_checkpoint(weights, self.step, self.checkpoints[-1], "periodic", **self.quality())

    def quality(self) -> Dict[str, Any]:
        """What a checkpoint says of how good it was when it was saved: the newest validation."""
        loss = self.last.get("val/loss", math.nan)
        return {"metric": "val/loss", "value": loss, "goal": "min"} if math.isfinite(loss) else {}

    def keep_best(self) -> None:
        """The weights of the best validation so far, under one name."""
        loss = self.last.get("val/loss", math.nan)
        weights = self.weights() if loss < self.best else {}
        if weights:
            self.best = loss
            self.run.log_checkpoint(weights, self.step, "checkpoints/best.safetensors", "best", **self.quality())

    @torch.no_grad()
    def embed(self) -> None:
        """How the last hidden layer sees the validation images, where that is due. Without numbers it would be no picture."""
        if self.step not in self.embedding_steps:
            return
        self.model.eval()
        hidden = torch.cat([self.model.features(part) for part in self.val_images.split(500)])
        scores = self.model.output(hidden)
        self.model.train()
        if not bool(torch.isfinite(scores).all()):
            return
        predicted = scores.argmax(1)
        self.run.log_embedding("hidden", hidden, {
            "label": [CLASSES[label] for label in self.val_labels.tolist()],
            "predicted": [CLASSES[label] for label in predicted.tolist()],
            "correct": (predicted == self.val_labels).tolist(),
            "loss": [round(loss, 5) for loss in functional.cross_entropy(scores, self.val_labels, reduction="none").tolist()],
        }, self.step, sprite=self.val_images * 0.3530 + 0.2860)
        self.embedded.append(self.step)

    def project(self) -> None:
        """Asks the server for pictures of the hidden layer: the same method over time, and other methods at the end."""
        for step in self.embedded[-self.options.projections :] if self.options.projections else []:
            self.run.project_embedding("hidden", "umap", step, name=f"Hidden layer at step {step}", seed=0)
        if self.embedded and self.options.projections:
            for method, name in (("tsne", "t-SNE"), ("pca", "Principal components")):
                self.run.project_embedding("hidden", method, self.embedded[-1], name=f"Hidden layer, {name}", seed=0)

    def predict(self) -> None:
        """What the model says of the validation images."""
        scores = self.validate()
        losses = -scores.gather(1, self.val_labels[:, None]).clamp_min(1e-12).log().squeeze(1)
        many = self.options.predictions
        names = [f"t10k {index}" for index in range(len(losses[:many]))]
        self.run.log_predictions("val", self.val_labels[:many], scores[:many], self.step, losses=losses[:many], ids=names, classes=CLASSES, sprite=self.thumbnails)

    def deliver(self) -> None:
        """The model."""
        trained = self.weights()
        # Around a model that diverged there is no loss to see: the last checkpoint that has one takes its place.
        step, weights = (self.step, trained) if trained else self.sound
        self.model.load_state_dict(weights)
        self.run.log_model(self.model, self.val_images[:2], step=step)
        self.project()


def parse(arguments: Any = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--server", default=os.environ.get("LOSSBOARD_URL") or "http://127.0.0.1:6006")
    parser.add_argument("--project", default="fashion-mnist")
    parser.add_argument("--run", default=None, help="name of the run; time and host by default")
    parser.add_argument("--group", default=None)
    parser.add_argument("--notes", default=None)
    parser.add_argument("--data", default=DEFAULT_DATA, help="folder with the four gzipped IDX files")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--lr", type=float, default=0.03, help="peak of the learning rate")
    parser.add_argument("--warmup", type=int, default=100, help="steps until the peak")
    parser.add_argument("--weight-decay", type=float, default=5e-4)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--train-size", type=int, default=20_000)
    parser.add_argument("--val-size", type=int, default=2_000)
    parser.add_argument("--eval-every", type=int, default=50, help="steps between two validations")
    parser.add_argument("--activation", choices=sorted(ACTIVATIONS), default="leaky_relu")
    parser.add_argument("--depth", type=int, default=1, help="hidden layers")
    parser.add_argument("--imbalance", type=float, default=1, help="how many times as often the first class occurs in the training images as the last")
    parser.add_argument("--checkpoints", type=int, default=20, help="checkpoints in all, denser at the start")
    parser.add_argument("--predict-every", type=int, default=1, help="epochs between two logs of what the model says of the validation images")
    parser.add_argument("--predictions", type=int, default=1_000, help="validation images whose scores are logged")
    parser.add_argument("--embeddings", type=int, default=5, help="times that the hidden layer of the validation images is logged, denser at the start")
    parser.add_argument("--projections", type=int, default=0, help="the last of them whose pictures the server is asked for")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args(arguments)


def main() -> int:
    options = parse()
    torch.set_num_threads(options.threads)
    settings = {name: value for name, value in vars(options).items() if name not in ("server", "project", "run", "group", "notes")}
    started = time.time()
    about = {"group": options.group, "notes": options.notes, "server": options.server}
    with lossboard.init(options.project, options.run, config=settings, **about) as run:
        training = Training(options, run)
        training.describe()
        status = training.train()
        training.deliver()
        sent = run.finish(status, timeout=60)
    tell(run.name, status, training.step, started, sent, training.last, checkpoints=training.checkpoints)
    return 0


def tell(run: str, status: str, steps: int, started: float, stored: bool, last: Dict[str, float], **more: Any) -> None:
    """Prints the one line that demo.py reads of each run."""
    numbers = {name: round(value, 4) if math.isfinite(value) else str(value) for name, value in last.items()}
    print(json.dumps({"run": run, "status": status, "steps": steps, "seconds": round(time.time() - started, 1), "stored": stored, **more, **numbers}))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
