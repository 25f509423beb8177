"""A process that has imported everything, and forks: the command without its start-up, some thirty times a second.

`python -m tests.warm` reads requests, one JSON object a line, from standard input and answers each with one
line. What it forks runs the command's own `main`, with the given words, environment, folder and output files.
A child is reaped only when that is asked for, so its number is not given to anybody else meanwhile.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import importlib
import io
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[1]


@dataclass
class Child:
    """A command that runs: forked by `Warm`, or started for itself."""

    pid: int
    warm: Warm | None = None
    process: subprocess.Popen[bytes] | None = None
    handle: int = field(init=False)

    def __post_init__(self) -> None:
        self.handle = os.pidfd_open(self.pid)

    def ends_within(self, seconds: float) -> bool:
        """Wait for the end, so long at most; tell whether it came."""
        return bool(select.select([self.handle], [], [], seconds)[0])

    def send(self, number: int) -> None:
        """Send the signal *number*."""
        signal.pidfd_send_signal(self.handle, number)

    def end(self) -> int:
        """Return the exit code, or minus the signal; it must have ended."""
        os.close(self.handle)
        if self.process:
            return self.process.wait()
        return int(self.warm.ask(do="end", pid=self.pid)["code"]) if self.warm else 0


class Warm:
    """The warm process, seen from outside; a context manager."""

    def __enter__(self) -> Warm:
        # One thread for sums: a process with threads is not to be forked.
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.warm"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.can_trace = bool(self.ask(do="hello")["can_trace"])
        return self

    def __exit__(self, *exc: object) -> None:
        self._process.communicate()

    def ask(self, **request: Any) -> dict[str, Any]:
        """Send a request and return the answer."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def start(self, **how: Any) -> Child:
        """Fork a command; *how* is what `_become` takes."""
        return Child(self.ask(do="start", how=how)["pid"], warm=self)

    def trace(self, nth: int | None, **how: Any) -> dict[str, Any]:
        """Run a command to its end, or to just before its writing call *nth*; return its code and its calls."""
        return self.ask(do="trace", nth=nth, how=how)


# In the warm process ------------------------------------------------------------


def _become(
    words: Sequence[str], folder: str, environment: Mapping[str, str], out: str, err: str, plant: Sequence[str] = ()
) -> NoReturn:
    """Be the command from here on: in a child that was just forked. *plant* names changes of `mutants` to make."""
    code = 1
    try:
        _stream(os.devnull, 0, os.O_RDONLY)
        _stream(out, 1, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        _stream(err, 2, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["contact-import", *words]
        faulthandler.register(signal.SIGUSR2)  # says where it hangs, when it is asked
        for name in plant:
            importlib.import_module("tests.campaign.mutants").plant(name)
        _main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _stream(path: str, number: int, how: int) -> None:
    opened = os.open(path, how, 0o600)
    os.dup2(opened, number)
    os.close(opened)


def _main() -> None:
    importlib.import_module("contact_import.__main__").main()


def _exec(words: Sequence[str], folder: str, environment: Mapping[str, str], out: str, err: str) -> NoReturn:
    """Be the command as a shell would start it."""
    _stream(os.devnull, 0, os.O_RDONLY)
    _stream(out, 1, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    _stream(err, 2, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.chdir(folder)
    os.execve(sys.executable, [sys.executable, "-m", "contact_import", *words], dict(environment))


LATE = (
    "httpx httpcore._async.http11 anyio._backends._asyncio filelock platformdirs orjson contact_import.session "
    "contact_import.sender contact_import.journal contact_import.state contact_import.console "
    "contact_import.credentials"
).split()
"""What a dry run does not import."""


def _warm_up() -> None:
    """Import everything, and let a dry run fill every cache; it leaves no thread, and the umask as it was."""
    mask = os.umask(0o022)
    for name in LATE:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        people = Path(folder) / "people.csv"
        people.write_text("Name,Mobile\nAsha,9812300001\nRohan,98123\n")
        words = ("upload", str(people), "--country", "IN", "--dry-run", "--json", "--failures", f"{folder}/failures")
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
            sys.argv = ["contact-import", *words]
            _main()
    os.umask(mask)
    assert threading.active_count() == 1
    gc.freeze()


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    from tests.campaign import tracer  # noqa: PLC0415

    match request["do"]:
        case "hello":
            return {"can_trace": tracer.is_possible()}
        case "start":
            child = os.fork()
            if not child:
                _become(**request["how"])
            return {"pid": child}
        case "end":
            return {"code": os.waitstatus_to_exitcode(os.waitpid(request["pid"], 0)[1])}
        case _:
            how, nth = request["how"], request["nth"]
            become = _exec if how.pop("cold", False) else _become
            traced = tracer.trace(lambda: become(**how), lambda _, count: count == nth)
            return {"code": traced.code, "calls": traced.calls}


def serve() -> None:
    """Answer requests until standard input ends."""
    _warm_up()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        answers.write(json.dumps(_answer(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve()
