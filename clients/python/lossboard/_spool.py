"""Requests kept on disk while the server is away.

Layout: `<root>/<server>/<run>/<session>/<order>.req`. A session belongs to one writer of one process, which holds its lock;
when that process dies the lock is free and the next process sends what the session holds. `<run>/rejected/` keeps what the
server refused, with its answer.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import threading
import time
import uuid
import zlib
from typing import Any, BinaryIO, Callable, List, Optional

from ._entry import DamagedEntry, Entry, Header, head, read_entry
from ._files import listed, remove_quietly, sizes, sync_folder, write_whole
from ._lock import FileLock
from ._warn import warn, warn_once

SUFFIX = ".req"
REJECTED = "rejected"
MAX_REJECTED_FILES = 1_000  # a job that logs something the server refuses at every step must not fill the disk
COPY_BYTES = 1 << 20


class SpoolFull(Exception):
    """The spool may not grow, or the disk cannot take more."""


def default_root() -> str:
    """`LOSSBOARD_SPOOL`, or `lossboard` in the user's cache folder."""
    chosen = os.environ.get("LOSSBOARD_SPOOL")
    if chosen:
        return os.path.abspath(os.path.expanduser(chosen))
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(cache, "lossboard")


class Session:
    """The folder of one writer, locked while this object is open."""

    def __init__(self, folder: str, lock: FileLock) -> None:
        self.folder = folder
        self._lock = lock
        self.left = 0
        """Entries read by `entries` and not dealt with yet."""

    @staticmethod
    def adopt(folder: str) -> Optional["Session"]:
        """A session whose process is gone; None where it lives."""
        if not os.path.isdir(folder):
            return None
        lock = FileLock.take(os.path.join(folder, "lock"))
        return Session(folder, lock) if lock else None

    def entries(self, refuse: "Spool") -> List[Entry]:
        """What it holds, oldest first. Damaged files are set aside with a warning."""
        found = []
        try:
            names = sorted(os.listdir(self.folder))
        except FileNotFoundError:
            return []
        for name in names:
            path = os.path.join(self.folder, name)
            if name.endswith(".tmp"):
                remove_quietly(path)
            elif name.endswith(SUFFIX):
                try:
                    entry = read_entry(path)
                    entry.session = self
                    found.append(entry)
                except (DamagedEntry, OSError) as error:
                    refuse.set_file_aside(path, str(error))
        self.left = len(found)
        return found

    def close(self) -> None:
        """Gives the lock back, and removes the folder where nothing is left in it."""
        try:
            names = os.listdir(self.folder)
            if not any(name.endswith(SUFFIX) for name in names):
                shutil.rmtree(self.folder, ignore_errors=True)
        except OSError:
            pass
        self._lock.release()

    def forget(self) -> None:
        """In a forked child: the folder is the parent's."""
        self._lock.forget()


