"""Outputs of modules within a model, listened to for one step at a time."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Tuple, Union

_BINS = 64


class Taps:
    """Forward hooks that are there only while a step is looked at.

    A unit is a channel of images (N×C×H×W, and N×C×L in a model with one-dimensional convolutions) and an entry of the last axis
    otherwise. It is dead where it gives exactly zero for everything in the batch.
    """

    def __init__(self, model: Any, wanted: Union[bool, str]) -> None:
        leaves = [(name, module) for name, module in model.named_modules() if name and next(module.children(), None) is None]
        if isinstance(wanted, str):
            pattern = re.compile(wanted)
            self._modules = [(name, module) for name, module in model.named_modules() if name and pattern.search(name)]
        else:
            self._modules = [(name, module) for name, module in leaves if _activates(module)]
        if not self._modules:
            raise ValueError("activations: no module has a name that matches" if isinstance(wanted, str) else (
                "activations: the model has no activation as a module (ReLU and the like); name modules to look at by a regular expression, activations='hidden|conv'"))
        self._channels_first = any(type(module).__name__.startswith("Conv1d") for _, module in leaves)
        self._handles: List[Any] = []
        self._alive: Dict[str, Any] = {}
        self._outputs: Dict[str, Any] = {}

    def open(self) -> None:
        self.close()
        self._handles = [module.register_forward_hook(_Tap(self, name)) for name, module in self._modules]

    def close(self) -> None:
        for handle in self._handles:
            handle.remove()
        self._handles = []
        self._alive, self._outputs = {}, {}

    def heard(self, name: str, module: Any, output: Any) -> None:
        import torch

        if not module.training or not isinstance(output, torch.Tensor) or output.dim() < 2 or not output.is_floating_point():
            return
        output = output.detach()
        axis = 1 if output.dim() > 3 or output.dim() == 3 and self._channels_first else output.dim() - 1
        alive = output.ne(0).any(0) if output.dim() == 2 else output.transpose(axis, 0).reshape(output.shape[axis], -1).ne(0).any(1)
        known = self._alive.get(name)
        self._alive[name] = alive if known is None or known.shape != alive.shape else known | alive
        self._outputs[name] = output

    def dead_shares(self) -> List[Tuple[str, float]]:
        return [(f"activations/{name}/dead_share", 1.0 - float(alive.double().mean())) for name, alive in self._alive.items()]

    def histograms(self) -> List[Tuple[str, Dict[str, Any]]]:
        found = []
        for name, output in self._outputs.items():
            values = output.float().reshape(-1)
            values = values[values.isfinite()]
            if not values.numel():
                continue
            low, high = float(values.min()), float(values.max())
            if not high > low:
                low, high = low - max(0.5, abs(low) * 1e-6), high + max(0.5, abs(high) * 1e-6)
            counts = values.histc(_BINS, low, high).tolist()
            width = high / _BINS - low / _BINS
            found.append((f"activations/{name}", {"edges": [low + width * at for at in range(_BINS)] + [high], "counts": [int(count) for count in counts]}))
        return found


class _Tap:
    """A hook that stays behind when its module is copied or pickled: the copy is another model."""

    def __init__(self, taps: Taps, name: str) -> None:
        self._taps, self._name = taps, name

    def __call__(self, module: Any, inputs: Any, output: Any) -> None:
        self._taps.heard(self._name, module, output)

    def __deepcopy__(self, memo: Any) -> Any:
        return _nothing

    def __reduce__(self) -> Any:
        return _left_behind, ()


def _nothing(module: Any, inputs: Any, output: Any) -> None:
    """Takes the place of a hook in a copy."""


def _left_behind() -> Any:
    return _nothing


def _activates(module: Any) -> bool:
    kind = type(module)
    return kind.__module__ == "torch.nn.modules.activation" and not kind.__name__.startswith(("Multihead", "Softm", "LogSoft"))
