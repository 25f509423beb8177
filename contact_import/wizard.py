"""A few questions about a list, for who would rather answer than write options. Nothing ever needs it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contact_import.account import Account
from contact_import.intake import choose_columns, understand
from contact_import.mapping import given as named
from contact_import.models import Outcome
from contact_import.phones.countries import region_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contact_import.intake import Job

    Ask = Callable[[str, str], str]
    """Puts a question, with the answer that stands if nothing is typed, and returns the answer."""

ASKED = ("phone", "name", "email", "tags")
"""The fields that are asked about."""
NONE = "-"


def ask_about(job: Job, ask: Ask) -> tuple[Job, str]:
    """Return *job* with what the answers add, and the options that say the same.

    The first file is asked about; the others have the same columns.
    """
    headers, found = choose_columns(job.files[0], job)
    shown = named.names(headers)
    given = dict(job.given)
    for name in ASKED:
        if name in given:
            continue
        detected = shown[found.feeding(name)[0]] if found and found.feeding(name) else NONE
        answer = _column(ask, name, shown, detected)
        if answer not in {detected, NONE}:
            given[name] = [answer]
    job = replace(job, given=given)
    job = replace(job, region=job.region or _region(ask, job))
    said = [named.option("map", name, str(column)) for name, columns in given.items() for column in columns]
    return job, " ".join([*said, *([f"--country {job.region}"] if job.region else [])]) or "no option is needed"


def _column(ask: Ask, name: str, shown: Sequence[str], detected: str) -> str:
    """Ask which column feeds the field *name* until the answer is one."""
    listed = "".join(f"\n  {number} {header}" for number, header in enumerate(shown, 1))
    question = f"Which column holds the {name}? Its number or header, {NONE} for none:{listed}"
    while True:
        answer = ask(question, detected)
        if answer == NONE and name == "phone":
            question = "A list without phones cannot be sent. Which column holds the phone?"
        elif answer == NONE or answer in shown:
            return answer
        elif answer.isdecimal() and 1 <= int(answer) <= len(shown):
            return shown[int(answer) - 1]
        else:
            question = f"There is no such column. Which one holds the {name}?"


def _region(ask: Ask, job: Job) -> str | None:
    """Ask for the country of numbers without a code, where there are such."""
    work = understand(replace(job, save_mapping=None))
    account = Account(work.rows)
    for chunk in work.chunks(account):
        account.open(chunk)
        account.settle(chunk.pending, Outcome.READY)
    count = account.totals.reasons["phone-no-country"]
    question = f"{count:,} numbers have no country code. Of which country are they? {NONE} to hold them"
    while count:
        answer = ask(question, NONE)
        if answer == NONE:
            return None
        if region := region_of(answer):
            return region
        question = "That is no country. Its two letters, such as IN, or its name"
    return None
