"""PyTorch's calls, and what becomes of them."""

from __future__ import annotations

import inspect
import os
import struct
import unittest
import zlib
from typing import Any
from unittest import SkipTest

from lossboard import SummaryWriter
from lossboard._writer import _run_name

from .standin import StandIn
from .support import RUN, ClientTest, tuning


def decode_png(content: bytes) -> Any:
    """Width, height, colour type and the pixels of an unfiltered 8-bit PNG, its checksums verified."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    place, data, head = 8, b"", None
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        assert struct.unpack(">I", content[place + 8 + length : place + 12 + length])[0] == zlib.crc32(kind + body)
        head = struct.unpack(">IIBBBBB", body) if kind == b"IHDR" else head
        data += body if kind == b"IDAT" else b""
        place += 12 + length
    width, height, _, color = head[:4]  # type: ignore[index]
    raw = zlib.decompress(data)
    stride = len(raw) // height
    assert all(raw[line * stride] == 0 for line in range(height))
    return width, height, color, b"".join(raw[line * stride + 1 : (line + 1) * stride] for line in range(height))


class Writer(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()

    def writer(self, server: StandIn = None, **options: Any) -> SummaryWriter:  # type: ignore[assignment]
        options.setdefault("tuning", tuning())
        made = SummaryWriter(project=RUN[0], run=RUN[1], server=self.server.url, spool=self.spool, environment=False, **options)
        self.addCleanup(made.close)
        return made

    def test_Scalars_OfATrainingLoop_LandInTheRun(self) -> None:
        with self.writer() as writer:
            for step in range(10):
                writer.add_scalar("loss", 1 / (step + 1), step)
                writer.add_scalars("acc", {"train": 0.5, "val": 0.25}, step)
        self.assertEqual(self.server.points(RUN, "loss"), [(step, 1 / (step + 1)) for step in range(10)])
        self.assertEqual(self.server.points(RUN, "acc/val"), [(step, 0.25) for step in range(10)])
        self.assertEqual(self.server.runs[RUN]["status"], "finished")

    def test_With_Exception_MarksTheRunFailed(self) -> None:
        with self.assertRaises(KeyError):
            with self.writer():
                raise KeyError("training")
        self.assertEqual(self.server.runs[RUN]["status"], "failed")

    def test_Hparams_GoIntoTheSameRun(self) -> None:
        writer = self.writer(config={"seed": 1})
        writer.add_hparams({"lr": 0.1, "model": "cnn"}, {"hparam/accuracy": 0.9})
        writer.close()
        self.assertEqual(list(self.server.runs), [RUN])
        self.assertEqual(self.server.runs[RUN]["config"], {"seed": 1, "lr": 0.1, "model": "cnn"})
        self.assertEqual(self.server.points(RUN, "hparam/accuracy"), [(0, 0.9)])

    def test_Histogram_OfLists_CountsFiniteValuesIn64Bins(self) -> None:
        writer = self.writer()
        writer.add_histogram("w", [[0.0, 1.0], [float("nan"), 64.0], [float("inf"), 63.5]], 3)
        writer.add_histogram("same", [2.0] * 7, 3)
        writer.add_histogram("none", [float("nan")], 3)
        writer.flush()
        first, same = self.server.of_type("histogram")
        self.assertEqual((len(first["edges"]), first["edges"][0], first["edges"][-1]), (65, 0.0, 64.0))
        self.assertEqual([index for index, count in enumerate(first["counts"]) if count], [0, 1, 63])
        self.assertEqual(first["counts"][63], 2)
        self.assertEqual((sum(same["counts"]), same["edges"][0], same["edges"][-1]), (7, 1.5, 2.5))
        self.assertTrue(self.said("no finite value"))

    def test_Histogram_Array_IsCopiedAtTheCall(self) -> None:
        numpy = needs("numpy")
        writer = self.writer()
        values = numpy.arange(1000, dtype=numpy.float32)
        writer.add_histogram("w", values, 0)
        values[:] = -1
        writer.flush()
        event = self.server.of_type("histogram")[0]
        counts, edges = numpy.histogram(numpy.arange(1000.0), bins=64)
        self.assertEqual((event["counts"], event["edges"]), (counts.tolist(), edges.tolist()))

    def test_Histogram_Tensor_MatchesItsList(self) -> None:
        torch = needs("torch")
        writer = self.writer()
        tensor = torch.linspace(-1, 1, 257, requires_grad=True)
        writer.add_histogram("tensor", tensor, 0)
        writer.add_histogram("half", tensor.to(torch.bfloat16), 0)
        writer.add_histogram("list", tensor.tolist(), 0)
        writer.flush()
        by_tag = {event["tag"]: event for event in self.server.of_type("histogram")}
        self.assertEqual(sum(by_tag["half"]["counts"]), 257)
        self.assertEqual(by_tag["tensor"]["edges"], by_tag["list"]["edges"])
        self.assertLessEqual(sum(abs(a - b) for a, b in zip(by_tag["tensor"]["counts"], by_tag["list"]["counts"])), 4,
                             "a value on an edge may round to either side")

    def test_HistogramRaw_LimitsAreRightEdges(self) -> None:
        writer = self.writer()
        writer.add_histogram_raw("w", 0.0, 2.0, 3, 3.0, 5.0, [1.0, 1e308], [1, 2], 5)
        writer.flush()
        event = self.server.of_type("histogram")[0]
        self.assertEqual((event["edges"], event["counts"], event["step"]), ([0.0, 1.0, 2.0], [1, 2], 5))

    def test_Image_Lists_BecomeAPng(self) -> None:
        writer = self.writer()
        writer.add_image("in/puts", [[[0.0, 0.5], [1.0, 2.0], [-1.0, float("nan")]]], 7)
        writer.add_image("rgb", [[[255, 0, 1]]], 0, dataformats="HWC")
        writer.flush()
        stored = self.server.artifacts[(RUN, "images/in/puts/7.png")]
        self.assertEqual((stored["type"], stored["step"]), ("image", "7"))
        self.assertEqual(decode_png(stored["body"]), (2, 3, 0, bytes([0, 127, 255, 255, 0, 0])))
        self.assertEqual(decode_png(self.server.artifacts[(RUN, "images/rgb/0.png")]["body"]), (1, 1, 2, bytes([255, 0, 1])))

    def test_Image_Arrays_EveryLayoutGivesTheSamePixels(self) -> None:
        numpy = needs("numpy")
        pixels = numpy.random.RandomState(1).randint(0, 256, (4, 5, 3)).astype(numpy.uint8)
        writer = self.writer()
        writer.add_image("hwc", pixels, 0, dataformats="HWC")
        writer.add_image("chw", pixels.transpose(2, 0, 1), 0)
        writer.add_image("list", pixels.tolist(), 0, dataformats="HWC")
        writer.add_image("hw", pixels[:, :, 0].astype(numpy.float32) / 255, 0, dataformats="HW")
        writer.flush()
        images = {name: decode_png(stored["body"]) for (_, name), stored in self.server.artifacts.items()}
        self.assertEqual(images["images/hwc/0.png"], (5, 4, 2, pixels.tobytes()))
        self.assertEqual(images["images/chw/0.png"], images["images/hwc/0.png"])
        self.assertEqual(images["images/list/0.png"], images["images/hwc/0.png"])
        gray = numpy.frombuffer(images["images/hw/0.png"][3], numpy.uint8).astype(int)
        self.assertLessEqual(abs(gray - pixels[:, :, 0].ravel().astype(int)).max(), 1)

    def test_Images_Batch_BecomesAGridOfEightInARow(self) -> None:
        numpy = needs("numpy")
        batch = numpy.zeros((10, 1, 2, 2), dtype=numpy.uint8)
        batch[9] = 200
        writer = self.writer()
        writer.add_images("grid", batch, 0)
        writer.flush()
        width, height, _, pixels = decode_png(self.server.artifacts[(RUN, "images/grid/0.png")]["body"])
        self.assertEqual((width, height), (16, 4))
        self.assertEqual([index for index, value in enumerate(pixels) if value], [2 * 16 + 2, 2 * 16 + 3, 3 * 16 + 2, 3 * 16 + 3])

    def test_Image_DotSegments_CannotLeaveTheFolder(self) -> None:
        writer = self.writer()
        writer.add_image("../../x", [[[1.0]]], 0)
        writer.flush()
        self.assertEqual([name for _, name in self.server.artifacts], ["images/_../_../x/0.png"])

    def test_Figure_IsSavedAsPng(self) -> None:
        class Figure:
            def savefig(self, target: Any, format: str) -> None:
                target.write(b"drawn as " + format.encode())

        writer = self.writer()
        writer.add_figure("f", Figure(), 2)
        writer.add_figure("many", [Figure(), Figure()], 2)
        writer.flush()
        self.assertEqual({name for _, name in self.server.artifacts}, {"images/f/2.png", "images/many/0/2.png", "images/many/1/2.png"})
        self.assertEqual(self.server.artifacts[(RUN, "images/f/2.png")]["body"], b"drawn as png")

    def test_Embedding_KeepsMetadataColumns(self) -> None:
        writer = self.writer()
        writer.add_embedding([[0.1, 0.2], [0.3, 0.4]], metadata=["cat", "dog"], global_step=4, tag="e")
        writer.add_embedding([[1, 2]], metadata=[["cat", 3]], metadata_header=["label", "age"])
        writer.add_embedding([[1, 2]], metadata=["one", "too many"])
        writer.flush()
        first, second = self.server.of_type("embedding")
        self.assertEqual((first["vectors"], first["metadata"], first["step"]), ([[0.1, 0.2], [0.3, 0.4]], {"label": ["cat", "dog"]}, 4))
        self.assertEqual(second["metadata"], {"label": ["cat"], "age": [3]})
        self.assertTrue(self.said("one entry for each"))

    def test_PrCurve_BecomesPredictions(self) -> None:
        writer = self.writer()
        writer.add_pr_curve("pr", [True, False], [0.75, 0.25], 3)
        writer.flush()
        event = self.server.of_type("predictions")[0]
        self.assertEqual((event["labels"], event["scores"], event["step"]), ([1, 0], [[0.25, 0.75], [0.75, 0.25]], 3))

    def test_Unsupported_Calls_WarnOnceAndGoOn(self) -> None:
        writer = self.writer()
        names = ["add_graph", "add_onnx_graph", "add_mesh", "add_tensor", "add_image_with_boxes",
                 "add_pr_curve_raw", "add_custom_scalars", "add_custom_scalars_multilinechart", "add_custom_scalars_marginchart"]
        for name in names:
            for _ in range(2):
                self.assertIsNone(getattr(writer, name)("x", object(), extra=1))
        self.assertEqual(len(self.warnings), len(names))

    def test_BadArguments_OfEveryCall_NeverRaise(self) -> None:
        writer = self.writer()
        odd = object()
        for call in (writer.add_scalar, writer.add_scalars, writer.add_histogram, writer.add_image, writer.add_images, writer.add_figure,
                     writer.add_pr_curve, writer.add_hparams):
            call(odd, odd, odd) if call not in (writer.add_hparams, writer.add_figure) else call(odd, odd)  # type: ignore[operator]
        writer.add_embedding(odd, odd, None, odd)
        writer.add_text("\0", "x", 0)
        writer.add_scalar("ok", 1, 0)
        writer.flush()
        self.assertEqual(self.server.points(RUN, "ok"), [(0, 1.0)])

    def test_TorchSignature_IsTheSame(self) -> None:
        parameters = list(inspect.signature(SummaryWriter.__init__).parameters)
        self.assertEqual(parameters[1:7], ["log_dir", "comment", "purge_step", "max_queue", "flush_secs", "filename_suffix"])

    def test_RunName_FromFolder_IsReadableAndNeverBad(self) -> None:
        cases = {"runs/exp1": "exp1", "runs/cnn/seed-1": "cnn/seed-1", "exp": "exp", "./a/../b": "b", "/somewhere/else/exp9": "exp9",
                 os.path.join(os.getcwd(), "runs", "x"): "x", "../up": "up"}
        for folder, name in cases.items():
            self.assertEqual(_run_name(folder), name, folder)
        self.assertNotIn("\n", _run_name("bad\nname"))

    def test_Labels_Phases_Predictions_AreEvents(self) -> None:
        run = self.writer().run
        run.log_labels("train", {"cat": 900, 1: 100})
        with run.phase("data_loading"):
            pass
        run.log_predictions("val", [0, 2], [[0.9, 0.05, 0.05], [0.1, 0.2, 0.7]], 10, losses=[0.105, float("nan")], ids=["a", "b"])
        run.log_predictions("val", [0, 2], [[0.9, 0.1]], 11)
        sprite = run.log_sprite("val", [[[0, 255], [255, 0]], [[1, 2], [3, 4]]])
        run.log_predictions("named", [1], [[0.9, 0.1]], 12, classes=["cat", "dog"], sprite=sprite)
        run.log_predictions("price", None, [1.5, float("nan")], 12, targets=[1, 2])
        run.log_predictions("price", [0, 1], [1.5, 2], 13, targets=[1, 2])
        run.flush()
        self.assertEqual(self.server.of_type("labels")[0]["counts"], {"cat": 900, "1": 100})
        phase = self.server.of_type("phase")[0]
        self.assertLessEqual(phase["started"], phase["ended"])
        logged, named, price = self.server.of_type("predictions")
        self.assertEqual(logged["losses"], [0.105, "NaN"])
        self.assertEqual((named["classes"], named["sprite"]), (["cat", "dog"], {"name": "sprites/val.png", "width": 2, "height": 2}))
        self.assertEqual((price["targets"], price["scores"]), ([[1.0], [2.0]], [[1.5], ["NaN"]]))
        self.assertNotIn("labels", price)


def needs(library: str) -> Any:
    try:
        return __import__(library)
    except ImportError:
        raise SkipTest(f"{library} is not installed") from None


if __name__ == "__main__":
    unittest.main()
