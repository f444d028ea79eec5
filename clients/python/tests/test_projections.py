"""Embeddings with thumbnails, those too large for an event, projections and projector folders."""

from __future__ import annotations

import json
import os
import struct
import unittest
import zlib
from typing import Any, Dict, List, Tuple

from lossboard import SummaryWriter, _sprite

from .reading import metadata, tensors
from .standin import problem
from .support import RUN, ClientTest, tuning
from .test_media import chunks
from .test_writer import needs


def pixels(content: bytes) -> Tuple[int, int, List[bytes]]:
    """Width, height and rows of a PNG file without filters."""
    parts = chunks(content)
    width, height = struct.unpack(">II", parts[0][1][:8])
    raw = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    stride = len(raw) // height
    rows = [raw[at : at + stride] for at in range(0, len(raw), stride)]
    assert all(row[0] == 0 for row in rows)
    return width, height, [row[1:] for row in rows]


class Projections(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()

    def writer(self, **changed: Any) -> SummaryWriter:
        writer = SummaryWriter(project=RUN[0], run=RUN[1], server=self.server.url, spool=self.spool, environment=False, tuning=tuning(**changed))
        self.addCleanup(writer.close)
        return writer

    def stored(self) -> Dict[str, Any]:
        return {name: entry for (_, name), entry in self.server.artifacts.items()}

    def test_Sprite_OfLists_LiesInRowsFromTheTopLeft(self) -> None:
        run = self.writer().run
        images = [[[shade, shade + 1, shade + 2]] for shade in (10, 20, 30, 40, 50)]
        run.log_embedding("e", [[0.0, 1.0]] * 5, {"label": list("abcde")}, 3, sprite=images)
        run.flush()
        event = self.server.of_type("embedding")[0]
        self.assertEqual(event["sprite"], {"name": "sprites/e/3.png", "width": 3, "height": 1})
        self.assertEqual(self.stored()["sprites/e/3.png"]["type"], "image")
        width, height, rows = pixels(self.stored()["sprites/e/3.png"]["body"])
        self.assertEqual((width, height), (9, 2))
        self.assertEqual(list(rows[0]), [10, 11, 12, 20, 21, 22, 30, 31, 32])
        self.assertEqual(list(rows[1]), [40, 41, 42, 50, 51, 52, 0, 0, 0])

    def test_Sprite_OfAnyLayout_IsTheSame(self) -> None:
        numpy = needs("numpy")
        run = self.writer().run
        colours = numpy.random.RandomState(1).randint(0, 256, (7, 5, 6, 3)).astype(numpy.uint8)
        layouts = {"NHWC": colours, "NCHW": colours.transpose(0, 3, 1, 2), "floats": colours / 255.0 + 1e-6, "lists": colours.tolist()}
        for tag, images in layouts.items():
            run.log_embedding(tag, numpy.zeros((7, 2)), step=0, sprite=images)
        run.log_embedding("grey", numpy.zeros((7, 2)), step=0, sprite=colours[..., 0])
        run.flush()
        found = {name.split("/")[1]: pixels(entry["body"]) for name, entry in self.stored().items()}
        self.assertEqual(set(found), {*layouts, "grey"})
        for tag in layouts:
            self.assertEqual(found[tag], found["NHWC"], tag)
        self.assertEqual(found["NHWC"][:2], (18, 15))
        self.assertEqual(found["NHWC"][2][6][18:36], colours[4][1].tobytes())

    def test_LabelImages_OfTheWriter_AreKept(self) -> None:
        writer = self.writer()
        writer.add_embedding([[1, 2], [3, 4]], ["a", "b"], label_img=[[[[0.0, 1.0]]], [[[0.5, 0.25]]]], global_step=2, tag="t")
        writer.flush()
        self.assertEqual(self.server.of_type("embedding")[0]["sprite"], {"name": "sprites/t/2.png", "width": 2, "height": 1})
        self.assertEqual(pixels(self.stored()["sprites/t/2.png"]["body"]), (4, 1, [bytes([0, 255, 127, 63])]))
        self.assertEqual(self.warnings, [])

    def test_Sprite_BeyondTheSideOfAPicture_GetsSmallerThumbnails(self) -> None:
        plan = _sprite.plan((10_000, 1, 128, 64), "NCHW")
        self.assertEqual((plan.columns, plan.width, plan.height), (100, 40, 81))
        self.assertLessEqual(100 * plan.height, _sprite.MAX_SIDE)
        small = _sprite.Sprite(1, 2, 2)
        image = [[[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]]
        self.assertEqual(pixels(_sprite.encode(image, "NHW", small)), (2, 2, [bytes([5, 0]), bytes([11, 0])]))

    def test_Sprite_ThatDoesNotFit_IsRefused(self) -> None:
        run = self.writer().run
        run.log_embedding("count", [[1, 2]], sprite=[[[1]], [[2]]])
        self.assertTrue(self.said("one thumbnail for each of the 1 rows"))
        self.forget()
        run.log_embedding("axes", [[1, 2]], sprite=[1, 2])
        self.assertTrue(self.said("N×H×W"))
        run.flush()
        self.assertEqual(self.server.of_type("embedding"), [])

    def test_Vectors_TooLargeForAnEvent_GoAsAFile(self) -> None:
        numpy = needs("numpy")
        run = self.writer(event_bytes=1000).run
        vectors = numpy.arange(60, dtype=numpy.float32).reshape(20, 3)
        run.log_embedding("big/one", vectors, {"label": [f"n{at}" for at in range(20)], "loss": [float("nan")] * 20}, 8, sprite=numpy.zeros((20, 2, 3)))
        run.flush()
        stored = self.stored()
        content = stored["embeddings/big/one/8.safetensors"]["body"]
        self.assertEqual(tensors(content)["vectors"], ("F32", [20, 3], list(range(60))))
        self.assertEqual(metadata(content), {
            "lossboard.metadata": "embeddings/big/one/8.json", "lossboard.sprite": "sprites/big/one/8.png",
            "lossboard.sprite_width": "3", "lossboard.sprite_height": "2"})
        self.assertEqual(json.loads(stored["embeddings/big/one/8.json"]["body"])["label"][19], "n19")
        self.assertIn("sprites/big/one/8.png", stored)
        self.assertEqual(self.server.of_type("embedding"), [])

    def test_LargeVectors_OfLists_BecomeSingles(self) -> None:
        run = self.writer(event_bytes=10).run
        run.log_embedding("e", [[1, 2], [3, 4.5]], step=0)
        run.flush()
        self.assertEqual(tensors(self.stored()["embeddings/e/0.safetensors"]["body"])["vectors"], ("F32", [2, 2], [1, 2, 3, 4.5]))

    def test_Projection_OfAnEmbedding_IsAskedForOnceItIsStored(self) -> None:
        run = self.writer().run
        run.log_embedding("e", [[1, 2]], step=3)
        self.assertEqual(run.project_embedding("e", "tsne", perplexity=12, dims=3, name="mine"), "job-1")
        run.project_embedding("e", step=3, min_dist=0.5)
        vectors = {"run_id": "run-0", "tag": "e"}
        self.assertEqual(self.server.jobs, [
            {"kind": "projection", "project": RUN[0], "name": "mine", "spec": {"method": "tsne", "perplexity": 12, "dims": 3, "embedding": vectors}},
            {"kind": "projection", "project": RUN[0], "spec": {"method": "umap", "min_dist": 0.5, "embedding": {**vectors, "step": 3}}},
        ])
        self.assertEqual(len(self.server.of_type("embedding")), 1)

    def test_Projection_OfAFile_NamesTheFile(self) -> None:
        run = self.writer(event_bytes=10).run
        run.log_embedding("e", [[1, 2]], step=3)
        run.log_embedding("e", [[1, 2]], step=4)
        run.project_embedding("e", "pca")
        run.project_embedding("e", "pca", step=3)
        names = [job["spec"]["artifact"]["name"] for job in self.server.jobs]
        self.assertEqual(names, ["embeddings/e/4.safetensors", "embeddings/e/3.safetensors"])

    def test_Projection_Refused_IsAWarningWithTheReason(self) -> None:
        def refuse(server: Any, request: Any) -> Any:
            return problem(422, "invalid", errors=[{"pointer": "/spec/perplexity", "detail": "Too large."}]) if request.path == "/api/v1/jobs" else None

        run = self.writer().run
        self.server.before = refuse
        self.assertIsNone(run.project_embedding("e", perplexity=900))
        self.assertTrue(self.said("422") and self.said("Too large."))
        self.assertIsNone(run.project_embedding("e", "isomap"))
        self.assertTrue(self.said("umap, tsne, pca"))
        self.assertIsNone(run.project_embedding("e", perplexitty=3))
        self.assertTrue(self.said("perplexitty"))

    def test_Projection_WhileTheServerIsAway_IsNotAskedFor(self) -> None:
        run = self.writer(pause=None).run
        self.server.close()
        run.log_embedding("e", [[1, 2]])
        self.assertIsNone(run.project_embedding("e"))
        self.assertTrue(self.said("has not stored"))

    def test_Coordinates_FromElsewhere_AreStoredAndShown(self) -> None:
        run = self.writer().run
        self.assertEqual(run.add_projection("mine", [[0, 1], [2, 3]], "e", 5, {"label": ["a", "b"]}), "job-1")
        stored = self.stored()
        self.assertEqual(stored["projections/mine.safetensors"]["type"], "projection")
        content = stored["projections/mine.safetensors"]["body"]
        self.assertEqual(tensors(content)["coordinates"], ("F32", [2, 2], [0, 1, 2, 3]))
        self.assertEqual(metadata(content), {"lossboard.embedding_tag": "e", "lossboard.embedding_step": "5", "lossboard.metadata": "projections/mine.json"})
        self.assertEqual(self.server.jobs, [{"kind": "projection", "project": RUN[0], "name": "mine", "spec": {
            "method": "given", "coordinates": {"run_id": "run-0", "name": "projections/mine.safetensors", "tensor": "coordinates"},
            "metadata": {"run_id": "run-0", "name": "projections/mine.json"}, "embedding": {"run_id": "run-0", "tag": "e", "step": 5}}}])
        self.assertIsNone(run.add_projection("flat", [[0], [2]]))
        self.assertTrue(self.said("rows of 2 or 3 numbers"))

    def test_ProjectorFolder_IsUploadedWithEveryFileItNames(self) -> None:
        folder = os.path.join(self.spool, "logs")
        os.makedirs(os.path.join(folder, "00001"))
        files = {"00001/tensors.tsv": "1\t2\n", "00001/metadata.tsv": "a\n", "sprite.png": "png", "unnamed.txt": "no", "../elsewhere.tsv": "3\t4\n"}
        for name, content in files.items():
            with open(os.path.join(folder, name), "w") as target:
                target.write(content)
        beside = os.path.join(self.spool, "elsewhere.tsv")
        with open(os.path.join(folder, "projector_config.pbtxt"), "w") as target:
            target.write(
                'embeddings {\n  tensor_name: "one"\n  tensor_path: "00001/tensors.tsv"\n  metadata_path: "./00001/metadata.tsv"\n'
                '  sprite { image_path: "sprite.png"\n single_image_dim: 28\n single_image_dim: 28 }\n}\n'
                f'embeddings {{ tensor_path: "{beside}" }}\n')
        run = self.writer().run
        run.add_projector(folder)
        run.flush()
        stored = self.stored()
        self.assertEqual({name: entry["type"] for name, entry in stored.items()}, {
            "projector/logs/00001/tensors.tsv": "file", "projector/logs/00001/metadata.tsv": "file", "projector/logs/sprite.png": "image",
            "projector/logs/elsewhere.tsv": "file", "projector/logs/projector_config.pbtxt": "file"})
        config = stored["projector/logs/projector_config.pbtxt"]["body"].decode()
        self.assertIn('metadata_path: "00001/metadata.tsv"', config)
        self.assertIn('tensor_path: "elsewhere.tsv"', config)
        self.assertEqual(self.warnings, [])

    def test_ProjectorFolder_WithoutAFile_IsRefusedWithItsName(self) -> None:
        with open(os.path.join(self.spool, "projector_config.pbtxt"), "w") as target:
            target.write('embeddings { tensor_path: "gone.tsv" }')
        run = self.writer().run
        run.add_projector(self.spool)
        run.add_projector(os.path.join(self.spool, "nowhere"))
        run.flush()
        self.assertEqual(self.stored(), {})
        self.assertTrue(self.said("'gone.tsv'"))
        self.assertTrue(self.said("projector_config.pbtxt"))


if __name__ == "__main__":
    unittest.main()
