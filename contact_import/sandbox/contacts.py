"""The contacts that are stored."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from contact_import.sandbox.database import transaction
from contact_import.sandbox.rules import Details, combine, key_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

COLUMNS = "id, details, created, updated"
ALWAYS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def stamp(moment: datetime) -> str:
    """Return *moment* as the platform writes it: UTC to the millisecond, so that texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts of one store, through an open connection."""

    connection: sqlite3.Connection

    def put(self, batch: Sequence[Details], receipt: int, *, match: bool = True, merge: bool = True) -> None:
        """Store *batch*, and that the request *receipt* brought it, in one transaction.

        *match*: update who is known by phone. *merge*: add to what is known.
        """
        now = stamp(datetime.now(UTC))
        with transaction(self.connection):
            self.connection.execute(
                "INSERT INTO commits (receipt, time, phones) VALUES (?, ?, ?)",
                (receipt, time.time(), _dump([key_of(details) for details in batch])),
            )
            if not match:
                self._insert(batch, now)
                return
            known = self._known([key_of(details) for details in batch])
            result = {key: details for key, (_, details) in known.items()}
            touched = {}
            for new in batch:  # a number may come twice in one batch
                key = key_of(new)
                touched[key] = result[key] = combine(result[key], new) if merge and key in result else new
            self._insert([details for key, details in touched.items() if key not in known], now)
            self._update([(known[key][0], details) for key, details in touched.items() if key in known], now)

    def delete(self, ids: Sequence[str]) -> int:
        """Delete the contacts with these *ids*; return how many there were."""
        sql = "DELETE FROM contacts WHERE id IN (SELECT value FROM json_each(?))"
        return self.connection.execute(sql, (_dump(ids),)).rowcount

    def count(self) -> int:
        """Return how many contacts are stored."""
        (found,) = self.connection.execute("SELECT count(*) FROM contacts").fetchone()
        return int(found)

    def newest(
        self, limit: int, offset: int = 0, text: str = "", created: tuple[datetime, datetime] = ALWAYS
    ) -> list[dict[str, Any]]:
        """Return *limit* contacts after the first *offset*, newest first.

        Only of those that have *text* in them and that were *created* from the one moment to the other, inclusive.
        """
        sql = f"""SELECT {COLUMNS} FROM contacts WHERE instr(words, ?) AND created BETWEEN ? AND ?
            ORDER BY seq DESC LIMIT ? OFFSET ?"""  # noqa: S608
        return _objects(self.connection.execute(sql, (text.casefold(), *map(stamp, created), limit, offset)))

    def all(self) -> list[dict[str, Any]]:
        """Return every contact, newest first."""
        return _objects(self.connection.execute(f"SELECT {COLUMNS} FROM contacts ORDER BY seq DESC"))  # noqa: S608

    def _known(self, keys: Sequence[str]) -> dict[str, tuple[int, Details]]:
        sql = "SELECT key, seq, details FROM contacts WHERE key IN (SELECT value FROM json_each(?)) ORDER BY seq"
        found = self.connection.execute(sql, (_dump(keys),))
        return {key: (seq, orjson.loads(details)) for key, seq, details in found}

    def _insert(self, batch: Sequence[Details], now: str) -> None:
        start, noise = f"{int(datetime.now(UTC).timestamp()):08x}", os.urandom(8 * len(batch)).hex()
        self.connection.executemany(
            "INSERT INTO contacts (id, key, details, words, created, updated) VALUES (?, ?, ?, ?, ?, ?)",
            (
                (start + noise[16 * n : 16 * n + 16], key_of(details), _dump(details), _words(details), now, now)
                for n, details in enumerate(batch)
            ),
        )

    def _update(self, batch: Sequence[tuple[int, Details]], now: str) -> None:
        self.connection.executemany(
            "UPDATE contacts SET details = ?, words = ?, updated = ? WHERE seq = ?",
            ((_dump(details), _words(details), now, seq) for seq, details in batch),
        )


def _objects(rows: Iterable[tuple[str, str, str, str]]) -> list[dict[str, Any]]:
    """Return the documented object of each row."""
    return [
        {
            "_id": id_,
            "platform": ["WHATSAPP"],
            "isSubscriber": True,
            "status": "OPEN",
            "isContact": True,
            "isImported": True,
            "segments": [],
            "createdAt": created,
            "updatedAt": updated,
            "profile": {"userDetails": orjson.loads(details)},
        }
        for id_, details, created, updated in rows
    ]


def _words(details: Details) -> str:
    return f"{details['userProvidedName']}\n{details['contact']['email']}\n{key_of(details)}".casefold()


def _dump(value: object) -> str:
    return orjson.dumps(value).decode()
