"""Disks that fill up, fail, lock nothing or may not be written; journals that were cut; programs that fail themselves.

Small disks and disks that may only be read are real ones, mounted, where the tests run as root; else the process may
write no larger files, or the folder's mode forbids it.
"""

import contextlib
import os
import random
import resource
import signal
import sqlite3
import subprocess
from collections import Counter

import pytest

from contact_import.sandbox import Fault

AS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not AS_ROOT, reason="only root can mount a small disk")


@pytest.fixture
def small(command):
    """Return a folder on a disk of 256 KiB, and two functions: to fill that disk, and to make room on it again."""
    folder = command.folder / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", folder], check=True)
    filler = folder / "filler"

    def fill():
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))

    yield folder, fill, filler.unlink
    subprocess.run(["umount", "-l", folder], check=True)


def words(served, *more):
    return ("upload", "people.csv", "--country", "IN", "--json", *where(served), *more)


def where(served):
    return ("--base-url", served.base_url, "--token-file", "token")


# Full disks ------------------------------------------------------------


@needs_root
def test_a_disk_that_is_full_before_the_first_request_lets_nothing_be_sent(command, platform, small):
    folder, fill, room = small
    command.people(5)
    served = platform()
    (folder / "runs").mkdir()
    fill()

    ran = command(*words(served, "--state-dir", folder))
    room()
    again = command(*words(served, "--state-dir", folder))

    assert (ran.code, ran.counts, "No space left" in ran.err or "is full" in ran.err) == (8, {}, True)
    assert "Traceback" not in ran.err
    assert (again.code, again.counts, len(served.receipts())) == (0, {"accepted": 5}, 1 + 1)


@needs_root
def test_a_disk_that_fills_up_after_a_request_left_stops_at_once_and_lies_about_nothing(
    command, platform, small, stored, received, wait_for
):
    folder, fill, room = small
    phones = command.people(300)
    served = platform(Fault(do="stall", seconds=2, when="after-commit", nth=4))
    process = command.start(*words(served, "--state-dir", folder, "--concurrency", 1))
    wait_for(lambda: len(served.receipts()) >= 4)
    fill()
    stopped = command.end(process)
    before = len(served.receipts())
    room()

    account = stopped.account
    assert (stopped.code, before) == (8, 4)
    assert account["accepted"] + account["unconfirmed"] + account["not_sent"] == 300
    assert (account["accepted"], account["unconfirmed"]) == (111, 100)
    finished = command(*words(served, "--state-dir", folder, "--concurrency", 1))
    assert (finished.code, finished.counts, finished.account["resent_rows"]) == (0, {"accepted": 300}, 100)
    assert stored(served) == sorted(phones)
    assert received(served.receipts()) - Counter(phones) == Counter(phones[111:211])


@needs_root
def test_a_report_that_no_longer_fits_loses_no_state_and_the_same_command_writes_it(
    command, platform, small, stored, received
):
    folder, fill, room = small
    good = [(f"Person {index}", f"98123{index:05}") for index in range(50)]
    bad = [(f"Nobody {index} " + "x" * 200, "98123") for index in range(50)]
    command.write("people.csv", [("Name", "Mobile"), *good, *bad])
    served = platform()
    fill()

    ran = command(*words(served, "--failures", folder / "f.csv"))
    room()
    again = command(*words(served, "--failures", folder / "f.csv"))

    assert (ran.code, ran.counts, ran.account["failures_file"]) == (8, {"accepted": 50, "rejected": 50}, None)
    assert "the same command writes it without sending anything again" in ran.account["error"]
    assert (again.code, again.counts) == (3, {"accepted": 50, "rejected": 50})
    assert received(served.receipts()) == Counter(stored(served))
    assert sorted(path.name for path in folder.iterdir()) == ["f.csv"]
    assert len(command.rows(folder / "f.csv")) == 50


