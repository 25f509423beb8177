"""What a person is told to do next."""

from dataclasses import replace

import pytest

from contact_import.advice import advise
from contact_import.errors import InputProblem, Unfinished
from contact_import.summary import nothing

STOPPED = nothing(["w.csv"], "", dry_run=True, reason=InputProblem("no"))
DRY = replace(
    STOPPED, error=None, exit_code=3, ready=3, rejected=1, reasons={"phone-letters": 1}, failures_file="f.csv"
)


@pytest.mark.parametrize(
    ("words", "command"),
    [
        pytest.param(["w.csv", "--country", "IN", "-n"], "upload f.csv --country IN", id="the failures file instead"),
        pytest.param(["w.csv", "--suppress", "w.csv"], "upload f.csv --suppress w.csv", id="a value is no file"),
        pytest.param(["--json", "w.csv", "--tag=w.csv"], "upload f.csv --json --tag=w.csv", id="behind a flag"),
    ],
)
def test_the_command_for_the_corrected_rows_keeps_the_options(words, command):
    assert f"correct f.csv, then: contact-import {command}" in advise(DRY, ["upload", *words])


def test_who_wants_no_messages_is_nothing_to_correct():
    refused = replace(DRY, reasons={"opted-out": 1, "suppressed": 2})

    assert not [line for line in advise(refused, ["upload", "w.csv", "-n"]) if line.startswith("correct")]


@pytest.mark.parametrize(
    ("reason", "goes_on"),
    [
        pytest.param("the platform does not answer", True, id="the same command goes on"),
        pytest.param(
            "3 rows may be stored, or add --resend-unconfirmed", False, id="it would leave the same rows alone"
        ),
    ],
)
def test_the_same_command_is_named_only_where_it_gets_further(reason, goes_on):
    stopped = nothing(["w.csv"], "", dry_run=False, reason=Unfinished(reason))

    assert ("to go on: contact-import upload w.csv" in advise(stopped, ["upload", "w.csv"])) is goes_on
