"""When the next request may leave: one pause and one rate for all workers. Has a clock, but never waits itself."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contact_import import api
from contact_import.errors import Unfinished

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a run bears a platform that does not answer, in seconds."""

    rate: float | None = None
    """Requests a second at most."""
    max_outage: float = 900.0
    deadline: float | None = None
    """For the whole run."""


class Pace:
    """Decides how long to wait, from what was answered so far."""

    def __init__(
        self,
        patience: Patience,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._patience = patience
        self._clock = clock
        self._chance = chance
        self._started = clock()
        self._not_before = self._started
        self._failing_since: float | None = None
        self._failures = 0

    def wait(self) -> float:
        """Return the seconds until a request may leave; 0 lets one leave, and counts it for the rate.

        Raises Unfinished once the run's deadline has passed.
        """
        now = self._clock()
        deadline = self._patience.deadline
        if deadline is not None and now - self._started >= deadline:
            raise Unfinished(f"the deadline of {deadline:g} seconds has passed; the same command goes on")
        if now < self._not_before:
            return min(self._not_before, self._started + deadline if deadline is not None else self._not_before) - now
        if self._patience.rate:
            self._not_before = now + 1 / self._patience.rate
        return 0.0

    def well(self) -> None:
        """Note a usable answer."""
        self._failing_since, self._failures = None, 0

    def ill(self, verdict: api.Verdict) -> float:
        """Note a failure, and return the seconds that nobody sends for.

        Raises Unfinished where that is longer than the run bears: since the first failure in a row, or at once.
        """
        now = self._clock()
        self._failing_since = now if self._failing_since is None else self._failing_since
        self._failures += 1
        pause = api.backoff(self._failures, self._chance())
        if verdict.wait is not None:
            pause = max(pause, verdict.wait * (1 + 0.1 * self._chance()))  # not all clients at the same moment
        if now + pause - self._failing_since > self._patience.max_outage:
            raise Unfinished(
                f"the platform gave no usable answer ({verdict.reason}), and asking again now would take longer than "
                f"{self._patience.max_outage:g} seconds in all; the same command goes on later"
            )
        self._not_before = max(self._not_before, now + pause)
        return pause
