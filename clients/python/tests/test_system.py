"""The load of a machine, read from a folder that stands for /proc and a library that stands for the driver's."""

from __future__ import annotations

import ctypes
import os
import tempfile
import unittest
from typing import Any, Dict, List
from unittest import mock

from lossboard._gpus import Gpus
from lossboard._system import Measures, SystemMetrics, wanted

from .support import RUN, ClientTest

MEGABYTE = 1 << 20


class Proc:
    """A folder with the files of /proc that are read."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        os.makedirs(os.path.join(folder, "self"))

    def write(self, busy: int, idle: int, read: int, written: int) -> None:
        self.put("stat", f"cpu  {busy} 0 0 {idle} 0 0 0 0 99 0\ncpu0 1 1 1 1\n")
        self.put("meminfo", "MemTotal:       1000 kB\nMemFree:          10 kB\nMemAvailable:    250 kB\n")
        self.put("self/status", "Name:\tpython\nVmRSS:\t    2048 kB\n")
        disk = "   8       {minor} {name} 1 0 {read} 0 1 0 {written} 0 0 0 0\n"
        self.put("diskstats", disk.format(minor=0, name="sda", read=read, written=written) + disk.format(minor=1, name="sda1", read=read, written=written)
                 + disk.format(minor=2, name="dm-0", read=read, written=written) + disk.format(minor=3, name="nvme0n1", read=0, written=written)
                 + disk.format(minor=4, name="nvme0n1p1", read=0, written=written))

    def put(self, name: str, text: str) -> None:
        with open(os.path.join(self.folder, name), "w", encoding="ascii") as target:
            target.write(text)


class Nvml:
    """One processor; `missing` functions answer with an error."""

    def __init__(self, missing: str = "") -> None:
        self.missing = missing

    def nvmlInit_v2(self) -> int:
        return 0

    def nvmlDeviceGetCount_v2(self, count: Any) -> int:
        count._obj.value = 1
        return 0

    def nvmlDeviceGetHandleByIndex_v2(self, index: Any, device: Any) -> int:
        return 0

    def nvmlDeviceGetUtilizationRates(self, device: Any, load: Any) -> int:
        load._obj.gpu = 87
        return 0

    def nvmlDeviceGetMemoryInfo(self, device: Any, memory: Any) -> int:
        memory._obj.used = 5 * MEGABYTE
        return 0

    def nvmlDeviceGetTemperature(self, device: Any, kind: Any, number: Any) -> int:
        number._obj.value = 61
        return 0

    def nvmlDeviceGetPowerUsage(self, device: Any, number: Any) -> int:
        number._obj.value = 123456
        return 3 if self.missing == "power" else 0


class System(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.proc = Proc(folder.name)
        self.now = 100.0

    def measures(self, gpus: Any = None) -> Measures:
        return Measures(self.proc.folder, self.proc.folder, lambda: self.now, gpus or Gpus(Nvml()))

    def test_Take_BetweenTwoLooks_HasSharesAndRates(self) -> None:
        self.proc.write(busy=100, idle=900, read=0, written=0)
        measures = self.measures()
        self.proc.write(busy=130, idle=970, read=4096, written=2048)
        self.now += 2.0
        taken = measures.take()
        self.assertGreater(taken.pop("system/disk_percent"), 0)
        self.assertEqual(taken, {
            "system/cpu_percent": 30.0, "system/memory_percent": 75.0, "system/process_memory_bytes": 2.0 * MEGABYTE,
            # sda alone reads, sda and nvme0n1 write; partitions and mapped devices are theirs.
            "system/disk_read_bytes_per_second": float(MEGABYTE), "system/disk_write_bytes_per_second": float(MEGABYTE),
            "system/gpu/0/percent": 87.0, "system/gpu/0/memory_bytes": 5.0 * MEGABYTE, "system/gpu/0/temperature": 61.0, "system/gpu/0/watts": 123.456,
        })

    def test_Take_WhatIsNotThere_IsLeftOut(self) -> None:
        self.proc.put("meminfo", "nonsense\n")
        taken = self.measures(Gpus(Nvml(missing="power"))).take()
        self.assertEqual(sorted(taken), ["system/disk_percent", "system/gpu/0/memory_bytes", "system/gpu/0/percent", "system/gpu/0/temperature"])

    def test_Gpus_WithoutADriver_AreNone(self) -> None:
        with mock.patch.object(ctypes, "CDLL", side_effect=OSError("no such library")):
            self.assertEqual(Gpus().take(), {})

    def test_Sample_OfARun_CountsItsSamples(self) -> None:
        server = self.serve()
        run = self.open(server.url)
        self.proc.write(0, 0, 0, 0)
        system = SystemMetrics(run._engine.point, 10.0, 2.0, self.measures())
        for busy in (50, 100):
            self.proc.write(busy=busy, idle=50, read=0, written=0)
            system.sample()
        self.assertTrue(run.flush())
        self.assertEqual(server.points(RUN, "system/memory_percent"), [(0, 75.0), (1, 75.0)])
        self.assertEqual(server.points(RUN, "system/cpu_percent"), [(0, 50.0), (1, 100.0)])

    def test_Thread_ThatFails_WarnsOnceAndEnds(self) -> None:
        class Broken(Measures):
            def take(self) -> Dict[str, float]:
                raise RuntimeError("out of order")

        points: List[Any] = []
        system = SystemMetrics(lambda *point: points.append(point), 0.0, 0.0, Broken(self.proc.folder))
        system.start()
        system._thread.join(10)
        self.assertFalse(system._thread.is_alive())
        self.assertTrue(self.said("load is not logged any more: out of order"))
        self.assertEqual(points, [])

    def test_Wanted_FollowsTheCallerThenTheEnvironmentAndTheRank(self) -> None:
        for environment, asked, expected in (({}, None, True), ({"LOSSBOARD_SYSTEM_METRICS": "0"}, None, False), ({"LOSSBOARD_SYSTEM_METRICS": "0"}, True, True),
                                             ({"RANK": "3"}, None, False), ({"RANK": "0"}, None, True), ({}, False, False)):
            with self.subTest(environment=environment, asked=asked), mock.patch.dict(os.environ, environment, clear=True):
                self.assertEqual(wanted(asked), expected)


if __name__ == "__main__":
    unittest.main()
