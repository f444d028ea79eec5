"""Watches a PyTorch model while it trains: hooks tell when gradients are there, and every few steps they are looked at."""

from __future__ import annotations

import re
import time
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Pattern, Tuple, Union

from . import _moments, _signedlog
from ._cadence import Cadence
from ._items import Event
from ._names import name_problem
from ._taps import Taps
from ._torchscript import unwrap
from ._warn import warn_once

# Of the training time, where no cadence is given. Hooks, colder caches and the requests come on top.
STATISTICS_SHARE, HISTOGRAMS_SHARE = 0.014, 0.004
_FIRST_EVERY, _HISTOGRAMS_LEAST = 10, 50
# CPU time of the process: a machine that is busy with other things makes steps longer, and must not make looks more frequent.
_clock = time.process_time
# What a value costs later, in the threads that pack and send it; measured, like the shares, by benchmarks/watch_cost.py.
_SECONDS_A_POINT, _SECONDS_A_HISTOGRAM = 2e-6, 50e-6


class _Found(NamedTuple):
    """What was seen at one step and waits for its number."""

    count: int
    wall: float
    points: List[Tuple[str, float]]
    histograms: List[Tuple[str, Dict[str, Any]]]


class Watch:
    """What `Run.watch` returns. `stop()` ends it; the run's `finish()` does, too.

    Steps are those of the `log(…, step=…)` that follows a backward pass; between such calls, and without them, they are counted on
    by one a step. Steps behind those reached (epochs, say) are passed over.
    """

    def __init__(self, run: Any, model: Any, optimizer: Any, every: Optional[int], histograms_every: Optional[int],
                 activations: Union[bool, str], parameters: Optional[str]) -> None:
        for name, value, least in (("every", every, 1), ("histograms_every", histograms_every, 0)):
            if value is not None and (int(value) != value or value < least):
                raise ValueError(f"{name} must be a whole number of steps from {least}, or None; not {value!r}")
        module = unwrap(model)
        if not hasattr(module, "named_parameters"):
            raise TypeError(f"a model is a torch.nn.Module, not {type(model).__name__}; log_gradients() takes arrays by name")
        wanted: Optional[Pattern[str]] = re.compile(parameters) if parameters else None
        self._parameters = [(name, one) for name, one in module.named_parameters() if one.requires_grad and (wanted is None or wanted.search(name))]
        if not self._parameters:
            raise ValueError("no parameter that is trained" + (f" has a name that matches {parameters!r}" if parameters else ""))
        self._run = run
        self._cadence = Cadence(every, STATISTICS_SHARE, _FIRST_EVERY)
        self._histogram_cadence = Cadence(histograms_every, HISTOGRAMS_SHARE, _HISTOGRAMS_LEAST, _HISTOGRAMS_LEAST) if histograms_every != 0 else None
        self._next = self._next_histograms = 0
        self._count = self._offset = 0
        self._kept: Optional[_moments.Kept] = None
        self._waiting: List[_Found] = []
        self._introduced: set = set()
        self._opener: Optional[int] = None
        self._open = self._logged_open = self._stopped = False
        self._began: Optional[Tuple[int, float]] = None
        self._cost = 0.0
        self._taps = Taps(module, activations) if activations else None
        self._handles: List[Any] = []
        self._listen(optimizer)

    @property
    def every(self) -> int:
        """Steps from one look at the gradients to the next, as it is now."""
        return self._cadence.every

    @property
    def histograms_every(self) -> int:
        """Steps from one histogram to the next, as it is now; 0: none."""
        return self._histogram_cadence.every if self._histogram_cadence else 0

    def stop(self) -> None:
        """Takes the hooks off the model and logs what still waits for its step. Calling it again does nothing."""
        if self._stopped:
            return
        self._stopped = True
        for handle in self._handles:
            handle.remove()
        self.pause()
        self._kept = None
        self._give()
        self._run._watches = [one for one in self._run._watches if one is not self]

    def pause(self) -> None:
        """Takes the hooks off the modules until gradients are looked at again: TorchScript cannot be made of a module that has any."""
        if self._taps:
            self._taps.close()

    def logged(self, step: int) -> None:
        """Hears the step of a log() call."""
        current = self._count if self._open else self._count - 1
        if current < 0 or step < current + self._offset:
            return
        self._offset = step - current
        if self._open:
            self._logged_open = True
        elif self._waiting:
            self._give()

    def _listen(self, optimizer: Any) -> None:
        for index, (_, parameter) in enumerate(self._parameters):
            hook = self._touched(index)
            add = getattr(parameter, "register_post_accumulate_grad_hook", None) or parameter.register_hook
            self._handles.append(add(hook))
        if optimizer is None:
            self._ended = self._safely(self._tick)
            return
        self._ended = self._opened
        tick = self._safely(self._tick)
        if hasattr(optimizer, "register_step_pre_hook"):
            self._handles.append(optimizer.register_step_pre_hook(lambda *_: tick()))
        else:
            self._handles.append(_Wrapped(optimizer, tick))

    def _touched(self, index: int) -> Callable[[Any], None]:
        import torch

        self._no_grad = torch.no_grad
        queue = torch.autograd.Variable._execution_engine.queue_callback

        def touched(_: Any) -> None:
            # The first parameter of a backward pass asks to be told of its end. Where a pass failed, nobody was told: the same one asks again.
            if self._opener is None or self._opener == index:
                self._opener = index
                queue(self._closed)

        return touched

    def _closed(self) -> None:
        self._opener = None
        if not self._stopped:
            self._ended()

    def _opened(self) -> None:
        self._open = True

    def _safely(self, work: Callable[[], None]) -> Callable[[], None]:
        def call() -> None:
            try:
                work()
            except Exception as error:
                warn_once(f"watch:{type(error).__name__}", f"watch() could not look at the gradients and stopped: {error}")
                self._waiting = []
                self.stop()

        return call

    def _tick(self) -> None:
        """One training step's gradients are complete."""
        if self._stopped:
            return
        count = self._count
        self._count += 1
        self._open = False
        if count == self._next:
            with self._no_grad():
                self._look(count)
        elif count + 1 == self._next:
            begun = _clock()
            with self._no_grad():
                self._keep(None)
            self._cost += _clock() - begun
        if self._logged_open:
            self._logged_open = False
            self._give()

    def _keep(self, kept: Optional[_moments.Kept]) -> None:
        self._kept = kept or _moments.Kept(self._parameters)
        if self._taps:
            self._taps.open()

    def _look(self, count: int) -> None:
        begun = _clock()
        self._give()
        now = _moments.Kept(self._parameters)
        points = self._points(_moments.measure(now, self._kept))
        found = _Found(count, time.time(), points, [])
        counted = self._histogram_cadence is not None and count >= self._next_histograms
        if self._taps:
            points += self._taps.dead_shares()
        looked = _clock()
        if counted:
            found.histograms.extend(self._histograms(now))
        ended = _clock()
        self._waiting.append(found)
        self._pace(count, begun, looked, ended, found, counted)
        if self._taps:
            self._taps.close()
        self._kept = None
        if self._next == count + 1:
            self._keep(now)

    def _pace(self, count: int, begun: float, looked: float, ended: float, found: _Found, counted: bool) -> None:
        step = None
        if self._began:
            step = (begun - self._began[1] - self._cost) / (count - self._began[0])
        self._cadence.took(self._cost + looked - begun + _SECONDS_A_POINT * len(found.points), step)
        self._began, self._cost = (count, ended), 0.0
        self._next = self._cadence.after(count)
        if counted and self._histogram_cadence:
            self._histogram_cadence.took(ended - looked + _SECONDS_A_HISTOGRAM * len(found.histograms), step)
            self._next_histograms = self._histogram_cadence.after(count)

    def _points(self, moments: Dict[str, _moments.Moment]) -> List[Tuple[str, float]]:
        points: List[Tuple[str, float]] = []
        for position, (name, _) in enumerate(self._parameters):
            moment = moments.get(name)
            if moment is None:
                continue
            root = f"gradients/{name}"
            if name not in self._introduced:
                self._introduced.add(name)
                points += [(f"{root}/size", float(moment.size)), (f"{root}/position", float(position))]
            points += [(f"{root}/norm", moment.norm), (f"{root}/zeros", moment.zeros), (f"{root}/non_finite", float(moment.non_finite)), (f"weights/{name}/norm", moment.weight)]
            points += [(f"{root}/{tag}", value) for tag, value in (("cosine", moment.cosine), ("update_ratio", moment.ratio)) if value is not None]
        if moments:
            whole = _moments.total(moments.values())
            points += [(f"gradients/{tag}", whole[tag]) for tag in ("norm", "cosine", "update_ratio") if whole[tag] is not None]  # type: ignore[misc]
            points.append(("weights/norm", whole["weight"]))  # type: ignore[arg-type]
            if "" not in self._introduced:
                self._introduced.add("")
                points.append(("gradients/size", whole["size"]))  # type: ignore[arg-type]
        return points

    def _histograms(self, kept: _moments.Kept) -> List[Tuple[str, Dict[str, Any]]]:
        found = []
        for name, counts in _moments.histograms(kept).items():
            found += [(f"{kind}/{name}", _signedlog.trimmed(one)) for kind, one in zip(("gradients", "weights"), counts)]
        if self._taps:
            found += self._taps.histograms()
        return [(tag, counted) for tag, counted in found if counted]

    def _give(self) -> None:
        waiting, self._waiting = self._waiting, []
        for found in waiting:
            step = found.count + self._offset
            self._run._put_points(found.points, step, found.wall)
            for tag, counted in found.histograms:
                if not name_problem(tag):
                    self._run._event("histogram", tag, step, found.wall, lambda event, counted=counted: {**event, **counted})


class NoWatch:
    """Takes the place of a watch that could not be, so that the job need not care."""

    every = histograms_every = 0

    def stop(self) -> None:
        """There is nothing to stop."""


class _Wrapped:
    """Looks before an optimizer's step where PyTorch has no hook for that (before 2.0)."""

    def __init__(self, optimizer: Any, before: Callable[[], None]) -> None:
        inner = optimizer.step

        def step(*arguments: Any, **named: Any) -> Any:
            if not self._removed:
                before()
            return inner(*arguments, **named)

        self._removed = False
        # Schedulers count calls by what they put there themselves.
        step.__dict__.update(getattr(inner, "__dict__", {}))
        optimizer.step = step

    def remove(self) -> None:
        # Others may have wrapped it since: what is not on top stays, and passes everything on.
        self._removed = True
