"""Killed, interrupted, run twice at once: nothing is lost, and only what was under way is sent again."""

import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from http.client import HTTPConnection

import pytest

from contact_import.sandbox import Fault

KILLS = 20
ROWS = 3_000
BATCH = 50
WORKERS = 4
SHAPE = ("--batch-size", BATCH, "--concurrency", WORKERS)


def accepted_positions(journal):
    """Return the positions of the rows that a journal holds as accepted; opening it mends what a kill left."""
    database = sqlite3.connect(journal)
    try:
        texts = database.execute("SELECT rows FROM attempts WHERE outcome = 'accepted'").fetchall()
    except sqlite3.OperationalError:  # killed before the journal had tables
        return set()
    finally:
        database.close()
    spans = [span.partition("-") for (text,) in texts for span in text.split()]
    return {position for first, _, last in spans for position in range(int(first), int(last or first) + 1)}


def imports(served):
    return [receipt for receipt in served.receipts() if receipt.path == "/inbox/users/import"]


def count_imports(database):
    """Count them without reading them: it is asked often."""
    return database.execute("SELECT count(*) FROM receipts WHERE path = '/inbox/users/import'").fetchone()[0]


def ends_within(process, seconds):
    """Wait for the end of *process*, so long at most; tell whether it came."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def test_killed_at_any_moment_the_same_command_goes_on_and_nothing_is_lost(
    command, platform, stored, received, wait_for
):
    luck = random.Random(20_261_122)
    phones = command.people(ROWS)
    served = platform(latency=0.02)
    log = sqlite3.connect(served.store)
    under_way, settled, killed = Counter(), set(), 0

    def upload():
        words = ("--country", "IN", "--json", "--base-url", served.base_url, "--token-file", "token", *SHAPE)
        return command.start("upload", "people.csv", *words)

    def receipts():
        # An answer to this proves that what a process sent before it was killed has been read.
        with closing(HTTPConnection("127.0.0.1", served.port)) as connection:
            connection.request("GET", "/inbox/segments")
            connection.getresponse().read()
        return imports(served)

    before = 0
    while killed < KILLS:
        wanted = before + luck.randint(0, 4)
        process = upload()
        wait_for(lambda count=wanted, run=process: count_imports(log) >= count or run.poll() is not None)
        # A moment that nothing marks: while Python starts, between two commits, between a request and its answer.
        moment = luck.random() * (0.03 if wanted > before else 0.6)
        assert not ends_within(process, moment), "the list is too short for so many kills"
        process.kill()
        process.communicate()
        killed += 1
        so_far = receipts()
        sent_now, before = received(so_far[before:]), len(so_far)
        assert not settled & sent_now.keys(), "sent again although it was journalled as accepted"
        done = {phones[position] for journal in command.journals() for position in accepted_positions(journal)}
        assert settled <= done <= set(stored(served))
        settled = done
        under_way.update(sent_now.keys() - done)
    log.close()
    assert len(phones) - len(settled) > BATCH, "the last run has nothing to do"

    last = command.end(upload())

    assert (last.code, last.counts) == (0, {"accepted": ROWS})
    assert stored(served) == sorted(phones)
    total, sent_last = received(receipts()), received(receipts()[before:])
    assert not settled & sent_last.keys()
    assert total == Counter(phones) + under_way, "sent again without having been in doubt"
    repeated = total.total() - ROWS
    assert 0 < repeated <= KILLS * WORKERS * BATCH
    # Of the whole run; an attempt killed before its request left is in doubt as well: there may be more than arrived.
    assert len(under_way) <= last.account["resent_rows"] <= KILLS * WORKERS * BATCH
    assert len(command.journals()) == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=str,
)
def test_a_signal_lets_what_is_under_way_end_and_the_same_command_goes_on(
    command, platform, stored, received, wait_for, number, code
):
    phones = command.people(600)
    served = platform(latency=0.05)
    upload = ("upload", "people.csv", "--country", "IN", "--json", *SHAPE)
    where = ("--base-url", served.base_url, "--token-file", "token")

    process = command.start(*upload, *where)
    wait_for(lambda: len(served.receipts()) >= 4)
    process.send_signal(number)
    stopped = command.end(process)
    half = len(served.receipts())
    finished = command(*upload, *where)

    assert stopped.code == code
    account = stopped.account
    assert account["accepted"] == received(served.receipts()[:half]).total()
    assert stopped.counts == {"accepted": account["accepted"], "not_sent": 600 - account["accepted"]}
    assert account["not_sent"] > 0
    assert (finished.code, finished.counts, finished.account["resent_rows"]) == (0, {"accepted": 600}, 0)
    assert received(served.receipts()) == Counter(phones)
    assert stored(served) == sorted(phones)


def test_the_second_signal_leaves_at_once(command, platform, wait_for, received):
    phones = command.people(200)
    served = platform(Fault(do="stall", seconds=30, when="after-commit", nth=3))
    where = ("--base-url", served.base_url, "--token-file", "token")
    process = command.start("upload", "people.csv", "--country", "IN", "--json", *where, *SHAPE)
    wait_for(lambda: len(served.receipts()) >= 3)

    process.send_signal(signal.SIGINT)
    assert not ends_within(process, 0.3), "the first signal waits for what is under way"
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    stopped = command.end(process, since=began)
    (journal,) = command.journals()
    settled = len(accepted_positions(journal))
    finished = command("upload", "people.csv", "--country", "IN", "--json", *where, *SHAPE)

    assert (stopped.code, stopped.seconds < 2) == (130, True)
    assert stopped.account["status"] == "interrupted"
    assert settled > 0
    rest = {"unconfirmed": BATCH, "not_sent": 200 - settled - BATCH}
    assert stopped.counts == {"accepted": settled} | {outcome: count for outcome, count in rest.items() if count}
    assert (finished.code, finished.counts) == (0, {"accepted": 200})
    repeated = received(served.receipts()) - Counter(phones)
    assert set(repeated.values()) <= {1}
    assert repeated.total() == finished.account["resent_rows"] == BATCH


def test_the_second_signal_does_not_wait_for_a_name_server(command, wait_for):
    command.people(5)
    asked = command.folder / "asked"
    slow = command.early(
        "import pathlib, socket, threading\n"
        "def getaddrinfo(*given, **more):\n"
        f"    pathlib.Path({str(asked)!r}).touch()\n"
        "    threading.Event().wait()\n"
        "socket.getaddrinfo = getaddrinfo\n"
    )
    where = ("--base-url", "https://api.example.com", "--token-file", "token")
    process = command.start("upload", "people.csv", "--country", "IN", "--json", *where, env=slow)
    wait_for(asked.exists)

    process.send_signal(signal.SIGINT)
    assert not ends_within(process, 0.3), "the first signal waits for what is under way"
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    stopped = command.end(process, since=began)

    assert (stopped.code, stopped.seconds < 9, "Traceback" in stopped.err) == (130, True, False)


def test_a_signal_ends_the_wait_that_the_platform_asked_for(command, platform, wait_for):
    command.people(50)
    busy = Fault(do="answer", status=429, headers=(("retry-after", "600"),), from_nth=2)
    served = platform(busy)
    where = ("--base-url", served.base_url, "--token-file", "token")
    process = command.start("upload", "people.csv", "--country", "IN", "--json", *where)
    wait_for(lambda: len([receipt for receipt in served.receipts() if receipt.status == 429]) == 1)

    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    stopped = command.end(process, since=began)

    assert (stopped.code, stopped.seconds < 1.5) == (143, True)
    assert stopped.counts == {"accepted": 1, "not_sent": 49}
    assert len(served.receipts()) == 2


@pytest.mark.parametrize(
    ("number", "codes"),
    # Without a handler a shell makes 143 of it all the same.
    [(signal.SIGINT, {130}), (signal.SIGTERM, {143, -signal.SIGTERM})],
    ids=["SIGINT", "SIGTERM"],
)
def test_a_signal_before_the_first_request_leaves_with_its_code(command, platform, number, codes):
    command.people(10)
    served = platform()
    early = command.early(
        "import os, threading\n"
        "from contact_import import survey\n"
        "honest = survey.survey\n"
        "def killed(*given):\n"
        f"    os.kill(os.getpid(), {int(number)})\n"
        "    return honest(*given)\n"
        "survey.survey = killed\n"
    )

    stopped = command.upload("people.csv", served, env=early)

    assert stopped.code in codes
    assert "Traceback" not in stopped.err
    assert stopped.code < 0 or "interrupted" in stopped.err
    assert served.receipts() == []
    assert not command.holding(".part")


def test_a_second_run_for_the_same_address_leaves_with_9_and_sends_nothing(command, platform, wait_for, received):
    phones = command.people(300)
    others = command.people(10, "others.csv", start=5_000)
    served = platform(Fault(do="stall", seconds=4, nth=2))
    where = ("--base-url", served.base_url, "--token-file", "token")
    first = command.start("upload", "people.csv", "--country", "IN", "--json", *where)
    wait_for(lambda: len(served.receipts()) >= 2)

    second = command.upload("others.csv", served)
    unread = command.upload("nobody-has-read.csv", served)
    assert first.poll() is None, "the first run ended too early to be in the way"
    first = command.end(first)

    assert (second.code, second.counts, second.seconds < 3) == (9, {}, True)
    assert unread.code == 9, "a long list was read before the lock was looked at"
    assert "another run" in second.err
    assert (first.code, first.counts) == (0, {"accepted": 300})
    assert received(served.receipts()) == Counter(phones)
    assert command.upload("others.csv", served).counts == {"accepted": len(others)}


def test_fresh_does_not_go_on_with_what_was_left_unfinished(command, platform, received):
    phones = command.people(30)
    served = platform(Fault(do="answer", status=401, nth=3))

    stopped = command.upload("people.csv", served)
    fresh = command.upload("people.csv", served, "--fresh")

    assert (stopped.code, stopped.counts) == (5, {"accepted": 11, "not_sent": 19})
    assert (fresh.code, fresh.counts) == (0, {"accepted": 30})
    assert fresh.account["run"] != stopped.account["run"]
    assert received(served.receipts()) == Counter(phones * 2)
