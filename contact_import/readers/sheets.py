"""Workbooks: which sheet holds the contacts, and its rows."""

from __future__ import annotations

from array import array
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers import apart, structure, workbook
from contact_import.readers.spool import Spool, spool

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

LOOKED_AT = structure.PREAMBLE + 1
"""Rows at the top of a sheet in which a header or a contact must be."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was read whole: the formats cannot be streamed, so it is read only once."""

    title: str
    siblings: tuple[str, ...]
    """The visible sheets of the workbook, by name, in its order."""
    rows: Spool
    hidden: array[int] = field(default_factory=lambda: array("q"))
    """Numbers of the rows that an .xlsx hides, as a filter does, ascending; they are among the others."""
    struck: dict[int, list[int]] = field(default_factory=dict)
    """Column of an .xlsx, from 0 → numbers of the rows whose cell there is struck out, ascending."""


def load(file: BinaryIO, name: str, kind: str, wanted: str | None, is_header: Callable[[str], bool]) -> Sheet:
    """Return the sheet called *wanted* of the workbook *file*, or the first visible one that holds a list of contacts.

    Where none of them does, as a summary does not, it is the first with a header or a contact in it, or else with
    anything. Raises InputProblem where nothing does.
    """
    summary = first = None
    with closing(_sheets(file, name, kind, wanted)) as sheets:
        for sheet in sheets:
            if wanted is not None or structure.holds_list(_top(sheet), is_header):
                return sheet
            if summary is None and _speaks_of_contacts(sheet, is_header):
                summary = sheet
            if first is None and _holds_anything(sheet):
                first = sheet
    chosen = summary or first
    if chosen is None:
        raise InputProblem(f"{name} holds nothing; choose a sheet with --sheet: {', '.join(sheet.siblings)}")
    return chosen


def _sheets(file: BinaryIO, name: str, kind: str, wanted: str | None) -> Generator[Sheet]:
    sheet: Sheet | None = None
    siblings: tuple[str, ...] = ()
    with apart.told("workbook", file, name, kind, wanted) as messages:
        try:
            for message in messages:
                if isinstance(message, dict):
                    if sheet and "hidden" in message:
                        sheet.hidden.extend(message["hidden"])
                        sheet.struck.update((int(column), rows) for column, rows in message["struck"])
                        continue
                    if sheet:
                        yield sheet
                    siblings = tuple(message.get("sheets", siblings))
                    sheet = Sheet(message["sheet"], siblings, spool(name)) if "sheet" in message else None
                elif sheet:
                    sheet.rows.add(message)
        except apart.Died as error:
            raise workbook.explained(file, name, kind, sheet.title if sheet else None) from error
    if sheet:
        yield sheet


def _top(sheet: Sheet) -> list[list[str]]:
    _, rows = next(sheet.rows.blocks(), (1, []))
    return rows[:LOOKED_AT]


def _speaks_of_contacts(sheet: Sheet, is_header: Callable[[str], bool]) -> bool:
    return any(is_header(cell.strip()) or structure.holds_contact(cell) for row in _top(sheet) for cell in row)


def _holds_anything(sheet: Sheet) -> bool:
    return any("".join(row).strip() for _, block in sheet.rows.blocks() for row in block)