@needs_root
def test_a_report_that_no_longer_fits_stops_neither_the_import_nor_the_other_report(command, platform, small, stored):
    folder, fill, room = small
    phones = [f"98123{index:05}" for index in range(5_000)]
    bad = [(f"Nobody {index} " + "x" * 100, "12") for index in range(6_000)]
    command.write("people.csv", [("Name", "Mobile"), *bad, *(("Asha", phone) for phone in phones)])
    served = platform()
    fill()

    upload = words(served, "--failures", folder / "f.csv", "--outcomes", "o.csv", "--max-reject", 100)
    ran = command(*upload)
    room()

    assert (ran.code, ran.counts, len(stored(served))) == (8, {"accepted": 5_000, "rejected": 6_000}, 5_000)
    assert f"{folder / 'f.csv'} cannot be written" in ran.account["error"]
    assert len(command.rows("o.csv")) == 11_000
    assert list(folder.iterdir()) == []


def no_large_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


def test_a_journal_that_may_grow_no_more_stops_the_run_and_the_same_command_goes_on(
    command, platform, stored, received
):
    phones = command.people(3_000)
    served = platform()
    (command.folder / "warm").mkdir()

    stopped = command(*words(served), preexec_fn=no_large_files)
    finished = command(*words(served))

    account = stopped.account
    assert (stopped.code, 0 < account["accepted"] < 3_000) == (8, True)
    assert (finished.code, finished.counts) == (0, {"accepted": 3_000})
    assert stored(served) == sorted(phones)
    assert received(served.receipts()).total() - 3_000 <= account["unconfirmed"] <= 400


# Reports that stand in each other's way ------------------------------------------------------------


def slow(command, platform, name, *, who):
    """Start to send the list *name*, which has more rows to correct than are written at once, and return it at work."""
    bad = [(f"{who} {index}", "12") for index in range(6_000)]
    good = [(f"Person {index}", f"98123{index:05}") for index in range(20)]
    command.write(name, [("Name", "Mobile"), *bad, *good])
    served = platform(Fault(do="stall", seconds=2, nth=2))
    command_line = ("upload", name, "--country", "IN", "--json", *where(served), "--max-reject", 100)
    return served, command_line


def test_two_uploads_in_one_folder_leave_a_failures_file_each(command, platform, wait_for):
    running = []
    for who in ("North", "South"):
        (command.folder / who).mkdir()
        served, line = slow(command, platform, f"{who}/contacts.csv", who=who)
        running.append(command.start(*line))
        wait_for(lambda served=served: len(served.receipts()) >= 2)
        running[0].send_signal(signal.SIGCONT if running[1:] else signal.SIGSTOP)  # it ends after the other began

    ended = [command.end(process) for process in running]

    assert [ran.code for ran in ended] == [3, 3]
    assert {ran.account["failures_file"] for ran in ended} == {"contacts-failures.csv", "contacts-failures.2.csv"}
    for who, ran in zip(("North", "South"), ended, strict=True):
        rows = command.rows(ran.account["failures_file"])
        assert (len(rows), {row["Name"].split()[0] for row in rows}) == (6_000, {who})
    assert "contacts-failures.csv was written by somebody else meanwhile; this report is in contacts-failures.2" in (
        "".join(ran.err for ran in ended)
    )


def test_a_dry_run_beside_an_upload_takes_nothing_from_it(command, platform, wait_for):
    served, line = slow(command, platform, "people.csv", who="Nobody")
    process = command.start(*line)
    wait_for(lambda: len(served.receipts()) >= 2)

    dry = command(*line, "--dry-run")
    ran = command.end(process)

    assert (dry.code, ran.code, ran.counts) == (3, 3, {"accepted": 20, "rejected": 6_000})
    assert [len(command.rows(each.account["failures_file"])) for each in (dry, ran)] == [6_000, 6_000]


