"""A first reading of all files, before anything is sent: are they whole, how many rows, what do they show together?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from contact_import import phones
from contact_import.choice import hold, select
from contact_import.consent import wishes
from contact_import.numbers import read_all
from contact_import.overlooked import Overlooked, overlooked
from contact_import.prepare import first_filled
from contact_import.suppression import RUINED, ends, suppression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.models import Frame, Mapping
    from contact_import.pipeline import Source
    from contact_import.suppression import Suppression


FEW = 5


@dataclass(slots=True)
class LeftOut:
    """Rows of a file that are no contacts, all for the same reason."""

    count: int = 0
    rows: list[int] = field(default_factory=list)
    """The numbers of the first few."""

    def add(self, row: int) -> None:
        """Count *row*."""
        self.count += 1
        if len(self.rows) < FEW:
            self.rows.append(row)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first reading of all files finds, before anything is sent."""

    rows: int
    """Of all files, wanted or not."""
    wanted: tuple[int, ...]
    """For each file, the rows that say what they must to be wanted."""
    evidence: phones.Evidence
    """From all rows: a few of them do not show what happened to the column."""
    refused: Suppression
    """The phones of all rows that say that their person wants no messages, wanted rows or not."""
    wrong: dict[int, str]
    """Phone, prefix and number in one → the row and the column that say that it may be somebody else's."""
    left_out: tuple[dict[str, LeftOut], ...]
    """For each file, why rows are no contacts (a repeated header, a footer) → these rows."""
    overlooked: tuple[Overlooked, ...]
    """For each file, how many of the wanted rows are read otherwise than they look."""


def survey(sources: Sequence[Source], region: str | None) -> Survey:
    """Read all files once: their structure is sound, so many rows, this is what the phone columns show as a whole."""
    rows, wanted, evidence = 0, [0] * len(sources), phones.Evidence()
    unseen = [Overlooked()] * len(sources)
    refused, unread, wrong = [_NONE], set[str](), dict[int, str]()
    left_out: tuple[dict[str, LeftOut], ...] = tuple({} for _ in sources)
    for file, source in enumerate(sources):
        for frame in source.all_frames():
            for row, why in frame.ignored.items():
                left_out[file].setdefault(why, LeftOut()).add(row)
            rows += len(frame.rows)
            chosen = hold(frame, source.where)
            wanted[file] += int(chosen.sum())
            unseen[file] += overlooked(frame, chosen, source.table, source.mapping)
            said = wishes(frame, source.mapping)
            known, unsure = _refused(frame, source.mapping, said.refused >= 0, region)
            name = f" of {source.table.path.name}" if len(sources) > 1 else ""
            wrong = _wrong(frame, source.mapping, said.wrong, region, name) | wrong
            refused.append(known)
            unread |= unsure
            evidence += phones.survey(
                first_filled(frame, source.mapping, "phone"),
                prefixes=first_filled(frame, source.mapping, "prefix"),
                countries=first_filled(frame, source.mapping, "country"),
                region=region,
            )
    return Survey(
        rows, tuple(wanted), evidence, suppression(np.concatenate(refused), unread), wrong, left_out, tuple(unseen)
    )


def _refused(frame: Frame, mapping: Mapping, saying_no: np.ndarray, region: str | None) -> tuple[np.ndarray, set[str]]:
    """Return the phones (int64) of the rows *saying_no* (bool), and the ends of those that are not read for sure.

    A row's second number, or its second column of phones, is the same person's.
    """
    read, unread = [_NONE], set[str]()
    if not saying_no.any():
        return _NONE, unread
    rows = select(frame, saying_no)
    prefixes, countries = (first_filled(rows, mapping, field) for field in ("prefix", "country"))
    for position in mapping.feeding("phone"):
        cells = [cell.strip() for cell in rows.cells[position].tolist()]
        if any(cells):
            found, known, unsure = read_all(cells, prefixes, countries, region)
            read.append(known)
            cells = [cells[index] for index in unsure if found["rule"].iat[index] not in RUINED]
            unread |= {end for cell in cells for end in ends(cell)}
    return np.concatenate(read), unread


def _wrong(frame: Frame, mapping: Mapping, said: np.ndarray, region: str | None, name: str) -> dict[int, str]:
    """Return the phones of the rows whose column *said* (-1: none) says that the number is wrong, and where."""
    found: dict[int, str] = {}
    if not (said >= 0).any():
        return found
    rows, columns = select(frame, said >= 0), said[said >= 0]
    prefixes, countries = (first_filled(rows, mapping, field) for field in ("prefix", "country"))
    for position in mapping.feeding("phone"):
        cells = [cell.strip() for cell in rows.cells[position].tolist()]
        sheet, known, _ = read_all(cells, prefixes, countries, region)
        places = np.flatnonzero(sheet["number"].to_numpy() != "").tolist()
        for phone, place in zip(known.tolist(), places, strict=True):
            header = mapping.columns[columns[place]].header
            found.setdefault(phone, f'row {rows.rows[place]}{name}, in the column "{header}"')
    return found


_NONE: np.ndarray = np.array([], np.int64)
