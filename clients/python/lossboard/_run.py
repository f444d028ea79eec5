"""A run that a training job writes to."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from contextlib import contextmanager
from typing import Any, Dict, Iterator, Mapping, Optional, Sequence, Union

from . import _arrays, _samples, _torchscript, safetensors
from ._batch import round_wall
from ._engine import Engine
from ._environment import environment as read_environment
from ._featurejobs import FeatureJobs
from ._gradients import Gradients
from ._http import check_url
from ._items import Change, Event, Upload
from ._json import clean
from ._landscapes import encode_landscape
from ._names import artifact_name, name_problem, require_name
from ._png import encode_image
from ._predictions import Predictions
from ._projections import Projections
from ._split import count_labels
from ._system import SystemMetrics, wanted
from ._tables import encode_figure, encode_table
from ._training import Training
from ._tuning import Tuning
from ._video import SIGNATURE_BYTES, encode_video, video_suffix
from ._warn import harmless, warn_once
from ._wav import encode_sound
from ._weightjobs import WeightJobs

DEFAULT_SERVER = "http://127.0.0.1:6006"
ARTIFACT_TYPES = ("checkpoint", "model", "batch", "landscape", "projection", "image", "file")
STATUSES = ("running", "finished", "failed")
MAX_KNOWN_TAGS = 100_000  # names already found good; a job that makes up a tag a step must not fill memory with them
_MIN_STEP, _MAX_STEP = -(1 << 63), (1 << 63) - 1


def init(project: Optional[str] = None, run: Optional[str] = None, config: Any = None, **options: Any) -> "Run":
    """Opens a run; the options are those of `Run`."""
    return Run(project, run, config=config, **options)


class Run(Predictions, Projections, Gradients, Training, WeightJobs, FeatureJobs):
    """Everything but the constructor is safe in a training loop: it sends in the background and turns mistakes into warnings.

    `project` defaults to LOSSBOARD_PROJECT or the working folder's name, `run` to the time and the host, `server` to
    LOSSBOARD_URL or http://127.0.0.1:6006, `api_key` to LOSSBOARD_API_KEY. The machine's load is logged unless `system_metrics` is False
    (or LOSSBOARD_SYSTEM_METRICS is 0). Raises ValueError for a bad name or address.
    """

    def __init__(
        self, project: Optional[str] = None, run: Optional[str] = None, *, config: Any = None, group: Optional[str] = None,
        tags: Sequence[str] = (), notes: Optional[str] = None, parent: Optional[str] = None, server: Optional[str] = None,
        api_key: Optional[str] = None, environment: bool = True, spool: Optional[str] = None, tuning: Optional[Tuning] = None,
        system_metrics: Optional[bool] = None,
    ) -> None:
        self.project = require_name(project or os.environ.get("LOSSBOARD_PROJECT") or os.path.basename(os.getcwd()) or "default", "project")
        self.name = require_name(run or default_name(), "run")
        self.server = check_url(server or os.environ.get("LOSSBOARD_URL") or DEFAULT_SERVER)
        self._key = api_key or os.environ.get("LOSSBOARD_API_KEY") or None
        settled = tuning or Tuning()
        self._engine = Engine(self.project, self.name, self.server, self._key, settled, spool)
        self._tags: Dict[str, None] = {}
        self._next_steps: Dict[str, int] = {}
        self._embedded = {}
        self._watches = []
        self._last_gradients = {}
        fields: Dict[str, Any] = {"status": "running"}
        for name, value in (("group", group), ("tags", list(tags)), ("notes", notes), ("parent", parent)):
            if value:
                fields[name] = value
        settings = clean(_mapping(config))
        if environment:
            settings["environment"] = read_environment()
        if settings:
            fields["config"] = settings
        self._engine.put(Change(fields))
        self._system = SystemMetrics(self._engine.point, settled.system_seconds, settled.system_first_seconds) if wanted(system_metrics) else None
        if self._system is not None:
            self._system.start()

    def log(self, metrics: Mapping[str, Any], step: Optional[int] = None, wall_time: Optional[float] = None) -> None:
        """Queues one value a tag. Without a step each tag counts its own values from 0. Nested dicts become `outer/inner`."""
        try:
            wall = time.time() if wall_time is None else _wall(wall_time)
            if step is not None and type(step) is not int or step is not None and not _MIN_STEP <= step <= _MAX_STEP:
                step = whole_step(step)
            point = self._engine.point
            known = self._tags
            for tag, value in metrics.items():
                try:
                    value = float(value)
                except Exception:
                    self._log_odd(tag, value, step, wall)
                    continue
                if tag in known or self._admit(tag):
                    point(tag, self._count(tag) if step is None else step, value, wall)
            if step is not None:
                for watch in self._watches:
                    watch.logged(step)
        except Exception as error:
            warn_once(f"log:{type(error).__name__}", f"log() could not take everything it was given: {error}")

    @harmless
    def log_histogram(self, tag: str, values: Any, step: Optional[int] = None, bins: _arrays.Bins = _arrays.DEFAULT_BINS,
                      wall_time: Optional[float] = None) -> None:
        """Logs how the finite values are spread; they are copied now and counted in the background."""
        data, size = _arrays.snapshot(values)

        def build(event: Dict[str, Any]) -> Optional[Dict[str, Any]]:
            counted = _arrays.histogram(data, bins)
            if counted is None:
                warn_once("histogram-empty", f"Histogram {tag} has no finite value and was left out; others like it will be, too")
                return None
            return {**event, **counted}

        self._event("histogram", tag, step, wall_time, build, size)

    @harmless
    def log_counts(self, tag: str, edges: Sequence[float], counts: Sequence[float], step: Optional[int] = None,
                   wall_time: Optional[float] = None) -> None:
        """Logs a histogram that is counted already: one edge more than counts."""
        edges, counts = _arrays.nested(edges), _arrays.nested(counts)
        if len(edges) != len(counts) + 1:
            raise ValueError(f"{len(counts)} counts need {len(counts) + 1} edges, not {len(edges)}")
        counted = {"edges": list(edges), "counts": list(counts)}
        self._event("histogram", tag, step, wall_time, lambda event: {**event, **counted}, 16 * len(edges))

    @harmless
    def log_text(self, tag: str, text: str, step: Optional[int] = None, wall_time: Optional[float] = None) -> None:
        content = str(text)
        self._event("text", tag, step, wall_time, lambda event: {**event, "text": content}, len(content))

    @harmless
    def log_image(self, tag: str, image: Any, step: Optional[int] = None, dataformats: str = "CHW") -> None:
        """Uploads an array as the artifact `images/<tag>/<step>.png`. Bytes as they are, other numbers from 0 to 1."""
        data, size = _arrays.snapshot(image)
        self.log_png(tag, lambda: encode_image(data, dataformats), step, size)

    @harmless
    def log_png(self, tag: str, image: Any, step: Optional[int] = None, size: int = 0) -> None:
        """Uploads PNG bytes, or what a function returns, as the artifact `images/<tag>/<step>.png`."""
        place = self._step("image:" + self._good(tag), step)
        if callable(image):
            build = image
        else:
            content = bytes(image)
            build, size = lambda: content, len(content)
        self._engine.put(Upload(artifact_name("images", tag, f"{place}.png"), "image", place, build, size))

    @harmless
    def log_audio(self, tag: str, sound: Any, step: Optional[int] = None, sample_rate: int = 44100) -> None:
        """Uploads samples (channels × samples, or samples alone, from -1 to 1, or 16-bit whole numbers) as the artifact
        `audio/<tag>/<step>.wav`."""
        data, size = _arrays.snapshot(sound)
        place = self._step("audio:" + self._good(tag), step)
        rate = int(sample_rate)
        self._engine.put(Upload(artifact_name("audio", tag, f"{place}.wav"), "file", place, lambda: encode_sound(data, rate), size))

    @harmless
    def log_video(self, tag: str, video: Any, step: Optional[int] = None, fps: float = 4) -> None:
        """Uploads a video as the artifact `videos/<tag>/<step>.<suffix>`: the path or the bytes of an mp4, webm, ogv, mov or gif file,
        or an array of frames (TCHW or NTCHW; bytes, or numbers from 0 to 1), which becomes an animated PNG."""
        path = os.fspath(video) if isinstance(video, (str, os.PathLike)) else None
        if path is None and not isinstance(video, (bytes, bytearray, memoryview)):
            data, size = _arrays.snapshot(video)
            place = self._step("video:" + self._good(tag), step)
            self._engine.put(Upload(artifact_name("videos", tag, f"{place}.png"), "file", place, lambda: encode_video(data, fps), size))
            return
        if path is None:
            content = bytes(video)
            start = content[:SIGNATURE_BYTES]
        else:
            with open(path, "rb") as source:
                start = source.read(SIGNATURE_BYTES)
        suffix = video_suffix(start)
        if suffix is None:
            raise ValueError("browsers play mp4, webm, ogv, mov and gif; convert the video first, or give an array of frames")
        place = self._step("video:" + self._good(tag), step)
        name = artifact_name("videos", tag, f"{place}.{suffix}")
        if path is None:
            self._engine.put(Upload(name, "file", place, lambda: content, len(content)))
        else:
            self._engine.put_file(name, "file", place, path)

    @harmless
    def log_table(self, tag: str, rows: Any, columns: Optional[Sequence[str]] = None, step: Optional[int] = None) -> None:
        """Uploads a table as the artifact `tables/<tag>/<step>.json`: rows as mappings, rows as sequences with `columns`, a mapping of
        columns, or a data frame."""
        content = encode_table(rows, columns)
        place = self._step("table:" + self._good(tag), step)
        self._engine.put(Upload(artifact_name("tables", tag, f"{place}.json"), "file", place, lambda: content, len(content)))

    @harmless
    def log_figure(self, tag: str, figure: Any, step: Optional[int] = None) -> None:
        """Uploads a figure as the artifact `figures/<tag>/<step>.plotly.json` or `.svg`: plotly's, or a mapping with `data` and `layout`,
        which stays interactive; matplotlib's, or SVG text."""
        suffix, content = encode_figure(figure)
        place = self._step("figure:" + self._good(tag), step)
        self._engine.put(Upload(artifact_name("figures", tag, f"{place}.{suffix}"), "file", place, lambda: content, len(content)))

    @harmless
    def log_labels(self, split: str, labels: Any, classes: Optional[Sequence[Any]] = None) -> None:
        """Logs how often each label occurs in a split of the data: from counts by label, or from the labels themselves, one a sample.
        With `classes` (names), whole numbers are places among them, and a class without samples is counted 0."""
        counted = count_labels(labels, classes)
        self._good(split)
        self._engine.put(Event(lambda: {"type": "labels", "split": split, "counts": counted}))

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Logs the wall time that the block takes, as a named span."""
        started = time.time()
        try:
            yield
        finally:
            self._log_phase(name, started, time.time())

    @harmless
    def _log_phase(self, name: str, started: float, ended: float) -> None:
        self._good(name)
        event = {"type": "phase", "name": name, "started": round_wall(started), "ended": round_wall(ended)}
        self._engine.put(Event(lambda: event))

    @harmless
    def log_artifact(self, source: Union[str, bytes, "os.PathLike[str]"], name: Optional[str] = None, type: str = "file",
                     step: Optional[int] = None) -> None:
        """Uploads a file, or bytes under a name. A file is copied into the spool before this returns, so it may change afterwards."""
        _check_type(type)
        place = None if step is None else whole_step(step)
        if isinstance(source, (bytes, bytearray, memoryview)):
            content = bytes(source)
            if not name:
                raise ValueError("bytes need a name")
            self._engine.put(Upload(self._good(artifact_name(name)), type, place, lambda: content, len(content)))
            return
        path = os.fspath(source)
        self._engine.put_file(self._good(artifact_name(name or os.path.basename(path))), type, place, path)

    @harmless
    def log_tensors(self, name: str, tensors: Mapping[str, Any], type: str = "checkpoint", step: Optional[int] = None) -> None:
        """Uploads named tensors, as they are now, as a safetensors file: a `state_dict()` as a checkpoint, `inputs` and `targets` as a batch."""
        self._put_parts(name, safetensors.parts(tensors), type, step)

    @harmless
    def log_model(self, module: Any, example_inputs: Any = None, name: str = "model.pt", step: Optional[int] = None,
                  method: Optional[str] = None) -> None:
        """Uploads a PyTorch module as TorchScript, for what the server computes with it. It is traced where `example_inputs` are given
        and scripted otherwise, or where tracing fails; `method` ("trace" or "script") allows one way only. The path or the bytes of a
        TorchScript file are uploaded as they are."""
        if isinstance(module, (str, os.PathLike, bytes, bytearray, memoryview)):
            if not _torchscript.is_torchscript(module):
                raise ValueError("this is no TorchScript file (torch.save writes none); give the module itself")
            self.log_artifact(module, name=name, type="model", step=step)
            return
        handle, path = tempfile.mkstemp(suffix=".pt")
        os.close(handle)
        try:
            for watch in self._watches:
                watch.pause()
            _torchscript.save(module, example_inputs, method, path)
            self.log_artifact(path, name=name, type="model", step=step)
        finally:
            os.unlink(path)

    @harmless
    def log_batch(self, inputs: Any, targets: Any = None, weights: Any = None, name: str = "batch.safetensors",
                  step: Optional[int] = None) -> None:
        """Uploads samples for what the server computes: inputs as the model takes them, targets as its loss does, weights one a sample."""
        self._put_parts(name, _samples.batch(inputs, targets, weights), "batch", step)

    @harmless
    def log_landscape(self, x: Any, y: Any, z: Any, name: str = "landscape", accuracy: Any = None,
                      path: Optional[Mapping[str, Any]] = None, step: Optional[int] = None) -> None:
        """Uploads a landscape computed elsewhere as the artifact `landscapes/<name>.json`: losses `z` with a row for each `y` and a value
        for each `x` (`y` None: one row, a curve), and a path with `x`, `y` and, where known, `loss`, `names` and `steps`."""
        content = encode_landscape(x, y, z, accuracy, path)
        self.log_artifact(content, name=artifact_name("landscapes", f"{self._good(name)}.json"), type="landscape", step=step)

    @harmless
    def update_config(self, config: Any) -> None:
        """Adds settings to the run's configuration; the ones it has stay."""
        self._engine.put(Change({"config": clean(_mapping(config))}))

    def flush(self, timeout: Optional[float] = None) -> bool:
        """Waits until the server has stored what was logged; True then. False when it cannot be reached, everything being in the
        spool, or when the time in seconds is up."""
        return self._engine.flush(timeout)

    def finish(self, status: str = "finished", timeout: Optional[float] = None) -> bool:
        """Sends the rest, sets the status (`finished` or `failed`) and ends the background threads."""
        if status not in STATUSES:
            warn_once("status", f"status must be one of {', '.join(STATUSES)}, not {status!r}; the run is marked finished")
            status = "finished"
        for watch in self._watches:
            watch.stop()
        if self._system is not None:
            self._system.stop()
        return self._engine.finish(timeout, status)

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        self.finish("failed" if kind else "finished")

    def _put_parts(self, name: str, parts: Mapping[str, safetensors.Part], type: str, step: Optional[int]) -> None:
        _check_type(type)
        place = None if step is None else whole_step(step)
        self._engine.put_tensors(self._good(artifact_name(name)), type, place, safetensors.Plan(parts))

    def _event(self, kind: str, tag: str, step: Optional[int], wall_time: Optional[float], build: Any, size: int = 0) -> None:
        event = {
            "type": kind, "tag": self._good(tag), "step": self._step(f"{kind}:{tag}", step),
            "wall_time": round_wall(time.time() if wall_time is None else _wall(wall_time)),
        }
        self._engine.put(Event(lambda: build(event), size))

    def _log_odd(self, tag: Any, value: Any, step: Optional[int], wall: float) -> None:
        if isinstance(value, Mapping):
            self.log({f"{tag}/{name}": item for name, item in value.items()}, step, wall)
            return
        warn_once(f"value:{type(value).__name__}", f"{tag!r} was not logged: a value must be a number, not {type(value).__name__}")

    def _admit(self, tag: Any) -> bool:
        problem = name_problem(tag)
        if problem:
            warn_once(f"tag:{problem}", f"Tag {str(tag)[:80]!r} was not logged: a tag {problem}")
            return False
        if len(self._tags) >= MAX_KNOWN_TAGS:
            self._tags.clear()
        self._tags[tag] = None
        return True

    def _good(self, tag: str) -> str:
        return tag if tag in self._tags else require_name(tag, "the name")

    def _step(self, series: str, step: Optional[int]) -> int:
        return self._count(series) if step is None else whole_step(step)

    def _count(self, series: str) -> int:
        step = self._next_steps.get(series, 0)
        self._next_steps[series] = step + 1
        return step


def _check_type(type: str) -> None:
    if type not in ARTIFACT_TYPES:
        raise ValueError(f"type must be one of {', '.join(ARTIFACT_TYPES)}, not {type!r}")


def default_name() -> str:
    """Time and host, as PyTorch names its folders."""
    return time.strftime("%b%d_%H-%M-%S_") + socket.gethostname()


def whole_step(step: Any) -> int:
    """The step as a signed 64-bit integer; a fraction is cut off with a warning. Raises TypeError, ValueError and OverflowError."""
    whole = int(step)
    if whole != step:
        warn_once("fraction", f"Steps are whole numbers: {step} was logged as {whole}")
    if not _MIN_STEP <= whole <= _MAX_STEP:
        raise OverflowError(f"step {whole} does not fit 64 bits")
    return whole


def _wall(wall_time: Any) -> float:
    wall = float(wall_time)
    if wall - wall != 0:
        warn_once("wall_time", f"A wall time must be finite, not {wall_time}; the current time was taken")
        return time.time()
    return wall


def _mapping(config: Any) -> Dict[str, Any]:
    if config is None:
        return {}
    return dict(config) if isinstance(config, Mapping) else dict(vars(config))
