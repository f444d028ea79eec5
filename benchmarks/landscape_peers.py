#!/usr/bin/env python3
"""Models for the landscape benchmark, and the same landscapes as Python computes them, on one thread.

landscape_peers.py make FOLDER    writes modules, batches and directions
landscape_peers.py serve FOLDER   answers requests, one line of JSON each, on standard input and output
"""

from __future__ import annotations

import json
import pathlib
import struct
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

TYPES = {"float32": "F32", "int64": "I64"}


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first, self.first_norm = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs)
        self.second, self.second_norm = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs)
        same = stride == 1 and inputs == outputs
        self.short = nn.Identity() if same else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = torch.relu(self.first_norm(self.first(x)))
        return torch.relu(self.second_norm(self.second(y)) + self.short(x))


class ResNet14(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU())
        widths = [(16, 16, 1), (16, 16, 1), (16, 32, 2), (32, 32, 1), (32, 64, 2), (64, 64, 1)]
        self.blocks = nn.Sequential(*(Block(*width) for width in widths))
        self.head = nn.Linear(64, 10)

    def forward(self, x):
        return self.head(self.blocks(self.stem(x)).mean((2, 3)))


# Module, shape of a sample, samples, and how many of them go through at once where the batch is cut into pieces: what Python is fastest with.
CASES = {
    "perceptron": (lambda: nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10)), (64,), 2048, 256),
    "resnet32": (ResNet14, (3, 32, 32), 256, 64),
    "resnet8": (ResNet14, (3, 8, 8), 1024, 256),
    "wide": (lambda: nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)), (1, 28, 28), 2048, 256),
}


def save_tensors(path, tensors):
    header, chunks, offset = {}, [], 0
    for key, value in tensors.items():
        data = np.ascontiguousarray(value.detach().numpy())
        header[key] = {"dtype": TYPES[data.dtype.name], "shape": list(data.shape), "data_offsets": [offset, offset + data.nbytes]}
        chunks.append(data.tobytes())
        offset += data.nbytes
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))


def operations(module, sample):
    """Floating-point operations of a sample in linear and convolution layers, two a multiplication."""
    total = 0

    def count(layer, _, output):
        nonlocal total
        total += 2 * output.numel() * layer.weight.numel() // layer.weight.shape[0]

    hooks = [layer.register_forward_hook(count) for layer in module.modules() if isinstance(layer, (nn.Linear, nn.Conv2d))]
    with torch.no_grad():
        module(sample)
    for hook in hooks:
        hook.remove()
    return total


def make(folder):
    torch.manual_seed(7)
    facts = {}
    for name, (build, shape, samples, _) in CASES.items():
        module = build()
        if any(isinstance(layer, nn.BatchNorm2d) for layer in module.modules()):
            for _ in range(3):
                module(torch.randn(64, *shape))
        module.eval()
        parameters = dict(module.named_parameters())
        inputs, targets = torch.randn(samples, *shape), torch.randint(0, 10, (samples,))
        torch.save({"inputs": inputs, "targets": targets}, folder / f"{name}.batch")
        save_tensors(folder / f"{name}_batch.safetensors", {"inputs": inputs, "targets": targets})
        for axis in "xy":
            direction = {key: torch.randn(value.shape) * 0.05 for key, value in parameters.items()}
            torch.save(direction, folder / f"{name}_{axis}.direction")
            save_tensors(folder / f"{name}_{axis}.safetensors", direction)
        torch.jit.script(module).save(str(folder / f"{name}.pt"))
        torch.jit.script(build_like(build, module).double()).save(str(folder / f"{name}_double.pt"))
        facts[name] = {"parameters": sum(value.numel() for value in parameters.values()), "operations": samples * operations(module, inputs[:1])}
    (folder / "facts.json").write_text(json.dumps(facts))


def build_like(build, module):
    other = build()
    other.load_state_dict(module.state_dict())
    return other.eval()


