"""The one thread that writes a journal: what is waiting becomes one commit, and who waits hears of it."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
from typing import TYPE_CHECKING, Any

from contact_import.errors import JournalProblem, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CONSTRAINT)
"""Errors after which the connection is as good as before. After any other one the file may not hold what it was told:
an fsync that failed once may succeed the next time without having written a thing."""

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""Errors after which it is of no use to try again, now or later."""

Statement = tuple[str, tuple[Any, ...]]
Waiter = tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]
Ticket = tuple[Statement, Waiter | None]


class Writer:
    """Writes to *database*, the journal at *path*, until it is finished."""

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database = database
        self._path = path
        self._broken: JournalProblem | None = None
        self._turn = threading.Lock()
        """Two threads on one connection would end each other's transactions."""
        self._waiting: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Write what is waiting; the thread ends."""
        self._waiting.put(None)
        self._thread.join()

    def now(self, *statements: Statement) -> None:
        """Write *statements* in one commit, before and after the sending. Raises JournalProblem."""
        if problem := self._try_commit(statements):
            raise problem

    def later(self, sql: str, values: tuple[Any, ...]) -> None:
        """Let a statement be written with what is written next, from any thread."""
        self._waiting.put(((sql, values), None))

    def written(self, sql: str, values: tuple[Any, ...]) -> asyncio.Future[None]:
        """Return what is done once the statement is on disk, or fails with JournalProblem."""
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

    def _try_commit(self, statements: Iterable[Statement]) -> JournalProblem | None:
        """Commit *statements*; return what went wrong. What broke the journal once has broken it for good."""
        if self._broken:
            return self._broken
        try:
            with self._turn, translated(self._path):
                self._commit(statements)
        except JournalProblem as problem:
            if _code(problem.__cause__) not in PASSING:
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


def _resolve(future: asyncio.Future[None], problem: JournalProblem | None) -> None:
    if future.done():
        return
    if problem is None:
        future.set_result(None)
    else:
        future.set_exception(problem)


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong with the journal at *path* into JournalProblem, Unreadable where it is damaged."""
    try:
        yield
    # ValueError: text that is not what we wrote. Whatever it is, who waits for a commit must hear of it.
    except (sqlite3.Error, OSError, ValueError, OverflowError, MemoryError) as error:
        words = f"the journal {path} cannot be used ({error})"
        if isinstance(error, ValueError) or _code(error) in DAMAGED:
            raise Unreadable(words) from error
        raise JournalProblem(f"{words}; nothing is sent without it") from error


def _code(error: BaseException | None) -> int:
    """Return the primary error code of SQLite that *error* has, 0 for none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
