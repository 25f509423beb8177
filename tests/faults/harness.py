"""A session of the real client against a real server, on a clock that its pauses alone move."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections import Counter
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from contact_import import api, pipeline
from contact_import.account import Account
from contact_import.credentials import Secret
from contact_import.delivery import Delivery, Limits
from contact_import.journal import Journal
from contact_import.pace import Pace, Patience
from contact_import.sandbox import Behaviour, Sandbox
from contact_import.sender import Sender, Target
from contact_import.stop import Stop
from contact_import.summary import exit_code
from contact_import.tries import Tries
from tests.support import RULES, Clock, Ended, Waiting, folder_in_memory, source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from contact_import.sandbox import Fault, Receipt

    Table = Sequence[tuple[str, str]]

BATCH = 10
LONG, SHORT = 30.0, 0.25
"""Seconds for a request that is to get through, and for one that is not."""


def people(count: int) -> list[tuple[str, str]]:
    """Return a table of *count* people; their requests hold 1, 10, 10, … of them."""
    return [(f"Person {number}", f"98{number:08d}") for number in range(10_000_000, 10_000_000 + count)]


def phone(table: Table, index: int) -> str:
    return f"91{table[index][1]}"


@contextmanager
def sandbox(*faults: Fault, **choices: Any) -> Iterator[Sandbox]:
    with folder_in_memory() as folder, Sandbox(Path(folder) / "store", Behaviour(faults=faults, **choices)) as served:
        yield served


@dataclass(frozen=True)
class Exchange:
    """One request as the client saw it."""

    phones: tuple[str, ...]
    answer: api.Answer | api.NoAnswer
    began: float
    """By the run's clock."""


@dataclass
class Line:
    """How requests are sent: where to, which of them must be quick, and what came of each."""

    base_url: str
    trust: ssl.SSLContext = field(default_factory=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    quick: Callable[[int, tuple[str, ...]], bool] = lambda _count, _phones: False
    """Whether the request of that count, from 1, with those phones, is given up after `SHORT` seconds."""
    before: Callable[[int], object] = lambda _count: None
    """What happens before the request of that count leaves."""
    step: str | None = None
    """The one step of httpx ("connect", "read", "write") that is limited instead of the whole request."""
    clock: Clock = field(default_factory=Clock)
    began: int = 0
    exchanges: list[Exchange] = field(default_factory=list)


class Noting(Sender):
    """The real sender, which also notes what it sent and what it got, and whose patience a test can choose."""

    def __init__(self, line: Line) -> None:
        super().__init__(Target(line.base_url, Secret("sandbox-token"), api.Wire()), line.trust, LONG)
        self._line = line

    async def post(self, content: bytes) -> api.Answer | api.NoAnswer:
        line, phones = self._line, phones_in(content)
        line.began += 1
        line.before(line.began)
        began, quick = line.clock.now, line.quick(line.began, phones)
        self.longest = SHORT if quick and not line.step else LONG
        if line.step:
            self._client.timeout = httpx.Timeout(LONG, **{line.step: SHORT if quick else LONG})
        answer = await super().post(content)
        line.exchanges.append(Exchange(phones, answer, began))
        return answer


def phones_in(content: bytes) -> tuple[str, ...]:
    found = (entry["profile"]["userDetails"]["contact"]["phone"] for entry in json.loads(content))
    return tuple(f"{number['prefix']}{number['number']}" for number in found)


@dataclass(frozen=True)
class Ending:
    """How a session ended."""

    table: Table
    rows: list[tuple[int, str, str]]
    """Row number, outcome, reason."""
    account: Account
    stop: Stop
    line: Line

    @property
    def code(self) -> int:
        return exit_code(self.account, self.stop.reason)

    @property
    def outcomes(self) -> dict[str, str]:
        """Phone → outcome."""
        return {phone(self.table, row - 2): outcome for row, outcome, _ in self.rows}

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(outcome for _, outcome, _ in self.rows))

    @property
    def sizes(self) -> list[int]:
        """Rows of each request, in the order they ended."""
        return [len(exchange.phones) for exchange in self.line.exchanges]


def deliver(
    table: Table,
    line: Line | str,
    *,
    workers: int = 1,
    batch: int = BATCH,
    max_bytes: int = 90_000,
    patience: Patience = Patience(),  # noqa: B008
    max_reject: float | None = None,
    chance: float = 0.5,
    journal: Path | None = None,
) -> Ending:
    """Run one session of an upload of *table*, over the real rooms, a real journal and a real connection."""
    line, ended = Line(line) if isinstance(line, str) else line, Ended()

    async def run(kept: Journal) -> Ending:
        account, stop = Account(len(table), [ended], kept.past(), max_reject), Waiting(line.clock)
        chunks = pipeline.chunks(
            *([source(table)], RULES, api.Wire()),
            max_bytes=max_bytes,
            settled=account.settled,
            stopped=lambda: bool(stop),
        )
        tries = Tries(account, Pace(patience, line.clock, chance=lambda: chance), stop, lambda _: None)
        async with AsyncExitStack() as stack:
            posts = [await stack.enter_async_context(Noting(line)) for _ in range(workers)]
            await Delivery(chunks, account, kept, tries, Limits(batch, max_bytes), stop).run(posts)
        account.check()
        return Ending(table, ended.rows, account, stop, line)

    with folder_in_memory() as folder, Journal(journal or Path(folder) / "journal") as kept:
        return asyncio.run(run(kept))


def names(served: Sandbox) -> dict[str, list[str]]:
    """Return phone → the names of the contacts stored for it, oldest first."""
    found: dict[str, list[str]] = {}
    for contact in reversed(served.contacts()):
        details = contact["profile"]["userDetails"]
        found.setdefault(details["whatsAppNumber"], []).append(details["userProvidedName"])
    return found


def check(ending: Ending, served: Sandbox, *, copies: bool = False) -> None:
    """Fail where the account says anything that the platform's store and its receive log do not bear out."""
    stored, receipts = names(served), served.receipts()
    by_phone = {f"91{number}": name for name, number in ending.table}
    assert [row for row, _, _ in ending.rows] == list(range(2, len(ending.table) + 2)), "a row ended twice or never"
    assert ending.account.requests == len(ending.line.exchanges) >= len(receipts)
    assert stored.keys() <= by_phone.keys(), "a stranger is stored"
    for number, outcome in ending.outcomes.items():
        if outcome == "accepted":
            assert set(stored[number]) == {by_phone[number]}, "accepted, and stored otherwise or not at all"
            assert confirmed(number, receipts), "accepted without a confirmed request that held it"
            assert copies or len(stored[number]) == 1
        if outcome in {"rejected", "not_sent"}:
            assert number not in stored, f"{outcome}, and stored"
        if outcome == "unconfirmed":
            assert any(number in exchange.phones for exchange in ending.line.exchanges), "in doubt, and never sent"
    texts: dict[str, set[str]] = {}
    for receipt in receipts:
        for number, contact in zip(receipt.phones, receipt.contacts, strict=True):
            texts.setdefault(number, set()).add(json.dumps(contact))
    assert all(len(found) == 1 for found in texts.values()), "a row was sent as other bytes"


def confirmed(number: str, receipts: Sequence[Receipt]) -> bool:
    return any(receipt.status == 200 and number in receipt.phones for receipt in receipts)
