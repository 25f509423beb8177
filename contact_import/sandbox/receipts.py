"""The receive log: every request that came, written before it is answered, and never changed.

It is apart from the contacts, each in its own transaction: what a client cannot know about a lost answer lies in the
gap between the two, and a test looks at both sides of it.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Receipt:
    """One request as it came, and what was answered."""

    seq: int
    time: float
    """Seconds since 1970."""
    method: str
    path: str
    headers: tuple[str, ...]
    """Names in lower case, in the order they came; no value of any."""
    sha256: str | None
    """Of the body; None when the body was not read."""
    phones: tuple[str, ...]
    """The numbers in it, each prefix and number in one."""
    status: int | None
    """What it was answered; None when no answer was begun."""


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receive log of one store, through an open connection. Each call is a transaction of its own."""

    connection: sqlite3.Connection

    def received(
        self, method: str, path: str, headers: Sequence[str], sha256: str | None, phones: Sequence[str]
    ) -> int:
        """Write that a request came; return its sequence number."""
        written = self.connection.execute(
            "INSERT INTO receipts (time, method, path, headers, sha256, phones) VALUES (?, ?, ?, ?, ?, ?)",
            (time.time(), method, path, json.dumps(headers), sha256, json.dumps(phones)),
        )
        return int(written.lastrowid or 0)

    def answered(self, seq: int, status: int) -> None:
        """Write that the request *seq* is about to be answered with *status*."""
        self.connection.execute("INSERT INTO answers (receipt, status) VALUES (?, ?)", (seq, status))

    def all(self) -> list[Receipt]:
        """Return every receipt, in the order they came."""
        rows = self.connection.execute(
            "SELECT seq, time, method, path, headers, sha256, phones, status"
            " FROM receipts LEFT JOIN answers ON receipt = seq ORDER BY seq"
        )
        return [
            Receipt(seq, at, method, path, tuple(json.loads(headers)), sha256, tuple(json.loads(phones)), status)
            for seq, at, method, path, headers, sha256, phones, status in rows
        ]
