"""The memory of a run: a SQLite file that no crash confuses. It holds row positions and outcomes, no contact.

The write order is the one that survives a kill at any point: the attempt is committed before the first byte leaves,
its outcome is committed after the answer, and only then is it told to anyone. An attempt without an outcome is in
doubt: its rows may have been sent, and are sent again, as the same bytes.

`journal_mode=DELETE` with `synchronous=EXTRA` lost nothing in simulated power cuts. With FULL the deletion that commits
may reach the disk late, and an outcome that was acknowledged is gone; NORMAL with write-ahead logging lost more. Locks
are held for a commit only, so that others may look on.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import queue
import sqlite3
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from contact_import.errors import JournalProblem, StoppedRun
from contact_import.journal import schema
from contact_import.journal.ranges import Places, from_ranges, starts, to_ranges
from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["BLANK", "MARK", "QUARANTINED", "Attempt", "Journal", "Past", "Places", "from_ranges", "look", "to_ranges"]

SETTLED = (Outcome.ACCEPTED, Outcome.REJECTED)
"""Outcomes of an attempt that no later session asks about again."""

MARK = 8
"""Bytes of a mark: enough that no two phones of a run share one."""

BLANK = bytes(MARK)
"""What stands in the place of a mark that was taken out."""

FAULT = "a fault of ours"
"""The reason of an attempt without an outcome that was under way when this program failed; a kill leaves none."""
FAULTS = 3
"""So many of them in a row, and the rows are left alone."""
QUARANTINED = (
    f"quarantined: this program failed {FAULTS} times while it sent this row, so it is not sent again; please report it"
)

PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CONSTRAINT)
"""Errors after which the connection is as good as before. After any other one the file may not hold what it was told:
an fsync that failed once may succeed the next time without having written a thing."""

Statement = tuple[str, tuple[Any, ...]]
Waiter = tuple[asyncio.AbstractEventLoop, "asyncio.Future[None]"]
Ticket = tuple[Statement, Waiter | None]


@dataclass(frozen=True, slots=True)
class Past:
    """What an earlier session left about some rows."""

    positions: tuple[range, ...]
    outcome: Outcome | None
    """None: an attempt without an outcome, or one whose outcome leaves the rows to be sent."""
    doubtful: bool
    """The rows may be stored although nothing confirms it."""
    reason: str
    requests: int
    started: float = field(default=0.0, compare=False)
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt as the journal has it."""

    positions: tuple[int, ...]
    marks: tuple[bytes, ...]
    """One for each position; `BLANK` where it was taken out; none where the journal was begun by an older version."""
    outcome: str | None
    started: float
    """Seconds since 1970, by the clock of this machine."""


