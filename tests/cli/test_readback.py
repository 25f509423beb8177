"""Verified, undone and probed: the real commands against the real sandbox."""

import contextlib
import json
import os
import pty
import signal
import sqlite3
from datetime import UTC, datetime, timedelta
from urllib.request import Request, urlopen

import pytest

from contact_import.journal import look
from contact_import.sandbox import Fault, Sandbox
from contact_import.sandbox.contacts import stamp

LIST, UPDATE = "/inbox/users", "/inbox/users/status-update"


@pytest.fixture
def ask(command):
    """Run a command about the last run, and return it with the JSON it printed."""

    def run(name, *words, served=None, code=0, **more):
        where = ["--base-url", served.base_url] if served else []
        ran = command(
            name, *(["last"] if name != "probe" else []), "--json", "--token-file", "token", *where, *words, **more
        )
        assert ran.code == code, ran.err
        return json.loads(ran.out) if ran.out else ran

    return run


@pytest.fixture
def post(token):
    """Let somebody else import a contact with that phone."""

    def run(served, phone):
        details = {"userProvidedName": "Meera", "contact": {"phone": {"prefix": phone[:2], "number": phone[2:]}}}
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "authtype": "Key"}
        body = json.dumps([{"profile": {"userDetails": details}}]).encode()
        urlopen(Request(f"{served.base_url}/inbox/users/import", body, headers)).close()

    return run


def dated(served, phone, created="", ago=0.0):
    """Let the contact with that phone have been made at that moment, else so many seconds ago."""
    moment = created or stamp(datetime.now(UTC) - timedelta(seconds=ago))
    with contextlib.closing(sqlite3.connect(served.store)) as database, database:
        database.execute("UPDATE contacts SET created = ? WHERE key = ?", (moment, phone))


def left(verified):
    return [(row["symbol"], row["file"], row["row"]) for row in verified["rows"]]


# verify ------------------------------------------------------------


def test_what_was_accepted_is_found_again_row_by_row(command, platform):
    command.write("a.csv", [("Name", "Mobile"), ("Asha", "9812300101"), (), ("Rohan", "98123"), ("", "9812300102")])
    command.write("b.csv", [("Mobile",), ("9812300103",), ("9812300101",)])
    served = platform(page_size=2, list_plus=True, strict_list=True)
    ran = command("upload", "a.csv", "b.csv", "--country", "IN", "--base-url", served.base_url, "--token-file", "token")
    assert ran.code == 3

    verified = command("verify", "last", "--token-file", "token")

    assert (verified.code, verified.out) == (0, "= a.csv:2\n= a.csv:5\n= b.csv:2\n")
    assert "3 accepted rows looked for: 3 are there, 0 are not in the list, 0 could not be compared" in verified.err


def test_what_the_platform_dropped_is_missing(command, platform, ask):
    phones = command.people(12)
    served = platform(lose=frozenset({phones[3], phones[11]}))
    assert command.upload("people.csv", served).counts == {"accepted": 12}

    verified = ask("verify", code=3)

    assert left(verified) == [("-", "people.csv", 5), ("-", "people.csv", 13)]
    assert [verified[name] for name in ("checked", "there", "missing", "not_compared")] == [12, 10, 2, 0]
    plain = command("verify", "last", "--token-file", "token")
    assert plain.out.splitlines()[3:5] == ["- people.csv:5", "= people.csv:6"]
    assert "--wait 900" in plain.err


def test_neither_the_list_nor_a_phone_is_needed(command, platform, ask):
    command.people(5)
    served = platform()
    assert command.upload("people.csv", served).code == 0
    (command.folder / "people.csv").unlink()

    assert ask("verify")["there"] == 5


@pytest.mark.parametrize(
    ("late", "wait", "code", "there"),
    [pytest.param(600.0, 0, 3, 0, id="not waited for"), pytest.param(3.0, 60, 0, 3, id="waited for")],
)
def test_new_contacts_that_show_up_late_are_there_for_who_waits(command, platform, ask, late, wait, code, there):
    command.people(3)
    served = platform(shown_after=late)
    assert command.upload("people.csv", served).code == 0

    assert ask("verify", "--wait", wait, code=code)["there"] == there


def test_a_sample_is_enough_where_all_is_too_much(command, platform, ask):
    command.people(40)
    served = platform()
    assert command.upload("people.csv", served).code == 0

    assert [ask("verify", "--sample", 7)[name] for name in ("checked", "there")] == [7, 7]


