"""What is logged of gradients, from a model that trains and from arrays."""

from __future__ import annotations

import copy
import math
import pickle
from collections import OrderedDict
from typing import Any, Dict, List, Tuple

from lossboard import _cadence, _signedlog

from .support import RUN, ClientTest
from .test_writer import needs

# float32 sums in another order.
TOLERANCE = 1e-5


class Watching(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.torch = needs("torch")
        self.torch.manual_seed(3)
        self.server = self.serve()
        self.run_ = self.open(self.server.url)
        nn = self.torch.nn
        self.model = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 2))
        self.optimizer = self.torch.optim.SGD(self.model.parameters(), lr=0.1)
        self.inputs, self.labels = self.torch.randn(8, 4), self.torch.randint(0, 2, (8,))

    def step(self) -> None:
        self.optimizer.zero_grad()
        self.torch.nn.functional.cross_entropy(self.model(self.inputs), self.labels).backward()

    def train(self, steps: int, log: bool = True, first: int = 0) -> List[Tuple[Dict[str, Any], Dict[str, Any]]]:
        """Gradients and weights of each step, as they were right before the update."""
        seen = []
        for step in range(first, first + steps):
            self.step()
            seen.append(tuple({name: one.double().clone() for name, one in part} for part in (
                [(name, p.grad) for name, p in self.model.named_parameters()], [(name, p.detach()) for name, p in self.model.named_parameters()])))
            self.optimizer.step()
            if log:
                self.run_.log({"train/loss": 1.0}, step)
        return seen

    def points(self, tag: str) -> Dict[int, float]:
        self.assertTrue(self.run_.flush())
        return {step: float(value) for step, value in self.server.points(RUN, tag)}

    def assert_near(self, found: float, expected: float) -> None:
        self.assertLessEqual(abs(found - float(expected)), TOLERANCE * max(1.0, abs(float(expected))))

    def test_Watch_EveryStep_LogsNormsCosinesAndUpdatesOfEachParameter(self) -> None:
        self.run_.watch(self.model, every=1, histograms_every=0)
        seen = self.train(4)
        for name in ("0.weight", "2.bias"):
            norms, cosines, ratios = (self.points(f"gradients/{name}/{tag}") for tag in ("norm", "cosine", "update_ratio"))
            self.assertEqual((sorted(norms), sorted(cosines)), ([0, 1, 2, 3], [1, 2, 3]))
            for step in range(1, 4):
                (old, old_weights), (new, weights) = seen[step - 1], seen[step]
                self.assert_near(norms[step], new[name].norm())
                self.assert_near(cosines[step], (new[name] * old[name]).sum() / new[name].norm() / old[name].norm())
                self.assert_near(ratios[step], (weights[name] - old_weights[name]).norm() / old_weights[name].norm())
                self.assert_near(self.points(f"weights/{name}/norm")[step], weights[name].norm())
        self.assertEqual(self.points("gradients/2.weight/size"), {0: 12.0})
        self.assertEqual([self.points(f"gradients/{name}/position")[0] for name in ("0.weight", "0.bias", "2.weight", "2.bias")], [0, 1, 2, 3])
        self.assertEqual(self.warnings, [])

    def test_Watch_WholeModel_IsAllParametersEndToEnd(self) -> None:
        self.run_.watch(self.model, every=1, histograms_every=0)
        seen = self.train(2)
        flat = [[self.torch.cat([one.reshape(-1) for one in part.values()]) for part in step] for step in seen]
        self.assert_near(self.points("gradients/norm")[1], flat[1][0].norm())
        self.assert_near(self.points("gradients/cosine")[1], self.torch.dot(flat[0][0], flat[1][0]) / flat[0][0].norm() / flat[1][0].norm())
        self.assert_near(self.points("gradients/update_ratio")[1], (flat[1][1] - flat[0][1]).norm() / flat[0][1].norm())
        self.assert_near(self.points("weights/norm")[1], flat[1][1].norm())
        self.assertEqual(self.points("gradients/size"), {0: 4 * 6 + 6 + 6 * 2 + 2})

    def test_Watch_Sparser_ComparesWithTheStepRightBefore(self) -> None:
        self.run_.watch(self.model, every=3, histograms_every=0)
        seen = self.train(5)
        cosines = self.points("gradients/0.weight/cosine")
        self.assertEqual((sorted(self.points("gradients/norm")), sorted(cosines)), ([0, 3], [3]))
        new, old = seen[3][0]["0.weight"], seen[2][0]["0.weight"]
        self.assert_near(cosines[3], (new * old).sum() / new.norm() / old.norm())

    def test_Watch_WithOptimizer_SeesClippedGradientsOnceForSeveralBackwardPasses(self) -> None:
        self.run_.watch(self.model, self.optimizer, every=1, histograms_every=0)
        for step in range(3):
            self.step()
            self.torch.nn.functional.cross_entropy(self.model(self.inputs), self.labels).backward()
            self.torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1e-3)
            if step != 1:
                self.run_.log({"train/loss": 1.0}, step)  # before the update, as well as after it
            self.optimizer.step()
            if step == 1:
                self.run_.log({"train/loss": 1.0}, step)
        norms = self.points("gradients/norm")
        self.assertEqual(sorted(norms), [0, 1, 2])
        for norm in norms.values():
            self.assertAlmostEqual(norm, 1e-3, delta=1e-6)  # clipping divides by the norm plus a millionth

    def test_Watch_JobThatWasTakenUpAgain_HasTheStepsOfItsLog(self) -> None:
        self.run_.watch(self.model, every=2, histograms_every=0)
        self.train(4, first=1000)
        self.run_.log({"epoch/loss": 1.0}, 3)
        self.train(2, log=False)
        self.run_.finish()
        self.assertEqual(sorted(self.points("gradients/norm")), [1000, 1002, 1004])

    def test_Watch_WithoutLoggedSteps_CountsThem(self) -> None:
        watch = self.run_.watch(self.model, every=2, histograms_every=0)
        self.train(5, log=False)
        watch.stop()
        watch.stop()
        self.train(2, log=False)
        self.assertEqual(sorted(self.points("gradients/norm")), [0, 2, 4])

    def test_Watch_NumbersThatAreNone_AreCountedAndDoNotStopIt(self) -> None:
        self.run_.watch(self.model, every=1, histograms_every=1)
        self.train(1)
        with self.torch.no_grad():
            self.model[2].weight[0, 0] = float("nan")
        self.train(1, first=1)
        self.assertEqual(self.points("gradients/2.bias/non_finite"), {0: 0.0, 1: 2.0})
        self.assertTrue(math.isnan(self.points("gradients/2.bias/norm")[1]))
        self.assertEqual(self.points("gradients/2.bias/cosine"), {})
        steps = [event["step"] for event in self.server.of_type("histogram") if event["tag"] == "gradients/2.bias"]
        self.assertEqual(steps, [0])
        self.assertEqual(self.warnings, [])

    def test_Watch_Zeros_AreAShare(self) -> None:
        self.run_.watch(self.model, every=1, histograms_every=0, parameters=r"^0\.")
        with self.torch.no_grad():
            self.model[0].bias[:3] = -100.0
            self.model[0].bias[3:] = 100.0
        self.train(1)
        self.assertEqual((self.points("gradients/0.weight/zeros"), self.points("gradients/0.bias/zeros")), ({0: 0.5}, {0: 0.5}))
        self.assertEqual(self.points("gradients/2.bias/norm"), {})

    def test_Watch_Histograms_HoldEveryNumberInItsDecade(self) -> None:
        self.run_.watch(self.model, every=1, histograms_every=2)
        seen = self.train(3)
        self.assertTrue(self.run_.flush())
        found = {(event["tag"], event["step"]): event for event in self.server.of_type("histogram")}
        self.assertEqual(sorted(found), sorted((f"{kind}/{name}", step) for kind in ("gradients", "weights") for name in ("0.weight", "0.bias", "2.weight", "2.bias") for step in (0, 2)))
        event = found[("gradients/0.weight", 2)]
        values = seen[2][0]["0.weight"].reshape(-1).tolist()
        self.assertEqual(sum(event["counts"]), len(values))
        for low, high, count in zip(event["edges"], event["edges"][1:], event["counts"]):
            self.assertEqual(count, sum(low <= value < high or value == 0 and low < 0 < high for value in values))

    def test_Watch_DeadUnits_AreShares(self) -> None:
        self.run_.watch(self.model, every=1, histograms_every=1, activations=True)
        with self.torch.no_grad():
            self.model[0].bias[:2] = -100.0
            self.model[0].bias[2:] = 100.0
        self.train(3)
        self.assertEqual(self.points("activations/1/dead_share"), {1: 1 - 4 / 6, 2: 1 - 4 / 6})
        tags = [event["tag"] for event in self.server.of_type("histogram") if event["tag"].startswith("activations")]
        self.assertEqual(tags, ["activations/1"] * 2)

    def test_Watch_CopiesPicklesAndTorchScriptOfTheModel_AreFreeOfIt(self) -> None:
        self.run_.watch(self.model, every=1, histograms_every=0, activations=True)
        self.train(2)
        copies = [copy.deepcopy(self.model), pickle.loads(pickle.dumps(self.model))]
        for one in copies:
            one(self.inputs).sum().backward()
        self.run_.log_model(self.model, method="script")
        self.assertEqual(sorted(self.points("gradients/norm")), [0, 1])
        self.assertEqual(self.warnings, [])
        self.assertIn((RUN, "model.pt"), self.server.artifacts)

    def test_Watch_BackwardThatFails_IsFollowedByStepsAsBefore(self) -> None:
        class Fails(self.torch.autograd.Function):
            @staticmethod
            def forward(context: Any, values: Any) -> Any:
                return values.clone()

            @staticmethod
            def backward(context: Any, gradient: Any) -> Any:
                raise RuntimeError("on purpose")

        self.run_.watch(self.model, every=1, histograms_every=0)
        hidden = Fails.apply(self.model[0](self.inputs))
        with self.assertRaises(RuntimeError):
            self.model[2](hidden).sum().backward()
        self.train(2)
        self.assertEqual(sorted(self.points("gradients/norm")), [0, 1])

    def test_Watch_WithHooksOfLaterPyTorch_UsesThem(self) -> None:
        # Stand-ins of what PyTorch 2 has, after its documentation: a hook on an accumulated gradient, and one before an optimizer's step.
        class Later(self.torch.nn.Parameter):
            def register_post_accumulate_grad_hook(self, hook: Any) -> Any:
                return self.register_hook(lambda gradient: hook(self))

        class Optimizer(self.torch.optim.SGD):
            def __init__(self, *arguments: Any, **named: Any) -> None:
                super().__init__(*arguments, **named)
                self.hooks: Any = OrderedDict()

            def register_step_pre_hook(self, hook: Any) -> Any:
                handle = self._handle(self.hooks)
                self.hooks[handle.id] = hook
                return handle

            def step(self, closure: Any = None) -> Any:
                for hook in list(self.hooks.values()):
                    hook(self, (closure,), {})
                return super().step(closure)

        Optimizer._handle = self.torch.utils.hooks.RemovableHandle
        for module in self.model:
            for name, parameter in list(module.named_parameters()):
                setattr(module, name, Later(parameter.detach()))
        self.optimizer = Optimizer(self.model.parameters(), lr=0.1)
        watch = self.run_.watch(self.model, self.optimizer, every=1, histograms_every=0)
        seen = self.train(2)
        watch.stop()
        self.assertEqual(len(self.optimizer.hooks), 0)
        self.train(1, first=2)
        self.assertEqual(self.warnings, [])
        norms = self.points("gradients/0.weight/norm")
        self.assertEqual(sorted(norms), [0, 1])
        self.assert_near(norms[1], seen[1][0]["0.weight"].norm())
        self.assertEqual(self.warnings, [])

    def test_Watch_WrongArguments_WarnAndLetTheJobGoOn(self) -> None:
        for arguments, words in (({"model": object()}, "torch.nn.Module"), ({"model": self.model, "every": 0}, "every must be"),
                                 ({"model": self.model, "parameters": "nothing"}, "'nothing'"), ({"model": self.model[0], "activations": True}, "activations")):
            self.forget()
            self.run_.watch(**arguments).stop()
            self.assertTrue(self.said(words), (arguments, self.warnings))
        self.train(1)
        self.assertEqual(self.points("gradients/norm"), {})


