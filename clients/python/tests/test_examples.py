"""What the demo asks a server for."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import unittest
from typing import Any, Dict, List, Optional
from unittest import SkipTest

from .standin import Request, StandIn, problem
from .support import ROOT, ClientTest

PATH = os.path.join(ROOT, os.pardir, os.pardir, "examples", "model_jobs.py")
RESULT = {"run": "healthy/seed-1", "checkpoints": ["checkpoints/0.safetensors", "checkpoints/9.safetensors"]}


class Demo(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        if not os.path.exists(PATH):
            raise SkipTest("the examples are not here")
        spec = importlib.util.spec_from_file_location("model_jobs", PATH)
        module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
        spec.loader.exec_module(module)  # type: ignore[union-attr]
        self.server = self.serve()
        self.server.before = self.answer
        self.jobs: List[Dict[str, Any]] = []
        self.refusal: Optional[Any] = None
        self.asking = module.ModelJobs(self.server.url + "/", "a b")

    def answer(self, server: StandIn, request: Request) -> Any:
        if request.method == "GET":
            return 200, {}, {"items": [{"id": f"id-{sum(other.method == 'GET' for other in server.requests)}"}]}
        self.jobs.append(json.loads(request.body))
        return self.refusal or (202, {}, {"id": "j"})

    def finish(self, *names: str) -> str:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            for name in names:
                self.asking.finished({**RESULT, "run": name})
        return said.getvalue()

    def test_Jobs_OfFinishedRuns_HaveTheShapesOfTheInterface(self) -> None:
        said = self.finish("diverging", "healthy/seed-1", "healthy/seed-2", "slow")
        model, other = ({"run_id": run, "name": "model.pt"} for run in ("id-1", "id-2"))
        train, validation = ({"run_id": "id-1", "name": f"batches/{split}.safetensors"} for split in ("train", "validation"))
        common = {"model": model, "batch": train, "validation_batch": validation, "loss": "cross_entropy"}
        plane = {"x": {"points": 31}, "y": {"points": 31}}
        self.assertEqual(self.jobs, [
            {"kind": "landscape", "project": "a b", "name": "Path of healthy/seed-1",
             "spec": {**common, "directions": {"kind": "pca", "checkpoints": RESULT["checkpoints"]}, **plane}},
            {"kind": "landscape", "project": "a b", "name": "Around healthy/seed-1",
             "spec": {**common, "directions": {"kind": "random", "seed": 1, "normalize": "filter"}, **plane}},
            {"kind": "hessian", "project": "a b", "name": "Curvature of healthy/seed-1",
             "spec": {"model": model, "batch": train, "loss": "cross_entropy", "top": 5, "bottom": 1, "trace": True, "density": True, "seed": 0}},
            *self.expected(model, train, validation),
            {"kind": "landscape", "project": "a b", "name": "From healthy/seed-1 to healthy/seed-2",
             "spec": {**common, "directions": {"kind": "between", "to": other}, "x": {"points": 51}, "y": None}},
        ])
        self.assertIn(f"{self.server.url}/jobs?project=a+b", said)

    def expected(self, model: Any, train: Any, validation: Any) -> List[Dict[str, Any]]:
        around = {"model": model, "batch": train, "loss": "cross_entropy", "samples": 400, "seed": 1}
        subject = {"model": model, "batch": validation}
        specs = {
            "Weights of": ("weight_pca", {"run_id": "id-1", "checkpoints": RESULT["checkpoints"], "dims": 3}),
            "Gaussian around": ("monte_carlo", {**around, "sampler": "gaussian", "scale": 0.01}),
            "SWAG of": ("monte_carlo", {**around, "sampler": "swag", "checkpoints": RESULT["checkpoints"]}),
            "Saliency of": ("saliency", {**subject, "samples": list(range(8))}),
            "Activations of": ("activations", {**subject, "samples": list(range(4))}),
            "Gradients of": ("gradients", {**subject, "loss": "cross_entropy"}),
        }
        return [{"kind": kind, "project": "a b", "name": f"{name} healthy/seed-1", "spec": spec} for name, (kind, spec) in specs.items()]

    def test_Jobs_OfAServerWithoutThem_AreGivenUpInOneLine(self) -> None:
        self.refusal = problem(404, "not_found")
        self.assertEqual(self.finish("healthy/seed-1", "healthy/seed-2"), "No jobs on healthy/seed-1: this server computes none\n")
        self.assertEqual(len(self.jobs), 1)

    def test_Jobs_Refused_AreSaidAndTheOthersAskedFor(self) -> None:
        self.refusal = problem(422, "too_many_points")
        said = self.finish("healthy/seed-1").splitlines()
        self.assertEqual(len(self.jobs), 9)
        self.assertEqual(said[0], 'Not asked for "Path of healthy/seed-1": the server answers 422 (test: too_many_points)')

    def test_Jobs_OfAServerThatIsGone_AreGivenUp(self) -> None:
        self.server.close()
        self.assertIn("No jobs on healthy/seed-1: ", self.finish("healthy/seed-1"))


if __name__ == "__main__":
    unittest.main()
