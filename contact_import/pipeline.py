"""From files to chunks of verdicts: read, prepare, drop duplicates, encode. Lazy, and without any effect but reading.

A row's *position* is its number among all rows of the run, from 0: file after file, in reading order. The same input
and the same plan give the same positions, which is what lets a journal speak of rows without their contents.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from contact_import import api, phones, schema
from contact_import.choice import Condition, hold, select
from contact_import.consent import wishes
from contact_import.dedupe import Firsts
from contact_import.formulas import unguard
from contact_import.models import Outcome
from contact_import.numbers import phones_of, read_all
from contact_import.overlooked import Overlooked, overlooked
from contact_import.prepare import Rules, first_filled, prepare
from contact_import.quarantine import contained
from contact_import.suppression import RUINED, ends, suppression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from contact_import.marks import Marks
    from contact_import.models import Frame, Mapping
    from contact_import.readers import Table
    from contact_import.suppression import Suppression

ROWS_A_CHUNK = 5_000
"""Rows read and prepared at once: large enough for column work, small enough to reach the wire soon."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input file, which of its columns feeds which field, and which of its rows are wanted."""

    table: Table
    mapping: Mapping
    where: tuple[Condition, ...] = ()
    """What a row must say to be wanted."""
    taken: np.ndarray | None = None
    """Which of the rows that say so are wanted, by number from 0: int64, ascending; None: all."""
    consent: tuple[Condition, ...] = ()
    """What a row must say to be sent."""

    @property
    def own(self) -> int:
        """How many of the first columns are ours: the file is a failures file that was corrected."""
        return schema.own_columns(self.table.layout.headers)

    @property
    def headers(self) -> tuple[str, ...]:
        """The user's own headers."""
        return tuple(map(unguard if self.own else str, self.table.layout.headers[self.own :]))

    def frames(self) -> Iterator[Frame]:
        """Yield the rows that are wanted."""
        seen = 0
        for frame in self.all_frames():
            wanted = hold(frame, self.where)
            if self.taken is not None:
                numbers = seen + np.cumsum(wanted) - 1
                seen += int(wanted.sum())
                wanted &= np.isin(numbers, self.taken)
            if wanted.any():
                yield select(frame, wanted)
            if self.taken is not None and seen > self.taken.max(initial=-1):
                return

    def all_frames(self) -> Iterator[Frame]:
        """Yield all rows; those of a failures file as they were before its formula guard."""
        for frame in self.table.frames(ROWS_A_CHUNK):
            yield _unguarded(frame) if self.own else frame


def _unguarded(frame: Frame) -> Frame:
    surplus = {index: tuple(map(unguard, cells)) for index, cells in frame.surplus.items()}
    return replace(frame, cells=frame.cells.map(unguard), surplus=surplus)


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


FEW = 5


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


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some consecutive rows of one file with their verdicts, and the bytes of those that would be sent."""

    start: int
    """Position of the first row."""
    file: int
    """Index of the file among the run's files."""
    frame: Frame
    sheet: pd.DataFrame
    """As `prepare.prepare` returns it."""
    pending: np.ndarray
    """Positions of the rows to be sent: int64, ascending."""
    contacts: tuple[bytes, ...]
    """The JSON of each of these."""
    phones: np.ndarray
    """The phone of each of these, prefix and number in one: int64."""


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


def chunks(
    sources: Sequence[Source],
    rules: Rules,
    wire: api.Wire,
    *,
    max_bytes: int,
    settled: np.ndarray | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Chunk]:
    """Yield all rows of *sources* in order, each with its verdict.

    *settled* (bool, one for each position) marks rows that need no sending any more. They are left out of the pending
    ones after the duplicates are known, never before: a later duplicate must still meet its first. Once *stopped*
    says so, the rows that are left are only counted: each is "not_sent".
    """
    firsts, start = Firsts(), 0
    names = [source.table.path.name for source in sources]
    for file, source in enumerate(sources):
        for frame in source.frames():
            if stopped():
                yield Chunk(start, file, frame, _unsent(frame), _NONE, (), _NONE)
                start += len(frame.rows)
                continue
            sheet = contained(prepare, frame, source.mapping, rules)
            _end(sheet, _ready(sheet) & ~hold(frame, source.consent), Outcome.REJECTED, NO_CONSENT)
            _mark_duplicates(sheet, file, firsts, names)
            _doubt(sheet, rules.wrong)
            _suppress(sheet, rules.refused, OPTED_OUT_ELSEWHERE)
            _suppress(sheet, rules.suppressed, SUPPRESSED)
            _adopt(sheet, rules.adopted)
            yield _encode(Chunk(start, file, frame, sheet, _NONE, (), _NONE), rules, wire, max_bytes, settled)
            start += len(frame.rows)