@pytest.mark.parametrize("next_one", ["the same command", "purge"])
def test_nothing_that_a_killed_upload_was_writing_stays(command, platform, wait_for, next_one):
    served, line = slow(command, platform, "people.csv", who="Zebulon")
    process = command.start(*line)
    wait_for(lambda: len(served.receipts()) >= 2)
    process.kill()
    process.wait()
    left = command.holding("Zebulon")

    ran = command(*line) if next_one == "the same command" else command("purge", "--run", "last", "--yes")

    assert len(left) == 2, "the upload was writing nothing"
    assert ran.code in {0, 3}
    assert command.holding("Zebulon") == {"people.csv"} | ({"people-failures.csv"} if ran.code else set())


def test_rows_that_were_corrected_by_hand_outlast_the_next_runs(command, platform):
    rows = [("Name", "Mobile"), ("Asha", "9812300101"), ("Rohan", "98123")]
    command.write("people.csv", rows)
    served, failures = platform(), command.folder / "people-failures.csv"

    assert command.upload("people.csv", served).code == 3
    corrected = failures.read_text(encoding="utf-8").replace('"98123"', '"9812300177"')
    failures.write_text(corrected, encoding="utf-8")
    again = command.upload("people.csv", served)
    kept = command.folder / "people-failures.kept-1.csv"
    assert (again.code, kept.read_text(encoding="utf-8")) == (3, corrected)
    assert [row["Mobile"] for row in command.rows("people-failures.csv")] == ["98123"]
    assert "it is kept as people-failures.kept-1.csv" in again.err

    failures.write_text(corrected, encoding="utf-8")
    command.write("people.csv", rows[:2])
    clean = command.upload("people.csv", served)
    assert (clean.code, failures.read_text(encoding="utf-8")) == (0, corrected)
    assert "people-failures.csv was changed since a run wrote it, or is of a dry run, and stays" in clean.err


def test_a_dry_run_replaces_no_failures_file_of_a_run(command, platform):
    phones = command.people(40)
    served = platform(refuse=frozenset(phones[20:22]))
    short = ("Short", "98123")
    command.write("people.csv", [("Name", "Mobile"), *((f"Person {phone}", phone[2:]) for phone in phones), short])
    assert command.upload("people.csv", served).code == 3
    before = (command.folder / "people-failures.csv").read_bytes()

    dry = command.upload("people.csv")

    assert (dry.code, dry.account["failures_file"]) == (3, "people-failures.dry-run.csv")
    assert "this report is in people-failures.dry-run.csv" in dry.err
    assert [row["Name"] for row in command.rows("people-failures.dry-run.csv")] == ["Short"]
    assert (command.folder / "people-failures.csv").read_bytes() == before
    assert command("show", "last", "--failures", "again.csv").code == 0


# Disks that may not be written, or know no locks ------------------------------------------------------------


@pytest.fixture
def read_only(command):
    """Return a state folder with an unfinished run in it, which may only be read."""

    def lock_up():
        if AS_ROOT:
            subprocess.run(["mount", "--bind", command.state, command.state], check=True)
            subprocess.run(["mount", "-o", "remount,ro,bind", command.state], check=True)
        else:
            for path in (command.state / "runs", command.state):
                path.chmod(0o500)

    yield lock_up
    if AS_ROOT:
        subprocess.run(["umount", "-l", command.state], check=False, capture_output=True)
    else:
        for path in (command.state, command.state / "runs"):
            path.chmod(0o700)


@pytest.mark.parametrize("before", [False, True], ids=["with nothing in it", "with an unfinished run"])
def test_a_state_folder_that_may_only_be_read_lets_nothing_be_sent(command, platform, read_only, before):
    command.people(12)
    served = platform(Fault(do="answer", status=401, nth=2))
    (command.state / "runs").mkdir(parents=True)
    if before:
        assert command.upload("people.csv", served).code == 5
    sent = len(served.receipts())
    read_only()

    ran = command.upload("people.csv", served)

    assert (ran.code, ran.counts, len(served.receipts())) == (8, {}, sent)
    assert "Read-only" in ran.err or "Permission denied" in ran.err
    assert "--state-dir" in ran.err