class Spool:
    """The disk side of one writer."""

    def __init__(self, root: str, server: str, project: str, run: str, limit: int) -> None:
        self._root = root
        self._server_folder = os.path.join(root, _server_name(server))
        key = hashlib.sha256(f"{project}\0{run}".encode("utf-8", "replace")).hexdigest()[:20]
        self.run_folder = os.path.join(self._server_folder, key)
        self._limit = limit
        self._used = 0
        self.session: Optional[Session] = None
        """Made when the first request is written."""
        self._lock = threading.RLock()

    def write(self, entry: Entry) -> None:
        """Puts the entry's body on disk for good and lets go of the copy in memory. Raises SpoolFull."""
        content = entry.body or b""
        checksum = zlib.crc32(content)
        self._store(entry, len(content), lambda target: _write_body(target, entry.header, content, checksum))
        entry.body = None

    def write_beside(self, entry: Entry, other: Entry) -> None:
        """Like `write`, into the folder that holds `other`."""
        content = entry.body or b""
        path = os.path.join(os.path.dirname(other.path or ""), entry.order + SUFFIX)
        checksum = zlib.crc32(content)
        try:
            write_whole(path, lambda target: _write_body(target, entry.header, content, checksum))
        except OSError as error:
            raise SpoolFull(f"the spool in {self._root} cannot be written: {error}") from error
        entry.path, entry.body = path, None

    def copy(self, entry: Entry, source: BinaryIO) -> None:
        """Puts a file's content on disk as the entry's body. Raises SpoolFull."""

        def write(target: BinaryIO) -> None:
            source.seek(0)
            shutil.copyfileobj(source, target, COPY_BYTES)

        self.write_out(entry, os.fstat(source.fileno()).st_size, write)

    def write_out(self, entry: Entry, length: int, write: Callable[[BinaryIO], object]) -> None:
        """Has a body written to disk, which may be too large for memory; its SHA-256 goes into the header. Raises SpoolFull."""
        digest = _Digest()
        write(digest)  # type: ignore[arg-type]
        entry.header["sha256"] = digest.hexdigest()

        def fill(target: BinaryIO) -> None:
            target.write(head(entry.header, length, 0))
            write(target)

        self._store(entry, length, fill)

    def remove(self, entry: Entry) -> None:
        """Drops the file of an entry that has been dealt with."""
        path, entry.path = entry.path, None
        if path is None:
            return
        try:
            size = os.path.getsize(path)
            os.unlink(path)
        except OSError:
            return
        with self._lock:
            self._used = max(0, self._used - size)

    def older(self) -> List[Session]:
        """Sessions of the same run whose process is gone, oldest first, locked."""
        return self._adopt(self.run_folder)

    def orphans(self, limit: int = 64) -> List[Session]:
        """Sessions of other runs on the same server whose process is gone, locked; at most `limit`, an open file each."""
        found: List[Session] = []
        for name in listed(self._server_folder):
            folder = os.path.join(self._server_folder, name)
            if folder != self.run_folder and len(found) < limit:
                found.extend(self._adopt(folder))
        return found

    def set_aside(self, entry: Entry, content: bytes, answer: object) -> None:
        """Keeps what the server refused, with its answer, in `rejected/`."""
        self._reject(entry.order, {"request": entry.header, "answer": answer, "body": content.decode("utf-8", "replace")})

    def set_file_aside(self, path: str, reason: str) -> None:
        """Moves a spool file that cannot be sent into `rejected/`."""
        target = os.path.join(self._rejected_folder(), f"{uuid.uuid4().hex[:8]}-{os.path.basename(path)}")
        try:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.replace(path, target)
        except OSError:
            target = path
        warn(f"A file of the spool cannot be sent and was kept as {target}: {reason}")

    def close(self) -> None:
        with self._lock:
            session, self.session = self.session, None
        if session:
            session.close()
            for folder in (self.run_folder, self._server_folder):
                try:
                    os.rmdir(folder)
                except OSError:
                    break

    def forget(self) -> None:
        """In a forked child: starts with a session of its own."""
        self._lock = threading.RLock()
        session, self.session = self.session, None
        if session:
            session.forget()

    def _adopt(self, run_folder: str) -> List[Session]:
        mine = self.session.folder if self.session else None
        found = []
        for name in sorted(listed(run_folder)):
            folder = os.path.join(run_folder, name)
            if name != REJECTED and not name.startswith(".") and folder != mine:
                session = Session.adopt(folder)
                if session:
                    found.append(session)
        return found

    def _store(self, entry: Entry, length: int, fill: Callable[[BinaryIO], object]) -> None:
        try:
            with self._lock:
                session = self.session or self._open()
                if self._used + length > self._limit:
                    held = f"{self._root} holds {self._used} bytes of at most {self._limit}"
                    raise SpoolFull(f"{held}; LOSSBOARD_SPOOL_BYTES raises the limit")
                self._used += length
            path = os.path.join(session.folder, entry.order + SUFFIX)
            try:
                write_whole(path, fill)
            except OSError:
                with self._lock:
                    self._used -= length
                raise
        except OSError as error:
            raise SpoolFull(f"the spool in {self._root} cannot be written: {error}") from error
        entry.path = path
        entry.session = session

    def _open(self) -> Session:
        os.makedirs(self.run_folder, mode=0o700, exist_ok=True)
        self._used = sum(sizes(self._root))
        name = f"{time.time_ns():019d}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
        # Locked under a hidden name first, so that no other process finds it between its making and its locking.
        hidden = os.path.join(self.run_folder, "." + name)
        os.mkdir(hidden, 0o700)
        lock = FileLock.take(os.path.join(hidden, "lock"))
        if lock is None:
            raise OSError(f"{hidden} cannot be locked")
        folder = os.path.join(self.run_folder, name)
        os.rename(hidden, folder)
        sync_folder(self.run_folder)
        self.session = Session(folder, lock)
        return self.session

    def _rejected_folder(self) -> str:
        return os.path.join(self.run_folder, REJECTED)

    def _reject(self, order: str, record: dict) -> None:
        folder = self._rejected_folder()
        if len(listed(folder)) >= MAX_REJECTED_FILES:
            warn_once(f"rejected-full:{folder}", f"{folder} holds {MAX_REJECTED_FILES} files; further refused requests are not kept")
            return
        path = os.path.join(folder, f"{time.time_ns():019d}-{order}.json")
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            write_whole(path, lambda target: target.write(json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "replace")))
        except OSError as error:
            warn(f"The server refused a request and it cannot be kept in {folder}: {error}")
            return
        warn_once(f"rejected:{folder}", f"The server refused a request of this run; it is kept with the answer in {folder}")


class _Digest:
    """A stream that keeps the SHA-256 of what is written to it."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.hexdigest = self._hash.hexdigest

    def write(self, block: Any) -> None:
        self._hash.update(block)


def _server_name(server: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9.]+", "-", server.split("://", 1)[-1]).strip("-")[:60]
    return f"{readable}-{hashlib.sha256(server.encode('utf-8')).hexdigest()[:8]}"


def _write_body(target: BinaryIO, header: Header, content: bytes, checksum: int) -> None:
    target.write(head(header, len(content), checksum))
    target.write(content)
