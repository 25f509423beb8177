"""Real headers, from published exports and from people's own lists: what each one feeds, and what feeds nothing.

`headers.tsv` has a line a header: the field it must feed ("none" and "never": nothing, even where all of its values
look like phone numbers and no other column does; "never" is a number that reaches somebody or something else), its
language, and where it is seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from contact_import import schema
from contact_import.errors import InputProblem
from contact_import.mapping import choose


class Header(NamedTuple):
    """A line of the table."""

    field: str
    text: str
    language: str
    seen: str


TABLE = [
    Header(*line.split("\t"))
    for line in Path(__file__).with_name("headers.tsv").read_text(encoding="utf-8").splitlines()[1:]
]

VALUES = {
    "name": ("Asha Rao", "Rohan Mehta", "Mia Weber"),
    "first_name": ("Asha", "Rohan", "Mia"),
    "last_name": ("Rao", "Mehta", "Weber"),
    "phone": ("98123 00001", "98123 00002", "98123 00003"),
    "email": ("asha@example.com", "rohan@example.com", "mia@example.org"),
    "prefix": ("91", "91", "49"),
    "area": ("11", "21", "31"),
    "country": ("India", "India", "Germany"),
    "tags": ("vip", "new", "vip"),
    "opt_out": ("no", "yes", "no"),
    "opt_in": ("yes", "yes", "no"),
}


LOCAL = ("98765-4321", "98765-4322", "3456-7890")
"""Numbers without their area codes."""


def fed(header: str, kind: str, *beside: str) -> str | None:
    """Return the field that a column *header* of *kind*'s values feeds, with columns of other fields beside it."""
    values = VALUES | {"phone": LOCAL} if kind == "area" else VALUES
    columns = [values[kind], *(values[field] for field in beside)]
    sample = pd.DataFrame(list(zip(*columns, strict=True)), columns=range(len(columns)), dtype=object)
    return choose([header, *(field.title() for field in beside)], sample).columns[0].field


def wrong(header: Header) -> str:
    """Return what is wrong with how *header* is understood, "" where nothing is."""
    if header.field in VALUES:
        found = fed(header.text, header.field, "phone")
        return "" if found == header.field else f"feeds {found}"
    for kind in VALUES:
        if found := fed(header.text, kind, "name", "phone", "email"):
            return f"feeds {found} where its values are like {kind}"
    try:
        return f"feeds {fed(header.text, 'phone')} where no other column does"
    except InputProblem:
        return ""


@pytest.mark.parametrize("header", TABLE, ids=lambda header: f"{header.language}: {header.text} is {header.field}")
def test_a_real_header_feeds_what_it_says_and_nothing_else(header):
    assert wrong(header) == ""


def test_the_table_is_large_enough_to_say_something():
    assert len(TABLE) > 1000
    assert len({header.language for header in TABLE}) > 15
    assert {header.field for header in TABLE} == {*VALUES, "none", "never"}
    assert {field.name for field in schema.FIELDS} == set(VALUES)
