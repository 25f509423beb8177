"""The journal on a real disk: private, suspicious of what it finds, and never behind what was said."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contact_import.errors import JournalProblem
from contact_import.journal import Journal, Past, from_ranges, to_ranges
from contact_import.models import Outcome
from tests.support import Platform, session

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


# Attempts and outcomes ------------------------------------------------------------


def test_an_attempt_without_an_outcome_is_in_doubt_when_the_journal_is_opened_again(tmp_path):
    with Journal(tmp_path / "j") as journal:
        assert asyncio.run(journal.attempt([0, 1, 4], [0, 1, 4])) == 1
    with Journal(tmp_path / "j") as journal:
        assert list(journal.past()) == [Past((range(2), range(4, 5)), None, doubtful=True, reason="", requests=0)]
        assert asyncio.run(journal.attempt([7], [7])) == 2


CRASHING = """
import asyncio, os, sys
from pathlib import Path
from contact_import.journal import Journal

async def main():
    journal = Journal(Path(sys.argv[1]))
    await journal.outcome(await journal.attempt([0], [0]), "accepted", "", 1)
    await journal.attempt([1], [1])
    os.kill(os.getpid(), 9)

asyncio.run(main())
"""


def test_what_was_written_is_there_after_a_kill(tmp_path):
    subprocess.run([sys.executable, "-c", CRASHING, tmp_path / "j"], check=False, timeout=60)
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
        ("halved", None, False),
    ],
)
def test_an_outcome_says_what_is_settled_and_what_is_in_doubt(tmp_path, outcome, settled, doubtful):
    async def one(journal: Journal) -> None:
        await journal.outcome(await journal.attempt([3], [3]), outcome, "HTTP 500", 6)

    with Journal(tmp_path / "j") as journal:
        asyncio.run(one(journal))
    with Journal(tmp_path / "j") as journal:
        assert list(journal.past()) == [Past((range(3, 4),), settled, doubtful, "HTTP 500", 6)]


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


def test_facts_are_kept_and_replaced(tmp_path):
    with Journal(tmp_path / "j") as journal:
        assert journal.fact("plan") is None
        journal.note(plan={"a": [1, "ü", None]}, status="started")
        journal.note(status="finished")
    with Journal(tmp_path / "j") as journal:
        assert (journal.fact("plan"), journal.fact("status")) == ({"a": [1, "ü", None]}, "finished")


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
    Journal(path).__exit__()
    a_database(path, "PRAGMA user_version = 3")


@pytest.mark.parametrize(
    "prepare",
    [
        pytest.param(lambda path: path.write_text("Name,Phone\n" * 100), id="a text"),
        pytest.param(lambda path: path.write_bytes(bytes(8192)), id="zeros"),
        pytest.param(lambda path: a_database(path, "CREATE TABLE facts (key, value)"), id="somebody's database"),
        pytest.param(lambda path: a_database(path, "PRAGMA user_version = 1"), id="somebody's empty database"),
        pytest.param(newer, id="a newer version"),
        pytest.param(Path.mkdir, id="a folder"),
        pytest.param(lambda path: path.symlink_to(path.with_name("elsewhere")), id="a link"),
    ],
)
def test_what_is_no_journal_of_ours_is_refused_and_left_as_it_was(tmp_path, prepare):
    path = tmp_path / "j"
    prepare(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(JournalProblem):
        Journal(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [found.name for found in tmp_path.iterdir()] == ["j"]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda sound: sound[: len(sound) // 2], id="cut"),
        pytest.param(lambda sound: sound[:8192] + b"\xa5" * 4096 + sound[12288:], id="a page overwritten"),
        pytest.param(lambda sound: sound[:8192] + bytes(len(sound) - 8192), id="zeros at its end"),
        pytest.param(lambda sound: sound.replace(b"halvedHTTP", b"haltedHTTP"), id="outcomes that are none"),
        pytest.param(lambda sound: sound.replace(b"299 301", b"299x301"), id="positions that are none"),
    ],
)
def test_a_damaged_journal_is_refused(tmp_path, sound, damage):
    path = tmp_path / "j"
    path.write_bytes(damage(sound.read_bytes()))
    assert path.read_bytes() != sound.read_bytes()
    with pytest.raises(JournalProblem), Journal(path) as journal:
        list(journal.past())


@settings(max_examples=60, deadline=None)
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


@pytest.mark.parametrize("path", ["j", "state/j"])
def test_a_folder_that_cannot_be_written_is_a_problem(folder_that_nobody_may_write, path):
    with pytest.raises(JournalProblem, match="Permission denied"):
        Journal(folder_that_nobody_may_write / path)
