"""A request that waits to be sent, in memory or on disk."""

from __future__ import annotations

import json
import os
import zlib
from typing import Any, BinaryIO, Dict, Optional, Tuple

Header = Dict[str, Any]

FORMAT = 1


class DamagedEntry(Exception):
    """A spool file that is not whole."""


class Entry:
    """`header` says what to send (kind, project, run, key, …); the body is in memory or in the file at `path`."""

    __slots__ = ("order", "header", "body", "path", "session", "left", "successor", "crashes")

    def __init__(self, order: str, header: Header, body: Optional[bytes] = None) -> None:
        self.order = order
        self.header = header
        self.body = body
        self.path: Optional[str] = None
        self.session: Any = None
        self.left = False
        self.crashes = 0
        self.successor: Optional["Entry"] = None

    @property
    def settled(self) -> bool:
        """Whether it has left the outbox, and the last of the requests that took its place as well."""
        entry = self
        while entry.successor is not None:
            entry = entry.successor
        return entry.left

    def load(self) -> bytes:
        """The body, checked against its checksum."""
        if self.body is not None:
            return self.body
        stream, header = self._open()
        with stream:
            content = stream.read(header["length"])
        if len(content) != header["length"] or zlib.crc32(content) != header.get("crc32"):
            raise DamagedEntry(f"{self.path} does not match its checksum")
        return content

    def open(self) -> Tuple[BinaryIO, int]:
        """The file at the start of the body, and the body's length in bytes."""
        stream, header = self._open()
        return stream, header["length"]

    def _open(self) -> Tuple[BinaryIO, Header]:
        stream = open(self.path, "rb")  # type: ignore[arg-type]
        try:
            return stream, _read_header(stream)
        except BaseException:
            stream.close()
            raise


def head(header: Header, length: int, checksum: int) -> bytes:
    """First line of a spool file."""
    return json.dumps(dict(header, format=FORMAT, length=length, crc32=checksum)).encode("utf-8") + b"\n"


def read_entry(path: str) -> Entry:
    """An entry whose body stays on disk. Raises DamagedEntry."""
    with open(path, "rb") as stream:
        header = _read_header(stream)
        if os.fstat(stream.fileno()).st_size - stream.tell() != header["length"]:
            raise DamagedEntry(f"{path} is cut short")
    entry = Entry(os.path.basename(path).rsplit(".", 1)[0], header)
    entry.path = path
    return entry


def _read_header(stream: BinaryIO) -> Header:
    try:
        header = json.loads(stream.readline())
        if header["format"] != FORMAT or not isinstance(header["length"], int):
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise DamagedEntry(f"{stream.name} is not a spool file of this version") from None
    return header
