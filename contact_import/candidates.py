"""Several phones of one person: which is tried first, and which answers for the row.

A row's candidates are its filled phone cells, the best label first: a number said to be on WhatsApp, then a mobile,
then the one starred as the first, then the others; among equals the preferred column. The first candidate is read for
the whole column at once. Only rows in which it is refused, or is a landline, try their next ones. One that is held
stays held: a person must look at it, and the next number might be another person's. A landline said to be on WhatsApp
stays: a business has registered it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from contact_import import schema
from contact_import.models import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contact_import.models import Column, Frame, Mapping

    Read = Callable[[Sequence[str], np.ndarray | None], pd.DataFrame]
    """Reads phone cells, of the rows given or of all, into a row of `phones.COLUMNS` for each."""

OTHER_COLUMN = "phone-other-column"
FAX = "phone-fax"
NOT_THEIRS = "phone-not-theirs"
RULES = {
    OTHER_COLUMN: (
        "The preferred phone of the row is blank, cannot be sent, or is a landline; another of its phones was taken."
    ),
    FAX: "Every number of the row is labelled as a fax or a pager: add the person's own.",
    NOT_THEIRS: "Every number of the row is labelled as a fax, a pager or somebody else's: add the person's own.",
}
"""The rules of this room and what they mean."""

LANDLINE = "fixed-line"
SEVERAL = "second-number-ignored"
"""The rule of a cell with several numbers."""

# Labels ------------------------------------------------------------

LABELS: tuple[tuple[str, ...], ...] = (
    schema.table("whatsapp | whats app | wa | واتساب | व्हाट्सएप | whatsapp business"),
    schema.table("""
        mobile | mobil | cell | cellular | iphone | handy | móvil | movil | celular | telemóvel | portable | cellulare
        mobiel | mobiele | komórka | komórkowy | cep | gsm | сотовый | мобильный | мобільний | جوال | الجوال | محمول
        موبايل | मोबाइल | ponsel | hp | handphone | seluler | 携帯 | 휴대폰 | 휴대전화 | 手机 | 移动电话 | 手機
    """),
)
"""Words of a label that put its number first, the best ones first."""
OTHERS = schema.OTHER_PEOPLE + schema.NO_LONGER + ("company main",)
"""Words of a label whose number is never the contact's."""
_STARRED, _MAIN, _OTHER = len(LABELS), len(LABELS) + 1, len(LABELS) + 2
_OTHERS, _GONE = 98, 99
MOST = 20
"""Numbers of a row that are tried: a row of more is a list of its own."""
_FIRSTS = schema.table("main | principal | principale | primary | haupt* | hoofd* | основной | الرئيسي | मुख्य | utama")


@lru_cache(maxsize=4096)
def rank(label: str) -> int:
    """Return how early a number with *label* is tried, from 0; never at 98, somebody else's, and at 99, a fax."""
    if schema.said(label, schema.FAXES):
        return _GONE
    if schema.said(label, OTHERS):
        return _OTHERS
    for tier, words in enumerate(LABELS):
        if schema.said(label, words):
            return tier
    if label.strip().startswith("*"):
        return _STARRED
    return _MAIN if schema.said(label, _FIRSTS) else _OTHER


# Cells ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidates:
    """The phone cells of some rows, the first to try first."""

    cells: tuple[list[str], ...]
    """Stripped text, by turn and row; "" where the row has no more."""
    columns: np.ndarray
    """The position of the column each is from: int16, shape (turns, rows)."""
    on_whatsapp: np.ndarray
    """Whether each is said to be a WhatsApp number: bool, shape (turns, rows)."""
    unwanted: np.ndarray
    """Why some numbers of a row are never tried, `NOT_THEIRS` or `FAX`; "" where there are none: object, by row."""
    passed: np.ndarray
    """Whether the first to try is of another column than the preferred one, which is blank: bool, by row."""
    untried: np.ndarray
    """How many numbers of a row are beyond those that are tried: int64, by row."""


