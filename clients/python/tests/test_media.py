"""Sound, video, tables and figures, and what is refused."""

from __future__ import annotations

import io
import json
import math
import os
import struct
import unittest
import wave
import zlib
from typing import Any, Dict, List, Tuple

from lossboard import SummaryWriter
from lossboard._video import video_suffix

from .support import RUN, ClientTest, tuning
from .test_writer import needs


def chunks(content: bytes) -> List[Tuple[bytes, bytes]]:
    """Chunks of a PNG file, their checksums verified."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    place, found = 8, []
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        assert struct.unpack(">I", content[place + 8 + length : place + 12 + length])[0] == zlib.crc32(kind + body)
        found.append((kind, body))
        place += 12 + length
    return found


class Media(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()
        self.writer = SummaryWriter(project=RUN[0], run=RUN[1], server=self.server.url, spool=self.spool, environment=False, tuning=tuning())
        self.addCleanup(self.writer.close)
        self.run_ = self.writer.run

    def stored(self) -> Dict[str, Any]:
        self.writer.flush()
        return {name: entry for (_, name), entry in self.server.artifacts.items()}

    def test_Audio_OfFloats_IsA16BitWav(self) -> None:
        self.writer.add_audio("sp/eech", [[0.0, 0.5, 2.0, -1.0, float("nan")]], 3, sample_rate=8000)
        self.run_.log_audio("stereo", [[1, 2], [-3, 40000]], 0)
        stored = self.stored()
        self.assertEqual((stored["audio/sp/eech/3.wav"]["type"], stored["audio/sp/eech/3.wav"]["step"]), ("file", "3"))
        with wave.open(io.BytesIO(stored["audio/sp/eech/3.wav"]["body"])) as sound:
            self.assertEqual((sound.getnchannels(), sound.getframerate(), sound.getsampwidth()), (1, 8000, 2))
            self.assertEqual(struct.unpack("<5h", sound.readframes(9)), (0, 16384, 32767, -32767, 0))
        with wave.open(io.BytesIO(stored["audio/stereo/0.wav"]["body"])) as sound:
            self.assertEqual((sound.getnchannels(), struct.unpack("<4h", sound.readframes(9))), (2, (1, -3, 2, 32767)))

    def test_Audio_OfNumpy_IsTheSameAsOfLists(self) -> None:
        numpy = needs("numpy")
        tone = [math.sin(at / 5) for at in range(100)]
        self.run_.log_audio("list", tone, 0)
        self.run_.log_audio("array", numpy.array([tone]), 0)
        stored = self.stored()
        self.assertEqual(stored["audio/list/0.wav"]["body"], stored["audio/array/0.wav"]["body"])

    def test_Video_OfFrames_IsAnAnimatedPng(self) -> None:
        frames = [[[[color, 0], [0, 0]], [[0, color], [0, 0]], [[0, 0], [color, color]]] for color in (10, 20, 30)]
        self.writer.add_video("roll", [frames], 5, fps=10)
        content = self.stored()["videos/roll/5.png"]["body"]
        parts = chunks(content)
        kinds = [kind for kind, _ in parts]
        self.assertEqual(kinds, [b"IHDR", b"acTL", b"fcTL", b"IDAT", b"fcTL", b"fdAT", b"fcTL", b"fdAT", b"IEND"])
        self.assertEqual(parts[1][1], struct.pack(">II", 3, 0))
        controls = [body for kind, body in parts if kind == b"fcTL"]
        self.assertEqual([struct.unpack(">I", body[:4])[0] for body in controls], [0, 1, 3])
        top, bottom = struct.unpack(">HH", controls[0][20:24])
        self.assertEqual(top / bottom, 0.1)
        second = zlib.decompress(next(body for kind, body in parts if kind == b"fdAT")[4:])
        self.assertEqual(second, b"\0" + bytes([20, 0, 0, 0, 20, 0]) + b"\0" + bytes([0, 0, 20, 0, 0, 20]))

    def test_Video_OfNumpy_TilesSeveralVideos(self) -> None:
        numpy = needs("numpy")
        self.writer.add_video("two", numpy.zeros((2, 3, 1, 4, 5), dtype=numpy.float32), 0)
        self.assertEqual(struct.unpack(">II", chunks(self.stored()["videos/two/0.png"]["body"])[0][1][:8]), (10, 4))

    def test_Video_OfAFile_IsUploadedAsItIs(self) -> None:
        path = os.path.join(self.spool, "rollout.bin")
        content = b"\0\0\0\x20ftypisom" + bytes(100)
        with open(path, "wb") as target:
            target.write(content)
        self.run_.log_video("file", path, 1)
        self.run_.log_video("bytes", b"GIF89a" + bytes(20), 2)
        stored = self.stored()
        self.assertEqual(stored["videos/file/1.mp4"]["body"], content)
        self.assertIn("videos/bytes/2.gif", stored)

    def test_Video_OfAnotherKind_IsRefusedWithTheWayOut(self) -> None:
        self.run_.log_video("avi", b"RIFF\0\0\0\0AVI LIST", 0)
        self.run_.log_video("gone", os.path.join(self.spool, "none.mp4"), 0)
        self.run_.log_video("flat", [[1, 2], [3, 4]], 0)
        self.assertEqual(self.stored(), {})
        self.assertTrue(self.said("browsers play mp4, webm"))
        self.assertTrue(self.said("none.mp4"))
        self.assertIsNone(video_suffix(b"\x1a\x45\xdf\xa3matroska"))

    def test_Table_OfAnyShape_BecomesRecords(self) -> None:
        self.run_.log_table("records", [{"a": 1, "b": float("nan")}, {"a": "<b>"}], step=4)
        self.run_.log_table("rows", [[1, 2.5], [3, None]], columns=["x", "y"])
        self.run_.log_table("columns", {"x": [1, 2], "y": ["p", "q"]})
        self.run_.log_table("bad", [[1, 2]], columns=["x"])
        stored = self.stored()
        self.assertEqual(json.loads(stored["tables/records/4.json"]["body"]), [{"a": 1, "b": "NaN"}, {"a": "<b>"}])
        self.assertEqual(json.loads(stored["tables/rows/0.json"]["body"]), [{"x": 1, "y": 2.5}, {"x": 3, "y": None}])
        self.assertEqual(json.loads(stored["tables/columns/0.json"]["body"]), [{"x": 1, "y": "p"}, {"x": 2, "y": "q"}])
        self.assertNotIn("tables/bad/0.json", stored)
        self.assertTrue(self.said("row 0 has 2 values for 1 columns"))

    def test_Figure_OfPlotlyOrMatplotlib_KeepsItsForm(self) -> None:
        class Plotly:
            def to_json(self) -> str:
                return '{"data":[{"type":"bar","y":[1,2]}],"layout":{"title":{"text":"t"}},"frames":[]}'

            def to_plotly_json(self) -> Any:
                return json.loads(self.to_json())

        class Matplotlib:
            def savefig(self, target: Any, format: str) -> None:
                target.write(f"<svg><!-- {format} --></svg>".encode())

        self.run_.log_figure("bars", Plotly(), 1)
        self.run_.log_figure("lines", Matplotlib(), 1)
        self.run_.log_figure("mapping", {"data": [{"y": [float("inf")]}]}, 1)
        self.run_.log_figure("bad", {"layout": {}}, 1)
        stored = self.stored()
        self.assertEqual(json.loads(stored["figures/bars/1.plotly.json"]["body"]), {"data": [{"type": "bar", "y": [1, 2]}], "layout": {"title": {"text": "t"}}})
        self.assertEqual(stored["figures/lines/1.svg"]["body"], b"<svg><!-- svg --></svg>")
        self.assertEqual(json.loads(stored["figures/mapping/1.plotly.json"]["body"])["data"], [{"y": ["Infinity"]}])
        self.assertTrue(self.said("a list of traces"))


if __name__ == "__main__":
    unittest.main()
