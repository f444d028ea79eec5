"""A loss landscape computed elsewhere, as the JSON that the browser draws."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Mapping, Optional, Tuple

from . import _arrays
from ._json import clean, encode

ELSEWHERE = "computed elsewhere"
MAX_POINTS = 1_000_000  # the server's own limit: more than a screen shows
_PATH = ("x", "y", "loss", "names", "steps")


def encode_landscape(x: Any, y: Any, z: Any, accuracy: Any = None, path: Optional[Mapping[str, Any]] = None) -> bytes:
    """The document of a landscape; `y` is None for a curve. Raises TypeError and ValueError that name what does not fit."""
    across = _axis("x", x)
    up = None if y is None else _axis("y", y)
    points = len(across) * (1 if up is None else len(up))
    if points > MAX_POINTS:
        raise ValueError(f"a landscape has at most {MAX_POINTS} points, not {points}: leave rows and columns out")
    return encode(clean({
        "x": across, "y": up, "loss": _grid("z", z, across, up),
        "accuracy": None if accuracy is None else _grid("accuracy", accuracy, across, up),
        "center_loss": None, "path": None if path is None else _path(path, up is not None),
        "explained_variance": None, "eigenvalues": None, "device": None, "engine": ELSEWHERE, "seconds": None,
    }))


def _axis(name: str, values: Any) -> List[float]:
    axis = _finite(name, values)
    for before, after in zip(axis, axis[1:]):
        if not after > before:
            raise ValueError(f"{name} must rise, but {after} follows {before}")
    return axis


def _finite(name: str, values: Any) -> List[float]:
    found = _numbers(name, values)
    if not found:
        raise ValueError(f"{name} must have at least one position")
    odd = next((value for value in found if not math.isfinite(value)), None)
    if odd is not None:
        raise ValueError(f"{name} must be finite, not {odd}")
    return found


def _numbers(name: str, values: Any) -> List[float]:
    found = _arrays.nested(list(values) if isinstance(values, range) else values)
    if not isinstance(found, (list, tuple)):
        raise TypeError(f"{name} must be a list of numbers, not {type(values).__name__}")
    if any(isinstance(value, (list, tuple)) for value in found):
        raise ValueError(f"{name} must be one row of numbers: the positions along one axis, not a mesh of them")
    return [_number(name, value) for value in found]


def _number(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must hold numbers, not {type(value).__name__}") from None


def _grid(name: str, values: Any, x: List[float], y: Optional[List[float]]) -> List[List[float]]:
    """Rows of numbers, a row for each y and a value for each x; a curve may come without its one row."""
    rows = _arrays.nested(values)
    if not isinstance(rows, (list, tuple)):
        raise TypeError(f"{name} must be rows of numbers, not {type(values).__name__}")
    if y is None and not any(isinstance(row, (list, tuple)) for row in rows):
        rows = [rows]
    if any(not isinstance(row, (list, tuple)) for row in rows):
        raise ValueError(f"{name} must be rows of numbers: a row for each y, with a value for each x")
    shape = _shape(name, rows)
    wanted = (1 if y is None else len(y), len(x))
    if shape != wanted:
        hint = "; it looks transposed: its rows must follow y" if shape == wanted[::-1] else ""
        raise ValueError(f"{name} must be {wanted[0]} rows of {wanted[1]} values (y by x), not {shape[0]} rows of {shape[1]}{hint}")
    return [[_number(name, value) for value in row] for row in rows]


def _shape(name: str, rows: Any) -> Tuple[int, int]:
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        raise ValueError(f"{name} must have rows of equal length, not of {min(widths)} and {max(widths)} values")
    return len(rows), widths.pop() if widths else 0


def _path(path: Mapping[str, Any], plane: bool) -> Dict[str, Any]:
    """Columns of equal length. What is not known of a path's points (loss, names, steps) may be left out."""
    if not isinstance(path, Mapping):
        raise TypeError(f"path must be a mapping with x, y and what is known of loss, names and steps, not {type(path).__name__}")
    strange = next((name for name in path if name not in _PATH), None)
    if strange is not None:
        raise ValueError(f"path has x, y, loss, names and steps; {strange!r} is none of them")
    columns: Dict[str, Any] = {}
    for name in ("x", "y") if plane else ("x",):
        if path.get(name) is None:
            raise ValueError(f"path must have {name}")
        columns[name] = _finite(f"path's {name}", path[name])
    count = len(columns["x"])
    given = path.get("loss")
    columns["loss"] = [math.nan] * count if given is None else _numbers("path's loss", given)
    steps = path.get("steps")
    columns["steps"] = list(range(count)) if steps is None else [int(step) for step in _arrays.nested(steps)]
    names = path.get("names")
    columns["names"] = [str(step) for step in columns["steps"]] if names is None else [str(name) for name in names]
    columns.setdefault("y", [0.0] * count)
    for name, column in columns.items():
        if len(column) != count:
            raise ValueError(f"path's {name} must have one entry for each of its {count} points, not {len(column)}")
    return columns
