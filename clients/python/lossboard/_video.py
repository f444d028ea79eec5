"""Video: files as they are, arrays as an animated PNG, which every browser plays."""

from __future__ import annotations

import struct
import zlib
from typing import Any, List, Optional

from ._png import Image, chunk, frame, header, scanlines

SIGNATURE_BYTES = 64


def video_suffix(start: bytes) -> Optional[str]:
    """The file suffix of a video that browsers play, by its first bytes; None where it is none."""
    if start[4:8] == b"ftyp":
        return "mov" if start[8:12] == b"qt  " else "mp4"
    if start[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in start[:SIGNATURE_BYTES]:
        return "webm"
    if start[:4] == b"OggS":
        return "ogv"
    if start[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    return "png" if start[:8] == b"\x89PNG\r\n\x1a\n" else None


def encode_video(values: Any, fps: float) -> bytes:
    """An array (videos × frames × channels × height × width, or one video without the first axis) as an animated PNG; several
    videos become one grid. Bytes are taken as they are; other numbers go from 0 to 1."""
    if not fps > 0:
        raise ValueError(f"fps must be above 0, not {fps}")
    axes = _axes(values)
    if axes not in (4, 5):
        raise ValueError(f"a video has the axes NTCHW or TCHW, not {axes} axes")
    count = len(values[0]) if axes == 5 else len(values)
    if not count:
        raise ValueError("the video has no frame")
    frames = [frame(_at(values, index) if axes == 5 else values[index], "NCHW" if axes == 5 else "CHW") for index in range(count)]
    return apng(frames, fps)


def apng(frames: List[Image], fps: float) -> bytes:
    """Frames of one size as an animated PNG that repeats for ever."""
    width, height, channels, _ = frames[0]
    # A delay is a fraction of two 16-bit numbers; a thousandth of a frame a second is near enough.
    delay = struct.pack(">HH", 1000, min(65535, max(1, round(fps * 1000)))) if fps <= 65 else struct.pack(">HH", 1, min(65535, round(fps)))
    parts = [header(width, height, channels), chunk(b"acTL", struct.pack(">II", len(frames), 0))]
    sequence = 0
    for index, image in enumerate(frames):
        if image[:3] != (width, height, channels):
            raise ValueError("the frames of a video must be of one size")
        parts.append(chunk(b"fcTL", struct.pack(">IIIII", sequence, width, height, 0, 0) + delay + b"\0\0"))
        sequence += 1
        data = zlib.compress(scanlines(*image), 6)
        if index == 0:
            parts.append(chunk(b"IDAT", data))
        else:
            parts.append(chunk(b"fdAT", struct.pack(">I", sequence) + data))
            sequence += 1
    return b"".join(parts) + chunk(b"IEND", b"")


def _axes(values: Any) -> int:
    if hasattr(values, "shape"):
        return len(values.shape)
    count = 0
    while isinstance(values, (list, tuple)) and values:
        count, values = count + 1, values[0]
    return count


def _at(values: Any, index: int) -> Any:
    return values[:, index] if hasattr(values, "shape") else [video[index] for video in values]
