"""The real command in a scratch folder, with an environment of its own, and a platform for it to talk to."""

from __future__ import annotations

import csv
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import contact_import
from contact_import.sandbox import Behaviour, Sandbox
from tests.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from contact_import.sandbox import Receipt

ROOT = Path(contact_import.__file__).parents[1]
PATIENCE = 60.0
"""Seconds after which a command or a condition that is waited for is taken to hang."""
OF_THE_START = ("PYTHON", "LANG", "LC_")
"""How the names begin of what Python itself reads from the environment while it starts."""

# Run before anything of ours, in a process that must not go near the network.
WATCH_SOCKETS = """
import sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        with open({log!r}, "a") as file:
            file.write(f"{{event}} {{arguments}}\\n")

sys.addaudithook(watch)
"""

OUTCOMES = ("accepted", "ready", "rejected", "held", "duplicate", "unchanged", "unconfirmed", "not_sent")
KEYS = {
    *("run", "status", "exit_code", "dry_run", "files", "endpoint", "read", *OUTCOMES),
    *("reasons", "warnings", "countries", "requests", "resent_rows", "seconds"),
    *("failures_file", "report", "phone_data"),
}
STATUSES = {0: "finished", 3: "finished", 129: "interrupted", 130: "interrupted", 143: "interrupted"}


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def account(self) -> dict[str, Any]:
        """The JSON on standard output, which must be all of it, have every promised key, and add up."""
        account = json.loads(self.out)
        assert account.keys() >= KEYS
        assert sum(account[outcome] for outcome in OUTCOMES) == account["read"]
        assert account["exit_code"] == self.code
        assert account["status"] == STATUSES.get(self.code, "stopped")
        failed = account["rejected"] + account["held"]
        assert sum(account["reasons"].values()) == failed
        return account

    @property
    def counts(self) -> dict[str, int]:
        """The outcomes that any row has."""
        return {outcome: self.account[outcome] for outcome in OUTCOMES if self.account[outcome]}


