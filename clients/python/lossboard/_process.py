"""The end of a process and its forks, for all writers in it."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from typing import Any, List, Optional

_engines: List[Any] = []
_lock = threading.RLock()
_failed = False
_hooked = False


def register(engine: Any) -> None:
    """Has the writer closed when the process ends."""
    with _lock:
        _engines.append(engine)
    _hook()


def unregister(engine: Any) -> None:
    with _lock:
        if engine in _engines:
            _engines.remove(engine)


def started(engine: Any) -> None:
    """Children of multiprocessing end without atexit; they have finalizers of their own."""
    process = sys.modules.get("multiprocessing.process")
    if process is not None and process.parent_process() is not None:
        from multiprocessing.util import Finalize

        Finalize(None, engine.finish, args=(engine.tuning.exit_seconds,), exitpriority=0)


def failed() -> bool:
    """Whether an uncaught exception or SIGTERM ends this process."""
    return _failed


def _hook() -> None:
    global _hooked
    with _lock:
        if _hooked:
            return
        _hooked = True
    atexit.register(_close_all)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_after_fork)
    _hook_exceptions()
    _hook_sigterm()


def _hook_exceptions() -> None:
    previous = sys.excepthook

    def hook(kind: Any, error: Any, trace: Any) -> None:
        _mark_failed()
        previous(kind, error, trace)

    sys.excepthook = hook


def _hook_sigterm() -> None:
    """Only where nobody else handles SIGTERM: the process still ends by it, a moment later, with its last values kept."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        return

    def handle(number: int, frame: Any) -> None:
        signal.signal(number, signal.SIG_DFL)
        _mark_failed()
        _close_all()
        os.kill(os.getpid(), number)

    signal.signal(signal.SIGTERM, handle)


def _mark_failed() -> None:
    global _failed
    _failed = True


def _close_all() -> None:
    """Closes every writer within one bounded time; what cannot be sent by then is in the spool."""
    with _lock:
        engines = list(_engines)
    deadline: Optional[float] = None
    for engine in engines:
        now = time.monotonic()
        if deadline is None:
            deadline = now + engine.tuning.exit_seconds
        try:
            engine.finish(max(0.2, deadline - now))
        except Exception:
            # The process is ending: the other writers still have data to save.
            continue


def _after_fork() -> None:
    global _lock
    from . import _warn

    _lock = threading.RLock()
    _warn.forget()
    for engine in _engines:
        engine.forked()
