"""How much reading a workbook costs beside calamine alone, both in this run: CPU seconds, and the peak of memory.

Each mix of columns is a list of its own. The turns of the two alternate, since the machine may be busy, and what is
printed is the median of each and of their ratios.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import multiprocessing
import resource
import tempfile
import time
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FORENAMES = ("Asha", "Farid", "Ravi", "Fatima", "Joseph", "Meera", "Chandra", "Philippa", "Omar", "Hannah")
SURNAMES = ("Sharma", "Fernandes", "Khan", "Iyer", "Rahman", "Dsouza", "Joshi", "Chatterjee", "Singh", "Haddad")
PEOPLE = [" ".join(names) for names in product(FORENAMES, SURNAMES)]
CITIES = ("Pune", "Chennai", "Faridabad", "Kochi", "New Delhi")
BEGAN = dt.datetime(2020, 1, 1)  # a spreadsheet has no time zones

COLUMNS: dict[str, Callable[[int], object]] = {
    "Name": lambda row: f"{PEOPLE[row % len(PEOPLE)]} {row}",
    "Mobile": lambda row: 919_800_000_000 + row,
    "Email": lambda row: f"person{row}@example.com",
    "City": lambda row: CITIES[row % len(CITIES)],
    "Since": lambda row: f"2026-01-{row % 28 + 1:02}",
    "Joined": lambda row: BEGAN + dt.timedelta(days=row * 7 % 2000),
    "Seen": lambda row: BEGAN + dt.timedelta(seconds=row * 7919 % 170_000_000),
    "Paid": lambda row: row * 7919 % 1_000_000 / 100,
    "Due": lambda row: row * 104_729 % 10_000_000 / 100,
}
"""What the cells of a column are; phones are numbers, as Excel keeps them."""
FORMATS = {"Joined": "dd.mm.yyyy", "Seen": "dd.mm.yyyy hh:mm"}


@dataclass(frozen=True, slots=True)
class Mix:
    """A list as people have them."""

    columns: Sequence[str]
    shared: bool = False
    """Each text is written once, in a part of its own, as Excel does; other programs write texts where they stand."""


CONTACTS = ("Name", "Mobile", "Email", "City")
MIXES = {
    "texts": Mix((*CONTACTS, "Since")),
    "texts, shared": Mix((*CONTACTS, "Since"), shared=True),
    "dates": Mix((*CONTACTS, "Joined", "Seen")),
    "decimals": Mix((*CONTACTS, "Paid", "Due")),
    "all of them": Mix((*CONTACTS, "Joined", "Seen", "Paid", "Due")),
    "all, shared": Mix((*CONTACTS, "Joined", "Seen", "Paid", "Due"), shared=True),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one reading took."""

    seconds: float
    """CPU time, that of child processes included."""
    megabytes: float
    """At the peak, that of child processes included."""
    rows: int


def write(path: Path, rows: int, mix: Mix) -> None:
    """Write a list of *rows* made-up people."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": not mix.shared}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, mix.columns)
        formats = [book.add_format({"num_format": FORMATS[title]} if title in FORMATS else {}) for title in mix.columns]
        for row in range(1, rows + 1):
            for column, title in enumerate(mix.columns):
                sheet.write(row, column, COLUMNS[title](row), formats[column])


def alone(path: str) -> int:
    """Read all cells with calamine, and nothing else."""
    import python_calamine  # noqa: PLC0415 - what is imported is part of the memory

    return sum(1 for _ in python_calamine.load_workbook(path).get_sheet_by_index(0).iter_rows())


def ours(path: str) -> int:
    """Read all rows into frames."""
    from contact_import.readers import open_table  # noqa: PLC0415 - imported by then

    return sum(len(frame.rows) for frame in open_table(Path(path)).frames()) + 1


def apart(work: Callable[..., Any], *given: object) -> Any:
    """Return what *work* does with what is *given*, done in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def measured(read: Callable[[str], int], path: str) -> Cost:
    """Return what *read* costs."""
    import pandas  # noqa: F401, PLC0415 - what every run imports anyhow, whatever it reads

    import contact_import.readers  # noqa: F401, PLC0415

    gc.set_threshold(200_000, 20, 50)  # as the command line does
    began = time.process_time()
    rows = read(path)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.process_time() - began + children.ru_utime + children.ru_stime
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + children.ru_maxrss
    return Cost(seconds, peak / 1024, rows)


def compared(path: str, turns: int) -> str:
    """Return a line about the list at *path*, after that many *turns* of both."""
    pairs: list[tuple[Cost, Cost]] = [(apart(measured, alone, path), apart(measured, ours, path)) for _ in range(turns)]
    if any(theirs.rows != own.rows for theirs, own in pairs):
        raise SystemExit("the two do not find the same rows")
    ratio = median(own.seconds / theirs.seconds for theirs, own in pairs)
    costs = [(median(c.seconds for c in side), max(c.megabytes for c in side)) for side in zip(*pairs, strict=True)]
    (theirs, their_peak), (own, own_peak) = costs
    return f"{theirs:9.2f} s {their_peak:5.0f} MB {own:9.2f} s {own_peak:5.0f} MB {ratio:9.2f}"


def main() -> None:
    """Print the figures, a line for each mix of columns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--turns", type=int, default=5)
    asked = parser.parse_args()
    print(f"{asked.rows:,} rows, {asked.turns} turns     calamine alone      contact-import     times")
    with tempfile.TemporaryDirectory() as folder:
        for name, mix in MIXES.items():
            path = Path(folder) / f"{name}.xlsx"
            apart(write, path, asked.rows, mix)  # a process inherits the peak of the one that starts it
            print(f"{name:24}{compared(str(path), asked.turns)}", flush=True)


if __name__ == "__main__":
    main()
