"""How much reading a workbook costs beside calamine alone, both in this run: CPU seconds, and the peak of memory."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable

TURNS = 3
"""Turns each, alternating; the best of them counts."""


def write(path: Path, rows: int) -> None:
    """Write a list of *rows* made-up people, their phones as numbers, as Excel keeps them."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Mobile", "Email", "City", "Joined"])
        for row in range(1, rows + 1):
            cells = [
                f"Person {row}",
                919_800_000_000 + row,
                f"person{row}@example.com",
                "Pune",
                f"2026-01-{row % 28 + 1:02}",
            ]
            sheet.write_row(row, 0, cells)


def alone(path: str) -> int:
    """Read all cells with calamine, and nothing else."""
    import python_calamine  # noqa: PLC0415 - what is imported is part of the memory

    return sum(1 for _ in python_calamine.load_workbook(path).get_sheet_by_index(0).iter_rows())


def ours(path: str) -> int:
    """Read all rows into frames."""
    from contact_import.readers import open_table  # noqa: PLC0415

    return sum(len(frame.rows) for frame in open_table(Path(path)).frames()) + 1


def measured(read: Callable[[str], int], path: str) -> tuple[float, float, int]:
    """Return CPU seconds and MB at the peak, children of the reader included, and the rows, in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (read, path))


def _measure(read: Callable[[str], int], path: str) -> tuple[float, float, int]:
    import pandas  # noqa: F401, PLC0415 - what every run imports anyhow

    began = time.process_time()
    rows = read(path)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.process_time() - began + children.ru_utime + children.ru_stime
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + children.ru_maxrss
    return seconds, peak / 1024, rows


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write(path, rows)
        turns = [(measured(alone, str(path)), measured(ours, str(path))) for _ in range(TURNS)]
    baseline, found = min(turn[0] for turn in turns), min(turn[1] for turn in turns)
    print(f"calamine alone: {baseline[0]:.2f} s, {baseline[1]:.0f} MB, {baseline[2]:,} rows")
    print(f"contact-import: {found[0]:.2f} s, {found[1]:.0f} MB, {found[2]:,} rows")
    print(f"{found[0] / baseline[0]:.2f} times calamine's CPU time")


if __name__ == "__main__":
    main()
