"""The memory of a run: a SQLite file that no crash confuses. It holds row positions and outcomes, no contact.

The write order is the one that survives a kill at any point: the attempt is committed before the first byte leaves,
its outcome is committed after the answer, and only then is it told to anyone. An attempt without an outcome is in
doubt: its rows may have been sent, and are sent again, as the same bytes.

`journal_mode=DELETE` with `synchronous=EXTRA` lost nothing in simulated power cuts. With FULL the deletion that commits
may reach the disk late, and an outcome that was acknowledged is gone; NORMAL with write-ahead logging lost more. Locks
are held for a commit only, so that others may look on.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contact_import.errors import JournalProblem, StoppedRun
from contact_import.journal import clocks, past, schema
from contact_import.journal.past import FAULT, HALVED, QUARANTINED, Past
from contact_import.journal.ranges import Places, from_ranges, starts, to_ranges
from contact_import.journal.writer import Statement, Writer, translated
from contact_import.marks import BLANK, Marks, cut, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = [
    "HALVED",
    "QUARANTINED",
    "Attempt",
    "Journal",
    "Past",
    "Places",
    "from_ranges",
    "look",
    "to_ranges",
]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt as the journal has it."""

    positions: tuple[int, ...]
    marks: tuple[bytes, ...]
    """One for each position; blank where it was taken out; none where the journal was begun by an older version."""
    outcome: str | None
    started: float
    """Seconds since 1970, by the clock of this machine."""
    ended: float | None
    """The same; None for an attempt without an outcome."""
    clock: clocks.Span | None
    """By how much the platform's clock was ahead of that one in its session; None where no answer told."""


