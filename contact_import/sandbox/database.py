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
    sha256 TEXT,
    phones TEXT NOT NULL              -- JSON
) STRICT;
CREATE TABLE answers (
    receipt INTEGER PRIMARY KEY REFERENCES receipts,
    status INTEGER NOT NULL
) STRICT;
"""


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
    if _mark(connection) != APPLICATION_ID:
        with transaction(connection):
            _create(connection)
    _set_pace(connection)


def _create(connection: sqlite3.Connection) -> None:
    if _mark(connection) == APPLICATION_ID:
        return  # another process was faster
    if _mark(connection) or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise sqlite3.DatabaseError("it is a database of something else")
    for statement in SCHEMA.split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _mark(connection: sqlite3.Connection) -> int:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    return int(mark)


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
