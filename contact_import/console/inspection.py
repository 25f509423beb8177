"""One screen about some files: what they are, what each column feeds, who is in them, what is wrong."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from contact_import.console.stream import show
from contact_import.console.tables import bars, counts, rule_table
from contact_import.models import Level, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from contact_import.inspection import FileView, Inspection
    from contact_import.models import Column, Layout

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}
ENCODINGS = {"utf-8-sig": "UTF-8 with a byte order mark", "utf-8": "UTF-8", "utf-16": "UTF-16"}
LEVELS = {
    Level.SILENT: "as they stand",
    Level.NOTE: "repaired for certain",
    Level.WARN: "repaired, with a warning",
    Level.HELD: "held: a person must look",
    Level.REJECTED: "no number that can be reached",
}
"""What became of the phones, in words."""
MOST, RULES = 30, 12
"""Columns that are not sent and named; rules of phones that are shown."""


def screen(found: Inspection) -> Group:
    """Return what `inspect` prints."""
    return Group(*(part for view in found.files for part in _file(view)), *_rows(found))


def _file(view: FileView) -> Iterator[RenderableType]:
    name = show(view.file)
    name.stylize("bold")
    yield Text.assemble(name, ": ", show(view.source or "a list of no known program"))
    yield Text.assemble("  ", show(describe(view)))
    for why, rows in view.left_out.items():
        where = ", ".join(f"{row:,}" for row in rows.rows) + (", …" if rows.count > len(rows.rows) else "")
        several = f"  {rows.count:,} rows are no contacts: {why} (rows {where})"
        yield show(several if rows.count > 1 else f"  1 row is no contact: {why} (row {where})")
    for note in view.notes:
        yield Text.assemble(("  note: ", "yellow"), show(note))
    yield Text()
    yield _columns(view)
    if rest := [column.header for column in view.columns if _is_plain(column)]:
        more = f" and {len(rest) - MOST} more" if len(rest) > MOST else ""
        yield Text.assemble(("  not sent: ", "dim"), show(", ".join(rest[:MOST]) + more))
    yield Text()


def describe(view: FileView) -> str:
    """Return what the file is, in one line."""
    layout = view.layout
    delimiter = DELIMITERS.get(layout.delimiter or "", layout.delimiter)
    parts = [
        layout.format.upper(),
        layout.archive and f"in {layout.archive}",
        ENCODINGS.get(layout.encoding or "", layout.encoding),
        delimiter and f"delimiter {delimiter}",
        layout.sheet and f"sheet {layout.sheet} of {len(layout.sheets)}",
        layout.inside and f"the list in {layout.inside}",
        _header(layout),
    ]
    return ", ".join(part for part in parts if part)


def _header(layout: Layout) -> str:
    """Return where the header is; nothing for cards and objects, which have none."""
    if layout.header_row:
        return f"header in row {layout.header_row}"
    return "" if layout.format in {"json", "parquet", "vcard"} else "no header"


def _columns(view: FileView) -> Table:
    """Return each column of which there is something to say; those that feed something first."""
    table = Table("  column", "field", "", "why", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    told = [column for column in view.columns if not _is_plain(column)]
    for column in sorted(told, key=lambda column: (column.field is None, column.index)):
        header = column.header or f"#{column.index + 1}"
        table.add_row(show(f"  {header}"), _fed(column), Text(column.confidence, style="dim"), show(column.reason))
    return table


def _is_plain(column: Column) -> bool:
    """Tell whether nothing speaks for or against the column."""
    return column.field is None and column.reason == "not mapped"


def _fed(column: Column) -> Text:
    return Text(column.field, style="green") if column.field else Text("not sent", style="dim")


def _rows(found: Inspection) -> Iterator[RenderableType]:
    good = found.outcomes.get(Outcome.READY.value, 0)
    yield Text.assemble(
        (f"{found.rows:,} rows", "bold"), f", {good:,} ready to be sent: ", show(counts(found.outcomes))
    )
    if found.levels:
        yield Text("phones", style="bold")
        yield bars({words: found.levels[level] for level, words in LEVELS.items() if level in found.levels})
    if found.countries:
        yield Text("countries", style="bold")
        yield bars(found.countries)
    for title in ("reasons", "warnings"):
        if some := getattr(found, title):
            yield Text.assemble((f"{title}: ", "bold"), show(counts(some)))
    if found.rules:
        yield rule_table({name: asdict(rule) for name, rule in found.rules.items()}, most=RULES)
