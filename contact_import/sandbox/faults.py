"""What can be made to go wrong, as data, so that a run can be replayed."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from contact_import.errors import UsageProblem
from contact_import.sandbox.behaviour import IMPORT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

Do = Literal["answer", "drop", "reset", "cut", "stall", "raw"]
When = Literal["before-read", "after-read", "before-commit", "mid-commit", "after-commit", "mid-answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong: `do` it, at the point `when`, to the requests that all of the conditions fit.

    `when` is a point on a request's way. before-read: its head is here, its body is not read. after-read: it is in
    the receive log. before-commit, mid-commit, after-commit: it is valid, and none, half or all of its contacts
    are stored. mid-answer: half of the answer's body is sent.
    """

    do: Do
    """answer: `status`, `headers`, `body`. drop: close without an answer. reset: the same with a TCP reset.
    cut: the same answer, or the sandbox's own in mid-answer, half of it, then close. stall: wait `seconds`, then go
    on. raw: `body` is written as it is, a byte every `seconds` if any, then close."""
    when: When = "after-read"
    path: str = IMPORT
    """Requests to this path only; the others are not counted."""
    nth: int | None = None
    """Only the n-th request, counted from 1 when the sandbox starts."""
    from_nth: int = 1
    """Only from the n-th request on."""
    key: str | None = None
    """Only requests with this number in them, prefix and number in one."""
    rate: float | None = None
    """Only this share of the requests, 0…1, chosen by `seed` and the request's count."""
    seed: int = 0
    times: int | None = None
    """At most so often."""
    status: int = 500
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        wrong = [
            (self.do not in get_args(Do), f"do is one of {', '.join(get_args(Do))}"),
            (self.when not in get_args(When), f"when is one of {', '.join(get_args(When))}"),
            (self.when == "mid-answer" and self.do in ("answer", "raw"), f"{self.do} is too late in mid-answer"),
            (self.when == "before-read" and self.key is not None, "no key is known before-read"),
            (not 200 <= self.status <= 599, "status is 200 to 599"),
            (not "".join(map("".join, self.headers)).isascii(), "headers are ASCII"),
            (self.rate is not None and not 0 <= self.rate <= 1, "rate is 0 to 1"),
        ]
        if problems := [words for is_wrong, words in wrong if is_wrong]:
            raise ValueError("; ".join(problems))

    def fits(self, path: str, number: int, keys: Collection[str]) -> bool:
        """Tell whether the conditions fit the request *number* to *path*, which holds *keys*."""
        return (
            path == self.path
            and number >= self.from_nth
            and self.nth in (None, number)
            and (self.key is None or self.key in keys)
            # Seeded by the count, not drawn in turn: requests at the same time may come in any order.
            and (self.rate is None or random.Random(f"{self.seed}:{number}").random() < self.rate)  # noqa: S311
        )


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

    def meet(self, when: When, path: str, number: int, keys: Collection[str]) -> Iterator[Fault]:
        """Yield the faults that the request *number* to *path* meets at *when*; one that is taken has been met."""
        for index, fault in enumerate(self._faults):
            spent = fault.times is not None and self._met[index] >= fault.times
            if fault.when == when and not spent and fault.fits(path, number, keys):
                self._met[index] += 1
                yield fault


def read_faults(path: Path) -> tuple[Fault, ...]:
    """Return the faults that the TOML file *path* plans: one `[[fault]]` table each, with `Fault`'s names as keys."""
    try:
        plan = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:  # UnicodeDecodeError and TOMLDecodeError are ValueErrors
        raise UsageProblem(f"{path}: cannot be read as TOML: {error}") from error
    tables = plan.get("fault")
    if not isinstance(tables, list) or plan.keys() != {"fault"}:
        raise UsageProblem(f"{path}: one [[fault]] table for each fault, and nothing else, makes a plan")
    found = []
    for count, table in enumerate(tables, 1):
        try:
            found.append(_fault(table))
        except ValueError as error:
            raise UsageProblem(f"{path}: fault {count}: {error}") from error
    return tuple(found)


_KINDS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("do", "when", "path", "key", "body"), (str,)),
    **dict.fromkeys(("nth", "from_nth", "seed", "times", "status"), (int,)),
    **dict.fromkeys(("rate", "seconds"), (int, float)),
    "headers": (dict,),
}


def _fault(table: dict[str, Any]) -> Fault:
    if unknown := sorted(table.keys() - _KINDS.keys()):
        raise ValueError(f"unknown: {', '.join(unknown)}; there are {', '.join(_KINDS)}")
    if "do" not in table:
        raise ValueError("do is missing")
    if wrong := [name for name, value in table.items() if type(value) not in _KINDS[name]]:
        raise ValueError("; ".join(f"{name} is of the wrong type" for name in wrong))
    headers = tuple((name, str(value)) for name, value in table.get("headers", {}).items())
    return Fault(**{**table, "headers": headers, "body": table.get("body", "").encode()})
