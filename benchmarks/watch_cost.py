#!/usr/bin/env python3
"""What `watch()` costs the training step of the demo's network: CPU time of the whole process, threads that send included.

Two equal trainings take turns, one with watch() and one without; both log their loss at each step. Prints one line of JSON with the
median over all turns of the watched time over the other's, less one, in percent. Needs PyTorch and the server given by its address.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from typing import Any, Tuple

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir)
sys.path[:0] = [os.path.join(ROOT, "clients", "python"), os.path.join(ROOT, "examples")]

import torch  # noqa: E402
from torch.nn import functional  # noqa: E402

import lossboard  # noqa: E402
from fashion_mnist import Network  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    parser.add_argument("--turns", type=int, default=40)
    parser.add_argument("--steps", type=int, default=100, help="training steps a turn")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--every", type=int, default=None)
    parser.add_argument("--histograms-every", type=int, default=None)
    parser.add_argument("--activations", default=False)
    parser.add_argument("--project", default="benchmark")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    # The cost depends on sizes alone, so the data may be anything.
    images, labels = torch.randn(1000, 1, 28, 28), torch.randint(0, 10, (1000,))
    with tempfile.TemporaryDirectory() as spool:
        plain, watched = (training(options, name, spool) for name in ("plain", "watched"))
        watch = watched[0].watch(watched[1], every=options.every, histograms_every=options.histograms_every, activations=options.activations)
        times: Tuple[list, list] = ([], [])
        # The first turn pays for what is loaded and allocated once, and for finding the cadence.
        for turn in range(options.turns + 1):
            order = (0, 1) if turn % 2 else (1, 0)
            for which in order:
                spent = run_turn((plain, watched)[which], images, labels, options, turn)
                if turn:
                    times[which].append(spent)
        every = watch.every
        stored = [run.finish(timeout=60) for run, _, _ in (plain, watched)]
    ratios = sorted(100 * (one / other - 1) for other, one in zip(*times))
    print(json.dumps({
        "percent": round(statistics.median(ratios), 2), "low": round(ratios[len(ratios) // 4], 2), "high": round(ratios[-1 - len(ratios) // 4], 2),
        "total_percent": round(100 * (sum(times[1]) / sum(times[0]) - 1), 2), "step_ms": round(1000 * statistics.median(times[0]) / options.steps, 3), "every": every,
        "turns": options.turns, "steps": options.steps, "parameters": sum(one.numel() for one in plain[1].parameters()), "all_stored": all(stored)}))
    return 0 if all(stored) else 1


def training(options: argparse.Namespace, name: str, spool: str) -> Tuple[Any, Any, Any]:
    model = Network(0.2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)
    return lossboard.init(options.project, f"watch-{name}", server=options.server, spool=spool, environment=False, system_metrics=False), model, optimizer


def run_turn(subject: Tuple[Any, Any, Any], images: Any, labels: Any, options: argparse.Namespace, turn: int) -> float:
    run, model, optimizer = subject
    run.flush()
    begun = time.process_time()
    for step in range(options.steps):
        at = step * options.batch_size % (len(images) - options.batch_size)
        loss = functional.cross_entropy(model(images[at : at + options.batch_size]), labels[at : at + options.batch_size])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        run.log({"train/loss": float(loss)}, turn * options.steps + step)
    # What is still on its way belongs to this turn.
    run.flush()
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
