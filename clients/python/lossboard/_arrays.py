"""Arrays of any library as numbers: numpy is used where the array brings it along, and never needed."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

DEFAULT_BINS = 64
Bins = Union[int, Sequence[float]]


def snapshot(values: Any) -> Tuple[Any, int]:
    """A copy that later training steps cannot change, and its size in bytes."""
    if hasattr(values, "detach"):
        values = values.detach()
        values = values.clone() if str(values.device) == "cpu" else values.cpu()
        if "bfloat16" in str(values.dtype):
            values = values.float()
        try:
            array = values.numpy()
        except (RuntimeError, TypeError):
            listed = values.tolist()
            return listed, 32 * values.numel()
        return array, array.nbytes
    if hasattr(values, "__array__"):
        import numpy

        array = numpy.array(values)
        return array, array.nbytes
    if isinstance(values, (int, float)):
        return [values], 32
    listed = list(values)
    return listed, 32 * len(listed)


def nested(values: Any) -> Any:
    """Plain lists of Python numbers."""
    if hasattr(values, "tolist"):
        return values.tolist()
    if isinstance(values, (list, tuple)):
        return [nested(item) for item in values]
    return values


def histogram(values: Any, bins: Bins = DEFAULT_BINS) -> Optional[Dict[str, List[Any]]]:
    """Edges and counts of the finite values; None where there is none. Equal values get bins around them."""
    if hasattr(values, "ravel"):
        return _histogram_numpy(values, bins)
    return _histogram_lists(values, bins)


def _range(low: float, high: float) -> Tuple[float, float]:
    """Widened where the bins would be narrower than doubles can tell apart."""
    scale = max(abs(low), abs(high))
    if high - low > scale * 1e-12:
        return low, high
    half = max(0.5, scale * 1e-6) if scale < 1e300 else scale * 1e-6
    return low - half, high + half


def _histogram_numpy(values: Any, bins: Bins) -> Optional[Dict[str, List[Any]]]:
    import numpy

    flat = values.ravel().astype(numpy.float64)
    if not flat.size:
        return None
    low, high = float(flat.min()), float(flat.max())
    if not (math.isfinite(low) and math.isfinite(high)):
        flat = flat[numpy.isfinite(flat)]
        if not flat.size:
            return None
        low, high = float(flat.min()), float(flat.max())
    if isinstance(bins, int):
        counts, edges = numpy.histogram(flat, bins=bins, range=_range(low, high))
    else:
        counts, edges = numpy.histogram(flat, bins=numpy.asarray(bins, dtype=numpy.float64))
    return {"edges": edges.tolist(), "counts": counts.tolist()}


def _histogram_lists(values: Any, bins: Bins) -> Optional[Dict[str, List[Any]]]:
    found = [value for value in flat(values) if math.isfinite(value)]
    if not found:
        return None
    if isinstance(bins, int):
        low, high = _range(min(found), max(found))
        width = high / bins - low / bins
        edges = [low + width * index for index in range(bins)] + [high]
        counts = [0] * bins
        for value in found:
            counts[min(bins - 1, int((value - low) / width))] += 1
        return {"edges": edges, "counts": counts}
    from bisect import bisect_right

    edges = [float(edge) for edge in bins]
    counts = [0] * (len(edges) - 1)
    for value in found:
        if edges[0] <= value <= edges[-1]:
            counts[min(len(counts) - 1, bisect_right(edges, value) - 1)] += 1
    return {"edges": edges, "counts": counts}


def flat(values: Any) -> List[float]:
    """Nested lists as one list of floats."""
    found: List[float] = []
    waiting = [values]
    while waiting:
        item = waiting.pop()
        if isinstance(item, (list, tuple)):
            waiting.extend(reversed(item))
        else:
            found.append(float(item))
    return found


def short(value: float) -> float:
    """Seven significant digits: what a 32-bit float holds, in a third of the text."""
    return float(f"{value:.7g}")


def rows(values: Any) -> List[List[float]]:
    """A matrix as lists of short numbers."""
    listed = nested(values)
    return [[short(float(value)) for value in flat(row)] for row in listed]
