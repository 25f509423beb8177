"""What the commands share: options, how their texts are read, and how results are printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from contact_import.console import Screen

Pairs = dict[str, list[str]]

EXIT_CODES = """Exit codes: 0 every row accepted, duplicate or unchanged · 1 a fault of ours · 2 wrong command line ·
3 finished, some rows rejected or held · 4 not finished, run it again · 5 the token was refused · 6 not the API, or it
refuses everything · 7 input unreadable, unmapped or a guard tripped · 8 journal or disk unusable · 9 another run is
at work · 130, 143 interrupted, run it again"""


def option(words: str, *names: str, **more: Any) -> Any:
    """Return an option that can also be set by CONTACT_IMPORT_<OPTION>."""
    variable = "CONTACT_IMPORT_" + names[-1].lstrip("-").replace("-", "_").upper()
    return typer.Option(*names, help=words, envvar=variable, show_envvar=False, **more)


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Contact lists: files, patterns such as 'exports/*.csv', - for standard input, https links; one run.",
        show_default=False,
    ),
]
Country = Annotated[
    str | None, option("Region of numbers written without a country code, such as IN.", "--country", metavar="CC")
]
Sheet = Annotated[str | None, option("Sheet of a workbook.", "--sheet", metavar="NAME")]
Encoding = Annotated[str | None, option("Encoding, when detection is wrong.", "--encoding", metavar="NAME")]
Delimiter = Annotated[str | None, option("Delimiter, when detection is wrong.", "--delimiter", metavar="CHAR")]
HeaderRow = Annotated[int | None, option("Row of the header, 0 for none.", "--header-row", metavar="N", min=0)]
Maps = Annotated[list[str] | None, option("Which column feeds a field; repeatable.", "--map", metavar="FIELD=COLUMN")]
Attributes = Annotated[
    list[str] | None, option("Send a column as a custom attribute; repeatable.", "--attribute", metavar="KEY=COLUMN")
]
Where = Annotated[list[str] | None, option("Only rows that say so; repeatable.", "--where", metavar="COLUMN=VALUE")]
Limit = Annotated[int | None, option("Only the first rows.", "--limit", metavar="N", min=1)]
Sample = Annotated[int | None, option("Only some rows, spread over the file.", "--sample", metavar="N", min=1)]
Consent = Annotated[
    list[str] | None,
    option("Send only to rows that say so; repeatable.", "--require-consent", metavar="COLUMN=VALUE"),
]
Suppress = Annotated[
    list[Path] | None, option("List of numbers that nothing is sent to; repeatable.", "--suppress", metavar="FILE")
]
IncludeOptedOut = Annotated[
    bool, option("Send also to people whose row says that they want no messages.", "--include-opted-out")
]
AcceptSuccess = Annotated[
    list[str] | None,
    option("Take an answer that says so for a success too; repeatable.", "--accept-success", metavar="KEY=VALUE"),
]
Proxy = Annotated[str | None, option("Send through this proxy; without it, through none.", "--proxy", metavar="URL")]
CaFile = Annotated[Path | None, option("Trust the certificates in this file alone.", "--ca-file", metavar="PATH")]
OnUnconfirmed = Annotated[
    Literal["resend", "hold"],
    option("What becomes of rows that may be stored or not.", "--on-unconfirmed", metavar="resend|hold"),
]
ResendUnconfirmed = Annotated[bool, option("Send such rows again even after more than a day.", "--resend-unconfirmed")]
MaxReject = Annotated[
    float | None,
    option(
        "Stop when more rows are rejected; without it, when the platform refuses more than 20.",
        "--max-reject",
        metavar="PCT",
        min=0,
        max=100,
    ),
]
AsJson = Annotated[bool, option("Print the result as one JSON object on stdout.", "--json")]
Quiet = Annotated[bool, option("Print nothing but errors.", "-q", "--quiet")]
Verbose = Annotated[bool, option("Print what is done on the way.", "-v", "--verbose")]
NoColor = Annotated[bool, option("No colours.", "--no-color")]
StateDir = Annotated[Path | None, option("Where journals live.", "--state-dir", metavar="PATH")]


def pairs(option: str, given: list[str] | None, form: str = 'NAME=COLUMN, such as {} phone="Mobile No."') -> Pairs:
    """Split each of *given* at its first "="; a name given twice has both values, in order. *form* is what to say."""
    found: Pairs = {}
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise UsageProblem(f"{option} takes {form.format(option)}")
        found.setdefault(name.strip(), []).append(value.strip())
    return found


def conditions(option: str, given: list[str] | None) -> Pairs:
    """Split each of *given* into a column and the value that its cells must have."""
    return pairs(option, given, "COLUMN=VALUE, such as {} City=Pune")


def single_pairs(given: list[str] | None) -> dict[str, str]:
    """Split each of --attribute's values; a key takes one column."""
    found = pairs("--attribute", given)
    if twice := [key for key, columns in found.items() if len(columns) > 1]:
        raise UsageProblem(f"--attribute {twice[0]} is given twice; a key takes one column")
    return {key: columns[0] for key, columns in found.items()}


def region(country: str | None) -> str | None:
    """Return the region that --country names, by its two letters or by its name."""
    if country is None:
        return None
    from contact_import.phones.countries import region_of

    region = region_of(country)
    if not region:
        raise UsageProblem("--country takes the two letters of a country, such as IN, BR, ZA, ID or AE")
    return region


def certificates(ca_file: Path | None) -> Path | None:
    """Return *ca_file*; UsageProblem where it holds no certificates, before anything is read."""
    if ca_file is not None:
        from contact_import.sender import tls

        tls(ca_file)
    return ca_file


def screen_for(*, quiet: bool = False, verbose: bool = False, no_color: bool = False) -> Screen:
    """Return the screen that these options ask for."""
    from contact_import.console import Screen

    return Screen(quiet=quiet, verbose=verbose, colour=not no_color)


def print_json(value: object) -> None:
    """Print *value* as the only thing on standard output."""
    from contact_import.console import print_data

    print_data(json.dumps(value, ensure_ascii=False, indent=2))
