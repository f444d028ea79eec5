"""Landscapes that were computed elsewhere."""

from __future__ import annotations

import json
import math
import unittest
from typing import Any, Dict

from lossboard import SummaryWriter

from .support import RUN, ClientTest, tuning
from .test_writer import needs


class Landscapes(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()
        self.writer = SummaryWriter(project=RUN[0], run=RUN[1], server=self.server.url, spool=self.spool, environment=False, tuning=tuning())
        self.addCleanup(self.writer.close)

    def stored(self) -> Dict[str, Any]:
        self.writer.flush()
        return {name: entry for (_, name), entry in self.server.artifacts.items()}

    def test_Plane_WithHoles_KeepsItsRowsAndTheirNames(self) -> None:
        path = {"x": [0.5, 0], "y": [1, 0], "loss": [2.5, 0.5], "names": ["start", "end"], "steps": [0, 10]}
        self.writer.add_landscape([-1, 0, 1], [0, 1], [[1, 0.5, math.nan], [math.inf, 2, -math.inf]], name="mine/plane",
                                  accuracy=[[0, 1, 0], [1, 0, 1]], path=path, step=10)
        stored = self.stored()["landscapes/mine/plane.json"]
        self.assertEqual((stored["type"], stored["step"]), ("landscape", "10"))
        self.assertEqual(json.loads(stored["body"]), {
            "x": [-1, 0, 1], "y": [0, 1], "loss": [[1, 0.5, "NaN"], ["Infinity", 2, "-Infinity"]], "accuracy": [[0, 1, 0], [1, 0, 1]],
            "center_loss": None, "path": path, "explained_variance": None, "eigenvalues": None, "device": None,
            "engine": "computed elsewhere", "seconds": None})
        self.assertEqual(self.warnings, [])

    def test_Curve_WithOrWithoutItsRow_IsOneRow(self) -> None:
        self.writer.add_landscape([0, 0.5], None, [3, 4], name="flat")
        self.writer.add_landscape((0, 0.5), None, [[3, 4]], name="row", path={"x": [0.25]})
        stored = self.stored()
        flat, row = json.loads(stored["landscapes/flat.json"]["body"]), json.loads(stored["landscapes/row.json"]["body"])
        self.assertEqual((flat["y"], flat["loss"], flat["path"]), (None, [[3, 4]], None))
        self.assertEqual((row["loss"], row["path"]), ([[3, 4]], {"x": [0.25], "y": [0], "loss": ["NaN"], "names": ["0"], "steps": [0]}))

    def test_Arrays_OfNumpyAndTorch_AreThoseOfLists(self) -> None:
        numpy = needs("numpy")
        x, y = numpy.linspace(-1, 1, 5), numpy.linspace(0, 1, 3)
        z = y[:, None] + x[None, :] ** 2
        self.writer.add_landscape(x, y, z, name="array")
        self.writer.add_landscape(x.tolist(), y.tolist(), z.tolist(), name="list")
        stored = self.stored()
        self.assertEqual(stored["landscapes/array.json"]["body"], stored["landscapes/list.json"]["body"])
        torch = needs("torch")
        self.writer.add_landscape(torch.from_numpy(x), torch.from_numpy(y), torch.from_numpy(z).requires_grad_(), name="tensor")
        self.assertEqual(self.stored()["landscapes/tensor.json"]["body"], stored["landscapes/list.json"]["body"])

    def test_Shapes_ThatDoNotFit_AreNamed(self) -> None:
        good = ([0, 1, 2], [0, 1], [[1, 2, 3], [4, 5, 6]])
        cases = [
            ((good[0], good[1], [[1, 4], [2, 5], [3, 6]]), {}, "must be 2 rows of 3 values (y by x), not 3 rows of 2; it looks transposed"),
            ((good[0], good[1], [[1, 2, 3]]), {}, "must be 2 rows of 3 values (y by x), not 1 rows of 3"),
            ((good[0], good[1], [[1, 2, 3], [4, 5]]), {}, "rows of equal length, not of 2 and 3"),
            ((good[0], good[1], [1, 2, 3]), {}, "z must be rows of numbers: a row for each y"),
            (([0, 2, 1], good[1], good[2]), {}, "x must rise, but 1.0 follows 2.0"),
            ((good[0], [1, 1], good[2]), {}, "y must rise, but 1.0 follows 1.0"),
            (([0, math.inf, 2], good[1], good[2]), {}, "x must be finite, not inf"),
            (([good[0], good[0]], good[1], good[2]), {}, "not a mesh of them"),
            (([], good[1], good[2]), {}, "at least one position"),
            ((range(1001), range(1000), good[2]), {}, "at most 1000000 points, not 1001000"),
            (("abc", good[1], good[2]), {}, "x must be a list of numbers, not str"),
            ((good[0], good[1], [["a", 2, 3], [4, 5, 6]]), {}, "z must hold numbers, not str"),
            (good, {"accuracy": [[1, 2, 3]]}, "accuracy must be 2 rows of 3 values"),
            (good, {"path": {"x": [0, 1], "y": [0]}}, "path's y must have one entry for each of its 2 points, not 1"),
            (good, {"path": {"x": [0]}}, "path must have y"),
            (good, {"path": {"x": [0], "y": [0], "z": [1]}}, "'z' is none of them"),
            (good, {"path": [[0, 0]]}, "path must be a mapping"),
            (good, {"name": ""}, "must not be empty"),
        ]
        for arguments, named, words in cases:
            self.forget()
            self.writer.add_landscape(*arguments, **named)
            self.assertTrue(self.said(words), f"{words!r} in {self.warnings}")
        self.assertEqual(self.stored(), {})


if __name__ == "__main__":
    unittest.main()
