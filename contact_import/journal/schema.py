"""The journal as a file: made whole or not at all, brought up to date in one step, refused where it is not ours."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import stat
from typing import TYPE_CHECKING

from contact_import import disk
from contact_import.errors import JournalProblem, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

APPLICATION_ID = 0x434F4E49  # "CONI"
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
CREATE TABLE places (
    position INTEGER PRIMARY KEY,     -- from here on the rows count on
    file INTEGER NOT NULL,            -- index among the run's files
    row INTEGER NOT NULL              -- as a spreadsheet shows it
) STRICT;
CREATE TABLE deletions (
    id INTEGER PRIMARY KEY,
    contacts TEXT NOT NULL,           -- the platform's names of some contacts, with spaces between them
    started REAL NOT NULL,            -- seconds since 1970
    ended REAL                        -- NULL: nothing confirms it
) STRICT;
"""
MIGRATIONS = {
    1: (
        "ALTER TABLE attempts ADD COLUMN marks BLOB NOT NULL DEFAULT x''",
        "INSERT INTO facts VALUES ('key', json_quote(hex(randomblob(32))))",
    ),
    2: (
        "CREATE TABLE places (position INTEGER PRIMARY KEY, file INTEGER NOT NULL, row INTEGER NOT NULL) STRICT",
        "CREATE TABLE deletions"
        " (id INTEGER PRIMARY KEY, contacts TEXT NOT NULL, started REAL NOT NULL, ended REAL) STRICT",
    ),
}
"""Version → what makes the next one of it. Rows of version 1 have no marks."""
VERSION = max(MIGRATIONS) + 1

BUSY = 5.0
"""Seconds to wait for who is reading or writing: `verify` and `show` look at the journal of a run that is at work."""
PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
"""What each connection begins with; the last two since a damaged file may hold anything."""


def opened(path: Path, facts: Mapping[str, object]) -> sqlite3.Connection:
    """Return a connection to the journal at *path*; where there is none, to a new one that begins with *facts*.

    Raises JournalProblem for what is no journal of ours, sqlite3.Error and OSError for what cannot be opened.
    """
    if not os.path.lexists(path):
        _create(path, facts)
    database = glanced(path)
    with _closed_where_it_fails(database):
        _prepare(database, path)
    return database


def glanced(path: Path) -> sqlite3.Connection:
    """Return a connection to the journal at *path* as it is, of whatever version; the same is raised."""
    _check_file(path)
    database = _connect(path)
    with _closed_where_it_fails(database):
        _check(database, path)
    return database


@contextlib.contextmanager
def _closed_where_it_fails(database: sqlite3.Connection) -> Iterator[None]:
    """Close *database* where the block raises; what was begun in it is rolled back."""
    try:
        yield
    except BaseException:
        database.close()
        raise


def _connect(path: Path) -> sqlite3.Connection:
    """Return a connection that begins transactions only where it is told to; one thread at a time may use it."""
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY)


def _create(path: Path, facts: Mapping[str, object]) -> None:
    """Make a journal under another name, and name it *path* when it is whole: an empty file is never a new one."""
    part = new_name(path)  # private before SQLite sees it: its files beside it take over that mode
    os.close(disk.create(part))
    try:
        with contextlib.closing(_connect(part)) as database:
            _set(database)
            database.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA application_id={APPLICATION_ID};")
            pairs = [(key, json.dumps(value)) for key, value in facts.items()]
            database.executemany("INSERT INTO facts VALUES (?, ?)", pairs)
            database.execute(f"PRAGMA user_version={VERSION}")
            database.execute("COMMIT")
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    disk.sync(path.parent)


def new_name(path: Path) -> Path:
    """Return what the journal at *path* is called before it is whole."""
    return path.with_name(f"{path.name}.new")


def copy_name(path: Path, version: int) -> Path:
    """Return where the journal at *path* is kept as it was in *version*."""
    return path.with_name(f"{path.name}.version-{version}")


def _check_file(path: Path) -> None:
    """Refuse what cannot be a journal of ours, without opening it: closing a file takes SQLite's locks off it."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise JournalProblem(f"{path} is no regular file, and no journal; move it away and run again")
    if not found.st_size:
        raise Unreadable(f"the journal {path} is empty: something cut it off")


def _check(database: sqlite3.Connection, path: Path) -> None:
    """Refuse what is not ours before anything is set: somebody else's database stays as it was."""
    version = _number(database, "user_version")
    if _number(database, "application_id") != APPLICATION_ID or not 1 <= version <= VERSION:
        raise JournalProblem(f"{path} is not a journal of this version; move it away and run again")


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    _set(database)
    if database.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise Unreadable(f"the journal {path} is damaged")
    if (version := _number(database, "user_version")) < VERSION:
        _migrate(database, path, version)


def _set(database: sqlite3.Connection) -> None:
    for pragma in PRAGMAS:
        database.execute(f"PRAGMA {pragma}")


def _migrate(database: sqlite3.Connection, path: Path, version: int) -> None:
    """Bring the journal up to date in one transaction; a copy of it as it was stays beside it."""
    copy = copy_name(path, version)
    os.close(disk.create(copy))
    database.execute("VACUUM INTO ?", (str(copy),))
    disk.sync(copy)
    database.execute("BEGIN EXCLUSIVE")
    if _number(database, "user_version") == version:  # nobody else was faster
        for step in range(version, VERSION):
            for statement in MIGRATIONS[step]:
                database.execute(statement)
        database.execute(f"PRAGMA user_version={VERSION}")
    database.execute("COMMIT")


def _number(database: sqlite3.Connection, pragma: str) -> int:
    return int(database.execute(f"PRAGMA {pragma}").fetchone()[0])
