"""The state folder: where journals live, and the lock that keeps a second run for the same address out."""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contact_import import disk
from contact_import.errors import JournalProblem, Locked, Unreadable
from contact_import.journal import Journal, look, past
from contact_import.journal.schema import new_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from contact_import.plan import Plan


CLOSED = ("finished", "abandoned", "undone")
"""What a run is called that no later session goes on with."""

ELSEWHERE = "give another one on a disk of this machine with --state-dir"


@dataclass(frozen=True, slots=True)
class Left:
    """A run that was left unfinished, and that another one does not go on with."""

    run: str
    file: str
    """The path of its file, as it was."""
    is_changed: bool
    """That file has another content now."""
    accepted: int
    """Rows."""
    in_doubt: int
    """Rows."""


class State:
    """The folder that remembers runs; 0700, whatever the umask."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use *folder*, or the usual place of this system; JournalProblem where it cannot be used."""
        self.folder = folder or _usual_place()
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

    def learn(self, endpoint: str, **facts: object) -> None:
        """Keep what was found out about the platform at *endpoint*; JournalProblem where that cannot be kept."""
        known = self._learnt()
        known[endpoint] = {**known.get(endpoint, {}), **facts}
        try:
            disk.write(self._platforms, json.dumps(known, indent=2).encode())
        except OSError as error:
            raise JournalProblem(f"{self._platforms} cannot be written: {error.strerror}") from error

    def learnt(self, endpoint: str) -> dict[str, Any]:
        """Return what was found out about the platform at *endpoint*."""
        found: dict[str, Any] = self._learnt().get(endpoint, {})
        return found

    @property
    def _platforms(self) -> Path:
        return self.folder / "platforms.json"

    def _learnt(self) -> dict[str, Any]:
        try:
            found = json.loads(self._platforms.read_bytes())
        except (OSError, ValueError):  # nothing was learnt yet, or it is damaged and can be learnt again
            return {}
        return found if isinstance(found, dict) else {}

    @contextlib.contextmanager
    def lock(self, endpoint: str) -> Iterator[None]:
        """Hold the lock of *endpoint*; it ends with the process, however that ends.

        Raises Locked where another run has it, JournalProblem where this folder's disk knows no locks.
        """
        with contextlib.ExitStack() as held:
            path = self.folder / f"{hashlib.sha256(endpoint.encode()).hexdigest()[:16]}.lock"
            if not _take(path, held):
                raise Locked("another run is at work for this address; nothing was sent by this one")
            with contextlib.ExitStack() as second:  # some network disks grant every lock to everybody
                if _take(path, second):
                    raise JournalProblem(f"{self.folder} lets two take the same lock; {ELSEWHERE}")
            yield

    def journals(self) -> list[Path]:
        """Return the journals there are, newest first."""
        return sorted(self.runs.glob("*.sqlite3"), reverse=True)

    def wrote(self, sha256: str) -> bool:
        """Tell whether a run left a report of that *sha256*; a journal that cannot be read is passed over."""
        if not sha256:  # what stands for a report that was not written
            return False
        for path in self.journals():
            with contextlib.suppress(JournalProblem):
                facts = look(path)
                known = [*facts.get("wrote", ()), *(report.get("sha256") for report in facts.get("reports", ()))]
                if sha256 in known:
                    return True
        return False

    def journal(self, plan: Plan, *, fresh: bool = False, anew: bool = False) -> tuple[str, Journal]:
        """Return the name and the open journal of the unfinished run of *plan*, or of a new one.

        *fresh*: always of a new one; the unfinished one is abandoned. *anew*: of a new one also where Unreadable is
        raised else: the last run of *plan* may be unfinished, and nobody can read its journal.
        """
        mark, is_last = plan.digest[:12], True
        for path in (path for path in self.journals() if path.stem.endswith(f"-{mark}")):
            try:
                journal = _unfinished(path, plan)
            except Unreadable:
                if is_last and not anew:
                    raise
                continue
            is_last = False
            if journal and not fresh:
                return path.stem, journal
            if journal:
                with journal:
                    journal.note(status="abandoned")
        for half in self.runs.glob(f"{new_name(Path(f'*-{mark}.sqlite3')).name}*"):
            half.unlink(missing_ok=True)  # of a run that was killed before it had a journal, and SQLite's own beside it
        now = datetime.now(UTC)
        run = f"{now:%Y%m%d-%H%M%S}-{now.microsecond:06}-{mark}"
        facts = {"plan": plan.digest, "status": "started", "endpoint": plan.endpoint, "started": now.isoformat()}
        return run, Journal(self.runs / f"{run}.sqlite3", **facts)

    def left_unfinished(self, plan: Plan, files: Mapping[str, str]) -> Iterator[Left]:
        """Yield the unfinished runs to the same address of the same *files* that are not of *plan* and sent any.

        *files*: path → SHA-256 of its content. A journal that cannot be read is passed over: it is not in the way.
        """
        for path in self.journals():
            with contextlib.suppress(JournalProblem):
                facts = look(path)
                if facts.get("endpoint") != plan.endpoint or facts.get("status") in CLOSED:
                    continue
                if facts.get("plan") == plan.digest:
                    continue
                known = [file for file in facts.get("files", ()) if file["path"] in files]
                changed = [file for file in known if files[file["path"]] != file["sha256"]]
                for file in (changed or known)[:1]:
                    with Journal(path) as journal:
                        accepted, doubt = past.accepted(journal.past()), journal.in_doubt()
                    if accepted or doubt:
                        yield Left(path.stem, file["path"], bool(changed), len(accepted), len(doubt))


def _unfinished(path: Path, plan: Plan) -> Journal | None:
    """Return the open journal at *path* where it is that of an unfinished run of *plan*."""
    facts = look(path)
    is_open = facts.get("plan") == plan.digest and facts.get("status") not in CLOSED
    return Journal(path) if is_open else None


def _usual_place() -> Path:
    import platformdirs  # noqa: PLC0415 - not needed for --help

    try:
        found = Path(platformdirs.user_state_dir("contact-import"))
    except RuntimeError:  # a user that nobody knows, as containers have them
        found = Path("~")
    if not found.is_absolute():  # what older versions of platformdirs make of that
        raise JournalProblem("this user has no home folder to remember runs in; name one with --state-dir")
    return found


def _take(path: Path, held: contextlib.ExitStack) -> bool:
    """Take the lock at *path* until *held* ends; tell whether it was free. JournalProblem where there are no locks."""
    from filelock import FileLock, SoftFileLock, Timeout  # noqa: PLC0415

    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        held.enter_context(lock)
    except Timeout:
        return False
    except (OSError, NotImplementedError) as error:  # no flock: ENOLCK, ENOSYS; a folder that cannot be written
        words = getattr(error, "strerror", None) or "it has no file locks"
        raise JournalProblem(f"{path.parent} cannot be locked ({words}); {ELSEWHERE}") from error
    if isinstance(lock, SoftFileLock):  # what it turns into where there is no flock; a kill would leave it behind
        raise JournalProblem(f"{path.parent} cannot be locked (it has no file locks); {ELSEWHERE}")
    return True
