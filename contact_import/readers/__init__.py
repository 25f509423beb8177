"""Contact lists in, frames out: the content of a file decides how it is read, never its name."""

from __future__ import annotations

import weakref
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, Protocol

from contact_import.errors import InputProblem
from contact_import.models import Layout
from contact_import.readers import (
    apart,
    archive,
    beginnings,
    delimited,
    encoding,
    framing,
    json_lines,
    json_rows,
    limits,
    package,
    pairs,
    sheets,
    source,
    structure,
)
from contact_import.readers.kept import Kept, room
from contact_import.readers.spool import Spool, spool

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from contact_import.models import Frame
    from contact_import.readers.framing import Block

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
RECORDS = ("json", "parquet", "vcard")
"""Formats without rows that are no data: no header, no footer."""


class Rows(Protocol):
    """How the rows of a file are read, as often as they are wanted."""

    def blocks(self, file: BinaryIO, size: int) -> Generator[Block]:
        """Yield the rows of *file*, blank ones among them, some *size* of them at a time."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Table:
    """An input file that was found readable: what it is, and its rows as often as they are wanted."""

    path: Path
    layout: Layout
    sha256: str
    """Hex digest of the file's bytes."""
    _source: source.Source = field(repr=False)
    _rows: Rows = field(repr=False)
    _content: BinaryIO | None = field(default=None, repr=False)
    """What was packed in the file, where it is an archive."""
    hidden: Sequence[int] = field(default=(), repr=False)
    """Numbers of rows that the spreadsheet hides, as a filter does, ascending; they are read all the same."""
    struck: Mapping[int, Sequence[int]] = field(default_factory=dict, repr=False)
    """Position of a column → numbers of the rows whose cell there is struck out, ascending; they are read as well."""
    _kept: Kept = field(default_factory=Kept, repr=False)

    def frames(self, size: int = 5000) -> Iterator[Frame]:
        """Read the file from its start and yield its data rows, *size* in a frame; only the last has fewer.

        Whoever takes a frame must not alter it: the next reading of a short text yields the same ones.
        """
        with self._source.reading() as file:
            if (kept := self._kept.get(size)) is not None:
                yield from kept
            else:
                with closing(self._read(file, size)) as frames:
                    yield from self._kept.keep(size, frames)

    def _read(self, file: BinaryIO, size: int) -> Generator[Frame]:
        width, header = len(self.layout.headers), self.layout.header_row
        with closing(self._rows.blocks(self._content or file, size)) as blocks:
            yield from framing.frames(
                blocks, self._source.name, width=width, header=header, size=size, reports=self._is_report
            )

    @property
    def _is_report(self) -> bool:
        """Whether rows may be no data, as in what people print: a card or an object always is."""
        return self.layout.format not in RECORDS


@dataclass(frozen=True, slots=True)
class _Opening:
    """A file that is being opened."""

    file: BinaryIO
    name: str
    options: ReadOptions
    is_header: Callable[[str], bool]
    packed: bool = False
    """It comes from an archive."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that was opened."""

    layout: Layout
    rows: Rows
    content: BinaryIO | None = None
    hidden: Sequence[int] = ()
    struck: Mapping[int, Sequence[int]] = field(default_factory=dict)


def _none_known(_cell: str) -> bool:
    return False


def open_table(
    path: Path, options: ReadOptions = DETECT, *, is_header: Callable[[str], bool] = _none_known, lists: int = 0
) -> Table:
    """Find out what the file at *path* is. *is_header* tells whether a cell is a header the program knows.

    So many *lists* are read twice, this one among them: a short text is kept, and they share the room for that.
    Raises InputProblem for whatever cannot be read, saying where and what to do.
    """
    taken = source.take(path)
    with taken.reading() as file:
        opened = _open(_Opening(file, taken.name, options, is_header))
        # What is packed may be long, and rows of a workbook are spooled: these are read again, as longer texts are.
        is_text = opened.content is None and not isinstance(opened.rows, Spool)
        kept = Kept(room(limits.size(file), lists) if is_text else 0)
    content = opened.content
    table = Table(path, opened.layout, taken.sha256, taken, opened.rows, content, opened.hidden, opened.struck, kept)
    if content:
        weakref.finalize(table, content.close)
    return table


def _open(opening: _Opening) -> _Opened:
    found = beginnings.beginning(opening.file)
    return next(read for begins, read in OPENERS if begins(found))(opening)


def _text(opening: _Opening) -> _Opened:
    file, name, options = opening.file, opening.name, opening.options
    beginnings.refuse_strangers(beginnings.beginning(file), name)
    codec = encoding.detect(file, name, options.encoding)
    dialect = delimited.detect(file, name, codec, options.delimiter, opening.is_header)
    row, headers, beside = _structure(dialect, opening)
    if len(headers) == 1 and not (options.delimiter or dialect.sep_line):
        lines = pairs.detect(file, codec, opening.is_header)
        if lines:
            return _Opened(Layout("text", ("Name", ""), 0, encoding=codec), lines)
    return _Opened(Layout("csv", headers, row, encoding=codec, delimiter=dialect.delimiter, beside=beside), dialect)


