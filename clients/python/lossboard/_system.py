"""Load of the machine and of this process, read every few seconds by a thread that nothing waits for."""

from __future__ import annotations

import os
import shutil
import threading
import time
from typing import Any, Callable, Dict, Optional, Tuple

from ._gpus import Gpus
from ._warn import warn_once

SECTOR_BYTES = 512  # /proc/diskstats counts in these, whatever the disk's own are
PREFIX = "system/"


class Measures:
    """Reads Linux's /proc; elsewhere what the standard library tells. What cannot be read is left out."""

    def __init__(self, proc: str = "/proc", folder: str = ".", clock: Callable[[], float] = time.monotonic, gpus: Optional[Gpus] = None) -> None:
        self._proc = proc
        self._folder = folder
        self._clock = clock
        self._gpus = Gpus() if gpus is None else gpus
        self._cpu = self._read(self._cpu_times)
        self._disk = self._read(self._disk_bytes)
        self._at = clock()

    def take(self) -> Dict[str, float]:
        """Values by tag, of the time since the last call."""
        values: Dict[str, float] = {}
        for part in (self._processor, self._memory, self._own_memory, self._disks, self._space, self._gpus.take):
            found = self._read(part)
            if found:
                values.update(found)
        return {PREFIX + name: value for name, value in values.items()}

    def _processor(self) -> Dict[str, float]:
        before, self._cpu = self._cpu, self._read(self._cpu_times)
        if before is None or self._cpu is None or self._cpu[1] <= before[1]:
            return {}
        busy, total = self._cpu[0] - before[0], self._cpu[1] - before[1]
        return {"cpu_percent": min(100.0, max(0.0, 100.0 * busy / total))}

    def _cpu_times(self) -> Tuple[float, float]:
        # user nice system idle iowait irq softirq steal; guests are in user already
        ticks = [float(part) for part in self._line("stat", "cpu ").split()[1:9]]
        return sum(ticks) - sum(ticks[3:5]), sum(ticks)

    def _memory(self) -> Dict[str, float]:
        sizes = {}
        for line in self._text("meminfo").splitlines():
            name, _, rest = line.partition(":")
            sizes[name] = float(rest.split()[0])
        return {"memory_percent": 100.0 * (1 - sizes["MemAvailable"] / sizes["MemTotal"])}

    def _own_memory(self) -> Dict[str, float]:
        return {"process_memory_bytes": 1024.0 * float(self._line("self/status", "VmRSS:").split()[1])}

    def _disks(self) -> Dict[str, float]:
        before, since = self._disk, self._at
        self._disk, self._at = self._read(self._disk_bytes), self._clock()
        seconds = self._at - since
        if before is None or self._disk is None or seconds <= 0:
            return {}
        return {
            "disk_read_bytes_per_second": max(0.0, self._disk[0] - before[0]) / seconds,
            "disk_write_bytes_per_second": max(0.0, self._disk[1] - before[1]) / seconds,
        }

    def _disk_bytes(self) -> Tuple[float, float]:
        """Bytes read and written by all disks. A partition's are its disk's as well, so only whole disks count."""
        rows = [line.split() for line in self._text("diskstats").splitlines()]
        names = {row[2] for row in rows if len(row) > 9}
        read = written = 0.0
        for row in rows:
            if len(row) > 9 and not row[2].startswith(("loop", "ram", "dm-", "md", "zram", "sr")) and not _is_partition(row[2], names):
                read += float(row[5]) * SECTOR_BYTES
                written += float(row[9]) * SECTOR_BYTES
        return read, written

    def _space(self) -> Dict[str, float]:
        usage = shutil.disk_usage(self._folder)
        return {"disk_percent": 100.0 * (1 - usage.free / usage.total)}

    def _text(self, name: str) -> str:
        with open(os.path.join(self._proc, name), encoding="ascii", errors="replace") as source:
            return source.read()

    def _line(self, name: str, start: str) -> str:
        return next(line for line in self._text(name).splitlines() if line.startswith(start))

    @staticmethod
    def _read(part: Callable[[], Any]) -> Any:
        """Whatever a machine does not have, or tells otherwise, is not there."""
        try:
            return part()
        except (OSError, ValueError, KeyError, IndexError, StopIteration, ZeroDivisionError):
            return None


def _is_partition(name: str, names: Any) -> bool:
    """sda1 of sda, nvme0n1p2 of nvme0n1."""
    disk = name.rstrip("0123456789")
    return disk != name and (disk in names or disk.endswith("p") and disk[:-1] in names)


class SystemMetrics:
    """Logs `Measures` through `point(tag, step, value, wall_time)` until it is stopped. The step counts the samples."""

    def __init__(self, point: Callable[[str, int, float, float], Any], interval: float, first: float, measures: Optional[Measures] = None) -> None:
        self._point = point
        self._interval = interval
        self._first = first
        self._measures = measures
        self._ended = threading.Event()
        self._step = 0
        self._thread = threading.Thread(target=self._run, name="lossboard-system", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()

    def sample(self) -> None:
        """Takes one sample now."""
        if self._measures is None:
            self._measures = Measures()
            return
        wall = time.time()
        for tag, value in self._measures.take().items():
            self._point(tag, self._step, value, wall)
        self._step += 1

    def _run(self) -> None:
        try:
            self.sample()
            wait = self._first
            while not self._ended.wait(wait):
                self.sample()
                wait = self._interval
        except Exception as error:
            # Nothing here may disturb a training, and what failed once would fail again.
            warn_once("system", f"The machine's load is not logged any more: {error}")


def wanted(asked: Optional[bool]) -> bool:
    """On unless the caller, LOSSBOARD_SYSTEM_METRICS=0 or a rank other than the first says otherwise: ranks share a run, and a machine has one load."""
    if asked is not None:
        return asked
    return os.environ.get("LOSSBOARD_SYSTEM_METRICS", "1").lower() not in ("0", "false", "no", "off") and os.environ.get("RANK", "0") == "0"
