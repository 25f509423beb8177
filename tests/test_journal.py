"""The journal on a real disk: private, suspicious of what it finds, and never behind what was said."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contact_import.errors import Interrupted, JournalProblem, Unreadable
from contact_import.journal import HALVED, QUARANTINED, Journal, Past, Places, from_ranges, look, schema, to_ranges
from contact_import.journal.clocks import widened
from contact_import.journal.ranges import starts
from contact_import.journal.schema import MIGRATIONS, VERSION
from contact_import.models import Outcome
from tests.support import Crash, Platform, session

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator


def in_child(work: Callable[[], object]) -> tuple[int | None, Any]:
    """Do *work* in a process of its own, which it may ruin; return how that ended and what *work* returned."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=lambda: theirs.send(work()))
    child.start()
    child.join(20)
    code = child.exitcode
    child.kill()
    return code, ours.recv() if ours.poll() else None


def crash(path: Path) -> None:
    """Run a session that settles row 0, reads row 1, begins to send it, and is killed."""

    async def run() -> None:
        journal = Journal(path)
        await journal.outcome(await journal.attempt([0], [0]), "accepted", "", 1)
        journal.place(1, 0, [7])
        await journal.attempt([1], [1])
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(lambda: asyncio.run(run())) == (-signal.SIGKILL, None)


# Ranges ------------------------------------------------------------


@pytest.mark.parametrize(
    ("positions", "text"),
    [([], ""), ([0], "0"), ([0, 1, 2, 5], "0-2 5"), ([3, 5, 7], "3 5 7"), ([8, 9, 11, 12], "8-9 11-12")],
)
def test_positions_are_written_as_ranges(positions, text):
    assert to_ranges(positions) == text
    assert [position for part in from_ranges(text) for position in part] == positions


@given(st.sets(st.integers(0, 60) | st.integers(0, 10**9)).map(sorted))
def test_ranges_read_back_as_they_were(positions):
    assert [position for part in from_ranges(to_ranges(positions)) for position in part] == positions


# Two threads ------------------------------------------------------------


def test_what_is_noted_while_places_are_being_written_is_written_too(tmp_path):
    with Journal(tmp_path / "j") as journal:
        for count in range(300):
            journal.place(2 * count, 0, [3 * count])
            journal.note(count=count)
    with Journal(tmp_path / "j") as journal:
        assert (journal.fact("count"), len(journal.places().points)) == (299, 300)


# Attempts and outcomes ------------------------------------------------------------


def test_an_attempt_without_an_outcome_is_in_doubt_when_the_journal_is_opened_again(tmp_path):
    with Journal(tmp_path / "j") as journal:
        assert asyncio.run(journal.attempt([0, 1, 4], [0, 1, 4])) == 1
    with Journal(tmp_path / "j") as journal:
        assert list(journal.past()) == [Past((range(2), range(4, 5)), None, doubtful=True, reason="", requests=0)]
        assert asyncio.run(journal.attempt([7], [7])) == 2


def test_what_was_written_is_there_after_a_kill(tmp_path):
    crash(tmp_path / "j")
    with Journal(tmp_path / "j") as journal:
        assert list(journal.past()) == [
            Past((range(1),), Outcome.ACCEPTED, doubtful=False, reason="", requests=1),
            Past((range(1, 2),), None, doubtful=True, reason="", requests=0),
        ]


@pytest.mark.parametrize(
    ("outcome", "settled", "doubtful"),
    [
        ("accepted", Outcome.ACCEPTED, False),
        ("rejected", Outcome.REJECTED, False),
        ("unconfirmed", None, True),
        ("not_sent", None, False),
        (HALVED, None, False),
    ],
)
def test_an_outcome_says_what_is_settled_and_what_is_in_doubt(tmp_path, outcome, settled, doubtful):
    async def one(journal: Journal) -> None:
        await journal.outcome(await journal.attempt([3], [3]), outcome, "HTTP 500", 6)

    with Journal(tmp_path / "j") as journal:
        asyncio.run(one(journal))
    with Journal(tmp_path / "j") as journal:
        left = Past((range(3, 4),), settled, doubtful, "HTTP 500", 6, halved=outcome == HALVED)
        assert (list(journal.past()), journal.in_doubt()) == ([left], {3} if doubtful or left.halved else set())


