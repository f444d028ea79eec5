"""Client of Lossboard, a self-hosted training dashboard. Standard library only."""

from __future__ import annotations

from ._penalty import Penalty, penalty
from ._run import Run, init
from ._split import split_indices
from ._version import __version__
from ._writer import SummaryWriter

__all__ = ["Penalty", "Run", "SummaryWriter", "init", "penalty", "split_indices", "__version__"]
