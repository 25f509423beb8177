"""Rows that were read once, kept for as often as they are wanted: in memory, or in a file without a name."""

from __future__ import annotations

import tempfile
import weakref
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, BinaryIO

import orjson

from contact_import.errors import InputProblem

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from contact_import.readers.framing import Block

IN_MEMORY = 8 << 20
"""Bytes that are kept in memory; what is longer goes to the disk."""
BUFFER = 1 << 20
"""Bytes that come from the disk at a time: some lines."""


@contextmanager
def room_for(name: str) -> Iterator[None]:
    """Turn what a full disk raises into a problem of the file *name*."""
    try:
        yield
    except OSError as error:
        raise InputProblem(
            f"{name} cannot be unpacked in {tempfile.gettempdir()} ({error.strerror}); "
            "make room there, or name another folder in TMPDIR"
        ) from error


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Spool:
    """Rows in the order of their file, the first of them row 1."""

    name: str
    """The file they come from."""
    _file: IO[bytes] = field(repr=False)

    def add(self, line: bytes) -> None:
        """Keep *line*, a JSON array of rows."""
        with room_for(self.name):
            self._file.write(line)

    def blocks(self, _file: BinaryIO | None = None, _size: int = 0) -> Generator[Block]:
        """Yield the rows as they were added."""
        number, place = 1, 0
        while True:
            self._file.seek(place)  # somebody else may be reading too
            line = self._file.readline()
            if not line:
                return
            place += len(line)
            rows = orjson.loads(line)
            yield number, rows
            number += len(rows)


def spool(name: str) -> Spool:
    """Return an empty spool for the rows of the file *name*."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY, buffering=BUFFER)  # noqa: SIM115 - it lives as long as the rows do
    rows = Spool(name, file)
    weakref.finalize(rows, file.close)
    return rows
