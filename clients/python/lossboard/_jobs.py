"""Asks the server to compute something, and waits for its word."""

from __future__ import annotations

from typing import Any, Dict, Optional

from ._http import Answer, Transport, Unreachable
from ._json import encode
from ._tuning import Tuning


class Jobs:
    """What a run asks for; calls wait for the server's answer, not for the result."""

    def __init__(self, server: str, api_key: Optional[str], tuning: Tuning, project: str, run: str) -> None:
        self._transport = Transport(server, api_key, tuning.connect_seconds, tuning.answer_seconds)
        self._names = {"project": project, "run": run}

    def __enter__(self) -> "Jobs":
        return self

    def __exit__(self, *error: Any) -> None:
        self._transport.close()

    def run_id(self) -> str:
        """Id of the run, which is made where it is missing. Raises RuntimeError."""
        return str(self._ask("PUT", "/api/v1/runs", self._names)["id"])

    def post(self, kind: str, name: Optional[str], spec: Dict[str, Any]) -> str:
        """Id of the job, or of an earlier one that has computed the same. Raises RuntimeError."""
        body: Dict[str, Any] = {"kind": kind, "project": self._names["project"], "spec": spec}
        if name is not None:
            body["name"] = name
        return str(self._ask("POST", "/api/v1/jobs", body)["id"])

    def _ask(self, method: str, path: str, body: Dict[str, Any]) -> Dict[str, Any]:
        try:
            answer = self._transport.send(method, path, encode(body), {"Content-Type": "application/json"})
        except Unreachable as error:
            raise RuntimeError(f"the server cannot be reached: {error}") from None
        if not answer.ok or not isinstance(answer.json, dict) or "id" not in answer.json:
            raise RuntimeError(f"the server answers {_said(answer)}")
        return answer.json


def _said(answer: Answer) -> str:
    errors = answer.field("errors")
    details = [str(error.get("detail")) for error in errors if isinstance(error, dict) and error.get("detail")] if isinstance(errors, list) else []
    return " ".join([str(answer), *details])
