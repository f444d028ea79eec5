"""Writes the model and the batch that the job rows use: a perceptron 784-100-10 and 2,000 samples (needs PyTorch and numpy)."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "clients", "python"))

import torch  # noqa: E402

from lossboard import safetensors  # noqa: E402

folder = sys.argv[1]
torch.manual_seed(0)
# Two hidden layers, so that no trick with the first one decides the figures.
model = torch.nn.Sequential(torch.nn.Linear(784, 100), torch.nn.ReLU(), torch.nn.Linear(100, 100), torch.nn.ReLU(), torch.nn.Linear(100, 10))
torch.jit.script(model.eval()).save(os.path.join(folder, "model.pt"))
safetensors.save(os.path.join(folder, "batch"), {"inputs": torch.randn(2000, 784), "targets": torch.randint(0, 10, (2000,))})
