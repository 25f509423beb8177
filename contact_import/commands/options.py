"""The options, each written once: alone, or in groups that commands take as one parameter (`flat`).

A field is named as its option is, with underscores: settings files use the same names.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer


def option(words: str, *names: str, **more: Any) -> Any:
    """Return an option that can also be set by CONTACT_IMPORT_<OPTION>."""
    variable = "CONTACT_IMPORT_" + names[-1].lstrip("-").replace("-", "_").upper()
    return typer.Option(*names, help=words, envvar=variable, show_envvar=False, **more)


# What commands take by itself

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Contact lists: files, patterns such as 'exports/*.csv', - for standard input, https links; one run.",
        show_default=False,
    ),
]
RunName = Annotated[
    str, typer.Argument(metavar="RUN", help="A run's name, or how it alone begins, or `last`.", show_default=False)
]
_ADDRESS = "The platform's address."
_BASE_URL = option(_ADDRESS, "--base-url", metavar="URL")
BaseUrl = Annotated[str | None, _BASE_URL]
# Not to be set by the environment: a run is looked for where it went.
BaseUrlOfRun = Annotated[str | None, typer.Option("--base-url", metavar="URL", help=_ADDRESS)]
Wait = Annotated[
    float,
    typer.Option("--wait", metavar="SECONDS", min=0, help="Look again for so long; new contacts may show up late."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
Json = Annotated[bool, option("Print the result as one JSON object on stdout.", "--json")]
Quiet = Annotated[bool, option("Print nothing but errors.", "-q", "--quiet")]
NoColor = Annotated[bool, option("No colours.", "--no-color")]
StateDir = Annotated[Path | None, option("Where journals live.", "--state-dir", metavar="PATH")]


# What several commands take


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns mean."""

    country: Annotated[
        str | None, option("Region of numbers written without a country code, such as IN.", "--country", metavar="CC")
    ] = None
    map: Annotated[
        list[str] | None, option("Which column feeds a field; repeatable.", "--map", metavar="FIELD=COLUMN")
    ] = None
    attribute: Annotated[
        list[str] | None,
        option("Send a column as a custom attribute; repeatable.", "--attribute", metavar="KEY=COLUMN"),
    ] = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read, where what is found out is wrong."""

    sheet: Annotated[str | None, option("Sheet of a workbook.", "--sheet", metavar="NAME")] = None
    encoding: Annotated[str | None, option("Encoding, when detection is wrong.", "--encoding", metavar="NAME")] = None
    delimiter: Annotated[
        str | None,
        option("Delimiter, when detection is wrong.", "--delimiter", metavar="CHAR"),
    ] = None
    header_row: Annotated[
        int | None,
        option("Row of the header, 0 for none.", "--header-row", metavar="N", min=0),
    ] = None


@dataclass(frozen=True, slots=True)
class Token:
    """Where the token is."""

    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", metavar="PATH", help="File that holds the token; yours alone to read."),
    ] = None
    token_stdin: Annotated[bool, typer.Option("--token-stdin", help="Read the token from standard input.")] = False


@dataclass(frozen=True, slots=True)
class Network:
    """What lies between here and the platform."""

    proxy: Annotated[
        str | None, option("Send through this proxy; without it, through none.", "--proxy", metavar="URL")
    ] = None
    ca_file: Annotated[
        Path | None, option("Trust the certificates in this file alone.", "--ca-file", metavar="PATH")
    ] = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Where settings come from."""

    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="PATH", help="Settings file.", is_eager=True),
    ] = None
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="Named settings.", is_eager=True),
    ] = None


@dataclass(frozen=True, slots=True)
class Access:
    """The way to the platform, for the commands that ask it something."""

    token: Token = Token()
    network: Network = Network()
    settings: Settings = Settings()


@dataclass(frozen=True, slots=True)
class Output:
    """How the result is printed."""

    json: Json = False
    no_color: NoColor = False


# What `upload` takes


