"""A mapping in the making."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contact_import import models
from contact_import.mapping import given as named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.mapping.values import Values


class Draft:
    """What has been said of each column so far. A column that is settled stays so."""

    def __init__(self, headers: Sequence[str], values: Values) -> None:
        self.headers = tuple(headers)
        self.shown = named.names(headers)
        self.values = values
        self.columns: dict[int, models.Column] = {}

    def settle(self, index: int, field: str | None, reason: str, rank: int = 0, confidence: str = "sure") -> None:
        """Say what column *index* feeds, unless that has been said."""
        self.columns.setdefault(index, models.Column(index, self.shown[index], field, reason, rank, confidence))

    def leave(self, index: int, reason: str) -> None:
        """Say that column *index* feeds nothing."""
        self.settle(index, None, reason, confidence="")

    def feeding(self, *fields: str) -> list[models.Column]:
        """Return the columns that feed any of *fields*, in the file's order."""
        return [self.columns[index] for index in sorted(self.columns) if self.columns[index].field in fields]

    def places(self, field: str) -> list[int]:
        """Return the positions of the columns that feed *field*, in the file's order."""
        return [column.index for column in self.feeding(field)]

    def free(self) -> list[int]:
        """Return the columns that nothing has been said of."""
        return [index for index in range(len(self.headers)) if index not in self.columns]

    def has(self, *fields: str) -> bool:
        """Tell whether any of *fields* is fed."""
        return bool(self.feeding(*fields))

    def quoted(self, index: int) -> str:
        """Return how a reason speaks of the header of column *index*."""
        return f'header "{self.shown[index]}"'
