"""Sound as WAV, 16 bits a sample, by the standard library."""

from __future__ import annotations

import array
import io
import math
import sys
import wave
from typing import Any, List

from . import _arrays

MAX_CHANNELS = 8  # more rows than this are samples that were given the wrong way round


def encode_sound(values: Any, rate: int) -> bytes:
    """Samples (or rows of samples, a row a channel) as a WAV file. Whole numbers are 16-bit samples, others go from -1 to 1."""
    if rate < 1:
        raise ValueError(f"the sample rate must be at least 1 Hz, not {rate}")
    rows = _arrays.nested(values)
    if not rows:
        raise ValueError("the sound is empty")
    if not isinstance(rows[0], list):
        rows = [rows]
    if len(rows) > MAX_CHANNELS:
        raise ValueError(f"a sound has 1 to {MAX_CHANNELS} channels along its first axis, not {len(rows)}")
    if any(len(row) != len(rows[0]) for row in rows):
        raise ValueError("the channels of a sound must be equally long")
    whole = all(type(value) is int for value in rows[0])
    channels = [[_sample(value, whole) for value in row] for row in rows]
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(len(channels))
        sound.setsampwidth(2)
        sound.setframerate(int(rate))
        sound.writeframes(_interleaved(channels))
    return target.getvalue()


def _sample(value: Any, whole: bool) -> int:
    if isinstance(value, list):
        raise ValueError("a sound has one or two axes: channels and samples")
    if whole:
        return min(32767, max(-32768, int(value)))
    return 0 if math.isnan(value) else round(min(1.0, max(-1.0, value)) * 32767)


def _interleaved(channels: List[List[int]]) -> bytes:
    samples = array.array("h", bytes(2 * len(channels) * len(channels[0])))
    for index, channel in enumerate(channels):
        samples[index :: len(channels)] = array.array("h", channel)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()
