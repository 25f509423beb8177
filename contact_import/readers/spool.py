"""Standard input as a file: kept in a folder of its own, readable by its owner alone, and gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from contact_import.errors import InputProblem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STANDARD_INPUT = Path("-")
LARGEST = 2 << 30
"""Bytes."""


@contextmanager
def spooled(files: Sequence[Path], stream: TextIO | None) -> Iterator[tuple[Path, ...]]:
    """Yield *files* with what *stream* holds, as a file named "stdin", in the place of "-"."""
    if STANDARD_INPUT not in files:
        yield tuple(files)
        return
    if stream is None:
        raise UsageProblem("there is no standard input to read")
    if files.count(STANDARD_INPUT) > 1:
        raise UsageProblem("standard input can be one of the files, not several")
    with tempfile.TemporaryDirectory(prefix="contact-import-") as folder:  # 0700
        path = Path(folder) / "stdin"
        with path.open("wb") as file:
            shutil.copyfileobj(_Capped(stream.buffer), file)
        yield tuple(path if name == STANDARD_INPUT else name for name in files)


class _Capped:
    """A stream that ends in an error where it is too long."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._left = LARGEST

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size)
        self._left -= len(part)
        if self._left < 0:
            raise InputProblem(f"standard input holds more than {LARGEST >> 30} GiB; give a file")
        return part
