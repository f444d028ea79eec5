"""Bins of equal width on a signed logarithmic scale, the same for every gradient, weight and step, so that pictures compare."""

from __future__ import annotations

import math
import sys
from typing import Any, Dict, List, Sequence

LOW, HIGH = -10, 6  # decades; what is nearer to zero than the first counts as zero, what is beyond the last lies in the outermost bins
PER_DECADE = 4
SPANS = PER_DECADE * (HIGH - LOW)
CENTER = SPANS + 1  # number of the bin around zero
BINS = 2 * CENTER + 1

_RISING = [10.0 ** (LOW + index / PER_DECADE) for index in range(SPANS + 1)] + [sys.float_info.max]
EDGES: List[float] = [-edge for edge in reversed(_RISING)] + _RISING


def trimmed(counts: Sequence[int]) -> Dict[str, List[Any]]:
    """Edges and counts from the first bin that holds something to the last; empty where none does."""
    held = [index for index, count in enumerate(counts) if count]
    if not held:
        return {}
    first, last = held[0], held[-1]
    return {"edges": EDGES[first : last + 2], "counts": [int(count) for count in counts[first : last + 1]]}


def count(values: Sequence[float]) -> List[int]:
    """How many of some finite numbers lie in each bin."""
    counts = [0] * BINS
    for value in values:
        if value:
            far = min(SPANS + 1, max(0, math.floor((math.log10(abs(value)) - LOW) * PER_DECADE) + 1))
            counts[CENTER + far if value > 0 else CENTER - far] += 1
        else:
            counts[CENTER] += 1
    return counts


def count_numpy(values: Any) -> List[int]:
    """The same for a flat numpy array."""
    import numpy

    with numpy.errstate(divide="ignore"):
        far = numpy.floor((numpy.log10(numpy.abs(values)) - LOW) * PER_DECADE) + 1
    places = CENTER + numpy.sign(values) * numpy.clip(far, 0, SPANS + 1)
    return numpy.bincount(places.astype(numpy.int64), minlength=BINS).tolist()


def count_torch(flat: Any, sizes: Sequence[int]) -> List[List[int]]:
    """The same for tensors that lie one after the other in a flat one: one pass over all, one transfer from the device."""
    import torch

    places = flat.abs().log10_().sub_(LOW).mul_(PER_DECADE).floor_().add_(1).clamp_(0, SPANS + 1).mul_(flat.sign()).add_(CENTER)
    rows = [torch.bincount(part, minlength=BINS) for part in places.to(torch.int32).split(list(sizes))]
    return torch.stack(rows).tolist()
