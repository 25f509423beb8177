"""Workbooks through calamine: the sheets, and each cell as the text a person sees. This runs in a process apart."""

from __future__ import annotations

import datetime as dt
import mmap
import re
from collections.abc import Callable, Sequence
from itertools import chain, islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from contact_import.errors import InputProblem
from contact_import.readers import cells, limits, package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet, CalamineWorkbook

Row = Sequence[str]

PLACE = Path("/dev/fd/0")
"""Standard input as a file that is read bit by bit, where the system has that; else it is read whole."""
BLOCK_ROWS, BLOCK_CELLS = 1_000, 100_000
"""Rows that are told of at a time, and cells in them."""
MOST_SHEETS = 20
"""Sheets that are looked at where none is named."""

READ_WHOLE = {
    "xlsx": ("xl/sharedstrings.xml", "xl/styles.xml", "xl/workbook.xml"),
    "xlsb": ("xl/sharedstrings.bin", "xl/styles.bin", "xl/workbook.bin"),
    "ods": (),
}
"""The parts that calamine reads whole and nobody else looks through, by the format of the package."""

ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""The stream of an old container that holds an encrypted new workbook ([MS-OFFCRYPTO] 1.3.3)."""
FILEPASS = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""BOF, WriteProtect, FilePass: the records with which an encrypted .xls begins ([MS-XLS] 2.1.7.20.3)."""
STREAM = "ook\0".encode("utf-16-le")
"""How the name of the stream ends that an .xls file has, Workbook or Book."""


def sheets(
    file: BinaryIO, name: str, kind: str, wanted: str | None
) -> Iterator[dict[str, Any] | Sequence[Sequence[str]]]:
    """Tell the visible sheets of a workbook, and of the *wanted* one, or one after another, hidden rows and all rows.

    Raises InputProblem for what cannot be read, or should not be.
    """
    # Calamine itself, not through pandas: that takes three times as long and makes 919876543210.0 of numbers.
    import python_calamine as calamine  # noqa: PLC0415 - not every file is a workbook

    check(file, name, kind)
    file.seek(0)
    try:
        book = calamine.CalamineWorkbook.from_object(str(PLACE) if PLACE.exists() else file)
        visible, chosen = _choose(book, name, wanted)
        yield {"sheets": visible}
        sheet = None
        for title in chosen:
            yield {"sheet": title}
            sheet, unsaid = None, cells.Unsaid()  # two sheets at once would take twice the memory
            if kind == "xlsx":
                unsaid = cells.unsaid(file, name, title)
                struck = [(column, sorted(rows)) for column, rows in unsaid.struck.items()]
                yield {"hidden": sorted(unsaid.hidden), "struck": struck}
                if not limits.MEMORY_IS_LIMITED:
                    cells.check_extent(file, name, title)
            sheet = book.get_sheet_by_name(title)
            yield from _blocks(sheet, unsaid.odd, name)
        yield {"end": True}  # now, for nobody has to wait until all these cells are let go
    except calamine.CalamineError as error:
        raise explained(file, name, kind, None) from error


def check(file: BinaryIO, name: str, kind: str, *, is_limited: bool = limits.MEMORY_IS_LIMITED) -> None:
    """Refuse what no reader should open; *is_limited*: a part that is larger than told ends this process alone."""
    if kind in READ_WHOLE:
        package.check_members(file, name, () if is_limited else READ_WHOLE[kind])
    if kind == "ods":
        from contact_import.readers import ods  # noqa: PLC0415 - few lists are

        ods.check(file, name)


def explained(file: BinaryIO, name: str, kind: str, sheet: str | None) -> InputProblem:
    """Return why a workbook cannot be read; *sheet* is the one at which its reader died."""
    if kind == "xls":
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content.find(ENCRYPTED_PACKAGE) >= 0 or FILEPASS.search(content):
                return InputProblem(f"{name} has a password; save it as .xlsx without one")
            if content.find(STREAM) < 0:
                return InputProblem(f"{name} is no workbook, or only a part of one; save the contacts as .xlsx or CSV")
    if kind == "xlsx" and sheet is not None:
        try:
            cells.check_extent(file, name, sheet)
        except InputProblem as problem:
            return problem
    return InputProblem(package.damage(name))


def _choose(book: CalamineWorkbook, name: str, wanted: str | None) -> tuple[list[str], list[str]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    tables = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in tables if sheet.visible == SheetVisibleEnum.Visible]
    if wanted is not None:
        # A hidden sheet is read when it is asked for by name.
        if wanted not in {sheet.name for sheet in tables}:
            raise InputProblem(f"{name} has no sheet {wanted!r}; --sheet can be: {', '.join(visible)}")
        return visible, [wanted]
    if not visible:
        raise InputProblem(f"{name} has no visible sheet; unhide one, or name it with --sheet")
    return visible, visible[:MOST_SHEETS]


