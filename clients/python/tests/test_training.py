"""Losses with their terms, and checkpoints that say why they were saved."""

from __future__ import annotations

import os
import struct
import unittest
from typing import Any, Dict, Iterator, Tuple

from lossboard import penalty, safetensors
from lossboard._training import checkpoint_origin

from .standin import problem
from .support import RUN, ClientTest, tuning

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment]


def weights() -> Dict[str, Any]:
    if numpy is None:
        raise unittest.SkipTest("numpy is not installed")
    return {"w": numpy.array([1.0, 2.0], numpy.float32)}


class Number:
    """As much of a tensor as a penalty asks for."""

    def __init__(self, values: Any, dims: int = 2, trained: bool = True) -> None:
        self.values, self.dims, self.requires_grad = values, dims, trained

    def dim(self) -> int:
        return self.dims

    def abs(self) -> "Number":
        return Number([abs(value) for value in self.values])

    def pow(self, power: int) -> "Number":
        return Number([value ** power for value in self.values])

    def sum(self) -> float:
        return sum(self.values)


class Model:
    def named_parameters(self) -> Iterator[Tuple[str, Number]]:
        return iter((("weight", Number([1.0, -2.0])), ("bias", Number([5.0], 1)), ("frozen", Number([7.0], 2, False))))


class Losses(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()

    def test_Loss_OfTerms_IsTheirSum(self) -> None:
        run = self.open(self.server.url)
        run.log_loss(3, data=0.5, l2=0.125)
        run.log_loss(4, data=0.25, l1=0.5, l2=None, tag="val/loss", margin=1)
        self.assertTrue(run.flush())
        found = {tag: self.server.points(RUN, tag) for tag in ("train/loss", "train/loss/data", "train/loss/l1", "train/loss/l2", "val/loss", "val/loss/l1", "val/loss/margin")}
        self.assertEqual(found, {
            "train/loss": [(3, 0.625)], "train/loss/data": [(3, 0.5)], "train/loss/l1": [], "train/loss/l2": [(3, 0.125)],
            "val/loss": [(4, 1.75)], "val/loss/l1": [(4, 0.5)], "val/loss/margin": [(4, 1.0)],
        })

    def test_Penalty_CountsWeightsThatAreTrained(self) -> None:
        terms = penalty(Model(), l1=0.1, l2=0.01)
        self.assertAlmostEqual(terms.l1, 0.3, 12)
        self.assertAlmostEqual(terms.l2, 0.05, 12)
        self.assertAlmostEqual(terms.total, 0.35, 12)
        self.assertEqual(penalty(Model(), l1=1.0, only=lambda name, parameter: name == "bias"), (5.0, 0.0))

    def test_Penalty_NegativeFactor_IsRefused(self) -> None:
        with self.assertRaisesRegex(ValueError, "must not be negative"):
            penalty(Model(), l1=-1.0)

    def test_Checkpoint_WithAReason_SaysItInHeaders(self) -> None:
        run = self.open(self.server.url)
        run.log_checkpoint(weights(), 10, reason="best", metric="val/löss", value=0.25, goal="min")
        run.log_checkpoint(weights(), 20, metric="val/loss", value=float("nan"))
        run.log_checkpoint(weights(), 30)
        self.assertTrue(run.flush())
        said = [{name: value for name, value in request.headers.items() if name.startswith(("Artifact-Reason", "Artifact-Metric"))}
                for request in self.server.requests if request.method == "PUT" and "/artifacts/" in request.path]
        self.assertEqual(said, [
            {"Artifact-Reason": "best", "Artifact-Metric": "val/l%C3%B6ss", "Artifact-Metric-Value": "0.25", "Artifact-Metric-Goal": "min"},
            {"Artifact-Metric": "val/loss", "Artifact-Metric-Value": "NaN"}, {},
        ])

    def test_Checkpoint_WhileTheServerIsAway_KeepsItsReasonInTheSpool(self) -> None:
        self.server.before = lambda server, request: problem(503, "away", True)
        run = self.open(self.server.url, tuning=tuning(pause=None))
        run.log_checkpoint(weights(), 10, reason="interrupted")
        self.assertFalse(run.finish("failed", 1))
        self.server.before = None
        self.assertTrue(self.open(self.server.url).flush())
        uploads = [request for request in self.server.requests if "/artifacts/" in request.path]
        self.assertEqual([request.headers["Artifact-Reason"] for request in uploads][-1:], ["interrupted"])

    def test_Load_OfASavedFile_GivesTheTensorsBack(self) -> None:
        path = os.path.join(self.spool, "c.safetensors")
        safetensors.save(path, {**weights(), "steps": numpy.int64(7), "none": numpy.zeros((0, 3), numpy.float64)})
        found = safetensors.load(path)
        self.assertEqual({name: tensor.tolist() for name, tensor in found.items()}, {"w": [1.0, 2.0], "steps": 7, "none": []})
        self.assertEqual(list(found["none"].shape), [0, 3])

    def test_Load_OfWhatIsNone_IsRefusedWithTheReason(self) -> None:
        path = os.path.join(self.spool, "c")
        for content, words in ((b"short", "longer than the file"), (struct.pack("<Q", 2) + b"[]", "no safetensors file"),
                               (struct.pack("<Q", 52) + b'{"w":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}'[:52], "no safetensors file"),
                               (struct.pack("<Q", 55) + b'{"w":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}', "cut short")):
            with open(path, "wb") as target:
                target.write(content)
            with self.subTest(words=words), self.assertRaisesRegex(ValueError, words):
                safetensors.load(path)

    def test_Origin_BadOrHalf_IsRefusedWithTheWayOut(self) -> None:
        for arguments, words in ((("because", None, None, None), "reason must be one of"), ((None, None, 1.0, None), "need a metric"),
                                 ((None, "loss", None, None), "needs its value"), ((None, "loss", 1.0, "low"), "goal must be min or max")):
            with self.subTest(words=words), self.assertRaisesRegex(ValueError, words):
                checkpoint_origin(*arguments)  # type: ignore[arg-type]

    def test_Checkpoint_BadReason_WarnsAndTrainingGoesOn(self) -> None:
        run = self.open(self.server.url)
        run.log_checkpoint(weights(), 10, reason="because")
        self.assertTrue(self.said("reason must be one of"))


if __name__ == "__main__":
    unittest.main()
