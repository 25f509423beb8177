"""Power cuts: the journal on a disk that forgets what was not synced. Nothing acknowledged is lost, nothing corrupt.

    python -m tests.campaign.power --cuts 10000 --seed 1

The `Journal` class itself, over the SQLite that Python brings, writes a run's journal under the eyes of `tracer`, which
records every call that changes a file, every sync, and every acknowledgement. A cut is a moment in that record: what
was synced by then is there; each unsynced write is kept, lost or torn at a sector of 512 bytes. What is left is written
to a real folder, and opened again by the `Journal` class.

Names in a folder are durable at once in one set of cuts; in the other they come late: of the creations, deletions and
renamings since the folder was last synced, only some of the first ones are left.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from contact_import.errors import JournalProblem
from contact_import.journal import Journal, schema
from tests.campaign import tracer
from tests.campaign.figures import Figure, Progress, bound, conclude

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.campaign.tracer import Call

SECTOR = 512
ACKNOWLEDGED = 200
"""The descriptor on which the journal's writer says what it was promised; it leads nowhere, but the tracer reads it."""
CUTS_A_RECORD = 250
WORKERS, ATTEMPTS = 3, 20
"""At once, and of each."""
MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Step:
    """Something that happened to the disk, or an acknowledgement."""

    what: str
    """create, unlink, rename, write, truncate, sync, sync-folder or acknowledged."""
    inode: int = 0
    name: str = ""
    to: str = ""
    offset: int = 0
    data: bytes = b""


@dataclass
class Recorder:
    """Turns the system calls of a process into steps on the files of one folder."""

    folder: Path
    steps: list[Step] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    inodes: int = 0

    def __call__(self, call: Call, _: int) -> bool:
        if call.name == "write" and call.arguments[0] == ACKNOWLEDGED:
            self.steps.append(Step("acknowledged", name=call.data.decode().strip()))
        elif call.path == str(self.folder) and "sync" in call.name:
            self.steps.append(Step("sync-folder"))
        elif Path(call.path).parent == self.folder:
            self._file(call, Path(call.path).name)
        return False

    def _file(self, call: Call, name: str) -> None:
        """Note a call about the file *name* of the folder."""
        match call.name:
            case "openat":
                if name not in self.names:
                    self.inodes += 1
                    self.names[name] = self.inodes
                    self.steps.append(Step("create", self.inodes, name))
                assert not call.arguments[2] & os.O_TRUNC
            case "unlink":
                if inode := self.names.pop(name, 0):
                    self.steps.append(Step("unlink", inode, name))
            case "rename":
                to = Path(call.text(1)).name
                self.names[to] = self.names.pop(name)
                self.steps.append(Step("rename", self.names[to], name, to))
            case "pwrite64":
                self.steps.append(Step("write", self.names[name], offset=call.arguments[3], data=call.data))
            case "ftruncate":
                self.steps.append(Step("truncate", self.names[name], offset=call.arguments[1]))
            case "fsync" | "fdatasync":
                self.steps.append(Step("sync", self.names[name]))
            case "fchmod":
                pass
            case other:
                raise AssertionError(f"{other} of {name}: the model of the disk does not know it")


# What the process does ------------------------------------------------------------


def write_a_journal(path: Path, seed: int, synchronous: str) -> NoReturn:
    """Write a journal as a run does, and say on `ACKNOWLEDGED` what it acknowledges."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), ACKNOWLEDGED)
    others = (pragma for pragma in schema.PRAGMAS if not pragma.startswith("synchronous"))
    schema.PRAGMAS = (*others, f"synchronous={synchronous}")

    def say(text: str) -> None:
        os.write(ACKNOWLEDGED, text.encode())

    async def work(journal: Journal, luck: random.Random) -> None:
        for _ in range(ATTEMPTS):
            positions = sorted(luck.sample(range(1000), luck.randint(1, 40)))
            number = await journal.attempt(positions, [position + 10**11 for position in positions])
            say(f"attempt {number}")
            for _ in range(luck.randint(0, 3)):
                await asyncio.sleep(0)
            outcome = luck.choice(("accepted", "accepted", "rejected", "unconfirmed", "halved"))
            await journal.outcome(number, outcome, "r" * luck.choice((0, 20, 3000)), 1)
            say(f"outcome {number} {outcome}")

    async def run(journal: Journal) -> None:
        await asyncio.gather(*(work(journal, random.Random(f"{seed}:{worker}")) for worker in range(WORKERS)))

    with Journal(path, plan="p" * 64, status="started") as journal:
        say("fact status started")
        asyncio.run(run(journal))
        journal.note(status="finished")
        say("fact status finished")
    os._exit(0)


def record(seed: int, synchronous: str = "FULL") -> list[Step]:
    """Return what happens to the disk while a journal is written."""
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(Path(folder).resolve())
        ended = tracer.trace(lambda: write_a_journal(recorder.folder / "j.sqlite3", seed, synchronous), recorder)
    assert ended.code == 0, f"the journal could not be written: {ended}"
    return recorder.steps


# What is left of it ------------------------------------------------------------


@dataclass
class File:
    """The content of an inode, and what was done to it since it was synced."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.pending:
            _apply(self.durable, step)
        self.pending.clear()

    def after_cut(self, luck: random.Random) -> bytes:
        """Return what is left: of each pending step all, nothing, or some sectors."""
        kept, left = luck.choice((0.0, 0.5, 0.9, 1.0)), bytearray(self.durable)
        for step in self.pending:
            if luck.random() < 0.3:  # torn
                for part in _sectors(step):
                    if luck.random() < 0.5:
                        _apply(left, part)
            elif luck.random() < kept:
                _apply(left, step)
        return bytes(left)


