"""The numbers that nobody may be reached at: a list of opt-outs, compared with phones as they would be sent. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

TAIL = 7
"""Digits that a number must have at least to be known by its end."""
RUINED = ("phone-digits-lost", "phone-masked")
"""Rules of cells whose digits are not those of the number."""
_NUMBER = re.compile(r"[\d()+\-.\s\u2010-\u2015]+")


@dataclass(frozen=True, slots=True)
class Suppression:
    """Numbers not to be sent: those that were read, and the digits of those that could not be.

    Of a number without its country code only the end is known. Whoever's phone ends in it is left out: somebody who
    asked for no messages must not get one because a list is untidy.
    """

    phones: np.ndarray = field(default_factory=lambda: np.array([], np.int64))
    """Prefix and number in one: int64, ascending."""
    ends: tuple[str, ...] = ()
    """Digits, `TAIL` at least, ascending."""

    def __bool__(self) -> bool:
        return bool(len(self.phones) or self.ends)

    def holds(self, phones: np.ndarray) -> np.ndarray:
        """Tell of each of *phones* (int64) whether it is on the list: bool, same shape."""
        found: np.ndarray = np.isin(phones, self.phones)
        if self.ends:
            tails = np.isin(phones % 10**TAIL, [int(end[-TAIL:]) for end in self.ends])
            for index in np.flatnonzero(tails & ~found).tolist():
                found[index] = str(phones[index]).endswith(self.ends)
        return found

    @property
    def digest(self) -> str:
        """Name the list's contents in 64 hexadecimal digits; "" for none."""
        if not self:
            return ""
        return hashlib.sha256(self.phones.tobytes() + " ".join(self.ends).encode()).hexdigest()


NOBODY = Suppression()


def suppression(phones: np.ndarray, unread: Iterable[str]) -> Suppression:
    """Return the list of *phones* (int64), and of the numbers in cells that were not read for certain."""
    return Suppression(np.unique(phones), tuple(sorted({end for cell in unread for end in ends(cell)})))


def ends(cell: str) -> list[str]:
    """Return the digits of each number in *cell*, without the zeros that lead from home, `TAIL` digits at least."""
    numbers = ("".join(str(int(c)) for c in part if c.isdecimal()).lstrip("0") for part in _NUMBER.findall(cell))
    return [digits for digits in numbers if len(digits) >= TAIL]
