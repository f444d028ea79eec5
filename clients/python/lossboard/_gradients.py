"""The part of a run that watches gradients."""

from __future__ import annotations

import math
import time
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple, Union

from . import _arrays, _moments, _signedlog
from ._engine import Engine
from ._names import name_problem
from ._warn import harmless, warn_once
from ._watch import NoWatch, Watch


class Gradients:
    """What `Run` knows of gradients."""

    _engine: Engine
    _tags: Dict[str, None]
    _admit: Callable[[Any], bool]
    _event: Callable[..., None]
    _step: Callable[[str, Optional[int]], int]
    _watches: List[Watch]
    _last_gradients: Dict[str, Tuple[Any, Any]]

    def watch(self, model: Any, optimizer: Any = None, *, every: Optional[int] = None, histograms_every: Optional[int] = None,
              activations: Union[bool, str] = False, parameters: Optional[str] = None) -> Union[Watch, NoWatch]:
        """Logs what the gradients of a PyTorch model say while it trains, from one line before the loop: for each parameter and the
        whole model their norms, the size of updates, the angle from one step's gradient to the next one's, the share of zeros and how
        many are no numbers; signed logarithmic histograms of gradients and weights; docs/gradients.md lists the tags.

        `every` and `histograms_every` are in steps; by default they are chosen while it trains so that all of it takes about 2 % of
        its time (0: no histograms). Gradients are looked at when a backward pass ends, or with an `optimizer` right before its step:
        after clipping and unscaling, once for several backward passes. `activations` also logs dead units and histograms of what
        activation modules give, or of the modules that a regular expression finds; `parameters` is one that chooses parameters.
        """
        try:
            watch = Watch(self, model, optimizer, every, histograms_every, activations, parameters)
        except Exception as error:
            warn_once(f"watch:{type(error).__name__}", f"watch() watches nothing: {error}")
            return NoWatch()
        self._watches = [*self._watches, watch]
        return watch

    @harmless
    def log_gradients(self, gradients: Mapping[str, Any], step: Optional[int] = None, weights: Optional[Mapping[str, Any]] = None,
                      histograms: bool = True) -> None:
        """Logs the same of gradients that are given by name, as arrays of any library, in the model's order; with `weights` of the same
        names also their norms and updates. Cosines and update ratios are those to the previous call."""
        place, wall = self._step("gradients", step), time.time()
        moments: Dict[str, _moments.Moment] = {}
        points: List[Tuple[str, float]] = []
        known = set(self._last_gradients)
        for position, (name, values) in enumerate(gradients.items()):
            gradient = _flat(values)
            weight = None if weights is None or name not in weights else _flat(weights[name])
            before, weight_before = self._last_gradients.get(name, (None, None))
            if before is None:
                points += [(f"gradients/{name}/size", float(len(gradient))), (f"gradients/{name}/position", float(position))]
            moments[name] = _moment(gradient, before, weight, weight_before)
            self._last_gradients[name] = (gradient, weight)
            points += _named(name, moments[name], weight is not None)
            if histograms:
                for kind, array in (("gradients", gradient), ("weights", weight)):
                    self._put_counts(f"{kind}/{name}", array, place, wall)
        whole = _moments.total(moments.values())
        tags = ("norm", "cosine", "update_ratio") if self._last_gradients.keys() == known else ("norm", "cosine", "update_ratio", "size")
        points += [(f"gradients/{tag}", whole[tag]) for tag in tags if whole[tag] is not None]  # type: ignore[misc]
        if weights is not None:
            points.append(("weights/norm", whole["weight"] or 0.0))
        self._put_points(points, place, wall)

    def _put_points(self, points: List[Tuple[str, float]], step: int, wall: float) -> None:
        point, known = self._engine.point, self._tags
        for tag, value in points:
            if tag in known or self._admit(tag):
                point(tag, step, value, wall)

    def _put_counts(self, tag: str, values: Any, step: int, wall: float) -> None:
        if values is None or name_problem(tag):
            return
        finite = [value for value in values if math.isfinite(value)] if isinstance(values, list) else values[_finite(values)]
        counted = _signedlog.trimmed(_signedlog.count(finite) if isinstance(finite, list) else _signedlog.count_numpy(finite))
        if counted:
            self._event("histogram", tag, step, wall, lambda event: {**event, **counted})


def _flat(values: Any) -> Any:
    """A copy as a flat array of doubles, or a list of them where there is no numpy."""
    data, _ = _arrays.snapshot(values)
    if hasattr(data, "ravel"):
        return data.ravel().astype("float64")
    return _arrays.flat(data)


def _finite(values: Any) -> Any:
    import numpy

    return numpy.isfinite(values)


def _length(values: Any) -> float:
    return math.sqrt(sum(value * value for value in values)) if isinstance(values, list) else math.sqrt(float(values @ values))


def _product(one: Any, other: Any) -> float:
    return sum(a * b for a, b in zip(one, other)) if isinstance(one, list) else float(one @ other)


def _distance(one: Any, other: Any) -> float:
    return _length([a - b for a, b in zip(one, other)] if isinstance(one, list) else one - other)


def _moment(gradient: Any, before: Any, weight: Any, weight_before: Any) -> _moments.Moment:
    size = len(gradient)
    if isinstance(gradient, list):
        held, non_finite = sum(value != 0 for value in gradient), sum(not math.isfinite(value) for value in gradient)
    else:
        held, non_finite = int((gradient != 0).sum()), int((~_finite(gradient)).sum())
    norm = _length(gradient)
    alike = before is not None and len(before) == size and type(before) is type(gradient)
    dot, old = (_product(gradient, before), _length(before)) if alike else (None, 0.0)
    moved = weight is not None and weight_before is not None and len(weight) == len(weight_before) and type(weight) is type(weight_before)
    delta, start = (_distance(weight, weight_before), _length(weight_before)) if moved else (None, 0.0)
    return _moments.Moment(
        norm, 1.0 - held / size if size else 0.0, non_finite, size, _length(weight) if weight is not None else 0.0,
        _moments.share(dot, norm * old), _moments.share(delta, start), dot, old, delta, start,
    )


def _named(name: str, moment: _moments.Moment, weighed: bool) -> List[Tuple[str, float]]:
    root = f"gradients/{name}"
    points = [(f"{root}/norm", moment.norm), (f"{root}/zeros", moment.zeros), (f"{root}/non_finite", float(moment.non_finite))]
    points += [(f"{root}/{tag}", value) for tag, value in (("cosine", moment.cosine), ("update_ratio", moment.ratio)) if value is not None]
    return [*points, (f"weights/{name}/norm", moment.weight)] if weighed else points
