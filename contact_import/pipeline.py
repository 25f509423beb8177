"""From files to chunks of verdicts: read, prepare, drop duplicates, encode. Lazy, and without any effect but reading.

A row's *position* is its number among all rows of the run, from 0: file after file, in reading order. The same input
and the same plan give the same positions, which is what lets a journal speak of rows without their contents.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from contact_import import api, schema
from contact_import.choice import Condition, hold, select
from contact_import.dedupe import Firsts
from contact_import.formulas import unguard
from contact_import.models import Outcome
from contact_import.numbers import phones_of
from contact_import.prepare import Rules, prepare
from contact_import.quarantine import contained

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
    size: int = ROWS_A_CHUNK
    """Rows in a frame at most."""

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
        for frame in self.table.frames(self.size):
            yield _unguarded(frame) if self.own else frame


def _unguarded(frame: Frame) -> Frame:
    surplus = {index: tuple(map(unguard, cells)) for index, cells in frame.surplus.items()}
    return replace(frame, cells=frame.cells.map(unguard), surplus=surplus)


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


def _end(sheet: pd.DataFrame, where: np.ndarray, outcome: Outcome, reason: str | list[str]) -> None:
    """Give the rows *where* (bool) this end, with one *reason* for all, or one for each."""
    if len(places := np.flatnonzero(where)):
        sheet.iloc[places, 1] = outcome.value
        sheet.iloc[places, 2] = reason


def _whose(sheet: pd.DataFrame, holds: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Tell which rows are to be sent and have a phone (int64) for which *holds* says yes: bool, by row."""
    ready = _ready(sheet)
    ready[ready] = holds(phones_of(sheet, np.flatnonzero(ready)))
    return ready


OPTED_OUT_ELSEWHERE = "opted-out: another row with this number says that its person wants no messages"


def _suppress(sheet: pd.DataFrame, suppressed: Suppression, reason: str) -> None:
    """Reject whoever is on the list; the last thing before the bytes are made, so that nothing comes after it."""
    if suppressed:
        _end(sheet, _whose(sheet, suppressed.holds), Outcome.REJECTED, reason)


def _adopt(sheet: pd.DataFrame, adopted: Sequence[Marks]) -> None:
    """Leave out whoever an earlier run has as accepted."""
    for marks in adopted:
        reason = f"adopted: run {marks.run} has this number as accepted"
        _end(sheet, _whose(sheet, marks.hold), Outcome.UNCHANGED, reason)


def _doubt(sheet: pd.DataFrame, wrong: dict[int, str]) -> None:
    """Hold the rows whose number another row says is somebody else's."""
    if not wrong:
        return
    met = _whose(sheet, lambda keys: np.isin(keys, list(wrong)))
    places = [wrong[key] for key in phones_of(sheet, np.flatnonzero(met)).tolist()]
    said = "it is said that this may be somebody else's number: a person must look"
    _end(sheet, met, Outcome.HELD, [f"wrong-number: {place}, {said}" for place in places])


def _mark_duplicates(sheet: pd.DataFrame, file: int, firsts: Firsts, names: Sequence[str]) -> None:
    """Mark the rows whose phone an earlier row that can be sent has, naming that row."""
    ready = _ready(sheet)
    if not ready.any():
        return
    places = (file << _FILE) + sheet["row"].to_numpy()[ready]
    first = firsts.place(phones_of(sheet, np.flatnonzero(ready)), places)
    again = first != places
    ready[ready] = again
    reasons = [f"duplicate: same phone as {_named(place, names)}" for place in first[again].tolist()]
    _end(sheet, ready, Outcome.DUPLICATE, reasons)


_FILE = 40
"""Bits of a row's number; those before them count the files."""


def _named(place: int, names: Sequence[str]) -> str:
    row = f"row {place & ((1 << _FILE) - 1)}"
    return f"{row} of {names[place >> _FILE]}" if len(names) > 1 else row


TOO_LARGE = "too-large: this contact alone is larger than a request may be; shorten it"


def _encode(chunk: Chunk, rules: Rules, wire: api.Wire, max_bytes: int, settled: np.ndarray | None) -> Chunk:
    """Add the bytes of the rows to be sent; a row that no request could hold is rejected here."""
    sheet = chunk.sheet
    ready = np.flatnonzero(_ready(sheet))
    contacts = api.encode(sheet.iloc[ready], rules.attributes, send_empty=wire.send_empty)
    fits = np.array([len(contact) + 2 <= max_bytes for contact in contacts], dtype=bool)
    is_open = np.ones(len(ready), dtype=bool) if settled is None else ~settled[chunk.start + ready]
    large = np.zeros(len(sheet), dtype=bool)
    large[ready[is_open & ~fits]] = True
    _end(sheet, large, Outcome.REJECTED, TOO_LARGE)
    kept = np.flatnonzero(is_open & fits)
    return replace(
        chunk,
        pending=chunk.start + ready[kept],
        contacts=tuple(contacts[index] for index in kept),
        phones=phones_of(sheet, ready[kept]),
    )