def test_an_outcome_that_is_none_is_a_problem_and_the_next_one_is_not(tmp_path):
    async def two(journal: Journal) -> None:
        number = await journal.attempt([0], [0])
        with pytest.raises(JournalProblem):
            await journal.outcome(number, "imported", "", 1)
        await journal.outcome(number, "accepted", "", 1)

    with Journal(tmp_path / "j") as journal:
        asyncio.run(two(journal))
        assert [past.outcome for past in journal.past()] == [Outcome.ACCEPTED]


def test_what_many_workers_write_at_once_keeps_its_order(tmp_path):
    async def many(journal: Journal) -> list[int]:
        numbers = await asyncio.gather(*(journal.attempt([position], [position]) for position in range(200)))
        await asyncio.gather(
            *(
                journal.outcome(number, outcome, outcome, number)
                for number in numbers
                for outcome in ("unconfirmed", "halved", "accepted")
            )
        )
        return numbers

    with Journal(tmp_path / "j") as journal:
        assert asyncio.run(many(journal)) == list(range(1, 201))
        assert list(journal.past()) == [
            Past((range(number - 1, number),), Outcome.ACCEPTED, doubtful=False, reason="accepted", requests=number)
            for number in range(1, 201)
        ]


def test_each_write_is_on_disk_when_it_is_said_to_be(tmp_path):
    async def write_and_look(journal: Journal) -> None:
        for count in range(1, 4):
            number = await journal.attempt([count], [count])
            with Journal(tmp_path / "j") as other:
                assert len(list(other.past())) == count
            await journal.outcome(number, "accepted", "", 1)
            with Journal(tmp_path / "j") as other:
                assert list(other.past())[-1].outcome is Outcome.ACCEPTED

    with Journal(tmp_path / "j") as journal:
        asyncio.run(write_and_look(journal))


def test_what_still_waits_when_the_journal_is_closed_is_written(tmp_path):
    async def leave(journal: Journal) -> None:
        for position in range(50):
            asyncio.ensure_future(journal.attempt([position], [position]))  # noqa: RUF006 - nobody is to wait for it
        await asyncio.sleep(0)
        journal.__exit__()

    asyncio.run(leave(Journal(tmp_path / "j")))
    with Journal(tmp_path / "j") as journal:
        assert len(list(journal.past())) == 50


def test_a_journal_that_was_closed_takes_nothing_more(tmp_path):
    journal = Journal(tmp_path / "j")
    journal.close()
    with pytest.raises(JournalProblem, match="closed database"):
        journal.note(status="started")


def test_a_journal_that_nobody_closes_keeps_no_process_alive(tmp_path):
    Journal(tmp_path / "j").close()
    assert in_child(lambda: Journal(tmp_path / "j").note(status="started")) == (0, None)


def test_facts_are_kept_and_replaced(tmp_path):
    with Journal(tmp_path / "j") as journal:
        assert journal.fact("plan") is None
        journal.note(plan={"a": [1, "ü", None]}, status="started")
        journal.note(status="finished")
    with Journal(tmp_path / "j") as journal:
        assert (journal.fact("plan"), journal.fact("status")) == ({"a": [1, "ü", None]}, "finished")


def test_facts_can_be_kept_while_rows_are_sent(tmp_path):
    async def sending(journal: Journal) -> None:
        number = await journal.attempt([0], [0])
        await journal.keep(size=1.5)
        await journal.outcome(number, "accepted", "", 1)

    with Journal(tmp_path / "j") as journal:
        asyncio.run(sending(journal))
        assert journal.fact("size") == 1.5


def test_each_session_has_the_clock_that_was_seen_in_it(tmp_path):
    async def sending(journal: Journal, *seen: float) -> None:
        for ahead in seen:
            if journal.tells(ahead):
                await journal.compared(ahead)
        await journal.outcome(await journal.attempt([0], [0]), "accepted", "", 1)

    for seen in [(3600.0, 3599.0), (), (0.0, 1.5, -60.0)]:
        with Journal(tmp_path / "j") as journal:
            journal.begin(status="started")
            asyncio.run(sending(journal, *seen))
    with Journal(tmp_path / "j") as journal:
        assert [attempt.clock for attempt in journal.attempts()] == [(3600.0, 3600.0), None, (-60.0, 0.0)]


