"""Load of NVIDIA's graphics processors, read from the driver's own library: no process is started. Without one there is nothing."""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Dict, List, Optional

LIBRARY = "nvml.dll" if sys.platform == "win32" else "libnvidia-ml.so.1"
TEMPERATURE_OF_CHIP = 0


class _Utilization(ctypes.Structure):
    _fields_ = [("gpu", ctypes.c_uint), ("memory", ctypes.c_uint)]


class _Memory(ctypes.Structure):
    _fields_ = [("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong)]


class Gpus:
    """`library` is NVML, or what stands for it in a test."""

    def __init__(self, library: Any = None) -> None:
        self._library: Optional[Any] = None
        self._devices: List[Any] = []
        try:
            found = library if library is not None else ctypes.CDLL(LIBRARY)
            if found.nvmlInit_v2() != 0:
                return
            count = ctypes.c_uint()
            if found.nvmlDeviceGetCount_v2(ctypes.byref(count)) != 0:
                return
            for index in range(count.value):
                device = ctypes.c_void_p()
                if found.nvmlDeviceGetHandleByIndex_v2(ctypes.c_uint(index), ctypes.byref(device)) == 0:
                    self._devices.append(device)
            self._library = found
        except (OSError, AttributeError):
            # No driver, or one that lacks these functions.
            self._devices = []

    def take(self) -> Dict[str, float]:
        values: Dict[str, float] = {}
        library = self._library
        if library is None:
            return values
        for index, device in enumerate(self._devices):
            load, memory, number = _Utilization(), _Memory(), ctypes.c_uint()
            if library.nvmlDeviceGetUtilizationRates(device, ctypes.byref(load)) == 0:
                values[f"gpu/{index}/percent"] = float(load.gpu)
            if library.nvmlDeviceGetMemoryInfo(device, ctypes.byref(memory)) == 0:
                values[f"gpu/{index}/memory_bytes"] = float(memory.used)
            if library.nvmlDeviceGetTemperature(device, ctypes.c_uint(TEMPERATURE_OF_CHIP), ctypes.byref(number)) == 0:
                values[f"gpu/{index}/temperature"] = float(number.value)
            if library.nvmlDeviceGetPowerUsage(device, ctypes.byref(number)) == 0:
                values[f"gpu/{index}/watts"] = number.value / 1000.0
        return values
