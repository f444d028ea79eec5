"""Thumbnails as one PNG: rows of equal pictures from the top left."""

from __future__ import annotations

import math
import zlib
from typing import Any, List, NamedTuple, Optional, Sequence, Tuple

from . import _png

MAX_SIDE = 8192  # what every browser and graphics card takes as one picture
_CHANNELS = (1, 3, 4)


class Sprite(NamedTuple):
    """What is known of the picture before it is made: size of a thumbnail, and how many lie beside each other."""

    width: int
    height: int
    columns: int


def axes(shape: Sequence[int], formats: Optional[str] = None) -> str:
    """The axes of thumbnails, by name: N×H×W, N×H×W×C or N×C×H×W, told apart by where 1, 3 or 4 channels are. Raises ValueError."""
    if formats is not None:
        return formats.upper()
    if len(shape) == 3:
        return "NHW"
    if len(shape) == 4 and shape[3] in _CHANNELS:
        return "NHWC"
    if len(shape) == 4 and shape[1] in _CHANNELS:
        return "NCHW"
    raise ValueError(f"thumbnails must be N×H×W, N×H×W×C or N×C×H×W with 1, 3 or 4 channels, not {'×'.join(map(str, shape))}")


def plan(shape: Sequence[int], formats: str) -> Sprite:
    """How the picture is laid out: near-square, and thumbnails made smaller where it would pass MAX_SIDE."""
    size = dict(zip(formats, shape))
    count, height, width = size["N"], size["H"], size["W"]
    if not count or not height or not width:
        raise ValueError("there are no thumbnails")
    columns = math.ceil(math.sqrt(count))
    lines = math.ceil(count / columns)
    scale = min(1.0, MAX_SIDE / (columns * width), MAX_SIDE / (lines * height))
    return Sprite(max(1, int(width * scale)), max(1, int(height * scale)), columns)


def encode(values: Any, formats: str, sprite: Sprite) -> bytes:
    """The picture. Bytes are taken as they are; other numbers go from 0 to 1."""
    packer = zlib.compressobj(6)
    packed: List[bytes] = []
    channels = lines = 0
    # Line by line: all thumbnails as floats at once would be many times what they are.
    for first in range(0, len(values), sprite.columns):
        images = [_fit(image, sprite) for image in _png.images(values[first : first + sprite.columns], formats)]
        channels = images[0][2]
        empty = (sprite.width, sprite.height, channels, bytes(sprite.width * sprite.height * channels))
        images += [empty] * (sprite.columns - len(images))
        width, height, _, pixels = _png.grid(images, sprite.columns)
        packed.append(packer.compress(_png.scanlines(width, height, channels, pixels)))
        lines += 1
    head = _png.header(sprite.columns * sprite.width, lines * sprite.height, channels)
    return head + _png.chunk(b"IDAT", b"".join(packed) + packer.flush()) + _png.chunk(b"IEND", b"")


def shape_of(values: Any) -> Tuple[int, ...]:
    """Lengths along the axes of an array or of nested lists."""
    if hasattr(values, "shape"):
        return tuple(int(size) for size in values.shape)
    found: List[int] = []
    while isinstance(values, (list, tuple)):
        found.append(len(values))
        values = values[0] if values else None
    return (*found, *shape_of(values)) if hasattr(values, "shape") else tuple(found)


def _fit(image: _png.Image, sprite: Sprite) -> _png.Image:
    """The image at the thumbnail's size, each pixel the nearest."""
    width, height, channels, pixels = image
    if (width, height) == (sprite.width, sprite.height):
        return image
    across = [int((at + 0.5) * width / sprite.width) * channels for at in range(sprite.width)]
    rows = []
    for at in range(sprite.height):
        start = int((at + 0.5) * height / sprite.height) * width * channels
        rows.extend(pixels[start + left : start + left + channels] for left in across)
    return sprite.width, sprite.height, channels, b"".join(rows)
