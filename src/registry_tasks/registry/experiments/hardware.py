"""Capture the machine: what a run could use of it. A machine that tells little fails no run."""

import csv
import os
import platform
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Final

from registry_tasks.entities.hardware import Gpu, Hardware

_CPU_INFO: Final = Path("/proc/cpuinfo")
_NVIDIA: Final = (
    "--query-gpu=name,memory.total,driver_version",
    "--format=csv,noheader,nounits",
)
_PATIENCE_S: Final = 10.0
_MEBIBYTE: Final = 1 << 20


@lru_cache(maxsize=1)
def capture_hardware() -> Hardware:
    """Return processor, cores, memory and graphics processors of this machine."""
    return Hardware(cpu=_cpu(), cores=_cores(), memory_bytes=_memory(), gpus=_gpus())


def _cpu() -> str:
    try:
        lines = _CPU_INFO.read_text(errors="replace").splitlines()
    except OSError:  # not Linux
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):  # the system does not tell
        return None


def _gpus() -> tuple[Gpu, ...]:
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return ()
    try:
        done = subprocess.run(
            [tool, *_NVIDIA],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):  # the tool without a card or a driver
        return ()
    rows = (tuple(map(str.strip, row)) for row in csv.reader(done.stdout.splitlines()))
    return tuple(
        Gpu(name=name, memory_bytes=_bytes(memory), driver=driver)
        for name, memory, driver in (row for row in rows if len(row) == 3)
    )


def _bytes(mebibytes: str) -> int | None:
    return int(mebibytes) * _MEBIBYTE if mebibytes.isdecimal() else None