@dataclass(frozen=True, slots=True)
class Mapping(Columns):
    """What the columns mean, what was saved of it, and what is put on every contact."""

    mapping: Annotated[Path | None, option("Use a saved mapping.", "--mapping", metavar="FILE.toml")] = None
    save_mapping: Annotated[Path | None, option("Save the mapping.", "--save-mapping", metavar="FILE.toml")] = None
    tag: Annotated[list[str] | None, option("Put a tag on every contact; repeatable.", "--tag", metavar="TAG")] = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows are taken, and who is sent to."""

    strict: Annotated[bool, option("Hold rows that have a warning.", "--strict")] = False
    where: Annotated[
        list[str] | None, option("Only rows that say so; repeatable.", "--where", metavar="COLUMN=VALUE")
    ] = None
    limit: Annotated[int | None, option("Only the first rows.", "--limit", metavar="N", min=1)] = None
    sample: Annotated[
        int | None,
        option("Only some rows, spread over the file.", "--sample", metavar="N", min=1),
    ] = None
    require_consent: Annotated[
        list[str] | None,
        option("Send only to rows that say so; repeatable.", "--require-consent", metavar="COLUMN=VALUE"),
    ] = None
    suppress: Annotated[
        list[Path] | None,
        option("List of numbers that nothing is sent to; repeatable.", "--suppress", metavar="FILE"),
    ] = None
    include_opted_out: Annotated[
        bool, option("Send also to people whose row says that they want no messages.", "--include-opted-out")
    ] = False


@dataclass(frozen=True, slots=True)
class Sending:
    """How much is sent at once, how long a silent platform is borne, what a request and its answer look like."""

    batch_size: Annotated[int, option("Contacts a request.", "--batch-size", metavar="N", min=1)] = 100
    max_bytes: Annotated[int, option("Bytes a request.", "--max-bytes", metavar="N", min=1000)] = 90_000
    concurrency: Annotated[int, option("Requests at once.", "--concurrency", metavar="N", min=1, max=256)] = 4
    rate: Annotated[float | None, option("Requests a second at most.", "--rate", metavar="N", min=0.001)] = None
    max_outage: Annotated[
        float,
        option("How long to wait for a platform that does not answer.", "--max-outage", metavar="SECONDS", min=0),
    ] = 900.0
    deadline: Annotated[
        float | None,
        option("For the whole run; requests under way get 30 more.", "--deadline", metavar="SECONDS", min=0),
    ] = None
    send_empty: Annotated[bool, option("Send empty fields too.", "--send-empty")] = False
    no_authtype: Annotated[bool, option("Leave out the header `authtype: Key`.", "--no-authtype")] = False
    bot_id: Annotated[str | None, option("Send this botId.", "--bot-id", metavar="ID")] = None
    accept_success: Annotated[
        list[str] | None,
        option("Take an answer that says so for a success too; repeatable.", "--accept-success", metavar="KEY=VALUE"),
    ] = None


@dataclass(frozen=True, slots=True)
class Resuming:
    """What becomes of an unfinished run, and of its rows that may be stored."""

    fresh: Annotated[bool, option("Do not go on with an unfinished run.", "--fresh")] = False
    adopt: Annotated[
        list[str] | None,
        option("Leave out numbers that RUN itself sent and has as accepted; repeatable.", "--adopt", metavar="RUN"),
    ] = None
    new_journal: Annotated[
        bool, option("Begin a new run where the last one's journal is damaged.", "--new-journal")
    ] = False
    on_unconfirmed: Annotated[
        Literal["resend", "hold"],
        option("What becomes of rows that may be stored or not.", "--on-unconfirmed", metavar="resend|hold"),
    ] = "resend"
    resend_unconfirmed: Annotated[
        bool, option("Send such rows again even after more than a day.", "--resend-unconfirmed")
    ] = False


@dataclass(frozen=True, slots=True)
class Guards:
    """What stops a run that is not as expected."""

    max_reject: Annotated[
        float | None,
        option(
            "Stop when more rows are rejected; without it, when the platform refuses more than 20.",
            "--max-reject",
            metavar="PCT",
            min=0,
            max=100,
        ),
    ] = None
    expect_rows: Annotated[
        int | None, option("Stop when the files hold fewer rows.", "--expect-rows", metavar="MIN")
    ] = None


@dataclass(frozen=True, slots=True)
class Reports:
    """What is written of the rows."""

    failures: Annotated[Path | None, option("Where the rows to correct go.", "--failures", metavar="PATH")] = None
    outcomes: Annotated[Path | None, option("What became of every row.", "--outcomes", metavar="PATH.csv")] = None


@dataclass(frozen=True, slots=True)
class FullOutput:
    """How the result is printed, and how much else."""

    json: Json = False
    quiet: Quiet = False
    verbose: Annotated[bool, option("Print what is done on the way.", "-v", "--verbose")] = False
    no_color: NoColor = False


@dataclass(frozen=True, slots=True)
class Upload:
    """All that `upload` can be told."""

    files: Files
    dry_run: Annotated[bool, option("Validate only: all of it but the sending.", "-n", "--dry-run")] = False
    sandbox: Annotated[bool, option("Send to the built-in API on this machine; needs no token.", "--sandbox")] = False
    mapping: Mapping = Mapping()
    reading: Reading = Reading()
    choice: Choice = Choice()
    base_url: Annotated[str, _BASE_URL] = "https://api.v7.express-chat.com"
    token: Token = Token()
    sending: Sending = Sending()
    network: Network = Network()
    resuming: Resuming = Resuming()
    guards: Guards = Guards()
    reports: Reports = Reports()
    output: FullOutput = FullOutput()
    ask: Annotated[bool, typer.Option("--ask", help="Ask a few questions about the list first.")] = False
    yes: Annotated[bool, option("Answer yes to every question; there is none so far.", "--yes")] = False
    state_dir: StateDir = None
    settings: Settings = Settings()
