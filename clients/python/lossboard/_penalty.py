"""Norms of a model's weights as terms of its loss."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple, Optional


class Penalty(NamedTuple):
    """Terms to add to a loss: `l1` = λ₁·Σ|w| and `l2` = λ₂·Σw², both together an elastic net. Tensors that carry gradients; 0.0 where λ is 0."""

    l1: Any
    l2: Any

    @property
    def total(self) -> Any:
        return self.l1 + self.l2


def penalty(model: Any, l1: float = 0.0, l2: float = 0.0, only: Optional[Callable[[str, Any], bool]] = None) -> Penalty:
    """The norms of a PyTorch module's weights, ready for `loss = data + terms.total` and `run.log_loss(step, data=data, l1=terms.l1, l2=terms.l2)`.

    Counted are parameters that are trained and have more than one dimension, as biases and normalisations are not penalised usually; `only(name,
    parameter)` chooses others. Σw² is not halved: an optimiser's weight_decay of d is l2 = d / 2.
    """
    if l1 < 0 or l2 < 0:
        raise ValueError(f"l1 and l2 must not be negative, not {l1} and {l2}")
    chosen = only or (lambda name, parameter: parameter.dim() > 1)
    first: Any = 0.0
    second: Any = 0.0
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad or not chosen(name, parameter):
            continue
        if l1:
            first = first + parameter.abs().sum() * l1
        if l2:
            second = second + parameter.pow(2).sum() * l2
    return Penalty(first, second)