class Arrays(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()
        self.run_ = self.open(self.server.url)

    def points(self, tag: str) -> Dict[int, float]:
        self.assertTrue(self.run_.flush())
        return {step: float(value) for step, value in self.server.points(RUN, tag)}

    def test_Gradients_OfLists_HaveKnownNumbers(self) -> None:
        self.run_.log_gradients({"w": [[3.0, 0.0], [0.0, 4.0]], "b": [0.0]}, 5, weights={"w": [[1.0, 0.0], [0.0, 0.0]]})
        self.run_.log_gradients({"w": [[4.0, 0.0], [0.0, 3.0]], "b": [float("inf")]}, 6, weights={"w": [[1.0, 0.0], [0.0, 0.1]]})
        self.assertEqual(self.points("gradients/w/norm"), {5: 5.0, 6: 5.0})
        self.assertEqual(self.points("gradients/w/zeros"), {5: 0.5, 6: 0.5})
        self.assertEqual(self.points("gradients/b/non_finite"), {5: 0.0, 6: 1.0})
        self.assertEqual(self.points("gradients/w/cosine"), {6: 24.0 / 25.0})
        self.assertEqual(self.points("gradients/w/update_ratio"), {6: 0.1})
        self.assertEqual(self.points("gradients/b/cosine"), {})
        self.assertEqual(self.points("gradients/size"), {5: 5.0})
        self.assertEqual(self.points("gradients/b/position"), {5: 1.0})

    def test_Gradients_OfNumpyAndLists_AreTheSame(self) -> None:
        numpy = needs("numpy")
        values = numpy.random.RandomState(1).standard_normal((2, 50)) * 10.0 ** numpy.random.RandomState(2).uniform(-13, 8, (2, 50))
        values[0, :3] = 0
        for step in (0, 1):
            self.run_.log_gradients({"array": values[step], "list": values[step].tolist()}, step)
        for tag in ("norm", "cosine", "zeros"):
            array, listed = (self.points(f"gradients/{name}/{tag}") for name in ("array", "list"))
            self.assertEqual(sorted(array), sorted(listed))
            for step, value in array.items():
                self.assertAlmostEqual(value, listed[step], delta=1e-12 * max(1.0, abs(value)))  # sums in another order
        array, listed = ([(event["step"], event["edges"], event["counts"]) for event in self.server.of_type("histogram") if event["tag"] == f"gradients/{name}"] for name in ("array", "list"))
        self.assertEqual(array, listed)
        self.assertEqual([sum(counts) for _, _, counts in array], [50, 50])

    def test_SignedLog_Edges_RiseAroundZero(self) -> None:
        self.assertEqual(len(_signedlog.EDGES), _signedlog.BINS + 1)
        self.assertTrue(all(low < high for low, high in zip(_signedlog.EDGES, _signedlog.EDGES[1:])))
        self.assertEqual(_signedlog.trimmed(_signedlog.count([0.0, 1e-30, -1e-30])), {"edges": [-1e-10, 1e-10], "counts": [3]})
        self.assertEqual(_signedlog.trimmed(_signedlog.count([])), {})

    def test_Cadence_Adapts_ToTheShareOfTheTime(self) -> None:
        pace = _cadence.Cadence(None, 0.01, 10)
        for _ in range(6):
            pace.took(0.0003, 0.005)
        self.assertEqual((pace.every, pace.after(23)), (10, 30))  # 0.3 ms are a hundredth of six steps of 5 ms
        for _ in range(6):
            pace.took(0.0003, 1.0)
        self.assertEqual(pace.every, 1)
        fixed = _cadence.Cadence(7, 0.01, 10)
        fixed.took(1.0, 1e-6)
        self.assertEqual((fixed.every, fixed.after(7)), (7, 14))
