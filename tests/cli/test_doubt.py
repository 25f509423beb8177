"""The options that decide what becomes of rows in doubt, of strange answers and of too many refusals."""

import re
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from contact_import.sandbox import Fault

LOST = Fault(do="drop", when="after-commit", from_nth=2, times=2)
"""The second request is stored, and so is its try on a new connection, and no answer comes."""


ALONE = ("--concurrency", 1)


def leave_in_doubt(command, platform, hours=0.0):
    """Leave ten of twelve rows in doubt since so many hours; return their phones, and the platform, well again."""
    phones = command.people(12)
    served = platform(LOST)
    stopped = command.upload("people.csv", served, "--max-outage", 0, *ALONE)
    assert (stopped.code, stopped.counts) == (4, {"accepted": 1, "unconfirmed": 10, "not_sent": 1})
    (journal,) = command.journals()
    with closing(sqlite3.connect(journal)) as database, database:
        database.execute("UPDATE attempts SET started = started - ?", (hours * 3600,))
    return phones, served


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        pytest.param(0, (), id="at once"),
        pytest.param(23, (), id="within a day"),
        pytest.param(25, ("--resend-unconfirmed",), id="later, when asked for"),
    ],
)
def test_rows_in_doubt_are_sent_again(command, platform, received, hours, words):
    phones, served = leave_in_doubt(command, platform, hours)

    ran = command.upload("people.csv", served, *words)

    assert (ran.code, ran.counts, ran.account["resent_rows"]) == (0, {"accepted": 12}, 10)
    assert set(received(served.receipts())) == set(phones)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        pytest.param(25, (), id="after a day"),
        pytest.param(0, ("--on-unconfirmed", "hold"), id="when held"),
        pytest.param(25, ("--on-unconfirmed", "hold"), id="after a day, when held"),
    ],
)
def test_rows_in_doubt_are_left_for_a_person_who_is_told_how_to_go_on(command, platform, received, hours, words):
    phones, served = leave_in_doubt(command, platform, hours)
    before = len(served.receipts())

    for _ in range(2):
        ran = command.upload("people.csv", served, *words)
        assert (ran.code, ran.counts) == (4, {"accepted": 2, "unconfirmed": 10})
        assert "--resend-unconfirmed" in ran.account["error"]

    assert received(served.receipts()[before:]) == Counter(phones[11:])


def test_with_hold_nothing_that_may_be_stored_is_sent_again_within_a_session(command, platform, received):
    phones = command.people(40)
    served = platform(LOST)

    ran = command.upload("people.csv", served, "--batch-size", 10, "--on-unconfirmed", "hold", *ALONE)

    assert (ran.code, ran.account["resent_rows"]) == (4, 0)
    assert ran.counts == {"accepted": 20, "unconfirmed": 20}
    assert received(served.receipts()) == Counter(phones)


def test_a_success_in_other_words_is_taken_for_one_when_the_user_says_so(command, platform):
    command.people(12)
    odd = Fault(do="answer", when="after-commit", status=200, body=b'{"result": "OK", "rows": 12345}')
    served = platform(odd)

    strange = command.upload("people.csv", served)
    known = command.upload("people.csv", served, "--accept-success", "result=OK")

    assert (strange.code, strange.counts) == (6, {"unconfirmed": 1, "not_sent": 11})
    assert '{"result": "OK", "rows": number}' in strange.account["error"]
    assert "--accept-success" in strange.account["error"]
    assert (known.code, known.counts) == (0, {"accepted": 12})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("--accept-success", "success"), "--accept-success", id="no pair"),
        pytest.param(("--accept-success", "success=false"), "--accept-success", id="a failure"),
        pytest.param(("--on-unconfirmed", "maybe"), "--on-unconfirmed", id="no such choice"),
        pytest.param(
            ("--on-unconfirmed", "hold", "--resend-unconfirmed"), "--resend-unconfirmed", id="a contradiction"
        ),
        pytest.param(("--ca-file", "people.csv"), "--ca-file", id="no certificates"),
        pytest.param(("--ca-file", "missing.pem"), "--ca-file", id="no file"),
        pytest.param(("--bot-id", "a\nb"), "--bot-id", id="a header cut in two"),
    ],
)
def test_what_cannot_be_meant_ends_with_2_before_anything_is_sent(command, platform, words, told):
    command.people(1)
    served = platform()

    ran = command.upload("people.csv", served, *words)

    assert (ran.code, served.receipts()) == (2, [])
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_password_for_the_proxy_is_refused_and_not_repeated(command):
    command.people(1)

    ran = command(
        *("upload", "people.csv", "--country", "IN", "--token-file", "token", "--base-url", "https://127.0.0.1:9"),
        *("--proxy", "http://me:swordfish@127.0.0.1:9"),
    )

    assert ran.code == 2
    assert "--proxy" in ran.err
    assert "swordfish" not in ran.err + ran.out


def test_a_proxy_in_use_is_named(command):
    command.people(1)

    ran = command(
        *("upload", "people.csv", "--country", "IN", "--token-file", "token", "--base-url", "https://127.0.0.1:9"),
        *("--proxy", "http://127.0.0.1:9", "--max-outage", 0, "--verbose"),
    )

    assert ran.code == 4
    assert "requests go through the proxy http://127.0.0.1:9" in ran.err


def test_more_than_a_fifth_of_the_rows_refused_ends_with_7_and_says_how_to_go_on(command, platform):
    phones = command.people(300)
    served = platform(refuse=frozenset(phones[20:80]))

    stopped = command.upload("people.csv", served, *ALONE)
    passed = command.upload("people.csv", served, *ALONE, "--max-reject", 100)

    assert stopped.code == 7
    assert "--max-reject 100" in stopped.account["error"]
    assert stopped.counts["rejected"] == 23
    assert (passed.code, passed.counts) == (3, {"accepted": 240, "rejected": 60})


def test_a_platform_that_wants_to_be_left_alone_for_long_is_left_alone(command, platform):
    command.people(50)
    busy = Fault(do="answer", status=429, headers=(("retry-after", "3600"),), nth=3)
    served = platform(busy)

    stopped = command.upload("people.csv", served)
    finished = command.upload("people.csv", served)

    assert (stopped.code, stopped.counts) == (4, {"accepted": 11, "not_sent": 39})
    assert re.search(r"not before (\d{4}-\d\d-\d\d )?\d\d:\d\d;", stopped.account["error"])
    assert stopped.seconds < 5
    assert (finished.code, finished.counts) == (0, {"accepted": 50})


def test_a_row_that_the_platform_breaks_on_is_told_from_a_platform_that_is_broken(command, platform, stored):
    phones = command.people(60)
    served = platform(Fault(do="answer", when="before-commit", status=500, key=phones[30]))

    ran = command.upload("people.csv", served, "--batch-size", 10)

    assert (ran.code, ran.counts) == (3, {"accepted": 59, "rejected": 1})
    assert ran.account["reasons"] == {"api-failed": 1}
    assert stored(served) == sorted(set(phones) - {phones[30]})
