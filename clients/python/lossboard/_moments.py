"""Statistics of many tensors at once, on the device that they are on and with one transfer for all of them."""

from __future__ import annotations

import math
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Sequence, Tuple

from ._signedlog import count_torch


class Moment(NamedTuple):
    """What is said of one parameter at one step; None where it has no value."""

    norm: float
    zeros: float
    non_finite: int
    size: int
    weight: float
    cosine: Optional[float]
    ratio: Optional[float]
    # What the whole model's numbers are made of.
    dot: Optional[float]
    before: float
    delta: Optional[float]
    weight_before: float


class Kept:
    """Gradients and weights of one step, copied: parameters of one device and type one after the other in one tensor."""

    def __init__(self, parameters: Iterable[Tuple[str, Any]]) -> None:
        groups: Dict[Any, List[Tuple[str, Any, Any]]] = {}
        for name, parameter in parameters:
            gradient = parameter.grad
            if gradient is None or gradient.is_sparse:
                continue
            groups.setdefault((gradient.device, gradient.dtype, parameter.dtype), []).append((name, gradient, parameter.detach()))
        self.groups = [_Group(key, members) for key, members in groups.items()]


class _Group:
    def __init__(self, key: Any, members: List[Tuple[str, Any, Any]]) -> None:
        self.key = key
        names, gradients, weights = zip(*members)
        self.names = names
        self.gradients, self.weights = _flattened(gradients), _flattened(weights)
        scale = self.gradients.numel() // max(1, sum(gradient.numel() for gradient in gradients)) or 1
        self.sizes = [scale * gradient.numel() for gradient in gradients]
        self.gradient_of = dict(zip(self.names, self.gradients.split(self.sizes)))
        self.weight_of = dict(zip(self.names, self.weights.split(self.sizes)))


def _flattened(tensors: Sequence[Any]) -> Any:
    """Copies laid end to end, in a type that norms fit into; a complex number is two."""
    import torch

    flat = torch._utils._flatten_dense_tensors(tensors)
    if flat.is_complex():
        flat = torch.view_as_real(flat).reshape(-1)
    if flat.dtype not in (torch.float32, torch.float64):
        flat = flat.float()
    # One tensor alone is not copied by flattening it.
    return flat.clone() if len(tensors) == 1 and flat.data_ptr() == tensors[0].data_ptr() else flat


def measure(now: Kept, before: Optional[Kept]) -> Dict[str, Moment]:
    """Moments by name; cosines and ratios where the parameter had a gradient at the step before, too."""
    found: Dict[str, Moment] = {}
    for group in now.groups:
        past = next((one for one in before.groups if one.key == group.key), None) if before else None
        found.update(_measure(group, past))
    return found


def _measure(group: _Group, past: Optional[_Group]) -> Dict[str, Moment]:
    import torch

    gradients = list(group.gradient_of.values())
    both = [name for name in group.names if past is not None and name in past.gradient_of and past.gradient_of[name].numel() == group.gradient_of[name].numel()]
    columns = [torch._foreach_norm(gradients), torch._foreach_norm(list(group.weight_of.values()))]
    if both and past is not None:
        old, fresh = [past.gradient_of[name] for name in both], [group.gradient_of[name] for name in both]
        weights = [past.weight_of[name] for name in both]
        columns += [
            [torch.dot(one, other) for one, other in zip(fresh, old)], torch._foreach_norm(old),
            torch._foreach_norm(_differences(group, past, both)), torch._foreach_norm(weights),
        ]
    held = torch.stack([torch.count_nonzero(gradient) for gradient in gradients])
    numbers = torch.cat([torch.stack([one for column in columns for one in column]).double(), held.double()]).tolist()
    many = len(gradients)
    norms, weight_norms, rest, held_numbers = numbers[:many], numbers[many : 2 * many], numbers[2 * many : -many], numbers[-many:]
    dots, olds, deltas, weights_before = (dict(zip(both, rest[at * len(both) : (at + 1) * len(both)])) for at in range(4))
    found = {}
    for at, name in enumerate(group.names):
        norm, size = norms[at], group.sizes[at]
        # A norm that is a number has only numbers in it: nearly always nothing has to be counted.
        non_finite = 0 if math.isfinite(norm) else int((~torch.isfinite(group.gradient_of[name])).sum())
        dot, old, delta, weight_before = dots.get(name), olds.get(name, 0.0), deltas.get(name), weights_before.get(name, 0.0)
        found[name] = Moment(
            norm, 1.0 - held_numbers[at] / size, non_finite, size, weight_norms[at], share(dot, norm * old), share(delta, weight_before),
            dot, old, delta, weight_before,
        )
    return found


def _differences(group: "_Group", past: "_Group", both: List[str]) -> Sequence[Any]:
    if group.names == past.names:
        return (group.weights - past.weights).split(group.sizes)
    return [group.weight_of[name] - past.weight_of[name] for name in both]


def share(part: Optional[float], whole: float) -> Optional[float]:
    """None where there is no part, or nothing that it is a part of: the direction of nothing is no number."""
    return None if part is None or not whole > 0 or not math.isfinite(part) or not math.isfinite(whole) else part / whole


def total(moments: Iterable[Moment]) -> Dict[str, Optional[float]]:
    """The whole model's numbers: those of all parameters laid end to end."""
    listed = list(moments)
    paired = [one for one in listed if one.dot is not None]
    length = lambda values: math.sqrt(sum(value * value for value in values))  # noqa: E731
    dot = sum(one.dot or 0.0 for one in paired) if paired else None
    return {
        "norm": length(one.norm for one in listed),
        "cosine": share(dot, length(one.norm for one in paired) * length(one.before for one in paired)),
        "update_ratio": share(length(one.delta or 0.0 for one in paired) if paired else None, length(one.weight_before for one in paired)),
        "size": float(sum(one.size for one in listed)),
        "weight": length(one.weight for one in listed),
    }


def histograms(kept: Kept) -> Dict[str, Tuple[List[int], List[int]]]:
    """Signed logarithmic counts of the finite gradients and weights, by name."""
    import torch

    found = {}
    for group in kept.groups:
        pairs = []
        for flat, views in ((group.gradients, group.gradient_of), (group.weights, group.weight_of)):
            sizes = group.sizes
            # The sum of finite numbers is no number where one of them is none; a rare overflow only costs the slower way.
            if not math.isfinite(float(flat.sum())):
                parts = [view[torch.isfinite(view)] for view in views.values()]
                flat, sizes = torch.cat(parts), [part.numel() for part in parts]
            pairs.append(count_torch(flat, sizes))
        found.update({name: (gradient, weight) for name, gradient, weight in zip(group.names, *pairs)})
    return found
