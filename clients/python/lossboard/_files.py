"""Small file operations that the spool stands on."""

from __future__ import annotations

import os
from typing import BinaryIO, Callable, Iterator, List


def write_whole(path: str, fill: Callable[[BinaryIO], object]) -> None:
    """After a crash the file is there whole or not at all."""
    temporary = path + ".tmp"
    try:
        with open(temporary, "wb") as target:
            fill(target)
            target.flush()
            os.fsync(target.fileno())
        os.replace(temporary, path)
    except BaseException:
        remove_quietly(temporary)
        raise
    sync_folder(os.path.dirname(path))


def sync_folder(folder: str) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_quietly(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


def listed(folder: str) -> List[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def sizes(root: str) -> Iterator[int]:
    for folder, _, names in os.walk(root):
        for name in names:
            try:
                yield os.path.getsize(os.path.join(folder, name))
            except OSError:
                pass
