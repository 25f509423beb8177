"""Excel workbooks: the sheet, and each cell as the text a person sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers import package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet, CalamineWorkbook

    from contact_import.readers.framing import Block


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, read whole: the format cannot be streamed, so it is read only once."""

    name: str
    siblings: tuple[str, ...]
    """The visible sheets of the workbook, by name, in its order."""
    cells: CalamineSheet

    def blocks(self, _file: BinaryIO, size: int) -> Iterator[Block]:
        """Yield the rows of the sheet from row 1 on, *size* at a time."""
        # The reader begins with row 1, but with the first column in use: the others are put back.
        left = [""] * (self.cells.start or (0, 0))[1]
        rows = self.cells.iter_rows()
        number = 1
        while block := [left + [c if type(c) is str else text(c) for c in row] for row in islice(rows, size)]:
            yield number, block
            number += len(block)


def load(file: BinaryIO, name: str, wanted: str | None) -> Sheet:
    """Return the sheet called *wanted*, or the first visible one, of the workbook *file*."""
    # Calamine itself, not through pandas: that takes three times as long and makes 919876543210.0 of numbers.
    import python_calamine as calamine  # noqa: PLC0415 - not every file is a workbook

    package.check_members(file, name)
    file.seek(0)
    try:
        book = calamine.CalamineWorkbook.from_filelike(file)
        visible, chosen = _choose(book, name, wanted)
        package.check_sheet(file, name, chosen)
        return Sheet(chosen, visible, book.get_sheet_by_name(chosen))
    except calamine.PasswordError as error:
        raise InputProblem(f"{name} has a password; save it as .xlsx without one") from error
    except calamine.CalamineError as error:
        raise package.damaged(name) from error


def _choose(book: CalamineWorkbook, name: str, wanted: str | None) -> tuple[tuple[str, ...], str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    tables = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = tuple(sheet.name for sheet in tables if sheet.visible == SheetVisibleEnum.Visible)
    if wanted is not None:
        # A hidden sheet is read when it is asked for by name.
        if wanted not in {sheet.name for sheet in tables}:
            raise InputProblem(f"{name} has no sheet {wanted!r}; --sheet can be: {', '.join(visible)}")
        return visible, wanted
    if not visible:
        raise InputProblem(f"{name} has no visible sheet; unhide one, or name it with --sheet")
    return visible, visible[0]


def text(value: object) -> str:
    """Return a cell's *value* as a person sees it, numbers with every digit and dates as ISO 8601 has them."""
    write = WRITERS.get(type(value), str)
    return write(value)


def _number(value: float) -> str:
    # Not repr, which makes 1e+16 of a long number; and 0.0 is added because there is no minus zero for people.
    return f"{value + 0.0:.0f}" if value.is_integer() else repr(value)


def _moment(value: dt.datetime) -> str:
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(" ", timespec="seconds")


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
