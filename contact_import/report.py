"""The files a run leaves: the rows to correct, and what became of every row. Both are 0600, whole or not there."""

from __future__ import annotations

import contextlib
import csv
import os
from typing import TYPE_CHECKING, TextIO

from contact_import.errors import JournalProblem, UsageProblem
from contact_import.formulas import guard
from contact_import.models import Outcome
from contact_import.schema import OWN_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from contact_import.pipeline import Chunk, Source

OUTCOMES = ("row", "outcome", "reason", "level", "rule", "prefix", "number")
TO_CORRECT = (Outcome.REJECTED, Outcome.HELD, Outcome.UNCONFIRMED)


def _ours(header: Sequence[str]) -> Sequence[str]:
    """Return the headers that are ours, of a file of one input or of several."""
    return header[header[:1] == ["file"] :][: len(OWN_COLUMNS)]


class CsvFile:
    """A CSV file that appears under its name only when it is whole, and only when something was written."""

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        """Check that *path* may be written: a file that is there must be an earlier one of ours."""
        self.path = path
        self.rows = 0
        self._header = header
        self._part = path.with_name(f".{path.name}.part")
        self._file: TextIO | None = None
        if not path.parent.is_dir():
            raise UsageProblem(f"{path.parent} is no folder; the report {path.name} cannot be written there")
        if path.is_symlink() or (path.exists() and not self._is_ours()):
            raise UsageProblem(f"{path} exists and is not a report of ours; move it away or name another file")

    def _is_ours(self) -> bool:
        with contextlib.suppress(OSError, UnicodeDecodeError, csv.Error), self.path.open(encoding="utf-8-sig") as file:
            return _ours(next(csv.reader(file), [])) == _ours(self._header)
        return False

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Add *rows*; the header comes before the first."""
        try:
            for row in rows:
                if self._file is None:
                    self._file = self._begin()
                csv.writer(self._file, quoting=csv.QUOTE_ALL).writerow([guard(str(cell)) for cell in row])
                self.rows += 1
        except OSError as error:
            raise JournalProblem(f"{self.path} cannot be written: {error.strerror}") from error

    def _begin(self) -> TextIO:
        self._part.unlink(missing_ok=True)
        handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        # The mark at the beginning is what makes a spreadsheet read the file as UTF-8.
        file = os.fdopen(handle, "w", encoding="utf-8-sig", errors="surrogatepass", newline="")
        csv.writer(file, quoting=csv.QUOTE_ALL).writerow([guard(cell) for cell in self._header])
        return file

    def finish(self) -> Path | None:
        """Put the file in its place and return its path, or None where nothing was written."""
        if self._file is None:
            return None
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self.path)
        except OSError as error:
            raise JournalProblem(f"{self.path} cannot be written: {error.strerror}") from error
        return self.path

    def discard(self) -> None:
        """Leave nothing behind."""
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
        super().__init__(path, [*(["file"] if self._names else []), *OWN_COLUMNS, *headers])

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
        super().__init__(path, [*(["file"] if self._names else []), *OUTCOMES])

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
