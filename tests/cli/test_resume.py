"""What a second session may count on, and what it is told of the first one."""

import json
import signal
import sqlite3
import subprocess
import sys

import pytest

from contact_import.sandbox import Behaviour, Fault, Sandbox

AWAY = Fault(do="answer", status=503, from_nth=3, times=1)
ONE_BY_ONE = ("--concurrency", 1)


def where(served):
    return ("--base-url", served.base_url, "--token-file", "token")


def test_a_list_that_is_read_in_another_way_is_another_run_and_that_is_said(command, platform):
    rows = "Name,Mobile\r\n" + "".join(f"José {count},98123{count:05d}\r\n" for count in range(40))
    (command.folder / "people.csv").write_bytes(rows.encode("cp1252"))
    served = platform(AWAY)
    first = command.upload("people.csv", served, "--encoding", "cp1251", "--max-outage", 0, *ONE_BY_ONE)

    second = command.upload("people.csv", served, "--encoding", "cp1252", *ONE_BY_ONE)

    names = {contact["profile"]["userDetails"]["userProvidedName"].split()[0] for contact in served.contacts()}
    assert (first.counts, second.counts, names) == ({"accepted": 11, "unconfirmed": 29}, {"accepted": 40}, {"José"})
    assert f"run {first.account['run']} of people.csv with other options was left unfinished: 11 rows" in second.err


def test_what_was_accepted_stays_so_when_less_fits_into_a_request(command, platform):
    about = [(f"P {count}", f"98123{count:05d}", "x" * (3000 if count < 5 else 5)) for count in range(40)]
    command.write("people.csv", [("Name", "Mobile", "City"), *about])
    served = platform(AWAY)
    first = command.upload("people.csv", served, "--attribute", "city=City", "--max-outage", 0, *ONE_BY_ONE)

    second = command.upload("people.csv", served, "--attribute", "city=City", "--max-bytes", 1000, *ONE_BY_ONE)

    assert (first.counts["accepted"], second.counts) == (11, {"accepted": 40})


def test_another_token_in_the_middle_of_a_run_is_told_of(command, tmp_path):
    command.people(60)
    away = Fault(do="answer", status=503, from_nth=3)
    accounts = [
        Sandbox(tmp_path / "a.sqlite3", Behaviour(token=command.token, faults=(away,))),
        Sandbox(tmp_path / "b.sqlite3", Behaviour(token="token-of-another-account")),
    ]
    with accounts[0] as served:
        first = command.upload("people.csv", served, "--max-outage", 0)
        accounts[1].port = served.port
    command.token_file.write_text("token-of-another-account\n")
    with accounts[1] as served:
        warned = command.upload("people.csv", served, "--dry-run")
        second = command.upload("people.csv", served)
        fresh = command.upload("people.csv", served, "--fresh")
        there = len(served.contacts())

    words = "warning: the token is another one than this run began with"
    assert [words in ran.err for ran in (first, warned, second, fresh)] == [False, False, True, False]
    assert (fresh.counts, there) == ({"accepted": 60}, 60)
    assert command.holding("token-of-another-account", command.token) == {"token"}


def test_the_guard_at_the_end_leaves_the_other_refused_rows_as_it_says(command, platform):
    phones = command.people(4)
    served = platform(refuse=frozenset(phones))

    ran = command.upload("people.csv", served, "--max-reject", 10)

    (journal,) = command.journals()
    with sqlite3.connect(journal) as database:
        open_ones = database.execute("SELECT count(*) FROM attempts WHERE outcome IS NULL").fetchone()[0]
    database.close()
    assert (ran.code, ran.counts, open_ones) == (7, {"rejected": 1, "not_sent": 3}, 0)


@pytest.mark.parametrize(("letter", "escaped"), [("/", "\\/"), ("+", "\\u002B")])
def test_a_token_that_the_platform_writes_back_in_another_way_is_not_passed_on(command, platform, letter, escaped):
    token = f"canary{letter}EFghijklmnop{letter}qr"
    command.token_file.write_text(token)
    phone = command.people(3)[1]
    body = f'{{"success": false, "message": "token {token.replace(letter, escaped)} may not", "data": []}}'.encode()
    served = platform(Fault(do="answer", status=400, body=body, key=phone), token=token)

    ran = command.upload("people.csv", served)

    (failure,) = command.rows("people-failures.csv")
    assert (ran.code, failure["reason"].endswith("token *** may not")) == (3, True)
    assert command.holding(token) == {"token"}