def _json(opening: _Opening) -> _Opened:
    objects = json_lines.detect(opening.file, opening.name, opening.options.encoding)
    inside = ".".join(objects.inside) or None
    return _Opened(Layout("json", objects.headers, 0, encoding=objects.encoding, inside=inside), objects)


def _json_rows(opening: _Opening) -> _Opened:
    cells = json_rows.detect(opening.file, opening.name, opening.options.encoding)
    row, headers, beside = _structure(cells, opening)
    return _Opened(Layout("json", headers, row, encoding=cells.encoding, beside=beside), cells)


def _vcard(opening: _Opening) -> _Opened:
    from contact_import.readers import vcard  # noqa: PLC0415 - few lists are cards

    codec = encoding.detect(opening.file, opening.name, opening.options.encoding, longest=vcard.scan.MAX_LINE)
    headers, cards = vcard.detect(opening.file, opening.name, codec)
    return _Opened(Layout("vcard", headers, 0, encoding=codec), cards)


def _parquet(opening: _Opening) -> _Opened:
    rows = spool(opening.name)
    headers: tuple[str, ...] = ()
    with apart.told("parquet", opening.file, opening.name, "parquet") as messages:
        try:
            for message in messages:
                if isinstance(message, bytes):
                    rows.add(message)
                else:
                    headers = tuple(message["headers"])
        except apart.Died as error:
            raise InputProblem(
                f"{opening.name} is a damaged or hostile Parquet file; export it again, or as CSV"
            ) from error
    return _Opened(Layout("parquet", headers, 0), rows)


def _workbook(opening: _Opening, kind: str = "xls") -> _Opened:
    sheet = sheets.load(opening.file, opening.name, kind, opening.options.sheet, opening.is_header)
    row, headers, beside = _structure(sheet.rows, opening)
    layout = Layout(kind, headers, row, sheet=sheet.title, sheets=sheet.siblings, beside=beside)
    return _Opened(layout, sheet.rows, hidden=sheet.hidden, struck=sheet.struck)


def _package(opening: _Opening) -> _Opened:
    kind = package.kind(opening.file, opening.name)
    if kind != "zip":
        return _workbook(opening, kind)
    _refuse_nesting(opening)
    member, content = archive.unpack_zip(opening.file, opening.name)
    return _within(opening, content, f"{opening.name} ({member})", f"zip {member}")


def _gzip(opening: _Opening) -> _Opened:
    _refuse_nesting(opening)
    return _within(opening, archive.unpack_gzip(opening.file, opening.name), opening.name, "gzip")


def _refuse_nesting(opening: _Opening) -> None:
    if opening.packed:
        raise InputProblem(f"{opening.name} is an archive within an archive; unpack it first")


def _within(opening: _Opening, content: BinaryIO, name: str, label: str) -> _Opened:
    """Open what was packed in an archive."""
    try:
        opened = _open(replace(opening, file=content, name=name, packed=True))
    except BaseException:
        content.close()
        raise
    return replace(opened, layout=replace(opened.layout, archive=label), content=content)


OPENERS: tuple[tuple[beginnings.Test, Callable[[_Opening], _Opened]], ...] = (
    (beginnings.magic(b"PK\x03\x04", b"PK\x05\x06"), _package),
    (beginnings.magic(beginnings.OLE), _workbook),
    (beginnings.magic(b"\x1f\x8b"), _gzip),
    (beginnings.magic(b"PAR1"), _parquet),
    (beginnings.text(beginnings.VCARD), _vcard),
    (beginnings.text(beginnings.JSON), _json),
    (beginnings.text(beginnings.JSON_ROWS), _json_rows),
    (beginnings.anything, _text),
)
"""How files begin, and what opens them; the first that fits."""


def _structure(rows: Rows, opening: _Opening) -> tuple[int, tuple[str, ...], tuple[int, ...]]:
    """Return the header's row number and cells, and the columns of other lists, by the first records of the file."""
    name, forced = opening.name, opening.options.header_row
    enough = structure.SAMPLE + max(0, forced or 0)
    blocks = (block for _, block in rows.blocks(opening.file, enough))
    records = list(islice(chain.from_iterable(blocks), enough))
    if not any(cell.strip() for record in records for cell in record):
        raise InputProblem(f"{name} holds no text in its first {enough} rows; export it again")
    if forced is None:
        row = structure.header_row(records, opening.is_header, name)
    elif 0 <= forced <= len(records) and (not forced or "".join(records[forced - 1]).strip()):
        row = forced
    else:
        raise InputProblem(f"{name}: row {forced} holds no header; correct --header-row (0: there is none)")
    headers = structure.columns(records, row, name)
    return row, headers, structure.beside(headers, records[row:], opening.is_header)