def test_of_a_killed_run_what_is_known_to_be_accepted_is_looked_for(command, platform, ask, wait_for):
    phones = command.people(60)
    served = platform(Fault(do="stall", seconds=30, nth=3))
    process = command.start(
        "upload", "people.csv", "--country", "IN", "--base-url", served.base_url, "--token-file", "token"
    )
    wait_for(lambda: len(served.receipts()) >= 3)
    process.kill()
    command.end(process)
    (journal,) = command.journals()

    verified = ask("verify")

    assert (verified["there"], len(phones)) == (11, 60)
    ((first, least, most),) = look(journal)["clocks"]
    assert (first, least, abs(most) < 3) == (1, most, True)
    assert sqlite3.connect(journal).execute("SELECT position, file, row FROM places").fetchall() == [(0, 0, 2)]


def test_rows_whose_mark_was_taken_out_cannot_be_compared(command, platform, ask):
    phones = command.people(3)
    served = platform()
    assert command.upload("people.csv", served).code == 0
    assert command("purge", "--phone", f"+{phones[1]}", "--yes").code == 0

    verified = ask("verify", code=3)

    assert (verified["there"], left(verified)) == (2, [("!", "people.csv", 3)])


def test_a_run_to_the_sandbox_is_read_back_from_its_store(command, ask):
    command.people(7)
    assert command("upload", "people.csv", "--country", "IN", "--sandbox").code == 0

    assert ask("verify")["there"] == 7
    assert ask("undo", "--yes")["deleted"] == 7
    assert ask("verify", code=3)["missing"] == 7
    assert Sandbox(command.state / "sandbox.sqlite3").contacts() == []


@pytest.mark.parametrize("name", ["verify", "undo", "probe"])
@pytest.mark.parametrize(
    ("fault", "choices", "code", "words"),
    [
        pytest.param(None, {"token": "another-token"}, 5, "refused the token", id="5-token"),
        pytest.param(Fault(do="answer", status=404, path=LIST), {}, 6, "--base-url", id="6-not-the-api"),
        pytest.param(
            Fault(do="answer", status=200, path=LIST, body=b'{"success":true,"data":{}}'),
            {},
            6,
            "shape",
            id="6-no-list",
        ),
        pytest.param(
            Fault(do="answer", status=429, path=LIST, headers=(("retry-after", "99999"),)),
            {},
            4,
            "wait",
            id="4-tomorrow",
        ),
    ],
)
def test_a_platform_that_does_not_answer_so_ends_with_its_code(
    command, platform, stored, name, fault, choices, code, words
):
    command.people(3)
    served = platform()
    assert command.upload("people.csv", served).code == 0
    other = platform(*([fault] if fault else []), **choices)
    more = {"verify": ("last",), "undo": ("last", "--yes"), "probe": ("--phone", "+919812300101")}[name]

    ran = command(name, *more, "--base-url", other.base_url, "--token-file", "token")

    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1
    assert (len(stored(served)), stored(other)) == (3, [])


def test_a_signal_ends_the_wait(command, platform, wait_for):
    command.people(3)
    served = platform(shown_after=600.0)
    assert command.upload("people.csv", served).code == 0
    process = command.start("verify", "last", "--token-file", "token", "--wait", 600)
    wait_for(lambda: [receipt for receipt in served.receipts() if receipt.path == LIST])

    process.send_signal(signal.SIGTERM)
    ran = command.end(process)

    assert (ran.code, ran.seconds < 5, "Traceback" in ran.err) == (143, True, False)


# undo ------------------------------------------------------------


def test_only_what_the_run_made_is_deleted(command, platform, stored, ask, wait_for):
    first = command.people(4, "first.csv")
    both = command.people(6, "both.csv", start=2)
    served = platform(page_size=3)
    assert command.upload("first.csv", served).code == 0
    assert command.upload("both.csv", served).code == 0

    rehearsed = ask("undo", "--dry-run")
    assert (rehearsed["made"], rehearsed["deleted"], len(stored(served))) == (4, 0, 8)
    done = ask("undo", "--yes")

    assert (done["made"], done["deleted"], sum(done["kept"].values())) == (4, 4, 2)
    assert stored(served) == sorted(first)
    assert set(both[:2]) < set(first)
    assert ask("undo", "--yes") == {**done, "made": 0, "deleted": 0}


def test_contacts_that_were_there_before_stay(command, platform, stored, ask):
    phones = command.people(5)
    served = platform()
    assert command.upload("people.csv", served).code == 0
    dated(served, phones[2], "2020-01-02T03:04:05.678Z")  # somebody made the third one long ago,
    dated(served, phones[3], "2099-01-02T03:04:05.678Z")  # and the fourth one was dropped, and turned up long after

    done = ask("undo", "--yes")

    kept = {"they were there before this run": 1, "they were made when this run was not sending them": 1}
    assert (done["deleted"], done["kept"]) == (3, kept)
    assert stored(served) == sorted(phones[2:4])


ELSEWHERE = (("date", "Thu, 01 Jan 1970 00:00:10 GMT"), ("content-type", "text/html"), ("retry-after", "0"))


