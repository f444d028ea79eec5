"""Writes and reads the safetensors format: how checkpoints, models' parameters and batches travel to the server and back.

A file is eight bytes of little-endian header length, a JSON header that gives each tensor's type, shape and place, and the
tensors' bytes one after another. Nothing in it can be executed.
"""

from __future__ import annotations

import ctypes
import json
import struct
import sys
from array import array
from typing import Any, BinaryIO, Dict, List, Mapping, NamedTuple, Optional, Union

_TYPES = {
    "float64": "F64", "float32": "F32", "float16": "F16", "bfloat16": "BF16", "int64": "I64", "int32": "I32", "int16": "I16",
    "int8": "I8", "uint8": "U8", "bool": "BOOL",
}
ALIGNMENT = 8


class Part(NamedTuple):
    """One tensor: its type in the format's words, its shape and its bytes, which `owner` keeps alive."""

    kind: str
    shape: List[int]
    content: Union[bytes, memoryview]
    owner: Any = None

    @property
    def width(self) -> int:
        return {"BF16": 2, "BOOL": 1}.get(self.kind) or int(self.kind[1:]) // 8


class Plan:
    """A file before it is written: the header, and the parts in the order of their bytes."""

    def __init__(self, parts: Mapping[str, Part], metadata: Optional[Mapping[str, str]] = None) -> None:
        # Wide types first keeps every tensor aligned without gaps.
        ordered = sorted(parts.items(), key=lambda item: (-item[1].width, item[0]))
        header: Dict[str, Any] = {"__metadata__": dict(metadata)} if metadata else {}
        offset = 0
        for name, part in ordered:
            header[name] = {"dtype": part.kind, "shape": part.shape, "data_offsets": [offset, offset + len(part.content)]}
            offset += len(part.content)
        text = json.dumps(header, separators=(",", ":")).encode("utf-8")
        text += b" " * (-len(text) % ALIGNMENT)
        self._head = struct.pack("<Q", len(text)) + text
        self._parts = [part for _, part in ordered]
        self.size = len(self._head) + offset

    def write(self, target: BinaryIO) -> None:
        target.write(self._head)
        for part in self._parts:
            target.write(part.content)

    def to_bytes(self) -> bytes:
        """A copy that later training steps cannot change."""
        return b"".join([self._head, *(part.content for part in self._parts)])


def save(path: str, tensors: Mapping[str, Any], metadata: Optional[Mapping[str, str]] = None) -> None:
    """Writes named tensors (torch, numpy, or anything with `__array__`) to a file."""
    with open(path, "wb") as target:
        write(target, tensors, metadata)


def load(path: str) -> Dict[str, Any]:
    """The tensors of a file, ready for `load_state_dict`: PyTorch's where it is installed, else NumPy's. Raises ValueError for a file that is
    no safetensors file, or holds a type that the library lacks."""
    with open(path, "rb") as source:
        content = bytearray(source.read())
    length = struct.unpack_from("<Q", content)[0] if len(content) >= 8 else len(content)
    if length > len(content) - 8:
        raise ValueError(f"{path} is no safetensors file: its header is longer than the file")
    try:
        header = json.loads(content[8 : 8 + length].decode("utf-8"))
        entries = {name: (entry["dtype"], list(entry["shape"]), *entry["data_offsets"]) for name, entry in header.items() if name != "__metadata__"}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is no safetensors file: {error}") from None
    make = _maker()
    found = {}
    for name, (kind, shape, start, end) in entries.items():
        if not 0 <= start <= end <= len(content) - 8 - length:
            raise ValueError(f"{path} is cut short: {name!r} lies outside it")
        # Each tensor has memory of its own, aligned: the file's need not be.
        found[name] = make(name, kind, shape, content[8 + length + start : 8 + length + end])
    return found


def _maker() -> Any:
    names = {kind: name for name, kind in _TYPES.items()}
    try:
        import torch
    except ImportError:
        import numpy

        def array_of(name: str, kind: str, shape: List[int], raw: bytearray) -> Any:
            if kind not in names or kind == "BF16":
                raise ValueError(f"{name!r} has the type {kind}, which NumPy lacks")
            return numpy.frombuffer(raw, numpy.dtype(names[kind]).newbyteorder("<")).reshape(shape)

        return array_of

    def tensor_of(name: str, kind: str, shape: List[int], raw: bytearray) -> Any:
        if kind not in names:
            raise ValueError(f"{name!r} has the type {kind}, which is not known here")
        kind_of = getattr(torch, names[kind])
        return torch.frombuffer(raw, dtype=kind_of).reshape(shape) if raw else torch.empty(shape, dtype=kind_of)

    return tensor_of


