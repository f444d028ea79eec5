"""What one attempt to send a request led to, and how each kind of request is sent."""

from __future__ import annotations

import email.utils
import gzip
import json
import time
from enum import Enum
from typing import Any, Dict, List, Optional, Tuple
from urllib.parse import quote

from ._entry import Entry
from ._http import Answer, Transport
from ._json import encode

DENIED = (401, 403, 404)
MAX_RETRY_AFTER = 3600.0
_ORIGIN_HEADERS = {"reason": "Artifact-Reason", "metric": "Artifact-Metric", "value": "Artifact-Metric-Value", "goal": "Artifact-Metric-Goal"}


class Outcome(Enum):
    SENT = "sent"
    RETRY = "retry"
    DENIED = "denied"
    TOO_LARGE = "too large"
    REFUSED = "refused"


def judge(answer: Answer) -> Outcome:
    """A problem's own `retryable` decides where it is given; the status otherwise."""
    if answer.ok:
        return Outcome.SENT
    if answer.status in DENIED:
        return Outcome.DENIED
    if answer.status == 413:
        return Outcome.TOO_LARGE
    retryable = answer.field("retryable")
    if isinstance(retryable, bool):
        return Outcome.RETRY if retryable else Outcome.REFUSED
    return Outcome.RETRY if answer.status in (408, 425, 429) or answer.status >= 500 or answer.status < 400 else Outcome.REFUSED


def retry_after(answer: Answer) -> Optional[float]:
    """Seconds that the server asks to wait: a number or a date."""
    text = answer.headers.get("Retry-After")
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(text).timestamp() - time.time()
        except (TypeError, ValueError):
            return None
    return min(max(seconds, 0.0), MAX_RETRY_AFTER) if seconds == seconds else None


class Delivery:
    """Sends one entry; remembers the ids of the runs it met."""

    def __init__(self, transport: Transport, gzip_bytes: int) -> None:
        self._transport = transport
        self._gzip_bytes = gzip_bytes
        self._run_ids: Dict[Tuple[str, str], str] = {}

    def send(self, entry: Entry) -> Answer:
        """Raises Unreachable and DamagedEntry."""
        kind = entry.header["kind"]
        if kind == "artifact":
            return self._artifact(entry)
        if kind == "run":
            return self._run(entry)
        return self._events(entry)

    def close(self) -> None:
        self._transport.close()

    def _events(self, entry: Entry) -> Answer:
        headers = {"Content-Type": "application/json", "Idempotency-Key": entry.header["key"]}
        content = entry.load()
        if len(content) >= self._gzip_bytes:
            content = gzip.compress(content, 1)
            headers["Content-Encoding"] = "gzip"
        return self._remember(entry, self._transport.send("POST", "/api/v1/events", content, headers), "run_id")

    def _run(self, entry: Entry) -> Answer:
        change = json.loads(entry.load())
        config = change.pop("config", None)
        answer = self._put_run(entry, change)
        if config and answer.ok:
            # A configuration is replaced as a whole: what an earlier process or another writer of the run has set must stay.
            stored = answer.field("config")
            merged = {**stored, **config} if isinstance(stored, dict) else config
            if merged != stored:
                answer = self._put_run(entry, {"config": merged})
        return answer

    def _artifact(self, entry: Entry) -> Answer:
        run = (entry.header["project"], entry.header["run"])
        known = run in self._run_ids
        if not known:
            answer = self._put_run(entry, {})
            if run not in self._run_ids:
                return answer
        answer = self._put_artifact(entry, self._run_ids[run])
        if answer.status == 404 and known:
            # The run may have been removed since its id was learnt: naming it again creates it.
            del self._run_ids[run]
            return self._artifact(entry)
        return answer

    def _put_artifact(self, entry: Entry, run_id: str) -> Answer:
        headers = {"Content-Type": "application/octet-stream", "Artifact-Type": entry.header["type"]}
        if entry.header.get("step") is not None:
            headers["Artifact-Step"] = str(entry.header["step"])
        # A tag may be of any script, and a header may not.
        for name, value in entry.header.get("origin", {}).items():
            headers[_ORIGIN_HEADERS[name]] = quote(str(value), safe="/") if name == "metric" else str(value)
        path = f"/api/v1/runs/{quote(run_id, safe='')}/artifacts/{quote(entry.header['name'])}"
        return self._transport.send("PUT", path, entry.open if entry.body is None else entry.body, headers)

    def _put_run(self, entry: Entry, change: Dict[str, Any]) -> Answer:
        body = encode({"project": entry.header["project"], "run": entry.header["run"], **change})
        answer = self._transport.send("PUT", "/api/v1/runs", body, {"Content-Type": "application/json"})
        return self._remember(entry, answer, "id")

    def _remember(self, entry: Entry, answer: Answer, field: str) -> Answer:
        run_id = answer.field(field)
        if answer.ok and isinstance(run_id, str):
            self._run_ids[(entry.header["project"], entry.header["run"])] = run_id
        return answer


def pointers(answer: Answer) -> List[str]:
    """Where in the body the server found something wrong."""
    errors = answer.field("errors")
    return [str(error.get("pointer", "")) for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
