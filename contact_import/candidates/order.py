"""The phone cells of rows, those to try first before the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contact_import import schema
from contact_import.candidates import areas, labels, rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.models import Column, Frame, Mapping

MOST = 20
"""Numbers of a row that are tried: a row of more is a list of its own."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The phone cells of some rows, the first to try first."""

    cells: tuple[list[str], ...]
    """Stripped text, by turn and row; "" where the row has no more."""
    columns: np.ndarray
    """The position of the column each is from: int16, shape (turns, rows)."""
    on_whatsapp: np.ndarray
    """Whether each is said to be a WhatsApp number: bool, shape (turns, rows)."""
    worded: np.ndarray
    """Whether the label of each has words that may be somebody's name: bool, shape (turns, rows)."""
    unwanted: np.ndarray
    """Why some of a row's numbers are never tried, `rules.NOT_THEIRS` or `FAX`; "" where none are: object, by row."""
    passed: np.ndarray
    """Whether the first to try is of another column than the preferred one, which is blank: bool, by row."""
    untried: np.ndarray
    """How many numbers of a row are beyond those that are tried: int64, by row."""
    completed: dict[int, np.ndarray]
    """Position of a phone column → in which rows the area code of another column was put before it: bool, by row."""


def firsts(frame: Frame, mapping: Mapping) -> list[str]:
    """Return for each row the phone cell that is tried first, "" where it has none."""
    return collect(frame, mapping).cells[0]


def collect(frame: Frame, mapping: Mapping) -> Candidates:
    """Return the candidates of each row of *frame*."""
    found = {place: [text.strip() for text in frame.cells[place].tolist()] for place in mapping.feeding("phone")}
    if not found:
        return _alone([""] * len(frame.rows), -1, {}, on_whatsapp=False, preferred=True)
    completed = areas.complete(frame, mapping, found)
    preferred = next(iter(found))
    # Of the fifty phones that one contact of a thousand has, most columns of most frames are blank.
    places = [place for place, texts in found.items() if any(texts)] or [preferred]
    only = mapping.columns[places[0]]
    if len(places) == 1 and only.label is None:
        return _alone(
            found[only.index],
            only.index,
            completed,
            on_whatsapp=_says_whatsapp(only),
            preferred=only.index == preferred,
        )
    # Without labels the preferred column is the preferred phone; and so it is where a frame's labelled ones are blank.
    labelled = any(mapping.columns[place].label is not None for place in found)
    return _ordered(frame, [mapping.columns[place] for place in places], found, completed, labelled=labelled)


def _alone(
    texts: list[str], position: int, completed: dict[int, np.ndarray], *, on_whatsapp: bool, preferred: bool
) -> Candidates:
    """Return one candidate a row."""
    shape = 1, len(texts)
    unwanted = np.full(len(texts), "", dtype=object)
    passed = np.array([not preferred and bool(text) for text in texts], dtype=bool)
    untried = np.zeros(len(texts), dtype=np.int64)
    taken = np.full(shape, position, np.int16)
    said = np.full(shape, on_whatsapp)
    return Candidates((texts,), taken, said, np.zeros(shape, bool), unwanted, passed, untried, completed)


def _ordered(
    frame: Frame,
    columns: Sequence[Column],
    found: dict[int, list[str]],
    completed: dict[int, np.ndarray],
    *,
    labelled: bool,
) -> Candidates:
    """Return the candidates in *columns*, by rank; *found* has the texts of all phone columns, preferred ones first."""
    cells = np.array([found[column.index] for column in columns], dtype=object).reshape(len(columns), -1)
    ranks = _ranks(frame, columns) if labelled else np.zeros(cells.shape, dtype=np.int8)
    filled = cells != ""
    unwanted = _unwanted(ranks, filled)
    ranks[~filled] = labels.FAX
    untried = np.maximum((ranks < labels.NEVER).sum(axis=0) - MOST, 0)
    order = np.argsort(ranks, axis=0, kind="stable")[:MOST]
    ranks, cells = (np.take_along_axis(each, order, axis=0) for each in (ranks, cells))
    turns = tuple(line.tolist() for line in np.where(ranks >= labels.NEVER, "", cells))
    on_whatsapp = np.array([*map(_says_whatsapp, columns)])[order] | (labelled & (ranks == labels.WHATSAPP))
    taken = np.array([column.index for column in columns], dtype=np.int16)[order]
    preferred, texts = next(iter(found.items()))
    blank = np.array([not text for text in texts], dtype=bool)
    passed = blank & (ranks[0] < labels.NEVER) & (taken[0] != preferred)
    return Candidates(turns, taken, on_whatsapp, ranks == labels.UNKNOWN, unwanted, passed, untried, completed)


def _ranks(frame: Frame, columns: Sequence[Column]) -> np.ndarray:
    """Return the rank of each row's label in each column: int8, shape (columns, rows)."""
    ranks = np.full((len(columns), len(frame.rows)), labels.MAIN, dtype=np.int8)
    for line, column in enumerate(columns):
        if column.label is not None:
            said = frame.cells[column.label].tolist()
            ranks[line] = np.fromiter(map(labels.rank, said), dtype=np.int8, count=len(said))
        if _says_whatsapp(column):
            ranks[line][ranks[line] < labels.UNKNOWN] = labels.WHATSAPP
    return ranks


def _unwanted(ranks: np.ndarray, filled: np.ndarray) -> np.ndarray:
    """Return why numbers of each row are never tried; both arrays have the shape (columns, rows)."""
    others, faxes = (((ranks == rank) & filled).any(axis=0) for rank in (labels.NOT_THEIRS, labels.FAX))
    return np.where(others, rules.NOT_THEIRS, np.where(faxes, rules.FAX, "")).astype(object)


def _says_whatsapp(column: Column) -> bool:
    return schema.channel(column.header) == "whatsapp"
