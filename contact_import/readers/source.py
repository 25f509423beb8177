"""The file itself: its fingerprint, and whether it stayed the same while it was read."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

CHUNK = 1 << 20
"""Bytes read at a time when a whole file is gone through."""

STANDARD_INPUT = "-"
"""What a user calls standard input, and the name of the file that it was put into."""

TABLES = "CSV or another delimited text, JSON, vCard, or a workbook (.xlsx, .xls, .xlsb, .ods)"


@dataclass(frozen=True, slots=True)
class Source:
    """A regular file, and the identity it had when it was first opened."""

    path: Path
    sha256: str
    identity: tuple[int, ...]

    @property
    def name(self) -> str:
        """What messages call the file."""
        return name_of(self.path)

    @contextmanager
    def reading(self) -> Iterator[BinaryIO]:
        """Open the file for one read; a file that is not the same before and after is refused."""
        with _opened(self.path) as file:
            self._check(file)
            try:
                yield file
            except InputProblem:
                # Half-written rows look like broken ones: the change is the better explanation.
                self._check(file)
                raise
            self._check(file)

    def _check(self, file: BinaryIO) -> None:
        if _identity(file) != self.identity:
            raise InputProblem(
                f"{self.name} changed while it was being read; wait until nothing writes to it and run again"
            )


def name_of(path: Path) -> str:
    """Return what messages call the file at *path*."""
    return "standard input" if path.name == STANDARD_INPUT else path.name or str(path)


def take(path: Path) -> Source:
    """Return the file at *path* with its fingerprint."""
    with _opened(path) as file:
        identity = _identity(file)
        if not identity[0]:
            raise InputProblem(f"{name_of(path)} is empty; export it again")
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Source(path, digest, identity)


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    name = name_of(path)
    try:
        # Asked before opening: to open a FIFO would wait for somebody to write to it.
        regular = stat.S_ISREG(path.stat().st_mode)
        file = path.open("rb") if regular else None
    except FileNotFoundError as error:
        raise InputProblem(f"{name} does not exist; check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        raise InputProblem(f"{name} cannot be opened ({reason}); check the path and its permissions") from error
    if file is None:
        raise InputProblem(f"{name} is not a regular file; name a file that holds {TABLES}")
    with file:
        try:
            yield file
        except OSError as error:
            raise InputProblem(f"{name} cannot be read ({error.strerror}); copy it to this machine") from error


def _identity(file: BinaryIO) -> tuple[int, ...]:
    facts = os.fstat(file.fileno())
    return facts.st_size, facts.st_mtime_ns, facts.st_dev, facts.st_ino
