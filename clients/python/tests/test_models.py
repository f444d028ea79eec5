"""Modules as TorchScript: what arrives can be loaded, computes the same, and has its parameters."""

from __future__ import annotations

import io
import os
import unittest
from typing import Any, Dict

from lossboard import SummaryWriter, _torchscript

from .support import RUN, ClientTest, tuning

try:
    import torch
    from torch import nn
except ImportError:
    raise unittest.SkipTest("torch is not installed") from None


class Network(nn.Module):
    """Can be traced and scripted."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(4, 3)
        self.norm = nn.BatchNorm1d(3)
        self.drop = nn.Dropout(0.5)
        self.output = nn.Linear(3, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.output(self.drop(torch.relu(self.norm(self.hidden(x)))))


class Untyped(Network):
    """Python that only tracing takes."""

    def forward(self, x, *rest, **options):  # type: ignore[no-untyped-def]
        return super().forward(x)


class Counting(Network):
    """A trace would hold the example's number of samples; a script does not."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.output(self.hidden(x.reshape(int(x.shape[0]), 4)).reshape(int(x.shape[0]), 3))


class Neither(Network):
    """A trace would hold the number of samples, and a script cannot be made."""

    def forward(self, x, *rest, **options):  # type: ignore[no-untyped-def]
        return self.output(torch.cat([self.hidden(row[None]) for row in x]))


class Named(Network):
    def forward(self, x: torch.Tensor) -> Dict[str, torch.Tensor]:
        return {"logits": self.hidden(x)}


