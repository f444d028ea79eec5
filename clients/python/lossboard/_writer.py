"""PyTorch's SummaryWriter on Lossboard."""

from __future__ import annotations

import io
import os
import sys
from typing import Any, Dict, List, Mapping, Optional, Sequence

from . import _arrays
from ._names import name_problem
from ._run import Run, default_name
from ._warn import harmless, warn_once


class SummaryWriter:
    """Takes the arguments of `torch.utils.tensorboard.SummaryWriter` and pushes to a server instead of writing files.

    `log_dir` names the run: a leading `runs/` falls away, a folder outside the working folder gives its last part. `run`
    and the other keyword arguments are those of `lossboard.Run`. `max_queue`, `flush_secs` and `filename_suffix` have no
    meaning here: values are sent within half a second. `purge_step` is not needed: a step that goes back starts a new
    segment of the series by itself.
    """

    def __init__(
        self, log_dir: Optional[str] = None, comment: str = "", purge_step: Optional[int] = None, max_queue: int = 10,
        flush_secs: int = 120, filename_suffix: str = "", *, project: Optional[str] = None, run: Optional[str] = None,
        config: Any = None, **options: Any,
    ) -> None:
        self.log_dir = str(log_dir) if log_dir else os.path.join("runs", default_name() + comment)
        self.run = Run(project, run or _run_name(self.log_dir), config=config, **options)

    def get_logdir(self) -> str:
        """The folder that PyTorch would write to; nothing is written there."""
        return self.log_dir

    def add_scalar(self, tag: str, scalar_value: Any, global_step: Optional[int] = None, walltime: Optional[float] = None,
                   new_style: bool = False, double_precision: bool = False) -> None:
        """Logs one value; all values are kept as doubles."""
        self.run.log({tag: scalar_value}, global_step, walltime)

    @harmless
    def add_scalars(self, main_tag: str, tag_scalar_dict: Mapping[str, Any], global_step: Optional[int] = None,
                    walltime: Optional[float] = None) -> None:
        """Logs `main_tag/key` for each key, into this run."""
        self.run.log({f"{main_tag}/{name}": value for name, value in tag_scalar_dict.items()}, global_step, walltime)

    @harmless
    def add_histogram(self, tag: str, values: Any, global_step: Optional[int] = None, bins: Any = "tensorflow",
                      walltime: Optional[float] = None, max_bins: Optional[int] = None) -> None:
        """64 equal bins over the finite values, or the number or edges in `bins`; TensorBoard's named schemes count as 64."""
        chosen = _arrays.DEFAULT_BINS if isinstance(bins, str) else _arrays.nested(bins)
        if isinstance(chosen, int) and max_bins:
            chosen = min(chosen, max_bins)
        self.run.log_histogram(tag, values, global_step, chosen, walltime)

    @harmless
    def add_histogram_raw(self, tag: str, min: float, max: float, num: int, sum: float, sum_squares: float,
                          bucket_limits: Sequence[float], bucket_counts: Sequence[float], global_step: Optional[int] = None,
                          walltime: Optional[float] = None) -> None:
        """Logs bins that are counted already; the limits are the right edges."""
        edges = [float(min)] + [float(limit) for limit in bucket_limits]
        if len(edges) > 2 and edges[-2] < float(max) < edges[-1]:
            edges[-1] = float(max)
        self.run.log_counts(tag, edges, bucket_counts, global_step, walltime)

    def add_text(self, tag: str, text_string: str, global_step: Optional[int] = None, walltime: Optional[float] = None) -> None:
        self.run.log_text(tag, text_string, global_step, walltime)

    def add_image(self, tag: str, img_tensor: Any, global_step: Optional[int] = None, walltime: Optional[float] = None,
                  dataformats: str = "CHW") -> None:
        """Uploads the image as the artifact `images/<tag>/<step>.png`."""
        self.run.log_image(tag, img_tensor, global_step, dataformats)

    def add_images(self, tag: str, img_tensor: Any, global_step: Optional[int] = None, walltime: Optional[float] = None,
                   dataformats: str = "NCHW") -> None:
        """Uploads the images as one grid, eight in a row."""
        self.run.log_image(tag, img_tensor, global_step, dataformats)

    def add_video(self, tag: str, vid_tensor: Any, global_step: Optional[int] = None, fps: float = 4, walltime: Optional[float] = None) -> None:
        """Uploads frames (NTCHW; several videos become one grid) as an animated PNG; a path or the bytes of a video file as they are."""
        self.run.log_video(tag, vid_tensor, global_step, fps)

    def add_audio(self, tag: str, snd_tensor: Any, global_step: Optional[int] = None, sample_rate: int = 44100,
                  walltime: Optional[float] = None) -> None:
        """Uploads samples from -1 to 1 as WAV."""
        self.run.log_audio(tag, snd_tensor, global_step, sample_rate)

    @harmless
    def add_figure(self, tag: str, figure: Any, global_step: Optional[int] = None, close: bool = True,
                   walltime: Optional[float] = None) -> None:
        """Draws matplotlib figures now and uploads them; a list gives `tag/0`, `tag/1` and so on."""
        figures = list(figure) if isinstance(figure, (list, tuple)) else [figure]
        pyplot = sys.modules.get("matplotlib.pyplot")
        for index, one in enumerate(figures):
            target = io.BytesIO()
            one.savefig(target, format="png")
            self.run.log_png(tag if len(figures) == 1 else f"{tag}/{index}", target.getvalue(), global_step)
            if close and pyplot is not None:
                pyplot.close(one)

    @harmless
    def add_hparams(self, hparam_dict: Mapping[str, Any], metric_dict: Mapping[str, Any], hparam_domain_discrete: Any = None,
                    run_name: Optional[str] = None, global_step: Optional[int] = None) -> None:
        """Adds the hyperparameters to this run's configuration and logs the metrics in this run."""
        self.run.update_config(hparam_dict)
        self.run.log(metric_dict, global_step)

    @harmless
    def add_embedding(self, mat: Any, metadata: Optional[Sequence[Any]] = None, label_img: Any = None, global_step: Optional[int] = None,
                      tag: str = "default", metadata_header: Optional[Sequence[str]] = None) -> None:
        """Logs a matrix with its metadata: a column `label`, or the columns that `metadata_header` names. `label_img` (N×C×H×W) becomes
        thumbnails."""
        columns = _columns(metadata, metadata_header)
        self.run.log_embedding(tag, mat, columns, global_step, sprite=label_img, sprite_format=None if label_img is None else "NCHW")

    @harmless
    def add_pr_curve(self, tag: str, labels: Any, predictions: Any, global_step: Optional[int] = None, num_thresholds: int = 127,
                     weights: Any = None, walltime: Optional[float] = None) -> None:
        """Logs labels and scores; the server draws the exact curve, so `num_thresholds` has no meaning. `weights` are not kept."""
        if weights is not None:
            warn_once("pr_weights", "add_pr_curve() weighs all samples alike; weights were left out")
        positive = [_arrays.short(float(score)) for score in _arrays.nested(predictions)]
        truth = [int(bool(label)) for label in _arrays.nested(labels)]
        self.run.log_predictions(tag, truth, [[_arrays.short(1.0 - score), score] for score in positive], global_step, wall_time=walltime)

    def add_model(self, module: Any, example_inputs: Any = None, name: str = "model.pt", step: Optional[int] = None,
                  method: Optional[str] = None) -> None:
        """Uploads the module as TorchScript: traced where `example_inputs` are given, scripted otherwise or where tracing fails."""
        self.run.log_model(module, example_inputs, name, step, method)

    def add_checkpoint(self, state_dict: Any, step: int, name: Optional[str] = None) -> None:
        """Uploads weights as they are now, a `state_dict()` or the module itself, as `checkpoints/<step>.safetensors`."""
        self.run.log_checkpoint(state_dict, step, name)

    def add_batch(self, inputs: Any, targets: Any = None, weights: Any = None, name: str = "batch.safetensors",
                  step: Optional[int] = None) -> None:
        """Uploads samples, along the first axes of the arrays, on which the server computes landscapes and curvature."""
        self.run.log_batch(inputs, targets, weights, name, step)

    def add_landscape(self, x: Any, y: Any, z: Any, name: str = "landscape", accuracy: Any = None,
                      path: Optional[Mapping[str, Any]] = None, step: Optional[int] = None) -> None:
        """Uploads a landscape computed elsewhere: losses `z` with a row for each `y` and a value for each `x`."""
        self.run.log_landscape(x, y, z, name, accuracy, path, step)

    def flush(self) -> None:
        """Waits until the server has stored what was logged, or it is in the spool because the server cannot be reached."""
        self.run.flush()

    def close(self) -> None:
        """Sends the rest and marks the run finished."""
        self.run.finish()

    def __enter__(self) -> "SummaryWriter":
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        self.run.__exit__(kind, error, trace)


