"""What follows from an answer: the figures, and the next step of a batch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from contact_import.api.answers import Kind

if TYPE_CHECKING:
    from contact_import.api.answers import Verdict

CANARY = (1, 10)
"""Rows of the first requests: what is wrong with everything shows on one contact, not on a hundred."""
PROBE = (10,)
"""Rows of the request that finds out whether a platform in trouble is well again."""
PROBE_EVERY = 60.0
"""Seconds."""
CIRCUIT = 5
"""Failures in a row after which a platform is only probed."""
QUOTA = 100
"""What failures may cost until a platform is only probed; every usable answer gives one back."""
COST = {Kind.AWAY: 5, Kind.BUSY: 5, Kind.FAILED: 10, Kind.BROKEN: 10, Kind.STRANGE: 10}
"""What a failure costs: more where something may have been stored, or took its time to fail."""
MAX_TRIES = 6
"""Failures of one batch, while other batches get through."""
TRIES_IN_A_ROW = 3
"""Failures of one batch before others go first; and faults of the platform on it before the batch is suspected."""
SYSTEMIC = 5
"""So many single rows refused in the same way, and none accepted: the refusal is not about the rows."""
LONGEST_PAUSE = 60.0
"""Seconds."""
LONGEST_RETRY_AFTER = 900.0
"""Seconds; who asks for more is asked again by the next run."""
RESEND_WINDOW = 86_400.0
"""Seconds after which a row in doubt is not sent again unasked: it may have been edited on the platform meanwhile."""
GRACE = 30.0
"""Seconds that requests under way get to end in, after a signal or the deadline of the run."""


def backoff(failures: int, chance: float) -> float:
    """Return the seconds to wait after *failures* failures in a row: full jitter, *chance* in 0…1."""
    return chance * min(LONGEST_PAUSE, 0.5 * 2.0 ** min(failures, 20))


class Step(Enum):
    """What becomes of a batch after an answer."""

    ACCEPT = auto()
    HALVE = auto()
    """Each half by itself, down to the rows."""
    REJECT = auto()
    """It is a single row, and it is the row."""
    AGAIN = auto()
    """The same bytes once more."""
    LEAVE = auto()
    """Not in this session."""
    STOP = auto()
    """Nor anything else."""


@dataclass(frozen=True, slots=True)
class History:
    """What a batch has been through: the requests with it that settled nothing, for a reason that may be in it."""

    failures: int = 0
    broken: int = 0
    """Those of them on which the platform broke."""
    first: float = math.inf
    """Rows accepted in this session when it failed first, or when what it was cut from failed last; ∞: it never did."""
    last: float = math.inf
    """Rows accepted when it failed last."""
    others: bool = False
    """Others got through between its first failure and its last: the platform is well, for them."""
    lately: bool = False
    """Others got through between its last two failures."""

    def failed(self, accepted: int, *, broken: bool) -> History:
        """Return the history after one more failure, when *accepted* rows are accepted by now."""
        first, lately = min(self.first, accepted), accepted > self.last
        return History(self.failures + 1, self.broken + broken, first, accepted, accepted > first, lately)

    def of_a_part(self, rows: int) -> History:
        """Return what *rows* rows begin with, cut from a batch on which the platform broke again and again.

        To break on them once more is enough to cut them too, but a row alone is not blamed for what others did.
        """
        return History(broken=TRIES_IN_A_ROW - 1 if rows > 1 else 0, first=self.last, last=self.last)

    def is_next(self, accepted: int) -> bool:
        """Tell whether the batch goes before others: not where it failed often, unless others got through since."""
        return self.failures < TRIES_IN_A_ROW or accepted > self.last


_CLEAR = {Kind.ACCEPTED: Step.ACCEPT, Kind.TOKEN: Step.STOP, Kind.NOT_THE_API: Step.STOP}


def next_step(verdict: Verdict, rows: int, history: History, *, proven: bool, last: bool, hold: bool) -> Step:
    """Tell what becomes of a batch of *rows* rows after *verdict*; its *history* ends with it.

    *proven*: something was accepted in this session. *last*: there is nothing else to send. *hold*: what may be stored
    is not sent again.
    """
    if step := _CLEAR.get(verdict.kind):
        return step
    if verdict.kind in {Kind.REFUSED, Kind.TOO_LARGE}:
        return Step.HALVE if rows > 1 else Step.REJECT
    if verdict.kind is Kind.STRANGE and not proven:
        return Step.STOP
    if hold and verdict.maybe_stored:
        return Step.LEAVE
    if verdict.kind is Kind.BROKEN and proven and history.broken >= TRIES_IN_A_ROW and (rows > 1 or history.others):
        return Step.HALVE if rows > 1 else Step.REJECT
    hopeless = history.failures >= MAX_TRIES and (history.lately or (history.others and last))
    return Step.LEAVE if hopeless else Step.AGAIN


def is_trouble(verdict: Verdict, step: Step, history: History) -> bool:
    """Tell whether *verdict* shows the platform in trouble, and not only with rows that others got through beside."""
    blamed = step is Step.REJECT or (step is Step.HALVE and history.lately)
    return verdict.kind in COST and step is not Step.STOP and not blamed
