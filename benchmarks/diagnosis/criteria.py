"""Whether a run ended in the state that its recipe meant, judged by what its curves do not show: losses over all samples, a third split, gradients in float64, and runs from the
same weights under other settings. The rules of the product have no part in it."""

from __future__ import annotations

import copy
import math
from dataclasses import replace
from typing import List, Optional, Tuple

import numpy

import training
from networks import Net
from training import Run

# How a healthy run is judged: another run on the same samples, with settings that are known to work on all of these tasks, does not come out much better.
PLAIN = dict(optimiser="adam", lr=3e-3, momentum=0.0, weight_decay=1e-4, batch=64, steps=600, schedule="cosine", check_every=20, pretrain=0, clip=0.0)
MUCH = 0.1  # of the loss of an untrained model


def verdict(run: Run) -> Tuple[bool, str]:
    """Whether the state is what was meant, and why not where it is not."""
    checks = {
        "healthy": healthy, "diverging": diverging, "non_finite": non_finite, "oscillating": oscillating, "plateau": plateau, "not_falling": not_falling, "overfitting": overfitting,
        "underfitting": underfitting, "vanishing_gradients": vanishing, "exploding_gradients": exploding, "dead_units": dead, "class_imbalance": imbalance, "split_shift": shift,
    }
    why = checks[run.recipe.state](run)
    return why is None, why or ""


def onset(run: Run) -> Optional[int]:
    """The first step from which on a tenth of what the true training loss had come down by is lost for good, or None."""
    losses = [loss if math.isfinite(loss) else math.inf for loss in run.truth.train]
    best, found = math.inf, None
    for step, loss in zip(run.truth.steps, losses):
        if loss <= min(best, loss) + 0.1 * (losses[0] - min(best, loss)):
            found = None
        elif found is None:
            found = step
        best = min(best, loss)
    return found


def _end(values: List[float], share: float = 0.1) -> float:
    return float(numpy.mean(values[-max(1, int(share * len(values))) :]))


def _fall(run: Run) -> float:
    return 1 - _end(run.truth.train) / run.truth.train[0]


def healthy(run: Run) -> Optional[str]:
    truth = run.truth
    if not truth.finite or not all(map(math.isfinite, truth.train)):
        return "not finite"
    if _end(truth.test) > 1.1 * min(truth.test) + 0.02 * max(truth.test[0], truth.train[0]):
        return f"test loss ends at {_end(truth.test):.3f}, best {min(truth.test):.3f}"
    if _end(truth.train) > 1.2 * min(truth.train) + 0.02 * truth.train[0]:
        return "training loss does not end at its best"
    net = run.recipe.net if run.recipe.net.kind == "recurrent" else Net(widths=(64, 32))
    plain = training.train(replace(run.recipe, net=net, gradients=False, dead=False, **PLAIN)).truth
    if min(truth.test) > min(plain.test) + MUCH * plain.train[0]:
        return f"reaches {min(truth.test):.3g}, plain settings {min(plain.test):.3g}"
    norms = [norm for norm in truth.gradients.values()]
    if max(norms) > 1e3 * max(min(norms), 1e-12) or max(norms) > 1e3:
        return "uneven gradients"
    return "dead units" if truth.dead > 0.4 else None


def diverging(run: Run) -> Optional[str]:
    losses = run.truth.train
    if not all(map(math.isfinite, losses)):
        return "not finite"
    end, best = _end(losses, 0.05), min(losses)
    if onset(run) is None or end < best + 0.6 * max(losses[0] - best, 0.5 * losses[0]):
        return f"ends at {end:.3g} after {best:.3g}"
    return None


def non_finite(run: Run) -> Optional[str]:
    return None if not run.truth.finite else "weights are finite"


def _continued(run: Run, **settings) -> Run:
    recipe = replace(run.recipe, pretrain=0, schedule="constant", momentum=0.0, reference=None, **settings)
    return training.train(recipe, copy.deepcopy(run.model))


