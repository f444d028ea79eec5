"""Asks a Lossboard server for what its worker computes of trained models: landscapes, curvature, weights, samples, saliency, activations."""

from __future__ import annotations

import json
import os
import threading
import urllib.error
import urllib.request
from typing import Any, Dict, List, Optional
from urllib.parse import quote, urlencode

ANSWER_SECONDS = 30
FIRST, SECOND = "healthy/seed-1", "healthy/seed-2"


class Refused(Exception):
    """What the server said instead of doing it. Without a route there is no use in asking on."""

    def __init__(self, reason: str, unknown: bool = False) -> None:
        super().__init__(reason)
        self.unknown = unknown


class ModelJobs:
    """Asks for each job as soon as the runs that it needs are finished. Safe to use from several threads."""

    def __init__(self, server: str, project: str) -> None:
        self.page = f"{server.rstrip('/')}/jobs?{urlencode({'project': project})}"
        self._server = server.rstrip("/")
        self._project = project
        # The server may be this machine's: a proxy is not asked.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self._lock = threading.Lock()
        self._ids: Dict[str, str] = {}
        self._over = False

    def finished(self, result: Dict[str, Any]) -> None:
        """Takes the last line of a run. What cannot be asked for is said in a line, and the runs go on."""
        name = result["run"]
        if name not in (FIRST, SECOND):
            return
        with self._lock:
            if self._over:
                return
            try:
                self._ids[name] = self._run_id(name)
                jobs = [*self._alone(result["checkpoints"]), *self._weights(result["checkpoints"]), *self._inside()] if name == FIRST else []
                if len(self._ids) == 2:
                    jobs.append(self._between())
                asked = [job["name"] for job in jobs if self._post(job)]
            except (Refused, OSError, ValueError, KeyError) as error:
                self._over = isinstance(error, Refused) and error.unknown
                print(f"No jobs on {name}: {error}", flush=True)
                return
            if asked:
                print(f"Asked for: {', '.join(asked)}. See {self.page}", flush=True)

    def _post(self, job: Dict[str, Any]) -> bool:
        try:
            self._ask("POST", "/api/v1/jobs", {"project": self._project, **job})
            return True
        except Refused as error:
            if error.unknown:
                raise
            print(f"Not asked for \"{job['name']}\": {error}", flush=True)
            return False

    def _alone(self, checkpoints: List[str]) -> List[Dict[str, Any]]:
        spec = self._batches(FIRST)
        plane = {"x": {"points": 31}, "y": {"points": 31}}
        curvature = {name: spec[name] for name in ("model", "batch", "loss")}
        return [
            {"kind": "landscape", "name": f"Path of {FIRST}", "spec": {**spec, "directions": {"kind": "pca", "checkpoints": checkpoints}, **plane}},
            {
                "kind": "landscape", "name": f"Around {FIRST}",
                "spec": {**spec, "directions": {"kind": "random", "seed": 1, "normalize": "filter"}, **plane},
            },
            {
                "kind": "hessian", "name": f"Curvature of {FIRST}",
                "spec": {**curvature, "top": 5, "bottom": 1, "trace": True, "density": True, "seed": 0},
            },
        ]

    def _weights(self, checkpoints: List[str]) -> List[Dict[str, Any]]:
        """Where training went, and how the loss is spread around where it ended."""
        spec = self._batches(FIRST)
        around = {**{name: spec[name] for name in ("model", "batch", "loss")}, "samples": 400, "seed": 1}
        return [
            {"kind": "weight_pca", "name": f"Weights of {FIRST}", "spec": {"run_id": self._ids[FIRST], "checkpoints": checkpoints, "dims": 3}},
            {"kind": "monte_carlo", "name": f"Gaussian around {FIRST}", "spec": {**around, "sampler": "gaussian", "scale": 0.01}},
            {"kind": "monte_carlo", "name": f"SWAG of {FIRST}", "spec": {**around, "sampler": "swag", "checkpoints": checkpoints[-8:]}},
        ]

    def _inside(self) -> List[Dict[str, Any]]:
        """What the model looks at, what its modules give, and the gradients of its weights."""
        spec = self._batches(FIRST)
        subject, samples = {"model": spec["model"], "batch": spec["validation_batch"]}, list(range(8))
        return [
            {"kind": "saliency", "name": f"Saliency of {FIRST}", "spec": {**subject, "samples": samples}},
            {"kind": "activations", "name": f"Activations of {FIRST}", "spec": {**subject, "samples": samples[:4]}},
            {"kind": "gradients", "name": f"Gradients of {FIRST}", "spec": {**subject, "loss": spec["loss"]}},
        ]

    def _between(self) -> Dict[str, Any]:
        directions = {"kind": "between", "to": {"run_id": self._ids[SECOND], "name": "model.pt"}}
        return {
            "kind": "landscape", "name": f"From {FIRST} to {SECOND}",
            "spec": {**self._batches(FIRST), "directions": directions, "x": {"points": 51}, "y": None},
        }

    def _batches(self, run: str) -> Dict[str, Any]:
        def of(name: str) -> Dict[str, str]:
            return {"run_id": self._ids[run], "name": name}

        return {
            "model": of("model.pt"), "batch": of("batches/train.safetensors"), "validation_batch": of("batches/validation.safetensors"),
            "loss": "cross_entropy",
        }

    def _run_id(self, name: str) -> str:
        query = urlencode({"project": self._project, "query": f"name = {json.dumps(name)}"}, quote_via=quote)
        found = self._ask("GET", f"/api/v1/runs?{query}")["items"]
        if len(found) != 1:
            raise Refused(f"the server knows {len(found)} runs named {name}")
        return found[0]["id"]

    def _ask(self, method: str, path: str, body: Optional[Dict[str, Any]] = None) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        key = os.environ.get("LOSSBOARD_API_KEY")
        if key:
            headers["Authorization"] = f"Bearer {key}"
        content = None if body is None else json.dumps(body).encode("utf-8")
        request = urllib.request.Request(self._server + path, content, headers, method=method)
        try:
            with self._opener.open(request, timeout=ANSWER_SECONDS) as answer:
                return json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            if error.code == 404 and method == "POST":
                raise Refused("this server computes none", unknown=True) from None
            raise Refused(_reason(error)) from None


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        problem = json.load(error)
        said = problem.get("detail") or problem.get("title")
    except ValueError:
        said = None
    return f"the server answers {error.code}" + (f" ({said})" if said else "")
