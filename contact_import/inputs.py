"""What a user names as FILE → regular files: names, patterns, standard input, https links.

What comes from elsewhere is kept in a folder of its own, readable by its owner alone, and is gone afterwards.
"""

from __future__ import annotations

import glob
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from contact_import.errors import InputProblem, UsageProblem
from contact_import.readers.source import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDER = "contact-import-"
"""How the name of the folder begins in which is kept what comes from elsewhere."""
LARGEST = 2 << 30
"""Bytes of standard input."""


@contextmanager
def gathered(words: Sequence[str], stream: TextIO | None) -> Iterator[tuple[Path, ...]]:
    """Yield a regular file for each of *words*, several for a pattern; *stream* is standard input.

    Raises UsageProblem for words that make no sense together, InputProblem for what cannot be had.
    """
    names = [name for word in words for name in _expanded(word)]
    if names.count(STANDARD_INPUT) > 1:
        raise UsageProblem("standard input can be one of the files, not several")
    if not any(name == STANDARD_INPUT or is_link(name) for name in names):
        yield tuple(map(Path, names))
        return
    with tempfile.TemporaryDirectory(prefix=FOLDER) as folder:  # 0700
        yield tuple(_at_hand(name, Path(folder) / str(index), stream) for index, name in enumerate(names))


def called(path: Path) -> str:
    """Return what people call the file at *path*: `-` for standard input, the last name of a link, else its path."""
    folder = path.parent.parent
    is_ours = folder.name.startswith(FOLDER) and folder.parent == Path(tempfile.gettempdir())
    return path.name if is_ours else str(path)


def is_link(word: str) -> bool:
    """Tell whether *word* is an address and no file."""
    return re.match(r"https?://", word, re.IGNORECASE) is not None


def _expanded(word: str) -> list[str]:
    """Return the files that the pattern *word* names, in order; *word* itself where it is none."""
    if is_link(word) or not glob.has_magic(word) or Path(word).exists():
        return [word]
    paths = glob.glob(word, recursive=True)  # noqa: PTH207 - a pattern may be absolute
    if found := sorted(path for path in paths if Path(path).is_file()):
        return found
    raise InputProblem(f"no file is called {word}; check the pattern and the folder")


def _at_hand(name: str, folder: Path, stream: TextIO | None) -> Path:
    """Return the file that *name* means; what is no file yet becomes one in *folder*."""
    if name != STANDARD_INPUT and not is_link(name):
        return Path(name)
    folder.mkdir(mode=0o700)
    if is_link(name):
        from contact_import.fetch import fetch  # noqa: PLC0415 - brings httpx, which few lists need

        return fetch(name, folder)
    if stream is None:
        raise UsageProblem("there is no standard input to read")
    path = folder / STANDARD_INPUT
    with path.open("wb") as file:
        shutil.copyfileobj(_Capped(stream.buffer), file)
    return path


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