@pytest.mark.parametrize(
    ("fault", "words", "earlier", "made"),
    [
        pytest.param({"status": 401}, [], 7200, 7000, id="right after an attempt that was refused"),
        pytest.param(
            {"status": 503}, ["--max-outage", 0], 7200, 7000, id="right after one that goes by no known clock"
        ),
        pytest.param({"status": 503, "headers": ELSEWHERE}, [], 0, 60, id="before one that a proxy answered first"),
        pytest.param(
            {"status": 200, "headers": ELSEWHERE, "body": b"<p>"}, [], 0, 60, id="before one that a portal did"
        ),
    ],
)
def test_what_somebody_else_made_stays(command, platform, stored, ask, post, fault, words, earlier, made):
    phones = command.people(3)
    served = platform(Fault(do="answer", nth=2, **fault))
    post(served, phones[0])
    begun = command.upload("people.csv", served, *words)
    (journal,) = command.journals()
    with contextlib.closing(sqlite3.connect(journal)) as database, database:
        database.execute("UPDATE attempts SET started = started - ?1, ended = ended - ?1", (earlier,))
    dated(served, phones[0], ago=made)
    ended = command.upload("people.csv", served) if begun.code else begun
    assert (ended.counts, ended.account["run"]) == ({"accepted": 3}, begun.account["run"])

    done = ask("undo", "--yes")

    assert (done["deleted"], stored(served)) == (2, [phones[0]])


def test_it_says_which_run_of_which_file_it_is(command, platform, ask):
    command.people(3)
    served = platform()
    run = command.upload("people.csv", served).account["run"]

    ran = command("undo", "last", "--dry-run", "--token-file", "token")

    assert ran.err.splitlines()[0].startswith(f"run {run} of people.csv, begun 20")


def test_a_later_run_with_the_same_people_keeps_them(command, platform, stored, ask):
    phones = command.people(3)
    served = platform()
    assert command.upload("people.csv", served).code == 0
    assert command.upload("people.csv", served, "--tag", "again").code == 0
    first, _ = command.journals()

    ran = command("undo", first.stem, "--yes", "--json", "--token-file", "token")

    assert json.loads(ran.out)["kept"] == {"another run sent them too": 3}
    assert stored(served) == sorted(phones)


def test_without_a_terminal_it_needs_to_be_told_yes(command, platform, stored, ask):
    command.people(3)
    served = platform()
    assert command.upload("people.csv", served).code == 0

    ran = command("undo", "last", "--token-file", "token")

    assert (ran.code, len(stored(served))) == (2, 3)
    assert "Delete these 3 contacts" in ran.err
    assert "--yes" in ran.err


def answered(command, answer, *words):
    """Run a command on a terminal, type *answer* when it asks, and return its exit code and what it showed."""
    ours, theirs = pty.openpty()
    process = command.start(*words, stdin=theirs, stderr=theirs, env={"TERM": "dumb"})
    os.close(theirs)
    shown = b""
    while b"[y/N]" not in shown:
        shown += os.read(ours, 4096)
    os.write(ours, answer)
    out, _ = process.communicate(timeout=60)
    with contextlib.suppress(OSError):  # the other end is closed
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    return process.returncode, out + shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("answer", "deleted"), [(b"\n", 0), (b"n\n", 0), (b"\x04", 0), (b"y\n", 3)], ids=["enter", "no", "end", "yes"]
)
def test_on_a_terminal_it_asks_first(command, platform, stored, answer, deleted):
    command.people(3)
    served = platform()
    assert command.upload("people.csv", served).code == 0

    code, shown = answered(command, answer, "undo", "last", "--token-file", "token")

    assert (code, len(stored(served))) == (0, 3 - deleted)
    assert "Delete these 3 contacts from the platform, with their conversations? [y/N]" in shown
    assert shown.rstrip().endswith("deleted: 3" if deleted else "nothing was deleted")


def test_stopped_half_way_a_second_one_goes_on(command, platform, stored, ask):
    command.people(120)
    served = platform(Fault(do="answer", status=401, path=UPDATE, nth=2))
    assert command.upload("people.csv", served).code == 0

    ask("undo", "--yes", code=5)
    assert len(stored(served)) == 70
    done = ask("undo", "--yes")

    assert (done["deleted"], stored(served)) == (70, [])
    (journal,) = command.journals()
    steps = sqlite3.connect(journal).execute("SELECT contacts, ended IS NOT NULL FROM deletions ORDER BY id").fetchall()
    assert [(len(contacts.split()), ended) for contacts, ended in steps] == [(50, 1), (50, 0), (50, 1), (20, 1)]


