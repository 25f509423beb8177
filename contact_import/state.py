"""The state folder: where journals live, and the lock that keeps a second run for the same address out."""

from __future__ import annotations

import contextlib
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contact_import.errors import JournalProblem, Locked
from contact_import.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contact_import.plan import Plan


CLOSED = ("finished", "abandoned")
"""What a run is called that no later session goes on with."""


class State:
    """The folder that remembers runs; 0700, whatever the umask."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use *folder*, or the usual place of this system."""
        import platformdirs  # noqa: PLC0415 - not needed for --help

        self.folder = folder or Path(platformdirs.user_state_dir("contact-import"))
        self.runs = self.folder / "runs"
        try:
            for path in (self.folder, self.runs):
                path.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise JournalProblem(
                f"the state folder {self.folder} cannot be made: {error.strerror}; give another with --state-dir"
            ) from error

    @property
    def sandbox(self) -> Path:
        """The file in which the sandbox keeps its contacts."""
        return self.folder / "sandbox.sqlite3"

    @contextlib.contextmanager
    def lock(self, endpoint: str) -> Iterator[None]:
        """Hold the lock of *endpoint*; Locked where another run has it. It ends with the process, however that ends."""
        from filelock import FileLock, Timeout  # noqa: PLC0415

        path = self.folder / f"{hashlib.sha256(endpoint.encode()).hexdigest()[:16]}.lock"
        try:
            with FileLock(path, timeout=0, mode=0o600):
                yield
        except Timeout:
            raise Locked("another run is at work for this address; nothing was sent by this one") from None

    def journal(self, plan: Plan, *, fresh: bool = False) -> tuple[str, Journal]:
        """Return the name and the open journal of the unfinished run of *plan*, or of a new one.

        *fresh*: always of a new one; the unfinished one is abandoned.
        """
        mark = plan.digest[:12]
        for path in sorted(self.runs.glob(f"*-{mark}.sqlite3"), reverse=True):
            journal = Journal(path)
            if journal.fact("plan") == plan.digest and journal.fact("status") not in CLOSED:
                if not fresh:
                    return path.stem, journal
                journal.note(status="abandoned")
            journal.close()
        now = datetime.now(UTC)
        run = f"{now:%Y%m%d-%H%M%S}-{now.microsecond:06}-{mark}"
        journal = Journal(self.runs / f"{run}.sqlite3")
        journal.note(plan=plan.digest, status="started", endpoint=plan.endpoint, started=now.isoformat())
        return run, journal
