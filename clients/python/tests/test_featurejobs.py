"""Jobs that look into a run's model."""

from __future__ import annotations

from .support import RUN, ClientTest

FILES = {"model": {"run_id": "run-0", "name": "model.pt"}, "batch": {"run_id": "run-0", "name": "batch.safetensors"}}


class FeatureJobsTests(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()

    def test_Looks_NameTheRunsFiles(self) -> None:
        run = self.open(self.server.url)
        self.assertEqual(run.add_saliency([0, 3], target=2, smooth=8, name="mine"), "job-1")
        run.add_activations(["conv"], [1], center="checkpoints/0.safetensors")
        run.add_gradients("mse", batch={"run_id": "other", "name": "b"}, l2=0.5)
        self.assertEqual(self.server.jobs, [
            {"kind": "saliency", "project": RUN[0], "name": "mine", "spec": {**FILES, "samples": [0, 3], "target": 2, "smooth": 8}},
            {"kind": "activations", "project": RUN[0], "spec": {**FILES, "center": {"run_id": "run-0", "name": "checkpoints/0.safetensors"}, "modules": ["conv"], "samples": [1]}},
            {"kind": "gradients", "project": RUN[0], "spec": {**FILES, "batch": {"run_id": "other", "name": "b"}, "loss": "mse", "l2": 0.5}},
        ])

    def test_Setting_OfAnotherKind_IsAWarning(self) -> None:
        run = self.open(self.server.url)
        self.assertIsNone(run.add_activations(smooth=3))
        self.assertTrue(self.said("smooth"))
