"""What the client's tests share."""

from __future__ import annotations

import logging
import os
import random
import shutil
import sys
import tempfile
import unittest
from typing import Any, List

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT)

from lossboard import Run, _warn  # noqa: E402
from lossboard._tuning import Tuning  # noqa: E402

from .standin import StandIn  # noqa: E402

RUN = ("p", "r")
# Also for the processes that tests start: what a machine does at the time is no part of a test.
os.environ["LOSSBOARD_SYSTEM_METRICS"] = "0"


def tuning(**changed: Any) -> Tuning:
    """Nothing in a test waits for a clock: packing happens at flush, a retry comes at once."""
    settings = Tuning()
    settings.interval = 3600.0
    if changed.get("pause", True) is None:
        settings.backoff_first = settings.backoff_limit = 0.02  # for tests in which the server really goes away
    settings.pause = lambda seconds: None
    settings.chance = random.Random(7)
    settings.spool_bytes = 1 << 30
    for name, value in changed.items():
        setattr(settings, name, value)
    return settings


class ClientTest(unittest.TestCase):
    """A server, a spool folder of its own and the warnings that were given."""

    def setUp(self) -> None:
        _warn.forget()
        self.spool = tempfile.mkdtemp(prefix="lossboard-test-")
        self.addCleanup(shutil.rmtree, self.spool, True)
        self.warnings: List[str] = []
        watch = _Watch(self.warnings)
        _warn.logger.addHandler(watch)
        _warn.logger.propagate = False
        self.addCleanup(_warn.logger.removeHandler, watch)

    def serve(self, port: int = 0) -> StandIn:
        server = StandIn(port)
        self.addCleanup(server.close)
        return server

    def open(self, url: str, **options: Any) -> Run:
        options.setdefault("tuning", tuning())
        options.setdefault("environment", False)
        project, name = RUN
        run = Run(options.pop("project", project), options.pop("run", name), server=url, spool=self.spool, **options)
        self.addCleanup(run.finish, "finished", 10)
        return run

    def spooled(self) -> List[str]:
        """Files that wait in the spool."""
        return sorted(name for _, _, names in os.walk(self.spool) for name in names if name.endswith(".req"))

    def rejected(self) -> List[str]:
        places = [(folder, names) for folder, _, names in os.walk(self.spool) if os.path.basename(folder) == "rejected"]
        return [os.path.join(folder, name) for folder, names in places for name in names]

    def said(self, words: str) -> bool:
        return any(words in message for message in self.warnings)

    def forget(self) -> None:
        """Has what was said once said again."""
        _warn.forget()
        self.warnings.clear()


class _Watch(logging.Handler):
    def __init__(self, target: List[str]) -> None:
        super().__init__(logging.WARNING)
        self._target = target

    def emit(self, record: logging.LogRecord) -> None:
        self._target.append(record.getMessage())