NO_LOCKS = """
import errno, fcntl
def flock(file, what):
    raise OSError(errno.ENOLCK, "No locks available")
fcntl.flock = flock
"""


def test_a_disk_without_locks_lets_nothing_be_sent(command, platform):
    command.people(3)
    served = platform()

    ran = command.upload("people.csv", served, env=command.early(NO_LOCKS))

    assert (ran.code, served.receipts()) == (8, [])
    assert "No locks available" in ran.err
    assert "--state-dir" in ran.err


# Journals ------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda old: b"", id="cut to nothing"),
        pytest.param(lambda old: old[:5000], id="cut in the middle"),
        pytest.param(lambda old: bytes(len(old)), id="zeros"),
        pytest.param(lambda old: random.Random(7).randbytes(len(old)), id="noise"),
        pytest.param(lambda old: old[:4096] + bytes(len(old) - 4096), id="zeros behind its beginning"),
    ],
)
def test_a_damaged_journal_is_left_alone_and_sending_all_again_is_the_users_choice(command, platform, damage):
    command.people(12)
    served = platform(Fault(do="answer", status=401, nth=2))
    assert command.upload("people.csv", served).code == 5
    (journal,) = command.journals()
    journal.write_bytes(damage(journal.read_bytes()))
    left, sent = journal.read_bytes(), len(served.receipts())

    ran = command.upload("people.csv", served)
    assert (ran.code, len(served.receipts())) == (8, sent)
    assert "not known any more; --new-journal leaves it alone, and sends all rows again" in ran.err

    assert "→ its journal cannot be read: what it sent is not known any more" in command("show", journal.stem).out

    anew = command.upload("people.csv", served, "--new-journal")
    assert (anew.code, anew.counts, journal.read_bytes()) == (0, {"accepted": 12}, left)
    assert f"{journal.stem}" in anew.err
    assert "all rows are sent again" in anew.err

    again = command.upload("people.csv", served)
    assert (again.code, again.counts, again.err) == (0, {"accepted": 12}, "")