@pytest.mark.parametrize(
    ("span", "ahead", "found"),
    [
        pytest.param(None, 5.0, (5.0, 5.0), id="the first"),
        pytest.param((0.0, 1.0), 3.0, None, id="two seconds more"),
        pytest.param((0.0, 1.0), -2.0, None, id="two seconds less"),
        pytest.param((0.0, 1.0), 3.1, (0.0, 3.1), id="still more"),
        pytest.param((0.0, 1.0), -2.1, (-2.1, 1.0), id="still less"),
    ],
)
def test_a_clock_that_differs_by_more_than_two_seconds_is_news(span, ahead, found):
    assert widened(span, ahead) == found


def test_a_session_that_sent_nothing_leaves_no_clock(tmp_path):
    for _ in range(3):
        with Journal(tmp_path / "j") as journal:
            journal.begin(status="started")
    assert look(tmp_path / "j")["clocks"] == [[1, None, None]]


def test_a_new_journal_begins_with_its_facts_and_another_session_leaves_them(tmp_path):
    with Journal(tmp_path / "j", plan="a", status="started"):
        pass
    with Journal(tmp_path / "j", plan="b", status="finished"):
        pass
    facts = look(tmp_path / "j")
    assert (facts.pop("key") != "", facts) == (True, {"plan": "a", "status": "started"})


# Rows and phones ------------------------------------------------------------


def test_the_row_at_a_position_is_known_also_where_rows_were_left_out(tmp_path):
    async def last(journal: Journal) -> None:
        await journal.attempt([0], [0])

    with Journal(tmp_path / "j") as journal:
        journal.place(0, 0, [2, 3, 4, 7, 8])
        journal.place(5, 0, [9, 12])
        journal.place(7, 1, [2, 3])
        asyncio.run(last(journal))
        places = journal.places()
    assert [places.at(position) for position in range(9)] == [
        *((0, row) for row in (2, 3, 4, 7, 8, 9, 12)),
        *((1, row) for row in (2, 3)),
    ]
    assert Places().at(0) is None


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        pytest.param([], [], id="none"),
        pytest.param([2, 3, 4], [(5, 2)], id="that count on"),
        pytest.param([2, 3, 4, 7, 8, 10], [(5, 2), (8, 7), (10, 10)], id="some left out"),
    ],
)
def test_of_rows_that_count_on_the_first_alone_is_kept(rows, points):
    assert list(starts(5, rows)) == points


def test_a_place_is_on_disk_with_the_attempt_that_follows_it(tmp_path):
    crash(tmp_path / "j")
    with Journal(tmp_path / "j") as journal:
        assert journal.places().at(1) == (0, 7)


def test_a_mark_is_known_again_by_its_own_journal_alone(tmp_path):
    with Journal(tmp_path / "one") as one, Journal(tmp_path / "two") as two:
        first, again = one.mark(919812300101), one.mark(919812300101)
        others = {one.mark(919812300102), two.mark(919812300101)}
    assert (first == again, len(first), first in others) == (True, 8, False)


def test_a_secret_is_known_again_by_its_own_journal_alone_whatever_version_wrote_it(tmp_path):
    with Journal(old(tmp_path / "one", 2)) as one, Journal(tmp_path / "two") as two:
        assert one.sign("secret") == "414b1093c2e5c032576d6277e9ee4006"
        assert two.sign("secret") != one.sign("secret")


def test_a_phone_that_is_taken_out_leaves_a_blank_and_the_others_as_they_were(tmp_path):
    phones = [919812300101, 919812300102, 919812300103]

    async def two(journal: Journal) -> None:
        await journal.attempt([0, 1, 2], phones)
        await journal.attempt([1], [phones[1]])

    with Journal(tmp_path / "j") as journal:
        asyncio.run(two(journal))
        mark = journal.mark(phones[1])
        assert [journal.blank(phone) for phone in (919812300109, phones[1], phones[1])] == [0, 2, 0]
        first, third = journal.mark(phones[0]), journal.mark(phones[2])
        assert [attempt.marks for attempt in journal.attempts()] == [(first, bytes(8), third), (bytes(8),)]
    assert mark not in (tmp_path / "j").read_bytes()


