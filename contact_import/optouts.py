"""Lists of people who asked for no messages, read so that nobody on them is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from contact_import import mapping, models, schema
from contact_import.errors import InputProblem
from contact_import.mapping.values import is_phone
from contact_import.numbers import read_all
from contact_import.prepare import first_filled
from contact_import.readers import open_table
from contact_import.suppression import RUINED, Suppression, ends, suppression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from contact_import.models import Frame

NUMBERLIKE = 4
"""Digits from which on a cell of a phone column is taken for a number that somebody wrote."""
FEW = 5


def read_lists(paths: Iterable[Path], region: str | None, warn: Callable[[str], None]) -> Suppression:
    """Return whom the lists at *paths* name; *region* is that of numbers without a code.

    Every cell that looks like a phone counts, whatever its column is called. A number that cannot be read for certain
    counts by its end. Raises InputProblem where a number is beyond reading: its owner would be sent to.
    """
    read, unread = [np.array([], np.int64)], list[str]()
    for path in paths:
        rows = numbers = 0
        for frame, columns in _frames(path):
            known, left = _numbers(frame, columns, region, path.name)
            rows += len(frame.rows)
            numbers += len(known) + len(left)
            read.append(known)
            unread += left
        if not numbers:
            warn(f"--suppress {path.name}: {rows:,} rows and no number in them, so the list suppresses nobody")
    return suppression(np.concatenate(read), unread)


def _frames(path: Path) -> Iterable[tuple[Frame, models.Mapping]]:
    """Yield the rows of the list at *path*, each with what its columns mean."""
    table = open_table(path, is_header=schema.is_header)
    columns = None
    for frame in table.frames():
        if columns is None:
            try:
                columns = mapping.choose(table.layout.headers, frame.cells)
            except InputProblem:  # no header speaks of phones: the cells do
                columns = models.Mapping(())
        yield frame, columns


def _numbers(frame: Frame, columns: models.Mapping, region: str | None, name: str) -> tuple[np.ndarray, list[str]]:
    """Return the numbers in *frame* (int64), and the cells of those that were not read for certain."""
    prefixes, countries = (first_filled(frame, columns, field) for field in ("prefix", "country"))
    read, unread, beyond = [np.array([], np.int64)], list[str](), set[int]()
    phone_columns = columns.feeding("phone")
    for position in range(frame.cells.shape[1]):
        cells = frame.cells[position].tolist()
        if position not in phone_columns:
            cells = [cell if is_phone(cell) else "" for cell in cells]
        if not any(cells):
            continue
        found, known, unsure = read_all(cells, prefixes, countries, region)
        read.append(known)
        for index in unsure:
            if found["rule"].iat[index] not in RUINED and ends(cells[index]):
                unread.append(cells[index])
            elif sum(map(str.isdecimal, cells[index])) >= NUMBERLIKE:
                beyond.add(int(frame.rows[index]))
    if beyond:
        rows = ", ".join(map(str, sorted(beyond)[:FEW])) + (" and more" if len(beyond) > FEW else "")
        raise InputProblem(
            f"--suppress {name}, row {rows}: a number that cannot be read, so its owner would be sent to; "
            "correct it, or take the row out"
        )
    return np.concatenate(read), unread
