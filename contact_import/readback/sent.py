"""What a run sent, as its journal has it: marks of phones, and when each was first under way. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contact_import.journal import BLANK
from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from contact_import.journal import Journal

NOT_STORED = {Outcome.REJECTED, Outcome.NOT_SENT}
"""Outcomes of an attempt that say that the platform took none of its rows."""


@dataclass(slots=True)
class Sent:
    """Of one run."""

    mark: Callable[[int], bytes]
    """What its journal makes of a phone."""
    accepted: dict[bytes, int] = field(default_factory=dict)
    """Mark → position."""
    unmarked: list[int] = field(default_factory=list)
    """Positions of accepted rows whose mark is not there: taken out, or never kept."""
    began: dict[bytes, float] = field(default_factory=dict)
    """Mark → when its row was first under way: seconds since 1970, by the clock of this machine."""
    touched: set[bytes] = field(default_factory=set)
    """Marks of the rows that the platform may have taken."""

    @classmethod
    def of(cls, journal: Journal) -> Sent:
        """Return what *journal* has; it is not needed after that."""
        found = cls(journal.mark)
        for attempt in journal.attempts():
            accepted = attempt.outcome == Outcome.ACCEPTED
            for index, position in enumerate(attempt.positions):
                mark = attempt.marks[index] if index < len(attempt.marks) else BLANK
                if mark == BLANK:
                    found.unmarked += [position] if accepted else []
                    continue
                found.began.setdefault(mark, attempt.started)
                if accepted:
                    found.accepted[mark] = position
                if attempt.outcome not in NOT_STORED:
                    found.touched.add(mark)
        return found