def test_whose_rows_were_sent_is_known_again_but_for_those_who_were_taken_out(tmp_path):
    phones = np.arange(919812300101, 919812300104)
    with Journal(tmp_path / "j") as journal:
        asyncio.run(journal.attempt([0, 1], phones[:2].tolist()))
        journal.blank(int(phones[1]))
        marks = journal.marks("run", journal.attempts())
    assert (marks.run, marks.hold(phones).tolist(), bytes(8) in marks.known) == ("run", [True, False, False], False)


def test_each_step_of_a_deletion_is_written_before_and_after_it(tmp_path):
    def written() -> list[tuple[str, bool]]:
        with contextlib.closing(sqlite3.connect(tmp_path / "j")) as database:
            return database.execute("SELECT contacts, ended IS NOT NULL FROM deletions ORDER BY id").fetchall()

    with Journal(tmp_path / "j") as journal:
        first = journal.deleting(["a1", "b2"])
        assert written() == [("a1 b2", False)]
        journal.deleted(first)
        assert journal.deleting(["c3"]) == first + 1
    assert written() == [("a1 b2", True), ("c3", False)]


# Our own faults ------------------------------------------------------------


def end_with(fault: BaseException | None, path: Path, *batches: list[int]) -> None:
    """Run a session that has *batches* under way when *fault* ends it."""

    async def begin(journal: Journal) -> None:
        for rows in batches:
            await journal.attempt(rows, rows)

    with contextlib.suppress(type(fault) if fault else Crash), Journal(path) as journal:
        asyncio.run(begin(journal))
        if fault:
            raise fault


def left_alone(path: Path) -> list[Past]:
    with Journal(path) as journal:
        return [past for past in journal.past() if past.reason == QUARANTINED]


def test_rows_that_were_under_way_in_three_faults_of_ours_are_left_alone(tmp_path):
    for batches in ([[0], [1, 2]], [[1, 2], [3]], [[2, 3]]):
        assert left_alone(tmp_path / "j") == []
        end_with(ValueError("ours"), tmp_path / "j", *batches)
    found = Past((range(2, 3),), Outcome.UNCONFIRMED, doubtful=False, reason=QUARANTINED, requests=0)
    assert left_alone(tmp_path / "j") == [found]
    with Journal(tmp_path / "j") as journal:
        assert journal.quarantined() == 1


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(None, id="an end without an outcome"),
        pytest.param(Crash(), id="no error of ours"),
        pytest.param(Interrupted(2), id="a signal"),
        pytest.param(JournalProblem("full"), id="a full disk"),
    ],
)
def test_whatever_else_ends_a_session_twenty_times_no_row_is_left_alone(tmp_path, fault):
    for _ in range(20):
        end_with(fault, tmp_path / "j", [0, 1])
    assert left_alone(tmp_path / "j") == []


def test_kills_leave_no_row_alone_however_many(tmp_path):
    for _ in range(5):
        crash(tmp_path / "j")
    assert left_alone(tmp_path / "j") == []
    with Journal(tmp_path / "j") as journal:
        assert (journal.is_failing, len(journal.in_doubt())) == (False, 1)


def test_an_answer_in_between_begins_the_count_anew_and_a_kill_does_not(tmp_path):
    async def answered(journal: Journal) -> None:
        await journal.outcome(await journal.attempt([0], [0]), "not_sent", "HTTP 503", 1)

    for _ in range(2):
        end_with(ValueError(), tmp_path / "j", [0])
    with Journal(tmp_path / "j") as journal:
        asyncio.run(answered(journal))
    for fault in (ValueError(), Crash(), ValueError()):
        end_with(fault, tmp_path / "j", [0])
        assert left_alone(tmp_path / "j") == []
    end_with(ValueError(), tmp_path / "j", [0])
    assert len(left_alone(tmp_path / "j")) == 1


# Broken for good ------------------------------------------------------------


