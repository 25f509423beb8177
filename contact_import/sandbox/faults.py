"""What can be made to go wrong, as data, so that a run can be replayed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from contact_import.sandbox.behaviour import IMPORT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contact_import.sandbox.call import Call

Do = Literal["answer", "drop", "reset", "lose", "cut", "stall", "raw"]
When = Literal["before-read", "after-read", "before-commit", "mid-commit", "after-commit", "mid-answer", "after-answer"]
POSSIBLE: dict[str, tuple[str, ...]] = {
    "before-read": ("answer", "drop", "reset", "cut", "stall", "raw"),
    "mid-answer": ("drop", "reset", "cut", "stall"),
    "after-answer": ("drop", "reset"),
}
"""What can be done at the points where not everything can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong: `do` it, at the point `when`, to the requests that all of the conditions fit.

    `when` is a point on a request's way. before-read: its head is here, its body is not read. after-read: it is in
    the receive log. before-commit, mid-commit, after-commit: it is valid, and none, half or all of its contacts
    are stored. mid-answer: half of the answer's body is sent. after-answer: all of it is.
    """

    do: Do
    """answer: `status`, `headers`, `body`. drop: close without an answer. reset: the same with a TCP reset.
    lose: close without an answer, and go on with the request `seconds` later. cut: the same answer, or the sandbox's
    own in mid-answer, half of it, then close. stall: wait `seconds`, then go on. raw: `body` is written as it is, and
    then `filler` for as long as the client listens; a byte every `seconds`, if any; then close."""
    when: When = "after-read"
    path: str = IMPORT
    """Requests to this path only; the others are not counted."""
    nth: int | None = None
    """Only the n-th request, counted from 1 when the sandbox starts."""
    from_nth: int = 1
    """Only from the n-th request on."""
    key: str | None = None
    """Only requests with this number in them, prefix and number in one."""
    reused: bool = False
    """Only requests on a connection that was used before."""
    rate: float | None = None
    """Only this share of the requests, 0…1, chosen by `seed`, the fault's place in the plan and the request's count."""
    seed: int = 0
    times: int | None = None
    """At most so often."""
    status: int = 500
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    filler: bytes = b""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        possible = POSSIBLE.get(self.when, get_args(Do))
        wrong = [
            (self.do not in get_args(Do), f"do is one of {', '.join(get_args(Do))}"),
            (self.when not in get_args(When), f"when is one of {', '.join(get_args(When))}"),
            (self.do in get_args(Do) and self.do not in possible, f"{self.do} cannot be done {self.when}"),
            (self.when == "before-read" and self.key is not None, "no key is known before-read"),
            (not 200 <= self.status <= 599, "status is 200 to 599"),
            (not "".join(map("".join, self.headers)).isascii(), "headers are ASCII"),
            (self.rate is not None and not 0 <= self.rate <= 1, "rate is 0 to 1"),
        ]
        if problems := [words for is_wrong, words in wrong if is_wrong]:
            raise ValueError("; ".join(problems))

    def fits(self, call: Call, place: int) -> bool:
        """Tell whether the conditions of this fault, the one at *place* in its plan, fit *call*."""
        return (
            call.path == self.path
            and call.number >= self.from_nth
            and self.nth in (None, call.number)
            and (self.key is None or self.key in call.keys)
            and (call.reused or not self.reused)
            and (self.rate is None or self._draw(call.number, place) < self.rate)
        )

    def _draw(self, number: int, place: int) -> float:
        # Seeded by the count, not drawn in turn: requests at the same time may come in any order.
        return random.Random(f"{self.seed}:{place}:{number}").random()  # noqa: S311


class FaultPlan:
    """The faults of one running sandbox: counts the requests, and how often each fault was met."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = faults
        self._met: Counter[int] = Counter()
        self._requests: Counter[str] = Counter()

    def arrive(self, path: str) -> int:
        """Count a request to *path*, and return which one it is, from 1."""
        self._requests[path] += 1
        return self._requests[path]

    def has(self, when: When) -> bool:
        """Tell whether any fault is planned for the point *when*."""
        return any(fault.when == when for fault in self._faults)

    def meet(self, when: When, call: Call) -> Iterator[Fault]:
        """Yield the faults that *call* meets at *when*; one that is taken has been met."""
        for place, fault in enumerate(self._faults):
            spent = fault.times is not None and self._met[place] >= fault.times
            if fault.when == when and not spent and fault.fits(call, place):
                self._met[place] += 1
                yield fault
