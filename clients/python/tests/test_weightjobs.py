"""Jobs on the weights of a run."""

from __future__ import annotations

from typing import Any

from .standin import problem
from .support import RUN, ClientTest

PATH = {"run_id": "run-0"}


class WeightJobsTests(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()

    def test_Path_IsAskedFor_OnceTheCheckpointsAreStored(self) -> None:
        run = self.open(self.server.url)
        run.log_artifact(b"1", name="checkpoints/0.safetensors", type="checkpoint", step=0)
        run.log_artifact(b"2", name="checkpoints/10.safetensors", type="checkpoint", step=10)
        self.assertEqual(run.add_weight_pca(name="mine"), "job-1")
        self.assertEqual(len([key for key in self.server.artifacts if key[1].startswith("checkpoints/")]), 2)
        run.add_weight_pca(["checkpoints/0.safetensors", "checkpoints/10.safetensors"], dims=3, clusters=0, seed=4)
        self.assertEqual(self.server.jobs, [
            {"kind": "weight_pca", "project": RUN[0], "name": "mine", "spec": {**PATH, "dims": 2}},
            {"kind": "weight_pca", "project": RUN[0], "spec": {**PATH, "dims": 3, "checkpoints": ["checkpoints/0.safetensors", "checkpoints/10.safetensors"], "clusters": 0, "seed": 4}},
        ])

    def test_Samples_NameTheRunsFiles_OrThoseOfAnother(self) -> None:
        run = self.open(self.server.url)
        run.add_monte_carlo("sgld", 200, "mse", batch={"run_id": "other", "name": "b"}, center="checkpoints/0.safetensors", burn_in=5, temperature=2)
        self.assertEqual(self.server.jobs[0]["spec"], {
            "model": {"run_id": "run-0", "name": "model.pt"}, "batch": {"run_id": "other", "name": "b"}, "center": {"run_id": "run-0", "name": "checkpoints/0.safetensors"},
            "loss": "mse", "sampler": "sgld", "samples": 200, "burn_in": 5, "temperature": 2})

    def test_WhatDoesNotFit_OrIsRefused_IsAWarning(self) -> None:
        def refuse(server: Any, request: Any) -> Any:
            return problem(422, "invalid", errors=[{"pointer": "/spec/checkpoints", "detail": "At least 2 checkpoints are needed."}]) if request.path == "/api/v1/jobs" else None

        run = self.open(self.server.url)
        self.assertIsNone(run.add_weight_pca(dims=4))
        self.assertTrue(self.said("2 or 3"))
        self.assertIsNone(run.add_monte_carlo("metropolis"))
        self.assertTrue(self.said("gaussian, uniform, sgld, swag"))
        self.assertIsNone(run.add_monte_carlo(sclae=2))
        self.assertTrue(self.said("sclae"))
        self.server.before = refuse
        self.assertIsNone(run.add_weight_pca())
        self.assertTrue(self.said("At least 2 checkpoints"))