class Case:
    """A model, its batch, and the ways of computing its loss at points of a plane."""

    def __init__(self, folder, name):
        self.module = torch.jit.load(str(folder / f"{name}.pt")).eval()
        self.double = str(folder / f"{name}_double.pt")
        self.piece = CASES[name][3]
        batch = torch.load(folder / f"{name}.batch")
        self.inputs, self.targets = batch["inputs"], batch["targets"]
        self.parameters = list(self.module.parameters())
        self.names = [key for key, _ in self.module.named_parameters()]
        self.x, self.y = ([torch.load(folder / f"{name}_{axis}.direction")[key] for key in self.names] for axis in "xy")
        self.start = {key: value.clone() for key, value in self.module.state_dict().items()}

    def whole(self):
        output = self.module(self.inputs)
        accuracy = (output.argmax(1) == self.targets).double().mean().item()
        return F.cross_entropy(output, self.targets).item(), accuracy

    def pieces(self):
        loss, correct = 0.0, 0
        for first in range(0, len(self.inputs), self.piece):
            output, targets = self.module(self.inputs[first:first + self.piece]), self.targets[first:first + self.piece]
            loss += F.cross_entropy(output, targets, reduction="sum").item()
            correct += (output.argmax(1) == targets).sum().item()
        return loss / len(self.inputs), correct / len(self.inputs)

    def set_weights(self, a, b):
        state = dict(self.start)
        for key, x, y in zip(self.names, self.x, self.y):
            state[key] = self.start[key] + a * x + b * y
        self.module.load_state_dict(state)

    def plain(self, points, loss):
        """Sets the weights at each point."""
        losses = []
        for a, b in points:
            self.set_weights(a, b)
            losses.append(loss()[0])
        return losses

    def rebuilt(self, points):
        """As tomgoldstein's loss-landscape goes about it: new tensors from lists at each point, and a loader that puts the batch together sample by sample."""
        start = [self.start[key] for key in self.names]
        loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(self.inputs, self.targets), batch_size=128)
        criterion = nn.CrossEntropyLoss()
        losses = []
        for a, b in points:
            changes = [x * a + y * b for x, y in zip(self.x, self.y)]
            for parameter, weight, change in zip(self.parameters, start, changes):
                parameter.data.copy_(weight + change)
            self.module.eval()
            total, correct, seen = 0.0, 0, 0
            for inputs, targets in loader:
                output = self.module(inputs)
                total += criterion(output, targets).item() * len(inputs)
                correct += torch.max(output, 1)[1].eq(targets).sum().item()
                seen += len(inputs)
            losses.append(total / seen)
        return losses

    def walked(self, points):
        """As marcellodebernardi's loss-landscapes goes about it: from point to point by additions in place, the whole batch at once."""
        losses, at = [], (0.0, 0.0)
        for a, b in points:
            for parameter, x, y in zip(self.parameters, self.x, self.y):
                if a != at[0]:
                    parameter.add_(x, alpha=a - at[0])
                if b != at[1]:
                    parameter.add_(y, alpha=b - at[1])
            at = (a, b)
            losses.append(F.cross_entropy(self.module(self.inputs), self.targets).item())
        return losses

    def float64(self, points):
        """The reference: weights and losses in float64."""
        module = torch.jit.load(self.double).eval()
        start = [self.start[key].double() for key in self.names]
        losses = []
        for a, b in points:
            for parameter, weight, x, y in zip(module.parameters(), start, self.x, self.y):
                parameter.copy_(weight + a * x.double() + b * y.double())
            losses.append(F.cross_entropy(module(self.inputs.double()), self.targets).item())
        return losses

    def run(self, way, points):
        self.module.load_state_dict(self.start)
        if way in ("whole", "pieces"):
            return self.plain(points, getattr(self, way))
        return getattr(self, way)(points)


def sgemm(size=1024):
    """Operations a second of a square product in float32, the best of several."""
    left, right, out = torch.randn(size, size), torch.randn(size, size), torch.empty(size, size)
    best = 0.0
    for _ in range(8):
        began = time.process_time()
        torch.mm(left, right, out=out)
        best = max(best, 2 * size**3 / (time.process_time() - began))
    return best


@torch.no_grad()
def serve(folder):
    cases = {}
    for line in sys.stdin:
        request = json.loads(line)
        if request["way"] == "sgemm":
            answer = {"rate": sgemm()}
        else:
            name = request["case"]
            if name not in cases:
                cases[name] = Case(folder, name)
            wall, cpu = time.perf_counter(), time.process_time()
            losses = cases[name].run(request["way"], request["points"])
            answer = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "loss": losses}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    {"make": make, "serve": serve}[sys.argv[1]](pathlib.Path(sys.argv[2]))