def collect(frame: Frame, mapping: Mapping) -> Candidates:
    """Return the candidates of each row of *frame*."""
    found = {place: [text.strip() for text in frame.cells[place].tolist()] for place in mapping.feeding("phone")}
    # Of the fifty phones that one contact of a thousand has, most columns of most frames are blank.
    places = [place for place, texts in found.items() if any(texts)] or list(found)[:1]
    if not places:
        return _alone([""] * len(frame.rows), -1, on_whatsapp=False, preferred=True)
    columns = [mapping.columns[place] for place in places]
    preferred = next(iter(found))
    if len(columns) == 1 and columns[0].label is None:
        on_whatsapp = _says_whatsapp(columns[0])
        return _alone(found[places[0]], places[0], on_whatsapp=on_whatsapp, preferred=places[0] == preferred)
    cells = np.array([found[place] for place in places], dtype=object).reshape(len(places), -1)
    # Without labels the preferred column is the preferred phone; and so it is where a frame's labelled ones are blank.
    labelled = any(mapping.columns[place].label is not None for place in found)
    ranks = _rank(frame, columns) if labelled else np.zeros(cells.shape, dtype=np.int8)
    filled = cells != ""
    unwanted = _unwanted(ranks, filled)
    ranks[~filled] = _GONE
    untried = np.maximum((ranks < _OTHERS).sum(axis=0) - MOST, 0)
    order = np.argsort(ranks, axis=0, kind="stable")[:MOST]
    ranks, cells = (np.take_along_axis(each, order, axis=0) for each in (ranks, cells))
    turns = tuple(line.tolist() for line in np.where(ranks >= _OTHERS, "", cells))
    on_whatsapp = np.array([*map(_says_whatsapp, columns)])[order] | (labelled & (ranks == 0))
    taken = np.array(places, dtype=np.int16)[order]
    blank = np.array([not text for text in found[preferred]], dtype=bool)
    passed = blank & (ranks[0] < _OTHERS) & (taken[0] != preferred)
    return Candidates(turns, taken, on_whatsapp, unwanted, passed, untried)


def _unwanted(ranks: np.ndarray, filled: np.ndarray) -> np.ndarray:
    """Return why numbers of each row are never tried; both arrays have the shape (columns, rows)."""
    others, faxes = (((ranks == rank) & filled).any(axis=0) for rank in (_OTHERS, _GONE))
    return np.where(others, NOT_THEIRS, np.where(faxes, FAX, "")).astype(object)


def _says_whatsapp(column: Column) -> bool:
    return schema.channel(column.header) == "whatsapp"


def _rank(frame: Frame, columns: Sequence[Column]) -> np.ndarray:
    """Return the rank of each row's label in each column: int8, shape (columns, rows)."""
    ranks = np.full((len(columns), len(frame.rows)), _MAIN, dtype=np.int8)
    for line, column in enumerate(columns):
        if column.label is not None:
            labels = frame.cells[column.label].tolist()
            ranks[line] = np.fromiter(map(rank, labels), dtype=np.int8, count=len(labels))
        if _says_whatsapp(column):
            ranks[line][ranks[line] < _OTHERS] = 0
    return ranks


def firsts(frame: Frame, mapping: Mapping) -> list[str]:
    """Return for each row the phone cell that is tried first, "" where it has none."""
    return collect(frame, mapping).cells[0]


def _alone(texts: list[str], position: int, *, on_whatsapp: bool, preferred: bool) -> Candidates:
    """Return one candidate a row."""
    shape = 1, len(texts)
    unwanted = np.full(len(texts), "", dtype=object)
    passed = np.array([not preferred and bool(text) for text in texts], dtype=bool)
    untried = np.zeros(len(texts), dtype=np.int64)
    taken = np.full(shape, position, np.int16)
    return Candidates((texts,), taken, np.full(shape, on_whatsapp), unwanted, passed, untried)


# Answers ------------------------------------------------------------