@dataclass
class Command:
    """`contact-import`, run in *folder* by somebody whose home and state are in it too."""

    folder: Path
    token: str
    warm: Warm | None
    environment: dict[str, str] = field(default_factory=dict)
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def token_file(self) -> Path:
        return self.folder / "token"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def journals(self) -> list[Path]:
        return sorted(self.state.glob("runs/*.sqlite3"))

    def start(self, *words: object, env: Mapping[str, str] = {}, python: Sequence[str] = (), **more: Any) -> Any:
        """Start the command and return its process; standard input is empty unless it is given."""
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
        process = subprocess.Popen(
            [sys.executable, *python, "-m", "contact_import", *map(str, words)],
            cwd=self.folder,
            env={**self.environment, **env},
            encoding="utf-8",
            **streams,
        )
        self.running.append(process)
        return process

    def end(self, process: subprocess.Popen[str], given: str | None = None, since: float | None = None) -> Ran:
        """Wait for the end of *process*."""
        began = time.monotonic() if since is None else since
        out, err = process.communicate(given, timeout=PATIENCE)
        return Ran(process.returncode, out or "", err or "", time.monotonic() - began)

    def __call__(self, *words: object, given: str | None = None, **more: Any) -> Ran:
        """Run the command to its end; *given* is its standard input.

        Where nothing but words and variables of its own is asked for, it is forked from a process that has imported
        everything: the same command, a second sooner.
        """
        of_the_start = [name for name in more.get("env", ()) if name.startswith(OF_THE_START)]
        if self.warm and given is None and more.keys() <= {"env"} and not of_the_start:
            return self.forked(self.warm, *words, **more)
        stdin = {} if given is None else {"stdin": subprocess.PIPE}
        return self.end(self.start(*words, **stdin, **more), given)

    def forked(self, warm: Warm, *words: object, env: Mapping[str, str] = {}) -> Ran:
        """Run the command to its end, without what Python does before it."""
        out, err = (self.folder.with_name(f"standard-{name}") for name in ("output", "error"))
        environment = {**self.environment, **env}
        began = time.monotonic()
        child = warm.start(
            words=list(map(str, words)), folder=str(self.folder), environment=environment, out=str(out), err=str(err)
        )
        if not child.ends_within(PATIENCE):
            child.send(signal.SIGKILL)
        return Ran(child.end(), out.read_text("utf-8"), err.read_text("utf-8"), time.monotonic() - began)

    def upload(self, file: object, platform: Sandbox | None = None, *words: object, **more: Any) -> Ran:
        """Upload *file* of Indian numbers to *platform*, else nowhere, and return the account."""
        where = ["--dry-run"] if platform is None else ["--base-url", platform.base_url, "--token-file", "token"]
        return self("upload", file, "--country", "IN", "--json", *where, *words, **more)

    # Files

    def write(self, name: str, rows: Iterable[Sequence[object]], **dialect: Any) -> Path:
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, **dialect).writerows(rows)
        return path

    def people(self, count: int, name: str = "people.csv", start: int = 0) -> list[str]:
        """Write a list of *count* people and return their phones, prefix and number in one, in order."""
        numbers = [f"98{(index * 7_368_787 + 1) % 10**8:08d}" for index in range(start, start + count)]
        self.write(name, [("Name", "Mobile"), *((f"Person {number}", number) for number in numbers)])
        return [f"91{number}" for number in numbers]

    def rows(self, name: object) -> list[dict[str, str]]:
        """Return the rows of a CSV file that the command wrote."""
        with (self.folder / str(name)).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, restkey="more"))

    def files(self) -> set[str]:
        """Return the names of all files in the scratch folder."""
        found = (path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file())
        return {str(path) for path in found if "__pycache__" not in path.parts}

    def holding(self, *texts: str) -> set[str]:
        """Return the names of the files that hold the bytes of any of *texts*, in their content or in their name."""
        return {
            name
            for name in self.files()
            if any(text in name or text.encode() in (self.folder / name).read_bytes() for text in texts)
        }

    def early(self, code: str) -> dict[str, str]:
        """Return an environment in which *code* runs before the command does."""
        folder = self.folder / "early"
        folder.mkdir(exist_ok=True)
        (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
        return {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}

    def watched(self) -> tuple[dict[str, str], Path]:
        """Return an environment in which every use of a socket is written to a file, and that file."""
        log = self.folder / "sockets.log"
        return self.early(WATCH_SOCKETS.format(log=str(log))), log


@pytest.fixture
def token() -> str:
    return f"canary-{secrets.token_hex(16)}"


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm | None]:
    """A process to fork the command from; None where the system cannot do that."""
    if not hasattr(os, "pidfd_open"):
        yield None
        return
    with Warm() as process:
        yield process


@pytest.fixture
def command(tmp_path, token, warm):
    """The command, whose token is in a file called "token"."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
        "CONTACT_IMPORT_STATE_DIR": str(folder / "state"),
        "PYTHONPATH": str(ROOT),
    }
    command = Command(folder, token, warm, environment)
    command.token_file.write_text(f"{token}\n")
    command.token_file.chmod(0o600)
    yield command
    for process in command.running:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def platform(tmp_path, token):
    """Start platforms that expect the token; each has its own store, outside the command's folder."""
    with ExitStack() as stack:
        started = 0

        def start(*faults: Any, **choices: Any) -> Sandbox:
            nonlocal started
            started += 1
            store = tmp_path / f"platform-{started}.sqlite3"
            return stack.enter_context(Sandbox(store, Behaviour(**{"token": token, "faults": faults, **choices})))

        yield start


@pytest.fixture
def sample() -> Path:
    """The folder of the sample lists."""
    return ROOT / "sample_data"


@pytest.fixture
def wait_for() -> Callable[[Callable[[], Any]], Any]:
    """Wait until a condition holds, looking often; fail where it never does."""

    def wait(condition: Callable[[], Any]) -> Any:
        end = time.monotonic() + PATIENCE
        while not (found := condition()):
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.005)
        return found

    return wait


@pytest.fixture
def stored() -> Callable[[Sandbox], list[str]]:
    """Tell the phones that a platform has stored, prefix and number in one, sorted."""

    def phones(platform: Sandbox) -> list[str]:
        return sorted(contact["profile"]["userDetails"]["whatsAppNumber"] for contact in platform.contacts())

    return phones


@pytest.fixture
def received() -> Callable[[Iterable[Receipt]], Counter[str]]:
    """Count how often each phone is in some receipts."""
    return lambda receipts: Counter(phone for receipt in receipts for phone in receipt.phones)
