"""Past runs: found by name, summed up also where they were cut off, and forgotten for good."""

from __future__ import annotations

import pytest

from contact_import import history
from contact_import.errors import UsageProblem
from contact_import.state import State
from tests.runs import ADDRESS, NAMES, begun, report, send


@pytest.fixture
def state(tmp_path) -> State:
    return State(tmp_path / "state")


# Found ------------------------------------------------------------


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
        pytest.param("", "a run's name is missing", id="a variable that is not set"),
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
