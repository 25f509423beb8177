"""The files a run leaves: the rows to correct, and what became of every row. Both are 0600, whole or not there."""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import io
import itertools
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
    left, out = 0, 0
    part, handle = disk.begin(path)
    with path.open("r+b") as old:
        try:
            text = io.TextIOWrapper(old, encoding="utf-8-sig", errors="surrogatepass", newline="")
            with os.fdopen(handle, "w", encoding="utf-8-sig", errors="surrogatepass", newline="") as new:
                rows, writer = csv.reader(text), csv.writer(new, quoting=csv.QUOTE_ALL)
                writer.writerow(next(rows))
                for row in rows:
                    if unwanted(row):
                        out += 1
                    else:
                        writer.writerow(row)
                        left += 1
                if out:
                    disk.put(new, part, path)
            if out:
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
    """A CSV file that appears under its name only when it is whole, and only when something was written.

    A disk that fails under it stops nobody: what comes later is let go, and `finish` says it.
    """

    is_to_correct = False
    """Somebody may write into the file: what was changed by hand is kept, and a dry run replaces nothing."""

    def __init__(self, path: Path, header: Sequence[str], inputs: Iterable[Path] = ()) -> None:
        """Check that *path* may be written: a file that is there must be an earlier one of ours."""
        self.path = path
        """Where it goes; after `finish`, where it is."""
        self.rows = 0
        self.sha256 = ""
        """Of the file that was written."""
        self.remarks: list[str] = []
        """What the user should know of files that were in the way."""
        self._header = [guard(cell) for cell in header]
        self._inputs = [found.resolve() for found in inputs]
        self._part: Path | None = None
        self._file: TextIO | None = None
        self._broken: JournalProblem | None = None
        if not path.parent.is_dir():
            raise UsageProblem(f"{path.parent} is no folder; the report {path.name} cannot be written there")
        try:
            self._before = _state_of(path)
            _state_of(disk.part_of(path, "longname"))
        except OSError as error:
            raise UsageProblem(f"{path} cannot be written: {error.strerror}; name another file") from None
        if self._before and not self._is_ours(path):
            raise UsageProblem(f"{path} exists and is not a report of ours; move it away or name another file")
        disk.sweep(path)

    def _is_ours(self, path: Path) -> bool:
        return _ours(header_of(path)) == _ours(self._header)

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Add *rows*; the header comes before the first."""
        if self._broken:
            return
        try:
            for row in rows:
                if self._file is None:
                    self._file = self._begin()
                csv.writer(self._file, quoting=csv.QUOTE_ALL).writerow([guard(str(cell)) for cell in row])
                self.rows += 1
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> JournalProblem:
        """Keep, and return, what to say of *error*; no half of a report stays, or is put into its place, after that."""
        self._broken = JournalProblem(
            f"{self.path} cannot be written: {error.strerror}; nothing is lost: make room, and the same command "
            "writes it without sending anything again"
        )
        self.discard()
        return self._broken

    def _begin(self) -> TextIO:
        # The mark at the beginning is what makes a spreadsheet read the file as UTF-8.
        self._part, handle = disk.begin(self.path)
        file = os.fdopen(handle, "w", encoding="utf-8-sig", errors="surrogatepass", newline="")
        csv.writer(file, quoting=csv.QUOTE_ALL).writerow(self._header)
        return file

    def finish(
        self, is_known: Callable[[str], bool] | None = None, promise: Callable[[str], None] = lambda _: None
    ) -> Path | None:
        """Put the file in its place and return its path, or None where nothing was written.

        *is_known* tells of a file's SHA-256 whether a run wrote it; None in a dry run, which knows of no runs. Where
        another file may not go, this one gets a name beside it, or the other does, and `remarks` say so. *promise* is
        given the SHA-256 of this file before it is in its place: a kill in between is not to make it a stranger's.
        Raises JournalProblem where the file could not be written.
        """
        if self._broken:
            raise self._broken
        if self._file is None or self._part is None:
            return None
        try:
            self._file.flush()
            self.sha256 = sha256(self._part)
            promise(self.sha256)
            with disk.alone(self.path.parent):
                self.path = self._cleared(is_known)
                disk.put(self._file, self._part, self.path)
        except OSError as error:
            raise self._fail(error) from error
        return self.path

    def _cleared(self, is_known: Callable[[str], bool] | None) -> Path:
        """Return where the new file goes; what stands there then may be replaced."""
        path, now = self.path, _state_of(self.path)
        if now is None or (old := sha256(path)) == self.sha256:
            return path
        if now != self._before:
            return self._beside(_free(path, ""), "was written by somebody else meanwhile")
        if not self.is_to_correct:
            return path
        if is_known is None:
            own = path.with_name(f"{path.stem}.dry-run{path.suffix}")
            own = own if not _state_of(own) or self._is_ours(own) else _free(own, "")
            return self._beside(own, "is not of this dry run, and stays as it is")
        if not is_known(old):
            kept = path.rename(_free(path, "kept-"))
            self.remarks.append(f"{path} was changed since a run wrote it, or is of a dry run: it is kept as {kept}")
        return path

    def _beside(self, path: Path, why: str) -> Path:
        self.remarks.append(f"{self.path} {why}; this report is in {path}")
        return path

    def remove_outdated(self, is_known: Callable[[str], bool]) -> Path | None:
        """Remove the report that an earlier run left, where this one wrote none; return its path.

        None where there is none: a file of other columns is of another list, an input is the user's own, and so is what
        no run wrote by *is_known*.
        """
        if self.rows or header_of(self.path) != self._header or self.path.resolve() in self._inputs:
            return None
        if self.is_to_correct and not is_known(sha256(self.path)):
            self.remarks.append(f"{self.path} was changed since a run wrote it, or is of a dry run, and stays")
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
        if self._part is not None:
            self._part.unlink(missing_ok=True)


def _state_of(path: Path) -> tuple[int, int, int] | None:
    """Return what differs once another file stands at *path*, or other content in it; None for none."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _free(path: Path, word: str) -> Path:
    """Return the first name like *path*, with *word* and a number behind its stem, that no file has."""
    names = (path.with_name(f"{path.stem}.{word}{number}{path.suffix}") for number in itertools.count(1 if word else 2))
    return next(name for name in names if not os.path.lexists(name))


class Failures(CsvFile):
    """The rows to correct: the user's own columns behind the row's number, outcome, reason and a suggestion.

    Several files share the columns that have the same header.
    """

    is_to_correct = True

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
