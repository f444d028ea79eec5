"""Checkpoints and batches: which bytes reach the server."""

from __future__ import annotations

import unittest
from typing import Any, Dict

from lossboard import SummaryWriter

from .reading import tensors
from .support import RUN, ClientTest, tuning
from .test_writer import needs


class Weights(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()
        self.writer = self.open_writer()

    def open_writer(self, **changed: Any) -> SummaryWriter:
        writer = SummaryWriter(
            project=RUN[0], run=RUN[1], server=self.server.url, spool=self.spool, environment=False, tuning=tuning(**changed))
        self.addCleanup(writer.close)
        return writer

    def stored(self) -> Dict[str, Any]:
        self.assertTrue(self.writer.run.flush())
        return {name: entry for (_, name), entry in self.server.artifacts.items()}

    def test_Checkpoint_ChangedInPlaceAfterwards_HoldsTheWeightsOfTheCall(self) -> None:
        torch = needs("torch")
        model = torch.nn.Linear(2, 1)
        with torch.no_grad():
            model.weight[:] = torch.tensor([[1.0, 2.0]])
            model.bias[:] = 3.0
        self.writer.add_checkpoint(model.state_dict(), 10)
        with torch.no_grad():
            model.weight.zero_()
        self.writer.add_checkpoint(model, 20, "last.safetensors")
        stored = self.stored()
        first = stored["checkpoints/10.safetensors"]
        self.assertEqual((first["type"], first["step"]), ("checkpoint", "10"))
        self.assertEqual(tensors(first["body"]), {"weight": ("F32", [1, 2], [1.0, 2.0]), "bias": ("F32", [1], [3.0])})
        self.assertEqual(tensors(stored["last.safetensors"]["body"])["weight"][2], [0.0, 0.0])
        self.assertEqual(self.warnings, [])

    def test_Checkpoint_OddTensors_AreWhatTheyAre(self) -> None:
        torch = needs("torch")
        shared = torch.arange(6.0).reshape(2, 3)
        self.writer.add_checkpoint({
            "tied.a": shared, "tied.b": shared, "turned": shared.t(), "every.other": shared[:, ::2], "bf16": shared.to(torch.bfloat16),
            "half": shared.half(), "double": shared.double(), "num_batches_tracked": torch.tensor(7), "mask": torch.tensor([True, False]),
            "empty": torch.zeros(0, 4), "gradient": torch.tensor([1.5], requires_grad=True) * 2, "layer._extra_state": {"anything": 1},
        }, 0)
        found = tensors(self.stored()["checkpoints/0.safetensors"]["body"])
        row = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
        self.assertEqual(found, {
            "tied.a": ("F32", [2, 3], row), "tied.b": ("F32", [2, 3], row), "turned": ("F32", [3, 2], [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]),
            "every.other": ("F32", [2, 2], [0.0, 2.0, 3.0, 5.0]), "bf16": ("BF16", [2, 3], row), "half": ("F16", [2, 3], row),
            "double": ("F64", [2, 3], row), "num_batches_tracked": ("I64", [], [7]), "mask": ("BOOL", [2], [True, False]),
            "empty": ("F32", [0, 4], []), "gradient": ("F32", [1], [3.0]),
        })

    def test_Checkpoint_InsideWrappers_HasThePlainNames(self) -> None:
        torch = needs("torch")
        self.writer.add_checkpoint(torch.nn.DataParallel(torch.nn.Linear(1, 1)), 1)
        self.assertEqual(set(tensors(self.stored()["checkpoints/1.safetensors"]["body"])), {"weight", "bias"})

    def test_Checkpoint_OfNumpy_NeedsNoTorch(self) -> None:
        numpy = needs("numpy")
        self.writer.add_checkpoint({
            "w": numpy.arange(4, dtype=numpy.float32).reshape(2, 2).T, "big": numpy.array([1.5, -2], dtype=">f8"), "one": numpy.float64(0.5),
        }, 1)
        self.assertEqual(tensors(self.stored()["checkpoints/1.safetensors"]["body"]), {
            "w": ("F32", [2, 2], [0.0, 2.0, 1.0, 3.0]), "big": ("F64", [2], [1.5, -2.0]), "one": ("F64", [], [0.5])})

    def test_Checkpoint_LargerThanItsShareOfMemory_GoesThroughTheSpoolWhole(self) -> None:
        numpy = needs("numpy")
        self.writer.close()
        self.writer = self.open_writer(pending_bytes=4096)
        values = numpy.arange(10_000, dtype=numpy.float64)
        self.writer.add_checkpoint({"w": values}, 1)
        values[:] = 0
        self.assertEqual(tensors(self.stored()["checkpoints/1.safetensors"]["body"])["w"][2], list(range(10_000)))
        self.assertEqual(self.spooled(), [])

    def test_Checkpoints_MoreThanMemoryHolds_NoneIsDropped(self) -> None:
        numpy = needs("numpy")
        self.writer.close()
        self.writer = self.open_writer(pending_bytes=4096)
        for step in range(40):
            self.writer.add_checkpoint({"w": numpy.full(100, step, dtype=numpy.float64)}, step)
        stored = self.stored()
        self.assertEqual(sorted(int(entry["step"]) for entry in stored.values()), list(range(40)))
        self.assertEqual(tensors(stored["checkpoints/39.safetensors"]["body"])["w"][2], [39.0] * 100)

    def test_Checkpoint_ThatIsNone_NamesTheWayOut(self) -> None:
        torch = needs("torch")
        model = torch.nn.Linear(1, 1)
        for wrong in ({"model": model.state_dict(), "epoch": 3}, 5, {}, {"w": torch.zeros(2).to_sparse()}):
            self.writer.add_checkpoint(wrong, 1)
        self.writer.add_checkpoint({"w": torch.zeros(2, dtype=torch.complex64)}, 1)
        self.assertEqual(self.stored(), {})
        self.assertTrue(self.said("'model' is no tensor but OrderedDict: give the module or its state_dict()"))
        self.assertTrue(self.said("there are no weights in it"))

    def test_Batch_OfLists_NeedsNoLibrary(self) -> None:
        self.writer.add_batch([[0.5, 1.0], [2.0, 3.0]], [1, 0], [1, 0.5], step=4)
        stored = self.stored()["batch.safetensors"]
        self.assertEqual((stored["type"], stored["step"]), ("batch", "4"))
        self.assertEqual(tensors(stored["body"]), {
            "inputs": ("F32", [2, 2], [0.5, 1.0, 2.0, 3.0]), "targets": ("I64", [2], [1, 0]), "weights": ("F64", [2], [1.0, 0.5])})

    def test_Batch_OfTensors_ClassesAre64BitAndOtherTargetsStay(self) -> None:
        torch = needs("torch")
        inputs = torch.arange(6.0).reshape(3, 2)
        self.writer.add_batch(inputs, torch.tensor([0, 1, 2], dtype=torch.uint8), name="classes.safetensors")
        self.writer.add_batch([row for row in inputs], [torch.tensor(2), torch.tensor(0), torch.tensor(1)], name="listed.safetensors")
        self.writer.add_batch(inputs.int(), inputs[:, :1].double(), name="values.safetensors")
        inputs.zero_()
        found = {name: tensors(entry["body"]) for name, entry in self.stored().items()}
        self.assertEqual(found["classes.safetensors"], {"inputs": ("F32", [3, 2], [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]), "targets": ("I64", [3], [0, 1, 2])})
        self.assertEqual(found["listed.safetensors"], {"inputs": found["classes.safetensors"]["inputs"], "targets": ("I64", [3], [2, 0, 1])})
        self.assertEqual(found["values.safetensors"], {"inputs": ("I32", [3, 2], [0, 1, 2, 3, 4, 5]), "targets": ("F64", [3, 1], [0.0, 2.0, 4.0])})

    def test_Batch_OfNumpy_IsThatOfLists(self) -> None:
        numpy = needs("numpy")
        self.writer.add_batch(numpy.array([[0.5], [1.0]], numpy.float32), numpy.array([1, 0], numpy.int16), numpy.array([1, 2]), "a")
        self.writer.add_batch([numpy.array([0.5], numpy.float32), numpy.array([1.0], numpy.float32)], [numpy.int8(1), numpy.int8(0)], [1, 2], "b")
        stored = self.stored()
        self.assertEqual(stored["a"]["body"], stored["b"]["body"])
        self.assertEqual(tensors(stored["a"]["body"])["targets"], ("I64", [2], [1, 0]))

    def test_Batch_ThatDoesNotFit_SaysWhat(self) -> None:
        cases = [
            (([[1.0], [2.0]], [0, 1, 1]), "targets must have one entry for each of the 2 inputs, not 3"),
            (([[1.0], [2.0]], None, [1.0]), "weights must have one entry for each of the 2 inputs, not 1"),
            (([[1.0], [2.0]], None, [1.0, -1.0]), "weights must be finite and not negative, not -1.0"),
            (([[1.0], [2.0]], None, [[1.0], [1.0]]), "weights must be one number for each sample"),
            (([[1.0], [2.0, 3.0]],), "inputs must be rows of equal length"),
            (([],), "at least one sample"),
            ((1.0,), "along its first axis, not be a single number"),
            (({"input_ids": [1]},), "not a mapping"),
            ((["a"],), "inputs must hold numbers, not str"),
        ]
        for arguments, words in cases:
            self.forget()
            self.writer.add_batch(*arguments)
            self.assertTrue(self.said(words), f"{words!r} in {self.warnings}")
        self.assertEqual(self.stored(), {})


if __name__ == "__main__":
    unittest.main()
