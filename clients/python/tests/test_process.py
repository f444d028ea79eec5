"""The end of a process, however it comes, and forks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import unittest
from typing import Any

from .standin import GUARD_SECONDS
from .support import ROOT, RUN, ClientTest

HEAD = """
import os, sys
sys.path.insert(0, {root!r})
import lossboard
run = lossboard.init("p", "r", server={url!r}, spool={spool!r}, environment=False)
run.log({{"a": 1}}, 0)
"""


class Process(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()

    def start(self, code: str) -> Any:
        head = HEAD.format(root=ROOT, url=self.server.url, spool=self.spool)
        # Newer interpreters warn of any fork beside threads, which is what is tested here.
        command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", head + textwrap.dedent(code)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run_to_end(self, code: str) -> Any:
        process = self.start(code)
        said, errors = process.communicate(timeout=GUARD_SECONDS)
        return process.returncode, said, errors

    def test_End_WithoutClose_SendsTheRestAndFinishes(self) -> None:
        self.assertEqual(self.run_to_end("")[0], 0)
        self.assertEqual(self.server.points(RUN, "a"), [(0, 1.0)])
        self.assertEqual(self.server.runs[RUN]["status"], "finished")

    def test_End_ByException_MarksFailedAndShowsTheTrace(self) -> None:
        code, _, errors = self.run_to_end("raise RuntimeError('out of luck')")
        self.assertEqual(code, 1)
        self.assertIn("out of luck", errors)
        self.assertEqual(self.server.points(RUN, "a"), [(0, 1.0)])
        self.assertEqual(self.server.runs[RUN]["status"], "failed")

    @unittest.skipUnless(hasattr(os, "fork"), "POSIX signals")
    def test_End_BySigterm_MarksFailedAndDiesBySigterm(self) -> None:
        process = self.start("print('ready', flush=True)\nsys.stdin.read()")
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=GUARD_SECONDS)
        self.assertEqual(process.returncode, -signal.SIGTERM)
        self.assertEqual(self.server.points(RUN, "a"), [(0, 1.0)])
        self.assertEqual(self.server.runs[RUN]["status"], "failed")

    @unittest.skipUnless(hasattr(os, "fork"), "fork")
    def test_Fork_BothSides_SendTheirOwnPointsOnce(self) -> None:
        code, _, errors = self.run_to_end("""
            for step in range(1, 1000):
                run.log({"a": step + 1}, step)
            child = os.fork()
            tag = "parent" if child else "child"
            for step in range(1000):
                run.log({tag: step}, step)
            if not child:
                sent = run.finish()
                os._exit(0 if sent else 3)
            _, status = os.waitpid(child, 0)
            run.log({"parent": 1000}, 1000)
            run.finish()
            sys.exit(status >> 8)
            """)
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(self.server.points(RUN, "a"), [(step, step + 1.0) for step in range(1000)])
        self.assertEqual(self.server.points(RUN, "child"), [(step, float(step)) for step in range(1000)])
        self.assertEqual(self.server.points(RUN, "parent"), [(step, float(step)) for step in range(1001)])
        self.assertEqual(self.server.replayed, 0)

    @unittest.skipUnless(hasattr(os, "fork"), "fork")
    def test_Multiprocessing_Child_SendsAtItsEndAndLeavesTheStatus(self) -> None:
        code, said, errors = self.run_to_end("""
            import multiprocessing
            def work():
                run.log({"child": 7}, 0)
            child = multiprocessing.get_context("fork").Process(target=work)
            child.start()
            child.join()
            print("ready", flush=True)
            sys.stdin.readline()
            """)
        self.assertEqual((code, said.strip(), errors), (0, "ready", ""))
        self.assertEqual(self.server.points(RUN, "child"), [(0, 7.0)])
        changes = [request for request in self.server.requests if request.path == "/api/v1/runs" and b"finished" in request.body]
        self.assertEqual(len(changes), 1)

    def test_Import_NeedsNeitherNumpyNorTorch(self) -> None:
        code = "import sys; sys.path.insert(0, %r); import lossboard; sys.exit('numpy' in sys.modules or 'torch' in sys.modules)" % ROOT
        self.assertEqual(subprocess.run([sys.executable, "-c", code], timeout=GUARD_SECONDS).returncode, 0)