def answer(candidates: Candidates, read: Read) -> tuple[pd.DataFrame, np.ndarray]:
    """Return what *read* says of each row's phone, and of which turn the candidate is that was taken (int64).

    The first has the columns of what *read* returns, and "cell": the text that was taken.
    """
    first = candidates.cells[0]
    sheet = _read(first, None, read, candidates.on_whatsapp[0])
    sheet["cell"] = pd.Series(np.fromiter(first, dtype=object), dtype=object)
    turns = np.zeros(len(sheet), dtype=np.int64)
    if len(candidates.cells) > 1:
        _try_others(sheet, turns, candidates, read)
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


def _try_others(sheet: pd.DataFrame, turns: np.ndarray, candidates: Candidates, read: Read) -> None:
    """Let the further candidates of a row answer where those before cannot, or are landlines."""
    for turn in range(1, len(candidates.cells)):
        on_whatsapp = np.take_along_axis(candidates.on_whatsapp, turns[None], axis=0)[0]
        refused = sheet["level"].to_numpy() == Level.REJECTED.value
        waiting = refused | (_landlines(sheet) & ~on_whatsapp)
        cells = candidates.cells[turn]
        rows = np.array([row for row in np.flatnonzero(waiting).tolist() if cells[row]], dtype=np.int64)
        if not len(rows):
            continue
        texts = [cells[row] for row in rows.tolist()]
        found = _read(texts, rows, read, candidates.on_whatsapp[turn][rows])
        found["cell"] = pd.Series(texts, dtype=object)
        usable = found["level"].to_numpy() != Level.REJECTED.value
        blank = (sheet["rule"].to_numpy()[rows] == "phone-blank") & (found["rule"].to_numpy() != "phone-blank")
        better = np.where(refused[rows], usable | blank, _mobiles(found))
        sheet.iloc[rows[better]] = found[sheet.columns].to_numpy()[better]
        turns[rows[better]] = turn


def _read(texts: list[str], rows: np.ndarray | None, read: Read, on_whatsapp: np.ndarray) -> pd.DataFrame:
    """Read *texts*; of a cell with several numbers, a mobile behind a landline goes before it."""
    sheet = read(texts, rows)
    several = np.flatnonzero(sheet["rule"].to_numpy() == SEVERAL)
    if not len(several):
        return sheet
    several = several[(_landlines(sheet) & ~on_whatsapp)[several]]
    for turn in range(1, _MOST):
        pieces = {row: each[turn] for row in several.tolist() if len(each := _numbers(texts[row])) > turn}
        if not pieces:
            break
        places = np.fromiter(pieces, dtype=np.int64)
        found = read(list(pieces.values()), places if rows is None else rows[places])
        mobile = _mobiles(found)
        quiet = mobile & found["level"].isin([Level.SILENT, Level.NOTE]).to_numpy()
        found.loc[quiet, ["level", "rule"]] = [Level.WARN.value, SEVERAL]
        sheet.iloc[places[mobile]] = found.to_numpy()[mobile]
        several = np.setdiff1d(several, places[mobile])
    return sheet


def _landlines(sheet: pd.DataFrame) -> np.ndarray:
    return np.asarray((sheet["type"].to_numpy() == LANDLINE) & (sheet["number"].to_numpy() != ""))


def _mobiles(sheet: pd.DataFrame) -> np.ndarray:
    """Tell which rows may be sent and are no landline."""
    return np.asarray((sheet["number"].to_numpy() != "") & (sheet["type"].to_numpy() != LANDLINE))


_SEPARATORS = re.compile(r"\s*(?::::|[,;/|\n]|\bor\b)\s*", re.IGNORECASE)
_LEAST, _MOST = 7, 3
"""Digits of a number; numbers of a cell that are tried."""
_LONGEST = 5
"""Numbers in a cell; one of more is a list, not a phone."""


def _numbers(text: str) -> list[str]:
    """Return the numbers of a cell that has several."""
    pieces = [piece for piece in _SEPARATORS.split(text) if sum(map(str.isdigit, piece)) >= _LEAST]
    return pieces[:_MOST] if len(pieces) <= _LONGEST else []
