"""Mutation testing of the core: what answers mean, batches, delivery, journal, account. Do the tests see each mistake?

    python -m tests.campaign.mutation [--only journal] [--jobs 2]

Each test is first run once to learn which lines it executes. A mutant is then met by the tests that execute its lines,
the quickest first, in a process that was forked for it; it is killed when one of them fails or takes far too long.
Tests that start the command as a process of its own take no part. Survivors are printed with the reason that
`survivors.tsv` gives; one without a reason is a test that is missing.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import importlib
import importlib.abc
import importlib.util
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.campaign.figures import Figure, Progress, conclude
from tests.campaign.operators import Mutant, mutants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import CodeType

ROOT = Path(__file__).parents[2]
ROOMS = {
    "classify": ("api",),
    "bisect": ("batches", "delivery", "tries"),
    "journal": ("journal",),
    "account": ("account",),
}
"""What is looked at → rooms of the package, each a file or a folder."""
LEFT_OUT = ("api/wire.py",)
NEAR = (
    "account api batches bisect delivery disk history journal laws machine pace quarantine readback report rules "
    "sender signals state target trouble"
)
TESTS = (
    *(f"tests/test_{name}.py" for name in NEAR.split()),
    "tests/faults/test_batches.py",
    "tests/faults/test_network.py",
)
"""The tests that come near the core. Others, as those of headers and phones, execute it at most on their way."""
SURVIVORS = Path(__file__).with_name("survivors.tsv")
EARLY = "numpy pandas httpx hypothesis pytest coverage orjson starlette.requests uvicorn.server phonenumbers".split()
"""Imported before the forks; nothing of the package, which is what changes."""
BUDGET = 30.0
"""Seconds of tests that a mutant meets, as they took without it; the slowest are left out."""
HANGS = 4.0
"""So many times as long, and a tenth of a minute, and the mutant hangs: it is killed."""


@dataclass
class Coverage:
    """Which tests execute which lines, and how long they take."""

    lines: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    """File → line → tests."""
    seconds: dict[str, float] = field(default_factory=dict)

    def of(self, mutant: Mutant) -> list[str]:
        """Return the tests that meet *mutant*, the quickest first."""
        lines = self.lines.get(mutant.path, {})
        if mutant.is_late:
            found = set().union(*(lines.get(line, ()) for line in range(mutant.line, mutant.last + 1)))
        else:
            found = set().union(*lines.values())
        tests, spent = [], 0.0
        for test in sorted(found & self.seconds.keys(), key=self.seconds.__getitem__):
            if tests and spent + self.seconds[test] > BUDGET:
                break
            spent += self.seconds[test]
            tests.append(test)
        return tests

    def patience(self, tests: Sequence[str]) -> int:
        """Return the seconds after which *tests* are taken to hang."""
        return int(HANGS * sum(self.seconds[test] for test in tests)) + 10


class Watch:
    """A pytest plugin that tells coverage which test is running."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.seconds: Counter[str] = Counter()
        self.failed: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: Any) -> None:
        self.coverage.switch_context(item.nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.seconds[report.nodeid] += report.duration
        if not report.passed:
            self.failed.add(report.nodeid)


class Only:
    """A pytest plugin that runs the given tests in the given order."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self.wanted = wanted

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        known = {item.nodeid: item for item in items}
        items[:] = [known[name] for name in self.wanted if name in known]


class Planted(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Imports one module of the package from a mutant's tree."""

    def __init__(self, mutant: Mutant) -> None:
        parts = Path(mutant.path).with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self.mutant = mutant

    def find_spec(self, fullname: str, *_: object) -> Any:
        where = ROOT / self.mutant.path
        folder = [str(where.parent)] if where.name == "__init__.py" else None
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, where, loader=self, submodule_search_locations=folder)

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.mutant.tree, self.get_filename(fullname), "exec")

    def get_filename(self, fullname: str) -> str:
        return str(ROOT / self.mutant.path)

    def get_data(self, path: str) -> bytes:  # type: ignore[override]
        return Path(path).read_bytes()


