"""Stand-ins that behave: a table in memory, and a platform that stores, refuses, fails and crashes as it is told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import os
import tempfile
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from contact_import import api, phones, pipeline
from contact_import.account import Account
from contact_import.delivery import Delivery, Limits
from contact_import.errors import Interrupted
from contact_import.journal import Journal
from contact_import.models import Column, Frame, Layout, Mapping
from contact_import.pace import Pace, Patience
from contact_import.prepare import Rules
from contact_import.stop import Stop
from contact_import.tries import Tries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from contact_import.account import Sink
    from contact_import.pipeline import Chunk


@dataclass(frozen=True)
class MemoryTable:
    """A table of (name, phone) rows that was never a file; rows count from 2, below a header."""

    rows: tuple[tuple[str, str], ...]
    path: Path = Path("memory.csv")
    sha256: str = "0" * 64
    layout: Layout = Layout("csv", ("Name", "Phone"), 1)
    hidden: tuple[int, ...] = ()
    struck: tuple[()] = ()

    def frames(self, size: int) -> Iterator[Frame]:
        for start in range(0, len(self.rows), size):
            part = self.rows[start : start + size]
            numbers = np.arange(start + 2, start + 2 + len(part), dtype=np.int64)
            yield Frame(numbers, pd.DataFrame(part, columns=range(2), dtype=object))


NAME_AND_PHONE = Mapping((Column(0, "Name", "name", "test"), Column(1, "Phone", "phone", "test")))


def source(rows: Iterable[tuple[str, str]]) -> pipeline.Source:
    return pipeline.Source(MemoryTable(tuple(rows)), NAME_AND_PHONE)  # type: ignore[arg-type]


class Crash(BaseException):
    """The machine went away."""


@dataclass
class Platform:
    """The far side, as the API's documentation has it, with faults to order.

    Each request takes the next of *faults*: "" none; an HTTP status, answered before anything is stored; "lost", the
    answer never comes although all is stored; "late 500", a status after storing; "crash before", "crash after": our
    own machine goes away before or after the platform stored; "portal", somebody else's 200.
    """

    refuse: frozenset[str] = frozenset()
    """Phones that it answers 400 to."""
    faults: deque[str] = field(default_factory=deque)
    stored: dict[str, str] = field(default_factory=dict)
    """Phone → name."""
    receipts: list[list[str]] = field(default_factory=list)
    """The phones of each request, in order."""
    bodies: dict[str, set[str]] = field(default_factory=dict)
    """Phone → the texts it was sent as."""
    breaks_on: frozenset[str] = frozenset()
    """Phones that it answers 500 to."""
    broken: Counter[str] = field(default_factory=Counter)
    """Phone → how often a request with it was answered 500."""

    log: list[tuple[str, str, str]] = field(default_factory=list)
    """Phone, what it was sent as, and what came of it: "ok", "refused", "untaken", or "doubt", stored or not."""

    async def post(self, content: bytes) -> api.Answer | api.NoAnswer:
        await asyncio.sleep(0)
        contacts = {
            _phone(entry["profile"]["userDetails"]): entry["profile"]["userDetails"] for entry in json.loads(content)
        }
        self.receipts.append(list(contacts))
        fault = self.faults.popleft() if self.faults else ""
        fault = "500" if not fault and self.breaks_on.intersection(contacts) else fault
        for number, contact in contacts.items():
            self.bodies.setdefault(number, set()).add(json.dumps(contact))
            self.broken[number] += fault.endswith("500")
        refused = bool(self.refuse.intersection(contacts)) and fault in {"", "lost", "crash after", *_LATE}
        result = "refused" if refused else _RESULTS.get(fault, "doubt")
        self.log += [(number, json.dumps(contact), result) for number, contact in contacts.items()]
        if fault == "crash before":
            raise Crash
        if fault.isdigit():
            return api.Answer(int(fault))
        if fault == "portal":
            return api.Answer(200, {}, b"<html>Please log in</html>")
        if refused:
            return api.Answer(400, {}, b'{"success": false, "message": "no"}')
        self.stored.update((number, contact.get("userProvidedName", "")) for number, contact in contacts.items())
        if fault == "crash after":
            raise Crash
        if fault == "lost":
            return api.NoAnswer("no answer", sent=True)
        if fault in _LATE:
            return api.Answer(int(fault.removeprefix("late ")))
        return api.Answer(200, {}, b'{"status": "success", "message": "User profiles imported successfully."}')

    @property
    def times_received(self) -> Counter[str]:
        return Counter(number for numbers in self.receipts for number in numbers)


_LATE = ("late 500", "late 502", "late 504")
_RESULTS = {"": "ok", "429": "untaken", "401": "untaken"}


def _phone(contact: dict[str, Any]) -> str:
    phone = contact["contact"]["phone"]
    return f"{phone['prefix']}{phone['number']}"


@dataclass
class Rule(Platform):
    """A platform that answers by a rule, given the phones of a request and its bytes; None: as usual."""

    rule: Callable[[list[str], bytes], api.Answer | api.NoAnswer | None] = lambda _phones, _content: None
    answers: list[tuple[int, int]] = field(default_factory=list)
    """Rows, bytes of each request."""

    async def post(self, content: bytes) -> api.Answer | api.NoAnswer:
        contacts = [entry["profile"]["userDetails"]["contact"]["phone"] for entry in json.loads(content)]
        numbers = [f"{phone['prefix']}{phone['number']}" for phone in contacts]
        self.answers.append((len(numbers), len(content)))
        if (answer := self.rule(numbers, content)) is not None:
            await asyncio.sleep(0)
            self.receipts.append(numbers)
            return answer
        return await super().post(content)


@dataclass
class Ended:
    """A sink that remembers how every row ended."""

    rows: list[tuple[int, str, str]] = field(default_factory=list)
    """Row number, outcome, reason."""

    def write(self, chunk: Chunk) -> None:
        self.rows += chunk.sheet[["row", "outcome", "reason"]].itertuples(index=False, name=None)

    @property
    def outcomes(self) -> dict[int, str]:
        return {row: outcome for row, outcome, _ in self.rows}

    @property
    def blamed(self) -> list[int]:
        """Rows that were rejected since the platform breaks on them: nobody knows whether they are stored."""
        return [row for row, _, reason in self.rows if reason.startswith("api-failed")]


RULES = Rules(region="IN", evidence=phones.Evidence())


@dataclass
class Clock:
    """A clock that only the pauses of a run move."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


