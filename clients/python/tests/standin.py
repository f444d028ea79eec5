"""A server for the tests: stores what it is sent the way the contract says, and misbehaves on request."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, List, Optional, Tuple
from urllib.parse import unquote, urlsplit

GUARD_SECONDS = 60  # a test that waits this long has failed; nothing waits for it otherwise


class Request:
    def __init__(self, method: str, path: str, headers: Any, body: bytes) -> None:
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.is_events = path == "/api/v1/events"


Fault = Callable[["StandIn", Request], Optional[Tuple[int, Dict[str, str], Dict[str, Any]]]]


class StandIn:
    """`before` answers instead of the server; `drop_after` says whether the answer to a stored request is lost."""

    def __init__(self, port: int = 0) -> None:
        self.lock = threading.Condition()
        self.runs: Dict[Tuple[str, str], Dict[str, Any]] = {}
        self.keys: Dict[Tuple[str, str, str], Tuple[str, Dict[str, Any]]] = {}
        self.events: List[Tuple[Tuple[str, str], Dict[str, Any]]] = []
        self.artifacts: Dict[Tuple[Tuple[str, str], str], Dict[str, Any]] = {}
        self.requests: List[Request] = []
        self.jobs: List[Dict[str, Any]] = []
        self.replayed = 0
        self.before: Optional[Fault] = None
        self.drop_after: Callable[[Request], bool] = lambda request: False
        self._server = _Server(("127.0.0.1", port), self)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._server.close_connections()
        self._thread.join()

    def __enter__(self) -> "StandIn":
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        with self.lock:
            if not self.lock.wait_for(condition, GUARD_SECONDS):
                raise AssertionError("the server never saw what the test waits for")

    def points(self, run: Tuple[str, str], tag: str) -> List[Tuple[int, Any]]:
        """Stored points of a series in the order stored."""
        found: List[Tuple[int, Any]] = []
        for owner, event in self.events:
            if owner == run and event.get("tag") == tag:
                if event["type"] == "scalar":
                    found.append((event["step"], event["value"]))
                elif event["type"] == "scalars":
                    found.extend(zip(event["steps"], event["values"]))
        return found

    def of_type(self, kind: str) -> List[Dict[str, Any]]:
        return [event for _, event in self.events if event["type"] == kind]

    def handle(self, request: Request) -> Tuple[int, Dict[str, str], Dict[str, Any]]:
        with self.lock:
            self.requests.append(request)
            self.lock.notify_all()
        if self.before:
            answer = self.before(self, request)
            if answer:
                return answer
        with self.lock:
            try:
                return self._store(request)
            finally:
                self.lock.notify_all()

    def _store(self, request: Request) -> Tuple[int, Dict[str, str], Dict[str, Any]]:
        if request.is_events:
            return self._events(request)
        if request.path == "/api/v1/runs" and request.method == "PUT":
            change = json.loads(request.body)
            run = self._run(change.pop("project"), change.pop("run"))
            run.update(change)
            return 200, {}, run
        if request.path == "/api/v1/jobs" and request.method == "POST":
            self.jobs.append(json.loads(request.body))
            return 202, {}, {"id": f"job-{len(self.jobs)}"}
        parts = request.path.split("/")
        if request.method == "PUT" and len(parts) > 6 and parts[5] == "artifacts":
            owner = next((key for key, run in self.runs.items() if run["id"] == parts[4]), None)
            if owner is None:
                return problem(404, "run_not_found")
            name = unquote("/".join(parts[6:]))
            digest = hashlib.sha256(request.body).hexdigest()
            self.artifacts[(owner, name)] = {
                "body": request.body, "type": request.headers["Artifact-Type"], "step": request.headers.get("Artifact-Step")}
            return 201, {}, {"name": name, "sha256": digest, "size": len(request.body)}
        return problem(404, "not_found")

    def _events(self, request: Request) -> Tuple[int, Dict[str, str], Dict[str, Any]]:
        batch = json.loads(request.body)
        owner = (batch["project"], batch["run"])
        run = self._run(*owner)
        digest = hashlib.sha256(request.body).hexdigest()
        key = (*owner, request.headers["Idempotency-Key"])
        if key in self.keys:
            known, answer = self.keys[key]
            if known != digest:
                return problem(422, "idempotency_key_reused")
            self.replayed += 1
            return 200, {}, {**answer, "replayed": True}
        self.events.extend((owner, event) for event in batch["events"])
        answer = {"run_id": run["id"], "accepted": len(batch["events"]), "duplicates": 0, "replayed": False, "seq": len(self.keys)}
        self.keys[key] = (digest, answer)
        return 200, {}, answer

    def _run(self, project: str, name: str) -> Dict[str, Any]:
        return self.runs.setdefault((project, name), {"id": f"run-{len(self.runs)}", "project": project, "name": name, "config": {}})


def problem(status: int, code: str, retryable: Optional[bool] = None, headers: Optional[Dict[str, str]] = None,
            errors: Optional[List[Dict[str, str]]] = None) -> Tuple[int, Dict[str, str], Dict[str, Any]]:
    body: Dict[str, Any] = {"title": code, "status": status, "code": code, "detail": f"test: {code}"}
    if retryable is not None:
        body["retryable"] = retryable
    if errors is not None:
        body["errors"] = errors
    return status, headers or {}, body


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: Tuple[str, int], owner: StandIn) -> None:
        self.owner = owner
        self.open: List[socket.socket] = []
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.append(request)
        super().process_request(request, client_address)

    def close_connections(self) -> None:
        """A stopped server keeps no connection alive."""
        for connection in self.open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        request = Request(self.command, urlsplit(self.path).path, self.headers, body)
        owner = self.server.owner  # type: ignore[attr-defined]
        status, headers, answer = owner.handle(request)
        if owner.drop_after(request):
            self.close_connection = True
            return
        content = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = _serve

    def log_message(self, format: str, *arguments: Any) -> None:
        """Quiet."""
