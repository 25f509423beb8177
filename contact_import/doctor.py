"""Whether this machine and this user are fit for an import: what was looked at, and what was found."""

from __future__ import annotations

import os
import platform as machine
import shutil
import sqlite3
import ssl
import stat
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import certifi

from contact_import import __version__, disk, history, phones, target
from contact_import.credentials import NoToken
from contact_import.errors import JournalProblem, StoppedRun, UsageProblem
from contact_import.readback import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from contact_import.readback import Inbox
    from contact_import.sender import Target
    from contact_import.state import State

ROOM = 100 << 20
"""Bytes that should be free."""
SKEW = 60.0
"""Seconds that two clocks may differ."""
OLD = timedelta(days=30)
IGNORED = (
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE", "REQUESTS_CA_BUNDLE"),
)
"""Variables that other programs heed on their way to a server."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: Literal["ok", "look", "bad", "off"]
    """ "look": something to look at; "off": not looked at."""
    words: str
    exit_code: int = 0
    """What a run would end with, where it could not begin or be finished."""

    def as_json(self) -> dict[str, Any]:
        """Return the fields as plain values."""
        return asdict(self)


def exit_code(checks: list[Check]) -> int:
    """Return that of the first check that would stop a run, 3 where there is something to look at, else 0."""
    stopping = [check.exit_code for check in checks if check.exit_code]
    return stopping[0] if stopping else 3 * any(check.state in {"look", "bad"} for check in checks)


def program() -> Check:
    """Return what runs here."""
    versions = f"Python {machine.python_version()}, SQLite {sqlite3.sqlite_version}, {ssl.OPENSSL_VERSION}"
    return Check("program", "ok", f"contact-import {__version__}, {versions}, {sys.platform}")


def engine() -> Check:
    """Look at what reads phones."""
    status = phones.engine_status()
    if "automaton" in status:
        return Check("phones", "ok", f"numbering plans {phones.DATA_VERSION}, read by the {status}")
    return Check("phones", "look", f"read slowly, by {status}; the verdicts are the same")


def environment(variables: Mapping[str, str]) -> Check:
    """Look for variables that other programs would heed; their values may hold passwords, and are not shown."""
    found = [name for name in IGNORED if variables.get(name) or variables.get(name.lower())]
    if not found:
        return Check("environment", "ok", "no proxy and no certificates are set in it")
    return Check("environment", "ok", f"{', '.join(found)}: seen, and ignored; --proxy and --ca-file are heeded")


def trust(ca_file: Path | None) -> Check:
    """Look at which certificates are trusted."""
    if ca_file:
        return Check("certificates", "ok", f"those in {ca_file} alone")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cafile=certifi.where())
    return Check("certificates", "ok", f"{len(context.get_ca_certs())} authorities, as certifi ships them")


def folder(state: State) -> Iterator[Check]:
    """Look at the state folder: who may read it, whether writing and locking work, what is in it."""
    yield _modes(state)
    yield _room(state)
    yield _lock(state)
    yield _history(state)


def _modes(state: State) -> Check:
    paths = [state.folder, state.runs, *state.journals()]
    open_ = [path for path in paths if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_:
        return Check("state folder", "look", f"others can look into {open_[0]}; chmod -R go= {state.folder}")
    return Check("state folder", "ok", f"{state.folder}, yours alone to read")


def _room(state: State) -> Check:
    path = state.folder / ".doctor"
    began = time.monotonic()
    try:
        disk.write(path, bytes(4096))
        path.unlink()
    except OSError as error:
        words = f"{state.folder} cannot be written: {error.strerror}; give another one with --state-dir"
        return Check("disk", "bad", words, JournalProblem.exit_code)
    taken, free = time.monotonic() - began, shutil.disk_usage(state.folder).free
    words = f"{free / (1 << 30):,.1f} GiB free, a write is on disk after {taken * 1000:.0f} ms"
    return Check("disk", "ok" if free >= ROOM and taken < 1 else "look", words)


def _lock(state: State) -> Check:
    before = set(state.folder.glob("*.lock"))
    try:
        with state.lock("doctor"):
            for path in set(state.folder.glob("*.lock")) - before:
                path.unlink()
            return Check("lock", "ok", "one run at a time for an address: the lock holds")
    except StoppedRun as problem:
        return Check("lock", "bad", str(problem), problem.exit_code)


def _history(state: State) -> Check:
    runs = history.runs(state)
    unfinished = [run for run in runs if not run.is_closed and run.facts]
    unreadable = [run for run in runs if not run.facts]
    old = [run for run in runs if run.started < datetime.now(UTC) - OLD]
    found = [
        (unreadable, f"{len(unreadable):,} cannot be read"),
        (unfinished, f"{len(unfinished):,} were left unfinished"),
        (old, f"{len(old):,} are older than 30 days: contact-import purge --older-than 30d"),
    ]
    words = "; ".join([f"{len(runs):,} in all", *(words for some, words in found if some)])
    return Check("runs", "look" if unreadable else "ok", words)


def address(base_url: str) -> Check:
    """Look at where requests would go."""
    try:
        return Check("address", "ok", target.checked(base_url))
    except UsageProblem as problem:
        return Check("address", "bad", str(problem), problem.exit_code)


def token(find: Callable[[], Target]) -> tuple[Check, Target | None]:
    """Look for the token, and return the platform that it opens."""
    try:
        found = find()
    except NoToken as problem:
        return Check("token", "look", str(problem)), None
    except UsageProblem as problem:
        return Check("token", "bad", str(problem), problem.exit_code), None
    secret = found.token
    if secret.expires is not None and secret.expires < time.time():
        moment = f"{datetime.fromtimestamp(secret.expires, UTC):%Y-%m-%d %H:%M} UTC"
        return Check("token", "look", f"{secret.where}: {secret.shape}, expired at {moment}"), found
    return Check("token", "ok", f"{secret.where}: {secret.shape}"), found


def platform(reached: Target, state: State) -> Iterator[Check]:
    """Make one call that only reads."""

    async def look(inbox: Inbox) -> float | None:
        await inbox.look()
        return inbox.ahead

    try:
        ahead = asked(reached, look, tries=1)
    except StoppedRun as problem:
        yield Check("platform", "bad", str(problem), problem.exit_code)
        return
    known = {
        "upsert": "knows people by their phone",
        "copies": "makes copies of people who are sent again: see --on-unconfirmed hold",
    }
    learnt = known.get(state.learnt(reached.base_url).get("resending", ""), "`probe` finds out whether it knows people")
    yield Check("platform", "ok", f"{reached.base_url} takes the token; {learnt}")
    yield _clock(ahead)


def _clock(ahead: float | None) -> Check:
    if ahead is None:
        return Check("clock", "off", "the platform does not say what time it is")
    if abs(ahead) > SKEW:
        return Check(
            "clock", "look", f"the platform's is {ahead:+,.0f} seconds from this machine's; set this one right"
        )
    return Check("clock", "ok", "that of the platform and that of this machine agree")
