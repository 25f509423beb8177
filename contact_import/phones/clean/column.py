"""A column of cell texts → digits, plus and notes. Plain cells go as one block of bytes, ugly ones one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from contact_import.phones.clean.cells import clean_cell
from contact_import.phones.rules import HELD, INDEX, RANKS
from contact_import.phones.texts import LONGEST, WIDTH, Array

NONE = -1
"""No rule."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What a column's cells came to."""

    digits: Array
    """S20; b"" where a rule refuses the cell."""
    plus: Array
    """Whether the digits are said to be international."""
    rule: Array
    """Place in `RULES` of the most cautious rule that the cell met, NONE where it met none."""
    rest: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Row → the texts of the further numbers in its cell."""

    @property
    def refused(self) -> Array:
        """Whether a rule of the cleaner alone keeps the cell from being sent."""
        return (self.rule >= 0) & (RANKS[self.rule] >= HELD)


def clean(texts: Sequence[str]) -> Cleaned:
    """Return what each cell of *texts* comes to."""
    plain, digits, plus, suffixed = _plain(texts)
    rule = np.where(suffixed & plain, INDEX["float-suffix"], NONE).astype(np.int16)
    rest: dict[int, tuple[str, ...]] = {}
    for row in np.flatnonzero(~plain).tolist():
        cell = clean_cell(texts[row])
        digits[row], plus[row] = cell.digits.encode("ascii"), cell.plus
        rule[row] = INDEX[cell.rule] if cell.rule else NONE
        if cell.rest:
            rest[row] = cell.rest
    return Cleaned(digits, plus, rule, rest)


_DIGIT, _PLUS, _DOT, _DASH, _UGLY = 1, 2, 4, 8, 16
_OPENING = np.frombuffer(b"0123456789+(", dtype=np.uint8)
_CLASS = np.full(256, _UGLY, dtype=np.uint8)
_CLASS[list(b"0123456789")] = _DIGIT
_CLASS[list(b" ()")] = 0
_CLASS[ord("+")], _CLASS[ord(".")], _CLASS[ord("-")] = _PLUS, _DOT, _DASH


def _plain(texts: Sequence[str]) -> tuple[Array, Array, Array, Array]:
    """Return which cells are plain, and of all of them the digits, the plus, and whether they end in `.0`."""
    # One byte a character, so that lengths stay true; what is not ASCII becomes a question mark, which is ugly.
    block = np.frombuffer("".join(texts).encode("ascii", "replace"), dtype=np.uint8)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = np.cumsum(lengths)
    begins = ends - lengths
    kinds = _CLASS[block]
    digits = _counts((kinds & _DIGIT) > 0, begins, ends)
    pluses, dots, dashes = (_counts(kinds == kind, begins, ends) for kind in (_PLUS, _DOT, _DASH))
    ugly = _counts(kinds == _UGLY, begins, ends)
    suffixed = (dots == 1) & (lengths > 2) & (_at(block, ends - 1) == ord("0")) & (_at(block, ends - 2) == ord("."))
    # Dots in a row stand for digits left out.
    twin = np.append((kinds[1:] == _DOT) & (kinds[:-1] == _DOT), False)
    hidden = _counts(twin[: len(kinds)], begins, np.maximum(ends - 1, begins))
    like_date = (lengths <= 10) & ((dashes == 2) | (dots == 2))
    leading = _at(block, begins)
    plain = (
        (ugly == 0)
        & (digits - suffixed >= 4)
        & (hidden == 0)
        & (digits <= LONGEST)
        & ((dots != 1) | suffixed)
        & ~like_date
        & np.isin(leading, _OPENING)
        & ((pluses == 0) | ((pluses == 1) & ((leading == ord("+")) | _bracketed(block, begins))))
    )
    return plain, _digits(block, kinds, digits, digits - suffixed, plain), pluses > 0, suffixed


def _counts(marks: Array, begins: Array, ends: Array) -> Array:
    total = np.concatenate(([0], np.cumsum(marks, dtype=np.int64)))
    return np.asarray(total[ends] - total[begins])


def _at(block: Array, places: Array) -> Array:
    """Return the byte at each place, 0 where there is none."""
    padded = np.append(block, np.uint8(0))
    return np.asarray(padded[np.clip(places, 0, len(block))])


def _bracketed(block: Array, begins: Array) -> Array:
    return np.asarray((_at(block, begins) == ord("(")) & (_at(block, begins + 1) == ord("+")))


def _digits(block: Array, kinds: Array, seen: Array, counts: Array, plain: Array) -> Array:
    """Return the first *counts* of the *seen* digits of each plain cell as S20."""
    table = np.zeros((len(seen), WIDTH), dtype=np.uint8)
    places = np.flatnonzero(kinds == _DIGIT)
    rows = np.repeat(np.arange(len(seen)), seen)
    columns = np.arange(len(places)) - np.repeat(np.cumsum(seen) - seen, seen)
    wanted = plain[rows] & (columns < counts[rows])
    table[rows[wanted], columns[wanted]] = block[places[wanted]]
    return table.view(f"S{WIDTH}").reshape(-1)
