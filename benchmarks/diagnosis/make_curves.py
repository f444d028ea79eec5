#!/usr/bin/env python3
"""Trains every recipe, keeps those that ended in the state they were meant to, and writes their curves.

Needs PyTorch, numpy and scikit-learn (python3-torch, python3-sklearn, dataset-fashion-mnist on Debian). Seeds are fixed: the same libraries give the same curves.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import multiprocessing
import os
import sys
import time
from typing import Optional

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import torch  # noqa: E402

import criteria  # noqa: E402
import training  # noqa: E402
from recipes import all_recipes  # noqa: E402

MOST = 24  # runs of a state other than healthy, so that a third of all are healthy
DIGITS = 4  # significant digits of a value: what a person reads off a curve, and the file stays small


def value(number: float) -> object:
    """A number as JSON has it."""
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    short = float(f"{number:.{DIGITS}g}")
    return int(short) if short == int(short) and abs(short) < 1e6 else short


def one(recipe: training.Recipe) -> dict:
    """Trains a recipe and judges it."""
    torch.set_num_threads(1)
    began = time.process_time()
    run = training.train(recipe)
    kept, why = criteria.verdict(run)
    found = {"name": recipe.name, "state": recipe.state, "kept": kept, "why": why, "cpu": time.process_time() - began}
    if kept:
        found["curves"] = [{"tag": tag, "first": steps[0], "every": steps[1] - steps[0] if len(steps) > 1 else 1, "values": [value(v) for v in values]} for tag, (steps, values) in run.curves.items()]
        found["labels"] = run.labels
        found["onset"] = criteria.onset(run) if recipe.state == "diverging" else None
    return found


def thinned(runs: list) -> list:
    """At most so many runs of each state, evenly spaced over its recipes; healthy ones all."""
    kept = []
    for state in dict.fromkeys(run["state"] for run in runs):
        own = [run for run in runs if run["state"] == state]
        kept += own if state == "healthy" or len(own) <= MOST else [own[at * len(own) // MOST] for at in range(MOST)]
    return kept


def main(arguments: Optional[list] = None) -> int:
    """Writes the file and tells what was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", help="where to write, such as curves.json.gz")
    parser.add_argument("--only", help="recipes whose name holds this")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--why", action="store_true", help="tell why recipes were left out")
    options = parser.parse_args(arguments)
    recipes = [recipe for recipe in all_recipes() if not options.only or options.only in recipe.name]
    with multiprocessing.Pool(options.processes) as pool:
        found = list(pool.imap(one, recipes, chunksize=1))
    states: dict = {}
    for run in found:
        states.setdefault(run["state"], [0, 0])[0 if run["kept"] else 1] += 1
        if options.why and not run["kept"]:
            print(f"left out {run['name']}: {run['why']}", file=sys.stderr)
    kept = [{key: run[key] for key in ("name", "state", "curves", "labels", "onset") if run[key]} for run in thinned([run for run in found if run["kept"]])]
    with gzip.GzipFile(options.file, "wb", 9, mtime=0) as target:
        target.write(json.dumps({"runs": kept}, separators=(",", ":")).encode())
    for state, (good, bad) in states.items():
        print(f"{state:24} {good:4} kept {bad:4} left out")
    print(f"{len(kept)} runs, {sum(run['cpu'] for run in found):.0f} s of CPU, {os.path.getsize(options.file)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
