"""What is kept of phones to know them again, and not to read them: keyed hashes, with a key for each journal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = 8
"""Bytes of a mark: enough that no two phones of a run share one."""

BLANK = bytes(MARK)
"""What stands in the place of a mark that was taken out."""


def mark(key: bytes, phone: int) -> bytes:
    """Return the mark that *key* makes of *phone*, prefix and number in one."""
    return hashlib.blake2b(phone.to_bytes(8, "big"), key=key, digest_size=MARK).digest()


def cut(marks: bytes) -> Iterator[bytes]:
    """Yield each of the *marks* that are kept in a row."""
    return (marks[place : place + MARK] for place in range(0, len(marks), MARK))


@dataclass(frozen=True, slots=True)
class Marks:
    """The phones that a run has as accepted."""

    run: str
    key: bytes
    known: frozenset[bytes]

    def hold(self, phones: np.ndarray) -> np.ndarray:
        """Tell of each of *phones* (int64) whether it is one of them: bool, shape (n,)."""
        found = (mark(self.key, phone) in self.known for phone in phones.tolist())
        return np.fromiter(found, dtype=bool, count=len(phones))
