"""What has run: listed, shown, and forgotten for good."""

import json
import re
import sqlite3

import pytest

from contact_import.sandbox import Fault

NAME, PHONE = "Zebulon Quuxwerth", "9812355501"


def where(served):
    return ("--base-url", served.base_url, "--token-file", "token")


def rows(command, *words):
    ran = command(*words, "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


# runs, show ------------------------------------------------------------


def test_runs_are_listed_newest_first_with_what_became_of_them(command, platform, wait_for):
    command.people(20)
    command.write("bad.csv", [("Name", "Mobile"), ("Asha", "9812300101"), ("Rohan", "98123")])
    served = platform(Fault(do="answer", status=401, nth=3), Fault(do="stall", seconds=30, nth=4))
    assert command.upload("people.csv", served).code == 5
    process = command.start("upload", "bad.csv", "--country", "IN", *where(served))
    wait_for(lambda: len(served.receipts()) >= 4)
    process.kill()
    command.end(process)
    assert command("upload", "bad.csv", "--country", "IN", *where(served)).code == 3
    assert command("upload", "bad.csv", "--country", "IN", "--sandbox").code == 3

    found = rows(command, "runs")
    listed = command("runs")

    assert [(run["status"], run["exit_code"], run["read"], run["accepted"]) for run in found] == [
        ("finished", 3, 2, 1),
        ("finished", 3, 2, 1),
        ("stopped", 5, 20, 11),
    ]
    assert [run["run"] for run in found] == [path.stem for path in reversed(command.journals())]
    lines = listed.out.splitlines()
    assert [line.split()[0] for line in lines] == [run["run"] for run in found]
    assert re.search(r"finished +accepted 1, rejected 1 +bad\.csv → sandbox$", lines[0])
    assert re.search(r"stopped +accepted 11, not_sent 9 +people\.csv → http://127\.0\.0\.1", lines[2])
    assert (listed.err, rows(command, "runs")) == ("", found)


def test_a_killed_run_is_listed_as_far_as_its_journal_knows(command, platform, wait_for):
    command.people(40)
    served = platform(Fault(do="stall", seconds=30, nth=3))
    process = command.start("upload", "people.csv", "--country", "IN", *where(served))
    wait_for(lambda: len(served.receipts()) >= 3)
    process.kill()
    command.end(process)

    (found,) = rows(command, "runs")

    counts = {name: found[name] for name in ("read", "accepted", "unconfirmed", "not_sent")}
    assert counts == {"read": 40, "accepted": 11, "unconfirmed": 29, "not_sent": 0}
    assert (found["status"], found["exit_code"]) == ("started", 4)


def test_of_a_run_that_cannot_be_read_nothing_is_said_but_that(command):
    command.people(2)
    assert command("upload", "people.csv", "--country", "IN", "--sandbox").code == 0
    (journal,) = command.journals()
    journal.write_bytes(b"not a journal")
    lost = "its journal cannot be read: what it sent is not known any more"
    assert re.fullmatch(rf"{journal.stem}  \S+ \S+  unreadable   {lost}\n", command("runs").out)
    assert command("show", "last").out == f"run {journal.stem}, unreadable\n→ {lost}\n"


def test_a_run_is_shown_as_it_said_itself(command, platform):
    command.write("people.csv", [("Name", "Mobile"), ("Asha", "9812300101"), ("Rohan", "98123")])
    ran = command.upload("people.csv", platform())

    shown = command("show", "last")

    assert rows(command, "show", ran.account["run"][:20]) == ran.account
    assert (shown.code, shown.err) == (0, "")
    for words in ("accepted", "rejected", "rows read", "phone-short 1", "people-failures.csv", ran.account["run"]):
        assert words in shown.out


def test_the_failures_file_is_given_again_while_it_is_as_it_was(command, platform):
    command.write("people.csv", [("Name", "Mobile"), ("Asha", "9812300101"), ("Rohan", "98123")])
    assert command("upload", "people.csv", "--country", "IN", *where(platform())).code == 3

    assert command("show", "last", "--failures", "again.csv").code == 0
    assert command.rows("again.csv") == command.rows("people-failures.csv")
    (command.folder / "people-failures.csv").unlink()
    gone = command("show", "last", "--failures", "more.csv")

    assert (gone.code, "--dry-run" in gone.err, (command.folder / "more.csv").exists()) == (2, True, False)


@pytest.mark.parametrize("words", [("show", "2027"), ("verify", "2027"), ("undo", "2027"), ("purge", "--run", "2027")])
def test_a_run_that_is_not_there_is_a_mistake(command, words):
    ran = command(*words)

    assert (ran.code, ran.err) == (2, "contact-import: there is no such run; `contact-import runs` lists them\n")


def test_no_runs_are_no_mistake(command):
    assert (rows(command, "runs"), command("runs").out) == ([], "no runs yet\n")


# The failures file of an earlier run ------------------------------------------------------------


def test_a_failures_file_goes_when_a_later_run_leaves_nothing_to_correct(command, platform):
    served = platform()
    bad = [("Name", "Mobile"), ("Asha", "9812300101"), ("Rohan", "98123")]
    command.write("people.csv", bad)
    upload = ("upload", "people.csv", "--country", "IN", "-v")
    assert command(*upload, *where(served)).code == 3
    command.write("people.csv", bad[:2])

    rehearsed = command(*upload, "--dry-run")
    assert (rehearsed.code, (command.folder / "people-failures.csv").exists()) == (0, True)
    ran = command(*upload, *where(served))

    assert (ran.code, (command.folder / "people-failures.csv").exists()) == (0, False)
    assert "people-failures.csv, of an earlier run, is removed: nothing is left to correct" in ran.err


def test_an_older_content_that_was_left_unfinished_is_warned_of_and_not_in_the_way(command, platform):
    served = platform(Fault(do="drop", when="after-commit", nth=2), Fault(do="answer", status=401, nth=3))
    command.people(12)
    first = command.upload("people.csv", served, "--concurrency", 1)
    assert first.code == 5
    command.people(12, start=50)

    second = command.upload("people.csv", served)
    quiet = command.upload("people.csv", served, "--quiet", "--tag", "x")

    run = first.account["run"]
    words = (
        f"run {run} of an earlier content of people.csv was left unfinished: 1 rows accepted, 10 unconfirmed; "
        f"those still in it are sent again, --adopt {run} leaves the accepted ones out"
    )
    assert (second.code, second.counts) == (0, {"accepted": 12})
    assert second.err == f"warning: {words}\n"
    assert quiet.err == ""


def test_a_list_under_another_name_is_the_same_run(command, platform, received):
    phones = command.people(30)
    served = platform(Fault(do="answer", status=401, nth=3))
    stopped = command.upload("people.csv", served)
    (command.folder / "people.csv").rename(command.folder / "customers.csv")

    finished = command.upload("customers.csv", served)

    assert (stopped.counts, finished.counts) == ({"accepted": 11, "not_sent": 19}, {"accepted": 30})
    assert (finished.account["run"], finished.err) == (stopped.account["run"], "")
    taken = [receipt for receipt in served.receipts() if receipt.status == 200]
    assert sorted(received(taken).elements()) == sorted(phones)


# purge ------------------------------------------------------------


@pytest.fixture
def two_runs(command, platform):
    """A finished run and one that was left unfinished, both of people with a canary among them."""
    served = platform(Fault(do="answer", status=401, nth=3))
    rows = [("Name", "Mobile"), (NAME, PHONE), ("Bad " + NAME, PHONE[:6])]
    command.write("people.csv", rows)
    command.write("more.csv", [*rows, *((f"Person {index}", f"98123001{index:02}") for index in range(40))])
    more = ("--country", "IN", "--outcomes")
    assert command("upload", "people.csv", *more, "o1.csv", *where(served)).code == 3
    assert command("upload", "more.csv", *more, "o2.csv", *where(served)).code == 5
    return served


def age(command, days):
    """Make all runs older."""
    for journal in command.journals():
        with sqlite3.connect(journal) as database:
            database.execute(
                "UPDATE facts SET value = ? WHERE key = 'started'", (f'"20{25 - days // 365}-01-02T03:04:05+00:00"',)
            )
        database.close()


@pytest.mark.usefixtures("two_runs")
def test_old_runs_are_forgotten_with_their_reports_but_unfinished_ones_only_by_name(command):
    age(command, 30)
    finished, unfinished = command.journals()

    asked = command("purge", "--older-than", "30d")
    young = rows(command, "purge", "--older-than", "5000w", "--yes")
    done = command("purge", "--older-than", "30d", "--yes", "--json")

    assert (asked.code, "give --yes" in asked.err) == (2, True)
    assert young == {"runs": [], "files": [], "kept": [], "marks": 0, "rows": 0}
    found = json.loads(done.out)
    assert found["runs"] == [finished.stem]
    assert [path.rpartition("/")[2] for path in found["files"]] == ["people-failures.csv", "o1.csv"]
    assert f"{unfinished.stem} was left unfinished (stopped)" in done.err
    assert command.journals() == [unfinished]
    assert command.files() >= {"people.csv", "more.csv", "more-failures.csv", "o2.csv"}
    assert not command.files() & {"people-failures.csv", "o1.csv"}

    assert command("purge", "--run", unfinished.stem, "--yes").code == 0
    assert command.journals() == []
    assert command.holding(PHONE, NAME) == {"people.csv", "more.csv"}


@pytest.mark.usefixtures("two_runs")
def test_a_report_that_was_corrected_is_not_taken_away(command):
    failures = command.folder / "people-failures.csv"
    failures.write_text(failures.read_text(encoding="utf-8-sig").replace(PHONE[:6], PHONE), encoding="utf-8")
    run = command.journals()[0].stem

    ran = command("purge", "--run", run, "--yes")

    assert (ran.code, failures.exists()) == (0, True)
    assert "people-failures.csv was changed since it was written, and stays" in ran.err


def test_a_person_is_taken_out_of_everything_that_is_ours(command, two_runs):
    rest = command.rows("o2.csv")
    assert {"o1.csv", "o2.csv"} <= command.holding(PHONE)

    ran = command("purge", "--phone", f"+91 {PHONE}", "--yes")
    again = rows(command, "purge", "--phone", f"+91{PHONE}", "--yes")

    assert ran.code == 0
    assert "taken away: 2 runs, 2 reports, 2 marks, 2 rows\n" in ran.err
    assert "out of reach" in ran.err
    assert PHONE not in ran.err
    assert command.holding(PHONE) == {"people.csv", "more.csv"}
    assert command.rows("o2.csv") == [row for row in rest if row["number"] != PHONE]
    assert again == {"runs": [], "files": [], "kept": [], "marks": 0, "rows": 0}
    assert command.upload("more.csv", two_runs, "--outcomes", "o2.csv").counts["accepted"] == 41


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--run", "last", "--older-than", "1d"),
        ("--older-than", "soon"),
        ("--phone", "9812300101"),
        ("--phone", "x"),
    ],
)
@pytest.mark.usefixtures("two_runs")
def test_purge_takes_one_thing_that_it_understands(command, words):
    before = command.journals()

    ran = command("purge", *words, "--yes")

    assert (ran.code, command.journals()) == (2, before)


def test_a_run_at_work_is_not_forgotten(command, platform, wait_for):
    command.people(30)
    served = platform(Fault(do="stall", seconds=5, nth=2))
    process = command.start("upload", "people.csv", "--country", "IN", "--json", *where(served))
    wait_for(lambda: len(served.receipts()) >= 2)

    ran = command("purge", "--run", "last", "--yes")
    person = command("purge", "--phone", "+919800000001", "--yes")
    assert process.poll() is None
    ended = command.end(process)

    assert (ran.code, person.code) == (9, 9)
    assert (ended.code, ended.counts) == (0, {"accepted": 30})
