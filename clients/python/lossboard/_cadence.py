"""How often something may be done so that it stays within its share of the time."""

from __future__ import annotations

from statistics import median
from typing import List, Optional

_LADDER = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
_REMEMBERED = 5  # medians of so many: one stall of the machine says nothing


class Cadence:
    """A fixed number of steps, or the smallest of 1, 2, 5, 10, … that keeps the cost within a share of the training time."""

    def __init__(self, every: Optional[int], share: float, first: int, least: int = 1) -> None:
        self.fixed = every is not None
        self.every = first if every is None else every
        self._share = share
        self._least = least
        self._costs: List[float] = []
        self._steps: List[float] = []

    def after(self, count: int) -> int:
        """The next step that is due after one: a multiple of the cadence."""
        return (count // self.every + 1) * self.every

    def took(self, cost: float, step: Optional[float]) -> None:
        """Hears what one time cost, and how long a training step takes without it, in seconds."""
        self._costs = [*self._costs, cost][-_REMEMBERED:]
        if step is not None and step > 0:
            self._steps = [*self._steps, step][-_REMEMBERED:]
        # The first time pays for what is loaded and allocated once.
        if self.fixed or len(self._costs) < 2 or not self._steps:
            return
        wanted = median(self._costs) / (self._share * median(self._steps))
        # Down again only with some room, or the cadence would swing between two neighbours.
        self.every = next((rung for rung in _LADDER if rung >= self._least and wanted <= rung * (1.0 if rung >= self.every else 0.7)), _LADDER[-1])
