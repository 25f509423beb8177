"""A list, a platform and the command between them, in a scratch folder; and all that can be seen of it from outside."""

from __future__ import annotations

import csv
import json
import os
import random
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Any

from contact_import.sandbox import Behaviour, Sandbox
from tests.campaign import people
from tests.campaign.checker import Attempt, Evidence, Run
from tests.warm import ROOT, Child

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contact_import.sandbox import Fault, Receipt
    from tests.warm import Warm

PATIENCE = 120.0
"""Seconds after which a command is taken to hang."""
IMPORT = "/inbox/users/import"


@dataclass(frozen=True)
class Job:
    """What is to be imported, and where to."""

    rows: int = 200
    batch: int = 10
    workers: int = 4
    delimiter: str = ","
    odd: float = 0.05
    """Share of rows that cannot be sent, and of rows whose phone an earlier row has."""
    refused: int = 0
    """How many of the people the platform refuses."""
    faults: tuple[Fault, ...] = ()
    platform: dict[str, Any] = field(default_factory=dict)
    """What else the sandbox is told."""
    words: tuple[str, ...] = ()
    """Further options of the command."""


class World:
    """One job from its first run to its last; a context manager."""

    def __init__(self, job: Job, luck: random.Random, warm: Warm, plant: Sequence[str] = ()) -> None:
        self.job = job
        self.warm = warm
        self.plant = tuple(plant)
        self.token = f"canary-{secrets.token_hex(16)}"
        self.data = people.make(luck, job.rows, job.delimiter, odd=job.odd)
        self.people = people.read(self.data, job.delimiter)
        sent = [person.phone for person in self.people if person.is_sent]
        self.refused = frozenset(luck.sample(sent, job.refused))
        self.runs: list[Run] = []
        self._seen = 0

    def __enter__(self) -> World:
        self._scratch = tempfile.TemporaryDirectory(prefix="campaign-")
        self.top = Path(self._scratch.name)
        self.folder = self.top / "user"
        self.folder.mkdir(mode=0o700)
        (self.folder / "people.csv").write_bytes(self.data)
        os.close(os.open(self.folder / "token", os.O_CREAT | os.O_WRONLY, 0o600))
        (self.folder / "token").write_text(f"{self.token}\n")
        for name in ("out", "err"):
            (self.top / name).touch()
        choices = {"refuse": self.refused, "faults": self.job.faults, **self.job.platform}
        self.box = Sandbox(self.top / "platform.sqlite3", Behaviour(token=self.token, **choices))
        self.box.__enter__()
        self._log = sqlite3.connect(self.top / "platform.sqlite3", timeout=PATIENCE, isolation_level=None)
        return self

    def __exit__(self, *exc: object) -> None:
        self._log.close()
        self.box.__exit__(*exc)
        self._scratch.cleanup()

    # The command

    @property
    def words(self) -> list[str]:
        """The command line, after the command's name."""
        job = self.job
        where = ("--base-url", self.box.base_url, "--token-file", "token", "--state-dir", "state")
        shape = ("--batch-size", str(job.batch), "--concurrency", str(job.workers))
        reports = ("--outcomes", "outcomes.csv", "--failures", "failures.csv", "--json", "-v")
        return ["upload", "people.csv", "--country", "IN", *where, *shape, *reports, *job.words]

    @property
    def how(self) -> dict[str, Any]:
        """What the warm process needs to know."""
        environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME") or str(ROOT / "build" / "test-cache"),
        }
        return {
            "words": self.words,
            "folder": str(self.folder),
            "environment": environment,
            "out": str(self.top / "out"),
            "err": str(self.top / "err"),
        }

    def start(self, *, cold: bool = False) -> Child:
        """Start the command: forked from the warm process, or *cold*, as a shell would."""
        if not cold:
            return self.warm.start(**self.how, plant=self.plant)
        with (self.top / "out").open("wb") as out, (self.top / "err").open("wb") as err:
            process = subprocess.Popen(
                [sys.executable, "-m", "contact_import", *self.words],
                cwd=self.folder,
                env=self.how["environment"],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        return Child(process.pid, process=process)

    def run(self, *, wait: Callable[[Child], object] | None = None, cold: bool = False) -> Run:
        """Run the command to its end, or until *wait* returns, and note what can be seen then."""
        began, child = time.monotonic(), self.start(cold=cold)
        if wait:
            wait(child)
            child.send(signal.SIGKILL)
        assert child.ends_within(PATIENCE), self._hanging(child)
        return self.note(child.end(), time.monotonic() - began)

    def after_requests(self, requests: int, seconds: float) -> Callable[[Child], object]:
        """Return a wait for so many requests more than there were, and for *seconds* after them."""
        wanted = self._received() + requests

        def wait(child: Child) -> None:
            end = time.monotonic() + PATIENCE
            while self._received() < wanted and not child.ends_within(0.002):
                assert time.monotonic() < end, self._hanging(child)
            child.ends_within(seconds)

        return wait

    def after_reports(self, seconds: float) -> Callable[[Child], object]:
        """Return a wait for the outcomes file of this run, and for *seconds* after it."""
        before = self._made()

        def wait(child: Child) -> None:
            end = time.monotonic() + PATIENCE
            while self._made() == before and not child.ends_within(0.001):
                assert time.monotonic() < end, self._hanging(child)
            child.ends_within(seconds)

        return wait

    def _made(self) -> int:
        """Return when the outcomes file was made, in nanoseconds; 0 where there is none."""
        place = self.folder / "outcomes.csv"
        return place.stat().st_mtime_ns if place.exists() else 0

    def _hanging(self, child: Child) -> str:
        """End a command that hangs, and return what it was doing."""
        child.send(signal.SIGUSR2)
        child.ends_within(1.0)
        child.send(signal.SIGKILL)
        return f"the command hangs: {(self.top / 'err').read_text(errors='replace')[-4000:]}"

    def _received(self) -> int:
        """Return how many imports were received, without reading them: it is asked often."""
        sql = "SELECT count(*) FROM receipts WHERE path = ?"
        return int(self._log.execute(sql, (IMPORT,)).fetchone()[0])

    def trace(self, nth: int | None, *, cold: bool = False) -> tuple[Run, list[str]]:
        """Run the command to just before its writing system call *nth*; return also the calls it made."""
        began = time.monotonic()
        how = {**self.how, "cold": True} if cold else {**self.how, "plant": self.plant}
        answer = self.warm.trace(nth, **how)
        return self.note(answer["code"], time.monotonic() - began), answer["calls"]

    # What can be seen

    def note(self, code: int, seconds: float, *, was_told: bool = False) -> Run:
        """Look at everything now that a run has ended; *was_told*: a signal asked it to."""
        answered = frozenset(count for count, found in enumerate(self.imports()) if found.status is not None)
        if code < 0:
            self._settle()
        receipts = self.imports()
        out, err = ((self.top / name).read_bytes() for name in ("out", "err"))
        facts, attempts = _journal(self.folder / "state" / "runs")
        ended = code >= 0 or facts.get("status") == "finished"
        summary = facts.get("summary") if code < 0 else _object(out)
        told = ended and bool(summary) and summary["read"] > 0
        run = Run(
            code=code,
            was_told=was_told,
            seconds=seconds,
            out=out,
            err=err,
            summary=summary if told else None,
            seen=(self._seen, len(receipts)),
            answered=answered,
            facts=facts,
            attempts=attempts,
            outcomes=_rows(self.folder / "outcomes.csv") if told else None,
            failures=_rows(self.folder / "failures.csv") if told and summary["failures_file"] else [] if told else None,
            store=_names(self.box) if told else {},
        )
        self._seen = len(receipts)
        self.runs.append(run)
        return run

    @property
    def todo(self) -> int:
        """Return how many rows the journal did not have as settled after the last run."""
        done = len(self.runs[-1].positions("accepted", "rejected")) if self.runs else 0
        return sum(person.is_sent for person in self.people) - done

    def imports(self) -> list[Receipt]:
        """Return the receipts of imports, in order."""
        return [receipt for receipt in self.box.receipts() if receipt.path == IMPORT]

    def _settle(self) -> None:
        """Return when the platform has read what was sent to it: it answers in the order of arrival."""
        with closing(HTTPConnection("127.0.0.1", self.box.port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/inbox/segments")
            connection.getresponse().read()

    def evidence(self) -> Evidence:
        """Return all of it, for the checker."""
        job = self.job
        paths = [path for path in self.folder.rglob("*") if path.name not in {"people.csv", "token"}]
        files = {
            str(path.relative_to(self.folder)): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
            for path in paths
        }
        return Evidence(
            people=self.people,
            refused=self.refused,
            runs=tuple(self.runs),
            files=files,
            receipts=tuple(self.imports()),
            store=_names(self.box),
            token=self.token,
            batch=job.batch,
            workers=job.workers,
            faulty=any(fault.do != "stall" for fault in job.faults),
        )


def _journal(folder: Path) -> tuple[dict[str, Any], tuple[Attempt, ...]]:
    """Return the facts and the attempts of the journal in *folder*, read from a copy: a look must mend nothing."""
    paths = sorted(folder.glob("*.sqlite3"))
    assert len(paths) < 2, "two journals for one plan"
    if not paths:
        return {}, ()
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / paths[0].name
        for end in ("", "-journal"):
            if Path(f"{paths[0]}{end}").exists():
                copyfile(f"{paths[0]}{end}", f"{copy}{end}")
        with closing(sqlite3.connect(copy)) as database:
            facts = {key: json.loads(value) for key, value in database.execute("SELECT key, value FROM facts")}
            rows = database.execute("SELECT id, rows, outcome, reason, requests FROM attempts ORDER BY id").fetchall()
    return facts, tuple(Attempt(id_, _positions(text), *rest) for id_, text, *rest in rows)


def _positions(text: str) -> frozenset[int]:
    """Return the positions in "0-99 101"."""
    spans = [part.partition("-") for part in text.split()]
    return frozenset(position for first, _, last in spans for position in range(int(first), int(last or first) + 1))


def _object(out: bytes) -> dict[str, Any] | None:
    """Return the JSON object that *out* is, None where it is nothing."""
    found: dict[str, Any] | None = json.loads(out) if out.strip() else None
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, restkey="more"))


def _names(box: Sandbox) -> dict[str, list[str]]:
    """Return the names of each phone that is stored; more than one where there is more than one contact."""
    found: dict[str, list[str]] = {}
    for contact in box.contacts():
        details = contact["profile"]["userDetails"]
        found.setdefault(details["whatsAppNumber"], []).append(details["userProvidedName"])
    return found
