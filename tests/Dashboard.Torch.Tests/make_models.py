"""Writes the modules, batches and float64 references that the tests of Dashboard.Torch read. Usage: make_models.py FOLDER"""
import copy
import json
import pathlib
import struct
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from modules import (
    Cnn, Failing, FirstConvolution, Identity, InPlace, Listed, Mlp, Nested, OwnLoss, Quadratic, Recurrent, Residual, Slow, Tied, Twice, Viewed,
    Wide, WideInner, WideLate, WideShared,
)

folder = pathlib.Path(sys.argv[1])
torch.manual_seed(20)
torch.set_num_threads(1)
references = {}

TYPES = {"float32": "F32", "float64": "F64", "int64": "I64", "uint8": "U8"}


def save_tensors(name, tensors):
    header, chunks, offset = {}, [], 0
    for key, value in tensors.items():
        array = np.ascontiguousarray(value.detach().numpy() if isinstance(value, torch.Tensor) else value)
        data = array.tobytes()
        header[key] = {"dtype": TYPES[array.dtype.name], "shape": list(array.shape), "data_offsets": [offset, offset + len(data)]}
        chunks.append(data)
        offset += len(data)
    text = json.dumps(header).encode()
    (folder / f"{name}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))


def save_module(name, module, traced_on=None):
    module.eval()
    saved = torch.jit.trace(module, traced_on) if traced_on is not None else torch.jit.script(module)
    saved.save(str(folder / f"{name}.pt"))


def floats(state):
    return {name: value for name, value in state.items() if value.is_floating_point()}


def trained(module, channels):
    module.train()
    for _ in range(3):
        module(torch.randn(32, channels, 12, 12) * 1.5 + 0.3)
    return module.eval()


def batch_statistics(module):
    for part in module.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.train()
    return module


def grid(name, module, loss, x, y, xs, ys):
    """Losses in float64 by setting the weights at each point; directions are drawn here and saved."""
    module.double().eval()
    origin = [p.detach().clone() for p in module.parameters()]
    names = [n for n, _ in module.named_parameters()]
    plane = [[torch.randn(p.shape).float() * 0.1 for p in origin] for _ in range(2)]
    for axis, direction in zip("xy", plane):
        save_tensors(f"{name}_{axis}", dict(zip(names, direction)))
    rows = []
    for b in ys:
        row = []
        for a in xs:
            with torch.no_grad():
                for p, o, u, v in zip(module.parameters(), origin, *plane):
                    p.copy_(o + a * u.double() + b * v.double())
                row.append(loss(module(x.double()), y).item())
        rows.append(row)
    with torch.no_grad():
        for p, o in zip(module.parameters(), origin):
            p.copy_(o)
    references[name] = {"x": list(xs), "y": list(ys), "loss": rows}


def gradient(name, module, loss, x, y, mode=lambda module: module):
    mode(module.double().eval())
    parameters = list(module.parameters())
    torch.manual_seed(5)
    vector = [torch.randn(p.shape, dtype=torch.float64) for p in parameters]
    first = torch.autograd.grad(loss(module(x.double()), y), parameters, create_graph=True)
    product = torch.autograd.grad(sum((g * v).sum() for g, v in zip(first, vector)), parameters)
    flat = lambda tensors: torch.cat([t.detach().flatten() for t in tensors]).tolist()
    references[name] = {"gradient": flat(first), "vector": flat(vector), "product": flat(product)}


for shift, name in [(0.0, "quadratic"), (-100.0, "negative")]:
    save_module(name, Quadratic(shift))
save_tensors("one", {"inputs": torch.zeros(3, 1)})

x, y = torch.randn(203, 12), torch.randint(0, 5, (203,))
mlp = Mlp()
save_module("mlp", mlp, x)
save_module("mlp_scripted", mlp)
save_tensors("mlp_batch", {"inputs": x, "targets": y})
save_tensors("mlp_bad_class", {"inputs": x, "targets": torch.full((203,), 5)})
save_tensors("mlp_bad_shape", {"inputs": torch.randn(203, 7), "targets": y})
save_tensors("mlp_bad_type", {"inputs": torch.zeros(203, 12, dtype=torch.uint8), "targets": y})
save_tensors("mlp_fractions", {"inputs": x, "targets": torch.rand(203)})
save_tensors("mlp_checkpoint", {name: value + 0.1 for name, value in mlp.state_dict().items()})
save_tensors("mlp_lacking", {"first.weight": mlp.first.weight})
save_module("mlp_double", Mlp().double())
for name, target in [("mlp", mlp)]:
    grid(name, target, F.cross_entropy, x, y, np.linspace(-1, 1, 5), np.linspace(0, 2, 4))
    gradient(f"{name}_gradient", target, F.cross_entropy, x, y)

x, y = torch.randn(70, 1, 8, 8), torch.randint(0, 4, (70,))
cnn, other = Cnn(), Cnn()
for net in (cnn, other):
    net.train()
    for _ in range(3):
        net(torch.randn(32, 1, 8, 8) * 1.5 + 0.3)
    net.eval()
save_module("cnn", cnn)
save_tensors("cnn_batch", {"inputs": x, "targets": y})
save_tensors("cnn_other", {f"module.{name}": value for name, value in other.state_dict().items()})
half = Cnn()
half.load_state_dict({name: (cnn.state_dict()[name] + value) / 2 if value.is_floating_point() else value for name, value in other.state_dict().items()})
half.eval()
references["between"] = [F.cross_entropy(net.double()(x.double()), y).item() for net in (cnn, half, other)]
grid("cnn", cnn, F.cross_entropy, x, y, np.linspace(-1, 1, 4), np.linspace(-1, 1, 3))
gradient("cnn_gradient", cnn, F.cross_entropy, x, y)

x, y = torch.randn(21, 5, 3), torch.randint(0, 3, (21,))
lstm = Recurrent()
save_module("lstm", lstm)
save_tensors("lstm_batch", {"inputs": x, "targets": y})
grid("lstm", lstm, F.cross_entropy, x, y, [0.0, 1.5], [0.0, 1.0])
gradient("lstm_gradient", lstm, F.cross_entropy, x, y)

x, y = torch.randn(17, 6), torch.randn(17, 6)
tied = Tied()
save_module("tied", tied)
save_tensors("tied_batch", {"inputs": x, "targets": y})
grid("tied", tied, lambda z, t: F.mse_loss(z, t.double()), x, y, [0.0, 1.5], [0.0, 1.0])
gradient("tied_gradient", tied, lambda z, t: F.mse_loss(z, t.double()), x, y)

listed = Listed()
save_module("listed", listed)
save_tensors("listed_batch", {"inputs": x, "targets": y})
twice = Twice()
twice.load_state_dict(listed.state_dict())
grid("listed", twice, lambda z, t: F.mse_loss(z, t.double()), x, y, [0.0, 1.5], [0.0, 1.0])
gradient("listed_gradient", twice, lambda z, t: F.mse_loss(z, t.double()), x, y)

# Modules that begin with a layer wide enough to be factored, and some that only seem to.
save_module("wide", Wide())
save_module("wide_traced", Wide(), torch.randn(9, 1, 8, 8))
save_module("wide_double", Wide().double())
save_module("wide_shared", WideShared())
save_module("wide_inner", WideInner())
save_module("wide_late", WideLate())
save_tensors("wide_batch", {"inputs": torch.randn(150, 1, 8, 8), "targets": torch.randint(0, 5, (150,))})
for name, options in {
    "plain": {}, "strided": {"stride": 2, "padding": 2}, "grouped": {"groups": 2, "kernel_size": 5}, "dilated": {"dilation": 2, "padding": "same"},
    "reflected": {"padding": 1, "padding_mode": "reflect"}, "unbiased": {"bias": False},
}.items():
    save_module(f"first_{name}", FirstConvolution(**options))
    save_module(f"first_{name}_traced", FirstConvolution(**options), torch.randn(9, 6, 10, 10))
save_tensors("first_batch", {"inputs": torch.randn(50, 6, 10, 10), "targets": torch.randint(0, 5, (50,))})
residual = trained(Residual(), 3)
save_module("viewed", Viewed())
save_module("residual", residual)
save_module("residual_traced", residual, torch.randn(9, 3, 12, 12))
x, y = torch.randn(45, 3, 12, 12), torch.randint(0, 5, (45,))
save_tensors("residual_batch", {"inputs": x, "targets": y})
# Only BatchNorm trains: what Recomputed means. (A copy, because training changes what is stored.)
training = copy.deepcopy(residual).double()
references["statistics"] = F.cross_entropy(batch_statistics(training)(x.double()), y).item()
gradient("statistics_gradient", training, F.cross_entropy, x, y, batch_statistics)

torch.jit.freeze(torch.jit.script(Mlp().eval())).save(str(folder / "frozen.pt"))
save_module("failing", Failing())
x = torch.randn(20, 4)
save_tensors("four", {"inputs": x, "targets": torch.randn(20, 1)})
save_tensors("four_classes", {"inputs": x, "targets": torch.randint(0, 2, (20,))})
in_place = InPlace()
save_module("in_place", in_place)
references["in_place"] = F.mse_loss(in_place(x.clone()), torch.zeros(20, 1)).item()
save_tensors("in_place_batch", {"inputs": x, "targets": torch.zeros(20)})
own = OwnLoss()
save_module("own_loss", own)
y = torch.randint(0, 2, (20,))
save_tensors("own_loss_batch", {"inputs": x, "targets": y, "weights": torch.arange(20).float()})
references["own_loss"] = ((own.double()(x.double(), y) * torch.arange(20)).sum() / torch.arange(20).sum()).item()
save_module("slow", Slow())
save_tensors("slow_batch", {"inputs": torch.randn(4000, 256), "targets": torch.randint(0, 2, (4000,))})

# One network twice: the second with its first layer ten times larger and the second ten times smaller, which changes no output.
plain = Mlp(bias=True).double()
with torch.no_grad():
    plain.second.bias.zero_()
save_module("relu", plain)
with torch.no_grad():
    plain.first.weight.mul_(10)
    plain.first.bias.mul_(10)
    plain.second.weight.div_(10)
save_module("relu_rescaled", plain)
save_tensors("relu_batch", {"inputs": torch.randn(50, 12), "targets": torch.randint(0, 5, (50,))})

# Mean squared error of a linear map has the Hessian 2XᵀX/N; X is built to give it this spectrum.
spectrum = torch.tensor([10.0, 5.0, 2.0, 1.0] + [0.1] * 16, dtype=torch.float64)
samples = 64
left, _ = torch.linalg.qr(torch.randn(samples, 20, dtype=torch.float64))
right, _ = torch.linalg.qr(torch.randn(20, 20, dtype=torch.float64))
design = left @ torch.diag((spectrum * samples / 2).sqrt()) @ right.T
linear = nn.Linear(20, 1, bias=False)
save_module("linear", linear)
save_tensors("linear_batch", {"inputs": design.float(), "targets": torch.randn(samples)})

# Every loss on outputs that are the inputs themselves, by PyTorch's own functions.
identity = Identity()
save_module("identity", identity)
samples = 37
logits = torch.randn(samples, 4)
classes = torch.randint(0, 4, (samples,))
passed_over = classes.clone()
passed_over[::5] = -100
weights = torch.rand(samples, dtype=torch.float64)
signs = torch.randint(0, 2, (samples, 4)).float() * 2 - 1
wide = torch.randn(samples, 4, 3)
wide_classes = torch.randint(0, 4, (samples, 3))
cases = {
    "CrossEntropy": (logits, classes, lambda z, t: F.cross_entropy(z, t, reduction="none")),
    "CrossEntropy/ignored": (logits, passed_over, lambda z, t: F.cross_entropy(z, t, reduction="none")),
    "CrossEntropy/probabilities": (logits, torch.softmax(torch.randn(samples, 4), 1), lambda z, t: F.cross_entropy(z, t, reduction="none")),
    "CrossEntropy/wide": (wide, wide_classes, lambda z, t: F.cross_entropy(z, t, reduction="none")),
    "Nll": (torch.log_softmax(logits, 1), classes, lambda z, t: F.nll_loss(z, t, reduction="none")),
    "BceWithLogits": (logits, (signs + 1) / 2, lambda z, t: F.binary_cross_entropy_with_logits(z, t, reduction="none")),
    "Mse": (logits, torch.randn(samples, 4), lambda z, t: F.mse_loss(z, t, reduction="none")),
    "L1": (logits, torch.randn(samples, 4), lambda z, t: F.l1_loss(z, t, reduction="none")),
    "SmoothL1": (logits * 3, torch.randn(samples, 4), lambda z, t: F.smooth_l1_loss(z, t, reduction="none")),
    "Hinge": (logits, classes, lambda z, t: F.multi_margin_loss(z, t, reduction="none")),
    "Hinge/signs": (logits, signs, lambda z, t: (1 - z * t).clamp_min(0)),
    "Output": (logits, None, lambda z, t: z),
}
references["losses"] = {}
for name, (z, t, function) in cases.items():
    tensors = {"inputs": z, "targets": t} if t is not None else {"inputs": z}
    file = name.replace("/", "_")
    save_tensors(f"loss_{file}", tensors)
    save_tensors(f"weighted_{file}", {**tensors, "weights": weights})
    elements = function(z.double(), t.double() if t is not None and t.is_floating_point() else t).reshape(samples, -1)
    valid = (t != -100).reshape(samples, -1).double() if t is not None and t.shape[0] == samples and not t.is_floating_point() else torch.ones_like(elements)
    accuracy = None
    if name in ("CrossEntropy", "CrossEntropy/wide", "Nll", "Hinge"):
        accuracy = (z.argmax(1) == t).double().mean().item()
    elif name == "CrossEntropy/ignored":
        accuracy = (z.argmax(1) == t)[t != -100].double().mean().item()
    elif name in ("BceWithLogits", "Hinge/signs"):
        accuracy = ((z > 0) == (t > 0.5 if name == "BceWithLogits" else t > 0)).double().mean().item()
    references["losses"][name] = {
        "mean": (elements.sum() / valid.sum()).item(),
        "weighted": ((elements.sum(1) * weights).sum() / (valid.sum(1) * weights).sum()).item(),
        "accuracy": accuracy,
    }

# What modules inside give out, by hooks of the module in Python; the last call counts.
def activations(name, module, inputs, names):
    kept = {}
    for part in names:
        dict(module.named_modules())[part].register_forward_hook(lambda _, __, output, part=part: kept.__setitem__(part, output.detach().clone()))
    with torch.no_grad():
        kept["own"] = module(inputs)
    references.setdefault("activations", {})[name] = {part: value.flatten(1).tolist() for part, value in kept.items()}


x = torch.randn(203, 12)
save_tensors("nested_batch", {"inputs": x})
nested = Nested()
save_module("nested", nested)
save_module("nested_traced", nested, x[:6])
inner = ["body", "body.0", "body.0.layer", "body.0.act", "body.1", "body.1.0", "twice"]
activations("nested", nested.eval(), x, inner)
references["activations"]["nested_traced"] = {name: references["activations"]["nested"][name] for name in inner}
x = torch.randn(70, 1, 8, 8)
pixels = Cnn().eval()
save_module("pixels", pixels)
save_tensors("pixels_batch", {"inputs": x, "targets": torch.zeros(70, dtype=torch.int64)})
activations("pixels", pixels, x, ["conv", "norm", "head"])

# |d output / d input| of the largest output, by PyTorch's own autograd.
x = x[:7].clone().requires_grad_(True)
outputs = pixels(x)
outputs.max(1).values.sum().backward()
references["saliency"] = {"maps": x.grad.abs().flatten().tolist(), "predicted": outputs.argmax(1).tolist(), "scores": outputs.max(1).values.tolist()}
classifier = nn.Linear(6, 3)
save_module("classifier", classifier)
save_tensors("classifier_batch", {"inputs": torch.randn(5, 6), "targets": torch.tensor([0, 1, 2, 1, 0])})
references["classifier"] = classifier.weight.tolist()
# The first of four units never gives out anything.
dying = nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Linear(4, 3))
with torch.no_grad():
    dying[0].bias[0] = -100
save_module("dying", dying)

(folder / "references.json").write_text(json.dumps(references))