def forked(work: Callable[[], int]) -> int:
    """Run *work* in a child that says nothing, and return its process number."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))
        code = int(work())
    finally:
        os._exit(code)


def test_files() -> list[str]:
    found = sorted({path for pattern in TESTS for path in ROOT.glob(pattern)})
    return [str(path.relative_to(ROOT)) for path in found]


def run_tests(words: Sequence[str], *plugins: object) -> int:
    usual = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=1"]
    usual += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # of what was imported before the fork
    return int(pytest.main([*usual, *words], plugins=list(plugins)))


def learn() -> Coverage:
    """Run all tests once, and return what each of them executes."""
    with tempfile.TemporaryDirectory() as folder:
        data, times = Path(folder) / "coverage", Path(folder) / "times.json"

        def work() -> int:
            import coverage  # noqa: PLC0415

            cover = coverage.Coverage(data_file=str(data), source=["contact_import"], config_file=False)
            watch = Watch(cover)
            cover.start()
            run_tests(test_files(), watch)
            cover.stop()
            cover.save()
            good = {test: spent for test, spent in watch.seconds.items() if test not in watch.failed}
            times.write_text(json.dumps([good, sorted(watch.failed)]))
            return 0

        status = os.waitpid(forked(work), 0)[1]
        assert os.waitstatus_to_exitcode(status) == 0, "the tests could not be run"
        return _read(data, times)


def _read(data: Path, times: Path) -> Coverage:
    from coverage import CoverageData  # noqa: PLC0415

    kept = CoverageData(str(data))
    kept.read()
    seconds, failed = json.loads(times.read_text())
    for test in failed:
        sys.stderr.write(f"left out, since it fails as it is: {test}\n")
    found = Coverage(seconds=seconds)
    for file in kept.measured_files():
        lines = kept.contexts_by_lineno(file)
        name = file[file.rindex("contact_import/") :]
        found.lines[name] = {line: {test for test in tests if test} for line, tests in lines.items()}
    return found


def meet(mutant: Mutant, tests: Sequence[str], patience: int) -> int:
    """Start the tests that meet *mutant*; return the process number of what ends with 0 only if all pass."""

    def work() -> int:
        sys.meta_path.insert(0, Planted(mutant))
        signal.alarm(patience)
        return run_tests(["-x", *sorted({test.partition("::")[0] for test in tests})], Only(tests))

    return forked(work)


@dataclass
class Tally:
    """What became of the mutants of a room."""

    mutants: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def killed(self) -> float:
        """Percent."""
        return 100 * (1 - len(self.survivors) / self.mutants) if self.mutants else 100.0


def survey(room: str, names: Sequence[str], known: Coverage, jobs: int) -> Tally:
    """Meet every mutant of the rooms called *names*, *jobs* at a time."""
    tally, running, tell = Tally(), dict[int, Mutant](), Progress(room)
    for mutant in _of(names):
        tally.mutants += 1
        tests = known.of(mutant)
        if not tests:
            tally.survivors.append(mutant)
            continue
        running[meet(mutant, tests, known.patience(tests))] = mutant
        if len(running) >= jobs:
            _reap(running, tally)
        tell(f"{tally.mutants} mutants, {len(tally.survivors)} survived")
    while running:
        _reap(running, tally)
    tally.survivors.sort(key=lambda mutant: (mutant.path, mutant.line))
    return tally


def _reap(running: dict[int, Mutant], tally: Tally) -> None:
    child, status = os.wait()
    mutant = running.pop(child)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what its tests may have left running
    if os.waitstatus_to_exitcode(status) == 0:
        tally.survivors.append(mutant)
        sys.stderr.write(f"survives: {mutant.path}:{mutant.line}: {mutant.change}\n")


def _of(names: Sequence[str]) -> Iterator[Mutant]:
    for name in names:
        place = ROOT / "contact_import" / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]:
            if not str(path).endswith(LEFT_OUT):
                yield from mutants(str(path.relative_to(ROOT)), path.read_text("utf-8"))


def reasons() -> dict[tuple[str, str], str]:
    """Return (file, change) → why that survivor is none that a test should see."""
    if not SURVIVORS.exists():
        return {}
    with SURVIVORS.open(encoding="utf-8", newline="") as file:
        return {(row["file"], row["change"]): row["reason"] for row in csv.DictReader(file, delimiter="\t")}


def figures(*, only: str | None, jobs: int) -> Iterator[Figure]:
    """Survey the rooms, and yield the share that was killed of each."""
    for name in EARLY:
        importlib.import_module(name)
    began, known, why = time.monotonic(), learn(), reasons()
    sys.stderr.write(f"learned what {len(known.seconds)} tests execute in {time.monotonic() - began:.0f} s\n")
    for room, names in ROOMS.items():
        if only and only != room:
            continue
        tally = survey(room, names, known, jobs)
        explained = 0
        for mutant in tally.survivors:
            reason = why.get((mutant.path, mutant.change), "")
            explained += bool(reason)
            print(f"{mutant.path}:{mutant.line}: {mutant.change}\t{reason or '(no test sees it)'}")
        found = f"{tally.mutants - len(tally.survivors)} of {tally.mutants} killed, {tally.killed:.1f} %"
        left = f"; {explained} of the {len(tally.survivors)} survivors have a reason"
        yield Figure(f"mutants of {room} ({', '.join(names)})", found + left, "90 %", kept=tally.killed >= 90)


def main() -> int:
    """Run the campaign of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", choices=ROOMS)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    os.chdir(ROOT)
    return conclude(figures(**vars(parser.parse_args())))


if __name__ == "__main__":
    sys.exit(main())