def _apply(content: bytearray, step: Step) -> None:
    if step.what == "truncate":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
        return
    content.extend(bytes(max(0, step.offset - len(content))))
    content[step.offset : step.offset + len(step.data)] = step.data


def _sectors(step: Step) -> Iterator[Step]:
    """Yield the parts of *step* that reach the disk as a whole or not at all."""
    if step.what == "truncate":
        yield step
        return
    start = 0
    while start < len(step.data):
        end = start + SECTOR - (step.offset + start) % SECTOR
        yield Step("write", step.inode, offset=step.offset + start, data=step.data[start:end])
        start = end


def after_cut(steps: list[Step], luck: random.Random, *, late_names: bool) -> dict[str, bytes]:
    """Return the files that are left of *steps* when the power goes: name → content."""
    files: dict[int, File] = {}
    durable: dict[str, int] = {}
    waiting: list[Step] = []
    for step in steps:
        match step.what:
            case "write" | "truncate":
                files[step.inode].pending.append(step)
            case "sync":
                files[step.inode].sync()
            case "create" | "unlink" | "rename":
                files.setdefault(step.inode, File())
                waiting.append(step)
        if step.what == "sync-folder" or not late_names:
            _rename(durable, waiting)
            waiting.clear()
    _rename(durable, waiting[: luck.randint(0, len(waiting))])
    return {name: files[inode].after_cut(luck) for name, inode in durable.items()}


def _rename(names: dict[str, int], steps: list[Step]) -> None:
    for step in steps:
        if step.what == "create":
            names[step.name] = step.inode
        else:
            names.pop(step.name, None)
        if step.what == "rename":
            names[step.to] = step.inode


# Whether that is enough ------------------------------------------------------------


def look(left: dict[str, bytes], said: list[str]) -> str:
    """Return what is wrong with the files that are *left* after all that was *said*: "", "corrupt" or "lost"."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        path = Path(folder) / "j.sqlite3"
        for name, content in left.items():
            (path.parent / name).write_bytes(content)
            (path.parent / name).chmod(0o600)
        if not path.exists():
            return "lost" if said else ""
        try:
            with Journal(path) as journal:
                list(journal.past())
        except JournalProblem:
            return "corrupt"
        with contextlib.closing(sqlite3.connect(path)) as database:
            return _compare(database, said)


def _compare(database: sqlite3.Connection, said: list[str]) -> str:
    if database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        return "corrupt"
    found = dict(database.execute("SELECT id, outcome FROM attempts"))
    status = database.execute("SELECT value FROM facts WHERE key = 'status'").fetchone()
    for what, key, *value in map(str.split, said):
        if what == "attempt" and int(key) not in found:
            return "lost"
        if what == "outcome" and found.get(int(key)) != value[0]:
            return "lost"
    if "fact status finished" in said and status != ('"finished"',):
        return "lost"
    return ""


def cut(cuts: int, seed: int, *, synchronous: str = "FULL", late_names: bool = False) -> Counter[str]:
    """Cut the power so often, and count what came of it."""
    luck, found = random.Random(seed), Counter[str]()
    tell, steps = Progress(f"power cuts, {synchronous}"), list[Step]()
    for count in range(cuts):
        if count % CUTS_A_RECORD == 0:
            steps = record(luck.randrange(10**6), synchronous)
        done = steps[: luck.randint(0, len(steps))]
        said = [step.name for step in done if step.what == "acknowledged"]
        found[look(after_cut(done, luck, late_names=late_names), said)] += 1
        tell(f"{count + 1} of {cuts}: {found['corrupt']} corrupt, {found['lost']} lost")
    return found


def figures(cuts: int, seed: int) -> Iterator[Figure]:
    """Cut the power *cuts* times in each way, and a tenth as often with `synchronous=OFF`, which must fail."""
    if not tracer.is_possible():
        yield Figure("power cuts", "not possible here: no ptrace", "0 corrupt, 0 lost", kept=True)
        return
    mode = next(pragma.partition("=")[2] for pragma in schema.PRAGMAS if pragma.startswith("synchronous"))
    few = max(200, cuts // 10)
    trials = (
        ("durable at once", False, mode, cuts, WELL),
        # FULL does not sync the folder after the deletion that commits; EXTRA does.
        ("late", True, mode, cuts, WELL if mode == "EXTRA" else COMPARED),
        ("late", True, "EXTRA", few, WELL),
        ("durable at once", False, "OFF", few, "must fail, or the test has no teeth"),
    )
    for names, late, synchronous, count, promised in trials:
        found = cut(count, seed, synchronous=synchronous, late_names=late)
        lost = f"{found['corrupt']} corrupt, {found['lost']} with something acknowledged lost"
        well = not found["corrupt"] and not found["lost"]
        kept = {WELL: well, COMPARED: True}.get(promised, not well)
        what = f"{count} power cuts, synchronous={synchronous}, names {names}"
        yield Figure(what, f"{lost}; {bound(count)}" if well else lost, promised, kept)


WELL, COMPARED = "0 corrupt, 0 lost", "for comparison"


def main() -> int:
    """Run the campaign of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cuts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    return conclude(figures(**vars(parser.parse_args())))


if __name__ == "__main__":
    sys.exit(main())
