"""What a run sent, as its journal has it: marks of phones, and when the platform may have taken each. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contact_import.marks import BLANK
from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from contact_import.journal import Attempt, Journal

LATE = 900.0
"""Seconds after which a new contact may show up, as the platform documents it."""
TRUSTED = 86_400.0
"""Seconds that two clocks may differ; a greater difference is no clock to date anything by."""
NOT_STORED = {Outcome.REJECTED, Outcome.NOT_SENT}
"""Outcomes of an attempt that say that the platform took none of its rows."""


Span = tuple[float, float]
"""From, to: seconds since 1970, by the platform's clock."""


@dataclass(slots=True)
class Sent:
    """Of one run."""

    mark: Callable[[int], bytes]
    """What its journal makes of a phone."""
    accepted: dict[bytes, int] = field(default_factory=dict)
    """Mark → position."""
    unmarked: list[int] = field(default_factory=list)
    """Positions of accepted rows whose mark is not there: taken out, or never kept."""
    spans: dict[bytes, tuple[Span, ...]] = field(default_factory=dict)
    """Mark → when the platform may have made a contact of its row, as far as the clocks are to be trusted."""
    touched: set[bytes] = field(default_factory=set)
    """Marks of the rows that the platform may have taken."""

    @classmethod
    def of(cls, journal: Journal) -> Sent:
        """Return what *journal* has; it is not needed after that."""
        return cls.told(journal.mark, journal.attempts())

    @classmethod
    def told(cls, mark_of: Callable[[int], bytes], attempts: Iterable[Attempt]) -> Sent:
        """Return what *attempts* tell, whose marks are made by *mark_of*."""
        found = cls(mark_of)
        for attempt in attempts:
            accepted, spans = attempt.outcome == Outcome.ACCEPTED, _spans(attempt)
            for index, position in enumerate(attempt.positions):
                mark = attempt.marks[index] if index < len(attempt.marks) else BLANK
                if mark == BLANK:
                    found.unmarked += [position] if accepted else []
                    continue
                if accepted:
                    found.accepted[mark] = position
                if attempt.outcome not in NOT_STORED:
                    found.touched.add(mark)
                    found.spans[mark] = found.spans.get(mark, ()) + spans
        return found


def _spans(attempt: Attempt) -> tuple[Span, ...]:
    """Return when the platform may have made the contacts of *attempt*; nothing where the clocks do not tell.

    What was seen of the clocks is used for the shortest span, and who lasted longer than `LATE` was asleep in between:
    a contact too many that stays does no harm, one too many that goes does.
    """
    if attempt.clock is None or max(map(abs, attempt.clock)) > TRUSTED:
        return ()
    least, most = attempt.clock
    ended = min(attempt.ended or attempt.started, attempt.started + LATE)
    return ((attempt.started + most, ended + least + LATE),)
