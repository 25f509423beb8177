"""Past runs: found by name, summed up also where they were cut off, and forgotten for good."""

from __future__ import annotations

import asyncio
import csv
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import import history
from contact_import.errors import Locked, UsageProblem
from contact_import.history import Forgotten
from contact_import.journal import Journal
from contact_import.state import State

ADDRESS = "https://api.example.com"
FAILURES = ("row", "outcome", "reason", "suggestion", "Name", "Phone")


@pytest.fixture
def state(tmp_path) -> State:
    return State(tmp_path / "state")


def begun(state: State, name: str, **facts: object) -> Path:
    path = state.runs / f"{name}.sqlite3"
    given = {"plan": "p", "status": "finished", "endpoint": ADDRESS, "started": "2026-01-02T03:04:05+00:00"}
    Journal(path, **{**given, **facts}).close()
    return path


def send(path: Path, *attempts: tuple[list[int], str | None]) -> None:
    """Write *attempts* (positions, outcome) into a journal; the phone of a position is +91 98123 and it."""

    async def write(journal: Journal) -> None:
        for rows, outcome in attempts:
            number = await journal.attempt(rows, [919812300000 + row for row in rows])
            if outcome:
                await journal.outcome(number, outcome, "why", 1)

    with Journal(path) as journal:
        asyncio.run(write(journal))


