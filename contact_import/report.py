"""The files a run leaves: the rows to correct, and what became of every row. Both are 0600, whole or not there."""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import io
import os
from typing import TYPE_CHECKING, TextIO

from contact_import import disk
from contact_import.errors import JournalProblem, UsageProblem
from contact_import.formulas import guard
from contact_import.models import Outcome
from contact_import.schema import OWN_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from contact_import.pipeline import Chunk, Source

OUTCOMES = ("row", "outcome", "reason", "level", "rule", "prefix", "number")
TO_CORRECT = (Outcome.REJECTED, Outcome.HELD, Outcome.UNCONFIRMED)


def header_of(path: Path) -> list[str]:
    """Return the header of the CSV file at *path*; empty where it is a link, no file or no CSV."""
    with contextlib.suppress(OSError, UnicodeDecodeError, csv.Error):
        if not path.is_symlink():
            with path.open(encoding="utf-8-sig", newline="") as file:
                return next(csv.reader(file), [])
    return []


def is_report(path: Path) -> bool:
    """Tell whether the file at *path* is a failures or an outcomes file, by its header."""
    return _ours(header_of(path)) in (list(OWN_COLUMNS), list(OUTCOMES[: len(OWN_COLUMNS)]))


def _ours(header: Sequence[str]) -> list[str]:
    """Return the headers that are ours, of a file of one input or of several."""
    return list(header[header[:1] == ["file"] :][: len(OWN_COLUMNS)])


def sha256(path: Path) -> str:
    """Return the SHA-256 of the file at *path* in hexadecimal digits; "" where it is a link or no file."""
    with contextlib.suppress(OSError):
        if not path.is_symlink():
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    return ""


def without(path: Path, unwanted: Callable[[Sequence[str]], bool]) -> int:
    """Take the *unwanted* rows out of the report at *path*, and return how many there were.

    What stood there is overwritten; a report without rows is removed. OSError where that cannot be done.
    """
    part, left, out = path.with_name(f".{path.name}.part"), 0, 0
    with path.open("r+b") as old:
        try:
            text = io.TextIOWrapper(old, encoding="utf-8-sig", errors="surrogatepass", newline="")
            with os.fdopen(disk.create(part), "w", encoding="utf-8-sig", errors="surrogatepass", newline="") as new:
                rows, writer = csv.reader(text), csv.writer(new, quoting=csv.QUOTE_ALL)
                writer.writerow(next(rows))
                for row in rows:
                    if unwanted(row):
                        out += 1
                    else:
                        writer.writerow(row)
                        left += 1
            if out:
                disk.sync(part)
                part.replace(path)
                disk.overwrite(text.detach())
                if not left:
                    path.unlink()
                disk.sync(path.parent)
        except (csv.Error, UnicodeDecodeError) as error:
            raise OSError(errno.EINVAL, "it is no CSV any more") from error
        finally:
            part.unlink(missing_ok=True)
    return out


