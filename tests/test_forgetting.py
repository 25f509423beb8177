"""Past runs, and persons in them, are forgotten for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import import forgetting, history
from contact_import.errors import Locked, UsageProblem
from contact_import.forgetting import Forgotten
from contact_import.journal import Journal
from contact_import.state import State
from tests.runs import ADDRESS, NAMES, begun, report, send


@pytest.fixture
def state(tmp_path) -> State:
    return State(tmp_path / "state")


@pytest.mark.parametrize(
    ("text", "found"),
    [("12h", timedelta(hours=12)), ("30d", timedelta(days=30)), (" 8 w ", timedelta(weeks=8))],
)
def test_an_age_is_a_number_of_hours_days_or_weeks(text, found):
    assert forgetting.age(text) == found


@pytest.mark.parametrize("text", ["", "30", "d", "-1d", "1.5d", "30 days", "1y"])
def test_anything_else_is_no_age(text):
    with pytest.raises(UsageProblem, match="12h, 30d or 8w"):
        forgetting.age(text)


def test_runs_are_older_by_when_they_began(state):
    now = datetime.now(UTC)
    for name, days in zip(NAMES, (40, 31, 29), strict=True):
        begun(state, name, started=(now - timedelta(days=days)).isoformat())
    assert [run.name for run in forgetting.older(state, timedelta(days=30))] == [NAMES[1], NAMES[0]]


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
    forgetting.forget(state, history.find(state, NAMES[0]), found)
    assert found == Forgotten(
        [NAMES[0]], [str(tmp_path / "unchanged.csv")], [str(tmp_path / "changed.csv")], marks=0, rows=0
    )
    assert list(state.runs.iterdir()) == [other]
    assert {found.name for found in tmp_path.glob("*.csv")} == {"changed.csv", "mine.csv"}


def test_what_is_forgotten_is_overwritten_first(state):
    path = begun(state, NAMES[0])
    with path.open("rb") as file:
        forgetting.forget(state, history.find(state, "last"), Forgotten())
        assert set(file.read()) == {0}


def test_a_run_at_work_is_not_forgotten(state):
    path = begun(state, NAMES[0])
    with state.lock(ADDRESS), pytest.raises(Locked):
        forgetting.forget(state, history.find(state, "last"), Forgotten())
    assert path.exists()


def test_a_damaged_journal_can_be_forgotten_by_its_name(state):
    path = begun(state, NAMES[0])
    path.write_bytes(b"no journal")
    forgetting.forget(state, history.find(state, "last"), Forgotten())
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
    forgetting.forget_person(state, forgetting.person("+91 98123 00001"), found)
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
    found = forgetting.person(text)
    assert (found.prefix, found.number, found.whole) == (prefix, number, whole)


@pytest.mark.parametrize("text", ["9812300101", "919812300101", "+91 98x23", "+123", "", "Asha"])
def test_without_it_nobody_is_known_and_the_text_is_not_repeated(text):
    with pytest.raises(UsageProblem) as caught:
        forgetting.person(text)
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
    assert forgetting.person("+91 98123 00101").is_in(["Asha", cell, "x"]) is held


@given(st.lists(st.text(), max_size=4))
def test_no_text_of_a_cell_is_too_much_for_it(row):
    forgetting.person("+91 98123 00101").is_in(row)
