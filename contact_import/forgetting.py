"""How runs are forgotten, or one person in all of them; what is removed is overwritten first."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from contact_import import disk, phones
from contact_import.errors import JournalProblem, UsageProblem
from contact_import.history import runs
from contact_import.journal import Journal
from contact_import.report import is_report, sha256, without

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contact_import.history import Run
    from contact_import.state import State

_AGE = re.compile(r"(\d{1,5})\s*([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def age(text: str) -> timedelta:
    """Return the time that a text such as "30d" says: hours, days or weeks."""
    if not (found := _AGE.fullmatch(text.strip())):
        raise UsageProblem("--older-than takes a number of hours, days or weeks, such as 12h, 30d or 8w")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def older(state: State, than: timedelta) -> list[Run]:
    """Return the runs that began longer ago *than* that."""
    limit = datetime.now(UTC) - than
    return [run for run in runs(state) if run.started < limit]


@dataclass(slots=True)
class Forgotten:
    """What was taken away."""

    runs: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Reports that were removed, or that lost rows."""
    kept: list[str] = field(default_factory=list)
    """Reports that were changed since they were written: they are the user's now."""
    marks: int = 0
    rows: int = 0


def forget(state: State, run: Run, found: Forgotten) -> None:
    """Remove *run* and its reports, each overwritten first; a report that was changed since stays.

    Raises Locked where the run may be at work, JournalProblem where a file cannot be removed.
    """
    with state.lock(run.endpoint) if run.endpoint else contextlib.nullcontext():
        try:
            for report in run.facts.get("reports", ()):
                path = Path(report["path"])
                if report.get("sha256") and sha256(path) == report["sha256"]:
                    disk.shred(path)
                    found.files.append(str(path))
                elif is_report(path):
                    found.kept.append(str(path))
            for path in _parts(run.path):
                disk.shred(path)
        except OSError as error:
            raise JournalProblem(f"{error.filename or run.path} cannot be removed: {error.strerror}") from error
    found.runs.append(run.name)


def _parts(path: Path) -> Iterator[Path]:
    """Yield the files of a journal that there are, itself last."""
    yield from sorted(path.parent.glob(f"{path.name}[.-]*"))
    yield path


def forget_person(state: State, person: Person, found: Forgotten) -> None:
    """Take *person* out of every journal, and their rows out of all reports.

    Raises what `forget` raises; what was taken away by then is away.
    """
    for run in runs(state):
        if not run.facts:
            raise JournalProblem(f"{run.path} cannot be read; move it away, or purge it with --run {run.name}")
        with state.lock(run.endpoint):
            with Journal(run.path) as journal:
                if marks := journal.blank(person.whole):
                    found.marks += marks
                    found.runs.append(run.name)
            for path in map(Path, sorted({report["path"] for report in run.facts.get("reports", ())})):
                _take_out(path, person, found)
            for copy in run.path.parent.glob(f"{run.path.name}.version-*"):
                disk.shred(copy)


def _take_out(path: Path, person: Person, found: Forgotten) -> None:
    if str(path) in found.files or not is_report(path):
        return
    try:
        if rows := without(path, person.is_in):
            found.rows += rows
            found.files.append(str(path))
    except OSError as error:
        raise JournalProblem(f"{path} cannot be written: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by their phone."""

    prefix: str
    number: str
    """Empty where the number is none that anybody could have."""
    whole: int
    """Prefix and number in one."""

    def is_in(self, row: Sequence[str]) -> bool:
        """Tell whether any cell of *row* has the number, with or without its prefix, zeros or signs between digits."""
        known = {str(self.whole), self.number.lstrip("0") or str(self.whole)}
        return any(digits in known for cell in row for digits in _numbers(cell))


_NUMBER = re.compile(r"[\d()+\-.\s\u2010-\u2015]+")


def _numbers(cell: str) -> Iterator[str]:
    """Yield the digits of each number in *cell*, as a spreadsheet may have written it, without leading zeros."""
    for part in _NUMBER.findall(re.sub(r"[.,]0+(?=\D|$)", "", cell)):
        yield "".join(str(int(letter)) for letter in part if letter.isdecimal()).lstrip("0")


def person(text: str) -> Person:
    """Return whose number *text* is. UsageProblem for a number without its country code, which it never repeats."""
    found = phones.normalise(text)
    digits = re.sub(r"[\s().\u2010-\u2015-]", "", text)
    if found.number and digits[:1] in {"+", "0"}:
        return Person(found.prefix, found.number, int(found.prefix + found.number))
    if not re.fullmatch(r"\+\d{7,15}", digits):
        raise UsageProblem("--phone takes a number with its country code, such as +91 98123 00101")
    return Person("", "", int(digits))
