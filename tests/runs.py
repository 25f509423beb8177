"""Runs as sessions leave them, for the rooms that look back at them."""

from __future__ import annotations

import asyncio
import csv
import hashlib
from pathlib import Path

from contact_import.journal import Journal
from contact_import.state import State

ADDRESS = "https://api.example.com"
NAMES = (
    "20260102-030405-000000-aaaaaaaaaaaa",
    "20260102-030405-000001-bbbbbbbbbbbb",
    "20260203-040506-000000-cccccccc",
)
FAILURES = ("row", "outcome", "reason", "suggestion", "Name", "Phone")


def begun(state: State, name: str, **facts: object) -> Path:
    path = state.runs / f"{name}.sqlite3"
    given = {"plan": "p", "status": "finished", "endpoint": ADDRESS, "started": "2026-01-02T03:04:05+00:00"}
    Journal(path, **{**given, **facts}).close()
    return path


def send(path: Path, *attempts: tuple[list[int], str | None]) -> None:
    """Write *attempts* (positions, outcome) into a journal; the phone of a position is +91 98123 and it."""

    async def write(journal: Journal) -> None:
        for rows, outcome in attempts:
            number = await journal.attempt(rows, [919812300000 + row for row in rows])
            if outcome:
                await journal.outcome(number, outcome, "why", 1)

    with Journal(path) as journal:
        asyncio.run(write(journal))


def report(path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = FAILURES) -> dict[str, str]:
    """Write a report, and return what a journal says of it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
