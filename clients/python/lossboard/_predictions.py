"""The part of a run that logs what a model says of samples."""

from __future__ import annotations

from typing import Any, Callable, Dict, Optional, Sequence

from . import _arrays, _sprite
from ._engine import Engine
from ._items import Upload
from ._json import number
from ._names import artifact_name
from ._warn import harmless


class Predictions:
    """What `Run` knows of predictions and of the thumbnails of samples."""

    _engine: Engine
    _good: Callable[[str], str]
    _step: Callable[[str, Optional[int]], int]
    _event: Callable[..., None]

    @harmless
    def log_predictions(self, tag: str, labels: Any, scores: Any, step: Optional[int] = None, losses: Any = None,
                        ids: Optional[Sequence[Any]] = None, wall_time: Optional[float] = None, *, targets: Any = None,
                        classes: Optional[Sequence[Any]] = None, sprite: Any = None) -> None:
        """Logs what the model says of samples. A classifier: class indices, and a row of scores for each sample (`classes`: their names).
        A regression: `labels=None`, `targets` with the true numbers, and the predicted numbers as `scores`; a number or a row a sample.
        `sprite`: a thumbnail a sample, or what `log_sprite` gave, which uploads thumbnails once for many steps."""
        if (labels is None) == (targets is None):
            raise ValueError("give either labels (true classes) or targets (true numbers)")
        data, size = _arrays.snapshot(scores)
        truth: Dict[str, Any] = {}
        if targets is None:
            truth["labels"] = [int(label) for label in _arrays.nested(labels)]
        else:
            truth["targets"] = _arrays.rows(_arrays.snapshot(targets)[0])
        count = len(data)
        columns = {
            **truth,
            "losses": None if losses is None else [number(float(loss)) for loss in _arrays.nested(losses)],
            "ids": None if ids is None else [str(name) for name in ids],
        }
        for what, column in columns.items():
            if column is not None and len(column) != count:
                raise ValueError(f"{what} must have one entry for each of the {count} rows of scores, not {len(column)}")
        extra = {name: column for name, column in columns.items() if column is not None}
        if classes is not None:
            extra["classes"] = [str(name) for name in classes]
        place = self._step(f"predictions:{self._good(tag)}", step)
        if sprite is not None:
            kept = isinstance(sprite, dict)
            extra["sprite"] = sprite if kept else self._put_sprite(artifact_name("sprites", "predictions", tag, f"{place}.png"), place, count, sprite, None)

        self._event("predictions", tag, place, wall_time, lambda event: {**event, **extra, "scores": _arrays.rows(data)}, size)

    @harmless
    def log_sprite(self, name: str, images: Any, sprite_format: Optional[str] = None) -> Optional[Dict[str, Any]]:
        """Uploads thumbnails of samples as the image `sprites/<name>.png` and returns what `log_predictions(sprite=…)` takes for them.
        Axes as for `log_embedding`: N×H×W, N×H×W×C or N×C×H×W; bytes, or numbers from 0 to 1."""
        return self._put_sprite(artifact_name("sprites", f"{self._good(name)}.png"), None, None, images, sprite_format)

    def _put_sprite(self, name: str, step: Optional[int], count: Optional[int], images: Any, formats: Optional[str]) -> Dict[str, Any]:
        data, size = _arrays.snapshot(images)
        shape = _sprite.shape_of(data)
        order = _sprite.axes(shape, formats)
        if order[0] != "N" or len(order) != len(shape):
            raise ValueError(f"thumbnails of shape {'×'.join(map(str, shape))} are not {order}, which must begin with N")
        if count is not None and shape[0] != count:
            raise ValueError(f"there must be one thumbnail for each of the {count} rows, not {shape[0]}")
        plan = _sprite.plan(shape, order)
        self._engine.put(Upload(name, "image", step, lambda: _sprite.encode(data, order, plan), size))
        return {"name": name, "width": plan.width, "height": plan.height}
