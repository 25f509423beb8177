"""How far the platform's clock was ahead of ours, session by session: ours may be set right in between. Pure."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

STEADY = 2.0
"""Seconds by which what is seen of a clock may differ, as the header `Date` has whole seconds."""

Span = tuple[float, float]
"""Seconds, the least and the most that was seen."""
Session = tuple[int, Span | None]
"""The number of a session's first attempt, and what was seen in it; None where no answer told."""


def sessions(kept: Any) -> list[Session]:
    """Read what `kept` wrote, or None where nothing did; oldest first."""
    return [(first, None if least is None else (least, most)) for first, least, most in kept or ()]


def kept(known: Sequence[Session]) -> list[tuple[float | None, ...]]:
    """Return *known* as a journal keeps it."""
    return [(first, *(span or (None, None))) for first, span in known]


def of(known: Sequence[Session], attempt: int) -> Span | None:
    """Return what was seen in the session of *attempt*."""
    at = bisect_right(known, attempt, key=lambda session: session[0])
    return known[at - 1][1] if at else None


def widened(span: Span | None, ahead: float) -> Span | None:
    """Return *span* with *ahead* in it; None where that tells nothing new."""
    if span is None:
        return ahead, ahead
    least, most = span
    return None if least - STEADY <= ahead <= most + STEADY else (min(least, ahead), max(most, ahead))
