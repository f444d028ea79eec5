"""The thread that talks to the server."""

from __future__ import annotations

import threading
import time
from typing import Optional, Tuple

from . import _batch
from ._delivery import Delivery, Outcome, judge, pointers, retry_after
from ._entry import DamagedEntry, Entry
from ._http import Answer, Unreachable
from ._outbox import Outbox
from ._spool import Spool, SpoolFull
from ._tuning import Tuning
from ._warn import logger, warn, warn_once


class Sender:
    """Sends one request after another, the oldest first; a request leaves the outbox only when the server has answered for it."""

    def __init__(self, server: str, outbox: Outbox, spool: Spool, delivery: Delivery, tuning: Tuning) -> None:
        self._server = server
        self._outbox = outbox
        self._spool = spool
        self._delivery = delivery
        self._tuning = tuning
        self._failures = 0
        self._kick = threading.Event()
        self.resume_at = 0.0
        """Monotonic time before which the server asked to be left alone."""
        self.recovered = threading.Event()
        """Set once what earlier processes left has been taken in."""

    def kick(self) -> None:
        """Ends a wait of the client's own making; one that the server asked for stays."""
        if time.monotonic() >= self.resume_at:
            self._kick.set()

    def stop(self) -> None:
        self._outbox.stop()
        self._kick.set()

    def loop(self) -> None:
        self._recover()
        while True:
            entry = self._outbox.next()
            if entry is None:
                break
            try:
                self._attempt(entry)
            except SpoolFull as error:
                warn_once("spool-full", f"Requests stay where they are: {error}")
                self._failures += 1
                self._kick.clear()
                self._wait(self._tuning.backoff(self._failures))
            except Exception as error:
                # Nothing that a request holds may end the thread: the ones behind it are good.
                logger.exception("A request could not be handled")
                self._refuse(entry, f"the client failed: {error}")
        self._leave()

    def drain(self) -> Tuple[int, int]:
        """Sends what earlier processes left, without a thread, until an attempt fails. Returns the requests found and those left."""
        self._recover()
        found = self._outbox.waiting()
        failures = self._outbox.failures
        self._tuning.pause = lambda seconds: None
        while self._outbox.waiting() and self._outbox.failures == failures:
            entry = self._outbox.next()
            if entry is not None:
                self._attempt(entry)
        self._leave()
        return found, self._outbox.waiting()

    def _leave(self) -> None:
        for session in self._outbox.sessions():
            session.close()
        self._delivery.close()

    def _recover(self) -> None:
        """What earlier processes left: of this run before everything new, of other runs after it."""
        try:
            for mine, sessions in ((True, self._spool.older()), (False, self._spool.orphans())):
                entries = []
                for session in sessions:
                    found = session.entries(self._spool)
                    if not found:
                        session.close()
                    entries.extend(found)
                if entries:
                    logger.info("Sending %d requests that an earlier process left in the spool", len(entries))
                    (self._outbox.put_first if mine else self._outbox.put_orphans)(entries)
        except OSError as error:
            warn(f"The spool cannot be read: {error}")
        finally:
            self.recovered.set()

    def _attempt(self, entry: Entry) -> None:
        try:
            answer = self._delivery.send(entry)
        except Unreachable as error:
            self._retry(f"cannot be reached ({error})", None)
            return
        except (DamagedEntry, OSError) as error:
            if entry.path:
                self._spool.set_file_aside(entry.path, str(error))
            self._outbox.done(entry)
            return
        outcome = judge(answer)
        if answer.status == 500:
            entry.crashes += 1
            if entry.crashes >= self._tuning.fatal_failures:
                outcome = Outcome.REFUSED
        elif answer.status == 404 and entry.header["kind"] == "artifact":
            outcome = Outcome.REFUSED  # its run was found, so neither the address nor the key is the reason
        if outcome is Outcome.RETRY:
            self._retry(f"answers {answer}", retry_after(answer))
        elif outcome is Outcome.DENIED:
            message = f"{self._server} answers {str(answer).rstrip('.')}. Check the address and the key in LOSSBOARD_API_KEY"
            warn_once(f"denied:{self._server}:{answer.status}", message)
            self._retry(f"answers {answer}", retry_after(answer) or self._tuning.denied(self._failures))
        else:
            self._answered()
            if outcome is Outcome.SENT:
                self._sent(entry, answer)
            else:
                self._not_taken(entry, answer, outcome)

    def _sent(self, entry: Entry, answer: Answer) -> None:
        expected = entry.header.get("sha256")
        stored = answer.field("sha256")
        if expected and isinstance(stored, str) and stored.lower() != expected:
            self._refuse(entry, f"the server stored {stored}, the file was {expected}")
            return
        self._outbox.done(entry)

    def _not_taken(self, entry: Entry, answer: Answer, outcome: Outcome) -> None:
        """Sends the good part of a refused batch: the server stores all of a request or nothing."""
        if entry.header["kind"] != "events":
            self._refuse(entry, answer.json or answer.status)
            return
        content = entry.load()
        if outcome is Outcome.TOO_LARGE:
            parts = _batch.halves(content)
            if parts:
                self._outbox.replace(entry, list(parts))
                return
        else:
            parted = _batch.without(content, pointers(answer))
            if parted and parted[0]:
                self._spool.set_aside(entry, parted[1], answer.json)
                warn(f"{self._server} refused a part of a batch: {answer}")
                self._outbox.replace(entry, [parted[0]])
                return
        self._refuse(entry, answer.json or answer.status)

    def _refuse(self, entry: Entry, answer: object) -> None:
        if entry.header["kind"] == "artifact":
            content = b""  # the file is the user's own; a copy of it would fill the disk
        else:
            content = entry.load()
        self._spool.set_aside(entry, content, answer)
        said = answer.get("detail") or answer.get("title") if isinstance(answer, dict) else answer
        what = entry.header.get("name") or f"a batch of {entry.header['run']}"
        warn(f"{self._server} refused {what}: {said}")
        self._outbox.done(entry)

    def _answered(self) -> None:
        self._failures = 0
        if self._outbox.succeed():
            warn(f"{self._server} is back; sending what was kept")

    def _retry(self, reason: str, asked: Optional[float]) -> None:
        self._failures += 1
        self._kick.clear()
        self.resume_at = time.monotonic() + asked if asked is not None else 0.0
        problem = None
        try:
            first = self._outbox.fail()
        except SpoolFull as error:
            first, problem = True, error
        if first and self._failures == 1:
            where = f"kept in memory, {problem}" if problem else f"kept in {self._spool.run_folder}"
            warn(f"{self._server} {reason}: what is logged is {where} until it is back")
        self._wait(asked if asked is not None else self._tuning.backoff(self._failures))

    def _wait(self, seconds: float) -> None:
        if self._tuning.pause:
            self._tuning.pause(seconds)
        elif not self._outbox.stopped:
            self._kick.wait(seconds)
        self.resume_at = 0.0
