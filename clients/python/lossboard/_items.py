"""What waits in the queue of a writer."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, Optional, Union

from ._batch import Point


class Event:
    """Anything but a scalar: `build` makes the JSON event, in the packing thread. `size` is what it holds until then, in bytes."""

    __slots__ = ("build", "size")

    def __init__(self, build: Callable[[], Optional[Dict[str, Any]]], size: int = 0) -> None:
        self.build = build
        self.size = size


class Upload:
    """A small artifact, made by `build` in the packing thread; `origin` says why it was saved and how good it was."""

    __slots__ = ("name", "type", "step", "build", "size", "origin")

    def __init__(self, name: str, type: str, step: Optional[int], build: Callable[[], bytes], size: int = 0,
                 origin: Optional[Mapping[str, Any]] = None) -> None:
        self.name = name
        self.type = type
        self.step = step
        self.build = build
        self.size = size
        self.origin = origin


class Change:
    """Fields of the run to set, in order with the data around it."""

    __slots__ = ("fields",)
    size = 0

    def __init__(self, fields: Dict[str, Any]) -> None:
        self.fields = fields


Heavy = Union[Event, Upload, Change]
Item = Union[Point, Heavy]


def weight_of(event: Dict[str, Any]) -> int:
    """Roughly the event's size in JSON, in bytes."""
    total = 64
    for value in event.values():
        if isinstance(value, str):
            total += len(value)
        elif isinstance(value, list):
            total += 12 * len(value) * (len(value[0]) if value and isinstance(value[0], list) else 1)
        elif isinstance(value, dict):
            total += sum(12 * len(item) if isinstance(item, list) else 24 for item in value.values())
    return total
