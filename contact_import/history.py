"""What has run: the runs that the state folder remembers, or one of them by name."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contact_import import disk, target
from contact_import.errors import JournalProblem, UsageProblem
from contact_import.journal import Journal, look
from contact_import.models import Outcome
from contact_import.readback.sent import Sent
from contact_import.report import sha256
from contact_import.state import CLOSED
from contact_import.summary import Summary

if TYPE_CHECKING:
    from contact_import.state import State

STARTED = "started"
"""What a run is called while it is at work, and after it was killed."""
UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Run:
    """A run, by what its journal says of it."""

    path: Path
    facts: dict[str, Any]
    """Empty where the journal cannot be read."""

    @property
    def name(self) -> str:
        """What the run is called."""
        return self.path.stem

    @property
    def status(self) -> str:
        """Return "finished", "stopped", "interrupted", "abandoned", "undone", "started" or "unreadable"."""
        return str(self.facts.get("status", UNREADABLE))

    @property
    def is_closed(self) -> bool:
        """No session will go on with it."""
        return self.status in CLOSED

    @property
    def endpoint(self) -> str:
        """The address, or the sandbox's name, that it sent to."""
        return str(self.facts.get("endpoint", ""))

    @property
    def started(self) -> datetime:
        """When it began."""
        try:
            return datetime.fromisoformat(self.facts["started"])
        except (KeyError, ValueError):
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)

    @property
    def files(self) -> list[str]:
        """The lists that it sent."""
        return [file["path"] for file in self.facts.get("files", ())]


def runs(state: State) -> list[Run]:
    """Return all runs, newest first."""
    return [_run(path) for path in state.journals()]


def _run(path: Path) -> Run:
    with contextlib.suppress(JournalProblem):
        return Run(path, look(path))
    return Run(path, {})


def find(state: State, name: str) -> Run:
    """Return the run whose name is, or alone begins with, *name*; "last" is the newest.

    UsageProblem for none, and for "last" where a run was named by a clock that was ahead: it hides those after it.
    """
    if not name:
        raise UsageProblem("a run's name is missing; `contact-import runs` lists them")
    paths = state.journals()
    if name == "last" and paths and paths[0].stem[:15] > f"{datetime.now(UTC):%Y%m%d-%H%M%S}":
        raise UsageProblem(
            f"run {paths[0].stem} is in the future, so the clock was wrong then or is now, and nobody can tell which "
            "is the last; give the run's name: `contact-import runs` lists them"
        )
    found = paths[:1] if name == "last" else [path for path in paths if path.stem.startswith(name)]
    found = [path for path in found if path.stem == name] or found
    if len(found) == 1:
        return _run(found[0])
    many = f"{len(found)} runs begin with that" if found else "there is no such run"
    raise UsageProblem(f"{many}; `contact-import runs` lists them")


def summary(run: Run) -> Summary:
    """Return what the run came to: as it said itself, or, where it was cut off, as far as its journal knows."""
    kept, known = run.facts.get("summary"), {field.name for field in fields(Summary)}
    if kept and run.status != STARTED:
        kept = {key: value for key, value in kept.items() if key in known}
        return Summary(**{**kept, "run": run.name, "status": run.status})
    rows = sum(file["rows"] for file in run.facts.get("files", ()))
    accepted, rejected, unconfirmed = _counted(run) if run.facts else (0, 0, 0)
    settled = accepted + rejected + unconfirmed
    return Summary(
        run=run.name,
        status=run.status,
        exit_code=8 if run.status == UNREADABLE else 4,
        dry_run=False,
        files=run.files,
        endpoint=target.resource(run.endpoint),
        read=max(rows, settled),
        accepted=accepted,
        rejected=rejected,
        unconfirmed=unconfirmed,
        not_sent=max(rows - settled, 0),
    )


def _counted(run: Run) -> tuple[int, int, int]:
    """Return how many rows the journal knows as accepted, refused by the platform, and in doubt."""
    settled: dict[Outcome | None, set[int]] = {Outcome.ACCEPTED: set(), Outcome.REJECTED: set()}
    with Journal(run.path) as journal:
        for past in journal.past():
            if past.outcome in settled:
                settled[past.outcome].update(position for part in past.positions for position in part)
        doubt = journal.in_doubt()
    return len(settled[Outcome.ACCEPTED]), len(settled[Outcome.REJECTED]), len(doubt)


def others(state: State, run: Run, base_url: str) -> list[Sent]:
    """Return what all other runs sent to where *run* went, or to *base_url*; without those that were undone.

    JournalProblem where one cannot be read: nobody knows what it sent.
    """
    found = []
    for path in state.journals():
        if path != run.path and _is_at(look(path), {run.endpoint, base_url}):
            with Journal(path) as journal:
                found.append(Sent.of(journal))
    return found


def _is_at(facts: dict[str, Any], endpoints: set[str]) -> bool:
    return facts.get("endpoint") in endpoints and facts.get("status") != "undone"


def copy_failures(run: Run, kept: Summary, path: Path) -> None:
    """Write the failures file of *run* to *path*, where it is still as the run left it.

    UsageProblem where it is not: a journal has no cells to write it anew from.
    """
    for report in run.facts.get("reports", ()):
        source = Path(report["path"])
        if kept.failures_file and source.name == Path(kept.failures_file).name and sha256(source) == report["sha256"]:
            if os.path.lexists(path):
                raise UsageProblem(f"{path} exists; name another file")
            try:
                disk.write(path, source.read_bytes())
            except OSError as error:
                raise JournalProblem(f"{path} cannot be written: {error.strerror}") from error
            return
    where = f"{kept.failures_file} is gone or was changed" if kept.failures_file else "this run left none"
    raise UsageProblem(
        f"{where}; `contact-import upload … --dry-run --failures {path}` writes the rows that are held or rejected "
        "before anything is sent"
    )
