"""A lock on a file that the operating system releases when its process dies."""

from __future__ import annotations

import os
from typing import Optional

try:
    import fcntl

    def _drop(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

    def _take(handle: int) -> None:
        # flock, not lockf: it belongs to the open file, so two writers of one process exclude each other too.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

except ImportError:
    import msvcrt

    def _drop(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]


class FileLock:
    """Held from a successful `take` until `release`."""

    def __init__(self, handle: int) -> None:
        self._handle: Optional[int] = handle

    @staticmethod
    def take(path: str) -> Optional["FileLock"]:
        """The lock, or None where another holder is alive or the folder is gone."""
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return None
        try:
            _take(handle)
        except OSError:
            os.close(handle)
            return None
        return FileLock(handle)

    def release(self) -> None:
        """Unlocks at once, even where a forked child still has the file open."""
        handle, self._handle = self._handle, None
        if handle is not None:
            try:
                _drop(handle)
            finally:
                os.close(handle)

    def forget(self) -> None:
        """In a forked child: closing its copy leaves the parent's lock in place."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)
