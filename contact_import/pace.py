"""When the next request may leave, and how large it may be: one pace for all workers. Has a clock, but never waits.

Three things hold requests back. After a failure nobody sends for a while. After a 429 there is a *rate*: what the
platform bore before, times 0.7, and slowly up again. After five failures in a row, or once failures have cost more than
their *quota*, the platform is *on trial*: one small request at a time, a minute apart, until one is accepted. A session
begins on trial too, without the minute.
"""

from __future__ import annotations

import math
import random
import time
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contact_import import api
from contact_import.api import Kind
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


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests a second: additive increase, multiplicative decrease."""

    limit: float = math.inf
    ceiling: float = math.inf
    """What the user allows."""
    clean: int = 0
    """Usable answers since the limit was last altered."""

    @property
    def gap(self) -> float:
        """Seconds between two requests."""
        return 1 / min(self.limit, self.ceiling)

    def cut(self, measured: float) -> Rate:
        """Return the rate after a 429, where *measured* requests a second left before it."""
        return replace(self, limit=max(0.1, 0.7 * min(self.limit, self.ceiling, measured)), clean=0)

    def grown(self) -> Rate:
        """Return the rate after a usable answer."""
        if self.clean + 1 < 20:
            return replace(self, clean=self.clean + 1)
        return replace(self, limit=self.limit + 1, clean=0)


def _here() -> datetime:
    return datetime.now().astimezone()


class Pace:
    """Decides how long to wait and how much to send, from what was answered so far."""

    def __init__(
        self,
        patience: Patience,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        today: Callable[[], datetime] = _here,
    ) -> None:
        """Begin a session now. *today* tells the time of day, for people."""
        self._patience = patience
        self._clock = clock
        self._chance = chance
        self._today = today
        self._slot = self._pause_end = clock()
        """When the rate and when the last failure let the next request leave."""
        self._end = math.inf if patience.deadline is None else clock() + patience.deadline
        self._rate = Rate(ceiling=patience.rate or math.inf)
        self._left: deque[float] = deque(maxlen=20)
        """When requests left, since the last failure."""
        self._trial: tuple[int, ...] = api.CANARY
        """Rows of the next requests, one after the other; empty where the platform is well."""
        self._quota = api.QUOTA
        self._failures = 0
        """In a row; those of requests that were under way together count once."""
        self._failing_since: float | None = None
        self._last_failure = -math.inf

    # Before a request

    @property
    def room(self) -> float:
        """Rows that the next request may hold at most."""
        return self._trial[0] if self._trial else math.inf

    @property
    def on_trial(self) -> bool:
        """One request at a time: its answer decides how to go on."""
        return bool(self._trial)

    @property
    def paused(self) -> bool:
        """Nobody is to send, also who was let go before."""
        return self._clock() < self._pause_end

    def now(self) -> float:
        """Return the time by the clock that this was given."""
        return self._clock()

    def wait(self) -> float:
        """Return the seconds until a request may leave; 0 lets one leave, and counts it for the rate.

        Raises Unfinished once the run's deadline has passed.
        """
        now = self._clock()
        if now >= self._end:
            raise self._too_late()
        if now < (free := max(self._slot, self._pause_end)):
            return min(free, self._end) - now
        self._slot = now + self._rate.gap
        self._left.append(now)
        return 0.0

    def longest(self) -> float | None:
        """Return the seconds that a request which leaves now may take; None: as long as it likes."""
        return None if self._end == math.inf else max(0.0, self._end - self._clock()) + api.GRACE

    # After it

    def well(self, *, accepted: bool, blamed: int = 0) -> None:
        """Note a usable answer; *blamed* failures turned out to be a row's own, and have cost nothing."""
        self._failing_since, self._failures = None, 0
        self._quota = min(api.QUOTA, self._quota + 1 + blamed * api.COST[Kind.BROKEN])
        self._rate = self._rate.grown()
        if accepted and self._trial:
            self._trial = self._trial[1:]
            self._quota = self._quota if self._trial else api.QUOTA

    def ill(self, verdict: api.Verdict, left: float) -> float:
        """Note the failure of a request that left at *left*, and return the seconds that nobody sends for.

        Raises Unfinished where that is longer than the run bears: since the first failure in a row, or at once.
        """
        now = self._clock()
        self._failing_since = now if self._failing_since is None else self._failing_since
        if left >= self._last_failure:
            self._failures += 1
            if verdict.kind is Kind.BUSY:
                self._rate = self._rate.cut(self._measured(now))
        self._last_failure = now
        self._left.clear()
        self._quota -= api.COST[verdict.kind]
        pause = self._pause(verdict, now)
        self._pause_end = max(self._pause_end, now + pause)
        return pause

    def _measured(self, now: float) -> float:
        """Return the requests a second that left of late; 1 where there were too few to tell."""
        return len(self._left) / max(now - self._left[0], 0.001) if len(self._left) > 1 else 1.0

    def _pause(self, verdict: api.Verdict, now: float) -> float:
        since = now if self._failing_since is None else self._failing_since
        borne = since + self._patience.max_outage
        pause = api.backoff(self._failures, self._chance())
        if self._failures >= api.CIRCUIT or self._quota <= 0:
            self._trial = self._trial or api.PROBE
            pause = max(pause, min(api.PROBE_EVERY, borne - now), 1.0)
        asked = verdict.wait or 0.0
        pause = max(pause, asked * (1 + 0.1 * self._chance()))  # not all clients at the same moment
        if asked > api.LONGEST_RETRY_AFTER or now + pause > min(borne, self._end):
            raise self._given_up(verdict.reason, asked, min(borne, self._end) - now)
        return pause

    def _given_up(self, reason: str, asked: float, borne: float) -> Unfinished:
        """Return why the run ends where the far side asked for a pause of *asked* seconds, and *borne* are borne."""
        words = f"the platform gave no usable answer ({reason})"
        if asked > min(borne, api.LONGEST_RETRY_AFTER):
            today = self._today()
            begin = today + timedelta(seconds=math.ceil(asked))
            day = "" if begin.date() == today.date() else f"{begin:%Y-%m-%d} "
            return Unfinished(
                f"{words} and wants to be asked not before {day}{begin:%H:%M}; the same command goes on then"
            )
        if self._clock() + borne >= self._end:
            return self._too_late(f"{words}; ")
        return Unfinished(
            f"{words}, and asking again now would take longer than {self._patience.max_outage:g} seconds in all; "
            "the same command goes on later"
        )

    def _too_late(self, words: str = "") -> Unfinished:
        return Unfinished(
            f"{words}the deadline of {self._patience.deadline:g} seconds is over; the same command goes on"
        )