_NONE: np.ndarray = np.array([], np.int64)


def _unsent(frame: Frame) -> pd.DataFrame:
    """Return the sheet of a frame that the run stopped before."""
    blank = dict.fromkeys(("level", "rule", "prefix", "number", "region", "suggestion", "cell"), "")
    return pd.DataFrame({"row": frame.rows, "outcome": Outcome.NOT_SENT.value, "reason": STOPPED, **blank})


STOPPED = "stopped: the run ended before this row; the same command goes on"


NO_CONSENT = "no-consent: this row does not say what --require-consent asks for"
SUPPRESSED = "suppressed: the number is on the list of --suppress"


def _ready(sheet: pd.DataFrame) -> np.ndarray:
    """Tell of each row whether it is to be sent as things stand: bool."""
    found: np.ndarray = sheet["outcome"].to_numpy() == Outcome.READY.value
    return found


def _end(sheet: pd.DataFrame, where: np.ndarray, outcome: Outcome, reason: str) -> None:
    """Give the rows *where* (bool) this end."""
    if len(places := np.flatnonzero(where)):
        sheet.iloc[places, [1, 2]] = [outcome.value, reason]


OPTED_OUT_ELSEWHERE = "opted-out: another row with this number says that its person wants no messages"


def _suppress(sheet: pd.DataFrame, suppressed: Suppression, reason: str) -> None:
    """Reject whoever is on the list; the last thing before the bytes are made, so that nothing comes after it."""
    ready = _ready(sheet)
    if suppressed:
        ready[ready] = suppressed.holds(phones_of(sheet, np.flatnonzero(ready)))
        _end(sheet, ready, Outcome.REJECTED, reason)


def _adopt(sheet: pd.DataFrame, adopted: Sequence[Marks]) -> None:
    """Leave out whoever an earlier run has as accepted."""
    for marks in adopted:
        ready = _ready(sheet)
        ready[ready] = marks.hold(phones_of(sheet, np.flatnonzero(ready)))
        _end(sheet, ready, Outcome.UNCHANGED, f"adopted: run {marks.run} has this number as accepted")


def _doubt(sheet: pd.DataFrame, wrong: dict[int, str]) -> None:
    """Hold the rows whose number another row says is somebody else's."""
    ready = np.flatnonzero(_ready(sheet)) if wrong else _NONE
    if not len(ready):
        return
    keys = phones_of(sheet, ready)
    for index in np.flatnonzero(np.isin(keys, list(wrong))).tolist():
        where = wrong[int(keys[index])]
        reason = f"wrong-number: {where}, it is said that this may be somebody else's number: a person must look"
        sheet.iloc[ready[index], [1, 2]] = [Outcome.HELD.value, reason]


def _mark_duplicates(sheet: pd.DataFrame, file: int, firsts: Firsts, names: Sequence[str]) -> None:
    """Mark the rows whose phone an earlier row that can be sent has, naming that row."""
    ready = np.flatnonzero(_ready(sheet))
    if not len(ready):
        return
    keys = phones_of(sheet, ready)
    places = (file << 40) + sheet["row"].to_numpy()[ready]
    first = firsts.place(keys, places)
    for index, place in zip(ready[first != places], first[first != places], strict=True):
        where = f"row {place & ((1 << 40) - 1)}" + (f" of {names[place >> 40]}" if len(names) > 1 else "")
        sheet.iloc[index, [1, 2]] = [Outcome.DUPLICATE.value, f"duplicate: same phone as {where}"]


TOO_LARGE = "too-large: this contact alone is larger than a request may be; shorten it"


def _encode(chunk: Chunk, rules: Rules, wire: api.Wire, max_bytes: int, settled: np.ndarray | None) -> Chunk:
    """Add the bytes of the rows to be sent; a row that no request could hold is rejected here."""
    sheet = chunk.sheet
    ready = np.flatnonzero(_ready(sheet))
    contacts = api.encode(sheet.iloc[ready], rules.attributes, send_empty=wire.send_empty)
    fits = np.array([len(contact) + 2 <= max_bytes for contact in contacts], dtype=bool)
    is_open = np.ones(len(ready), dtype=bool) if settled is None else ~settled[chunk.start + ready]
    if len(large := ready[is_open & ~fits]):
        sheet.iloc[large, [1, 2]] = [Outcome.REJECTED.value, TOO_LARGE]
    kept = np.flatnonzero(is_open & fits)
    return replace(
        chunk,
        pending=chunk.start + ready[kept],
        contacts=tuple(contacts[index] for index in kept),
        phones=phones_of(sheet, ready[kept]),
    )
