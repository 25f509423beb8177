"""What a process may take that reads a foreign file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

SIZES = Path("/proc/self/statm")
"""Where Linux tells what this process has; its first number is the pages of address space."""
MEMORY_IS_LIMITED = SIZES.exists()
"""Other systems do not hold a process to RLIMIT_AS."""
MEMORY = {"workbook": 64 << 20, "parquet": 1 << 30}
"""Reader → bytes that it may ask for. DuckDB asks for far more than it uses, and has a limit of its own."""
MEMORY_A_BYTE = 96
"""Bytes more for each byte of the file; full sheets take up to 40, an .ods of the same in each row 110."""
SECONDS, SECONDS_A_MEGABYTE = 5, 3
"""CPU time that it may take; a workbook of 10 MB takes 2 seconds."""


def hold(file: BinaryIO, reader: str) -> None:
    """Hold this process to what *reader* may take for *file*, where the system can."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows
        return
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: seconds(file)}
    if MEMORY_IS_LIMITED:
        # Beyond what is there, which may be much: some systems map all their languages into every process.
        taken = int(SIZES.read_bytes().split()[0]) * resource.getpagesize()
        limits[resource.RLIMIT_AS] = taken + MEMORY[reader] + MEMORY_A_BYTE * size(file)
    for what, most in limits.items():
        hard = resource.getrlimit(what)[1]
        low = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (low, low))


def seconds(file: BinaryIO) -> int:
    """Return how many seconds of CPU time reading *file* may take."""
    return SECONDS + SECONDS_A_MEGABYTE * (size(file) >> 20)


def size(file: BinaryIO) -> int:
    """Return the bytes of *file*."""
    return os.fstat(file.fileno()).st_size
