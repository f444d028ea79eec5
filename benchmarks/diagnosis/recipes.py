"""Every run that is trained: settings under which a small model ends in each state. Whether it did is for criteria.py to say."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Iterator, List

from networks import Net
from tasks import Task
from training import NAMES, Recipe

DIGITS, FASHION, RINGS = Task("digits"), Task("fashion", 1000), Task("rings", 600)
SPIRALS, WAVES, PARITY = Task("spirals", 800), Task("waves", 600, noise=0.1), Task("parity", 400)
STYLES = list(NAMES)


def all_recipes() -> List[Recipe]:
    """Recipes in a fixed order, each with a name of its own."""
    makers = [
        healthy, diverging, non_finite, oscillating, plateau, not_falling_optimiser, not_falling_architecture, not_falling_model, not_falling_data, overfitting, underfitting,
        vanishing, exploding, dead, imbalance, shift,
    ]
    found = []
    for maker in makers:
        for number, recipe in enumerate(maker()):
            # How a run is named has nothing to do with its state.
            found.append(replace(recipe, name=f"{recipe.state}/{maker.__name__}-{number}", seed=1000 + 17 * len(found), names=STYLES[(number + len(maker.__name__)) % len(STYLES)]))
    return found


def _run(state: str, task: Task, net: Net, **settings) -> Recipe:
    return Recipe("", state, 0, task, net, **settings)


def healthy() -> Iterator[Recipe]:
    mlp, wide, deep = Net(widths=(48,)), Net(widths=(64, 32), dropout=0.2), Net(widths=(48, 48, 48), norm=True)
    conv = Net("conv", (8, 32))
    for net, (schedule, lr), batch in product((mlp, wide), (("constant", 0.05), ("cosine", 0.1), ("steps", 0.1), ("warmup", 0.15)), (16, 64)):
        yield _run("healthy", DIGITS, net, lr=lr, schedule=schedule, batch=batch, steps=400, labels=True)
    for optimiser, lr in (("adam", 2e-3), ("adamw", 3e-3), ("adam", 1e-3)):
        for net in (mlp, deep, conv):
            yield _run("healthy", DIGITS, net, optimiser=optimiser, lr=lr, batch=32, steps=250, weight_decay=1e-4, gradients=True, dead=True)
    for net, epochs in product((mlp, conv, wide), (False, True)):
        yield _run("healthy", FASHION, net, optimiser="adam", lr=1.5e-3, schedule="cosine", steps=240, log_every=16 if epochs else 1, epoch_means=epochs, labels=True)
    for net, batch in product((Net(widths=(32, 32), activation="tanh"), Net(widths=(64,))), (16, 128)):
        yield _run("healthy", WAVES, net, optimiser="adam", lr=1e-2, batch=batch, schedule="cosine", steps=400, gradients=True)
        yield _run("healthy", WAVES, net, lr=0.1, momentum=0.9, batch=batch, schedule="warmup", steps=500)
    for batch in (4, 4, 8):
        yield _run("healthy", DIGITS, mlp, lr=0.02, batch=batch, steps=500, log_every=1)
        yield _run("healthy", FASHION, mlp, lr=0.01, batch=batch, steps=500, log_every=1, schedule="cosine")
    for task in (RINGS, SPIRALS):
        for lr in (5e-3, 1e-2):
            yield _run("healthy", task, Net(widths=(48, 48), activation="tanh"), optimiser="adam", lr=lr, steps=600 if task is SPIRALS else 300, log_every=3, check_every=30, dead=True)
    for net in (mlp, deep, wide):
        yield _run("healthy", DIGITS, net, lr=0.3, schedule="restarts", steps=400)
        yield _run("healthy", FASHION, net, lr=0.2, schedule="restarts", steps=400)
    for net in (mlp, conv):
        yield _run("healthy", DIGITS, net, optimiser="adam", lr=5e-4, pretrain=60, steps=200)
        yield _run("healthy", FASHION, net, optimiser="adam", lr=3e-4, pretrain=80, steps=200, log_every=4)
    for noise in (0.1, 0.2):
        yield _run("healthy", replace(DIGITS, label_noise=noise), Net(widths=(48,), dropout=0.3), lr=0.05, schedule="cosine", steps=300)
        yield _run("healthy", replace(FASHION, label_noise=noise), Net(widths=(32,), dropout=0.3), lr=0.03, schedule="cosine", steps=300, weight_decay=1e-3)
    for noise in (0.3, 0.5):
        yield _run("healthy", replace(WAVES, noise=noise), Net(widths=(16,), activation="tanh"), optimiser="adam", lr=1e-2, steps=300, schedule="cosine")
    for steps, every in ((40, 2), (60, 3), (100, 5), (1000, 2), (150, 1), (90, 3)):
        yield _run("healthy", DIGITS, mlp, optimiser="adam", lr=4e-3, steps=steps, log_every=every, check_every=max(5, steps // 10), labels=True)
        yield _run("healthy", FASHION, conv, optimiser="adam", lr=4e-3, steps=min(steps, 300), log_every=every, check_every=max(5, min(steps, 300) // 8), gradients=True, dead=True)
    for lr in (0.05, 0.1):
        yield _run("healthy", Task("sums", 800), Net("recurrent", (24,), activation="tanh"), optimiser="adam", lr=lr / 10, clip=1.0, steps=300, gradients=True)
        yield _run("healthy", WAVES, Net(widths=(32, 32, 32), norm=True), lr=lr, steps=400, log_every=4)
        yield _run("healthy", DIGITS, Net(widths=(32, 32, 32, 32), activation="gelu"), optimiser="adam", lr=lr / 20, schedule="warmup", steps=300, gradients=True)
    for optimiser, lr in (("adam", 3e-3), ("sgd", 0.2), ("adamw", 5e-3)):
        for batch in (16, 64, 200):
            yield _run("healthy", replace(DIGITS, train=1000), Net(widths=(96,)), optimiser=optimiser, lr=lr, batch=batch, schedule="cosine", steps=350, log_every=1 if batch == 16 else 5, labels=True)
            yield _run("healthy", replace(FASHION, train=3000), Net(widths=(64,)), optimiser=optimiser, lr=lr / 2, batch=batch, schedule="warmup", steps=400, gradients=batch == 64)
    for seed in range(4):
        yield _run("healthy", RINGS, Net(widths=(32 + seed, 32)), optimiser="adam", lr=1e-2, steps=400, check_every=40, schedule="cosine", labels=True)
        yield _run("healthy", replace(WAVES, train=900), Net(widths=(48 + seed, 48), activation="gelu"), optimiser="adam", lr=4e-3, steps=500, schedule="steps")
    for batch in (32, 128):
        yield _run("healthy", DIGITS, Net(widths=(64,), dropout=0.5), lr=0.1, batch=batch, steps=300, dead=True)
        yield _run("healthy", FASHION, Net(widths=(64,), dropout=0.5), lr=0.1, batch=batch, steps=300, labels=True)


def diverging() -> Iterator[Recipe]:
    for task, net, lr, factor in (
        (DIGITS, Net(widths=(48,)), 0.1, 60), (FASHION, Net(widths=(48,)), 0.05, 80), (DIGITS, Net(widths=(48, 48)), 0.1, 40), (RINGS, Net(widths=(32, 32), activation="tanh"), 0.1, 80),
        (DIGITS, Net("conv", (8, 32)), 0.05, 60), (FASHION, Net("conv", (8, 32)), 0.05, 60),
    ):
        for change in (0.3, 0.6):
            yield _run("diverging", task, net, lr=lr, momentum=0.9, schedule="change", change=change, factor=factor, steps=300, gradients=change == 0.3)
    for task, net in ((DIGITS, Net(widths=(64, 64))), (FASHION, Net(widths=(64, 64))), (RINGS, Net(widths=(64, 64)))):
        for lr in (3.0, 1.5):
            yield _run("diverging", task, net, lr=lr, momentum=0.95, steps=200)
            yield _run("diverging", task, net, lr=0.01, momentum=0.9, schedule="grow", factor=lr * 400, steps=300)
    for lr in (0.3, 0.5, 1.0):
        yield _run("diverging", DIGITS, Net(widths=(64, 64)), optimiser="adam", lr=2e-3, schedule="change", change=0.5, factor=lr * 1000, steps=300)


def non_finite() -> Iterator[Recipe]:
    for scale, lr in ((30, 0.05), (100, 0.01), (10, 0.3), (300, 0.01)):
        yield _run("non_finite", replace(WAVES, scale=scale), Net(widths=(32, 32)), lr=lr, steps=200)
        yield _run("non_finite", replace(WAVES, scale=scale), Net(widths=(32,)), lr=1e-4, schedule="grow", factor=1e6, steps=300, log_every=1)
    for factor in (500, 5000):
        yield _run("non_finite", WAVES, Net(widths=(32, 32)), lr=0.05, momentum=0.9, schedule="change", change=0.5, factor=factor, steps=200)
        yield _run("non_finite", Task("sums", 400), Net("recurrent", (24,), activation="relu", gain=1.6), lr=0.02 * factor, steps=120, gradients=True)
    for width in (64, 256):
        yield _run("non_finite", DIGITS, Net(widths=(width, width, width), activation="none"), lr=5.0, momentum=0.9, steps=200)


def oscillating() -> Iterator[Recipe]:
    noisy = replace(DIGITS, label_noise=0.3)
    calm = {"optimiser": "adam", "lr": 3e-3}
    for lr in (0.3, 0.5, 0.7, 1.0, 1.5):
        yield _run("oscillating", noisy, Net(widths=()), lr=lr, batch=16, steps=300, reference=calm)
        yield _run("oscillating", replace(FASHION, label_noise=0.2), Net(widths=()), lr=lr / 4, batch=16, steps=300, reference=calm)
        yield _run("oscillating", replace(DIGITS, label_noise=0.1), Net(widths=()), optimiser="adam", lr=lr, batch=32, steps=300, reference=calm)
        yield _run("oscillating", WAVES, Net(widths=()), optimiser="adam", lr=1.5 * lr, steps=250, batch=16, reference=calm)
        yield _run("oscillating", Task("wide", 400, 200, 400, label_noise=0.2), Net(widths=()), lr=4 * lr, batch=8, steps=300, reference=calm)
    for lr in (0.5, 0.8, 1.0, 1.5):
        yield _run("oscillating", WAVES, Net(widths=(32,), activation="tanh"), lr=lr, clip=1.0, steps=300, batch=32, log_every=1, reference={"lr": 0.02})


def plateau() -> Iterator[Recipe]:
    for task, net in ((DIGITS, Net(widths=(48,))), (FASHION, Net(widths=(48,))), (WAVES, Net(widths=(32, 32), activation="tanh")), (RINGS, Net(widths=(32, 32), activation="tanh"))):
        for change in (0.05, 0.1, 0.15, 0.2):
            better = {"optimiser": "adam", "lr": 5e-3}
            # A quarter is learnt before the rate falls to nothing.
            lr = {"digits": 0.02, "fashion": 0.01, "waves": 0.01, "rings": 0.05}[task.name]
            yield _run("plateau", task, net, lr=lr, schedule="change", change=change, factor=1e-3, steps=500, log_every=3, check_every=25, reference=better)


def not_falling_optimiser() -> Iterator[Recipe]:
    for task, net in ((DIGITS, Net(widths=(48,))), (FASHION, Net("conv", (8, 32))), (WAVES, Net(widths=(32, 32)))):
        for lr in (1e-5, 1e-6):
            yield _run("not_falling", task, net, lr=lr, steps=300, gradients=lr == 1e-5)
        yield _run("not_falling", task, net, optimiser="adam", lr=1e-7, steps=200, gradients=True)


def not_falling_architecture() -> Iterator[Recipe]:
    for task, depth in ((DIGITS, 8), (DIGITS, 12), (FASHION, 10), (FASHION, 6)):
        yield _run("not_falling", task, Net(widths=(32,) * depth, activation="sigmoid"), lr=0.05, steps=250, gradients=True)
    for task in (DIGITS, FASHION):
        yield _run("not_falling", task, Net(widths=(32, 32, 32), bias=-20.0), lr=0.01, steps=250, gradients=True, dead=True)


def not_falling_model() -> Iterator[Recipe]:
    for lr, batch in ((0.1, 32), (0.05, 64), (0.02, 16), (0.1, 0)):
        yield _run("not_falling", Task("parity", 600), Net(widths=(), gain=0.1), lr=lr, batch=batch, steps=300, gradients=True)
        yield _run("not_falling", Task("parity", 600), Net(widths=(), gain=0.1), optimiser="adam", lr=lr / 20, batch=batch, steps=200)


def not_falling_data() -> Iterator[Recipe]:
    for count in (10, 16, 20, 30):
        yield _run("not_falling", Task("wide", count, 200, 400), Net(widths=(32,)), optimiser="adam", lr=2e-3, batch=8, steps=200, log_every=2, check_every=10)
        yield _run("not_falling", Task("digits", count * 3, 300, 600, shuffled=True), Net(widths=(64,)), optimiser="adam", lr=3e-3, batch=16, steps=250, check_every=12)


def overfitting() -> Iterator[Recipe]:
    for count, noise in ((100, 0.2), (150, 0.4), (200, 0.3), (80, 0.1)):
        for optimiser, lr in (("adam", 5e-3), ("sgd", 0.3)):
            yield _run("overfitting", Task("digits", count, 300, 600, label_noise=noise), Net(widths=(128,)), optimiser=optimiser, lr=lr, momentum=0.9 if optimiser == "sgd" else 0.0, batch=32, steps=400)
            yield _run("overfitting", Task("fashion", count, 300, 600, label_noise=noise), Net(widths=(128, 64)), optimiser=optimiser, lr=lr / 2, batch=16, steps=400, check_every=40)
    for count, noise in ((40, 0.5), (60, 0.4), (50, 0.8), (30, 0.3)):
        yield _run("overfitting", Task("waves", count, 200, 500, noise=noise), Net(widths=(128, 128), activation="tanh"), optimiser="adam", lr=1e-2, batch=16, steps=600, log_every=4, check_every=30)
        yield _run("overfitting", Task("wide", 4 * count, 200, 500, label_noise=0.2), Net(widths=(64,)), optimiser="adam", lr=2e-3, batch=32, steps=300, check_every=15)


def underfitting() -> Iterator[Recipe]:
    bigger = {"net": Net(widths=(64, 64), activation="tanh"), "optimiser": "adam", "lr": 1e-2, "weight_decay": 0.0}
    for lr in (0.05, 0.2):
        yield _run("underfitting", SPIRALS, Net(widths=()), lr=lr, steps=300, reference=bigger)
        yield _run("underfitting", SPIRALS, Net(widths=(3,), activation="tanh"), optimiser="adam", lr=lr / 5, steps=300, reference=bigger)
        yield _run("underfitting", RINGS, Net(widths=(1,), activation="tanh"), optimiser="adam", lr=lr / 5, steps=300, reference=bigger)
    for lr in (0.02, 0.05, 0.1):
        yield _run("underfitting", RINGS, Net(widths=()), lr=lr * 4, steps=300, batch=32, reference=bigger)
        yield _run("underfitting", SPIRALS, Net(widths=(2,), activation="tanh"), optimiser="adam", lr=lr, steps=300, reference=bigger)
        yield _run("underfitting", SPIRALS, Net(widths=(4,)), lr=lr * 4, momentum=0.9, steps=400, reference=bigger)
        yield _run("underfitting", FASHION, Net(widths=(1, 8)), optimiser="adam", lr=lr / 5, steps=400, reference={"net": Net(widths=(64,))})
    for decay in (0.25, 0.3, 0.35):
        yield _run("underfitting", DIGITS, Net(widths=(32,)), optimiser="sgd", lr=0.05, weight_decay=decay, steps=500, batch=32, reference={"weight_decay": 0.0})
    for decay in (0.1, 0.2, 0.4):
        yield _run("underfitting", DIGITS, Net(widths=(32,)), lr=0.05, weight_decay=decay, steps=400, reference={"weight_decay": 0.0})
        yield _run("underfitting", FASHION, Net(widths=(32,)), lr=0.05, weight_decay=decay, steps=400, reference={"weight_decay": 0.0})
    for width in (1, 2):
        yield _run("underfitting", DIGITS, Net(widths=(width, 16)), optimiser="adam", lr=1e-2, steps=500, log_every=3, check_every=30, reference={"net": Net(widths=(64,))})
        yield _run("underfitting", Task("waves", 600, noise=0.1), Net(widths=(width,), activation="sigmoid"), optimiser="adam", lr=2e-2, steps=500, log_every=3, check_every=30, reference=bigger)


def vanishing() -> Iterator[Recipe]:
    for task, net in ((DIGITS, 8), (DIGITS, 10), (FASHION, 9), (FASHION, 12), (RINGS, 10)):
        for optimiser, lr in (("sgd", 0.1), ("adam", 1e-3), ("sgd", 0.5)):
            yield _run("vanishing_gradients", task, Net(widths=(24,) * net, activation="sigmoid"), optimiser=optimiser, lr=lr, steps=200, gradients=True)


def exploding() -> Iterator[Recipe]:
    for gain in (6.0, 8.0, 10.0, 12.0):
        yield _run("exploding_gradients", DIGITS, Net(widths=(64,) * 8, gain=gain), lr=1e-6, steps=150, gradients=True)
        yield _run("exploding_gradients", FASHION, Net(widths=(64,) * 6, gain=gain + 2), optimiser="adam", lr=1e-4, steps=150, gradients=True)
        yield _run("exploding_gradients", Task("sums", 400), Net("recurrent", (24,), activation="relu", gain=1.6 + gain / 20), lr=1e-12, steps=150, gradients=True)
        yield _run("exploding_gradients", WAVES, Net(widths=(32, 32), activation="none"), lr=0.02, momentum=0.9, schedule="change", change=0.6, factor=8 * gain, steps=150, gradients=True)


def dead() -> Iterator[Recipe]:
    for bias in (-2.0, -4.0, -8.0):
        yield _run("dead_units", DIGITS, Net(widths=(64, 32), bias=bias), lr=0.05, steps=200, dead=True, gradients=True)
        yield _run("dead_units", FASHION, Net(widths=(64, 32), bias=2 * bias), lr=0.05, steps=200, dead=True)
    for lr in (1.0, 2.0, 4.0):
        yield _run("dead_units", DIGITS, Net(widths=(64, 64)), lr=lr, momentum=0.9, steps=200, dead=True)
        yield _run("dead_units", FASHION, Net("conv", (8, 64)), optimiser="adam", lr=lr / 10, steps=200, dead=True)


def imbalance() -> Iterator[Recipe]:
    for keep in ((0.1,), (0.05, 0.5), (0.15, 0.15, 0.15), (0.2, 1, 1, 0.2, 1, 1, 1, 1, 0.2), (0.02,), (1, 0.1, 1, 0.1)):
        yield _run("class_imbalance", replace(DIGITS, keep=keep, keep_val=keep), Net(widths=(48,)), lr=0.1, steps=200, labels=True)
        yield _run("class_imbalance", replace(FASHION, keep=keep, keep_val=keep), Net(widths=(48,)), optimiser="adam", lr=2e-3, steps=200, labels=True)


def shift() -> Iterator[Recipe]:
    for keep in ((0.3, 0.3, 0.3), (0.2,) * 5, (0.0, 0.4), (1, 0.3, 1, 0.3, 1, 0.3), (0.4,) * 3, (0.1,)):
        yield _run("split_shift", replace(DIGITS, val=300, keep_val=keep), Net(widths=(48,)), lr=0.1, steps=200, labels=True)
        yield _run("split_shift", replace(FASHION, val=300, keep_val=keep), Net(widths=(48,)), optimiser="adam", lr=2e-3, steps=200, labels=True)
