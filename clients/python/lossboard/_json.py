"""Python values as JSON that the server takes: NaN and infinities become their names."""

from __future__ import annotations

import json
import math
from typing import Any

MAX_DEPTH = 32  # deeper configurations are cut to text: they are cycles or dumps, not settings


def number(value: float) -> Any:
    if math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def clean(value: Any, depth: int = 0) -> Any:
    """A copy of `value` made of JSON types only; what JSON cannot say becomes text."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return number(float(value))
    if depth >= MAX_DEPTH:
        return str(value)
    if isinstance(value, dict):
        return {str(key): clean(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(item, depth + 1) for item in value]
    if isinstance(value, (set, frozenset)):
        return [clean(item, depth + 1) for item in sorted(value, key=str)]
    if hasattr(value, "tolist"):
        return clean(value.tolist(), depth + 1)
    if hasattr(value, "__dict__") and type(value).__module__ == "argparse":
        return clean(vars(value), depth + 1)
    return str(value)


def encode(value: Any) -> bytes:
    """Compact UTF-8. The common case, without NaN, takes the fast encoder."""
    try:
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except (ValueError, TypeError):
        text = json.dumps(clean(value), separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace")