def test_a_file_that_is_cut_off_while_the_rest_is_counted_does_not_hide_why_the_run_ended(command, platform, wait_for):
    command.people(60_000)
    people = command.folder / "people.csv"
    served = platform(Fault(do="stall", seconds=1, nth=3), Fault(do="answer", status=401, nth=3))
    process = command.start("upload", "people.csv", "--country", "IN", "--json", *where(served), *ONE_BY_ONE)
    wait_for(lambda: len(served.receipts()) >= 3)
    with people.open("r+b") as file:
        file.truncate(people.stat().st_size // 2)

    ran = command.end(process)

    account = json.loads(ran.out)
    assert (ran.code, account["accepted"], "token" in account["error"]) == (5, 11, True)


def test_what_nohup_has_ignored_stays_ignored(command, platform, wait_for):
    command.people(20)
    served = platform(latency=0.2)
    words = ("upload", "people.csv", "--country", "IN", "--json", *where(served), *ONE_BY_ONE, "--batch-size", "5")
    process = subprocess.Popen(
        ["nohup", sys.executable, "-m", "contact_import", *map(str, words)],
        cwd=command.folder,
        env=command.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    command.running.append(process)
    wait_for(lambda: len(served.receipts()) >= 2)

    process.send_signal(signal.SIGHUP)

    assert command.end(process).counts == {"accepted": 20}


def test_a_list_that_was_mended_after_it_stopped_goes_on_where_its_run_is_adopted(command, platform):
    command.people(40)
    people = command.folder / "people.csv"
    served = platform(AWAY)
    first = command.upload("people.csv", served, "--max-outage", 0, *ONE_BY_ONE)
    header, *rows = people.read_text().splitlines(keepends=True)
    people.write_text(header + "Zahra,+91 98123 99999\n" + "".join(rows))

    seen = command.upload("people.csv", served, "--adopt", "last", "--dry-run")
    told = command.upload("people.csv", served, "--adopt", "last", "--outcomes", "outcomes.csv", *ONE_BY_ONE)

    assert first.counts == {"accepted": 11, "unconfirmed": 29}
    assert (seen.code, seen.counts) == (0, {"ready": 30, "unchanged": 11})
    assert (told.code, told.counts, told.err) == (0, {"accepted": 30, "unchanged": 11}, "")
    reasons = [row["reason"] for row in command.rows("outcomes.csv") if row["outcome"] == "unchanged"]
    assert reasons == [f"adopted: run {first.account['run']} has this number as accepted"] * 11
    known = {contact["profile"]["userDetails"]["contact"]["phone"]["number"] for contact in served.contacts()}
    assert (len(known), told.account["resent_rows"]) == (41, 0)
    assert command.upload("people.csv", served, *ONE_BY_ONE).counts == {"accepted": 41}


def test_who_changed_the_list_is_told_how_to_leave_out_what_was_accepted(command, platform):
    command.people(40)
    people = command.folder / "people.csv"
    served = platform(AWAY)
    first = command.upload("people.csv", served, "--max-outage", 0, *ONE_BY_ONE)
    people.write_text(people.read_text() + "Zahra,+91 98123 99999\n")

    ran = command.upload("people.csv", served, *ONE_BY_ONE)

    run = first.account["run"]
    assert f"run {run} of an earlier content of people.csv was left unfinished: 11 rows accepted" in ran.err
    assert f"--adopt {run} leaves the accepted ones out" in ran.err
    assert ran.counts == {"accepted": 41}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("--adopt", "2020"), "there is no such run", id="none"),
        pytest.param(("--adopt", "last"), "that run went to another address", id="another address"),
    ],
)
def test_a_run_that_says_nothing_of_this_address_is_not_adopted(command, platform, words, said):
    command.people(3)
    assert command.upload("people.csv", platform()).code == 0
    other = platform()

    ran = command.upload("people.csv", other, *words)

    assert (ran.code, other.receipts()) == (2, [])
    assert said in ran.err


def test_a_run_with_another_token_is_adopted_with_a_warning(command, tmp_path):
    command.people(3)
    accounts = [
        Sandbox(tmp_path / "a.sqlite3", Behaviour(token=command.token)),
        Sandbox(tmp_path / "b.sqlite3", Behaviour(token="another-token")),
    ]
    with accounts[0] as served:
        assert command.upload("people.csv", served).code == 0
        accounts[1].port = served.port
    command.token_file.write_text("another-token")
    with accounts[1] as served:
        ran = command.upload("people.csv", served, "--adopt", "last")

    assert (ran.code, ran.counts) == (0, {"unchanged": 3})
    assert "that run had another token; if it belongs to another account" in ran.err


def test_a_run_that_was_undone_is_not_adopted(command, platform):
    command.people(3)
    served = platform()
    assert command.upload("people.csv", served).code == 0
    assert command("undo", "last", "--yes", *where(served)).code == 0
    sent = len(served.receipts())

    ran = command.upload("people.csv", served, "--adopt", "last")

    assert (ran.code, len(served.receipts())) == (2, sent)
    assert "what that run created was taken back" in ran.err