def _blocks(sheet: CalamineSheet, odd: cells.Odd, name: str) -> Iterator[list[Row]]:
    """Yield the rows of *sheet* from row 1 on, with the *odd* cells in their places."""
    start, end = sheet.start or (0, 0), sheet.end or (-1, -1)
    height = max([end[0] + 1, *(row + 1 for row in odd)])
    width = max([end[1] + 1, *(max(row) + 1 for row in odd.values())])
    cells.check_area(name, sheet.name, height, width, cells.MAX_AREA)
    # The reader begins with row 1, but with the first column in use: the others are put back.
    left = [""] * start[1]
    # A row is not there for the reader where all it has is formulas without a result.
    beyond = repeat([""] * max(1, end[1] + 1 - start[1]), height - end[0] - 1)
    rows: Iterator[list[Any]] = chain(sheet.iter_rows(), beyond)
    size = max(1, min(BLOCK_ROWS, BLOCK_CELLS // (width + 1)))
    for first in range(0, height, size):
        block = _texts(list(islice(rows, size)), left)
        for number in odd.keys() & range(first, first + size) if odd else ():
            block[number - first] = _put(block[number - first], odd[number])
        yield block


def _put(row: Row, texts: dict[int, str]) -> Row:
    filled = [*row, *[""] * (max(texts) + 1 - len(row))]
    for column, text in texts.items():
        filled[column] = text
    return filled


def _texts(block: list[list[Any]], left: list[str]) -> list[Row]:
    """Return the rows of *block* as a person sees them, behind the cells *left*."""
    columns = [_column_text(column) for column in zip(*block, strict=True)]
    return [(*left, *row) for row in zip(*columns, strict=True)] if left else list(zip(*columns, strict=True))


def _column_text(column: Sequence[Any]) -> Sequence[str]:
    """Return the cells of a *column* as a person sees them."""
    try:
        "".join(column)  # nothing else tells so quickly that all are text
    except TypeError:
        return _written(column)
    return column


def _written(column: Sequence[Any]) -> Sequence[str]:
    kinds = set(map(type, column))
    writers = {TOGETHER.get(kind, _each) for kind in kinds - {str}}
    write = writers.pop() if len(writers) == 1 else _each
    if str not in kinds:
        return write(column)
    texts = iter(write([cell for cell in column if type(cell) is not str]))
    return [cell if type(cell) is str else next(texts) for cell in column]


def _each(values: Sequence[Any]) -> list[str]:
    return list(map(text, values))


def _numbers(values: Sequence[float]) -> list[str]:
    listed = (orjson.dumps(values)[1:-1] + b",").replace(b".0,", b",")
    if any(sign in listed and mark in listed for sign, mark in ODD):
        return _each(values)
    return listed[:-1].decode().split(",")


def _moments(values: Sequence[dt.date | dt.time]) -> list[str]:
    listed = orjson.dumps(values, option=orjson.OPT_OMIT_MICROSECONDS)[2:-2].replace(b"T", b" ")
    return listed.replace(b" 00:00:00", b"").decode().split('","')


ODD = ((b"e", b"e"), (b".", b"0.0000"), (b"-", b"-0,"), (b"n", b"null"))
"""JSON has less digits of a long number, more of a tiny one, a minus zero, and no word for what is no number. What that
looks like is looked for where there is a sign of it, which is sooner found."""

TOGETHER: dict[type, Callable[[Sequence[Any]], list[str]]] = {
    int: _numbers,
    float: _numbers,
    dt.datetime: _moments,
    dt.date: _moments,
    dt.time: _moments,
}
"""What writes many cells as `text` writes each, in a quarter of the time."""


def text(value: object) -> str:
    """Return a cell's *value* as a person sees it, numbers with every digit and dates as ISO 8601 has them."""
    write = WRITERS.get(type(value), str)
    return write(value)


def _number(value: float) -> str:
    # All digits of a long number, where repr makes 1e+16 of them; and there is no minus zero for people.
    return str(int(value)) if value.is_integer() else repr(value)


def _moment(value: dt.datetime) -> str:
    return value.isoformat(" ", timespec="seconds").removesuffix(" 00:00:00")


def _duration(value: dt.timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


WRITERS: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "TRUE" if value else "FALSE",
    float: _number,
    dt.datetime: _moment,
    dt.date: dt.date.isoformat,
    dt.time: lambda value: value.isoformat(timespec="seconds"),
    dt.timedelta: _duration,
}
"""How each type that a cell can have is written; what is not here, str writes."""
