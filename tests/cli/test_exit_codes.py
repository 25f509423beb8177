"""Every exit code, from a real run; with --json the account is whole and alone on standard output each time."""

import json

import pytest

from contact_import.sandbox import Fault

PORTAL = Fault(do="answer", status=200, body=b"<html>Please log in</html>")
ELSEWHERE = (("location", "/inbox/users"),)


def always(status, **more):
    return Fault(do="answer", status=status, **more)


@pytest.mark.parametrize(
    ("code", "faults", "choices", "words", "counts", "words_of_error"),
    [
        pytest.param(0, (), {}, (), {"accepted": 12}, None, id="0-every-row-accepted"),
        pytest.param(0, (), {"envelope": "success"}, (), {"accepted": 12}, None, id="0-in-the-other-envelope"),
        pytest.param(3, (), {"refuse": 1}, (), {"accepted": 11, "rejected": 1}, None, id="3-a-row-refused"),
        pytest.param(
            *(4, (always(503),), {}, ("--max-outage", 0), {"unconfirmed": 1, "not_sent": 11}, "no usable answer"),
            id="4-platform-out-of-order",
        ),
        pytest.param(
            *(4, (Fault(do="drop", when="after-commit", from_nth=2),), {}, ("--max-outage", 0)),
            *({"accepted": 1, "unconfirmed": 10, "not_sent": 1}, "no usable answer"),
            id="4-answer-lost",
        ),
        pytest.param(4, (), {}, ("--deadline", 0), {"not_sent": 12}, "deadline", id="4-deadline"),
        pytest.param(5, (), {"token": "another-token"}, (), {"not_sent": 12}, "token", id="5-token-refused"),
        pytest.param(
            *(5, (always(401, from_nth=3),), {}, (), {"accepted": 11, "not_sent": 1}, "token"), id="5-token-revoked"
        ),
        pytest.param(6, (always(404),), {}, (), {"not_sent": 12}, "--base-url", id="6-not-found"),
        pytest.param(
            6, (always(307, headers=ELSEWHERE),), {}, (), {"not_sent": 12}, "--base-url", id="6-sent-elsewhere"
        ),
        pytest.param(
            6, (PORTAL,), {}, (), {"unconfirmed": 1, "not_sent": 11}, "--base-url", id="6-somebody-elses-page"
        ),
        pytest.param(6, (), {"refuse": 12}, (), {"not_sent": 12}, "refused each of the first", id="6-refuses-all"),
    ],
)
def test_what_the_platform_does_decides_the_exit_code(
    command, platform, code, faults, choices, words, counts, words_of_error
):
    phones = command.people(12)
    if "refuse" in choices:
        choices = {"refuse": frozenset(phones[: choices["refuse"]])}
    served = platform(*faults, **choices)

    ran = command.upload("people.csv", served, *words)

    assert (ran.code, ran.counts) == (code, counts)
    assert ran.account["requests"] == len(served.receipts())
    if words_of_error is None:
        assert ran.err == ""
    else:
        assert words_of_error in ran.account["error"]


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        pytest.param(2, ("--base-url", "http://example.com"), "https", id="2-address-in-the-open"),
        pytest.param(2, ("--country", "Atlantis"), "--country", id="2-no-such-country"),
        pytest.param(2, ("--map", "phone"), "--map", id="2-map-without-a-column"),
        pytest.param(2, ("--batch-size", "0"), "--batch-size", id="2-out-of-range"),
        pytest.param(2, ("--no-such-option",), "--no-such-option", id="2-no-such-option"),
        pytest.param(2, ("--outcomes", "people.csv"), "people.csv", id="2-report-over-the-input"),
        pytest.param(7, ("--map", "phone=Telephone"), '"Mobile"', id="7-no-such-column"),
        pytest.param(7, ("--expect-rows", "13"), "12 rows", id="7-too-few-rows"),
    ],
)
def test_what_was_asked_for_decides_the_exit_code(command, code, words, said):
    command.people(12)

    ran = command("upload", "people.csv", "--country", "IN", "--json", "--dry-run", *words)

    assert ran.code == code
    assert said in ran.err
    assert ran.out == "" or ran.account["read"] == 0
    assert "Traceback" not in ran.err
    assert command.files() == {"people.csv", "token"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.csv", None),
        ("no-phone.csv", b"Name,Colour\nAsha,red\nRohan,blue\n"),
        ("quote.csv", b'Name,Mobile\n"Asha,9812300101\nRohan,9812300102\n'),
        ("program.csv", b"\x7fELF\x02\x01\x01\x00" + bytes(300)),
    ],
)
def test_input_that_cannot_be_read_or_mapped_ends_with_7(command, name, content):
    if content is not None:
        (command.folder / name).write_bytes(content)

    ran = command.upload(name)

    assert (ran.code, ran.counts) == (7, {})
    assert name in ran.err
    assert ran.account["error"] in ran.err


