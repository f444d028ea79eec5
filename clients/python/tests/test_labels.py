"""Validation splits and label counts."""

from __future__ import annotations

import unittest
from collections import Counter

from lossboard import split_indices

from .support import ClientTest
from .test_writer import needs

# 31 samples: nine of each of three classes, and four of a fourth. The .NET client's tests hold the same indices.
LABELS = [index % 3 if index < 27 else 3 for index in range(31)]


class Splits(unittest.TestCase):
    def test_Split_OfASeed_IsWhatTheDotNetClientDraws(self) -> None:
        self.assertEqual(split_indices(LABELS, 0.2, 7)[1], [12, 15, 19, 25, 26, 28])
        self.assertEqual(split_indices(LABELS, 0.2, -1, stratify=False)[1], [8, 9, 13, 18, 26, 29])
        self.assertEqual(split_indices(40, 0.1, 5)[1], [0, 4, 35, 37])

    def test_Split_OfAnyLabels_PartsThemWithoutLoss(self) -> None:
        for stratify in (True, False):
            for seed in range(20):
                train, validation = split_indices(LABELS, seed=seed, stratify=stratify)
                self.assertEqual(sorted(train + validation), list(range(31)))
                self.assertEqual((train, validation), (sorted(train), sorted(validation)))
        self.assertNotEqual(split_indices(LABELS, seed=0), split_indices(LABELS, seed=1))

    def test_Split_Stratified_GivesLargestRemaindersAndKeepsEveryClassOnBothSides(self) -> None:
        # Shares 4.6, 2.8 and 2.6 of ten: 5, 3, and 2 since its remainder is the smallest.
        labels = ["a"] * 46 + ["b"] * 28 + ["c"] * 26
        self.assertEqual(Counter(labels[i] for i in split_indices(labels, 0.1)[1]), {"a": 5, "b": 3, "c": 2})
        # A pair keeps one on each side, one alone stays in training.
        labels = ["big"] * 100 + ["pair"] * 2 + ["alone"]
        train, validation = split_indices(labels, 0.1)
        self.assertEqual(Counter(labels[i] for i in validation), {"big": 10, "pair": 1})
        self.assertIn(102, train)

    def test_Split_OfArrays_IsThatOfLists(self) -> None:
        numpy = needs("numpy")
        self.assertEqual(split_indices(numpy.array(LABELS), 0.2, 7), split_indices(LABELS, 0.2, 7))

    def test_Split_OfNothingToPart_IsRefused(self) -> None:
        for labels, validation in (([], 0.1), (["a"], 0.1), (LABELS, 0), (LABELS, 1), (LABELS, float("nan")), (["a", "b", "c"], 0.1), ([1.0, float("nan")], 0.5), ([[1], [2]], 0.5)):
            with self.assertRaises(ValueError):
                split_indices(labels, validation)
        self.assertEqual(len(split_indices(["a", "b", "c"], 0.4, stratify=False)[1]), 1)


class Counts(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server = self.serve()
        self.run_ = self.open(self.server.url)

    def logged(self) -> dict:
        self.run_.flush()
        return {event["split"]: event["counts"] for event in self.server.of_type("labels")}

    def test_Labels_OfEachSample_AreCounted(self) -> None:
        self.run_.log_labels("names", ["dog", "cat", "dog"])
        self.run_.log_labels("numbers", [2, 0, 2, 10])
        self.run_.log_labels("classes", [2, 0, 2], classes=["cat", "dog", "hen"])
        self.run_.log_labels("counts", {"cat": 900, "dog": 100})
        found = self.logged()
        self.assertEqual(found["names"], {"cat": 1, "dog": 2})
        self.assertEqual(list(found["numbers"].items()), [("0", 1), ("2", 2), ("10", 1)])
        self.assertEqual(found["classes"], {"cat": 1, "dog": 0, "hen": 2})
        self.assertEqual(found["counts"], {"cat": 900, "dog": 100})

    def test_Labels_OutsideTheClasses_AreToldAndNotLogged(self) -> None:
        self.run_.log_labels("train", [0, 3], classes=["cat", "dog"])
        self.assertEqual(self.logged(), {})
        self.assertTrue(self.said("label 3 is outside the 2 classes"))
