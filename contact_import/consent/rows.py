"""What a row's cells come to.

A no counts whatever it is a no to: somebody who wants no e-mail is not to be surprised on WhatsApp. But where the same
row says yes to a channel that is nearer to WhatsApp, that yes is the better knowledge and goes before it: yes to
WhatsApp before no to SMS, yes to either before no to e-mail. A no to everything, or to WhatsApp, is final. Only a yes
goes before a no: an opt-out column that is not ticked says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from contact_import import schema
from contact_import.consent.answers import opt_in, opt_out
from contact_import.consent.remarks import is_of_wrong_numbers, remarks
from contact_import.consent.says import Says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contact_import.models import Column, Frame, Mapping


class _Said(NamedTuple):
    """What the cells of a column say: the numbers of `Says`, int8, by row."""

    column: Column
    channel: str
    cells: np.ndarray


class Wishes(NamedTuple):
    """Which column of each row says so, the first of several: int16, shape (n,); -1 where none does.

    As with a no, a yes to a channel nearer to WhatsApp goes before what is unclear.
    """

    refused: np.ndarray
    """No, for good."""
    unclear: np.ndarray
    """Neither yes nor no."""
    wrong: np.ndarray
    """The number may be somebody else's."""


def wishes(frame: Frame, mapping: Mapping) -> Wishes:
    """Return what each row of *frame* says; its cells are looked at once."""
    said = [*_answers(frame, mapping), *_remarks(frame, mapping)]
    return Wishes(*(_final(said, len(frame.rows), wanted) for wanted in (Says.NO, Says.UNCLEAR, Says.WRONG)))


def refusals(frame: Frame, mapping: Mapping) -> np.ndarray:
    """Return for each row the position of the column that says no for good: int16, shape (n,); -1 where none does."""
    return wishes(frame, mapping).refused


def _final(said: Sequence[_Said], rows: int, wanted: Says) -> np.ndarray:
    found = np.full(rows, -1, dtype=np.int16)
    for each in reversed(said):  # of several, the first one is named
        there = each.cells == wanted
        if there.any():
            for other in said:
                if schema.nearer(other.channel, each.channel):
                    there &= other.cells != Says.YES
            found[there] = each.column.index
    return found


def _answers(frame: Frame, mapping: Mapping) -> Iterator[_Said]:
    """Yield what the columns about consent say."""
    for name, reads in (("opt_out", opt_out), ("opt_in", opt_in)):
        for index in mapping.feeding(name):
            column, texts = mapping.columns[index], frame.cells[index].tolist()
            known = {text: int(reads(text)) for text in set(texts)}
            yield _Said(column, column.channel, _numbers(known, texts))


_NAMES = frozenset({"name", "first_name", "last_name"})
_SILENT = frozenset({"email", "opt_out", "opt_in"})
"""The fields whose cells hold no remarks, or answers that are read as such."""


def _remarks(frame: Frame, mapping: Mapping) -> Iterator[_Said]:
    """Yield what the other columns say, of those that say anything."""
    own = schema.own_columns(tuple(column.header for column in mapping.columns))
    labels = {column.label for column in mapping.columns}  # they say what a phone is, not what its person wants
    for column in mapping.columns[own:]:
        if column.field in _SILENT or column.index in labels:
            continue
        texts = frame.cells[column.index].tolist()
        known = remarks(texts, column.header, are_names=column.field in _NAMES)
        if is_of_wrong_numbers(column.header):
            known |= {text: int(Says.WRONG) for text in set(texts) if opt_in(text) is Says.YES}
        if known:
            channel = "email" if schema.channel(column.header) == "email" else ""
            yield _Said(column, channel, _numbers(known, texts))


def _numbers(known: dict[str, int], texts: list[str]) -> np.ndarray:
    """Return the number of each of *texts*, NOTHING where it is not *known*: int8."""
    return np.fromiter((known.get(text, Says.NOTHING) for text in texts), dtype=np.int8, count=len(texts))
