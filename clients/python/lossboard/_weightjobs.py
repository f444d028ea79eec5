"""The part of a run that asks what its weights say: the path of its checkpoints, and losses of weights drawn at random."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, Optional, Sequence, Union

from ._jobs import Jobs
from ._json import clean
from ._warn import harmless

SAMPLERS = ("gaussian", "uniform", "sgld", "swag")
_SETTINGS = ("scale", "scaling", "temperature", "seed", "projection", "checkpoints", "rank", "step_size", "burn_in", "thinning", "l1", "l2", "batch_size", "device")
_Artifact = Union[str, Mapping[str, str]]


class WeightJobs:
    """What `Run` knows of jobs on its weights. Both wait until what was logged is stored, and for the server's word, not for the result."""

    _asking: Callable[[], Jobs]

    @harmless
    def add_weight_pca(self, checkpoints: Optional[Sequence[str]] = None, dims: int = 2, clusters: Optional[int] = None, seed: Optional[int] = None,
                       name: Optional[str] = None) -> Optional[str]:
        """Has the server lay out the run's checkpoints (all, where none are named) along their principal directions, 2 or 3 of them.
        `clusters` None finds a number that suits, 0 looks for none. Returns the job's id."""
        if dims not in (2, 3):
            raise ValueError(f"dims must be 2 or 3, not {dims!r}")
        spec: Dict[str, Any] = {"dims": dims}
        if checkpoints is not None:
            spec["checkpoints"] = [str(one) for one in checkpoints]
        for key, value in (("clusters", clusters), ("seed", seed)):
            if value is not None:
                spec[key] = int(value)
        with self._asking() as jobs:
            return jobs.post("weight_pca", name, {"run_id": jobs.run_id(), **spec})

    @harmless
    def add_monte_carlo(self, sampler: str = "gaussian", samples: int = 1000, loss: str = "cross_entropy", model: _Artifact = "model.pt",
                        batch: _Artifact = "batch.safetensors", center: Optional[_Artifact] = None, name: Optional[str] = None,
                        **settings: Any) -> Optional[str]:
        """Has the server draw weights around the model's and compute the loss of each: `sampler` is gaussian, uniform, sgld or swag, and the
        settings are those of the interface, such as `scale`, `temperature`, `seed`, `step_size`, `burn_in`, `thinning`; swag takes names of
        `checkpoints`. `model`, `batch` and `center` (a checkpoint) are names of the run's files, or `{"run_id", "name"}` of another run's.
        Returns the job's id."""
        if sampler not in SAMPLERS:
            raise ValueError(f"sampler must be one of {', '.join(SAMPLERS)}, not {sampler!r}")
        strange = next((setting for setting in settings if setting not in _SETTINGS), None)
        if strange is not None:
            raise TypeError(f"there is no setting {strange!r}; there are {', '.join(_SETTINGS)}")
        with self._asking() as jobs:
            run_id = jobs.run_id()
            files = {"model": model, "batch": batch, **({} if center is None else {"center": center})}
            spec = {key: _reference(run_id, file) for key, file in files.items()}
            return jobs.post("monte_carlo", name, {**spec, "loss": loss, "sampler": sampler, "samples": int(samples), **clean(settings)})


def _reference(run_id: str, file: _Artifact) -> Dict[str, str]:
    return {"run_id": run_id, "name": file} if isinstance(file, str) else {"run_id": str(file["run_id"]), "name": str(file["name"])}
