"""Packed requests in the order they are to be sent, in memory while the server keeps up and on disk otherwise."""

from __future__ import annotations

import threading
from collections import deque
from typing import BinaryIO, Callable, Deque, List, Optional

from ._entry import Entry, Header
from ._spool import Session, Spool


class Outbox:
    """All fields are guarded by `condition`, which is notified at every change."""

    def __init__(self, spool: Spool, memory_bytes: int) -> None:
        self.condition = threading.Condition()
        self.away = False
        """True from a failed attempt to the next one that gets through."""
        self.failures = 0
        """Attempts that have failed so far; only grows."""
        self.stopped = False
        self._spool = spool
        self._memory_bytes = memory_bytes
        self._in_memory = 0
        self._entries: Deque[Entry] = deque()
        self._orphans: Deque[Entry] = deque()
        self._number = 0

    def put(self, header: Header, body: bytes) -> None:
        """Appends a request. While the server is away, or memory is full, it is on disk when this returns. Raises SpoolFull."""
        with self.condition:
            entry = Entry(self._next_order(), header, body)
            if self.away or self._in_memory + len(body) > self._memory_bytes:
                self._spool.write(entry)
            else:
                self._in_memory += len(body)
            self._append(entry)

    def put_file(self, header: Header, path: str) -> None:
        """Appends a request whose body is a copy of a file, made now. Raises SpoolFull or OSError."""
        with self.condition:
            entry = Entry(self._next_order(), header)
        # Outside the lock: copying a large file must not hold up the sender.
        with open(path, "rb") as source:
            self._spool.copy(entry, source)
        with self.condition:
            self._append(entry)

    def put_written(self, header: Header, length: int, write: Callable[[BinaryIO], object]) -> None:
        """Appends a request whose body is written to disk now, by a function that can be called twice. Raises SpoolFull."""
        with self.condition:
            entry = Entry(self._next_order(), header)
        self._spool.write_out(entry, length, write)
        with self.condition:
            self._append(entry)

    def put_first(self, entries: List[Entry]) -> None:
        """Puts what an earlier process left of this run before everything of this one."""
        with self.condition:
            self._entries.extendleft(reversed(entries))
            self.condition.notify_all()

    def put_orphans(self, entries: List[Entry]) -> None:
        """Takes what is left of other runs: sent when there is nothing else to do."""
        with self.condition:
            self._orphans.extend(entries)
            self.condition.notify_all()

    def next(self) -> Optional[Entry]:
        """Waits for a request; it stays in the box. None once stopped."""
        with self.condition:
            self.condition.wait_for(lambda: self.stopped or self._entries or self._orphans)
            if self.stopped:
                return None
            return self._entries[0] if self._entries else self._orphans[0]

    def done(self, entry: Entry) -> None:
        """Takes a request out for good, its file included, and closes the session of a dead process with its last one."""
        with self.condition:
            self._take(entry)
            self._release_session(entry)

    def replace(self, entry: Entry, bodies: List[bytes]) -> None:
        """Puts several requests in the place of one. Their keys follow from its key, so that a crash in between repeats nothing."""
        with self.condition:
            parts = []
            for index, body in enumerate(bodies):
                header = {name: value for name, value in entry.header.items() if name not in ("format", "length", "crc32")}
                header["key"] = f"{entry.header['key']}.{index}"
                part = Entry(f"{entry.order}-{index}", header, body)
                part.session = entry.session
                if entry.path is not None:
                    self._spool.write_beside(part, entry)
                else:
                    self._in_memory += len(body)
                parts.append(part)
            box = self._take(entry)
            if self._foreign(entry):
                entry.session.left += len(parts) - 1
            entry.successor = parts[-1]
            box.extendleft(reversed(parts))
            self.condition.notify_all()

    def fail(self) -> bool:
        """Notes a failed attempt and moves what is in memory to disk. Returns whether the server was thought to be there."""
        with self.condition:
            first = not self.away
            self.away = True
            try:
                self.persist()
            finally:
                self.failures += 1
                self.condition.notify_all()
            return first

    def succeed(self) -> bool:
        """Notes that the server answers. Returns whether it was away."""
        with self.condition:
            was, self.away = self.away, False
            return was

    def persist(self) -> None:
        """Moves what is in memory to disk. Raises SpoolFull; what did not fit stays in memory."""
        with self.condition:
            for entry in self._entries:
                if entry.body is not None:
                    size = len(entry.body)
                    self._spool.write(entry)
                    self._in_memory -= size

    def last(self) -> Optional[Entry]:
        with self.condition:
            return self._entries[-1] if self._entries else None

    def waiting(self) -> int:
        """Requests not sent yet, other runs' included."""
        with self.condition:
            return len(self._entries) + len(self._orphans)

    def stop(self) -> None:
        with self.condition:
            self.stopped = True
            self.condition.notify_all()

    def unsaved(self) -> int:
        """Requests that are in memory only."""
        with self.condition:
            return sum(1 for entry in self._entries if entry.body is not None)

    def sessions(self) -> List[Session]:
        """Sessions of dead processes that are not sent yet. Takes no lock: after a fork nobody could give it back."""
        return list({id(e.session): e.session for e in [*self._entries, *self._orphans] if self._foreign(e)}.values())

    def _append(self, entry: Entry) -> None:
        self._entries.append(entry)
        self.condition.notify_all()

    def _take(self, entry: Entry) -> Deque[Entry]:
        box = self._orphans if self._orphans and self._orphans[0] is entry else self._entries
        if box and box[0] is entry:
            box.popleft()
        if entry.body is not None:
            self._in_memory -= len(entry.body)
        self._spool.remove(entry)
        entry.left = True
        self.condition.notify_all()
        return box

    def _release_session(self, entry: Entry) -> None:
        if self._foreign(entry):
            entry.session.left -= 1
            if not entry.session.left:
                entry.session.close()

    def _foreign(self, entry: Entry) -> bool:
        return entry.session is not None and entry.session is not self._spool.session

    def _next_order(self) -> str:
        self._number += 1
        return f"{self._number:012d}"
