"""Cells that a spreadsheet would run as a formula: kept from it in the files we write, given back when we read them."""

from __future__ import annotations

import re

_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")


def guard(cell: str) -> str:
    """Return *cell* with an apostrophe before what a spreadsheet would run (CWE-1236)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """Take off what `guard` put on: `unguard(guard(cell)) == cell` for every cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
