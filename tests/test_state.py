"""The state folder: one run at a time, the right journal found again, and disks that are not fit for it."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import multiprocessing
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from contact_import import config, phones
from contact_import.errors import JournalProblem, Locked, Unreadable
from contact_import.journal import Journal
from contact_import.state import Left, State

ADDRESS = "https://api.example.com"


@dataclass(frozen=True)
class Plan:
    """As much of a plan as the state folder looks at."""

    digest: str = "a" * 64
    endpoint: str = ADDRESS


@pytest.fixture
def state(tmp_path) -> State:
    return State(tmp_path / "state")


def begun(state: State, plan: Plan = Plan(), status: str = "stopped", **facts: object) -> str:
    """Run a session of *plan* that ends with *status*, and return the run's name."""
    run, journal = state.journal(plan)
    with journal:
        journal.note(status=status, **facts)
    return run


# Locks ------------------------------------------------------------


def test_an_address_is_locked_for_one_and_free_again_afterwards(state):
    with state.lock(ADDRESS):
        with pytest.raises(Locked, match="another run is at work"), state.lock(ADDRESS):
            pass
        with state.lock("https://other.example.com"):
            pass
    with state.lock(ADDRESS):
        pass


HOLDER = """
import sys
from pathlib import Path
from contact_import.state import State
with State(Path(sys.argv[1])).lock(sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_lock_dies_with_its_process_however_that_dies(state):
    words = [sys.executable, "-c", HOLDER, state.folder, ADDRESS]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Locked), state.lock(ADDRESS):
            pass
        holder.kill()
    assert list(state.folder.glob("*.lock")), "nothing stale is left, so this proves nothing"
    with state.lock(ADDRESS):
        pass


def no_such_call(number: int):
    def flock(_file: int, _what: int) -> None:
        raise OSError(number, os.strerror(number))

    return flock


@pytest.mark.filterwarnings("ignore:flock not supported")
@pytest.mark.parametrize(
    ("flock", "words"),
    [
        pytest.param(no_such_call(errno.ENOLCK), "No locks available", id="no lock server"),
        pytest.param(no_such_call(errno.ENOSYS), "no file locks", id="no such call"),
        pytest.param(lambda _file, _what: None, "lets two take the same lock", id="granted to everybody"),
    ],
)
def test_a_disk_without_locks_is_refused_with_what_to_do(state, monkeypatch, flock, words):
    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(JournalProblem, match=f"{words}.*--state-dir"), state.lock(ADDRESS):
        pytest.fail("went on without a lock")
    monkeypatch.undo()
    with state.lock(ADDRESS):
        pass


def test_a_link_in_the_place_of_a_lock_is_not_followed(state, tmp_path):
    with state.lock(ADDRESS):
        (path,) = state.folder.glob("*.lock")
    path.unlink()
    path.symlink_to(tmp_path / "victim")
    with pytest.raises(JournalProblem), state.lock(ADDRESS):
        pass
    assert not (tmp_path / "victim").exists()


def test_a_lock_whose_file_somebody_deleted_ends_without_a_word(state):
    with state.lock(ADDRESS):
        (path,) = state.folder.glob("*.lock")
        path.unlink()
    with state.lock(ADDRESS):
        pass


# Journals ------------------------------------------------------------


def test_an_unfinished_run_of_the_same_plan_is_gone_on_with(state):
    run = begun(state)
    assert begun(state, status="interrupted") == run
    assert begun(state, Plan("b" * 64)) != run
    assert [path.stem for path in state.journals()][-1] == run


@pytest.mark.parametrize("status", ["finished", "abandoned", "undone"])
def test_a_closed_run_is_not(state, status):
    assert begun(state, status=status) != begun(state)


def test_a_fresh_run_leaves_the_unfinished_one_for_good(state):
    run = begun(state)
    other, journal = state.journal(Plan(), fresh=True)
    journal.close()
    assert other != run
    with Journal(state.runs / f"{run}.sqlite3") as old:
        assert old.fact("status") == "abandoned"


def test_a_journal_that_was_cut_to_nothing_is_not_taken_for_a_new_one(state):
    run = begun(state)
    os.truncate(state.runs / f"{run}.sqlite3", 0)
    with pytest.raises(Unreadable, match=rf"{run}\.sqlite3 is empty"):
        state.journal(Plan())
    assert begun(state, Plan("b" * 64))


def test_a_damaged_journal_is_in_the_way_until_a_run_was_begun_anew(state):
    damaged = state.runs / f"{begun(state)}.sqlite3"
    damaged.write_bytes(b"no journal" * 99)
    with pytest.raises(Unreadable):
        state.journal(Plan(), fresh=True)
    run, journal = state.journal(Plan(), anew=True)
    journal.close()
    assert run != damaged.stem
    assert begun(state, status="finished") == run
    assert begun(state) not in {run, damaged.stem}


def test_half_a_journal_that_a_kill_left_is_cleared_away(state):
    half = state.runs / f"20260102-030405-000000-{'a' * 12}.sqlite3.new"
    other = half.with_name(half.name.replace("a" * 12, "b" * 12))
    for path in (half, other):
        path.touch()
    begun(state)
    assert sorted(path.name for path in state.runs.glob("*.new")) == [other.name]


def test_runs_of_a_file_that_were_left_unfinished_with_another_content_or_plan_are_told_of(state):
    def sent(journal: Journal) -> None:
        async def some() -> None:
            await journal.outcome(await journal.attempt([0], [1]), "accepted", "", 1)
            await journal.attempt([1, 2], [2, 3])
            await journal.outcome(await journal.attempt([3], [4]), "unconfirmed", "", 1)

        asyncio.run(some())

    def file(name: str, content: str) -> dict[str, object]:
        return {"files": [{"path": f"/lists/{name}", "sha256": content, "rows": 4}]}

    run, journal = state.journal(Plan())
    with journal:
        sent(journal)
        journal.note(status="stopped", **file("a.csv", "old"))
    begun(state, Plan("b" * 64), **file("a.csv", "new"))
    begun(state, Plan("c" * 64), **file("b.csv", "old"))
    begun(state, Plan("d" * 64), "finished", **file("a.csv", "older"))
    begun(state, Plan("e" * 64, "https://other.example.com"), **file("a.csv", "old"))
    damaged = state.runs / "20260102-030405-000000-ffffffffffff.sqlite3"
    damaged.write_bytes(b"no journal")
    found = [state.left_unfinished(Plan("f" * 64), {"/lists/a.csv": content}) for content in ("new", "old")]
    assert [list(runs) for runs in found] == [
        [Left(run, "/lists/a.csv", True, 1, 3)],
        [Left(run, "/lists/a.csv", False, 1, 3)],
    ]
    assert list(state.left_unfinished(Plan(), {"/lists/a.csv": "old"})) == []


# The folder ------------------------------------------------------------


def test_what_was_learnt_of_a_platform_is_kept_for_it_alone(state):
    assert state.learnt(ADDRESS) == {}
    state.learn(ADDRESS, resending="upsert")
    state.learn("sandbox", resending="copies")
    state.learn(ADDRESS, other=1)
    assert State(state.folder).learnt(ADDRESS) == {"resending": "upsert", "other": 1}
    (state.folder / "platforms.json").write_text("[1", encoding="utf-8")
    assert state.learnt(ADDRESS) == {}
    state.learn(ADDRESS, resending="upsert")
    assert oct((state.folder / "platforms.json").stat().st_mode & 0o777) == "0o600"


def in_child(work) -> str:
    """Return what *work* says in a process of its own, which it may ruin."""
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=lambda: theirs.send(work()))
    child.start()
    child.join(60)
    return ours.recv() if ours.poll() else ""


def become_nobody() -> None:
    """Become a user whom this machine does not know, and who has no home."""
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ.pop(name, None)
    os.setuid(54321)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user that nobody knows")
def test_a_user_without_a_home_has_no_settings_keeps_no_plan_and_reads_phones(tmp_path):
    def without_home() -> str:
        become_nobody()
        return f"{config.user_file()} {phones.normalise('+91 98123 00101').number}"

    assert in_child(without_home) == "None 9812300101"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user that nobody knows")
def test_a_user_without_a_home_is_told_to_name_a_folder(tmp_path):
    def without_home() -> str:
        os.chdir(tmp_path)
        become_nobody()
        try:
            return str(State().folder)
        except JournalProblem as problem:
            return str(problem)

    assert in_child(without_home) == "this user has no home folder to remember runs in; name one with --state-dir"
    assert list(tmp_path.iterdir()) == []


def test_the_folders_are_for_their_owner_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        state = State(tmp_path / "deep" / "state")
        with state.lock(ADDRESS):
            begun(state)
    finally:
        os.umask(before)
    found = {path.relative_to(tmp_path): oct(path.stat().st_mode & 0o777) for path in (tmp_path / "deep").rglob("*")}
    assert {mode for path, mode in found.items() if (tmp_path / path).is_dir()} == {"0o700"}
    assert {mode for path, mode in found.items() if (tmp_path / path).is_file()} == {"0o600"}


@pytest.mark.parametrize("name", ["", "runs"])
def test_a_folder_that_cannot_be_made_is_a_problem(tmp_path, name):
    state = tmp_path / "state"
    place = state / name if name else state
    place.parent.mkdir(exist_ok=True)
    place.touch()
    with pytest.raises(JournalProblem, match="--state-dir"):
        State(Path(state))
