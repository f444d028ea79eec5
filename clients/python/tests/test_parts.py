"""Small parts on their own: safetensors, environment, sizes of things."""

from __future__ import annotations

import io
import json
import os
import struct
import tempfile
import unittest
from typing import Any
from unittest import SkipTest

from .support import tuning  # noqa: F401  (puts the package on the path)

from lossboard import safetensors
from lossboard._delivery import retry_after
from lossboard._environment import git_commit, mask
from lossboard._http import Answer, check_url
from lossboard._json import clean
from lossboard._names import name_problem


class Parts(unittest.TestCase):
    def test_Safetensors_File_HoldsTheTensorsAligned(self) -> None:
        try:
            import numpy
        except ImportError:
            raise SkipTest("numpy is not installed") from None
        tensors = {
            "bytes": numpy.arange(3, dtype=numpy.uint8), "weight": numpy.arange(6, dtype=numpy.float32).reshape(2, 3),
            "scalar": numpy.array(5, dtype=numpy.int64), "flags": numpy.array([True, False]), "empty": numpy.zeros((0, 2), numpy.float16),
        }
        target = io.BytesIO()
        safetensors.write(target, tensors, {"format": "pt"})
        content = target.getvalue()
        (length,) = struct.unpack("<Q", content[:8])
        header = json.loads(content[8 : 8 + length])
        self.assertEqual(length % 8, 0)
        self.assertEqual(header.pop("__metadata__"), {"format": "pt"})
        self.assertEqual(set(header), set(tensors))
        for name, array in tensors.items():
            start, end = header[name]["data_offsets"]
            self.assertEqual(start % array.itemsize, 0)
            self.assertEqual(content[8 + length + start : 8 + length + end], array.tobytes())
            self.assertEqual(tuple(header[name]["shape"]), array.shape)
        self.assertEqual(len(content), 8 + length + sum(array.nbytes for array in tensors.values()))
        with self.assertRaises(TypeError):
            safetensors.write(io.BytesIO(), {"c": numpy.zeros(2, numpy.complex64)})

    def test_Mask_Secrets_AreNotShown(self) -> None:
        given = ["train.py", "--lr=1", "--api-key=abc", "--token", "abc", "--tokenizer=x", "--verbose", "data"]
        shown = ["train.py", "--lr=1", "--api-key=***", "--token", "***", "--tokenizer=***", "--verbose", "data"]
        self.assertEqual(mask(given), shown)

    def test_GitCommit_FromHeadPackedRefsAndWorktree(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            git = os.path.join(folder, "repo", ".git")
            worktree = os.path.join(git, "worktrees", "w")
            inner = os.path.join(folder, "repo", "src", "deep")
            for path in (worktree, inner, os.path.join(folder, "w")):
                os.makedirs(path)
            for path, text in (
                (os.path.join(git, "HEAD"), "ref: refs/heads/main\n"),
                (os.path.join(git, "packed-refs"), "# pack\nabc123 refs/heads/main\ndef456 refs/heads/b\n"),
                (os.path.join(worktree, "HEAD"), "ref: refs/heads/b\n"), (os.path.join(worktree, "commondir"), "../..\n"),
                (os.path.join(folder, "w", ".git"), f"gitdir: {worktree}\n"),
            ):
                with open(path, "w", encoding="utf-8") as target:
                    target.write(text)
            self.assertEqual(git_commit(inner), "abc123")
            self.assertEqual(git_commit(os.path.join(folder, "w")), "def456")

    def test_Clean_AnyConfiguration_IsJson(self) -> None:
        cycle: Any = {}
        cycle["self"] = cycle
        config = {"a": float("nan"), 1: {2, 1}, "f": print, "t": (1, 2.5), "c": cycle}
        text = json.dumps(clean(config), allow_nan=False)
        self.assertEqual({name: json.loads(text)[name] for name in ("a", "1", "t")}, {"a": "NaN", "1": [1, 2], "t": [1, 2.5]})

    def test_Names_Limits_AreThoseOfTheContract(self) -> None:
        self.assertIsNone(name_problem("é" * 256))
        self.assertIsNone(name_problem("train/loss <b>"))
        for bad in ("é" * 257, "", "a\x7f", "a\nb", "\ud800", 5):
            self.assertIsNotNone(name_problem(bad), bad)

    def test_Url_Check_NamesTheWayOut(self) -> None:
        self.assertEqual(check_url("http://h:1/base/"), "http://h:1/base")
        for bad in ("localhost:6006", "ftp://h", "http://", "http://h:99999", "http://u:p@h", "http://h?x=1"):
            with self.assertRaises(ValueError, msg=bad):
                check_url(bad)

    def test_RetryAfter_NumbersDatesAndNonsense(self) -> None:
        past = "Mon, 01 Jan 2001 00:00:00 GMT"
        for text, expected in (("3", 3.0), ("-1", 0.0), ("1e9", 3600.0), ("nan", None), ("soon", None), (past, 0.0)):
            self.assertEqual(retry_after(Answer(429, {"Retry-After": text}, b"")), expected, text)
