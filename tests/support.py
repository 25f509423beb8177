"""Stand-ins that behave: a table in memory, and a platform that stores, refuses, fails and crashes as it is told."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from contact_import import api, phones, pipeline
from contact_import.account import Account
from contact_import.delivery import Delivery, Limits
from contact_import.journal import Journal
from contact_import.models import Column, Frame, Layout, Mapping
from contact_import.pace import Pace, Patience
from contact_import.prepare import Rules
from contact_import.stop import Stop
from contact_import.tries import Tries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from contact_import.account import Sink
    from contact_import.pipeline import Chunk


@dataclass(frozen=True)
class MemoryTable:
    """A table of (name, phone) rows that was never a file; rows count from 2, below a header."""

    rows: tuple[tuple[str, str], ...]
    path: Path = Path("memory.csv")
    sha256: str = "0" * 64
    layout: Layout = Layout("csv", ("Name", "Phone"), 1)

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
    faults: deque[str] = field(default_factory=deque)
    stored: dict[str, str] = field(default_factory=dict)
    """Phone → name."""
    receipts: list[list[str]] = field(default_factory=list)
    """The phones of each request, in order."""
    bodies: dict[str, set[str]] = field(default_factory=dict)
    """Phone → the texts it was sent as."""

    async def post(self, content: bytes) -> api.Answer | api.NoAnswer:
        await asyncio.sleep(0)
        contacts = [entry["profile"]["userDetails"] for entry in json.loads(content)]
        numbers = [_phone(contact) for contact in contacts]
        self.receipts.append(numbers)
        for contact in contacts:
            self.bodies.setdefault(_phone(contact), set()).add(json.dumps(contact))
        fault = self.faults.popleft() if self.faults else ""
        if fault == "crash before":
            raise Crash
        if fault.isdigit():
            return api.Answer(int(fault))
        if fault == "portal":
            return api.Answer(200, {}, b"<html>Please log in</html>")
        if self.refuse.intersection(numbers):
            return api.Answer(400, {}, b'{"success": false, "message": "no"}')
        self.stored.update((_phone(contact), contact.get("userProvidedName", "")) for contact in contacts)
        if fault == "crash after":
            raise Crash
        if fault == "lost":
            return api.NoAnswer("no answer", sent=True)
        if fault.startswith("late "):
            return api.Answer(int(fault.removeprefix("late ")))
        return api.Answer(200, {}, b'{"status": "success", "message": "User profiles imported successfully."}')

    @property
    def times_received(self) -> Counter[str]:
        return Counter(number for numbers in self.receipts for number in numbers)


def _phone(contact: dict[str, Any]) -> str:
    phone = contact["contact"]["phone"]
    return f"{phone['prefix']}{phone['number']}"


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


RULES = Rules(region="IN", evidence=phones.Evidence())


def session(
    people: Sequence[tuple[str, str]],
    platform: Platform,
    journal_path: Path,
    *,
    batch: int = 100,
    workers: int = 1,
    sinks: Sequence[Sink] = (),
    patience: Patience = Patience(),  # noqa: B008
) -> tuple[Account, Stop]:
    """Run one session of an upload of *people*, over the real rooms and a real journal, with nothing slept away."""

    async def run() -> tuple[Account, Stop]:
        with Journal(journal_path) as journal:
            account, stop = Account(len(people), sinks, journal.past()), Stop()
            chunks = pipeline.chunks(
                [source(people)],
                RULES,
                api.Wire(),
                max_bytes=90_000,
                settled=account.settled,
                stopped=lambda: bool(stop),
            )
            tries = Tries(account, Pace(patience, chance=lambda: 0.0), stop, lambda _: None)
            await Delivery(chunks, account, journal, tries, Limits(batch), stop).run([platform] * workers)
            account.check()
            return account, stop

    return asyncio.run(run())
