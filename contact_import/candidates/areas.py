"""Area codes that stand in a column of their own: put before the numbers that are without them.

How long a local number is, each country decides for itself. Where that is fixed, two cells are one number for certain;
elsewhere a person must look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from contact_import import schema
from contact_import.candidates.cells import hold
from contact_import.candidates.rules import AREA, AREA_JOINED
from contact_import.models import Level

if TYPE_CHECKING:
    import pandas as pd

    from contact_import.candidates.cells import Read
    from contact_import.models import Frame, Mapping

AMBIGUOUS = "phone-ambiguous"
"""The rule of a number whose first digits may be another country's code."""


class _Plan(NamedTuple):
    """The lengths of a country's numbers."""

    areas: range
    """Digits of an area code."""
    whole: range
    """Digits of the whole number."""
    kinds: frozenset[str] = frozenset()
    """The types that have area codes; none: all."""


_PLANS = {
    "55": _Plan(range(2, 3), range(10, 12)),
    "52": _Plan(range(2, 4), range(10, 11)),
    "27": _Plan(range(2, 3), range(9, 10)),
    "91": _Plan(range(2, 5), range(10, 11), frozenset({"fixed-line"})),
    "1": _Plan(range(3, 4), range(10, 11)),
}
"""Calling code → where the two cells are one number for certain."""
CODES = frozenset(_PLANS)
"""The calling codes of these countries."""


def complete(frame: Frame, mapping: Mapping, phones: dict[int, list[str]]) -> dict[int, np.ndarray]:
    """Put the area codes before the texts of the columns *phones*, and return which ones have got one: bool, by row.

    Both go by the position of the phone column.
    """
    done = {}
    for phone, area in of(mapping).items():
        cells = [schema.with_area(*pair) for pair in zip(frame.cells[area].tolist(), phones[phone], strict=True)]
        done[phone] = np.array([bool(cell) for cell in cells], dtype=bool)
        phones[phone] = [cell or text for cell, text in zip(cells, phones[phone], strict=True)]
    return done


def of(mapping: Mapping) -> dict[int, int]:
    """Return the area column of each phone column that has one: position → position."""
    areas = mapping.feeding("area")
    headers = [column.header for column in mapping.columns]
    return schema.belonging(headers, sorted(areas), sorted(mapping.feeding("phone"))) if areas else {}


def judge(sheet: pd.DataFrame, had: np.ndarray, read: Read) -> None:
    """Hold those of the rows *had* (bool) of *sheet*, which got an area code, that are not certain; note the others."""
    _say_trunk(sheet, np.flatnonzero(had & (sheet["rule"].to_numpy() == AMBIGUOUS)), read)
    sheet.loc[had & (sheet["level"].to_numpy() == Level.REJECTED.value), "rule"] = AREA
    open_ = had & (sheet["number"].to_numpy() != "")
    certain = open_.copy()
    certain[open_] = [_is_certain(*each) for each in sheet.loc[open_, _READ].to_numpy().tolist()]
    quiet = certain & (sheet["level"].to_numpy() == Level.SILENT.value)
    sheet.loc[quiet, ["level", "rule"]] = [Level.NOTE.value, AREA_JOINED]
    hold(sheet, open_ & ~certain, AREA)


_READ = ["prefix", "number", "type", "cell"]


def _say_trunk(sheet: pd.DataFrame, rows: np.ndarray, read: Read) -> None:
    """Read *rows* again with a 0 in front: 51 is Porto Alegre there, and not Peru."""
    if len(rows):
        found = read([f"0{cell}" for cell in sheet["cell"].iloc[rows].tolist()], rows)
        sheet.loc[rows, found.columns] = found.to_numpy()


def _is_certain(prefix: str, number: str, kind: str, cell: str) -> bool:
    """Tell whether *number*, read from *cell*, is the code and the local number, as its country has them."""
    code = cell.partition(" ")[0]
    plan = _PLANS.get(prefix)
    if plan is None or not number.startswith(code):
        return False
    return len(code) in plan.areas and len(number) in plan.whole and (not plan.kinds or kind in plan.kinds)
