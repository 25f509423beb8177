"""The receive log: every request that came, written before it is answered, and never changed.

It is apart from the contacts, each in its own transaction: what a client cannot know about a lost answer lies in the
gap between the two, and a test looks at both sides of it.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

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
    body: bytes | None
    """None when it was not read."""
    phones: tuple[str, ...]
    """The numbers in it, each prefix and number in one."""
    stored: tuple[str, ...]
    """Those of the contacts that it put into the store."""
    status: int | None
    """What it was answered; None when no answer was begun."""

    @property
    def sha256(self) -> str | None:
        """Of the body; None when it was not read."""
        return None if self.body is None else sha256(self.body).hexdigest()

    @property
    def contacts(self) -> list[Any]:
        """The contacts that it brought, as JSON values; none where the body is no array."""
        try:
            found = json.loads(self.body or b"[]")
        except ValueError:
            return []
        return found if isinstance(found, list) else []


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receive log of one store, through an open connection. Each call is a transaction of its own."""

    connection: sqlite3.Connection

    def received(
        self, method: str, path: str, headers: Sequence[str], body: bytes | None, phones: Sequence[str]
    ) -> int:
        """Write that a request came; return its sequence number."""
        written = self.connection.execute(
            "INSERT INTO receipts (time, method, path, headers, body, phones) VALUES (?, ?, ?, ?, ?, ?)",
            (time.time(), method, path, json.dumps(headers), body, json.dumps(phones)),
        )
        return int(written.lastrowid or 0)

    def answered(self, seq: int, status: int) -> None:
        """Write that the request *seq* is about to be answered with *status*."""
        self.connection.execute("INSERT INTO answers (receipt, status) VALUES (?, ?)", (seq, status))

    def all(self) -> list[Receipt]:
        """Return every receipt, in the order they came."""
        stored: dict[int, tuple[str, ...]] = {}
        for seq, phones in self.connection.execute("SELECT receipt, phones FROM commits ORDER BY rowid"):
            stored[seq] = stored.get(seq, ()) + tuple(json.loads(phones))
        rows = self.connection.execute(
            "SELECT seq, time, method, path, headers, body, phones, status"
            " FROM receipts LEFT JOIN answers ON receipt = seq ORDER BY seq"
        )
        return [
            Receipt(
                *(seq, at, method, path, tuple(json.loads(headers)), body),
                *(tuple(json.loads(phones)), stored.get(seq, ()), status),
            )
            for seq, at, method, path, headers, body, phones, status in rows
        ]
