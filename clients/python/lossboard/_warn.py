"""Warnings that reach the user once and never stop a training loop."""

from __future__ import annotations

import functools
import logging
import threading
from typing import Any, Callable, Set, TypeVar

logger = logging.getLogger("lossboard")

_seen: Set[str] = set()
_lock = threading.Lock()

F = TypeVar("F", bound=Callable[..., Any])


def warn(message: str) -> None:
    logger.warning(message)


def warn_once(kind: str, message: str) -> None:
    """Says `message` the first time something of this `kind` happens in the process."""
    with _lock:
        if kind in _seen:
            return
        _seen.add(kind)
    logger.warning("%s (said once)", message)


def forget() -> None:
    """Lets every kind be said again; also gives a forked child a lock that nobody holds."""
    global _lock
    _lock = threading.Lock()
    _seen.clear()


def harmless(method: F) -> F:
    """Turns an exception of a logging call into a warning: a wrong argument must not end a training job."""

    @functools.wraps(method)
    def call(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return method(self, *arguments, **named)
        except Exception as error:
            name = method.__name__
            warn_once(f"{name}:{type(error).__name__}", f"{name}() logged nothing: {error}")
            return None

    return call  # type: ignore[return-value]
