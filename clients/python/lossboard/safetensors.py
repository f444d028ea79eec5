"""Writes the safetensors format: how checkpoints, models' parameters and batches travel to the server.

A file is eight bytes of little-endian header length, a JSON header that gives each tensor's type, shape and place, and the
tensors' bytes one after another. Nothing in it can be executed.
"""

from __future__ import annotations

import json
import struct
import sys
from typing import Any, BinaryIO, Dict, List, Mapping, Optional, Tuple

_TYPES = {
    "float64": "F64", "float32": "F32", "float16": "F16", "int64": "I64", "int32": "I32", "int16": "I16", "int8": "I8",
    "uint8": "U8", "bool": "BOOL",
}
ALIGNMENT = 8


def save(path: str, tensors: Mapping[str, Any], metadata: Optional[Mapping[str, str]] = None) -> None:
    """Writes named tensors (torch, numpy, or anything with `__array__`) to a file."""
    with open(path, "wb") as target:
        write(target, tensors, metadata)


def write(target: BinaryIO, tensors: Mapping[str, Any], metadata: Optional[Mapping[str, str]] = None) -> None:
    """Writes named tensors to a stream. Raises TypeError for element types that the format or this writer lacks."""
    parts = [(name, *_describe(name, tensor)) for name, tensor in tensors.items()]
    # Wide types first keeps every tensor aligned without gaps.
    parts.sort(key=lambda part: (-_width(part[1]), part[0]))
    header: Dict[str, Any] = {"__metadata__": dict(metadata)} if metadata else {}
    offset = 0
    for name, kind, shape, content in parts:
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [offset, offset + content.nbytes]}
        offset += content.nbytes
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % ALIGNMENT)
    target.write(struct.pack("<Q", len(text)))
    target.write(text)
    for _, _, _, content in parts:
        target.write(content)


def _describe(name: str, tensor: Any) -> Tuple[str, List[int], memoryview]:
    if hasattr(tensor, "detach"):
        tensor = tensor.detach().cpu().contiguous()
        if str(tensor.dtype) == "torch.bfloat16":
            import torch

            return "BF16", list(tensor.shape), _bytes(tensor.view(torch.int16).numpy())
        tensor = tensor.numpy()
    if not hasattr(tensor, "dtype"):
        import numpy

        tensor = numpy.asarray(tensor)
    kind = _TYPES.get(str(tensor.dtype))
    if kind is None:
        raise TypeError(f"tensor {name!r} has elements of type {tensor.dtype}, which safetensors files here do not hold")
    return kind, list(tensor.shape), _bytes(tensor)


def _bytes(array: Any) -> memoryview:
    if sys.byteorder == "big":
        array = array.byteswap()
    return memoryview(array.tobytes())


def _width(kind: str) -> int:
    return {"BF16": 2, "BOOL": 1}.get(kind) or int(kind[1:]) // 8
