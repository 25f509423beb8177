"""The command line: options in, exit code out. The only importer of typer; everything heavy is imported when used."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from contact_import import __version__
from contact_import.advice import advise
from contact_import.errors import Interrupted, StoppedRun, UsageProblem

if TYPE_CHECKING:
    from types import FrameType, TracebackType

    from contact_import.console import Screen
    from contact_import.session import Job, Work
    from contact_import.state import State
    from contact_import.summary import Summary

EXIT_CODES = """Exit codes: 0 every row accepted, duplicate or unchanged · 1 a fault of ours · 2 wrong command line ·
3 finished, some rows rejected or held · 4 not finished, run it again · 5 the token was refused · 6 not the API, or it
refuses everything · 7 input unreadable, unmapped or a guard tripped · 8 journal or disk unusable · 9 another run is
at work · 130, 143 interrupted, run it again"""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="Any contact list in, every contact in the WhatsApp inbox, and an exact account of every row.",
    epilog=EXIT_CODES,
    rich_markup_mode=None,
)


def _option(words: str, *names: str, **more: Any) -> Any:
    """Return an option that can also be set by CONTACT_IMPORT_<OPTION>."""
    variable = "CONTACT_IMPORT_" + names[-1].lstrip("-").replace("-", "_").upper()
    return typer.Option(*names, help=words, envvar=variable, show_envvar=False, **more)


def _settings(context: typer.Context, _: bool) -> None:
    """Let settings files supply the defaults of the options."""
    from contact_import.config import load

    known = {option.lstrip("-").replace("-", "_"): param for param in context.command.params for option in param.opts}
    options = known.keys() - NOT_IN_FILES
    settings = load(options, path=context.params["config"], profile=context.params["profile"])
    context.default_map = {known[key].name: setting for key, setting in settings.items()}


NOT_IN_FILES = {"config", "profile", "help", "h", "n", "q", "v", "yes", "settled", "token_stdin"}
"""What no settings file decides."""

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE…", help="Contact lists; several are one run.", show_default=False)
]
Country = Annotated[
    str | None, _option("Region of numbers written without a country code, such as IN.", "--country", metavar="CC")
]
Sheet = Annotated[str | None, _option("Sheet of a workbook.", "--sheet", metavar="NAME")]
Encoding = Annotated[str | None, _option("Encoding, when detection is wrong.", "--encoding", metavar="NAME")]
Delimiter = Annotated[str | None, _option("Delimiter, when detection is wrong.", "--delimiter", metavar="CHAR")]
HeaderRow = Annotated[int | None, _option("Row of the header, 0 for none.", "--header-row", metavar="N", min=0)]
Maps = Annotated[list[str] | None, _option("Which column feeds a field; repeatable.", "--map", metavar="FIELD=COLUMN")]
Attributes = Annotated[
    list[str] | None, _option("Send a column as a custom attribute; repeatable.", "--attribute", metavar="KEY=COLUMN")
]
AsJson = Annotated[bool, _option("Print the result as one JSON object on stdout.", "--json")]
Quiet = Annotated[bool, _option("Print nothing but errors.", "-q", "--quiet")]
Verbose = Annotated[bool, _option("Print what is done on the way.", "-v", "--verbose")]
NoColor = Annotated[bool, _option("No colours.", "--no-color")]
StateDir = Annotated[Path | None, _option("Where journals live.", "--state-dir", metavar="PATH")]


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        typer.echo(f"contact-import {__version__}")
        raise typer.Exit


@app.command(epilog=EXIT_CODES)
def upload(
    files: Files,
    dry_run: Annotated[bool, _option("Validate only: all of it but the sending.", "-n", "--dry-run")] = False,
    sandbox: Annotated[bool, _option("Send to the built-in API on this machine; needs no token.", "--sandbox")] = False,
    country: Country = None,
    maps: Maps = None,
    attributes: Attributes = None,
    mapping: Annotated[Path | None, _option("Use a saved mapping.", "--mapping", metavar="FILE.toml")] = None,
    save_mapping: Annotated[Path | None, _option("Save the mapping.", "--save-mapping", metavar="FILE.toml")] = None,
    tags: Annotated[
        list[str] | None, _option("Put a tag on every contact; repeatable.", "--tag", metavar="TAG")
    ] = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    header_row: HeaderRow = None,
    strict: Annotated[bool, _option("Hold rows that have a warning.", "--strict")] = False,
    base_url: Annotated[
        str, _option("The platform's address.", "--base-url", metavar="URL")
    ] = "https://api.v7.express-chat.com",
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", metavar="PATH", help="File that holds the token; yours alone to read."),
    ] = None,
    token_stdin: Annotated[bool, typer.Option("--token-stdin", help="Read the token from standard input.")] = False,
    batch_size: Annotated[int, _option("Contacts a request.", "--batch-size", metavar="N", min=1)] = 100,
    max_bytes: Annotated[int, _option("Bytes a request.", "--max-bytes", metavar="N", min=1000)] = 90_000,
    concurrency: Annotated[int, _option("Requests at once.", "--concurrency", metavar="N", min=1, max=256)] = 4,
    rate: Annotated[float | None, _option("Requests a second at most.", "--rate", metavar="N", min=0.001)] = None,
    max_outage: Annotated[
        float,
        _option("How long to wait for a platform that does not answer.", "--max-outage", metavar="SECONDS", min=0),
    ] = 900.0,
    deadline: Annotated[float | None, _option("For the whole run.", "--deadline", metavar="SECONDS", min=0)] = None,
    send_empty: Annotated[bool, _option("Send empty fields too.", "--send-empty")] = False,
    no_authtype: Annotated[bool, _option("Leave out the header `authtype: Key`.", "--no-authtype")] = False,
    bot_id: Annotated[str | None, _option("Send this botId.", "--bot-id", metavar="ID")] = None,
    fresh: Annotated[bool, _option("Do not go on with an unfinished run.", "--fresh")] = False,
    max_reject: Annotated[
        float | None, _option("Stop when more rows are rejected.", "--max-reject", metavar="PCT", min=0, max=100)
    ] = None,
    expect_rows: Annotated[
        int | None, _option("Stop when the files hold fewer rows.", "--expect-rows", metavar="MIN")
    ] = None,
    failures: Annotated[Path | None, _option("Where the rows to correct go.", "--failures", metavar="PATH")] = None,
    outcomes: Annotated[Path | None, _option("What became of every row.", "--outcomes", metavar="PATH.csv")] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
    yes: Annotated[bool, _option("Answer yes to every question; there is none so far.", "--yes")] = False,
    state_dir: StateDir = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="PATH", help="Settings file.", is_eager=True)
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="NAME", help="Named settings.", is_eager=True)
    ] = None,
    settled: Annotated[bool, typer.Option("--settled", hidden=True, is_eager=True, callback=_settings)] = False,
) -> None:
    """Read, map, normalise and send contact lists. Run again after any stop, it goes on."""
    from contact_import import api, mapping_file, target
    from contact_import.pace import Patience
    from contact_import.readers import ReadOptions
    from contact_import.session import Job

    saved: tuple[dict[str, Any], dict[str, str]] = mapping_file.load_mapping(mapping) if mapping else ({}, {})
    job = Job(
        files=tuple(files),
        endpoint=SANDBOX if sandbox else target.checked(base_url),
        reading=ReadOptions(sheet=sheet, encoding=encoding, delimiter=delimiter, header_row=header_row),
        given={**saved[0], **_pairs("--map", maps)},
        attributes={**saved[1], **_attributes(attributes)},
        region=_region(country),
        strict=strict,
        tags=tuple(dict.fromkeys(tags or ())),
        wire=api.Wire(send_empty=send_empty, authtype=not no_authtype, bot_id=bot_id),
        limits=(batch_size, max_bytes),
        concurrency=concurrency,
        patience=Patience(rate=rate, max_outage=max_outage, deadline=deadline),
        dry_run=dry_run,
        fresh=fresh,
        max_reject=max_reject,
        expect_rows=expect_rows,
        failures=failures,
        outcomes=outcomes,
        save_mapping=save_mapping,
    )
    screen = _screen(quiet=quiet, verbose=verbose, no_color=no_color)
    summary = _uploaded(job, screen, state_dir, token_file, token_stdin=token_stdin, as_json=as_json)
    if as_json:
        _print_json(summary.as_json())
    else:
        screen.summary(summary, advise(summary, sys.argv[1:]))
    raise typer.Exit(summary.exit_code)


def _uploaded(
    job: Job, screen: Screen, state_dir: Path | None, token_file: Path | None, *, token_stdin: bool, as_json: bool
) -> Summary:
    """Return the summary of *job*, whatever came of it; with --json also where it stopped before its first row."""
    from contact_import import summary, target
    from contact_import.credentials import find_token
    from contact_import.readers.spool import spooled
    from contact_import.sender import Target
    from contact_import.session import rehearse, send, understand, with_reports
    from contact_import.state import State

    names = [str(file) for file in job.files]
    try:
        if token_stdin and "-" in names:
            raise UsageProblem("standard input cannot be both the token and a file; put the token into a file")
        token = None if job.dry_run or job.endpoint == SANDBOX else find_token(token_file, from_stdin=token_stdin)
        with spooled(job.files, sys.stdin) as files:
            work = with_reports(understand(replace(job, files=files), screen.detail))
            if job.dry_run:
                return replace(rehearse(work, screen), files=names)
            state = State(state_dir)
            sent = (
                send(work, state, Target(job.endpoint, token, job.wire), screen)
                if token
                else _to_sandbox(work, screen, state)
            )
            return replace(sent, files=names)
    except StoppedRun as reason:
        if not as_json:
            raise
        screen.error(str(reason))
        return summary.nothing(names, target.resource(job.endpoint), dry_run=job.dry_run, reason=reason)


def _to_sandbox(work: Work, screen: Screen, state: State) -> Summary:
    """Send *work* to a sandbox that runs as long as this."""
    from contact_import.credentials import Secret
    from contact_import.sandbox import Behaviour, Sandbox
    from contact_import.sender import Target
    from contact_import.session import send

    behaviour = Behaviour()
    with Sandbox(state.sandbox, behaviour) as box:
        return send(work, state, Target(box.base_url, Secret(behaviour.token), work.job.wire), screen)


@app.command()
def inspect(
    files: Files,
    country: Country = None,
    maps: Maps = None,
    attributes: Attributes = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    header_row: HeaderRow = None,
    as_json: AsJson = False,
    no_color: NoColor = False,
) -> None:
    """Show what a file is, what each column feeds and why, what is wrong, and the next command."""
    from contact_import.inspection import inspect as look
    from contact_import.readers import ReadOptions
    from contact_import.session import Job

    job = Job(
        files=tuple(files),
        endpoint="",
        reading=ReadOptions(sheet=sheet, encoding=encoding, delimiter=delimiter, header_row=header_row),
        given=_pairs("--map", maps),
        attributes=_attributes(attributes),
        region=_region(country),
        dry_run=True,
    )
    found = look(job, sys.argv[2:])
    if as_json:
        _print_json(found.as_json())
    else:
        _screen(no_color=no_color).inspection(found)


@app.command()
def sandbox(
    port: Annotated[int, _option("Port on 127.0.0.1.", "--port", metavar="N", min=0, max=65535)] = 8765,
    store: Annotated[Path | None, _option("File that keeps the contacts.", "--store", metavar="PATH")] = None,
    faults: Annotated[Path | None, _option("What is to go wrong.", "--faults", metavar="PLAN.toml")] = None,
    strict_authtype: Annotated[bool, _option("Insist on `authtype: Key`.", "--strict-authtype")] = False,
    show: Annotated[bool, typer.Option("--list", help="Print the contacts as a table and leave.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --list: print them as JSON.")] = False,
    no_color: NoColor = False,
    state_dir: StateDir = None,
) -> None:
    """Serve the platform's API on this machine; the inbox is a page at its address."""
    from contact_import.sandbox import Behaviour, Sandbox, read_faults, serve
    from contact_import.state import State

    path = store or State(state_dir).sandbox
    screen = _screen(no_color=no_color, verbose=True)
    if as_json:
        _print_json(Sandbox(path).contacts())
    elif show:
        screen.contacts(Sandbox(path).contacts())
    else:
        plan = read_faults(faults) if faults else ()
        behaviour = Behaviour(strict_authtype=strict_authtype, faults=plan)
        serve(path, behaviour, port, lambda box: screen.serving(box.base_url, behaviour.token))


