"""A column of cell texts → digits, plus and notes. Plain cells go as one block of bytes, ugly ones one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from contact_import.phones.clean.cells import clean_cell
from contact_import.phones.rules import HELD, INDEX, RANKS
from contact_import.phones.texts import LONGEST, WIDTH, Array, as_digits

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
    rule = np.full(len(texts), NONE, dtype=np.int16)
    rule[suffixed] = INDEX["float-suffix"]
    rest: dict[int, tuple[str, ...]] = {}
    ugly = np.flatnonzero(~plain)
    if len(ugly):
        cells = [clean_cell(texts[row]) for row in ugly.tolist()]
        digits[ugly] = as_digits(np.array([cell.digits for cell in cells], dtype="U"))
        plus[ugly] = [cell.plus for cell in cells]
        rule[ugly] = [INDEX.get(cell.rule, NONE) for cell in cells]
        rest = {row: cell.rest for row, cell in zip(ugly.tolist(), cells, strict=True) if cell.rest}
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
    # One byte a character, so that lengths stay true; what is not ASCII becomes a question mark, which is ugly.
    block = np.frombuffer("".join(texts).encode("ascii", "replace") + b"\0\0", dtype=np.uint8)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = np.cumsum(lengths)
    begins = ends - lengths
    sums = np.zeros(len(block) + 1, dtype=np.int64)
    np.cumsum(_WEIGHT[block], out=sums[1:])
    counts = sums[ends] - sums[begins]
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
        & _OPENS[leading]
        & ((pluses == 0) | ((pluses == 1) & ((leading == ord("+")) | _bracketed(block, begins))))
    )
    # Dots in a row stand for digits left out.
    dotted = np.flatnonzero(plain & (dots > 1))
    plain[dotted] = [".." not in texts[row] for row in dotted.tolist()]
    suffixed &= plain
    return plain, _digits(block, lengths, np.where(plain, digits, 0), suffixed), (pluses > 0) & plain, suffixed


def _bracketed(block: Array, begins: Array) -> Array:
    return np.asarray((block[begins] == ord("(")) & (block[begins + 1] == ord("+")))


def _digits(block: Array, lengths: Array, counts: Array, suffixed: Array) -> Array:
    """Return as many digits of each cell as *counts* says (all or none) as S20, without the 0 of a suffix."""
    wanted = (block - np.uint8(ord("0")) < 10)[:-2]
    if not counts.all():
        wanted &= np.repeat(counts > 0, lengths)
    table = np.zeros((len(counts), WIDTH), dtype=np.uint8)
    table[np.arange(WIDTH) < counts[:, None]] = block[:-2][wanted]
    cut = np.flatnonzero(suffixed)
    table[cut, counts[cut] - 1] = 0
    return table.view(f"S{WIDTH}").reshape(-1)
