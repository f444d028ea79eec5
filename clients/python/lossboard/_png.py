"""Images as PNG, encoded here: arrays with numpy where it is there, nested lists otherwise."""

from __future__ import annotations

import math
import struct
import zlib
from typing import Any, Callable, List, Tuple

GRID_COLUMNS = 8  # what torchvision's make_grid and so PyTorch's add_images do
Image = Tuple[int, int, int, bytes]

_COLOR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}  # gray, gray with alpha, RGB, RGB with alpha


def png(width: int, height: int, channels: int, pixels: bytes) -> bytes:
    """A PNG file of 8-bit samples, rows from the top, channels interleaved."""
    return header(width, height, channels) + chunk(b"IDAT", zlib.compress(scanlines(width, height, channels, pixels), 6)) + chunk(b"IEND", b"")


def header(width: int, height: int, channels: int) -> bytes:
    """What a PNG file of 8-bit samples begins with."""
    if channels not in _COLOR_TYPES:
        raise ValueError(f"an image has 1 to 4 channels, not {channels}")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, _COLOR_TYPES[channels], 0, 0, 0))


def scanlines(width: int, height: int, channels: int, pixels: bytes) -> bytes:
    """Rows as PNG compresses them, without a filter."""
    if not width or not height or len(pixels) != width * height * channels:
        raise ValueError(f"{len(pixels)} bytes are not {width} × {height} pixels of {channels} channels")
    stride = width * channels
    return b"".join(b"\0" + pixels[start : start + stride] for start in range(0, len(pixels), stride))


def encode_image(values: Any, formats: str) -> bytes:
    """An array whose axes are named by `formats` (`HW`, `CHW`, `HWC`, or four letters with N for a grid) as PNG.
    Bytes are taken as they are; other numbers go from 0 to 1."""
    return png(*frame(values, formats))


def frame(values: Any, formats: str) -> Image:
    """The same array as width, height, channels and pixels."""
    formats = formats.upper()
    if len(set(formats)) != len(formats) or not set("HW") <= set(formats) <= set("NHWC"):
        raise ValueError(f"dataformats must name the axes H, W, C and N once each, not {formats!r}")
    found = images(values, formats)
    return grid(found, min(GRID_COLUMNS, len(found))) if len(found) > 1 else found[0]


def images(values: Any, formats: str) -> List[Image]:
    """Each image of an array whose axes are named by `formats`."""
    return _with_numpy(values, formats) if hasattr(values, "transpose") and hasattr(values, "dtype") else _with_lists(values, formats)


def _with_numpy(values: Any, formats: str) -> List[Image]:
    import numpy

    array = _four_axes(values, formats, lambda array, axis: numpy.expand_dims(array, axis), len(values.shape))
    order = [array[1].index(axis) for axis in "NHWC"]
    array = array[0].transpose(order)
    if array.dtype == numpy.bool_:
        array = array.astype(numpy.uint8) * 255
    elif array.dtype != numpy.uint8:
        array = (numpy.nan_to_num(array.astype(numpy.float64), posinf=1.0, neginf=0.0) * 255.0).clip(0, 255).astype(numpy.uint8)
    return [(image.shape[1], image.shape[0], image.shape[2], image.tobytes()) for image in array]


def _four_axes(values: Any, formats: str, expand: Callable[[Any, int], Any], dimensions: int) -> Tuple[Any, str]:
    if dimensions != len(formats):
        raise ValueError(f"an array of {dimensions} axes is not {formats}")
    for axis in "CN":
        if axis not in formats:
            values, formats = expand(values, 0), axis + formats
    return values, formats


def _with_lists(values: Any, formats: str) -> List[Image]:
    shape = []
    level = values
    while isinstance(level, (list, tuple)):
        shape.append(len(level))
        if not level:
            raise ValueError("the image is empty")
        level = level[0]
    values, formats = _four_axes(values, formats, lambda nested, axis: [nested], len(shape))
    size = dict(zip(formats, [1] * (4 - len(shape)) + shape))

    def sample(n: int, h: int, w: int, c: int) -> int:
        item = values
        place = {"N": n, "H": h, "W": w, "C": c}
        for axis in formats:
            item = item[place[axis]]
        return _byte(item)

    return [
        (size["W"], size["H"], size["C"],
         bytes(sample(n, h, w, c) for h in range(size["H"]) for w in range(size["W"]) for c in range(size["C"])))
        for n in range(size["N"])
    ]


def _byte(value: Any) -> int:
    """Whole numbers are bytes, floats go from 0 to 1."""
    if isinstance(value, bool):
        return 255 if value else 0
    if isinstance(value, int):
        return min(255, max(0, value))
    return 0 if math.isnan(value) else int(min(1.0, max(0.0, value)) * 255)


def grid(images: List[Image], columns: int) -> Image:
    """Images of one size in rows from the top left."""
    width, height, channels, _ = images[0]
    lines = math.ceil(len(images) / columns)
    stride, cell = columns * width * channels, width * channels
    pixels = bytearray(stride * height * lines)
    for index, (_, _, _, image) in enumerate(images):
        top, left = index // columns * height, index % columns * cell
        for row in range(height):
            start = (top + row) * stride + left
            pixels[start : start + cell] = image[row * cell : (row + 1) * cell]
    return columns * width, lines * height, channels, bytes(pixels)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
