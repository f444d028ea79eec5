"""The part of a run that logs embeddings and asks for their projections."""

from __future__ import annotations

import math
import os
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from . import _arrays, _projector, _sprite, safetensors
from ._engine import Engine
from ._items import Upload
from ._jobs import Jobs
from ._json import clean, encode
from ._names import artifact_name
from ._warn import harmless

METHODS = ("umap", "tsne", "pca")
_SETTINGS = ("dims", "perplexity", "neighbors", "min_dist", "iterations", "seed", "standardize", "pca_first", "metric", "point_quality")
_BYTES_A_VALUE = 12  # of seven digits as JSON
_Metadata = Optional[Mapping[str, Sequence[Any]]]


class Projections:
    """What `Run` knows of embeddings."""

    project: str
    name: str
    server: str
    _engine: Engine
    _key: Optional[str]
    _good: Callable[[str], str]
    _step: Callable[[str, Optional[int]], int]
    _event: Callable[..., None]
    _put_sprite: Callable[..., Dict[str, Any]]
    _embedded: Dict[str, Tuple[int, Dict[int, str]]]

    @harmless
    def log_embedding(self, tag: str, vectors: Any, metadata: _Metadata = None, step: Optional[int] = None,
                      wall_time: Optional[float] = None, sprite: Any = None, sprite_format: Optional[str] = None) -> None:
        """Logs a matrix, a vector a row, with columns of metadata and a thumbnail a row (`sprite`: N×H×W, N×H×W×C or N×C×H×W; bytes, or
        numbers from 0 to 1; `sprite_format` names the axes where they are not clear). Vectors keep seven significant digits; a matrix too
        large for an event goes as the artifact `embeddings/<tag>/<step>.safetensors`, as exact as it is."""
        if not hasattr(vectors, "shape"):
            vectors = list(vectors)
        shape = _sprite.shape_of(vectors)
        if len(shape) < 2:
            raise ValueError("vectors must be a matrix, a vector a row")
        columns = _columns(metadata, shape[0])
        place = self._step(f"embedding:{self._good(tag)}", step)
        picture = None if sprite is None else self._put_sprite(artifact_name("sprites", tag, f"{place}.png"), place, shape[0], sprite, sprite_format)
        large = _BYTES_A_VALUE * (math.prod(shape) + sum(map(len, columns.values()))) > self._engine.tuning.event_bytes
        _, files = self._embedded.get(tag, (place, {}))
        files.pop(place, None)
        if large:
            files[place] = self._put_vectors(tag, place, vectors, columns, picture)
        else:
            data, size = _arrays.snapshot(vectors)
            extra: Dict[str, Any] = {"metadata": columns}
            if picture:
                extra["sprite"] = picture
            self._event("embedding", tag, place, wall_time, lambda event: {**event, "vectors": _arrays.rows(data), **extra}, size)
        self._embedded[tag] = (place, files)

    @harmless
    def add_projection(self, name: str, coordinates: Any, embedding_tag: Optional[str] = None, embedding_step: Optional[int] = None,
                       metadata: _Metadata = None) -> Optional[str]:
        """Stores coordinates that were computed elsewhere, a row of two or three numbers for each vector, as the artifact
        `projections/<name>.safetensors`, and has the server show them: beside the vectors of `embedding_tag`, if given, their quality is
        measured. Waits until what was logged is stored. Returns the job's id."""
        shape = _sprite.shape_of(coordinates)
        if len(shape) != 2 or shape[1] not in (2, 3):
            raise ValueError(f"coordinates must be rows of 2 or 3 numbers, not of shape {'×'.join(map(str, shape))}")
        columns = _columns(metadata, shape[0])
        base = artifact_name("projections", self._good(name))
        said: Dict[str, str] = {}
        if embedding_tag is not None:
            said["lossboard.embedding_tag"] = self._good(embedding_tag)
            if embedding_step is not None:
                said["lossboard.embedding_step"] = str(int(embedding_step))
        if columns:
            said["lossboard.metadata"] = self._put_json(f"{base}.json", None, columns)
        self._put_tensor(f"{base}.safetensors", "projection", None, "coordinates", coordinates, said)
        spec: Dict[str, Any] = {"method": "given"}
        with self._asking() as jobs:
            run_id = jobs.run_id()
            spec["coordinates"] = {"run_id": run_id, "name": f"{base}.safetensors", "tensor": "coordinates"}
            if columns:
                spec["metadata"] = {"run_id": run_id, "name": f"{base}.json"}
            if embedding_tag is not None:
                spec.update(self._vectors(run_id, embedding_tag, embedding_step))
            return jobs.post("projection", name, spec)

    @harmless
    def project_embedding(self, tag: str, method: str = "umap", step: Optional[int] = None, name: Optional[str] = None, **settings: Any) -> Optional[str]:
        """Has the server lay out what was logged under the tag (at its last step, where none is given): `method` is umap, tsne or pca, and
        the settings are those of the interface, such as `dims`, `perplexity`, `neighbors`, `min_dist`, `seed`, `standardize`, `pca_first`,
        `metric`. Waits until what was logged is stored, not for the result. Returns the job's id."""
        if method not in METHODS:
            raise ValueError(f"method must be one of {', '.join(METHODS)}, not {method!r}")
        strange = next((setting for setting in settings if setting not in _SETTINGS), None)
        if strange is not None:
            raise TypeError(f"there is no setting {strange!r}; there are {', '.join(_SETTINGS)}")
        with self._asking() as jobs:
            return jobs.post("projection", name, {"method": method, **clean(settings), **self._vectors(jobs.run_id(), tag, step)})

    @harmless
    def add_projector(self, folder: Union[str, "os.PathLike[str]"], name: Optional[str] = None) -> None:
        """Uploads a folder of TensorBoard's projector: `projector_config.pbtxt` and every file that it names, as
        `projector/<folder name>/…`. Files are copied into the spool before this returns."""
        path = os.path.abspath(os.fspath(folder))
        text, files = _projector.read(path)
        base = artifact_name("projector", self._good(name or os.path.basename(path) or "folder"))
        for file in files:
            self._engine.put_file(artifact_name(base, file.name), "image" if file.picture else "file", None, file.path)
        content = text.encode("utf-8")
        self._engine.put(Upload(f"{base}/{_projector.CONFIG}", "file", None, lambda: content, len(content)))

    def _put_vectors(self, tag: str, step: int, vectors: Any, columns: Dict[str, List[Any]], picture: Optional[Dict[str, Any]]) -> str:
        base = artifact_name("embeddings", tag, str(step))
        said = {} if picture is None else {f"lossboard.sprite{end}": str(picture[key]) for end, key in (("", "name"), ("_width", "width"), ("_height", "height"))}
        if columns:
            said["lossboard.metadata"] = self._put_json(f"{base}.json", step, columns)
        self._put_tensor(f"{base}.safetensors", "file", step, "vectors", vectors, said)
        return f"{base}.safetensors"

    def _put_json(self, name: str, step: Optional[int], columns: Dict[str, List[Any]]) -> str:
        content = encode(columns)
        self._engine.put(Upload(name, "file", step, lambda: content, len(content)))
        return name

    def _put_tensor(self, name: str, type: str, step: Optional[int], tensor: str, values: Any, said: Mapping[str, str]) -> None:
        listed = not (hasattr(values, "detach") or hasattr(values, "__array__"))
        part = safetensors.listed(tensor, _floats(_arrays.nested(values)), single=True) if listed else safetensors.describe(tensor, values)
        self._engine.put_tensors(name, type, step, safetensors.Plan({tensor: part}, said))

    def _vectors(self, run_id: str, tag: str, step: Optional[int]) -> Dict[str, Any]:
        """How a spec names what was logged under a tag."""
        last, files = self._embedded.get(tag, (None, {}))
        file = files.get(last if step is None else int(step)) if last is not None else None
        if file is not None:
            return {"artifact": {"run_id": run_id, "name": file, "tensor": "vectors"}}
        return {"embedding": {"run_id": run_id, "tag": tag, **({} if step is None else {"step": int(step)})}}

    def _asking(self) -> Jobs:
        if not self._engine.flush():
            raise RuntimeError("the server has not stored what was logged; it can be asked for once it has")
        return Jobs(self.server, self._key, self._engine.tuning, self.project, self.name)


def _columns(metadata: _Metadata, count: int) -> Dict[str, List[Any]]:
    columns = clean(dict(metadata or {}))
    for name, column in columns.items():
        if not isinstance(column, list) or len(column) != count:
            raise ValueError(f"metadata {name!r} must have one entry for each of the {count} vectors")
    return columns


def _floats(values: Any) -> Any:
    """Whole numbers of a list as well: vectors are float32."""
    return [_floats(item) for item in values] if isinstance(values, (list, tuple)) else float(values)
