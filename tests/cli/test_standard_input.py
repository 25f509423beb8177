"""Standard input has one name wherever a file is named: the one that it was given by."""

import json

import pytest

from contact_import.sandbox import Fault

LIST = "Name,Mobile\nAsha,98123 00101\nRohan,98123\n"


def test_what_is_said_of_a_list_from_standard_input_names_it_and_no_file_of_ours(command, platform):
    served = platform()

    looked = command("inspect", "-", "--country", "IN", "--json", given=LIST)
    ran = command.upload("-", served, "-v", given=LIST)
    kept = [json.loads(command(*words, "--json").out) for words in (("runs",), ("show", "last"))]
    said = [*(command(*words) for words in (("runs",), ("show", "last"))), looked, ran]

    assert [view["file"] for view in json.loads(looked.out)["files"]] == ["-"]
    assert [ran.account["files"], kept[0][0]["files"], kept[1]["files"]] == [["-"]] * 3
    assert ran.account["failures_file"] == "stdin-failures.csv"
    assert [(row["row"], row["Name"]) for row in command.rows("stdin-failures.csv")] == [("3", "Rohan")]
    assert [text for one in said for text in (one.out, one.err) if "/contact-import-" in text] == []


def test_a_killed_run_names_it_too(command, platform, wait_for):
    command.people(2)
    served = platform(Fault(do="stall", seconds=30, nth=1))
    where = ("--country", "IN", "--base-url", served.base_url, "--token-file", "token")
    with (command.folder / "people.csv").open() as people:
        process = command.start("upload", "-", *where, stdin=people)
    wait_for(lambda: len(served.receipts()) >= 1)
    process.kill()
    command.end(process)

    (run,) = json.loads(command("runs", "--json").out)

    assert (run["status"], run["files"]) == ("started", ["-"])


def test_beside_another_file_its_rows_are_told_apart(command):
    command.write("people.csv", [("Name", "Mobile"), ("Asha", "9812300101")])

    ran = command.upload("-", None, "people.csv", "--outcomes", "o.csv", given=LIST)

    assert ran.account["files"] == ["-", "people.csv"]
    assert [(row["file"], row["outcome"], row["reason"]) for row in command.rows("o.csv")[2:]] == [
        ("people.csv", "duplicate", "duplicate: same phone as row 2 of -")
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "standard input is empty; export it again", id="nothing"),
        pytest.param('Name,Mobile\n"Asha,1\n', "standard input, record 2 (it starts in line 2): a quote", id="a quote"),
        pytest.param("Name,City\nAsha,Pune\n", "standard input: no column is known to hold phones", id="no phones"),
    ],
)
def test_what_cannot_be_read_of_it_is_said_in_words(command, text, message):
    ran = command.upload("-", given=text)

    assert (ran.code, ran.err.startswith(f"contact-import: {message}")) == (7, True)
