"""The two laws over whole lives of uploads: sessions, crashes, refusals, other files, runs forgotten, in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis.stateful as sm
from hypothesis import settings
from hypothesis import strategies as st

from contact_import.api import TRIES_IN_A_ROW
from tests.support import Crash, Ended, Platform, examples, folder_in_memory, session

if TYPE_CHECKING:
    from contact_import.stop import Stop

    Table = tuple[tuple[str, str], ...]

GOOD = [f"98123{number:05d}" for number in range(16)]
BAD = ["", "98123", "9.19812E+11"]
FAULTS = (
    *("", "", "401", "429", "500", "503", "lost", "late 500", "late 504", "portal", "crash before", "crash after"),
)
people = st.tuples(st.sampled_from(["Asha", "Rohan", ""]), st.sampled_from(GOOD + GOOD + BAD))
tables = st.lists(people, min_size=1, max_size=30).map(tuple)
phones = st.frozensets(st.sampled_from([f"91{number}" for number in GOOD]), max_size=3)


@dataclass
class Run:
    """What is known of the sessions for one content of the file."""

    journal: Path
    log: list[tuple[str, str, str]] = field(default_factory=list)
    """Phone, text and result of all that it sent, as the platform has it."""
    settled: dict[int, str] = field(default_factory=dict)
    """Row → accepted or rejected, once that was said."""
    has_crashed: bool = False
    """Attempts may be on disk that never left."""
    is_over: bool = False

    def results(self, phone: str) -> list[str]:
        return [result for number, _, result in self.log if number == phone]


class Upload(sm.RuleBasedStateMachine):
    """Somebody who uploads, and a platform that does what it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = folder_in_memory()
        self.platform = Platform()
        self.runs: dict[Table, Run] = {}
        self.table: Table = ()
        self.count = 0

    @property
    def run(self) -> Run:
        if self.table not in self.runs:
            self.count += 1
            self.runs[self.table] = Run(Path(self.folder.name) / f"{self.count}")
        return self.runs[self.table]

    # What happens

    @sm.initialize(table=tables)
    def begin(self, table: Table) -> None:
        self.table = table

    @sm.rule(faults=st.lists(st.tuples(st.sampled_from(FAULTS), st.integers(1, 4)), min_size=1, max_size=6))
    def trouble(self, faults: list[tuple[str, int]]) -> None:
        self.platform.faults.extend(fault for fault, times in faults for _ in range(times))

    @sm.rule(refused=phones, broken=phones)
    def other_tastes(self, refused: frozenset[str], broken: frozenset[str]) -> None:
        """The platform refuses these from now on, breaks on those, and takes all others."""
        self.platform.refuse, self.platform.breaks_on = refused, broken

    @sm.rule(where=st.integers(0, 40), person=people, count=st.integers(0, 2))
    def change_the_file(self, where: int, person: tuple[str, str], count: int) -> None:
        """Replace *count* rows by one."""
        place = where % len(self.table)
        self.table = (*self.table[:place], person, *self.table[place + count :])

    @sm.precondition(lambda self: any(run.is_over for run in self.runs.values()))
    @sm.rule()
    def forget_what_is_finished(self) -> None:
        self.runs = {table: run for table, run in self.runs.items() if not run.is_over}

    @sm.rule(batch=st.integers(1, 30), workers=st.integers(1, 4), hold=st.sampled_from([False, False, True]))
    def upload(self, batch: int, workers: int, hold: bool) -> None:
        before, ended, run = len(self.platform.log), Ended(), self.run
        is_calm = not (self.platform.faults or self.platform.refuse or self.platform.breaks_on or run.log)
        held = {"hold": True, "resend_after": float("inf")} if hold else {}
        try:
            _, stop = session(
                *(self.table, self.platform, run.journal), batch=batch, workers=workers, sinks=[ended], **held
            )
        except Crash:
            stop, run.has_crashed = None, True
        now = self.platform.log[before:]
        self.check_what_was_sent(run, now, hold=hold)
        run.log += now
        if stop is not None:
            self.check_what_was_said(run, ended, stop, len(run.log) - len(now))
            if is_calm:
                assert len(now) == len({number for number, _, _ in now}), "sent twice without a fault"

    # What must hold

    def phone(self, row: int) -> str:
        return f"91{self.table[row - 2][1]}"

    def check_what_was_sent(self, run: Run, now: list[tuple[str, str, str]], *, hold: bool) -> None:
        settled = {self.phone(row) for row in run.settled}
        assert not settled & {number for number, _, _ in now}, "a settled row was sent again"
        texts: dict[str, set[str]] = {}
        for number, text, _ in (*run.log, *now):
            texts.setdefault(number, set()).add(text)
        assert all(len(found) == 1 for found in texts.values()), "a row was sent as other bytes"
        if hold:
            maybe = {number for number, _, result in run.log if result in {"ok", "doubt"}}
            for number, _, result in now:
                assert number not in maybe, "what may be stored was sent again"
                maybe |= {number} if result in {"ok", "doubt"} else set()

    def check_what_was_said(self, run: Run, ended: Ended, stop: Stop, before: int) -> None:
        assert [row for row, _, _ in ended.rows] == list(range(2, len(self.table) + 2)), "a row ended twice or never"
        firsts: set[str] = set()
        for row, outcome, reason in ended.rows:
            assert run.settled.get(row, outcome) == outcome, "what was settled is told otherwise"
            if outcome == "duplicate":
                assert self.phone(row) in firsts
            elif self.table[row - 2][1] in BAD:
                assert outcome in {"rejected", "not_sent"}
                assert self.phone(row) not in {number for number, _, _ in run.log}
            else:
                self.check_row(run, row, outcome, reason)
                if outcome in {"accepted", "rejected"}:
                    run.settled[row] = outcome
            firsts.add(self.phone(row))
        for row in run.settled:
            if (self.phone(row), self.said_of(row), "ok") in run.log[before:]:
                assert self.platform.stored[self.phone(row)] == self.table[row - 2][0]
        assert stop or "not_sent" not in ended.outcomes.values(), "left out without a reason"
        run.is_over = not stop and "unconfirmed" not in ended.outcomes.values()

    def check_row(self, run: Run, row: int, outcome: str, reason: str) -> None:
        results = run.results(self.phone(row))
        maybe_stored = not {"ok", "doubt"}.isdisjoint(results)
        match outcome:
            case "accepted":
                assert results[-1] == "ok", "accepted, and nobody said so"
                assert self.said_of(row) in {text for _, text, result in run.log if result == "ok"}
            case "rejected" if reason.startswith("api-failed"):
                assert results.count("doubt") >= TRIES_IN_A_ROW, "blamed without evidence"
            case "rejected":
                assert results[-1] == "refused", "rejected, and nobody refused it"
            case "unconfirmed":
                assert maybe_stored or "refused" in results or run.has_crashed, "in doubt, and never sent"
            case _:
                assert (outcome, maybe_stored) == ("not_sent", False), "called untouched, and may be stored"

    def said_of(self, row: int) -> str:
        """Return what the contact of *row* is sent as, by rules of its own."""
        name, number = self.table[row - 2]
        shown = f', "userProvidedName": "{name}"' if name else ""
        return f'{{"contact": {{"phone": {{"number": "{number}", "prefix": "91"}}}}{shown}}}'

    def teardown(self) -> None:
        """Once the trouble is over, every run comes to its end."""
        self.platform.faults.clear()
        self.platform.refuse = self.platform.breaks_on = frozenset()
        for table in list(self.runs):
            self.table = table
            self.upload(10, 2, hold=False)
            assert self.run.is_over
        self.folder.cleanup()


TestUpload = Upload.TestCase
TestUpload.settings = settings(max_examples=examples(120), stateful_step_count=12)