@contextlib.contextmanager
def only(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond *size* bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def problem(writing: Awaitable[object]) -> str:
    with pytest.raises(JournalProblem) as caught:
        await writing
    return str(caught.value)


def test_a_journal_that_could_not_be_written_once_is_never_written_again_and_stays_sound(tmp_path):
    async def sending(journal: Journal) -> list[str]:
        number, said = await journal.attempt([0], [0]), []
        with only(journal.path.stat().st_size):
            said.append(await problem(journal.attempt(range(1, 9000, 2), range(1, 9000, 2))))
        said.append(await problem(journal.attempt([1], [1])))
        said.append(await problem(journal.outcome(number, "accepted", "", 1)))
        return said

    with Journal(tmp_path / "j") as journal:
        said = asyncio.run(sending(journal))
    assert (len(said), len(set(said)), "nothing is sent without it" in said[0]) == (3, 1, True)
    with Journal(tmp_path / "j") as journal:
        assert list(journal.past()) == [Past((range(1),), None, doubtful=True, reason="", requests=0)]
        assert asyncio.run(journal.attempt([0], [0])) == 2


def test_a_journal_that_could_not_be_made_leaves_nothing(tmp_path):
    with only(4096), pytest.raises(JournalProblem, match="disk"):
        Journal(tmp_path / "j")
    assert list(tmp_path.iterdir()) == []


# For good ------------------------------------------------------------


def test_whatever_somebody_made_of_a_journal_it_is_written_so_that_a_power_cut_takes_nothing(tmp_path):
    Journal(tmp_path / "j").close()
    a_database(tmp_path / "j", "PRAGMA journal_mode=WAL")
    wanted = {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1, "temp_store": 2}
    wanted |= {"trusted_schema": 0, "cell_size_check": 1}
    with contextlib.closing(schema.opened(tmp_path / "j", {})) as database:
        assert {name: database.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_a_new_journal_is_on_disk_with_its_name_and_the_copy_of_an_old_one_before_that_is_changed(
    tmp_path, monkeypatch
):
    synced, honest = list[int](), os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(os.fstat(handle).st_ino), honest(handle)))
    Journal(tmp_path / "j").close()
    assert synced == [tmp_path.stat().st_ino]
    Journal(old(tmp_path / "old", 1)).close()
    assert synced[1:] == [(tmp_path / "old.version-1").stat().st_ino]


# Older journals ------------------------------------------------------------

JOURNALS = Path(__file__).parent / "journals"
"""One of each version there was, of +91 98123 00101 and so on: rows 0, 2, 4 accepted, 1 rejected, 5 to 9 in doubt."""


def old(path: Path, version: int) -> Path:
    path.write_bytes((JOURNALS / f"version-{version}.sqlite3").read_bytes())
    path.chmod(0o600)
    return path


def dump(path: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(path)) as database:
        return list(database.iterdump())


def settled(journal: Journal) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {"accepted": set(), "rejected": set(), "in doubt": journal.in_doubt()}
    for past in journal.past():
        if past.outcome:
            found[past.outcome].update(position for part in past.positions for position in part)
    return found


@pytest.mark.parametrize("version", sorted(MIGRATIONS))
def test_an_older_journal_is_brought_up_to_date_and_kept_beside_as_it_was(tmp_path, version):
    path = old(tmp_path / "j", version)
    with Journal(path) as journal:
        assert settled(journal) == {"accepted": {0, 2, 4}, "rejected": {1}, "in doubt": {5, 6, 7, 8, 9}}
        assert (journal.fact("status"), journal.fact("endpoint")) == ("started", "https://api.example.com")
        marks = [attempt.marks for attempt in journal.attempts()]
        known = [journal.mark(919812300101)] if version > 1 else []
        assert (marks[0] == tuple(known), journal.places().at(0)) == (True, None)
        assert asyncio.run(journal.attempt([5], [919812300106])) == 7
    assert sorted(found.name for found in tmp_path.iterdir()) == ["j", f"j.version-{version}"]
    assert dump(tmp_path / f"j.version-{version}") == dump(JOURNALS / f"version-{version}.sqlite3")
    assert oct((tmp_path / f"j.version-{version}").stat().st_mode & 0o777) == "0o600"
    before = (tmp_path / f"j.version-{version}").read_bytes()
    Journal(path).close()
    assert (tmp_path / f"j.version-{version}").read_bytes() == before, "brought up to date twice"


def test_a_journal_brought_up_to_date_is_as_a_new_one(tmp_path):
    def shape(path: Path) -> set[tuple[str, str, str, int]]:
        with contextlib.closing(sqlite3.connect(path)) as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return {
                (table, name, kind, needed)
                for table in tables
                for _, name, kind, needed, *_ in database.execute(f"PRAGMA table_info({table})")
            }

    Journal(tmp_path / "new").close()
    Journal(old(tmp_path / "old", 1)).close()
    assert shape(tmp_path / "old") == shape(tmp_path / "new")