class CsvFile:
    """A CSV file that appears under its name only when it is whole, and only when something was written."""

    def __init__(self, path: Path, header: Sequence[str], inputs: Iterable[Path] = ()) -> None:
        """Check that *path* may be written: a file that is there must be an earlier one of ours."""
        self.path = path
        self.rows = 0
        self.sha256 = ""
        """Of the file that was written."""
        self._header = [guard(cell) for cell in header]
        self._inputs = [found.resolve() for found in inputs]
        self._part = path.with_name(f".{path.name}.part")
        self._file: TextIO | None = None
        self._broken: JournalProblem | None = None
        if not path.parent.is_dir():
            raise UsageProblem(f"{path.parent} is no folder; the report {path.name} cannot be written there")
        try:
            self._part.lstat()  # its name is the longer one
        except FileNotFoundError:
            pass
        except OSError as error:
            raise UsageProblem(f"{path} cannot be written: {error.strerror}; name another file") from None
        if os.path.lexists(path) and _ours(header_of(path)) != _ours(self._header):
            raise UsageProblem(f"{path} exists and is not a report of ours; move it away or name another file")

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Add *rows*; the header comes before the first."""
        try:
            for row in rows:
                if self._file is None:
                    self._file = self._begin()
                csv.writer(self._file, quoting=csv.QUOTE_ALL).writerow([guard(str(cell)) for cell in row])
                self.rows += 1
        except OSError as error:
            raise self._problem(error) from error

    def _problem(self, error: OSError) -> JournalProblem:
        """Return what to say of *error*; no half of a report is put into its place after that."""
        self._broken = JournalProblem(
            f"{self.path} cannot be written: {error.strerror}; nothing is lost: make room, and the same command "
            "writes it without sending anything again"
        )
        return self._broken

    def _begin(self) -> TextIO:
        # The mark at the beginning is what makes a spreadsheet read the file as UTF-8.
        file = os.fdopen(disk.create(self._part), "w", encoding="utf-8-sig", errors="surrogatepass", newline="")
        csv.writer(file, quoting=csv.QUOTE_ALL).writerow(self._header)
        return file

    def finish(self) -> Path | None:
        """Put the file in its place and return its path, or None where nothing was written."""
        if self._file is None:
            return None
        if self._broken:
            raise self._broken
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self.sha256 = sha256(self._part)
            self._part.replace(self.path)
            disk.sync(self.path.parent)
        except OSError as error:
            raise self._problem(error) from error
        return self.path

    def remove_outdated(self) -> Path | None:
        """Remove the report that an earlier run left, where this one wrote none; return its path.

        None where there is none: a file of other columns is of another list, and an input is the user's own.
        """
        if self.rows or header_of(self.path) != self._header or self.path.resolve() in self._inputs:
            return None
        with contextlib.suppress(OSError):
            self.path.unlink()
            return self.path
        return None

    def discard(self) -> None:
        """Leave nothing behind."""
        with contextlib.suppress(OSError):  # a full disk, again
            if self._file is not None:
                self._file.close()
        self._part.unlink(missing_ok=True)


class Failures(CsvFile):
    """The rows to correct: the user's own columns behind the row's number, outcome, reason and a suggestion.

    Several files share the columns that have the same header.
    """

    def __init__(self, path: Path, sources: Sequence[Source]) -> None:
        self._names = [source.table.path.name for source in sources] if len(sources) > 1 else []
        self._places, headers = _union([source.headers for source in sources])
        self._own = [source.own for source in sources]
        self._width = len(headers)
        inputs = [source.table.path for source in sources]
        super().__init__(path, [*(["file"] if self._names else []), *OWN_COLUMNS, *headers], inputs)

    def write(self, chunk: Chunk) -> None:
        """Add those rows of *chunk* that somebody has to look at."""
        where = chunk.sheet["outcome"].isin(TO_CORRECT).to_numpy().nonzero()[0].tolist()
        if where:
            ours = chunk.sheet[list(OWN_COLUMNS)].iloc[where].to_numpy().tolist()
            cells = chunk.frame.cells.iloc[where].to_numpy().tolist()
            surplus = [chunk.frame.surplus.get(index, ()) for index in where]
            self.add(self._row(chunk.file, *parts) for parts in zip(ours, cells, surplus, strict=True))

    def _row(self, file: int, ours: list[object], cells: list[str], surplus: tuple[str, ...]) -> list[object]:
        placed = [""] * self._width
        for place, cell in zip(self._places[file], cells[self._own[file] :], strict=True):
            placed[place] = cell
        return [*([self._names[file]] if self._names else []), *ours, *placed, *surplus]


class Outcomes(CsvFile):
    """What became of every row."""

    def __init__(self, path: Path, sources: Sequence[Source]) -> None:
        self._names = [source.table.path.name for source in sources] if len(sources) > 1 else []
        inputs = [source.table.path for source in sources]
        super().__init__(path, [*(["file"] if self._names else []), *OUTCOMES], inputs)

    def write(self, chunk: Chunk) -> None:
        """Add all rows of *chunk*."""
        rows = chunk.sheet[list(OUTCOMES)].to_numpy().tolist()
        self.add([self._names[chunk.file], *row] if self._names else row for row in rows)


def _union(tables: Sequence[tuple[str, ...]]) -> tuple[list[list[int]], list[str]]:
    """Return for each table the places of its columns among all columns, and the headers of all."""
    known: dict[tuple[str, int], int] = {}
    places = []
    for headers in tables:
        seen: dict[str, int] = {}
        row = []
        for header in headers:
            seen[header] = seen.get(header, 0) + 1
            row.append(known.setdefault((header, seen[header]), len(known)))
        places.append(row)
    return places, [header for header, _ in known]
