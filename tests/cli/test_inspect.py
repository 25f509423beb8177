"""`inspect`: one screen about a file, compared as a whole; `UPDATE_GOLDEN=1 pytest` writes what it is compared with."""

import json
import os
import shlex
import shutil
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def compare(name, text):
    if os.environ.get("UPDATE_GOLDEN"):
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert text == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "words", "golden", "code"),
    [
        ("contacts.csv", (), "contacts", 3),
        ("messy.csv", ("--country", "IN"), "messy", 3),
    ],
    ids=["contacts", "messy"],
)
def test_one_screen_says_what_a_file_is_and_the_next_command_can_be_run(command, sample, file, words, golden, code):
    shutil.copy(sample / file, command.folder)
    environment, sockets = command.watched()

    ran = command("inspect", file, *words, env=environment)
    as_json = command("inspect", file, *words, "--json")

    assert (ran.code, ran.err, as_json.code, as_json.err) == (0, "", 0, "")
    compare(f"{golden}.txt", "".join(f"{line.rstrip()}\n" for line in ran.out.splitlines()))
    compare(f"{golden}.json", as_json.out)
    assert not sockets.exists()
    assert not command.state.exists()
    program, *rest = shlex.split(json.loads(as_json.out)["next_command"].replace(" CC ", " IN "))
    assert program == "contact-import"
    next_run = command(*rest, "--json")
    assert next_run.account["dry_run"]
    assert next_run.code == (0 if file.startswith("contacts") else code)


def test_rows_that_are_no_contacts_are_told_one_or_several(command):
    rows = [("Contacts of Pune",), ("Name", "Mobile"), ("Asha", "9812300101"), ("Total", "1"), ("Printed on 1/2/2026",)]
    command.write("people.csv", rows)
    ran = command("inspect", "people.csv", "--country", "IN")
    assert [line for line in ran.out.splitlines() if "no contact" in line] == [
        "  1 row is no contact: above the header (row 1)",
        "  2 rows are no contacts: footer (rows 4, 5)",
    ]


def test_the_reading_options_show_at_once(command):
    (command.folder / "till.txt").write_bytes("the till\nNàme|Mobile, private\nAsha|9812300101\n".encode("cp1252"))
    reading = ("--delimiter", "|", "--encoding", "cp1252", "--header-row", "2", "--country", "IN", "--json")

    ran = command("inspect", "till.txt", *reading, "--map", "phone=Mobile, private")

    (file,) = json.loads(ran.out)["files"]
    layout = {key: file["layout"][key] for key in ("format", "headers", "header_row", "encoding", "delimiter")}
    assert layout == {
        "format": "csv",
        "headers": ["Nàme", "Mobile, private"],
        "header_row": 2,
        "encoding": "cp1252",
        "delimiter": "|",
    }
    assert file["columns"][1]["reason"] == "given by --map"


def test_a_file_that_cannot_be_read_is_named_with_the_reason(command):
    ran = command("inspect", "nowhere.csv")

    assert (ran.code, ran.out) == (7, "")
    assert "nowhere.csv" in ran.err