def _left_out(name: str, instead: str) -> Any:
    def method(self: SummaryWriter, *arguments: Any, **named: Any) -> None:
        warn_once(name, f"{name}() does nothing: {instead}")

    method.__name__ = name
    method.__doc__ = f"Does nothing but warn once: {instead}"
    return method


for _name, _instead in {
    "add_graph": "upload the model with add_model(module, example_inputs) instead",
    "add_onnx_graph": "upload the file with run.log_artifact(path) instead",
    "add_mesh": "meshes are not shown",
    "add_tensor": "upload tensors with run.log_tensors(name, tensors, type='file') instead",
    "add_image_with_boxes": "draw the boxes into the image and use add_image()",
    "add_pr_curve_raw": "use add_pr_curve() with labels and scores",
    "add_custom_scalars": "charts are arranged in the browser",
    "add_custom_scalars_multilinechart": "charts are arranged in the browser",
    "add_custom_scalars_marginchart": "charts are arranged in the browser",
}.items():
    setattr(SummaryWriter, _name, _left_out(_name, _instead))


def _run_name(log_dir: str) -> str:
    """A run name from a folder: always a good one, since a changed import line must not end a job."""
    path = os.path.normpath(log_dir)
    if os.path.isabs(path):
        inside = os.path.relpath(path, os.getcwd())
        path = os.path.basename(path) if inside.startswith(os.pardir) else inside
    parts = [part for part in path.replace(os.sep, "/").split("/") if part not in ("", ".", "..")]
    if len(parts) > 1 and parts[0] == "runs":
        parts = parts[1:]
    name = "/".join(parts)
    return default_name() if name_problem(name) else name


def _columns(metadata: Optional[Sequence[Any]], header: Optional[Sequence[str]]) -> Dict[str, List[Any]]:
    if metadata is None:
        return {}
    entries = list(_arrays.nested(metadata))
    if not header:
        return {"label": [entry if isinstance(entry, str) else str(entry) for entry in entries]}
    return {str(name): [entry[index] for entry in entries] for index, name in enumerate(header)}
