#!/usr/bin/env python3
"""Times `log()` of the Python client while its threads pack and send to the server given by its address.

Prints one line of JSON: the times of single calls with one metric each in microseconds, and how fast the points arrived.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "clients", "python"))

import lossboard  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    parser.add_argument("--calls", type=int, default=200_000)
    parser.add_argument("--rate", type=float, default=20_000, help="calls a second; 0 is as fast as they go")
    parser.add_argument("--project", default="benchmark")
    parser.add_argument("--run", default="python-log")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as spool:
        run = lossboard.init(options.project, options.run, server=options.server, spool=spool, environment=False, system_metrics=False)
        run.log({"loss": 0.0}, 0)
        if not run.flush():
            sys.exit(f"{options.server} does not take points")
        clock = time.perf_counter_ns
        times = []
        gap = int(1e9 / options.rate) if options.rate else 0
        started = due = clock()
        for step in range(1, options.calls + 1):
            before = clock()
            run.log({"loss": 0.5}, step)
            times.append(clock() - before)
            due += gap
            behind = due - clock()
            if behind > 1_000_000:  # shorter waits than a millisecond cost more than they give
                time.sleep(behind / 1e9)
        logged = clock()
        stored = run.finish(timeout=120)
        ended = clock()
        dropped = run._engine.dropped
    times.sort()

    def at(share: float) -> float:
        return round(times[min(len(times) - 1, int(share * len(times)))] / 1000, 2)

    print(json.dumps({
        "p50_us": at(0.5), "p99_us": at(0.99), "calls": options.calls, "p999_us": at(0.999), "max_us": at(1.0),
        "calls_per_s": round(options.calls / ((logged - started) / 1e9)), "stored_per_s": round(options.calls / ((ended - started) / 1e9)),
        "dropped": dropped, "all_stored": bool(stored)}))
    return 0 if stored and not dropped else 1


if __name__ == "__main__":
    sys.exit(main())
