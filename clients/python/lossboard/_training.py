"""Losses with their terms, and checkpoints that say why they were saved."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from . import _torchscript, safetensors
from ._json import number
from ._names import artifact_name, require_name
from ._warn import harmless

REASONS = ("periodic", "best", "last", "manual", "interrupted")
GOALS = ("min", "max")


class Training:
    """What a run logs of the training itself. The engine and the counters are the run's."""

    _engine: Any

    @harmless
    def log_loss(self, step: Optional[int] = None, data: Any = 0.0, l1: Any = None, l2: Any = None, tag: str = "train/loss", **terms: Any) -> None:
        """Logs a loss as the sum of its terms: the total as `train/loss`, each term below it (`train/loss/data`, `/l1`, `/l2`, and others by
        their names). Numbers, or tensors of one element; terms that are None are left out."""
        given: Dict[str, float] = {"data": float(data)}
        for name, value in (("l1", l1), ("l2", l2), *terms.items()):
            if value is not None:
                given[name] = float(value)
        values = {tag: sum(given.values())}
        values.update((f"{tag}/{name}", value) for name, value in given.items())
        self.log(values, step)  # type: ignore[attr-defined]

    @harmless
    def log_checkpoint(self, state_dict: Any, step: int, name: Optional[str] = None, reason: Optional[str] = None,
                       metric: Optional[str] = None, value: Any = None, goal: Optional[str] = None) -> None:
        """Uploads weights as they are now, by default as `checkpoints/<step>.safetensors`: a `state_dict()`, or the module itself.

        `reason` says why: periodic, best, last, manual or interrupted. `metric` and `value` say how good it was then, and `goal` (min or max)
        which values are better: the dashboard's "best", and what its retention never deletes, go by them.
        """
        place = int(step)
        origin = checkpoint_origin(reason, metric, value, goal)
        parts = safetensors.Plan(_torchscript.weights(state_dict))
        self._engine.put_tensors(require_name(artifact_name(name or f"checkpoints/{place}.safetensors"), "the name"), "checkpoint", place, parts, origin)


def checkpoint_origin(reason: Optional[str], metric: Optional[str], value: Any, goal: Optional[str]) -> Mapping[str, Any]:
    """What an upload says of itself. Raises ValueError."""
    origin: Dict[str, Any] = {}
    if reason is not None:
        if reason not in REASONS:
            raise ValueError(f"reason must be one of {', '.join(REASONS)}, not {reason!r}")
        origin["reason"] = reason
    if metric is None:
        if value is not None or goal is not None:
            raise ValueError("value and goal need a metric: name the tag that they are of")
        return origin
    if value is None:
        raise ValueError(f"metric {metric!r} needs its value")
    if goal is not None and goal not in GOALS:
        raise ValueError(f"goal must be min or max, not {goal!r}")
    origin["metric"] = require_name(metric, "metric")
    origin["value"] = number(float(value))
    if goal is not None:
        origin["goal"] = goal
    return origin
