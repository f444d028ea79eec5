#!/usr/bin/env python3
"""Trains nine runs on Fashion-MNIST, two at a time: healthy ones, a slow one, a regression, and four that are ill in ways that the page Diagnosis tells apart.

Needs what fashion_mnist.py needs; on Debian: apt-get install python3-torch python3-numpy dataset-fashion-mnist
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from typing import Any, Deque, Dict, List, Optional

from model_jobs import ModelJobs

PROJECT = "fashion-mnist"
HERE = os.path.dirname(os.path.abspath(__file__))
AT_A_TIME = 2  # a thread each: the machine stays usable, and two curves move while one looks
STOP_SECONDS = 8.0  # a run that is stopped has this long to hand over its last values


def plan(epochs: int, quick: bool) -> List[Dict[str, Any]]:
    """Options of fashion_mnist.py, or of another `example`, for each run, in the order in which they start."""
    size = 4_000 if quick else 20_000
    healthy = {"group": "healthy", "epochs": epochs, "lr": 0.03, "train-size": size, "warmup": 20 if quick else 100}
    return [
        {**healthy, "run": "healthy/seed-1", "seed": 1, "projections": 5},
        {
            "run": "diverging", "group": "unhealthy", "epochs": epochs, "lr": 1.2, "train-size": size, "warmup": 150 if quick else 600,
            "weight-decay": 0, "dropout": 0, "eval-every": 10,
            "notes": "The learning rate climbs far beyond what the network bears.",
        },
        {
            "run": "overfitting", "group": "unhealthy", "epochs": 60 if quick else 200, "lr": 0.03, "train-size": 400, "warmup": 20,
            "weight-decay": 0, "dropout": 0, "eval-every": 20, "predict-every": 20,
            "notes": "400 images, no regularisation: it learns them by heart.",
        },
        {"run": "lower-half", "epochs": epochs, "train-size": size // 2, "example": "lower_half.py"},
        {**healthy, "run": "healthy/seed-2", "seed": 2},
        {**healthy, "run": "healthy/seed-3", "seed": 3},
        {**healthy, "run": "slow", "group": "unhealthy", "lr": 0.0005, "notes": "The learning rate is too low to get far."},
        {
            **healthy, "run": "vanishing", "group": "unhealthy", "activation": "sigmoid", "depth": 8, "epochs": 1,
            "notes": "Ten layers of sigmoids: next to nothing of the gradient reaches the first ones.",
        },
        {
            **healthy, "run": "imbalanced", "group": "unhealthy", "imbalance": 50, "epochs": min(2, epochs),
            "notes": "The training images hold the first class fifty times as often as the last.",
        },
    ]


class Demo:
    """Starts the runs one after another, `AT_A_TIME` at once, and collects their last lines."""

    def __init__(self, server: str, runs: List[Dict[str, Any]]) -> None:
        self._server = server
        self._waiting: Deque[Dict[str, Any]] = deque(runs)
        self._lock = threading.Lock()
        self._running: List[subprocess.Popen] = []
        self._stopped = False
        self.jobs = ModelJobs(server, PROJECT)
        self.results: List[Dict[str, Any]] = []
        self.failed: List[str] = []

    def run(self) -> None:
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(AT_A_TIME)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def stop(self) -> None:
        """Ends the runs that are under way; they mark themselves failed."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()

    def _work(self) -> None:
        while True:
            with self._lock:
                if self._stopped or not self._waiting:
                    return
                options = self._waiting.popleft()
                process = subprocess.Popen(self._command(options), stdout=subprocess.PIPE, text=True)
                self._running.append(process)
            print(f"{options['run']} has started", flush=True)
            said, _ = process.communicate()
            with self._lock:
                self._running.remove(process)
                result = _last_line(said)
                if process.returncode == 0 and result:
                    self.results.append(result)
                    print(_summary(result), flush=True)
                elif not self._stopped:
                    self.failed.append(options["run"])
                done = process.returncode == 0 and result is not None and not self._stopped
            if done:
                self.jobs.finished(result)

    def _command(self, options: Dict[str, Any]) -> List[str]:
        command = [sys.executable, os.path.join(HERE, options.get("example", "fashion_mnist.py")), "--server", self._server, "--project", PROJECT]
        for name, value in options.items():
            command += [] if name == "example" else [f"--{name}", str(value)]
        return command


def _last_line(said: str) -> Optional[Dict[str, Any]]:
    lines = said.strip().splitlines()
    try:
        return json.loads(lines[-1]) if lines else None
    except ValueError:
        return None


def _summary(result: Dict[str, Any]) -> str:
    return (
        f"{result['run']:16} {result['status']:9} {result['steps']:5} steps in {result['seconds']:6.1f} s   "
        + "   ".join(f"{name} {result[name]}" for name in ("train/loss", "val/loss", "best val/loss", "val/accuracy") if name in result)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", "--url", default=os.environ.get("LOSSBOARD_URL") or "http://127.0.0.1:6006")
    parser.add_argument("--epochs", type=int, default=None, help="epochs of the healthy runs (5, or 2 with --quick)")
    parser.add_argument("--quick", action="store_true", help="a fifth of the images and fewer epochs: done in under a minute")
    options = parser.parse_args()
    missing = [name for name in ("torch", "numpy") if importlib.util.find_spec(name) is None]
    if missing:
        sys.exit(
            f"The demo needs {' and '.join(missing)}. On Debian: apt-get install python3-torch python3-numpy dataset-fashion-mnist, "
            "then run it with /usr/bin/python3."
        )
    demo = Demo(options.server, plan(options.epochs or (2 if options.quick else 5), options.quick))
    started = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        demo.run()
    except KeyboardInterrupt:
        demo.stop()
        return 130
    print(f"{len(demo.results)} runs in {time.monotonic() - started:.0f} s")
    if demo.failed:
        print(f"Not finished: {', '.join(demo.failed)}", file=sys.stderr)
    return 1 if demo.failed else 0


if __name__ == "__main__":
    sys.exit(main())