class Journal:
    """One run's journal. Everything is written by one thread, which joins what is waiting into one commit."""

    def __init__(self, path: Path, **facts: object) -> None:
        """Open the journal at *path*, where there is none a new one that begins with *facts*.

        Raises JournalProblem where it cannot be used.
        """
        self.path = path
        self._broken: JournalProblem | None = None
        self._waiting: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        with _translated(path):
            self._database = schema.opened(path, facts)
            self._key = bytes.fromhex(json.loads(self._one("SELECT value FROM facts WHERE key = 'key'")))
            self._next: int = self._one("SELECT coalesce(max(id), 0) FROM attempts") + 1
            self.knows_clock: bool = self.fact("clock") is not None
            """By how much the platform's clock is ahead was noted."""
        self._first = self._next
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    def _one(self, sql: str, *values: object) -> Any:
        row = self._database.execute(sql, values).fetchone()
        return row[0] if row else None

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None = None, *_: object) -> None:
        self._finish()
        if kind is not None and issubclass(kind, Exception) and not issubclass(kind, StoppedRun):
            with contextlib.suppress(JournalProblem):
                self._blame()
        self._database.close()

    def close(self) -> None:
        """Write what is waiting, and let the file go."""
        self.__exit__()

    def _finish(self) -> None:
        self._waiting.put(None)
        self._thread.join()

    # Facts: the plan, and how far the run got

    def fact(self, key: str) -> Any:
        """Return the JSON value kept under *key*, or None."""
        with _translated(self.path):
            text = self._one("SELECT value FROM facts WHERE key = ?", key)
        return None if text is None else json.loads(text)

    def note(self, **facts: object) -> None:
        """Keep each of *facts* as JSON, in one commit; before and after the sending, not during it."""
        self._now(*map(_keep, facts.items()))

    async def keep(self, **facts: object) -> None:
        """Keep each of *facts* as JSON, during the sending."""
        self.knows_clock |= "clock" in facts
        for pair in facts.items():
            await self._written(*_keep(pair))

    # Attempts

    def mark(self, phone: int) -> bytes:
        """Return what this journal keeps of *phone*, prefix and number in one: to know it again, not to read it."""
        return hashlib.blake2b(phone.to_bytes(8, "big"), key=self._key, digest_size=MARK).digest()

    def place(self, position: int, file: int, rows: Sequence[int]) -> None:
        """Write that the *rows* of the file with that index stand at *position* and after it.

        From any thread; it is on disk when an attempt that is begun later is.
        """
        for start, row in starts(position, rows):
            self._waiting.put((("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", (start, file, row)), None))

    async def attempt(self, positions: Iterable[int], phones: Iterable[int]) -> int:
        """Write that the rows at *positions*, which have these *phones*, are about to be sent.

        It is on disk when this returns the attempt's number.
        """
        number, self._next = self._next, self._next + 1
        await self._written(
            "INSERT INTO attempts (id, rows, marks, started) VALUES (?, ?, ?, ?)",
            (number, to_ranges(positions), b"".join(map(self.mark, phones)), time.time()),
        )
        return number

    async def outcome(self, attempt: int, outcome: str, reason: str, requests: int) -> None:
        """Write how *attempt* ended ("halved": its rows go on in smaller ones); on disk when this returns."""
        await self._written(
            "UPDATE attempts SET outcome = ?, reason = ?, requests = ?, ended = ? WHERE id = ?",
            (outcome, reason, requests, time.time(), attempt),
        )

    def _blame(self) -> None:
        """Write which attempts were under way when this program failed."""
        self._now(("UPDATE attempts SET reason = ? WHERE outcome IS NULL AND id >= ?", (FAULT, self._first)))

    @property
    def is_failing(self) -> bool:
        """This program failed while it sent rows of this run: one batch at a time shows which."""
        with _translated(self.path):
            return bool(self._one("SELECT 1 FROM attempts WHERE outcome IS NULL AND reason = ?", FAULT))

    def past(self) -> Iterator[Past]:
        """Yield what all attempts there are left, oldest first, and at last which rows are left alone for ever."""
        with _translated(self.path):
            rows = [
                (tuple(from_ranges(text)), *rest)
                for text, *rest in self._database.execute(
                    "SELECT rows, outcome, reason, requests, started FROM attempts ORDER BY id"
                )
            ]
        for text, outcome, reason, requests, started in rows:
            settled = Outcome(outcome) if outcome in SETTLED else None
            doubtful = outcome in (None, Outcome.UNCONFIRMED)
            yield Past(text, settled, doubtful, reason or "", requests, started)
        if left := tuple(_quarantined(rows)):
            yield Past(left, Outcome.UNCONFIRMED, doubtful=False, reason=QUARANTINED, requests=0)

    def quarantined(self) -> int:
        """Return how many rows are left alone for ever."""
        return sum(len(part) for past in self.past() if past.reason == QUARANTINED for part in past.positions)

    def attempts(self) -> Iterator[Attempt]:
        """Yield every attempt there is, oldest first."""
        with _translated(self.path):
            for text, marks, *rest in self._database.execute(
                "SELECT rows, marks, outcome, started FROM attempts ORDER BY id"
            ):
                positions = tuple(position for part in from_ranges(text) for position in part)
                cut = tuple(marks[place : place + MARK] for place in range(0, len(marks), MARK))
                yield Attempt(positions, cut, *rest)

    def in_doubt(self) -> set[int]:
        """Return the positions of the rows that may be stored although nothing confirms it."""
        found: set[int] = set()
        for past in self.past():
            here = (position for part in past.positions for position in part)
            if past.outcome is not None and past.reason != QUARANTINED:
                found.difference_update(here)
            elif past.doubtful:
                found.update(here)
        return found

    def places(self) -> Places:
        """Return which row is at which position."""
        with _translated(self.path):
            return Places(
                tuple(self._database.execute("SELECT position, file, row FROM places ORDER BY position").fetchall())
            )

    # Afterwards

    def blank(self, phone: int) -> int:
        """Take out the marks of *phone*; return how many there were."""
        mark, found = self.mark(phone), list[Statement]()
        with _translated(self.path):
            rows = self._database.execute("SELECT id, marks FROM attempts WHERE instr(marks, ?)", (mark,)).fetchall()
        for number, marks in rows:
            cut = [marks[place : place + MARK] for place in range(0, len(marks), MARK)]
            kept = b"".join(BLANK if part == mark else part for part in cut)
            found += [("UPDATE attempts SET marks = ? WHERE id = ?", (kept, number))] if mark in cut else []
        self._now(*found)
        return len(found)

    def deleting(self, contacts: Sequence[str]) -> int:
        """Write that the platform is about to be told to delete *contacts*, by its names; return the step's number."""
        self._now(("INSERT INTO deletions (contacts, started) VALUES (?, ?)", (" ".join(contacts), time.time())))
        with _translated(self.path):
            return int(self._one("SELECT max(id) FROM deletions"))

    def deleted(self, number: int) -> None:
        """Write that the platform confirmed the step of that *number*."""
        self._now(("UPDATE deletions SET ended = ? WHERE id = ?", (time.time(), number)))

    # Writing

    def _now(self, *statements: Statement) -> None:
        """Write *statements* in one commit, before and after the sending."""
        if problem := self._try_commit(list(statements)):
            raise problem

    def _written(self, sql: str, values: tuple[Any, ...]) -> asyncio.Future[None]:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._waiting.put(((sql, values), (loop, future)))
        return future

    def _write(self) -> None:
        """Commit what is waiting until the end is among it: the writing thread."""
        while (first := self._waiting.get()) is not None:
            group = [first]
            with contextlib.suppress(queue.Empty):
                while (ticket := self._waiting.get_nowait()) is not None:
                    group.append(ticket)
                self._waiting.put(None)  # the end was among them: meet it again
            problem = self._try_commit([statement for statement, _ in group])
            for _, waiter in group:
                if waiter:
                    with contextlib.suppress(RuntimeError):  # a loop that a second Ctrl-C closed
                        waiter[0].call_soon_threadsafe(_resolve, waiter[1], problem)

    def _try_commit(self, statements: list[Statement]) -> JournalProblem | None:
        """Commit *statements*; return what went wrong. What broke the journal once has broken it for good."""
        if self._broken:
            return self._broken
        try:
            with _translated(self.path):
                self._commit(statements)
        except JournalProblem as problem:
            code = getattr(problem.__cause__, "sqlite_errorcode", 0)
            if code & 0xFF not in PASSING:
                self._broken = problem
            return problem
        return None

    def _commit(self, statements: Iterable[Statement]) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            for sql, values in statements:
                self._database.execute(sql, values)
            self._database.execute("COMMIT")
        except sqlite3.Error:
            if self._database.in_transaction:  # a full disk may have ended it already
                self._database.execute("ROLLBACK")
            raise