def killed_at_each_statement(folder: Path, content: bytes = b"") -> list[Path]:
    """Open one journal after another, each in a process that is killed one statement later; return where they are."""
    honest, paths = schema._connect, list[Path]()

    def opened(left: list[None]) -> None:
        def counted(path: Path) -> sqlite3.Connection:
            database = honest(path)
            database.set_trace_callback(lambda _: left.pop() if left else os.kill(os.getpid(), signal.SIGKILL))
            return database

        schema._connect = counted
        Journal(paths[-1], plan="p").close()

    for count in range(200):
        paths.append(folder / f"j{count}")
        if content:
            paths[-1].write_bytes(content)
        if in_child(lambda: opened([None] * count))[0] == 0:  # noqa: B023 - it is called before the next one
            break
    return paths[:-1]


@pytest.mark.parametrize("version", sorted(MIGRATIONS))
def test_killed_while_it_is_brought_up_to_date_a_journal_is_the_old_one_or_the_new_one(tmp_path, version):
    versions = set()
    paths = killed_at_each_statement(tmp_path, (JOURNALS / f"version-{version}.sqlite3").read_bytes())
    assert len(paths) > 10
    for path in paths:
        with contextlib.closing(sqlite3.connect(path)) as database:
            versions.add(database.execute("PRAGMA user_version").fetchone()[0])
        with Journal(path) as journal:
            assert settled(journal) == {"accepted": {0, 2, 4}, "rejected": {1}, "in doubt": {5, 6, 7, 8, 9}}
            assert journal.places() == Places()
    assert versions == {version, VERSION}, "half of it was committed"


def test_killed_while_it_is_made_a_journal_is_whole_or_not_there(tmp_path):
    paths = killed_at_each_statement(tmp_path)
    assert len(paths) > 10
    assert {path.exists() for path in paths} == {False, True}
    for path in paths:
        if path.exists():
            assert look(path)["plan"] == "p"
        with Journal(path, plan="again") as journal:
            assert journal.fact("plan") in {"p", "again"}
    assert not list(tmp_path.glob("*.new"))


def test_an_empty_file_in_the_place_of_a_journal_is_refused(tmp_path):
    Journal(tmp_path / "j").close()
    os.truncate(tmp_path / "j", 0)
    for open_it in (Journal, look):
        with pytest.raises(JournalProblem, match="is empty: something cut it off"):
            open_it(tmp_path / "j")
    assert [(path.name, path.stat().st_size) for path in tmp_path.iterdir()] == [("j", 0)]


# Privacy ------------------------------------------------------------


@pytest.fixture
def no_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(path.stat().st_mode & 0o777) for path in [folder, *folder.iterdir()]}


@pytest.mark.usefixtures("no_umask")
def test_the_journal_its_rollback_file_and_its_folder_are_for_the_user_alone(tmp_path):
    folder = tmp_path / "state"
    folder.mkdir(0o700)
    with Journal(folder / "j") as journal:
        journal.note(status="started")
        assert modes(folder) == {"state": "0o700", "j": "0o600"}
        second = sqlite3.connect(folder / "j", isolation_level=None)
        second.execute("BEGIN IMMEDIATE")
        second.execute("UPDATE facts SET value = '\"seen\"'")
        assert modes(folder) == {"state": "0o700", "j": "0o600", "j-journal": "0o600"}
        second.execute("ROLLBACK")
        second.close()
    assert modes(folder) == {"state": "0o700", "j": "0o600"}


def test_no_name_and_no_phone_is_in_the_file(tmp_path):
    people = [(f"Canaryname{index}", f"98123{index:05d}") for index in range(30)] + [("Canaryname", "98123XXXXX")]
    platform = Platform(frozenset({"919812300003"}))
    session(people, platform, tmp_path / "j", batch=7)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert len(platform.stored) == 29
    assert b"api-refused" in written
    assert [word for word in (b"anaryname", b"98123", b"23000") if word in written] == []


# What is found in its place ------------------------------------------------------------


def a_database(path: Path, *statements: str) -> None:
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """Return the path of a journal with some hundred attempts."""

    async def one(journal: Journal, number: int) -> None:
        await journal.outcome(
            await journal.attempt([number, number + 2], [number, number + 2]), "halved", "HTTP 413", 1
        )

    async def many(journal: Journal) -> None:
        await asyncio.gather(*(one(journal, number) for number in range(300)))

    path: Path = tmp_path_factory.mktemp("sound") / "j"
    with Journal(path) as journal:
        asyncio.run(many(journal))
    return path


