"""The SQLite file under a sandbox. Two processes may use one file at the same time."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from typing import TYPE_CHECKING

from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x434F5342  # "COSB"
PATIENCE = 10.0
"""Seconds to wait while another process writes."""
SCHEMA = """
CREATE TABLE contacts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    key TEXT NOT NULL,                -- prefix and number in one; not unique, see Behaviour.match_on_phone
    details TEXT NOT NULL,            -- profile.userDetails, JSON
    words TEXT NOT NULL,              -- what searchText looks in
    created TEXT NOT NULL,
    updated TEXT NOT NULL
) STRICT;
CREATE INDEX contacts_by_key ON contacts (key);
CREATE TABLE receipts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    time REAL NOT NULL,               -- seconds since 1970
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    headers TEXT NOT NULL,            -- names only, JSON
    sha256 TEXT,                      -- of the body, before version 2 kept the body itself
    phones TEXT NOT NULL              -- JSON
) STRICT;
CREATE TABLE answers (
    receipt INTEGER PRIMARY KEY REFERENCES receipts,
    status INTEGER NOT NULL
) STRICT;
"""
STEPS = (
    SCHEMA,
    """
ALTER TABLE receipts ADD COLUMN body BLOB;
CREATE TABLE commits (                -- written with the contacts, in one transaction
    receipt INTEGER NOT NULL REFERENCES receipts,
    time REAL NOT NULL,               -- seconds since 1970
    phones TEXT NOT NULL              -- of the contacts that were stored, JSON
) STRICT;
""",
)
"""What made each version of the file out of the one before; stores of the first version say 0."""
ANYTHING = "SELECT 1 FROM sqlite_master"


def connect(path: Path) -> sqlite3.Connection:
    """Open the sandbox file *path*; make it, for its owner alone, where there is none."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # SQLite itself would make it readable by everyone
        # A sandbox opens it in one thread and serves from another, never from both at once.
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise UsageProblem(f"{path}: cannot be the store of a sandbox: {error}") from error
    try:
        _prepare(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise UsageProblem(f"{path}: cannot be the store of a sandbox, and is left as it is: {error}") from error
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what happens inside, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection) -> None:
    if _version(connection) < len(STEPS):
        with transaction(connection):
            _bring_up_to_date(connection)
    _set_pace(connection)


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    done = _version(connection)  # asked again: another process may have been faster
    if not done and (_pragma(connection, "application_id") or connection.execute(ANYTHING).fetchone()):
        raise sqlite3.DatabaseError("it is a database of something else")
    for step in STEPS[done:]:
        for statement in step.split(";\n"):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {max(done, len(STEPS))}")


def _version(connection: sqlite3.Connection) -> int:
    """Return how many of the steps were done; 0 where the file is not a sandbox's, or is empty."""
    if _pragma(connection, "application_id") != APPLICATION_ID:
        return 0
    return max(1, _pragma(connection, "user_version"))


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def _set_pace(connection: sqlite3.Connection) -> None:
    # Fast, and safe when a process is killed. After a power cut the last contacts may be missing: it is a rehearsal.
    connection.execute("PRAGMA synchronous = NORMAL")
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:  # SQLite does not wait by itself where another process switches too
            if time.monotonic() > patience:
                raise
            time.sleep(0.01)
        else:
            return
