#!/usr/bin/env python3
"""What `watch()` costs the training step of the demo's network, in CPU time.

Two equal trainings take turns step by step, one with watch() and one without; both log their loss at each step, so that what else runs on
the machine meets both alike. The cost is what the watched one's steps and the threads that send for it take longer. Prints one line of
JSON, percentages of a plain step. Needs PyTorch and the server given by its address.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from typing import Any, List, Tuple

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir)
sys.path[:0] = [os.path.join(ROOT, "clients", "python"), os.path.join(ROOT, "examples")]

# torch.set_num_threads does not reach OpenBLAS, whose threads would spin on the other cores and be counted.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import torch  # noqa: E402
from torch.nn import functional  # noqa: E402

import lossboard  # noqa: E402
from fashion_mnist import Network  # noqa: E402

WARM = 300  # steps that pay for what is loaded and allocated once, and in which the cadence is found
DATA = 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    parser.add_argument("--parts", type=int, default=12, help="stretches that the spread is taken over")
    parser.add_argument("--steps", type=int, default=400, help="steps of a stretch")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--every", type=int, default=None)
    parser.add_argument("--histograms-every", type=int, default=None)
    parser.add_argument("--project", default="benchmark")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    # The cost depends on sizes alone, so the data may be anything.
    batches = [(torch.randn(options.batch_size, 1, 28, 28), torch.randint(0, 10, (options.batch_size,))) for _ in range(DATA // options.batch_size)]
    with tempfile.TemporaryDirectory() as spool:
        plain, watched = (training(options, name, spool) for name in ("plain", "watched"))
        watch = watched[0].watch(watched[1], every=options.every, histograms_every=options.histograms_every)
        stretch((plain, plain), batches, 0, WARM // 10)
        stretch((watched,), batches, 0, WARM)
        # Found alone: with another training between its steps they would look twice as long as they are.
        for cadence in (watch._cadence, watch._histogram_cadence):
            if cadence:
                cadence.fixed = True
        parts = [stretch((plain, watched), batches, WARM + at * options.steps, options.steps) for at in range(options.parts)]
        every, histograms_every = watch.every, watch.histograms_every
        stored = [run.finish(timeout=60) for run, _, _ in (plain, watched)]
    percents = sorted(100 * (one - other + sending) / other for other, one, sending in parts)
    base, over, sending = (sum(part[at] for part in parts) for at in range(3))
    print(json.dumps({
        "percent": round(100 * (over - base + sending) / base, 2), "sending_percent": round(100 * sending / base, 2),
        "low": round(percents[len(percents) // 4], 2), "median": round(statistics.median(percents), 2), "high": round(percents[-1 - len(percents) // 4], 2),
        "step_ms": round(1000 * base / options.parts / options.steps, 3), "every": every, "histograms_every": histograms_every,
        "steps": options.parts * options.steps, "parameters": sum(one.numel() for one in plain[1].parameters()), "all_stored": all(stored)}))
    return 0 if all(stored) else 1


def training(options: argparse.Namespace, name: str, spool: str) -> Tuple[Any, Any, Any]:
    model = Network(0.2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)
    return lossboard.init(options.project, f"watch-{name}", server=options.server, spool=spool, environment=False, system_metrics=False), model, optimizer


def stretch(subjects: Any, batches: Any, first: int, steps: int) -> List[float]:
    """CPU seconds of the steps of each, and what the threads of the second took longer than those of the first."""
    spent = [0.0, 0.0]
    began = [sending(run) for run, _, _ in subjects]
    for step in range(first, first + steps):
        images, labels = batches[step % len(batches)]
        for which in range(len(subjects)) if step % 2 else reversed(range(len(subjects))):
            run, model, optimizer = subjects[which]
            before = time.thread_time()
            loss = functional.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            run.log({"train/loss": float(loss)}, step)
            spent[which] += time.thread_time() - before
    for run, _, _ in subjects:
        run.flush()
    sent = [sending(run) - before for (run, _, _), before in zip(subjects, began)]
    return [*spent, sent[-1] - sent[0]]


def sending(run: Any) -> float:
    """CPU seconds so far of the threads that pack and send."""
    return sum(time.clock_gettime(time.pthread_getcpuclockid(thread.ident)) for thread in run._engine._threads)


if __name__ == "__main__":
    sys.exit(main())
