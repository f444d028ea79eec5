"""Reads safetensors after their description, apart from the client's writer."""

from __future__ import annotations

import json
import struct
from typing import Any, Dict, Tuple

WORDS = {"F64": "d", "F32": "f", "F16": "e", "I64": "q", "I32": "i", "I16": "h", "I8": "b", "U8": "B", "BOOL": "?"}


def tensors(content: bytes) -> Dict[str, Tuple[str, Any, Any]]:
    """Type, shape and numbers in one row of every tensor, which must lie aligned and without gaps."""
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    assert length % 8 == 0
    header.pop("__metadata__", None)
    found, place = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        start, end = entry["data_offsets"]
        assert start == place
        place = end
        body = content[8 + length + start : 8 + length + end]
        if entry["dtype"] == "BF16":
            body = b"".join(b"\0\0" + body[at : at + 2] for at in range(0, len(body), 2))
        word = WORDS["F32" if entry["dtype"] == "BF16" else entry["dtype"]]
        width = struct.calcsize(word)
        assert start % width == 0 or entry["dtype"] == "BF16"
        found[name] = (entry["dtype"], entry["shape"], list(struct.unpack(f"<{len(body) // width}{word}", body)))
    assert len(content) == 8 + length + place
    return found


def metadata(content: bytes) -> Dict[str, str]:
    """What the file says of itself."""
    (length,) = struct.unpack("<Q", content[:8])
    return json.loads(content[8 : 8 + length]).get("__metadata__", {})