class Journal:
    """One run's journal. Everything is written by one thread, which joins what is waiting into one commit."""

    def __init__(self, path: Path, **facts: object) -> None:
        """Open the journal at *path*, where there is none a new one that begins with *facts*.

        Raises JournalProblem where it cannot be used.
        """
        self.path = path
        with translated(path):
            self._database = schema.opened(path, facts)
            self._key = bytes.fromhex(json.loads(self._one("SELECT value FROM facts WHERE key = 'key'")))
            self._next: int = self._one("SELECT coalesce(max(id), 0) FROM attempts") + 1
            earlier = clocks.sessions(self.fact("clocks"))
        self._first = self._next
        self._sessions = [session for session in earlier if session[0] < self._first]
        self._clock: clocks.Span | None = None
        self._writer = Writer(self._database, path)

    def _one(self, sql: str, *values: object) -> Any:
        row = self._database.execute(sql, values).fetchone()
        return row[0] if row else None

    def _all(self, sql: str) -> list[Any]:
        """Return all rows at once: while they are read one by one, a run that is at work cannot commit."""
        return self._database.execute(sql).fetchall()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None = None, *_: object) -> None:
        self._writer.finish()
        if kind is not None and issubclass(kind, Exception) and not issubclass(kind, StoppedRun):
            with contextlib.suppress(JournalProblem):
                self._blame()
        self._database.close()

    def close(self) -> None:
        """Write what is waiting, and let the file go."""
        self.__exit__()

    # Facts: the plan, and how far the run got

    def fact(self, key: str) -> Any:
        """Return the JSON value kept under *key*, or None."""
        with translated(self.path):
            text = self._one("SELECT value FROM facts WHERE key = ?", key)
        return None if text is None else json.loads(text)

    def note(self, **facts: object) -> None:
        """Keep each of *facts* as JSON, in one commit; before and after the sending, not during it."""
        self._writer.now(*map(_keep, facts.items()))

    async def keep(self, **facts: object) -> None:
        """Keep each of *facts* as JSON, during the sending."""
        for pair in facts.items():
            await self._writer.written(*_keep(pair))

    # Clocks

    def begin(self, **facts: object) -> None:
        """Keep *facts* as `note` does, and that a session begins: by which clock its attempts go is not known yet."""
        self.note(clocks=self._with_clock(), **facts)

    def tells(self, ahead: float) -> bool:
        """Tell whether it is news for this session that the platform's clock is *ahead* of ours by so many seconds."""
        return clocks.widened(self._clock, ahead) is not None

    async def compared(self, ahead: float) -> None:
        """Keep that the platform's clock is *ahead* of ours by so many seconds, during the sending."""
        self._clock = clocks.widened(self._clock, ahead) or self._clock
        await self.keep(clocks=self._with_clock())

    def _with_clock(self) -> list[tuple[float | None, ...]]:
        """Return what the journal keeps of the clocks of all sessions, this one last."""
        return clocks.kept([*self._sessions, (self._first, self._clock)])

    # Attempts

    def mark(self, phone: int) -> bytes:
        """Return what this journal keeps of *phone*, prefix and number in one: to know it again, not to read it."""
        return mark(self._key, phone)

    def marks(self, run: str, attempts: Iterable[Attempt]) -> Marks:
        """Return the phones of the rows of *attempts*, as this journal, of the *run* called so, keeps them."""
        known = frozenset(each for attempt in attempts for each in attempt.marks)
        return Marks(run, self._key, known - {BLANK})

    def sign(self, text: str) -> str:
        """Return what this journal keeps of a secret: to know it again, not to read it."""
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).hexdigest()

    def place(self, position: int, file: int, rows: Sequence[int]) -> None:
        """Write that the *rows* of the file with that index stand at *position* and after it.

        From any thread; it is on disk when an attempt that is begun later is.
        """
        for start, row in starts(position, rows):
            self._writer.later("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", (start, file, row))

    async def attempt(self, positions: Iterable[int], phones: Iterable[int]) -> int:
        """Write that the rows at *positions*, which have these *phones*, are about to be sent.

        It is on disk when this returns the attempt's number.
        """
        number, self._next = self._next, self._next + 1
        await self._writer.written(
            "INSERT INTO attempts (id, rows, marks, started) VALUES (?, ?, ?, ?)",
            (number, to_ranges(positions), b"".join(map(self.mark, phones)), time.time()),
        )
        return number

    async def outcome(self, attempt: int, outcome: str, reason: str, requests: int) -> None:
        """Write how *attempt* ended (`HALVED` among others); on disk when this returns."""
        await self._writer.written(
            "UPDATE attempts SET outcome = ?, reason = ?, requests = ?, ended = ? WHERE id = ?",
            (outcome, reason, requests, time.time(), attempt),
        )

    def _blame(self) -> None:
        """Write which attempts were under way when this program failed."""
        self._writer.now(("UPDATE attempts SET reason = ? WHERE outcome IS NULL AND id >= ?", (FAULT, self._first)))

    @property
    def is_failing(self) -> bool:
        """This program failed while it sent rows of this run: one batch at a time shows which."""
        with translated(self.path):
            return bool(self._one("SELECT 1 FROM attempts WHERE outcome IS NULL AND reason = ?", FAULT))

    def past(self) -> Iterator[Past]:
        """Yield what all attempts there are left, oldest first, and at last which rows are left alone for ever."""
        with translated(self.path):
            yield from past.read(self._all("SELECT rows, outcome, reason, requests, started FROM attempts ORDER BY id"))

    def quarantined(self) -> int:
        """Return how many rows are left alone for ever."""
        return sum(len(part) for left in self.past() if left.reason == QUARANTINED for part in left.positions)

    def attempts(self) -> Iterator[Attempt]:
        """Yield every attempt there is, oldest first."""
        with translated(self.path):
            known = clocks.sessions(self.fact("clocks"))
            sql = "SELECT id, rows, marks, outcome, started, ended FROM attempts ORDER BY id"
            for number, text, marks, outcome, started, ended in self._all(sql):
                positions = tuple(position for part in from_ranges(text) for position in part)
                yield Attempt(positions, tuple(cut(marks)), outcome, started, ended, clocks.of(known, number))

    def in_doubt(self) -> set[int]:
        """Return the positions of the rows that may be stored although nothing confirms it."""
        return past.in_doubt(self.past())

    def places(self) -> Places:
        """Return which row is at which position."""
        with translated(self.path):
            return Places(tuple(self._all("SELECT position, file, row FROM places ORDER BY position")))

    # Afterwards

    def blank(self, phone: int) -> int:
        """Take out the marks of *phone*; return how many there were."""
        wanted, found = self.mark(phone), list[Statement]()
        with translated(self.path):
            rows = self._database.execute("SELECT id, marks FROM attempts WHERE instr(marks, ?)", (wanted,)).fetchall()
        for number, marks in rows:
            parts = list(cut(marks))
            kept = b"".join(BLANK if part == wanted else part for part in parts)
            found += [("UPDATE attempts SET marks = ? WHERE id = ?", (kept, number))] if wanted in parts else []
        self._writer.now(*found)
        return len(found)

    def deleting(self, contacts: Sequence[str]) -> int:
        """Write that the platform is about to be told to delete *contacts*, by its names; return the step's number."""
        self._writer.now(("INSERT INTO deletions (contacts, started) VALUES (?, ?)", (" ".join(contacts), time.time())))
        with translated(self.path):
            return int(self._one("SELECT max(id) FROM deletions"))

    def deleted(self, number: int) -> None:
        """Write that the platform confirmed the step of that *number*."""
        self._writer.now(("UPDATE deletions SET ended = ? WHERE id = ?", (time.time(), number)))


def look(path: Path) -> dict[str, Any]:
    """Return the facts of the journal at *path*, and look at nothing else; JournalProblem where that cannot be done."""
    with translated(path), contextlib.closing(schema.glanced(path)) as database:
        return {key: json.loads(value) for key, value in database.execute("SELECT key, value FROM facts")}


def _keep(fact: tuple[str, object]) -> Statement:
    key, value = fact
    sql = "INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
    return sql, (key, json.dumps(value))