def oscillating(run: Run) -> Optional[str]:
    losses = run.truth.train
    if not run.truth.finite or not all(map(math.isfinite, losses)):
        return "not finite"
    half = losses[len(losses) // 2 :]
    end = float(numpy.median(half))
    if numpy.percentile(half, 90) - numpy.percentile(half, 10) < 0.15 * losses[0]:
        return f"the true loss spans {numpy.percentile(half, 90) - numpy.percentile(half, 10):.3g} of {losses[0]:.3g}"
    if end > 3 * losses[0]:
        return "diverged"
    quarter = float(numpy.median(half[len(half) // 2 :]))
    if quarter < 0.7 * float(numpy.median(half[: len(half) // 2])):
        return "still falls"
    calm = _continued(run, steps=200, clip=0.0, **run.recipe.reference).truth.train
    return None if _end(calm) < 0.7 * end else f"a calmer rate reaches {_end(calm):.3g} from {end:.3g}"


def _is_flat(losses: List[float]) -> bool:
    late = losses[len(losses) // 2 :]
    return abs(_end(late) - late[0]) < 0.04 * losses[0]


def plateau(run: Run) -> Optional[str]:
    losses = run.truth.train
    if not _is_flat(losses) or _fall(run) < 0.12:
        return f"falls by {_fall(run):.2f}, not flat or no fall"
    if _fall(run) > 0.55:
        return "came too far down"
    better = _continued(run, steps=150, **run.recipe.reference).truth.train
    return None if _end(better) < 0.6 * _end(losses) else f"a better rate reaches {_end(better):.3g} from {_end(losses):.3g}"


def not_falling(run: Run) -> Optional[str]:
    maker = run.recipe.name
    if "not_falling_data" in maker:
        test = run.truth.test
        if _fall(run) < 0.5:
            return "training did not fall"
        return None if min(test) > 0.95 * test[0] else f"the test loss fell to {min(test):.3g} from {test[0]:.3g}"
    return None if abs(_fall(run)) < 0.06 and run.truth.finite else f"fell by {_fall(run):.2f}"


def overfitting(run: Run) -> Optional[str]:
    test = run.truth.test
    best = int(numpy.argmin(test))
    if _end(test) < 1.25 * test[best]:
        return f"test loss ends at {_end(test):.3g}, best {test[best]:.3g}"
    if best > 0.8 * len(test):
        return "best at the end"
    return None if _fall(run) > 0.5 else "training did not fall"


def underfitting(run: Run) -> Optional[str]:
    losses = run.truth.train
    if not _is_flat(losses) or _fall(run) < 0.05:
        return f"not flat, or fell by {_fall(run):.2f}"
    if _end(losses) < 0.5 * losses[0]:
        return "came too far down"
    if _end(run.truth.test) > 1.15 * _end(losses):
        return "a gap to the test split"
    better = training.train(replace(run.recipe, steps=600, **run.recipe.reference)).truth.train
    return None if _end(better) < 0.6 * _end(losses) else f"a stronger model reaches {_end(better):.3g} from {_end(losses):.3g}"


def vanishing(run: Run) -> Optional[str]:
    norms = list(run.truth.gradients.values())
    return None if norms[0] < 1e-4 * max(norms) else f"{norms[0]:.2g} beside {max(norms):.2g}"


def exploding(run: Run) -> Optional[str]:
    first = math.sqrt(sum(norm**2 for norm in run.truth.gradients.values()))
    last = run.truth.final_gradient
    if not run.truth.finite or math.isnan(last) or first > 1e4 or (last > 100 * first and last > 100):
        return None
    return f"{first:.3g} at first, {last:.3g} at last"


def dead(run: Run) -> Optional[str]:
    return None if run.truth.dead >= 0.55 else f"{run.truth.dead:.2f} are dead"


def _shares(run: Run, split: int) -> numpy.ndarray:
    counts = numpy.bincount(run.data[split].targets.numpy(), minlength=10)
    return counts / counts.sum()


def imbalance(run: Run) -> Optional[str]:
    shares = _shares(run, 0)
    return None if shares.max() >= 5 * shares.min() else f"{shares.max():.2f} beside {shares.min():.2f}"


def shift(run: Run) -> Optional[str]:
    # As drawn: the recipe knows the shares that the two splits were drawn with.
    a, b = _shares(run, 0), _shares(run, 1)
    return None if abs(a - b).sum() / 2 >= 0.12 else f"total variation {abs(a - b).sum() / 2:.2f}"
