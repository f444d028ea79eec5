"""The server away, the process killed, the disk full: nothing lost, nothing twice."""

from __future__ import annotations

import glob
import io
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
from contextlib import redirect_stdout
from typing import Any

from lossboard.__main__ import synchronize

from .standin import GUARD_SECONDS, StandIn, free_port
from .support import ROOT, RUN, ClientTest, tuning

CHILD = """
import os, sys
sys.path.insert(0, {root!r})
import lossboard
from lossboard._tuning import Tuning
settings = Tuning()
settings.interval = 3600.0
settings.backoff_first = settings.backoff_limit = 0.02
run = lossboard.init("p", "r", server={url!r}, spool={spool!r}, environment=False, tuning=settings)
"""


class Spool(ClientTest):
    def test_Away_ThenBack_PointsArriveOnceInOrder(self) -> None:
        port = free_port()
        run = self.open(f"http://127.0.0.1:{port}", tuning=tuning(pause=None))
        for part in range(3):
            for step in range(part * 100, part * 100 + 100):
                run.log({"a": step}, step)
            self.assertFalse(run.flush())
        self.assertGreaterEqual(len(self.spooled()), 4)
        self.assertTrue(self.said("cannot be reached"))
        server = self.serve(port)
        self.assertTrue(self.flushed(run))
        self.assertEqual(server.points(RUN, "a"), [(step, float(step)) for step in range(300)])
        self.assertEqual(self.spooled(), [])

    def test_Away_Artifact_WaitsInTheSpoolWithTheBytesOfItsCall(self) -> None:
        port = free_port()
        run = self.open(f"http://127.0.0.1:{port}", tuning=tuning(pause=None))
        path = os.path.join(self.spool, "model.pt")
        with open(path, "wb") as target:
            target.write(b"first" * 1000)
        run.log_artifact(path, "models/m é.pt", "model", step=3)
        with open(path, "wb") as target:
            target.write(b"second")
        self.assertFalse(run.flush())
        server = self.serve(port)
        self.assertTrue(self.flushed(run))
        stored = server.artifacts[(RUN, "models/m é.pt")]
        self.assertEqual((stored["body"], stored["type"], stored["step"]), (b"first" * 1000, "model", "3"))
        self.assertEqual(self.spooled(), [])

    def test_Killed_WhileAway_NextProcessSendsEverythingOnceAndFirst(self) -> None:
        port = free_port()
        self.kill_after(port, """
            for step in range(2_000):
                run.log({"a": step}, step)
                if step % 500 == 499:
                    run.flush()
            """)
        self.assertGreaterEqual(len(self.spooled()), 4)
        server = self.serve(port)
        self.finish_child(port, 'run.log({"a": 2_000}, 2_000)')
        self.assertEqual(server.points(RUN, "a"), [(step, float(step)) for step in range(2_001)])
        self.assertEqual(self.spooled(), [])

    def test_Killed_StoredButUnanswered_NextProcessRepeatsNothing(self) -> None:
        with StandIn() as server:
            port = server.port
            server.drop_after = lambda request: request.is_events
            self.kill_after(port, """
                for step in range(100):
                    run.log({"a": step}, step)
                run.flush()
                run.log({"a": 100}, 100)
                run.flush()
                """)
            kept = (server.events, server.keys, server.runs)
        self.assertGreaterEqual(len(self.spooled()), 2)
        again = self.serve(port)
        again.events, again.keys, again.runs = kept
        self.finish_child(port, 'run.log({"a": 101}, 101)')
        self.assertEqual(again.points(RUN, "a"), [(step, float(step)) for step in range(102)])
        self.assertGreaterEqual(again.replayed, 1)

    def test_TwoWriters_OfTheSameRun_SendEachTheirOwn(self) -> None:
        port = free_port()
        first = self.open(f"http://127.0.0.1:{port}", tuning=tuning(pause=None))
        second = self.open(f"http://127.0.0.1:{port}", tuning=tuning(pause=None))
        for writer, tag in ((first, "a"), (second, "b")):
            for step in range(50):
                writer.log({tag: step}, step)
            self.assertFalse(writer.flush())
        server = self.serve(port)
        self.assertTrue(self.flushed(first))
        self.assertTrue(self.flushed(second))
        self.assertEqual(server.points(RUN, "a"), server.points(RUN, "b"))
        self.assertEqual(server.replayed, 0, "a spool that two writers send shows as replays")

    def test_Orphan_OfAnotherRun_IsSentByTheNextProcess(self) -> None:
        port = free_port()
        self.kill_after(port, 'run.log({"a": 1}, 0); run.flush()')
        server = self.serve(port)
        other = self.open(server.url, run="other")
        other.log({"b": 2}, 0)
        self.assertTrue(other.flush())
        server.wait_for(lambda: server.points(RUN, "a") == [(0, 1.0)])

    def test_Sync_Command_EmptiesTheSpool(self) -> None:
        port = free_port()
        self.kill_after(port, 'run.log({"a": 1}, 0); run.flush()')
        url = f"http://127.0.0.1:{port}"
        said = io.StringIO()
        with redirect_stdout(said):
            self.assertEqual(synchronize(url, None, self.spool, tuning()), 1)
            server = self.serve(port)
            self.assertEqual(synchronize(url, None, self.spool, tuning()), 0)
        self.assertRegex(said.getvalue(), "2 requests are left in .*\nNothing is left in the spool\n")
        self.assertEqual(server.points(RUN, "a"), [(0, 1.0)])
        self.assertEqual(self.spooled(), [])

    def test_Flipped_Bit_OnlyItsBatchIsSetAside(self) -> None:
        port = free_port()
        self.kill_after(port, 'run.log({"a": 1}, 0); run.flush(); run.log({"a": 2}, 1); run.flush()')
        files = sorted(glob.glob(os.path.join(self.spool, "*", "*", "*", "*.req")))
        damaged = next(path for path in files if b'"value":1.0' in open_bytes(path))
        content = bytearray(open_bytes(damaged))
        content[-5] ^= 1
        with open(damaged, "wb") as target:
            target.write(content)
        server = self.serve(port)
        run = self.open(server.url)
        self.assertTrue(run.flush())
        self.assertEqual(server.points(RUN, "a"), [(1, 2.0)])
        self.assertEqual(len(self.rejected()), 1)
        self.assertTrue(self.said("does not match its checksum"))

    def test_Torn_File_IsNotSentAndNotInTheWay(self) -> None:
        port = free_port()
        self.kill_after(port, 'run.log({"a": 1}, 0); run.flush()')
        path = sorted(glob.glob(os.path.join(self.spool, "*", "*", "*", "*.req")))[-1]
        with open(os.path.join(os.path.dirname(path), "000000000099.req.tmp"), "wb") as target:
            target.write(open_bytes(path)[:20])
        server = self.serve(port)
        run = self.open(server.url)
        self.assertTrue(run.flush())
        self.assertEqual(server.points(RUN, "a"), [(0, 1.0)])
        self.assertEqual(self.rejected(), [])

    def test_Full_Spool_WarnsKeepsWhatItHasAndCountsWhatIsDropped(self) -> None:
        port = free_port()
        settings = tuning(pause=None, spool_bytes=20_000, queue_items=500, batch_points=100, room_seconds=0.0)
        run = self.open(f"http://127.0.0.1:{port}", tuning=settings)
        for step in range(5_000):
            run.log({"a": step}, step)
            if step % 100 == 99:
                run.flush()
        dropped = run._engine.dropped
        self.assertGreater(dropped, 0)
        self.assertTrue(self.said("LOSSBOARD_SPOOL_BYTES"))
        self.assertTrue(self.said("are being dropped and counted"))
        server = self.serve(port)
        self.assertTrue(self.flushed(run))
        stored = server.points(RUN, "a")
        self.assertEqual(len(stored), 5_000 - dropped)
        self.assertEqual(stored, sorted(set(stored)))

    def test_FullQueue_ServerHangs_SpillsToTheSpool(self) -> None:
        server = self.serve()
        self.addCleanup(setattr, server, "before", None)
        gate = threading.Event()
        self.addCleanup(gate.set)

        def hang(_: StandIn, request: Any) -> None:
            if request.is_events:
                gate.wait(GUARD_SECONDS)

        server.before = hang
        settings = tuning(queue_items=2_000, batch_points=500, memory_bytes=50_000, room_seconds=float(GUARD_SECONDS))
        run = self.open(server.url, tuning=settings)
        for step in range(50_000):
            run.log({"a": step}, step)
        self.assertEqual(run._engine.dropped, 0)
        self.assertGreater(len(self.spooled()), 10)
        gate.set()
        self.assertTrue(run.flush())
        self.assertEqual(server.points(RUN, "a"), [(step, float(step)) for step in range(50_000)])

    def test_Resumed_Config_IsMergedNotReplaced(self) -> None:
        server = self.serve()
        self.open(server.url, config={"lr": 0.1, "seed": 1}).finish()
        again = self.open(server.url, config={"lr": 0.2})
        again.update_config({"epochs": 3})
        again.flush()
        self.assertEqual(server.runs[RUN]["config"], {"lr": 0.2, "seed": 1, "epochs": 3})
        self.assertEqual(server.runs[RUN]["status"], "running")

    def test_Down_AtRandom_EverythingArrivesOnce(self) -> None:
        port = free_port()
        chance = random.Random(3)
        run = self.open(f"http://127.0.0.1:{port}", tuning=tuning(pause=None))
        kept: Any = ([], {}, {})
        step = 0
        for _ in range(12):
            for _ in range(chance.randrange(1, 200)):
                run.log({"a": step}, step)
                step += 1
            if chance.random() < 0.5:
                with StandIn(port) as server:
                    server.events, server.keys, server.runs = kept
                    server.drop_after = lambda request: chance.random() < 0.3
                    run.flush()
            else:
                run.flush()
        server = self.serve(port)
        server.events, server.keys, server.runs = kept
        self.assertTrue(self.flushed(run))
        self.assertEqual(server.points(RUN, "a"), [(number, float(number)) for number in range(step)])

    def flushed(self, run: Any) -> bool:
        """The server is there; an attempt that began before it came may still fail."""
        return any(run.flush() for _ in range(10))

    def kill_after(self, port: int, code: str) -> None:
        process = self.child(port, textwrap.dedent(code) + '\nprint("ready", flush=True)\nsys.stdin.read()')
        assert process.stdout is not None
        self.assertEqual(process.stdout.readline().strip(), "ready")
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=GUARD_SECONDS)

    def finish_child(self, port: int, code: str) -> None:
        process = self.child(port, textwrap.dedent(code) + "\nsent = run.finish()\nprint(sent)")
        said, _ = process.communicate(timeout=GUARD_SECONDS)
        self.assertEqual(said.strip(), "True")

    def child(self, port: int, code: str) -> Any:
        head = CHILD.format(root=ROOT, url=f"http://127.0.0.1:{port}", spool=self.spool)
        return subprocess.Popen([sys.executable, "-c", head + code], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, text=True)


def open_bytes(path: str) -> bytes:
    with open(path, "rb") as source:
        return source.read()