def test_a_run_whose_journal_is_busy_is_at_work_and_not_forgotten(command, platform):
    command.people(3)
    assert command.upload("people.csv", platform(Fault(do="answer", status=401))).code == 5
    (journal,) = command.journals()
    with contextlib.closing(sqlite3.connect(journal, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        ran = command("purge", "--run", "last", "--yes")

    assert (ran.code, journal.exists()) == (9, True)
    assert f"{journal.stem} is in use; nothing of it was forgotten" in ran.err


WATCH_FILES = """
import sys
def watch(event, arguments):
    if event == "open" and ".sqlite3" in str(arguments[0]) and not str(arguments[0]).endswith(".new"):
        with open({log!r}, "a") as file:
            file.write(f"{{arguments}}\\n")
sys.addaudithook(watch)
"""


def test_nothing_but_sqlite_opens_a_journal_that_is_in_use(command, platform):
    command.people(30)
    served = platform()
    log = command.folder / "opened.log"
    environment = command.early(WATCH_FILES.format(log=str(log)))

    for _ in range(2):  # a new journal, and one that is gone on with
        ran = command.upload("people.csv", platform(Fault(do="answer", status=401, nth=3)), env=environment)
        assert ran.code == 5
    assert command.upload("people.csv", served, env=environment).code == 0
    assert command("runs", env=environment).code == 0

    assert not log.exists(), log.read_text()
    assert len(command.journals()) == 3


# Our own faults ------------------------------------------------------------

FAILING_TO_SEND = """
from contact_import import sender
honest = sender.Sender.post
async def post(self, content):
    if b"{number}" in content:
        raise ValueError("{number} is too much for us")
    return await honest(self, content)
sender.Sender.post = post
"""


def test_a_batch_that_we_fail_at_three_times_is_left_alone_and_the_rest_goes_on(command, platform, stored):
    phones = command.people(400)
    served = platform()
    broken = command.early(FAILING_TO_SEND.format(number=phones[250][2:]))
    upload = words(served, "--batch-size", 20)

    failed = [command(*upload, env=broken) for _ in range(3)]
    last = command(*upload, env=broken)
    again = command(*upload, env=broken)

    assert [(ran.code, ran.out, "ValueError" in ran.err) for ran in failed] == [(1, "", True)] * 3
    assert phones[250][2:] not in "".join(ran.err for ran in (*failed, last))
    left = last.counts["unconfirmed"]
    assert (last.code, last.counts) == (4, {"accepted": 400 - left, "unconfirmed": left})
    assert 1 <= left <= 20, "the batch, or the smaller one that a session begins with"
    assert last.err == (
        f"warning: {left} rows are left alone: quarantined: this program failed 3 times while it sent this row, "
        "so it is not sent again; please report it\n"
    )
    assert {row["reason"].partition(":")[0] for row in command.rows("people-failures.csv")} == {"quarantined"}
    assert (again.code, again.counts) == (last.code, last.counts)
    assert phones[250] not in stored(served)
    assert 400 - left <= len(stored(served)) < 400


FAILING_TO_PREPARE = """
from contact_import import pipeline
honest = pipeline.prepare
def prepare(frame, *more):
    if "Person {number}" in frame.cells[0].tolist():
        raise ValueError("Person {number} is too much for us")
    return honest(frame, *more)
pipeline.prepare = prepare
"""


@pytest.mark.parametrize("dry", [False, True], ids=["sent", "dry run"])
def test_a_row_that_we_fail_to_read_costs_that_row(command, platform, stored, dry):
    phones = command.people(400)
    served = platform()
    number = phones[250][2:]

    ran = command(
        *words(served, "--outcomes", "o.csv", *(["--dry-run"] if dry else [])),
        env=command.early(FAILING_TO_PREPARE.format(number=number)),
    )

    assert (ran.code, ran.counts) == (4 if not dry else ran.code, {"ready" if dry else "accepted": 399, "not_sent": 1})
    assert ran.err.startswith("warning: row 252: quarantined: this program fails at this row (ValueError at ")
    assert number not in ran.err
    assert [row["row"] for row in command.rows("o.csv") if row["outcome"] == "not_sent"] == ["252"]
    if not dry:
        assert stored(served) == sorted({*phones} - {phones[250]})


# A machine that is short of something ------------------------------------------------------------


def few_files():
    resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))


def test_a_process_that_may_open_no_more_files_ends_with_one_line(command, platform):
    command.people(3)

    ran = command.upload("people.csv", platform(), "--max-outage", "0", preexec_fn=few_files)

    assert ran.code in {1, 4, 7, 8}
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) <= 2


def test_no_memory_of_a_process_that_dies_is_left_on_the_disk(command, platform, wait_for):
    command.people(3)
    served = platform(Fault(do="stall", seconds=30))
    process = command.start(*words(served))
    wait_for(served.receipts)

    limit = resource.prlimit(process.pid, resource.RLIMIT_CORE)
    process.kill()

    assert limit == (0, 0)


def test_a_lock_file_that_a_cleaner_deleted_lets_no_row_be_lost(command, platform, stored, received, wait_for):
    phones = command.people(200)
    served = platform(Fault(do="stall", seconds=3, nth=3))
    first = command.start(*words(served, "--concurrency", 1))
    wait_for(lambda: len(served.receipts()) >= 3)
    for lock in command.state.glob("*.lock"):
        lock.unlink()

    command(*words(served))  # nothing tells it of the first one
    command.end(first)
    last = command(*words(served))

    (journal,) = command.journals()[:1]
    assert stored(served) == sorted(phones)
    assert max(received(served.receipts()).values()) <= 3
    assert last.code == 0
    assert sqlite3.connect(journal).execute("PRAGMA integrity_check").fetchone() == ("ok",)