def test_rows_that_are_rejected_beyond_the_limit_stop_the_run_with_7(command, platform):
    served = platform()
    good = [(f"Person {index}", f"98123001{index:02}") for index in range(80)]
    command.write("people.csv", [("Name", "Mobile"), *good, *(("Nobody", "") for _ in range(20))])

    tripped = command.upload("people.csv", served, "--max-reject", "19.9")
    passed = command.upload("people.csv", served, "--max-reject", "20")

    assert tripped.code == 7
    assert "--max-reject" in tripped.account["error"]
    assert tripped.account["read"] == 100
    assert tripped.account["not_sent"] + tripped.account["accepted"] == 80
    assert (passed.code, passed.counts) == (3, {"accepted": 80, "rejected": 20})


def test_no_token_ends_with_2_and_says_where_to_put_one(command):
    command.people(1)

    ran = command("upload", "people.csv", "--country", "IN", "--json")

    assert ran.code == 2
    assert all(way in ran.err for way in ("--token-file", "CONTACT_IMPORT_TOKEN", "--sandbox", "--dry-run"))


def test_a_token_file_that_others_can_read_ends_with_2(command, platform):
    command.people(1)
    command.token_file.chmod(0o640)
    served = platform()

    ran = command.upload("people.csv", served)

    assert ran.code == 2
    assert "chmod 600" in ran.err
    assert served.receipts() == []


def test_a_state_folder_that_cannot_be_made_ends_with_8_before_anything_is_sent(command, platform):
    command.people(1)
    (command.folder / "file").touch()
    served = platform()

    ran = command.upload("people.csv", served, "--state-dir", "file/state")

    assert (ran.code, served.receipts()) == (8, [])
    assert "--state-dir" in ran.err


def test_a_damaged_journal_ends_with_8_before_anything_is_sent(command, platform):
    command.people(5)
    served = platform(Fault(do="answer", status=401, from_nth=2))
    assert command.upload("people.csv", served).code == 5
    (journal,) = command.journals()
    before = len(served.receipts())
    journal.write_bytes(journal.read_bytes()[:5000] + bytes(3000))

    ran = command.upload("people.csv", served)

    assert (ran.code, len(served.receipts())) == (8, before)
    assert journal.name in ran.err
    assert journal.exists()


MISCOUNT = """
from contact_import.account import Account

honest = Account.open

def miscount(self, chunk):
    honest(self, chunk)
    self.read += 1

Account.open = miscount
"""


def test_an_account_that_does_not_add_up_ends_with_1(command, platform):
    command.people(3)

    ran = command.upload("people.csv", platform(), env=command.early(MISCOUNT))

    assert ran.code == 1
    assert "a fault of ours" in ran.err
    assert json.loads(ran.out)["exit_code"] == 1


BOOM = """
from contact_import import pipeline

def boom(frame, *more):
    raise ZeroDivisionError(f"{frame.cells}")

pipeline.prepare = boom
"""


@pytest.mark.parametrize("words", [("--dry-run",), ("--sandbox",)], ids=["dry-run", "sandbox"])
def test_an_error_of_ours_ends_with_1_and_one_line_without_a_cell(command, words):
    command.people(3)

    ran = command("upload", "people.csv", *words, env=command.early(BOOM))

    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert "ZeroDivisionError" in ran.err
    assert "Person" not in ran.err
    assert not command.holding(".part")
