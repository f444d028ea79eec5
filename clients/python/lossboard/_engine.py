"""From a log() call to the server: a queue in memory, a thread that packs it, a thread that sends it."""

from __future__ import annotations

import itertools
import os
import threading
import time
import uuid
from collections import deque
from typing import Any, Deque, Dict, List, Mapping, Optional, Union

from . import _batch, _process
from ._delivery import Delivery
from ._entry import Header
from ._http import Transport
from ._items import Change, Event, Heavy, Item, Upload, weight_of
from ._outbox import Outbox
from ._sender import Sender
from ._spool import Spool, SpoolFull, default_root
from ._tuning import Tuning
from ._warn import warn, warn_once
from .safetensors import Plan


class Engine:
    """One writer. Threads start with the first item, so that a forked child gets its own."""

    def __init__(
        self, project: str, run: str, server: str, api_key: Optional[str], tuning: Tuning, spool_root: Optional[str] = None,
    ) -> None:
        self.project = project
        self.run = run
        self.tuning = tuning
        self._server = server
        self._api_key = api_key
        self._spool = Spool(spool_root or default_root(), server, project, run, tuning.spool_bytes)
        self.dropped = 0
        self.closed = False
        self._owner = os.getpid()
        self._fresh()
        _process.register(self)

    def _fresh(self) -> None:
        self.queue: Deque[Item] = deque()
        self._pending_bytes = 0
        self._started = False
        # Reentrant: the SIGTERM handler may run in the middle of what the main thread does.
        self._start_lock = threading.RLock()
        self._key = uuid.uuid4().hex
        self._numbers = itertools.count(1)
        self._wake = threading.Event()
        self._wake_at = self.tuning.wake_items
        self._asked = 0
        self._packed = 0
        self._stalled = False
        self._heavy_stalled = False
        self._blocked = False
        self._stopping = False
        self._outbox = Outbox(self._spool, self.tuning.memory_bytes)
        self._state = self._outbox.condition
        transport = Transport(self._server, self._api_key, self.tuning.connect_seconds, self.tuning.answer_seconds)
        self._sender = Sender(self._server, self._outbox, self._spool, Delivery(transport, self.tuning.gzip_bytes), self.tuning)
        self._threads: List[threading.Thread] = []

    def forked(self) -> None:
        """In a forked child: what was queued belongs to the parent; the child has a queue, threads and a spool session of its own."""
        self._spool.forget()
        for session in self._outbox.sessions():
            session.forget()
        self._fresh()

    # What follows runs in the training loop.

    def point(self, tag: str, step: int, value: float, wall: float) -> None:
        if not self._started and not self._start():
            return
        queue = self.queue
        if len(queue) >= self.tuning.queue_items and not self._room():
            self._drop()
            return
        queue.append((tag, step, value, wall))
        if len(queue) >= self._wake_at and not self._wake.is_set():
            self._wake.set()

    def put(self, item: Heavy) -> None:
        """Queues anything but a point."""
        if not self._started and not self._start():
            return
        full = len(self.queue) >= self.tuning.queue_items
        if full and not self._room() or item.size and not self._room_for(item.size):
            self._drop()
            return
        if item.size:
            with self._state:
                self._pending_bytes += item.size
        self.queue.append(item)

    def put_file(self, name: str, type: str, step: Optional[int], path: str) -> None:
        """Takes a copy of a file now and sends it later. Raises OSError and SpoolFull."""
        if not self._started and not self._start():
            return
        self._outbox.put_file(self._header("artifact", name=name, type=type, step=step), path)

    def put_tensors(self, name: str, type: str, step: Optional[int], plan: Plan, origin: Optional[Mapping[str, Any]] = None) -> None:
        """Takes a copy of tensors now. What is large, or finds no room in memory, is written to the spool before this returns rather
        than given up. Raises SpoolFull."""
        if not self._started and not self._start():
            return
        with self._state:
            fits = plan.size <= self.tuning.pending_bytes // 4 and self._pending_bytes + plan.size <= self.tuning.pending_bytes
        if fits and len(self.queue) < self.tuning.queue_items:
            content = plan.to_bytes()
            self.put(Upload(name, type, step, lambda: content, plan.size, origin))
            return
        self._outbox.put_written(self._header("artifact", name=name, type=type, step=step, **_said(origin)), plan.size, plan.write)

    def flush(self, timeout: Optional[float] = None) -> bool:
        """Waits until the server has everything logged so far; True then.
        False where it is away (everything is in the spool then) or time is up."""
        if not self._started:
            return True
        return self._flush(self.tuning.flush_seconds if timeout is None else timeout)

    def _flush(self, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        box, sender = self._outbox, self._sender
        with box.condition:
            self._asked += 1
            asked, failures = self._asked, box.failures
            patience = 1 if box.away else self.tuning.give_up_failures
        self._wake.set()
        sender.recovered.wait(max(0.0, deadline - time.monotonic()))
        sender.kick()

        def packed() -> bool:
            return self._packed >= asked

        def given_up() -> bool:
            return box.away and (box.failures - failures >= patience or sender.resume_at > deadline)

        with box.condition:
            box.condition.wait_for(lambda: packed() or self._blocked and given_up(), max(0.0, deadline - time.monotonic()))
            last = box.last()
            if not packed() or last is None:
                return packed()
            sender.kick()
            box.condition.wait_for(lambda: last.settled or given_up(), max(0.0, deadline - time.monotonic()))
            return last.settled

    def finish(self, timeout: Optional[float] = None, status: Optional[str] = None) -> bool:
        """Sets the run's last status and closes. A forked child leaves the status to the process that made the run."""
        if os.getpid() == self._owner and self._started:
            self.put(Change({"status": status or ("failed" if _process.failed() else "finished")}))
        return self.close(timeout)

    def close(self, timeout: Optional[float] = None) -> bool:
        """Flushes, puts what is left into the spool and ends the threads. Calling it again does nothing."""
        with self._start_lock:
            if self.closed:
                return True
            self.closed = True
            started, self._started = self._started, False
        _process.unregister(self)
        if not started:
            return True
        timeout = self.tuning.close_seconds if timeout is None else timeout
        deadline = time.monotonic() + timeout
        sent = self._flush(timeout)
        self._stopping = True
        self._wake.set()
        self._sender.stop()
        for thread in self._threads:
            thread.join(max(0.1, deadline - time.monotonic()) if thread is not threading.current_thread() else 0)
        self._save_rest()
        self._spool.close()
        return sent

    def _save_rest(self) -> None:
        try:
            self._outbox.persist()
        except SpoolFull as error:
            warn(f"{self._outbox.unsaved()} requests of run {self.run} are lost: {error}")
        if self.queue:
            warn(f"{len(self.queue)} values of run {self.run} are lost: there was no time left to save them")
        if self.dropped:
            warn(f"{self.dropped} values of run {self.run} were dropped because the queue was full")

    def _room(self) -> bool:
        """Waits a moment for the packing thread, unless it has just been waited for in vain."""
        self._wake.set()
        if self._stalled:
            return False
        with self._state:
            moved = self._state.wait_for(lambda: len(self.queue) < self.tuning.queue_items, self.tuning.room_seconds)
        self._stalled = not moved
        return moved

    def _drop(self) -> None:
        self.dropped += 1
        message = f"The queue of run {self.run} is full and the spool cannot take more: values are being dropped and counted"
        warn_once(f"dropped:{self._key}", message)

    def _room_for(self, size: int) -> bool:
        """Waits a moment while the arrays that wait already fill their share of memory. One array alone may be of any size."""

        def fits() -> bool:
            return not self._pending_bytes or self._pending_bytes + size <= self.tuning.pending_bytes

        if fits():
            return True
        if self._heavy_stalled:
            return False
        self._wake.set()
        with self._state:
            moved = self._state.wait_for(fits, self.tuning.heavy_room_seconds)
        self._heavy_stalled = not moved
        return moved

    def _start(self) -> bool:
        with self._start_lock:
            if self.closed:
                warn_once(f"closed:{self._key}", f"Run {self.run} is closed: what is logged now is ignored")
                return False
            if self._started:
                return True
            self._started = True
            for name, loop in (("lossboard-pack", self._pack_loop), ("lossboard-send", self._sender.loop)):
                thread = threading.Thread(target=loop, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
            _process.started(self)
            return True

    # What follows runs in the packing thread.

    def _pack_loop(self) -> None:
        while True:
            early = self._wake.wait(self.tuning.interval)
            self._wake.clear()
            asked, stopping = self._asked, self._stopping
            # Behind a slow server few large requests get through faster than many small ones.
            lagging = self._outbox.waiting() >= self.tuning.lagging_requests
            self._wake_at = self.tuning.batch_points if lagging else self.tuning.wake_items
            if lagging and early and len(self.queue) < self._wake_at and asked == self._packed and not stopping:
                continue
            while self.queue:
                try:
                    self._pack()
                except Exception as error:
                    warn_once(f"pack:{type(error).__name__}", f"A batch of run {self.run} could not be made: {error}")
            with self._state:
                self._packed = max(self._packed, asked)
                self._state.notify_all()
            if stopping:
                return

    def _pack(self) -> None:
        """Makes one batch of what is queued, up to its limits, or one request of another kind."""
        points: List[_batch.Point] = []
        events: List[Dict[str, Any]] = []
        other: Optional[Union[Upload, Change]] = None
        weight = 0
        queue, most, heaviest = self.queue, self.tuning.batch_points, self.tuning.batch_bytes
        while queue and len(points) < most and weight < heaviest:
            item = queue.popleft()
            if type(item) is tuple:
                points.append(item)
            elif isinstance(item, Event):
                event = self._build(item)
                if event is not None:
                    events.append(event)
                    weight += weight_of(event)
            else:
                other = item  # type: ignore[assignment]
                break
        if self.tuning.queue_items - len(queue) <= 2 * most:
            with self._state:
                self._stalled = False
                self._state.notify_all()
        events[:0] = _batch.scalar_events(points)
        if events:
            self._put(self._header("events"), _batch.body(self.project, self.run, events))
        if isinstance(other, Change):
            self._put(self._header("run"), _batch.encode(other.fields))
        elif other is not None:
            content = self._build(other)
            if content is not None:
                self._put(self._header("artifact", name=other.name, type=other.type, step=other.step, **_said(other.origin)), content)

    def _build(self, item: Union[Event, Upload]) -> Any:
        try:
            return item.build()
        except Exception as error:
            warn_once(f"build:{type(error).__name__}:{error}", f"Something logged in run {self.run} could not be made: {error}")
            return None
        finally:
            if item.size:
                with self._state:
                    self._pending_bytes -= item.size
                    self._heavy_stalled = False
                    self._state.notify_all()

    def _put(self, header: Header, body: bytes) -> None:
        """Waits while the spool is full: the queue fills up behind it and log() counts what it cannot take."""
        while True:
            try:
                self._outbox.put(header, body)
                return
            except SpoolFull as error:
                warn_once("spool-full", f"Requests stay where they are: {error}")
            with self._state:
                if self._stopping:
                    warn(f"A batch of run {self.run} is lost: the spool is full")
                    return
                self._blocked = True
                self._state.notify_all()
                self._state.wait(1.0)
                self._blocked = False

    def _header(self, kind: str, **more: Any) -> Header:
        return {"kind": kind, "project": self.project, "run": self.run, "key": f"{self._key}-{next(self._numbers)}", **more}


def _said(origin: Optional[Mapping[str, Any]]) -> Header:
    return {"origin": dict(origin)} if origin else {}
