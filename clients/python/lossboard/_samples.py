"""A batch of samples as tensors: what a loss landscape is computed on."""

from __future__ import annotations

import math
from typing import Any, Dict

from . import _arrays
from .safetensors import Part, describe, listed

_WHOLE = ("uint8", "int8", "int16", "int32", "bool", "uint16", "uint32", "uint64")


def batch(inputs: Any, targets: Any, weights: Any) -> Dict[str, Part]:
    """The tensors `inputs`, `targets` and `weights`, their lengths compared. Raises TypeError and ValueError."""
    found = {"inputs": _samples("inputs", inputs)}
    if targets is not None:
        found["targets"] = _samples("targets", targets, classes=True)
    if weights is not None:
        found["weights"] = listed("weights", _weights(weights))
    count = found["inputs"].shape[0]
    if not count:
        raise ValueError("a batch needs at least one sample")
    for name, part in found.items():
        if part.shape[0] != count:
            raise ValueError(f"{name} must have one entry for each of the {count} inputs, not {part.shape[0]}")
    return found


def _samples(name: str, values: Any, classes: bool = False) -> Part:
    """Samples along the first axis. A list of tensors or arrays, as a data set gives them one by one, is put together."""
    if isinstance(values, dict):
        raise TypeError(f"{name} must be one array with the samples along its first axis, not a mapping")
    if isinstance(values, (list, tuple)) and values:
        if hasattr(values[0], "detach"):
            import torch

            values = torch.stack([torch.as_tensor(value).detach() for value in values])
        elif hasattr(values[0], "__array__"):
            import numpy

            values = numpy.stack([numpy.asarray(value) for value in values])
        else:
            values = listed(name, values, single=True)
    # Losses over classes take whole numbers of 64 bits and no others.
    if classes and str(getattr(values, "dtype", "")).rsplit(".", 1)[-1] in _WHOLE:
        values = values.long() if hasattr(values, "detach") else values.astype("int64")
    part = describe(name, values)
    if not part.shape:
        raise ValueError(f"{name} must have the samples along its first axis, not be a single number")
    return part


def _weights(values: Any) -> Any:
    weights = _arrays.nested(values)
    if not isinstance(weights, (list, tuple)) or any(isinstance(weight, (list, tuple)) for weight in weights):
        raise ValueError("weights must be one number for each sample")
    for weight in weights:
        if not math.isfinite(weight) or weight < 0:
            raise ValueError(f"weights must be finite and not negative, not {weight}")
    return list(weights)
