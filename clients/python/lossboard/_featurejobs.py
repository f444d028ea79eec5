"""The part of a run that asks what its model looks at and does inside."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, Optional, Sequence, Union

from ._jobs import Jobs
from ._json import clean
from ._warn import harmless

_Artifact = Union[str, Mapping[str, str]]
_SETTINGS = {
    "saliency": ("smooth", "noise", "seed", "batch_size", "device"),
    "activations": ("batch_size", "device"),
    "gradients": ("l1", "l2", "batch_size", "device"),
}


class FeatureJobs:
    """What `Run` knows of jobs that look into a model. All wait until what was logged is stored, and for the server's word, not for the result.
    `model`, `batch` and `center` (a checkpoint) are names of the run's files, or `{"run_id", "name"}` of another run's."""

    _asking: Callable[[], Jobs]

    @harmless
    def add_saliency(self, samples: Optional[Sequence[int]] = None, target: Optional[int] = None, model: _Artifact = "model.pt", batch: _Artifact = "batch.safetensors",
                     center: Optional[_Artifact] = None, name: Optional[str] = None, **settings: Any) -> Optional[str]:
        """Has the server compute what of some inputs (the first 8 of the batch, where none are named) an output depends on: the largest of each sample, or
        `target`. Settings are `smooth`, `noise`, `seed`, `batch_size`, `device`. Returns the job's id."""
        spec: Dict[str, Any] = {}
        if samples is not None:
            spec["samples"] = [int(one) for one in samples]
        if target is not None:
            spec["target"] = int(target)
        return self._look("saliency", name, model, batch, center, spec, settings)

    @harmless
    def add_activations(self, modules: Optional[Sequence[str]] = None, samples: Optional[Sequence[int]] = None, model: _Artifact = "model.pt", batch: _Artifact = "batch.safetensors",
                        center: Optional[_Artifact] = None, name: Optional[str] = None, **settings: Any) -> Optional[str]:
        """Has the server read what modules inside the model give out (all that have none inside them, where none are named), with maps of some samples.
        Settings are `batch_size`, `device`. Returns the job's id."""
        spec: Dict[str, Any] = {}
        if modules is not None:
            spec["modules"] = [str(one) for one in modules]
        if samples is not None:
            spec["samples"] = [int(one) for one in samples]
        return self._look("activations", name, model, batch, center, spec, settings)

    @harmless
    def add_gradients(self, loss: str = "cross_entropy", model: _Artifact = "model.pt", batch: _Artifact = "batch.safetensors", center: Optional[_Artifact] = None,
                      name: Optional[str] = None, **settings: Any) -> Optional[str]:
        """Has the server compute the gradient of the loss, parameter by parameter. Settings are `l1`, `l2`, `batch_size`, `device`. Returns the job's id."""
        return self._look("gradients", name, model, batch, center, {"loss": loss}, settings)

    def _look(self, kind: str, name: Optional[str], model: _Artifact, batch: _Artifact, center: Optional[_Artifact], spec: Dict[str, Any], settings: Dict[str, Any]) -> str:
        strange = next((setting for setting in settings if setting not in _SETTINGS[kind]), None)
        if strange is not None:
            raise TypeError(f"there is no setting {strange!r}; there are {', '.join(_SETTINGS[kind])}")
        with self._asking() as jobs:
            run_id = jobs.run_id()
            files = {"model": model, "batch": batch, **({} if center is None else {"center": center})}
            references = {key: {"run_id": run_id, "name": file} if isinstance(file, str) else {"run_id": str(file["run_id"]), "name": str(file["name"])} for key, file in files.items()}
            return jobs.post(kind, name, {**references, **spec, **clean(settings)})
