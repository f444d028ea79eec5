"""Draws a validation split, and counts labels. The same seed draws the same indices here and in the .NET client."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from . import _arrays

_MASK = (1 << 64) - 1


def split_indices(labels: Any, validation: float = 0.1, seed: int = 0, stratify: bool = True) -> Tuple[List[int], List[int]]:
    """Indices of the samples for training and of those for validation, both ascending.

    `labels` has one entry a sample: a list, an array or a tensor; a plain number is taken for that many samples without labels.
    Stratified, every class gives its share, rounded so that the largest remainders go up, and a class of two samples or more keeps one
    on each side (of many tiny classes the split is then larger than `validation`); a class of one sample stays in training.
    Raises ValueError where there are no two samples to part, or stratified no two of a class.

    The generator is documented in docs/samples.md, so that a split can be drawn again without this client.
    """
    named = None if isinstance(labels, int) and not isinstance(labels, bool) else _listed(labels)
    count = labels if named is None else len(named)
    if not 0 < validation < 1:
        raise ValueError(f"validation must be between 0 and 1, a tenth is 0.1, not {validation}")
    if count < 2:
        raise ValueError(f"a split needs two samples at least, not {count}")
    random = SplitMix64(seed)
    wanted = min(count - 1, max(1, int(count * validation + 0.5)))
    if named is None or not stratify:
        groups, quotas = [list(range(count))], [wanted]
    else:
        groups = _groups(named)
        quotas = _quotas([len(group) for group in groups], validation, wanted)
        if not any(quotas):
            raise ValueError("no label stands twice, so there is nothing to stratify by; draw with stratify=False")
    chosen: List[int] = []
    for group, quota in zip(groups, quotas):
        random.shuffle(group)
        chosen.extend(group[:quota])
    held = set(chosen)
    return [index for index in range(count) if index not in held], sorted(chosen)


class SplitMix64:
    """Steele, Lea and Flood 2014. `below` takes the high half of the product with the bound, `shuffle` is Fisher and Yates from the end."""

    def __init__(self, seed: int) -> None:
        self._state = int(seed) & _MASK

    def next(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        value = self._state
        value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
        return value ^ (value >> 31)

    def below(self, bound: int) -> int:
        return (self.next() * bound) >> 64

    def shuffle(self, items: List[int]) -> None:
        for at in range(len(items) - 1, 0, -1):
            other = self.below(at + 1)
            items[at], items[other] = items[other], items[at]


def count_labels(labels: Any, classes: Optional[Sequence[Any]] = None) -> Dict[str, int]:
    """Counts as the server takes them, from counts by label or from one label a sample. With `classes`, whole numbers are places in it, and
    classes without samples are counted 0. Raises ValueError for a label that is none of the classes."""
    names = None if classes is None else [str(name) for name in classes]
    counted: Dict[str, int] = dict.fromkeys(names or [], 0)
    found: Dict[Any, int] = {}
    if isinstance(labels, Mapping):
        found = {label: int(count) for label, count in labels.items()}
    else:
        for label in _listed(labels):
            found[label] = found.get(label, 0) + 1
        # Numbers in their order, however the samples lie; what cannot be ordered stays as it came.
        try:
            found = dict(sorted(found.items()))
        except TypeError:
            pass
    for label, count in found.items():
        name = _name(label, names)
        counted[name] = counted.get(name, 0) + count
    return counted


def _name(label: Any, names: Optional[List[str]]) -> str:
    if names is None:
        return str(label)
    if isinstance(label, int) and not isinstance(label, bool):
        if not 0 <= label < len(names):
            raise ValueError(f"label {label} is outside the {len(names)} classes")
        return names[label]
    if str(label) not in names:
        raise ValueError(f"label {label!r} is none of the classes")
    return str(label)


def _listed(labels: Any) -> List[Any]:
    listed = _arrays.nested(labels)
    if not isinstance(listed, (list, tuple)):
        listed = [item.item() if hasattr(item, "item") else item for item in listed]
    for at, label in enumerate(listed):
        if isinstance(label, (list, dict)):
            raise ValueError(f"label {at} is {type(label).__name__}, and must be one label a sample")
        if label != label:
            raise ValueError(f"label {at} is NaN, which is no class")
    return list(listed)


def _groups(labels: Sequence[Any]) -> List[List[int]]:
    """Indices of each class, the classes in the order first seen."""
    groups: Dict[Any, List[int]] = {}
    for index, label in enumerate(labels):
        groups.setdefault(label, []).append(index)
    return list(groups.values())


def _quotas(sizes: List[int], validation: float, wanted: int) -> List[int]:
    """Samples of each class for validation: its share rounded down, one at least and all but one at most, then one more for
    the largest remainders until there are as many as wanted."""
    shares = [size * validation for size in sizes]
    quotas = [min(size - 1, max(1, int(share))) if size > 1 else 0 for size, share in zip(sizes, shares)]
    left = wanted - sum(quotas)
    for at in sorted(range(len(sizes)), key=lambda at: (int(shares[at]) - shares[at], at)):
        # What was raised to one has had more than its share already.
        if left > 0 and quotas[at] < sizes[at] - 1 and quotas[at] <= shares[at]:
            quotas[at] += 1
            left -= 1
    return quotas
