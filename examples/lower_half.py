#!/usr/bin/env python3
"""A regression for Lossboard: from the upper half of a garment a small network guesses how bright its lower half is.

Needs what fashion_mnist.py needs; on Debian: apt-get install python3-torch python3-numpy dataset-fashion-mnist
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import Any, Tuple

from fashion_mnist import DEFAULT_DATA, CLASSES, functional, load, lossboard, nn, tell, torch

ROWS = 14  # of 28: what the network sees


def split(images: torch.Tensor) -> Tuple[torch.Tensor, torch.Tensor]:
    """The upper halves as rows, and the mean brightness of the lower ones, in the images' units."""
    return images[:, 0, :ROWS].flatten(1), images[:, 0, ROWS:].mean((1, 2))


def main(arguments: Any = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--server", default=os.environ.get("LOSSBOARD_URL") or "http://127.0.0.1:6006")
    parser.add_argument("--project", default="fashion-mnist")
    parser.add_argument("--run", default="lower-half")
    parser.add_argument("--data", default=DEFAULT_DATA, help="folder with the four gzipped IDX files")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--train-size", type=int, default=10_000)
    parser.add_argument("--val-size", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    started = time.time()
    config = {name: value for name, value in vars(options).items() if name not in ("server", "project", "run")}
    notes = "A regression: how bright is the lower half of a garment, given its upper half?"
    with lossboard.init(options.project, options.run, config=config, group="regression", notes=notes, server=options.server) as run:
        with run.phase("data_loading"):
            images, targets = split(load(options.data, "train", options.train_size, options.seed)[0])
            pictures, kinds = load(options.data, "t10k", options.val_size, 0)
            val_images, val_targets = split(pictures)
        model = nn.Sequential(nn.Linear(images.shape[1], 128), nn.ReLU(), nn.Linear(128, 1))
        optimizer = torch.optim.Adam(model.parameters(), lr=options.lr)
        thumbnails = run.log_sprite("garments", pictures * 0.3530 + 0.2860)
        names = [f"{CLASSES[kind]} {index}" for index, kind in enumerate(kinds.tolist())]
        step, last = 0, {}
        for _ in range(options.epochs):
            with run.phase("training"):
                for chosen in torch.randperm(len(targets)).split(options.batch_size):
                    loss = functional.mse_loss(model(images[chosen]).squeeze(1), targets[chosen])
                    optimizer.zero_grad()
                    loss.backward()
                    optimizer.step()
                    last["train/loss"] = float(loss)
                    run.log({"train/loss": last["train/loss"], "train/lr": options.lr}, step)
                    step += 1
            with run.phase("evaluation"), torch.no_grad():
                guessed = model(val_images).squeeze(1)
                losses = (guessed - val_targets) ** 2
                last["val/loss"] = float(losses.mean())
                run.log({"val/loss": last["val/loss"]}, step)
                run.log_predictions("val", None, guessed, step, losses=losses, ids=names, targets=val_targets, sprite=thumbnails)
        sent = run.finish(timeout=60)
    tell(options.run, "finished", step, started, sent, last)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