def newer(path: Path) -> None:
    Journal(path).close()
    a_database(path, f"PRAGMA user_version = {VERSION + 1}")


def is_held(path: Path) -> bool:
    """Tell whether this process has the file at *path* open."""

    def is_it(handle: str) -> bool:
        with contextlib.suppress(OSError):
            return os.path.samestat(os.fstat(int(handle)), path.lstat())
        return False

    return any(is_it(handle.name) for handle in Path("/dev/fd").iterdir())


NOT_OURS = "is not a journal of this version"


@pytest.mark.parametrize("open_it", [Journal, look])
@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        pytest.param(lambda path: path.write_text("Name,Phone\n" * 100), "file is not a database", id="a text"),
        pytest.param(lambda path: path.write_bytes(bytes(8192)), "file is not a database", id="zeros"),
        pytest.param(lambda path: a_database(path, "CREATE TABLE facts (key, value)"), NOT_OURS, id="a database"),
        pytest.param(lambda path: a_database(path, "PRAGMA user_version = 1"), NOT_OURS, id="an empty database"),
        pytest.param(newer, NOT_OURS, id="a newer version"),
        pytest.param(Path.mkdir, "is no regular file", id="a folder"),
        pytest.param(lambda path: path.symlink_to(path.with_name("x")), "is no regular file", id="a link"),
    ],
)
def test_what_is_no_journal_of_ours_is_refused_let_go_and_left_as_it_was(tmp_path, prepare, words, open_it):
    path = tmp_path / "j"
    prepare(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(JournalProblem, match=words) as caught:
        open_it(path)
    assert not is_held(path), caught
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [found.name for found in tmp_path.iterdir()] == ["j"]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        pytest.param(lambda sound: sound[: len(sound) // 2], "malformed", id="cut"),
        pytest.param(
            lambda sound: sound[:8192] + b"\xa5" * 4096 + sound[12288:], "is damaged", id="a page overwritten"
        ),
        pytest.param(lambda sound: sound[:8192] + bytes(len(sound) - 8192), "malformed", id="zeros at its end"),
        pytest.param(
            lambda sound: sound.replace(b"halvedHTTP", b"haltedHTTP"), "is damaged", id="outcomes that are none"
        ),
        pytest.param(
            lambda sound: sound.replace(b"299 301", b"299x301"), "invalid literal", id="positions that are none"
        ),
    ],
)
def test_a_damaged_journal_is_refused_and_let_go(tmp_path, sound, damage, words):
    path = tmp_path / "j"
    path.write_bytes(damage(sound.read_bytes()))
    assert path.read_bytes() != sound.read_bytes()
    with pytest.raises(Unreadable, match=words) as caught, Journal(path) as journal:
        list(journal.past())
    assert not is_held(path), caught


@settings(max_examples=60)
@given(st.integers(0, 2**20), st.integers(1, 255))
@example(-1, 64)
def test_whatever_byte_is_wrong_the_journal_is_read_or_refused_and_nothing_else(sound, place, bits):
    content = bytearray(sound.read_bytes())
    place = content.index(b"299 301") if place < 0 else place % len(content)
    content[place] ^= bits
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "j"
        path.write_bytes(content)
        try:
            with Journal(path) as journal:
                list(journal.past())
        except JournalProblem:
            pass


def test_a_journal_that_somebody_else_holds_is_a_problem_and_no_wait_for_ever(tmp_path):
    with Journal(tmp_path / "j") as journal:
        other = sqlite3.connect(tmp_path / "j", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalProblem, match="nothing is sent without it"):
            asyncio.run(journal.attempt([0], [0]))
        other.execute("ROLLBACK")
        other.close()
        assert asyncio.run(journal.attempt([0], [0])) == 2


@pytest.fixture
def folder_that_nobody_may_write():
    """A folder without write permission, and a process that is bound by it: modes do not bind root."""
    folder = Path(tempfile.mkdtemp())
    as_root = os.geteuid() == 0
    if as_root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)
    if as_root:
        os.seteuid(0)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_is_a_problem(folder_that_nobody_may_write):
    with pytest.raises(JournalProblem, match="Permission denied"):
        Journal(folder_that_nobody_may_write / "j")
