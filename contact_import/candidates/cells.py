"""Phone cells as read: of one with several numbers, a mobile behind a landline goes before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from contact_import.models import Level

Read = Callable[[Sequence[str], np.ndarray | None], pd.DataFrame]
"""Reads phone cells, of the rows given or of all, into a row of `phones.COLUMNS` for each."""

LANDLINE = "fixed-line"
SEVERAL = "second-number-ignored"
"""The rule of a cell with several numbers."""
WORDS = "phone-words"
"""The rule of a number with words beside it that may say whose it is."""

_SEPARATORS = re.compile(r"\s*(?::::|[,;/|\n]|\bor\b)\s*", re.IGNORECASE)
_LEAST, _MOST = 7, 3
"""Digits of a number; numbers of a cell that are tried."""
_LONGEST = 5
"""Numbers in a cell; one of more is a list, not a phone."""


def read_cells(texts: list[str], rows: np.ndarray | None, read: Read, on_whatsapp: np.ndarray) -> pd.DataFrame:
    """Return what *read* says of *texts*, the cells of *rows*; a landline *on_whatsapp* (bool, by text) stays."""
    sheet = read(texts, rows)
    several = np.flatnonzero(sheet["rule"].to_numpy() == SEVERAL)
    if not len(several):
        return sheet
    several = several[(landlines(sheet) & ~on_whatsapp)[several]]
    for turn in range(1, _MOST):
        pieces = {row: each[turn] for row in several.tolist() if len(each := _numbers(texts[row])) > turn}
        if not pieces:
            break
        places = np.fromiter(pieces, dtype=np.int64)
        found = read(list(pieces.values()), places if rows is None else rows[places])
        mobile = mobiles(found)
        quiet = mobile & found["level"].isin([Level.SILENT, Level.NOTE]).to_numpy()
        found.loc[quiet, ["level", "rule"]] = [Level.WARN.value, SEVERAL]
        sheet.iloc[places[mobile]] = found.to_numpy()[mobile]
        several = np.setdiff1d(several, places[mobile])
    return sheet


def _numbers(text: str) -> list[str]:
    """Return the numbers of a cell that has several."""
    pieces = [piece for piece in _SEPARATORS.split(text) if sum(map(str.isdigit, piece)) >= _LEAST]
    return pieces[:_MOST] if len(pieces) <= _LONGEST else []


def landlines(sheet: pd.DataFrame) -> np.ndarray:
    """Tell which rows may be sent and are landlines: bool, by row."""
    return np.asarray((sheet["type"].to_numpy() == LANDLINE) & (sheet["number"].to_numpy() != ""))


def mobiles(sheet: pd.DataFrame) -> np.ndarray:
    """Tell which rows may be sent and are no landlines: bool, by row."""
    return np.asarray((sheet["number"].to_numpy() != "") & (sheet["type"].to_numpy() != LANDLINE))


def hold(sheet: pd.DataFrame, where: np.ndarray, rule: str) -> None:
    """Hold the rows *where* (bool) of *sheet*, which would be sent, by this *rule*; their numbers are suggestions."""
    if where.any():
        parts = sheet.loc[where, ["prefix", "number"]].to_numpy().tolist()
        sheet.loc[where, ["prefix", "number", "level", "rule"]] = ["", "", Level.HELD.value, rule]
        sheet.loc[where, "suggestion"] = [f"+{prefix} {number}" for prefix, number in parts]
