"""The guard: a run in which too many rows are rejected is stopped while most of them can still be looked at."""

from __future__ import annotations

from typing import NoReturn

import numpy as np

from contact_import.errors import InputProblem

BRAKE = 20.0
"""Percent of the rows it was asked about that the platform may refuse, where the user does not say."""
BRAKE_FROM = 100
"""So many rows must be answered before that counts."""


class Guard:
    """Counts what the platform was asked about and what it refused, in all sessions of a run of *rows* rows.

    All rows of a refused request count as answered at once: in which order it is halved decides nothing.
    """

    def __init__(self, rows: int, max_reject: float | None) -> None:
        """*max_reject*: percent, of the rows read and of the rows answered; None: the brake alone."""
        self._max_reject = max_reject
        self._is_tripped = False
        self._known = np.zeros(rows, dtype=bool)
        self._answered = 0
        self._refused = 0

    @property
    def anything_goes(self) -> bool:
        """Whether the user wants to go on whatever is rejected."""
        return self._max_reject == 100

    def answered(self, positions: np.ndarray | slice) -> None:
        """Note that the platform said something about the rows at *positions*, be it as a whole."""
        self._answered += int((~self._known[positions]).sum())
        self._known[positions] = True

    def refused(self, rows: int) -> None:
        """Note that it refused *rows* of them, each by itself."""
        self._refused += rows

    def was_answered(self, positions: np.ndarray) -> np.ndarray:
        """Tell which of the rows at *positions* it said something about: bool."""
        found: np.ndarray = self._known[positions]
        return found

    def check(self, rejected: int, read: int) -> None:
        """Raise InputProblem where too many rows are rejected. That happens once; from then on all is only counted.

        *rejected*: rows of the *read* ones, here or by the platform.
        """
        if self._is_tripped:
            return
        limit = self._max_reject
        if limit is not None and 100 * rejected > limit * read:
            self._trip(
                f"{rejected} of the {read} rows read so far are rejected, more than the {limit:g} % of --max-reject; "
                "look at the failures file before you go on"
            )
        limit = BRAKE if limit is None else limit
        if self._answered >= BRAKE_FROM and 100 * self._refused > limit * self._answered:
            self._trip(
                f"the platform refused {self._refused} of the {self._answered} rows it was asked about, more than "
                f"{limit:g} %; look at the failures file; to go on all the same, add --max-reject 100"
            )

    def _trip(self, words: str) -> NoReturn:
        self._is_tripped = True
        raise InputProblem(words)
