"""The first two laws, as properties over random tables, batch sizes, answers and crash points."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from contact_import.api import TRIES_IN_A_ROW
from contact_import.journal import Journal
from tests.support import Crash, Ended, Platform, examples, folder_in_memory, session

GOOD = [f"98123{number:05d}" for number in range(25)]
BAD = ["", "98123", "98123XXXXX", "9.19812E+11", "2024-01-15"]
HELD = ["9999999999"]
FAULTS = [
    "",
    "",
    "",
    "429",
    "500",
    "503",
    "lost",
    "late 500",
    "late 504",
    "portal",
    "401",
    "crash before",
    "crash after",
]
NO_CRASH = [fault for fault in FAULTS if "crash" not in fault]

person = st.tuples(st.sampled_from(["Asha", "Rohan", ""]), st.sampled_from(GOOD + GOOD + BAD + HELD))
# Long ones are forced half of the time: short tables and lists of faults rarely meet a second session or a duplicate.
people = st.lists(person, max_size=60) | st.lists(person, min_size=30, max_size=60)


def fault_lists(kinds: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(kinds), max_size=8) | st.lists(st.sampled_from(kinds), min_size=10, max_size=40)


refused = st.frozensets(st.sampled_from([f"91{number}" for number in GOOD]), max_size=4)


def expected(table: list[tuple[str, str]], refuse: frozenset[str]) -> dict[int, str]:
    """Say how each row must end on a platform that fails no more, by rules of its own."""
    seen: set[str] = set()
    ends = {}
    for row, (_, phone) in enumerate(table, start=2):
        if phone in BAD:
            ends[row] = "rejected"
        elif phone in HELD:
            ends[row] = "held"
        elif phone in seen:
            ends[row] = "duplicate"
        else:
            seen.add(phone)
            ends[row] = "rejected" if f"91{phone}" in refuse else "accepted"
    return ends


@settings(max_examples=examples(80))
@given(people, refused, st.integers(1, 30), st.integers(1, 4), fault_lists(NO_CRASH))
def test_every_row_read_ends_in_exactly_one_outcome_and_nothing_is_called_accepted_that_is_not(
    table, refuse, batch, workers, faults
):
    platform, ended = Platform(refuse, deque(faults)), Ended()
    with folder_in_memory() as folder:
        account, stop = session(table, platform, Path(folder) / "j", batch=batch, workers=workers, sinks=[ended])
    assert [row for row, _, _ in ended.rows] == list(range(2, len(table) + 2))
    assert account.totals.outcomes.total() == account.read == len(table)
    assert stop or "not_sent" not in ended.outcomes.values(), "a row was left out without a reason"
    for row, outcome, _ in ended.rows:
        number = f"91{table[row - 2][1]}"
        if outcome == "accepted":
            assert number in platform.stored
        if row in ended.blamed:
            assert platform.broken[number] >= TRIES_IN_A_ROW
        elif outcome in {"rejected", "held", "not_sent"}:
            assert number not in platform.stored
        if outcome == "unconfirmed":
            assert number in platform.times_received


def accepted_in(path: Path) -> set[int]:
    """Return the positions that the journal calls accepted."""
    with Journal(path) as journal:
        return {
            position
            for past in journal.past()
            if past.outcome == "accepted"
            for positions in past.positions
            for position in positions
        }


@settings(max_examples=examples(80))
@given(
    people,
    refused,
    st.lists(st.integers(1, 30), min_size=1, max_size=5),
    st.integers(1, 4),
    fault_lists(FAULTS),
)
def test_after_any_crash_the_same_run_goes_on_and_ends_as_if_nothing_had_happened(
    table, refuse, batches, workers, faults
):
    platform = Platform(refuse, deque(faults))
    with folder_in_memory() as folder:
        journal = Path(folder) / "j"
        for attempt in range(len(faults) + 3):
            settled, ended = accepted_in(journal), Ended()
            platform.receipts.clear()
            try:
                _, stop = session(
                    table, platform, journal, batch=batches[attempt % len(batches)], workers=workers, sinks=[ended]
                )
            except Crash:
                stop = None
            again = {f"91{table[position][1]}" for position in settled} & set(platform.times_received)
            assert not again, "an accepted row was sent again"
            unsent = {f"91{table[row - 2][1]}" for row, end in ended.outcomes.items() if end == "not_sent"}
            assert not unsent & set(platform.stored), "a row is called not sent that is stored"
            if stop is not None and not stop and not {"unconfirmed", "not_sent"} & set(ended.outcomes.values()):
                break
    blamed = {f"91{table[row - 2][1]}" for row in ended.blamed}
    assert all(platform.broken[number] >= TRIES_IN_A_ROW for number in blamed)
    assert ended.outcomes == expected(table, refuse) | dict.fromkeys(ended.blamed, "rejected")
    assert set(platform.stored) - blamed == {
        f"91{table[row - 2][1]}" for row, end in ended.outcomes.items() if end == "accepted"
    }
    assert all(len(texts) == 1 for texts in platform.bodies.values()), "a row was sent as other bytes"