class Tied(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(2, 2, bias=False)
        self.second = nn.Linear(2, 2, bias=False)
        self.second.weight = self.first.weight

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.second(self.first(x))


class Models(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        torch.manual_seed(1)
        self.server = self.serve()
        self.writer = SummaryWriter(project=RUN[0], run=RUN[1], server=self.server.url, spool=self.spool, environment=False, tuning=tuning())
        self.addCleanup(self.writer.close)
        self.x = torch.randn(6, 4)

    def stored(self) -> Dict[str, Any]:
        self.writer.flush()
        return {name: entry for (_, name), entry in self.server.artifacts.items()}

    def arrived(self, name: str = "model.pt") -> Any:
        stored = self.stored()
        self.assertIn(name, stored, self.warnings)
        self.assertEqual(stored[name]["type"], "model")
        return torch.jit.load(io.BytesIO(stored[name]["body"]))

    def check_same(self, arrived: Any, module: Any, x: Any) -> None:
        module.eval()
        arrived.eval()
        for part in (x, x[:1], x[:4]):
            # Same operations in the same order on the same machine; half a dozen roundings of float32 are allowed.
            self.assertTrue(torch.allclose(arrived(part), module(part), rtol=1e-5, atol=1e-6))
        self.assertEqual({name for name, _ in arrived.named_parameters()}, {name for name, _ in module.named_parameters()})
        self.assertEqual({name for name, _ in arrived.named_buffers()}, {name for name, _ in module.named_buffers()})

    def test_Model_InTraining_IsScriptedAsInEvaluationAndKeepsItsFlags(self) -> None:
        module = Network().train()
        module.norm.eval()
        self.writer.add_model(module, step=7)
        self.assertEqual([part.training for part in (module, module.hidden, module.norm, module.drop)], [True, True, False, True])
        self.assertEqual(self.stored()["model.pt"]["step"], "7")
        self.check_same(self.arrived(), module, self.x)
        self.assertEqual(self.warnings, [])

    def test_Model_WithExample_IsTraced(self) -> None:
        module = Untyped()
        before = torch.random.get_rng_state()
        self.writer.add_model(module, self.x, "untyped.pt")
        self.assertTrue(torch.equal(before, torch.random.get_rng_state()))
        self.assertTrue(module.drop.training)
        self.check_same(self.arrived("untyped.pt"), module, self.x)
        for example in ((self.x,), [self.x.numpy()], self.x.tolist(), self.x[:1], self.x.requires_grad_()):
            self.writer.add_model(module, example, "again.pt")
            self.check_same(self.arrived("again.pt"), module, self.x.detach())
        self.assertEqual(self.warnings, [])

    def test_Model_WhoseTraceHoldsTheNumberOfSamples_IsScripted(self) -> None:
        module = Counting()
        self.writer.add_model(module, self.x)
        self.check_same(self.arrived(), module, self.x)

    def test_Model_ThatCannotBeWritten_SaysBothReasonsAndTrainsOn(self) -> None:
        module = Neither()
        self.writer.add_model(module, self.x)
        self.assertTrue(module.training)
        self.assertTrue(self.said("tracing failed: the trace holds the example's 6 samples and is wrong for 3"))
        self.assertTrue(self.said("scripting failed: "))
        self.forget()
        self.writer.add_model(module)
        self.assertTrue(self.said("with example_inputs it would be traced"))
        self.forget()
        self.writer.add_model(module, torch.zeros(6, 5), method="trace")
        self.assertTrue(self.said("tracing failed: "))
        self.assertFalse(self.said("scripting"))
        self.forget()
        self.writer.add_model(module, method="trace")
        self.assertTrue(self.said("tracing needs example_inputs"))
        self.forget()
        self.writer.add_model(module, method="onnx")
        self.assertTrue(self.said("method must be 'trace', 'script' or None"))
        self.assertEqual(self.stored(), {})

    def test_Model_ThatReturnsAMapping_NamesTheWayOut(self) -> None:
        self.writer.add_model(Named(), self.x)
        self.assertEqual(self.stored(), {})
        self.assertTrue(self.said("forward() returns dict; the server needs a tensor"))

    def test_Model_InWrappers_IsTheOneInside(self) -> None:
        class Compiled(nn.Module):
            def __init__(self, inner: nn.Module) -> None:
                super().__init__()
                self._orig_mod = inner

        module = Network()
        self.writer.add_model(nn.DataParallel(Compiled(module)), self.x)
        self.check_same(self.arrived(), module, self.x)

    def test_Model_WithTiedWeights_KeepsThem(self) -> None:
        for example in (None, torch.ones(2, 2)):
            self.writer.add_model(Tied(), example)
            arrived = self.arrived()
            with torch.no_grad():
                next(iter(arrived.parameters())).zero_()
            self.assertEqual(float(arrived(torch.ones(2, 2)).abs().sum()), 0.0)
            self.assertEqual(sum(1 for _ in arrived.parameters()), 1)

    def test_Model_OfHalfPrecision_ArrivesInSinglePrecision(self) -> None:
        module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(8, 2)).half()
        self.writer.add_model(module, torch.ones(2, 1, 4, 4).half())
        self.assertEqual({tensor.dtype for tensor in self.arrived().parameters()}, {torch.float32})
        self.assertEqual({tensor.dtype for tensor in module.parameters()}, {torch.float16})
        self.assertEqual(self.warnings, [])

    def test_CpuCopy_OfAModuleWithAGraphInIt_SharesNothing(self) -> None:
        module = nn.Sequential(nn.utils.weight_norm(nn.Linear(4, 2)), Tied()).to(torch.bfloat16)
        module(self.x.to(torch.bfloat16))
        copied = _torchscript._on_cpu(module)
        self.assertEqual({name for name, _ in copied.named_parameters()}, {name for name, _ in module.named_parameters()})
        self.assertIs(copied[1].first.weight, copied[1].second.weight)
        self.assertFalse({tensor.data_ptr() for tensor in copied.parameters()} & {tensor.data_ptr() for tensor in module.parameters()})
        self.writer.add_model(module, self.x)
        self.assertEqual(self.arrived()(self.x).shape, (6, 2))

    def test_Model_OfAttention_CanBeDifferentiatedTwice(self) -> None:
        module = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
        x = torch.randn(2, 3, 8)
        self.writer.add_model(module, x)
        arrived = self.arrived()
        parameters = list(arrived.parameters())
        self.assertEqual(len(parameters), len(list(module.parameters())))
        first = torch.autograd.grad(arrived(x).pow(2).sum(), parameters, create_graph=True)
        second = torch.autograd.grad(sum(part.pow(2).sum() for part in first), parameters)
        self.assertTrue(all(bool(torch.isfinite(part).all()) for part in second))

    def test_TorchScript_AsModulePathOrBytes_IsUploadedAsItIs(self) -> None:
        scripted = torch.jit.script(Network())
        self.writer.add_model(scripted, name="module.pt")
        self.assertTrue(scripted.training)
        path = os.path.join(self.spool, "file.pt")
        scripted.save(path)
        with open(path, "rb") as source:
            content = source.read()
        self.writer.add_model(path, name="path.pt")
        self.writer.add_model(content, name="bytes.pt")
        stored = self.stored()
        self.assertEqual((stored["path.pt"]["body"], stored["bytes.pt"]["body"]), (content, content))
        self.check_same(self.arrived("module.pt"), scripted, self.x)

    def test_Model_ThatIsNone_NamesTheWayOut(self) -> None:
        pickled = io.BytesIO()
        torch.save(Network().state_dict(), pickled)
        frozen = torch.jit.freeze(torch.jit.script(Network().eval()))
        for wrong, words in (
            (pickled.getvalue(), "torch.save writes none"), (b"nothing", "no TorchScript file"), (Network().state_dict(), "add_checkpoint() takes weights"),
            (3, "not int"), (os.path.join(self.spool, "none.pt"), "none.pt"), (frozen, "has no parameters"),
        ):
            self.forget()
            self.writer.add_model(wrong)
            self.assertTrue(self.said(words), f"{words!r} in {self.warnings}")
        self.assertEqual(self.stored(), {})


if __name__ == "__main__":
    unittest.main()
