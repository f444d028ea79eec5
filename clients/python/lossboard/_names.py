"""Rules for the names of projects, runs, tags and artifacts."""

from __future__ import annotations

from typing import Any, Optional

MAX_NAME_BYTES = 512


def name_problem(name: Any) -> Optional[str]:
    """What is wrong with a name, or None: 1 to 512 UTF-8 bytes without control characters."""
    if not isinstance(name, str):
        return f"must be text, not {type(name).__name__}"
    if not name:
        return "must not be empty"
    try:
        size = len(name.encode("utf-8"))
    except UnicodeEncodeError:
        return "is not valid Unicode"
    if size > MAX_NAME_BYTES:
        return f"has {size} bytes in UTF-8; the limit is {MAX_NAME_BYTES}"
    if any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in name):
        return "holds a control character"
    return None


def require_name(name: Any, what: str) -> str:
    """The name itself; a ValueError that says what is wrong otherwise."""
    problem = name_problem(name)
    if problem:
        raise ValueError(f"{what} {problem}")
    return name


def artifact_name(*parts: str) -> str:
    """A path for an artifact. Segments of dots alone would be folded away by URL rules, so they get an underscore."""
    segments = [segment for segment in "/".join(parts).split("/") if segment]
    return "/".join("_" + segment if set(segment) == {"."} else segment for segment in segments)
