"""What reaches the server, and how often."""

from __future__ import annotations

import json
import random
import threading
from typing import Any, List

from lossboard._tuning import Tuning

from .standin import Request, StandIn, free_port, problem
from .support import RUN, ClientTest, tuning


class Delivery(ClientTest):
    def test_Log_ManyPoints_AllArriveInOrderAsColumns(self) -> None:
        server = self.serve()
        run = self.open(server.url)
        for step in range(12_345):
            run.log({"train/loss": step / 8, "train/lr": 0.5}, step=step)
        self.assertTrue(run.flush())
        self.assertEqual(server.points(RUN, "train/loss"), [(step, step / 8) for step in range(12_345)])
        self.assertEqual(server.points(RUN, "train/lr"), [(step, 0.5) for step in range(12_345)])
        self.assertLess(len(server.events), 20, "points of a tag travel together")
        self.assertEqual(self.spooled(), [])

    def test_Log_NonFinite_TravelsAsNames(self) -> None:
        server = self.serve()
        run = self.open(server.url)
        for step, value in enumerate([float("nan"), float("inf"), float("-inf"), 1.0]):
            run.log({"x": value}, step)
        self.assertTrue(run.flush())
        self.assertEqual(server.points(RUN, "x"), [(0, "NaN"), (1, "Infinity"), (2, "-Infinity"), (3, 1.0)])

    def test_Log_WithoutStep_CountsEachTag(self) -> None:
        server = self.serve()
        run = self.open(server.url)
        run.log({"a": 1})
        run.log({"a": 2, "b": {"c": 3}})
        run.flush()
        self.assertEqual(server.points(RUN, "a"), [(0, 1.0), (1, 2.0)])
        self.assertEqual(server.points(RUN, "b/c"), [(0, 3.0)])

    def test_Log_WallTime_IsRoundedToMilliseconds(self) -> None:
        server = self.serve()
        run = self.open(server.url)
        run.log({"a": 1}, 0, wall_time=1790000000.123456)
        run.flush()
        self.assertEqual(server.of_type("scalar")[0]["wall_time"], 1790000000.123)

    def test_Log_BadArguments_WarnOnceAKindAndNeverRaise(self) -> None:
        server = self.serve()
        run = self.open(server.url)
        for _ in range(3):
            run.log({"ok": 1, "bad": object(), "": 2, "line\nbreak": 3, "x" * 513: 4}, step=1)
            run.log({"ok": 1}, step="soon")
            run.log({"ok": 1}, step=1 << 63)
            run.log(None)
        run.flush()
        self.assertEqual(server.points(RUN, "ok"), [(1, 1.0)] * 3)
        self.assertEqual(len(self.warnings), 7, self.warnings)

    def test_Dropped_ThirtyPercentOfAnswers_EachPointIsStoredOnce(self) -> None:
        server = self.serve()
        chance = random.Random(11)
        server.drop_after = lambda request: chance.random() < 0.3
        run = self.open(server.url, tuning=tuning(batch_points=50, give_up_failures=1_000))
        for step in range(5_000):
            run.log({"loss": step}, step=step)
        self.assertTrue(run.finish())
        self.assertEqual(server.points(RUN, "loss"), [(step, float(step)) for step in range(5_000)])
        self.assertGreater(server.replayed, 10, "answers must have been lost for this test to say anything")
        self.assertEqual(self.spooled(), [])

    def test_Busy_429AndRetryAfter_WaitsAsAskedAndLosesNothing(self) -> None:
        for status in (429, 503, 507):
            with self.subTest(status=status):
                server = self.serve()
                waits: List[float] = []
                answers = [problem(status, "busy", True, {"Retry-After": "7"})] * 3
                server.before = lambda _, request: answers.pop() if request.is_events and answers else None
                run = self.open(server.url, run=f"r{status}", tuning=tuning(pause=waits.append, give_up_failures=1_000))
                run.log({"a": 1}, 0)
                self.assertTrue(run.finish())
                self.assertEqual(server.points(("p", f"r{status}"), "a"), [(0, 1.0)])
                self.assertEqual(waits, [7.0, 7.0, 7.0])

    def test_Unreachable_NoRetryAfter_BacksOffLongerEachTime(self) -> None:
        server = self.serve()
        waits: List[float] = []
        answers = [problem(503, "busy")] * 8
        server.before = lambda _, request: answers.pop() if request.is_events and answers else None
        run = self.open(server.url, tuning=tuning(pause=waits.append, give_up_failures=1_000))
        run.log({"a": 1}, 0)
        self.assertTrue(run.finish())
        self.assertEqual(len(waits), 8)
        for failure, wait in enumerate(waits):
            ceiling = min(10.0, 0.5 * 2**failure)
            self.assertTrue(ceiling / 2 <= wait <= ceiling, waits)

    def test_Refused_WholeBatch_IsSetAsideWithTheAnswer(self) -> None:
        server = self.serve()
        server.before = lambda _, request: problem(400, "malformed", False) if request.is_events else None
        run = self.open(server.url)
        run.log({"a": 1}, 0)
        run.flush()
        server.before = None
        run.log({"a": 2}, 1)
        self.assertTrue(run.flush())
        self.assertEqual(server.points(RUN, "a"), [(1, 2.0)])
        self.assertEqual(len(self.rejected()), 1)
        with open(self.rejected()[0], encoding="utf-8") as source:
            record = json.load(source)
        self.assertEqual(record["answer"]["code"], "malformed")
        self.assertEqual(json.loads(record["body"])["events"][0]["value"], 1.0)
        self.assertTrue(self.said("malformed"))

    def test_Refused_OneEvent_TheRestOfItsBatchIsStored(self) -> None:
        server = self.serve()

        def refuse(_: StandIn, request: Request) -> Any:
            if request.is_events:
                for index, event in enumerate(json.loads(request.body)["events"]):
                    if event["tag"] == "bad":
                        return problem(422, "invalid", False, errors=[{"pointer": f"/events/{index}/value"}])
            return None

        server.before = refuse
        run = self.open(server.url)
        run.log({"good": 1, "bad": 2, "fine": 3}, 0)
        self.assertTrue(run.flush())
        self.assertEqual(server.points(RUN, "good") + server.points(RUN, "fine"), [(0, 1.0), (0, 3.0)])
        self.assertEqual(len(self.rejected()), 1)

    def test_Crashing_Request_IsSetAsideAfterTenAnswersOf500(self) -> None:
        server = self.serve()
        server.before = lambda _, request: problem(500, "internal") if request.is_events and b'"poison"' in request.body else None
        run = self.open(server.url, tuning=tuning(give_up_failures=1_000))
        run.log({"poison": 1}, 0)
        run.flush()
        run.log({"a": 2}, 1)
        self.assertTrue(run.flush())
        self.assertEqual(server.points(RUN, "a"), [(1, 2.0)])
        self.assertEqual(len([request for request in server.requests if b'"poison"' in request.body]), 10)
        self.assertEqual(len(self.rejected()), 1)

    def test_Missing_ArtifactRoute_DoesNotHoldUpTheRest(self) -> None:
        server = self.serve()
        server.before = lambda _, request: problem(404, "not_found", False) if "/artifacts/" in request.path else None
        run = self.open(server.url)
        run.log_artifact(b"content", "file.bin")
        run.log({"a": 2}, 1)
        self.assertTrue(run.flush())
        self.assertEqual(server.points(RUN, "a"), [(1, 2.0)])
        self.assertEqual(len(self.rejected()), 1)

    def test_Heavy_Arrays_BeyondTheirShareAreCountedNotKept(self) -> None:
        server = self.serve()
        run = self.open(server.url, tuning=tuning(pending_bytes=1_000, heavy_room_seconds=0.0))
        run._engine._wake.set = lambda: None  # type: ignore[method-assign]  # the packing thread stays asleep
        for step in range(5):
            run.log_text("notes", "x" * 400, step)
        del run._engine._wake.set
        self.assertTrue(run.flush())
        self.assertEqual(([event["step"] for event in server.of_type("text")], run._engine.dropped), ([0, 1], 3))

    def test_TooLarge_Batch_IsCutUntilItFits(self) -> None:
        server = self.serve()
        server.before = lambda _, request: problem(413, "too_large", False) if request.is_events and len(request.body) > 3_000 else None
        run = self.open(server.url)
        for step in range(1_000):
            run.log({"a": step, "b": -step}, step)
        self.assertTrue(run.flush())
        for tag, sign in (("a", 1), ("b", -1)):
            self.assertEqual(server.points(RUN, tag), [(step, float(sign * step)) for step in range(1_000)])
        self.assertEqual(self.rejected(), [])

    def test_Large_Body_IsCompressed(self) -> None:
        server = self.serve()
        run = self.open(server.url)
        run.log_text("notes", "word " * 10_000, 0)
        run.flush()
        sent = [request for request in server.requests if request.is_events]
        self.assertEqual(sent[0].headers["Content-Encoding"], "gzip")

    def test_Denied_Key_KeepsTheDataAndSaysSo(self) -> None:
        server = self.serve()
        unauthorized = problem(401, "unauthorized", False)
        server.before = lambda _, request: None if request.headers.get("Authorization") == "Bearer lb_right" else unauthorized
        run = self.open(server.url, api_key="lb_wrong", tuning=tuning(pause=None))
        run.log({"a": 1}, 0)
        self.assertFalse(run.finish(timeout=20))
        self.assertTrue(self.said("LOSSBOARD_API_KEY"))
        self.assertEqual(len(self.spooled()), 3)
        again = self.open(server.url, api_key="lb_right", run="other")
        again.log({"b": 1}, 0)
        self.assertTrue(again.flush())
        server.wait_for(lambda: server.points(RUN, "a") == [(0, 1.0)])

    def test_Denied_Key_IsToldOnceAndTriedLessAndLessOften(self) -> None:
        server = self.serve()
        waited: List[float] = []
        server.before = lambda _, request: problem(403, "forbidden", False) if len(waited) < 6 else None
        run = self.open(server.url, api_key="lb_read", tuning=tuning(pause=waited.append))
        run.log({"a": 1}, 0)
        run.flush()
        server.wait_for(lambda: server.points(RUN, "a") == [(0, 1.0)])
        self.assertEqual(waited[:6], [60.0, 120.0, 240.0, 480.0, 600.0, 600.0])
        self.assertEqual(sum("LOSSBOARD_API_KEY" in text for text in self.warnings), 1)

    def test_TwoThreads_Logging_NothingIsLost(self) -> None:
        server = self.serve()
        run = self.open(server.url)

        def work(tag: str) -> None:
            for step in range(20_000):
                run.log({tag: step}, step)

        threads = [threading.Thread(target=work, args=(tag,)) for tag in "abc"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertTrue(run.flush())
        for tag in "abc":
            self.assertEqual(server.points(RUN, tag), [(step, float(step)) for step in range(20_000)])

    def test_Close_Twice_DoesNothingMore(self) -> None:
        server = self.serve()
        run = self.open(server.url)
        run.log({"a": 1}, 0)
        self.assertTrue(run.finish())
        self.assertTrue(run.finish())
        run.log({"a": 2}, 1)
        self.assertEqual(server.points(RUN, "a"), [(0, 1.0)])
        self.assertEqual(server.runs[RUN]["status"], "finished")
        self.assertTrue(self.said("is closed"))

    def test_NoServer_DefaultSettings_CloseReturns(self) -> None:
        settings = Tuning()
        run = self.open(f"http://127.0.0.1:{free_port()}", tuning=settings)
        run.log({"a": 1}, 0)
        self.assertFalse(run.finish())
        self.assertEqual(len(self.spooled()), 3)
