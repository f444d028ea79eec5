"""One connection to the server, kept open between requests."""

from __future__ import annotations

import http.client
import json
import socket
from typing import Any, BinaryIO, Callable, Dict, Optional, Tuple, Union
from urllib.parse import urlsplit

from ._version import __version__

Body = Union[bytes, Callable[[], Tuple[BinaryIO, int]], None]
"""Bytes, or a function that opens a stream and tells its length, so that a second attempt starts anew."""

MAX_ANSWER_BYTES = 8 << 20  # the largest answer the client reads is a run with its configuration


class Unreachable(Exception):
    """No answer came."""


class Answer:
    """Status, headers and parsed JSON (None where the body is not JSON)."""

    def __init__(self, status: int, headers: Any, content: bytes) -> None:
        self.status = status
        self.headers = headers
        try:
            self.json: Any = json.loads(content)
        except ValueError:
            self.json = None

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def field(self, name: str) -> Any:
        return self.json.get(name) if isinstance(self.json, dict) else None

    def __str__(self) -> str:
        said = self.field("detail") or self.field("title")
        return f"{self.status} {said}" if said else str(self.status)


def check_url(url: str) -> str:
    """The server's address without a trailing slash. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"server must be an address such as http://127.0.0.1:6006, not {url!r}")
    if parts.username or parts.query or parts.fragment:
        raise ValueError("server must not hold a user name, a query or a fragment; the key goes into api_key or LOSSBOARD_API_KEY")
    parts.port  # raises ValueError for a bad port
    return url.rstrip("/")


class Transport:
    """Not safe for several threads: the sender owns it."""

    def __init__(self, url: str, api_key: Optional[str], connect_seconds: float, answer_seconds: float) -> None:
        parts = urlsplit(url)
        self._https = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port
        self._prefix = parts.path.rstrip("/")
        self._headers = {"User-Agent": f"lossboard-python/{__version__}", "Accept": "application/json"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._connect_seconds = connect_seconds
        self._answer_seconds = answer_seconds
        self._connection: Optional[http.client.HTTPConnection] = None

    def send(self, method: str, path: str, body: Body, headers: Dict[str, str]) -> Answer:
        """The server's answer, whatever its status. Raises Unreachable."""
        reused = self._connection is not None
        try:
            return self._once(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            # A server closes idle connections: that shows only at the next request, and says nothing about the server.
            if not reused or isinstance(error, socket.timeout):
                raise Unreachable(_words(error)) from error
        try:
            return self._once(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(_words(error)) from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def _once(self, method: str, path: str, body: Body, headers: Dict[str, str]) -> Answer:
        connection = self._connection or self._connect()
        merged = {**self._headers, **headers}
        if callable(body):
            stream, length = body()
            with stream:
                merged["Content-Length"] = str(length)
                connection.request(method, self._prefix + path, body=stream, headers=merged)
                response = connection.getresponse()
        else:
            connection.request(method, self._prefix + path, body=body, headers=merged)
            response = connection.getresponse()
        content = response.read(MAX_ANSWER_BYTES)
        if not response.isclosed() or response.will_close:
            self.close()
        return Answer(response.status, response.headers, content)

    def _connect(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._https else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=self._connect_seconds)
        connection.connect()
        connection.sock.settimeout(self._answer_seconds)
        self._connection = connection
        return connection


def _words(error: BaseException) -> str:
    return str(error) or type(error).__name__