def report(path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = FAILURES) -> dict[str, str]:
    """Write a report, and return what a journal says of it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


# Found ------------------------------------------------------------

NAMES = (
    "20260102-030405-000000-aaaaaaaaaaaa",
    "20260102-030405-000001-bbbbbbbbbbbb",
    "20260203-040506-000000-cccccccc",
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("last", 2, id="last"),
        pytest.param(NAMES[0], 0, id="whole name"),
        pytest.param("202602", 2, id="beginning"),
        pytest.param("20260102", "2 runs begin with that", id="of several"),
        pytest.param("2027", "there is no such run", id="of none"),
        pytest.param("../x", "there is no such run", id="a path"),
        pytest.param("*", "there is no such run", id="a pattern"),
    ],
)
def test_a_run_is_found_by_its_name_or_how_it_alone_begins(state, name, found):
    for run in NAMES:
        begun(state, run)
    if isinstance(found, int):
        assert history.find(state, name).name == NAMES[found]
    else:
        with pytest.raises(UsageProblem, match=found):
            history.find(state, name)


def test_without_runs_there_is_no_last_one(state):
    with pytest.raises(UsageProblem, match="no such run"):
        history.find(state, "last")


def test_a_run_of_the_future_hides_which_one_is_the_last(state):
    for run in (NAMES[0], "99990102-030405-000000-dddddddddddd"):
        begun(state, run)
    with pytest.raises(UsageProblem, match=r"run 99990102-\S+ is in the future, .*give the run's name"):
        history.find(state, "last")
    assert history.find(state, "2026").name == NAMES[0]


def test_runs_are_newest_first_and_a_damaged_one_is_among_them(state):
    for run in NAMES:
        begun(state, run)
    (state.runs / f"{NAMES[1]}.sqlite3").write_bytes(b"not a journal")
    found = history.runs(state)
    assert [(run.name, run.status, run.is_closed) for run in found] == [
        (NAMES[2], "finished", True),
        (NAMES[1], "unreadable", False),
        (NAMES[0], "finished", True),
    ]
    assert history.summary(found[1]).exit_code == 8


# Summed up ------------------------------------------------------------


def test_a_run_that_was_cut_off_is_summed_up_from_its_journal(state):
    path = begun(state, NAMES[0], status="started", files=[{"path": "/lists/a.csv", "sha256": "x", "rows": 12}])
    send(path, ([0], "accepted"), ([1, 2], "halved"), ([1], "rejected"), ([2, 3], None), ([3], "accepted"))
    found = history.summary(history.find(state, "last"))
    counts = {name: getattr(found, name) for name in ("read", "accepted", "rejected", "unconfirmed", "not_sent")}
    assert counts == {"read": 12, "accepted": 2, "rejected": 1, "unconfirmed": 1, "not_sent": 8}
    assert (found.status, found.exit_code, found.files) == ("started", 4, ["/lists/a.csv"])


def test_a_summary_of_another_version_is_shown_as_far_as_it_is_understood(state):
    kept = {"run": "x", "status": "finished", "exit_code": 0, "dry_run": False, "files": ["a.csv"], "endpoint": ADDRESS}
    begun(state, NAMES[0], summary={**kept, "read": 3, "accepted": 3, "of a later version": 1}, status="undone")
    found = history.summary(history.find(state, "last"))
    assert (found.run, found.status, found.read, found.accepted) == (NAMES[0], "undone", 3, 3)


# Copied ------------------------------------------------------------


def test_the_failures_file_of_a_run_is_given_again_while_it_is_as_it_was(state, tmp_path):
    left = report(tmp_path / "f.csv", ("2", "held", "why", "", "Asha", "1"))
    summary = {"run": "x", "status": "finished", "exit_code": 3, "dry_run": False, "files": [], "endpoint": ADDRESS}
    begun(state, NAMES[0], reports=[left], summary={**summary, "failures_file": "f.csv"})
    run = history.find(state, "last")
    history.copy_failures(run, history.summary(run), tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "f.csv").read_bytes()
    with pytest.raises(UsageProblem, match="exists"):
        history.copy_failures(run, history.summary(run), tmp_path / "again.csv")
    (tmp_path / "f.csv").write_text("corrected", encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"f\.csv is gone or was changed; .*--dry-run --failures"):
        history.copy_failures(run, history.summary(run), tmp_path / "more.csv")
    assert not (tmp_path / "more.csv").exists()


# Forgotten ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [("12h", timedelta(hours=12)), ("30d", timedelta(days=30)), (" 8 w ", timedelta(weeks=8))],
)
def test_an_age_is_a_number_of_hours_days_or_weeks(text, found):
    assert history.age(text) == found


@pytest.mark.parametrize("text", ["", "30", "d", "-1d", "1.5d", "30 days", "1y"])
def test_anything_else_is_no_age(text):
    with pytest.raises(UsageProblem, match="12h, 30d or 8w"):
        history.age(text)


def test_runs_are_older_by_when_they_began(state):
    now = datetime.now(UTC)
    for name, days in zip(NAMES, (40, 31, 29), strict=True):
        begun(state, name, started=(now - timedelta(days=days)).isoformat())
    assert [run.name for run in history.older(state, timedelta(days=30))] == [NAMES[1], NAMES[0]]


def test_a_run_is_forgotten_with_what_it_left_and_nothing_else(state, tmp_path):
    unchanged, changed = (
        report(tmp_path / name, ("2", "held", "why", "", "Asha", "1")) for name in ("unchanged.csv", "changed.csv")
    )
    with (tmp_path / "changed.csv").open("a", encoding="utf-8") as file:
        file.write("corrected")
    (tmp_path / "mine.csv").write_text("Name,Phone\n", encoding="utf-8")
    reports = [unchanged, changed, {"path": str(tmp_path / "mine.csv"), "sha256": ""}]
    path = begun(state, NAMES[0], reports=[*reports, {"path": str(tmp_path / "gone.csv"), "sha256": "f" * 64}])
    for end in (".version-1", "-journal"):
        path.with_name(path.name + end).touch()
    other = begun(state, NAMES[1])
    found = Forgotten()
    history.forget(state, history.find(state, NAMES[0]), found)
    assert found == Forgotten(
        [NAMES[0]], [str(tmp_path / "unchanged.csv")], [str(tmp_path / "changed.csv")], marks=0, rows=0
    )
    assert list(state.runs.iterdir()) == [other]
    assert {found.name for found in tmp_path.glob("*.csv")} == {"changed.csv", "mine.csv"}


def test_what_is_forgotten_is_overwritten_first(state):
    path = begun(state, NAMES[0])
    with path.open("rb") as file:
        history.forget(state, history.find(state, "last"), Forgotten())
        assert set(file.read()) == {0}


def test_a_run_at_work_is_not_forgotten(state):
    path = begun(state, NAMES[0])
    with state.lock(ADDRESS), pytest.raises(Locked):
        history.forget(state, history.find(state, "last"), Forgotten())
    assert path.exists()


def test_a_damaged_journal_can_be_forgotten_by_its_name(state):
    path = begun(state, NAMES[0])
    path.write_bytes(b"no journal")
    history.forget(state, history.find(state, "last"), Forgotten())
    assert not path.exists()


def test_a_person_is_taken_out_of_all_journals_and_reports(state, tmp_path):
    failures = report(
        tmp_path / "f.csv",
        ("2", "held", "why", "", "Asha", "98123 00001"),
        ("3", "rejected", "said: +91 98123-00001 is no good", "", "Rohan", "98123"),
        ("4", "held", "why", "'+91 9812300002", "Meera", "98123 00002"),
    )
    outcomes = report(
        tmp_path / "o.csv",
        *[("2", "accepted", "", "S", "international", "91", f"981230000{digit}") for digit in (1, 2)],
        header=("row", "outcome", "reason", "level", "rule", "prefix", "number"),
    )
    mine = tmp_path / "mine.csv"
    mine.write_text("Name,Phone\nAsha,98123 00001\n", encoding="utf-8")
    reports = [failures, outcomes, {"path": str(mine), "sha256": ""}]
    paths = [begun(state, NAMES[0], reports=reports), begun(state, NAMES[1], endpoint="sandbox")]
    for path in paths:
        send(path, ([0, 1, 2], "accepted"), ([1], None))
    found = Forgotten()
    history.forget_person(state, history.person("+91 98123 00001"), found)
    assert (sorted(found.runs), found.marks, found.rows) == ([NAMES[0], NAMES[1]], 4, 3)
    assert sorted(found.files) == [str(tmp_path / "f.csv"), str(tmp_path / "o.csv")]
    assert "Meera" in (tmp_path / "f.csv").read_text(encoding="utf-8")
    assert "9812300002" in (tmp_path / "o.csv").read_text(encoding="utf-8")
    assert "00001" not in (tmp_path / "f.csv").read_text(encoding="utf-8") + (tmp_path / "o.csv").read_text("utf-8")
    assert "00001" in mine.read_text(encoding="utf-8")
    for path in paths:
        with Journal(path) as journal:
            marks = [mark for attempt in journal.attempts() for mark in attempt.marks]
            assert (marks.count(bytes(8)), journal.mark(919812300001) in marks) == (2, False)


@pytest.mark.parametrize(
    ("text", "prefix", "number", "whole"),
    [
        ("+91 98123 00101", "91", "9812300101", 919812300101),
        ("0091-98123-00101", "91", "9812300101", 919812300101),
        ("+39 06 698 12345", "39", "0669812345", 390669812345),
        ("+91 12345 67", "", "", 911234567),
    ],
)
def test_a_person_is_known_by_a_number_with_its_country_code(text, prefix, number, whole):
    found = history.person(text)
    assert (found.prefix, found.number, found.whole) == (prefix, number, whole)


@pytest.mark.parametrize("text", ["9812300101", "919812300101", "+91 98x23", "+123", "", "Asha"])
def test_without_it_nobody_is_known_and_the_text_is_not_repeated(text):
    with pytest.raises(UsageProblem) as caught:
        history.person(text)
    assert str(caught.value) == "--phone takes a number with its country code, such as +91 98123 00101"


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        *((cell, True) for cell in ("9812300101", "+91 98123-00101", "'+919812300101", "09812300101", "(98123) 00101")),
        *((cell, True) for cell in ("9812300101.0", "call +91 98123 00101 after six", "९८१२३००१०१", "00919812300101")),
        *((cell, False) for cell in ("9812300102", "98123001011", "19812300101", "98123 00", "Asha", "", "1,5")),
    ],
)
def test_a_row_has_a_person_in_whatever_way_the_number_is_written(cell, held):
    assert history.person("+91 98123 00101").is_in(["Asha", cell, "x"]) is held


@given(st.lists(st.text(), max_size=4))
def test_no_text_of_a_cell_is_too_much_for_it(row):
    history.person("+91 98123 00101").is_in(row)
