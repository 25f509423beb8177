"""Batches: the contacts of one request, cut from the stream of chunks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from contact_import.pipeline import Chunk


@dataclass(frozen=True, slots=True)
class Batch:
    """The contacts of one request."""

    positions: np.ndarray
    contacts: tuple[bytes, ...]
    phones: np.ndarray
    """Prefix and number in one: int64."""
    second_turn: bool = False
    """It failed again and again before, and was set aside."""

    def __len__(self) -> int:
        return len(self.contacts)

    @property
    def size(self) -> int:
        """Bytes of the request's body."""
        return sum(map(len, self.contacts)) + len(self.contacts) + 1

    def halves(self) -> tuple[Batch, Batch]:
        """Return the first and the second half; of two rows at least."""
        middle = len(self) // 2
        first, second = slice(None, middle), slice(middle, None)
        return self._part(first), self._part(second)

    def _part(self, where: slice) -> Batch:
        return replace(self, positions=self.positions[where], contacts=self.contacts[where], phones=self.phones[where])


class Stock:
    """The pending rows at hand; hands them out as batches, in order."""

    def __init__(self) -> None:
        self._positions: np.ndarray = np.array([], np.int64)
        self._phones: np.ndarray = np.array([], np.int64)
        self._contacts: tuple[bytes, ...] = ()

    def __len__(self) -> int:
        return len(self._contacts)

    def add(self, chunk: Chunk) -> None:
        """Take in the pending rows of *chunk*."""
        self._positions = np.concatenate([self._positions, chunk.pending])
        self._phones = np.concatenate([self._phones, chunk.phones])
        self._contacts += chunk.contacts

    def take(self, rows: int, max_bytes: int) -> Batch:
        """Return a batch of what is at hand: at most *rows* rows and, from the second on, *max_bytes* bytes."""
        count, size = 0, 1
        for contact in self._contacts[:rows]:
            size += len(contact) + 1
            if size > max_bytes and count:
                break
            count += 1
        batch = Batch(self._positions[:count], self._contacts[:count], self._phones[:count])
        self._positions, self._phones = self._positions[count:], self._phones[count:]
        self._contacts = self._contacts[count:]
        return batch