def look(path: Path) -> dict[str, Any]:
    """Return the facts of the journal at *path*, and look at nothing else; JournalProblem where that cannot be done."""
    with _translated(path), contextlib.closing(schema.glanced(path)) as database:
        return {key: json.loads(value) for key, value in database.execute("SELECT key, value FROM facts")}


def _keep(fact: tuple[str, object]) -> Statement:
    key, value = fact
    sql = "INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
    return sql, (key, json.dumps(value))


def _quarantined(attempts: Iterable[tuple[tuple[range, ...], str | None, str | None, int, float]]) -> Iterator[range]:
    """Yield the positions whose last attempts all ended in a fault of ours, `FAULTS` at least; a kill in between counts
    for nothing."""
    known = [(positions, outcome) for positions, outcome, reason, *_ in attempts if outcome or reason == FAULT]
    if all(outcome for _, outcome in known):
        return
    faults: Counter[int] = Counter()
    for positions, outcome in known:
        for position in (position for part in positions for position in part):
            faults[position] = 0 if outcome else faults[position] + 1
    yield from from_ranges(to_ranges(sorted(position for position, count in faults.items() if count >= FAULTS)))


def _resolve(future: asyncio.Future[None], problem: JournalProblem | None) -> None:
    if future.done():
        return
    if problem is None:
        future.set_result(None)
    else:
        future.set_exception(problem)


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    # ValueError: text that is not what we wrote. Whatever it is, who waits for a commit must hear of it.
    except (sqlite3.Error, OSError, ValueError, OverflowError, MemoryError) as error:
        raise JournalProblem(f"the journal {path} cannot be used ({error}); nothing is sent without it") from error