def write(target: BinaryIO, tensors: Mapping[str, Any], metadata: Optional[Mapping[str, str]] = None) -> None:
    """Writes named tensors to a stream. Raises TypeError for element types that the format or this writer lacks."""
    Plan(parts(tensors), metadata).write(target)


def parts(tensors: Mapping[str, Any]) -> Dict[str, Part]:
    """The tensors as parts, which share their memory where they can. Raises TypeError and ValueError."""
    strange = next((name for name in tensors if not isinstance(name, str)), None)
    if strange is not None:
        raise TypeError(f"tensors are named by text, not by {strange!r}")
    return {name: describe(name, tensor) for name, tensor in tensors.items()}


def describe(name: str, tensor: Any) -> Part:
    """One tensor as a part; `name` is for the error's sake. Lists become whole numbers of 64 bits, or doubles."""
    if isinstance(tensor, Part):
        return tensor
    if hasattr(tensor, "detach"):
        return _describe_torch(name, tensor.detach())
    if not hasattr(tensor, "__array__"):
        return listed(name, tensor)
    import numpy

    kind = _kind(name, numpy.asarray(tensor).dtype)
    # In this order: without gaps, then little-endian; an array without axes stays one.
    flat = numpy.ascontiguousarray(tensor).reshape(-1)
    flat = flat.astype(flat.dtype.newbyteorder("<"), copy=False)
    return Part(kind, list(numpy.shape(tensor)), memoryview(flat.view(numpy.uint8)) if flat.size else b"")


def listed(name: str, values: Any, single: bool = False) -> Part:
    """Nested lists of numbers as a tensor; `single` halves the width of fractions. Raises TypeError and ValueError."""
    shape: List[int] = []
    level = values
    while isinstance(level, (list, tuple)):
        shape.append(len(level))
        level = level[0] if level else None
    flat: List[Any] = [values]
    for size in shape:
        if any(not isinstance(row, (list, tuple)) or len(row) != size for row in flat):
            raise ValueError(f"{name} must be rows of equal length")
        flat = [item for row in flat for item in row]
    strange = next((item for item in flat if not isinstance(item, (int, float))), None)
    if strange is not None:
        raise TypeError(f"{name} must hold numbers, not {type(strange).__name__}")
    whole = all(isinstance(item, int) for item in flat)
    try:
        packed = array("q" if whole else "f" if single else "d", flat)
    except OverflowError:
        raise ValueError(f"{name} holds a number beyond 64 bits") from None
    if sys.byteorder == "big":
        packed.byteswap()
    return Part("I64" if whole else "F32" if single else "F64", shape, packed.tobytes())


def _describe_torch(name: str, tensor: Any) -> Part:
    kind = _kind(name, tensor.dtype)
    if str(tensor.layout) != "torch.strided":
        raise TypeError(f"tensor {name!r} is stored as {tensor.layout}; give its to_dense()")
    if hasattr(tensor, "resolve_neg"):
        tensor = tensor.resolve_neg()
    tensor = tensor.cpu().contiguous()
    width = tensor.element_size()
    length = tensor.numel() * width
    if not length:
        return Part(kind, list(tensor.shape), b"")
    # The memory itself: this needs no numpy, and takes types that numpy lacks.
    content = memoryview((ctypes.c_char * length).from_address(tensor.data_ptr())).cast("B")
    if sys.byteorder == "big" and width > 1:
        return Part(kind, list(tensor.shape), b"".join(bytes(content[at : at + width])[::-1] for at in range(0, length, width)))
    return Part(kind, list(tensor.shape), content, tensor)


def _kind(name: str, dtype: Any) -> str:
    kind = _TYPES.get(getattr(dtype, "name", None) or str(dtype).rsplit(".", 1)[-1])
    if kind is None:
        raise TypeError(f"tensor {name!r} has elements of type {dtype}, which safetensors files here do not hold")
    return kind