def test_no_upload_goes_on_with_a_run_that_was_undone(command, platform, stored, ask):
    phones = command.people(30)
    served = platform(Fault(do="answer", status=401, nth=3))
    stopped = command.upload("people.csv", served)
    assert stopped.counts == {"accepted": 11, "not_sent": 19}

    assert ask("undo", "--yes")["deleted"] == 11
    again = command.upload("people.csv", served)

    assert (again.counts, stored(served)) == ({"accepted": 30}, sorted(phones))
    assert again.account["run"] != stopped.account["run"]
    assert ask("undo", "--yes")["deleted"] == 30


def test_nothing_is_undone_while_an_upload_is_at_work(command, platform, stored, wait_for):
    command.people(30)
    command.people(5, "others.csv", start=500)
    served = platform(Fault(do="stall", seconds=5, nth=4))
    assert command.upload("others.csv", served, "--batch-size", 5).code == 0
    process = command.start(
        "upload", "people.csv", "--country", "IN", "--base-url", served.base_url, "--token-file", "token"
    )
    wait_for(lambda: len(served.receipts()) >= 4)
    first = command.journals()[0]

    ran = command("undo", first.stem, "--yes", "--token-file", "token")

    assert process.poll() is None
    process.kill()
    assert (ran.code, "another run is at work" in ran.err) == (9, True)
    assert not [receipt for receipt in served.receipts() if receipt.path in {LIST, UPDATE}]


# probe ------------------------------------------------------------


@pytest.mark.parametrize(
    ("choices", "verdict", "counts", "code"),
    [
        pytest.param({}, "upsert", (0, 1), 0, id="knows people by phone"),
        pytest.param({"match_on_phone": False}, "copies", (0, 2), 3, id="makes copies"),
        pytest.param({"envelope": "success", "list_plus": True}, "upsert", (0, 1), 0, id="in the other envelope"),
    ],
)
def test_whether_sending_again_is_harmless_is_found_out_and_kept(
    command, platform, ask, received, choices, verdict, counts, code
):
    served = platform(**choices)

    found = ask("probe", "--phone", "+91 98123 00101", served=served, code=code)

    assert (found["verdict"], (found["before"], found["after"])) == (verdict, counts)
    imports = [receipt for receipt in served.receipts() if receipt.path == "/inbox/users/import"]
    assert received(imports) == {"919812300101": 2}
    assert len({receipt.sha256 for receipt in imports}) == 1
    doctor = command("doctor", "--base-url", served.base_url, "--token-file", "token")
    words = {"upsert": "knows people by their phone", "copies": "makes copies", "unseen": "finds out"}
    assert words[verdict] in doctor.out
    assert command.holding("9812300101") == set()


def test_a_number_that_does_not_show_up_is_sent_once_and_teaches_nothing(command, platform, ask, received):
    served = platform(shown_after=600.0)

    found = ask("probe", "--phone", "+91 98123 00101", served=served, code=4)

    assert (found["verdict"], found["after"]) == ("unseen", 0)
    assert received(served.receipts()) == {"919812300101": 1}
    doctor = command("doctor", "--base-url", served.base_url, "--token-file", "token")
    assert "finds out" in doctor.out


@pytest.mark.parametrize("late", [0.0, 600.0])
def test_a_number_that_is_there_already_teaches_nothing_before_a_copy_would_show(command, platform, ask, post, late):
    served = platform(shown_after=late, match_on_phone=not late)
    post(served, "919812300101")
    dated(served, "919812300101", "2020-01-02T03:04:05.678Z")

    ran = command("probe", "--phone", "+919812300101", "--base-url", served.base_url, "--token-file", "token")

    assert (ran.code, "not known yet" in ran.err, "harmless" in ran.err) == (4, True, False)
    assert not (command.state / "platforms.json").exists()


@pytest.mark.parametrize("phone", ["9812300101", "+91 98x23", "+91 12345 67"])
def test_a_probe_wants_a_whole_number(command, platform, phone):
    served = platform()

    ran = command("probe", "--phone", phone, "--base-url", served.base_url, "--token-file", "token")

    assert (ran.code, served.receipts()) == (2, [])
    assert "country code" in ran.err
    assert phone not in ran.err


def test_neither_token_nor_person_is_in_what_these_commands_leave(command, platform, ask, token):
    phones = command.people(3)
    served = platform()
    assert command.upload("people.csv", served).code == 0
    said = ""
    for code, *words in (
        (0, "verify", "last"),
        (4, "probe", "--phone", f"+{phones[0]}", "--base-url", served.base_url),
        (0, "undo", "last", "--yes"),
    ):
        ran = command(*words, "--token-file", "token")
        assert ran.code == code
        said += ran.out + ran.err
    assert not [text for text in (token, *phones, *(phone[2:] for phone in phones)) if text in said]
    assert command.holding(token) == {"token"}
    assert command.holding(*(phone[2:] for phone in phones)) == {"people.csv"}