# What the commands share

SANDBOX = "sandbox"
"""The endpoint that a journal names for `--sandbox`: its port changes from run to run."""


def _screen(*, quiet: bool = False, verbose: bool = False, no_color: bool = False) -> Screen:
    from contact_import.console import Screen

    return Screen(quiet=quiet, verbose=verbose, colour=not no_color)


def _print_json(value: object) -> None:
    from contact_import.console import print_data

    print_data(json.dumps(value, ensure_ascii=False, indent=2))


def _pairs(option: str, given: list[str] | None) -> dict[str, list[str]]:
    """Split each of *given* at its first "="; a name given twice has both values, in order."""
    found: dict[str, list[str]] = {}
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise UsageProblem(f'{option} takes NAME=COLUMN, such as {option} phone="Mobile No."')
        found.setdefault(name.strip(), []).append(value.strip())
    return found


def _attributes(given: list[str] | None) -> dict[str, str]:
    pairs = _pairs("--attribute", given)
    if twice := [key for key, columns in pairs.items() if len(columns) > 1]:
        raise UsageProblem(f"--attribute {twice[0]} is given twice; a key takes one column")
    return {key: columns[0] for key, columns in pairs.items()}


def _region(country: str | None) -> str | None:
    """Return the region that --country names, by its two letters or by its name."""
    if country is None:
        return None
    from contact_import.phones.countries import region_of

    region = region_of(country)
    if not region:
        raise UsageProblem("--country takes the two letters of a country, such as IN, BR, ZA, ID or AE")
    return region


def run() -> None:
    """Run the command line; every stop becomes one line and its exit code, here and nowhere else."""
    from contact_import.stop import SIGNALS

    sys.excepthook = _last_words
    os.umask(0o077)
    gc.set_threshold(200_000, 20, 50)  # a chunk makes many small objects that all die together
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    try:
        get_command(app)(prog_name="contact-import")  # not app(): that would put typer's own excepthook in place
    except StoppedRun as reason:
        _screen().error(str(reason))
        sys.exit(reason.exit_code)
    finally:
        if "rich" in sys.modules:  # else nothing but help was printed
            from contact_import.console import let_go

            let_go()


def _interrupt(number: int, _: FrameType | None) -> None:
    """End what is not sending yet; a run that is has a way of its own."""
    raise Interrupted(number)


def _last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Report a fault of ours by its class and place; a full traceback could show a token or somebody's number."""
    place = traceback.extract_tb(trace)[-1] if trace else None
    where = f" at {Path(place.filename).name}:{place.lineno}" if place else ""
    sys.stderr.write(
        f"contact-import: a fault of ours, {kind.__name__}{where}; please report it. Every state is saved.\n"
    )
