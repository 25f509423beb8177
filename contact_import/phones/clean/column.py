"""A column of cell texts → digits, plus and notes. Plain cells go as one block of bytes, ugly ones one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from contact_import.phones.clean.bare import LONGEST_CELL, bare_text
from contact_import.phones.clean.cells import clean_bare
from contact_import.phones.rules import HELD, INDEX, RANKS
from contact_import.phones.texts import LONGEST, WIDTH, Array

TOO_LONG = "?" * (LONGEST_CELL + 1)
"""What stands for every cell that is too long."""
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
    def worded(self) -> Array:
        """Whether words beside the digits keep the cell from being sent; it is read all the same, to be shown."""
        return np.asarray(self.rule == INDEX["phone-words"])

    @property
    def several(self) -> Array:
        """Whether other numbers stand beside the one of a link; where all are the same, it may be sent."""
        return np.asarray(self.rule == INDEX["phone-several"])

    @property
    def refused(self) -> Array:
        """Whether a rule of the cleaner leaves the cell without digits."""
        return (self.rule >= 0) & (RANKS[self.rule] >= HELD) & ~self.worded & ~self.several


def clean(texts: Sequence[str]) -> Cleaned:
    """Return what each cell of *texts* comes to."""
    if max(map(len, texts), default=0) > LONGEST_CELL:  # of a longer one nothing but that is looked at
        texts = [text if len(text) <= LONGEST_CELL else TOO_LONG for text in texts]
    plain, digits, plus, suffixed = _plain(texts)
    rule = np.where(suffixed, INDEX["float-suffix"], NONE).astype(np.int16)
    rest: dict[int, tuple[str, ...]] = {}
    rows = np.flatnonzero(~plain)
    if len(rows):
        # Half of the ugly ones are plain once they are bare: other scripts' digits, an apostrophe, `tel:`.
        bare = [bare_text(texts[row]) for row in rows.tolist()]
        plain, digits[rows], plus[rows], suffixed = _plain([text for text, _ in bare])
        rule[rows[suffixed]] = INDEX["float-suffix"]
        met = np.array([bool(said) for _, said in bare])
        odd = np.flatnonzero(met | ~plain)
        cells = [clean_bare(*bare[place]) for place in odd.tolist()]
        rows = rows[odd]
        digits[rows] = np.array([cell.digits for cell in cells], dtype=f"S{WIDTH}")
        plus[rows] = [cell.plus for cell in cells]
        rule[rows] = [INDEX.get(cell.rule, NONE) for cell in cells]
        rest = {row: cell.rest for row, cell in zip(rows.tolist(), cells, strict=True) if cell.rest}
    return Cleaned(digits, plus, rule, rest)


_FIELD = 12
"""Bits in which the characters of one kind are counted in a cell: five such counts fit into one integer, so that one
running sum over the column's bytes gives them all. A cell that is longer than a count can tell is not plain."""
_DIGITS, _PLUSES, _DOTS, _DASHES, _UGLY = (index * _FIELD for index in range(5))
_MOST = (1 << _FIELD) - 1
_WEIGHT = np.full(256, 1 << _UGLY, dtype=np.int64)
_WEIGHT[list(b"0123456789")] = 1 << _DIGITS
_WEIGHT[list(b" ()")] = 0
_WEIGHT[list(b"+.-")] = [1 << _PLUSES, 1 << _DOTS, 1 << _DASHES]
_OPENS = np.zeros(256, dtype=np.bool_)
_OPENS[list(b"0123456789+(")] = True


def _plain(texts: Sequence[str]) -> tuple[Array, Array, Array, Array]:
    """Return which cells are plain, and of these the digits, the plus, and whether they end in `.0`."""
    block, begins, ends = _block(texts)
    lengths = ends - begins
    counts = _counts(block, begins, ends)
    digits, pluses, dots, dashes = (counts >> field & _MOST for field in (_DIGITS, _PLUSES, _DOTS, _DASHES))
    leading = block[begins]
    suffixed = (dots == 1) & (lengths > 2) & (block[ends - 1] == ord("0")) & (block[ends - 2] == ord("."))
    like_date = (lengths <= 10) & ((dashes == 2) | (dots == 2))
    plain = (
        (counts < 1 << _UGLY)
        & (lengths <= _MOST)
        & (digits - suffixed >= 4)
        & (digits <= LONGEST)
        & ((dots != 1) | suffixed)
        & ~like_date
        & ~_numbered(block, begins, ends)
        & _OPENS[leading]
        & ((pluses == 0) | ((pluses == 1) & ((leading == ord("+")) | _bracketed(block, begins))))
    )
    # Dots in a row stand for digits left out.
    dotted = np.flatnonzero(plain & (dots > 1))
    plain[dotted] = [".." not in texts[row] for row in dotted.tolist()]
    suffixed &= plain
    return plain, _digits(block, lengths, np.where(plain, digits, 0), suffixed), (pluses > 0) & plain, suffixed


_MARGIN = 2


def _block(texts: Sequence[str]) -> tuple[Array, Array, Array]:
    """Return all cells as bytes, a line each, and where each begins and ends."""
    # One byte a character, so that lengths stay true; what is not ASCII becomes a question mark, which is ugly.
    lines = "\n".join(texts).encode("ascii", "replace") + b"\n" + bytes(_MARGIN)
    block = np.frombuffer(lines, dtype=np.uint8)
    ends = np.flatnonzero(block == ord("\n"))
    if len(ends) != len(texts):  # a cell has lines of its own
        ends = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1) - 1
    begins = np.zeros_like(ends)
    begins[1:] = ends[:-1] + 1
    return block, begins, ends


def _counts(block: Array, begins: Array, ends: Array) -> Array:
    """Return the packed counts of each cell's characters."""
    lines = block[:-_MARGIN]
    breaks = lines == ord("\n")
    if np.count_nonzero(breaks) == len(ends) and (breaks | (lines - np.uint8(ord("0")) < 10)).all():
        return np.asarray(ends - begins)  # nothing but digits
    sums = np.zeros(len(block) + 1, dtype=np.int64)
    np.cumsum(_WEIGHT[block], out=sums[1:])
    return np.asarray(sums[ends] - sums[begins])


def _bracketed(block: Array, begins: Array) -> Array:
    return np.asarray((block[begins] == ord("(")) & (block[begins + 1] == ord("+")))


def _numbered(block: Array, begins: Array, ends: Array) -> Array:
    """Tell of each cell whether a bracket may hold a note or a count beside the number, as in "… (2)" and "… (2"."""
    closed = (block[ends - 1] == ord(")")) | ((block[begins] == ord("(")) & (block[begins + 2] == ord(")")))
    return np.asarray(closed | (block[ends - 2] == ord("(")) | (block[ends - 3] == ord("(")))


def _digits(block: Array, lengths: Array, counts: Array, suffixed: Array) -> Array:
    """Return as many digits of each cell as *counts* says (all or none) as S20, without the 0 of a suffix."""
    wanted = block - np.uint8(ord("0")) < 10
    if not counts.all():
        # Behind each cell is the end of its line; behind all, the two bytes of the margin.
        wanted[:-_MARGIN] &= np.repeat(counts > 0, lengths + 1)
    table = np.zeros((len(counts), WIDTH), dtype=np.uint8)
    table[np.arange(WIDTH, dtype=np.uint8) < counts.astype(np.uint8)[:, None]] = block[wanted]
    cut = np.flatnonzero(suffixed)
    table[cut, counts[cut] - 1] = 0
    return table.view(f"S{WIDTH}").reshape(-1)
