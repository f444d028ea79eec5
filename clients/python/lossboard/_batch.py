"""Bodies of `POST /api/v1/events`."""

from __future__ import annotations

import json
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple

from ._json import encode

Point = Tuple[str, int, float, float]
"""Tag, step, value, wall time."""


def round_wall(seconds: float) -> float:
    """Milliseconds: what the server's storage packs best."""
    return round(seconds, 3)


def scalar_events(points: Sequence[Point]) -> List[Dict[str, Any]]:
    """One event a tag, its points in the order logged."""
    columns: Dict[str, Tuple[List[int], List[float], List[float]]] = {}
    last_wall = rounded = None
    for tag, step, value, wall in points:
        column = columns.get(tag)
        if column is None:
            column = columns[tag] = ([], [], [])
        if wall is not last_wall:
            last_wall, rounded = wall, round_wall(wall)
        column[0].append(step)
        column[1].append(value)
        column[2].append(rounded)  # type: ignore[arg-type]
    return [
        {"type": "scalar", "tag": tag, "step": steps[0], "value": values[0], "wall_time": walls[0]}
        if len(steps) == 1
        else {"type": "scalars", "tag": tag, "steps": steps, "values": values, "wall_times": walls}
        for tag, (steps, values, walls) in columns.items()
    ]


def body(project: str, run: str, events: List[Dict[str, Any]]) -> bytes:
    return encode({"project": project, "run": run, "events": events})


def halves(content: bytes) -> Optional[Tuple[bytes, bytes]]:
    """Two bodies that together hold what one held, in order; None where it holds a single point or event."""
    batch = json.loads(content)
    events = batch["events"]
    if len(events) > 1:
        middle = len(events) // 2
        return _with(batch, events[:middle]), _with(batch, events[middle:])
    event = events[0]
    if event.get("type") != "scalars" or len(event["steps"]) < 2:
        return None
    middle = len(event["steps"]) // 2
    columns = ("steps", "values", "wall_times")
    first = dict(event, **{name: event[name][:middle] for name in columns})
    second = dict(event, **{name: event[name][middle:] for name in columns})
    return _with(batch, [first]), _with(batch, [second])


def without(content: bytes, pointers: Iterable[str]) -> Optional[Tuple[Optional[bytes], bytes]]:
    """Parts a refused body: what is left without the events that the pointers name (None where nothing is), and those events.
    None where the pointers name no event."""
    batch = json.loads(content)
    events = batch["events"]
    named = set()
    for pointer in pointers:
        parts = str(pointer).split("/")
        if len(parts) >= 3 and parts[1] == "events" and parts[2].isdigit() and int(parts[2]) < len(events):
            named.add(int(parts[2]))
    if not named:
        return None
    kept = [event for index, event in enumerate(events) if index not in named]
    refused = [event for index, event in enumerate(events) if index in named]
    return (_with(batch, kept) if kept else None), _with(batch, refused)


def _with(batch: Dict[str, Any], events: List[Dict[str, Any]]) -> bytes:
    return encode(dict(batch, events=events))
