"""Batches: the contacts of one request, cut from the stream of chunks, cut smaller, and kept until their next turn."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from contact_import.api import History

if TYPE_CHECKING:
    from contact_import.pipeline import Chunk


@dataclass(frozen=True, slots=True)
class Batch:
    """The contacts of one request."""

    positions: np.ndarray
    contacts: tuple[bytes, ...]
    phones: np.ndarray
    """Prefix and number in one: int64."""
    history: History = field(default_factory=History)

    def __len__(self) -> int:
        return len(self.contacts)

    @property
    def size(self) -> int:
        """Bytes of the request's body."""
        return sum(map(len, self.contacts)) + len(self.contacts) + 1

    def cut(self, rows: int) -> tuple[Batch, Batch]:
        """Return its first *rows* rows, and the others."""
        return self._part(slice(None, rows)), self._part(slice(rows, None))

    def _part(self, where: slice) -> Batch:
        return replace(self, positions=self.positions[where], contacts=self.contacts[where], phones=self.phones[where])

    def halves(self) -> tuple[Batch, Batch]:
        """Return the first and the second half, of two rows at least: something in it was refused."""
        return replace(self, history=History()).cut(len(self) // 2)

    def suspects(self) -> tuple[Batch, Batch]:
        """Return the halves where the platform broke on the whole again and again."""
        first, second = (replace(half, history=self.history.of_a_part(len(half))) for half in self.cut(len(self) // 2))
        return first, second


class Stock:
    """The pending rows at hand; hands them out as batches: in order, but for those that come back."""

    def __init__(self) -> None:
        self._positions: np.ndarray = np.array([], np.int64)
        self._phones: np.ndarray = np.array([], np.int64)
        self._contacts: tuple[bytes, ...] = ()
        self._back: deque[Batch] = deque()

    def __bool__(self) -> bool:
        return bool(self._contacts or self._back)

    @property
    def fresh(self) -> int:
        """Rows that were not handed out yet."""
        return len(self._contacts)

    def add(self, chunk: Chunk) -> None:
        """Take in the pending rows of *chunk*."""
        self._positions = np.concatenate([self._positions, chunk.pending])
        self._phones = np.concatenate([self._phones, chunk.phones])
        self._contacts += chunk.contacts

    def put_back(self, *batches: Batch) -> None:
        """Take *batches* back; they are the next ones."""
        self._back.extendleft(reversed(batches))

    def put_behind(self, *batches: Batch) -> None:
        """Take *batches* back, behind all that were taken back before."""
        self._back.extend(batches)

    def take(self, rows: float, max_bytes: int, accepted: int) -> Batch:
        """Return a batch of what is at hand: at most *rows* rows and, from the second on, *max_bytes* bytes.

        What came back goes first. Of batches that failed often only those do that have seen others get through, by
        the *accepted* rows; the rest is kept until there is nothing else. There must be something at hand.
        """
        ready = (batch for batch in self._back if batch.history.is_next(accepted))
        again = next(ready, None) or (None if self._contacts else self._back[0])
        if again is None:
            return self._cut(rows, max_bytes)
        place = next(place for place, batch in enumerate(self._back) if batch is again)
        del self._back[place]
        if len(again) <= rows:
            return again
        first, rest = again.cut(int(rows))
        self.put_back(rest)
        return first

    def _cut(self, rows: float, max_bytes: int) -> Batch:
        """Return a batch of fresh rows."""
        count, size = 0, 1
        for contact in self._contacts:
            size += len(contact) + 1
            if count >= rows or (size > max_bytes and count):
                break
            count += 1
        batch = Batch(self._positions[:count], self._contacts[:count], self._phones[:count])
        self._positions, self._phones = self._positions[count:], self._phones[count:]
        self._contacts = self._contacts[count:]
        return batch
