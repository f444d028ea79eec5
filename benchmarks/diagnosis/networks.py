"""Small networks with everything that makes or breaks a training as a setting."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn


@dataclass(frozen=True)
class Net:
    """A network's settings."""

    kind: str = "mlp"  # mlp, conv or recurrent
    widths: tuple = (64,)
    activation: str = "relu"
    dropout: float = 0.0
    norm: bool = False
    gain: float = 1.0  # factor on the initial weights
    bias: float = 0.0  # added to the initial biases of hidden layers


ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "none": nn.Identity}


class Recurrent(nn.Module):
    """A plain recurrent network whose recurrent matrix has the gain as its scale."""

    def __init__(self, net: Net, outputs: int) -> None:
        super().__init__()
        width = net.widths[0]
        self.enter = nn.Linear(1, width)
        self.recur = nn.Linear(width, width, bias=False)
        self.leave = nn.Linear(width, outputs)
        self.activation = ACTIVATIONS[net.activation]()
        with torch.no_grad():
            nn.init.orthogonal_(self.recur.weight)
            self.recur.weight.mul_(net.gain)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        state = torch.zeros(len(inputs), self.recur.in_features, dtype=inputs.dtype)
        for at in range(inputs.shape[1]):
            state = self.activation(self.enter(inputs[:, at : at + 1]) + self.recur(state))
        return self.leave(state)


def make(net: Net, inputs: int, outputs: int) -> nn.Module:
    """The network; hidden layers are named by their place, activations too."""
    if net.kind == "recurrent":
        return Recurrent(net, outputs)
    layers: list = []
    width = inputs
    if net.kind == "conv":
        side = int(inputs**0.5)
        channels = net.widths[0]
        layers += [nn.Unflatten(1, (1, side, side)), nn.Conv2d(1, channels, 3, stride=2, padding=1)]
        layers += [nn.BatchNorm2d(channels)] if net.norm else []
        layers += [ACTIVATIONS[net.activation](), nn.Flatten()]
        width = channels * ((side + 1) // 2) ** 2
    for wide in net.widths[1 if net.kind == "conv" else 0 :]:
        layers.append(nn.Linear(width, wide))
        layers += [nn.BatchNorm1d(wide)] if net.norm else []
        layers.append(ACTIVATIONS[net.activation]())
        layers += [nn.Dropout(net.dropout)] if net.dropout else []
        width = wide
    layers.append(nn.Linear(width, outputs))
    model = nn.Sequential(*layers)
    with torch.no_grad():
        hidden = [layer for layer in model if isinstance(layer, nn.Linear)][:-1]
        for layer in model:
            if isinstance(layer, nn.Linear):
                layer.weight.mul_(net.gain)
        for layer in hidden:
            layer.bias.add_(net.bias)
    return model
