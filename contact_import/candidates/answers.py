"""Which candidate answers for its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from contact_import.candidates import areas
from contact_import.candidates.cells import WORDS, hold, landlines, mobiles, read_cells
from contact_import.candidates.rules import FAX, NOT_THEIRS, OTHER_COLUMN
from contact_import.models import Level

if TYPE_CHECKING:
    from contact_import.candidates.cells import Read
    from contact_import.candidates.order import Candidates


def answer(candidates: Candidates, read: Read) -> tuple[pd.DataFrame, np.ndarray]:
    """Return what *read* says of each row's phone, and of which turn the candidate is that was taken (int64).

    The first has the columns of what *read* returns, and "cell": the text that was taken.
    """
    first = candidates.cells[0]
    sheet = read_cells(first, None, read, candidates.on_whatsapp[0])
    sheet["cell"] = pd.Series(np.fromiter(first, dtype=object), dtype=object)
    turns = np.zeros(len(sheet), dtype=np.int64)
    for turn in range(1, len(candidates.cells)):
        _try_turn(turn, sheet, turns, candidates, read)
    worded = np.take_along_axis(candidates.worded, turns[None], axis=0)[0]  # which may say whose number it is
    hold(sheet, worded & (sheet["number"].to_numpy() != ""), WORDS)
    if candidates.completed:
        areas.judge(sheet, completed(candidates, turns), read)
    quiet = elsewhere(candidates, turns) & (sheet["level"].to_numpy() == Level.SILENT.value)
    if quiet.any():
        sheet.loc[quiet, ["level", "rule"]] = [Level.NOTE.value, OTHER_COLUMN]
    for rule in (FAX, NOT_THEIRS):
        nobodys = candidates.unwanted == rule
        if nobodys.any():
            nobodys &= np.array([not text for text in first], dtype=bool)
            sheet.loc[nobodys, ["level", "rule"]] = [Level.REJECTED.value, rule]
    return sheet, turns


def elsewhere(candidates: Candidates, turns: np.ndarray) -> np.ndarray:
    """Tell which rows another column than the preferred one answers for: bool, by row; *turns* as `answer` has it."""
    return np.asarray((turns > 0) | candidates.passed)


def completed(candidates: Candidates, turns: np.ndarray) -> np.ndarray:
    """Tell which rows have a phone that the area code of another column was put before: bool, by row."""
    taken = np.take_along_axis(candidates.columns, turns[None], axis=0)[0]
    found = np.zeros(len(turns), dtype=bool)
    for position, where in candidates.completed.items():
        found |= where & (taken == position)
    return found


def _try_turn(turn: int, sheet: pd.DataFrame, turns: np.ndarray, candidates: Candidates, read: Read) -> None:
    """Let the candidates of *turn* answer for the rows of *sheet* where those before cannot, or are landlines."""
    on_whatsapp = np.take_along_axis(candidates.on_whatsapp, turns[None], axis=0)[0]
    refused = sheet["level"].to_numpy() == Level.REJECTED.value
    waiting = refused | (landlines(sheet) & ~on_whatsapp)
    cells = candidates.cells[turn]
    rows = np.array([row for row in np.flatnonzero(waiting).tolist() if cells[row]], dtype=np.int64)
    if not len(rows):
        return
    texts = [cells[row] for row in rows.tolist()]
    found = read_cells(texts, rows, read, candidates.on_whatsapp[turn][rows])
    found["cell"] = pd.Series(texts, dtype=object)
    usable = found["level"].to_numpy() != Level.REJECTED.value
    blank = (sheet["rule"].to_numpy()[rows] == "phone-blank") & (found["rule"].to_numpy() != "phone-blank")
    # A label that may be a name does not go before a landline that is the contact's.
    better = np.where(refused[rows], usable | blank, mobiles(found) & ~candidates.worded[turn][rows])
    sheet.iloc[rows[better]] = found[sheet.columns].to_numpy()[better]
    turns[rows[better]] = turn
