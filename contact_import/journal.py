"""The memory of a run: a SQLite file that no crash confuses. It holds row positions and outcomes, no contact.

The write order is the one that survives a kill at any point: the attempt is committed before the first byte leaves,
its outcome is committed after the answer, and only then is it told to anyone. An attempt without an outcome is in
doubt: its rows may have been sent, and are sent again, as the same bytes.

`journal_mode=DELETE` with `synchronous=FULL` lost nothing in simulated power cuts; the default of write-ahead logging
with `synchronous=NORMAL` lost committed outcomes.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import queue
import sqlite3
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contact_import.errors import JournalProblem
from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

APPLICATION_ID = 0x434F4E49  # "CONI"
SCHEMA_VERSION = 2
SCHEMA = """
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO facts VALUES ('key', json_quote(hex(randomblob(32))));
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    rows TEXT NOT NULL,               -- positions as ranges: "0-99 101"
    marks BLOB NOT NULL,              -- of each row, 8 bytes that only this journal makes of its phone
    started REAL NOT NULL,            -- seconds since 1970
    ended REAL,
    outcome TEXT CHECK (outcome IN ('accepted', 'rejected', 'unconfirmed', 'not_sent', 'halved')),
    reason TEXT,
    requests INTEGER NOT NULL DEFAULT 0
) STRICT;
"""
SETTLED = (Outcome.ACCEPTED, Outcome.REJECTED)
"""Outcomes of an attempt that no later session asks about again."""

MARK = 8
"""Bytes of a mark: enough that no two phones of a run share one."""

Statement = tuple[str, tuple[Any, ...]]
Ticket = tuple[Statement, asyncio.AbstractEventLoop, "asyncio.Future[None]"]


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


class Journal:
    """One run's journal. Everything is written by one thread, which joins what is waiting into one commit."""

    def __init__(self, path: Path) -> None:
        """Open the journal at *path*, made new where there is none; JournalProblem where it cannot be used."""
        self.path = path
        self._waiting: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        with _translated(path):
            _create_private(path)
            self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0.5)
            self._prepare()
            self._key = bytes.fromhex(json.loads(self._one("SELECT value FROM facts WHERE key = 'key'")))
            self._next: int = self._one("SELECT coalesce(max(id), 0) FROM attempts") + 1
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    def _prepare(self) -> None:
        for pragma in ("journal_mode=DELETE", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
            self._database.execute(f"PRAGMA {pragma}")
        version = self._one("PRAGMA user_version")
        if version == 0 and self._one("SELECT count(*) FROM sqlite_schema") == 0:
            self._database.executescript(
                f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA application_id={APPLICATION_ID};"
                f" PRAGMA user_version={SCHEMA_VERSION}; COMMIT;"
            )
        elif (version, self._one("PRAGMA application_id")) != (SCHEMA_VERSION, APPLICATION_ID):
            raise JournalProblem(f"{self.path} is not a journal of this version; move it away and run again")
        elif self._one("PRAGMA quick_check") != "ok":
            raise JournalProblem(f"{self.path} is damaged; move it away, and know that its rows will be sent again")

    def _one(self, sql: str, *values: object) -> Any:
        row = self._database.execute(sql, values).fetchone()
        return row[0] if row else None

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is waiting, and let the file go."""
        self._waiting.put(None)
        self._thread.join()
        self._database.close()

    # Facts: the plan, and how far the run got

    def fact(self, key: str) -> Any:
        """Return the JSON value kept under *key*, or None."""
        with _translated(self.path):
            text = self._one("SELECT value FROM facts WHERE key = ?", key)
        return None if text is None else json.loads(text)

    def note(self, **facts: object) -> None:
        """Keep each of *facts* as JSON, in one commit; before and after the sending, not during it."""
        with _translated(self.path):
            self._commit(
                (
                    "INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                    (key, json.dumps(value)),
                )
                for key, value in facts.items()
            )

    # Attempts

    def mark(self, phone: int) -> bytes:
        """Return what this journal keeps of *phone*, prefix and number in one: to know it again, not to read it."""
        return hashlib.blake2b(phone.to_bytes(8, "big"), key=self._key, digest_size=MARK).digest()

    async def attempt(self, positions: Iterable[int], phones: Iterable[int]) -> int:
        """Write that the rows at *positions*, which have these *phones*, are about to be sent.

        It is on disk when this returns the attempt's number.
        """
        number, self._next = self._next, self._next + 1
        await self._written(
            "INSERT INTO attempts (id, rows, marks, started) VALUES (?, ?, ?, ?)",
            number,
            to_ranges(positions),
            b"".join(map(self.mark, phones)),
            time.time(),
        )
        return number

    async def outcome(self, attempt: int, outcome: str, reason: str, requests: int) -> None:
        """Write how *attempt* ended ("halved": its rows go on in smaller ones); on disk when this returns."""
        await self._written(
            "UPDATE attempts SET outcome = ?, reason = ?, requests = ?, ended = ? WHERE id = ?",
            outcome,
            reason,
            requests,
            time.time(),
            attempt,
        )

    def past(self) -> Iterator[Past]:
        """Yield every attempt there is, oldest first."""
        with _translated(self.path):
            rows = [
                (tuple(from_ranges(text)), *rest)
                for text, *rest in self._database.execute(
                    "SELECT rows, outcome, reason, requests FROM attempts ORDER BY id"
                )
            ]
        for text, outcome, reason, requests in rows:
            settled = Outcome(outcome) if outcome in SETTLED else None
            doubtful = outcome in (None, Outcome.UNCONFIRMED)
            yield Past(text, settled, doubtful, reason or "", requests)

    def _written(self, sql: str, *values: object) -> asyncio.Future[None]:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._waiting.put(((sql, values), loop, future))
        return future

    # The writing thread

    def _write(self) -> None:
        while (first := self._waiting.get()) is not None:
            group = [first]
            with contextlib.suppress(queue.Empty):
                while (ticket := self._waiting.get_nowait()) is not None:
                    group.append(ticket)
                self._waiting.put(None)  # the end was among them: meet it again
            problem = self._try_commit([statement for statement, _, _ in group])
            for _, loop, future in group:
                with contextlib.suppress(RuntimeError):  # a loop that a second Ctrl-C closed
                    loop.call_soon_threadsafe(_resolve, future, problem)

    def _try_commit(self, statements: list[Statement]) -> JournalProblem | None:
        try:
            with _translated(self.path):
                self._commit(statements)
        except JournalProblem as problem:
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


def _resolve(future: asyncio.Future[None], problem: JournalProblem | None) -> None:
    if future.done():
        return
    if problem is None:
        future.set_result(None)
    else:
        future.set_exception(problem)


def _create_private(path: Path) -> None:
    """Make the file 0600 before SQLite sees it: its own files beside it take over that mode, whatever the umask."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:  # ValueError: text that is not what we wrote
        raise JournalProblem(f"the journal {path} cannot be used ({error}); nothing is sent without it") from error


def to_ranges(positions: Iterable[int]) -> str:
    """Write ascending *positions* as ranges: 0, 1, 2, 5 as "0-2 5"."""
    found: list[list[int]] = []
    for position in positions:
        if found and found[-1][1] == position - 1:
            found[-1][1] = position
        else:
            found.append([position, position])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def from_ranges(text: str) -> Iterator[range]:
    """Read what `to_ranges` wrote."""
    for part in text.split():
        first, _, last = part.partition("-")
        yield range(int(first), int(last or first) + 1)