class Waiting(Stop):
    """A stop whose waits pass at once, by a clock of its own."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock

    async def within(self, seconds: float) -> None:
        until = self.clock.now + seconds
        await asyncio.sleep(0)
        self.clock.now = max(self.clock.now, until)


def session(
    people: Sequence[tuple[str, str]],
    platform: Platform,
    journal_path: Path,
    *,
    batch: int = 100,
    workers: int = 1,
    sinks: Sequence[Sink] = (),
    patience: Patience = Patience(),  # noqa: B008
    clock: Clock | None = None,
    chance: float = 0.0,
    max_bytes: int = 90_000,
    max_reject: float | None = None,
    resend_after: float = -math.inf,
    abandoned: Callable[[], bool] | None = None,
    **choices: Any,
) -> tuple[Account, Stop]:
    """Run one session of an upload of *people*, over the real rooms and a real journal, on a clock that needs no time.

    Once *abandoned* says so, what is under way is not waited for any more. *choices* are those of `Tries`.
    """
    clock = clock or Clock()

    async def run() -> tuple[Account, Stop]:
        with Journal(journal_path) as journal:
            account, stop = Account(len(people), sinks, journal.past(), max_reject, resend_after), Waiting(clock)
            chunks = pipeline.chunks(
                [source(people)],
                RULES,
                api.Wire(),
                max_bytes=max_bytes,
                settled=account.settled,
                stopped=lambda: bool(stop),
            )
            tries = Tries(account, Pace(patience, clock, chance=lambda: chance), stop, lambda _: None, **choices)
            delivery = Delivery(chunks, account, journal, tries, Limits(batch, max_bytes), stop)
            running = asyncio.create_task(delivery.run([platform] * workers))
            while abandoned and not running.done():
                await asyncio.sleep(0)
                if abandoned():
                    stop.because(Interrupted(15))
                    running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running
            if running.cancelled():
                await delivery.abandon()
            account.check()
            return account, stop

    return asyncio.run(run())


def people(count: int) -> list[tuple[str, str]]:
    return [(f"Person {index}", f"98{index:08d}") for index in range(10_000_000, 10_000_000 + count)]


def phones_of(table: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset(f"91{phone}" for _, phone in table)


def sizes(platform: Platform) -> list[int]:
    return [len(receipt) for receipt in platform.receipts]


def counts(ended: Ended) -> Counter[str]:
    return Counter(outcome for _, outcome, _ in ended.rows)


def timed(table: Sequence[tuple[str, str]], platform: Platform, **choices: Any) -> tuple[Ended, Stop]:
    """Run one session with a journal in memory; return how it ended, and why where it was stopped."""
    ended = Ended()
    with folder_in_memory() as folder:
        _, stop = session(table, platform, Path(folder) / "j", sinks=[ended], **choices)
    return ended, stop


def examples(count: int) -> int:
    """Return how many examples a property is tried on: *count*, times what the environment variable EXAMPLES says."""
    return max(1, int(count * float(os.environ.get("EXAMPLES", "1"))))


def folder_in_memory() -> tempfile.TemporaryDirectory[str]:
    """Return a folder for a journal: thousands of commits, and most tests are not about the disk."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)
