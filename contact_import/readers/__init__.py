"""Contact lists in, frames out: the content of a file decides how it is read, never its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.models import Layout
from contact_import.readers import delimited, encoding, framing, source, structure, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from contact_import.models import Frame

__all__ = ["ReadOptions", "Table", "open_table"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user forces; None means: find out."""

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    """The header's row number; 0 means that there is none."""


DETECT = ReadOptions()


@dataclass(frozen=True, slots=True)
class Table:
    """An input file that was found readable: what it is, and its rows as often as they are wanted."""

    path: Path
    layout: Layout
    sha256: str
    """Hex digest of the file's bytes."""
    _source: source.Source = field(repr=False)
    _rows: delimited.Dialect | workbook.Sheet = field(repr=False)

    def frames(self, size: int = 5000) -> Iterator[Frame]:
        """Read the file from its start and yield its data rows, *size* in a frame; only the last has fewer."""
        width, header = len(self.layout.headers), self.layout.header_row
        with self._source.reading() as file:
            yield from framing.frames(self._rows.blocks(file, size), width=width, header=header, size=size)


def _none_known(_cell: str) -> bool:
    return False


def open_table(path: Path, options: ReadOptions = DETECT, *, is_header: Callable[[str], bool] = _none_known) -> Table:
    """Find out what the file at *path* is. *is_header* tells whether a cell is a header the program knows.

    Raises InputProblem for whatever cannot be read, saying where and what to do.
    """
    taken = source.take(path)
    with taken.reading() as file:
        if source.kind(file, taken.name) == "xlsx":
            sheet = workbook.load(file, taken.name, options.sheet)
            row, headers = _structure(sheet, file, taken.name, options.header_row, is_header)
            layout = Layout("xlsx", headers, row, sheet=sheet.name, sheets=sheet.siblings)
            return Table(path, layout, taken.sha256, taken, sheet)
        codec = encoding.detect(file, taken.name, options.encoding)
        dialect = delimited.detect(file, taken.name, codec, options.delimiter, is_header)
        row, headers = _structure(dialect, file, taken.name, options.header_row, is_header)
        layout = Layout("csv", headers, row, encoding=codec, delimiter=dialect.delimiter)
        return Table(path, layout, taken.sha256, taken, dialect)


def _structure(
    rows: delimited.Dialect | workbook.Sheet,
    file: BinaryIO,
    name: str,
    forced: int | None,
    is_header: Callable[[str], bool],
) -> tuple[int, tuple[str, ...]]:
    """Return the header's row number and cells, by the first records of the file."""
    enough = structure.SAMPLE + max(0, forced or 0)
    _, records = next(rows.blocks(file, enough), (1, []))
    if not any(cell.strip() for record in records for cell in record):
        raise InputProblem(_emptiness(rows, name, enough))
    if forced is None:
        row = structure.header_row(records, is_header)
    elif 0 <= forced <= len(records) and (not forced or "".join(records[forced - 1]).strip()):
        row = forced
    else:
        raise InputProblem(f"{name}: row {forced} holds no header; correct --header-row (0: there is none)")
    return row, structure.columns(records, row, name)


def _emptiness(rows: delimited.Dialect | workbook.Sheet, name: str, looked_at: int) -> str:
    if isinstance(rows, workbook.Sheet) and not rows.cells.height:
        return f"{name}, sheet {rows.name!r}, is empty; choose one with --sheet: {', '.join(rows.siblings)}"
    return f"{name} holds no text in its first {looked_at} rows; export it again"
