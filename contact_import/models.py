"""The nouns of an import. They are frozen, and nothing here decides or does anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


class Outcome(StrEnum):
    """How a row ended. Every row read ends in exactly one of these."""

    ACCEPTED = "accepted"
    """The API answered the documented success to a request that held exactly this row."""
    READY = "ready"
    """Would be sent: the end of a good row in a dry run, a state on the way in a real one."""
    REJECTED = "rejected"
    """It cannot be sent, or the API refused it; the reason says which."""
    HELD = "held"
    """It may be right, but a person must look."""
    DUPLICATE = "duplicate"
    """An earlier row has the same phone."""
    UNCHANGED = "unchanged"
    """An earlier run has it as accepted."""
    UNCONFIRMED = "unconfirmed"
    """Sent, but no usable answer came back."""
    NOT_SENT = "not_sent"
    """The run stopped before it."""


class Level(StrEnum):
    """How sure a phone number's reading is, from certain to refused."""

    SILENT = "S"
    NOTE = "N"
    WARN = "W"
    HELD = "H"
    REJECTED = "R"


@dataclass(frozen=True, slots=True)
class Layout:
    """What an input file turned out to be."""

    format: str
    """"csv" (any delimited text), "text" (lines of a name and a phone), "xlsx", "xls", "xlsb", "ods", "json", "vcard",
    "parquet"."""
    headers: tuple[str, ...]
    """The header cells as written, by position; empty strings where a column has no header."""
    header_row: int
    """The row number of the header as a spreadsheet shows it, from 1; 0 when there is none."""
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    archive: str | None = None
    """What the file is packed in: "gzip", or "zip" and the name of the member."""
    inside: str | None = None
    """Of JSON, the key whose value is the list that is read, keys within keys behind a dot: "data.contacts"."""
    beside: tuple[int, ...] = ()
    """Positions of the columns that are those of another list, beside the first; only the first is read."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Some consecutive rows as they were read. Blank rows are not among them, nor are those that are `ignored`."""

    rows: np.ndarray
    """Row numbers as a spreadsheet shows them: int64, shape (n,)."""
    cells: pd.DataFrame
    """Cell text: n rows, one column (0, 1, …) for each header, dtype object, every value a str."""
    surplus: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Index within the frame → the cells beyond the last header, where any of those is not blank."""
    ignored: dict[int, str] = field(default_factory=dict)
    """Row number → why that row, though not blank, is no data ("footer"). Told once: by this frame or one before it."""
    footers: frozenset[int] = frozenset()
    """Numbers of rows, at the end of the list, that say what a footer says and hold a phone or an address."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the input, the field it feeds, and why."""

    index: int
    header: str
    field: str | None
    """A field of the schema, "attribute:KEY", or None: not sent."""
    reason: str
    rank: int = 0
    """Of several columns that feed the field, the one with the lowest is preferred."""
    confidence: str = ""
    """"sure" (the user, an export known, a usual header), "likely" (a header that the values had to confirm or do not),
    "guess" (values alone), or "" where nothing is fed."""
    label: int | None = None
    """Of a phone column, the position of the column that says row by row what kind of phone it is."""
    channel: str = ""
    """Of a column about consent, what the consent is for: a channel of `schema.CHANNELS`, or "" for all of them."""
    secret: bool = False
    """Its cells are to be shown to nobody: card numbers, passwords, identity numbers."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column feeds which field: one `Column` for each header, in the file's order."""

    columns: tuple[Column, ...]
    source: str | None = None
    """The name of the export that the headers are those of, as `sources.EXPORTS` has it; None where it is not known."""
    notes: tuple[str, ...] = ()
    """What a person should know about a list from there."""
    warnings: tuple[str, ...] = ()
    """What a person should look at before anything is sent."""
    doubts: dict[int, str] = field(default_factory=dict)
    """Position of a column that may hold noes and is not heeded → what to say of it."""

    def feeding(self, name: str) -> tuple[int, ...]:
        """Return the positions of the columns that feed the field *name*, the preferred one first."""
        feeding = sorted((column for column in self.columns if column.field == name), key=lambda column: column.rank)
        return tuple(column.index for column in feeding)
