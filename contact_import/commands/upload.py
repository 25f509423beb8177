"""`upload`: reads, maps, normalises, sends; run again after any stop, it goes on."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contact_import.advice import advise
from contact_import.commands import options
from contact_import.commands.options import option
from contact_import.errors import StoppedRun, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.console import Screen
    from contact_import.credentials import Secret
    from contact_import.intake import Job, Work
    from contact_import.state import State
    from contact_import.summary import Summary

SANDBOX = "sandbox"
"""The endpoint that a journal names for `--sandbox`: its port changes from run to run."""


def _settings(context: typer.Context, _: bool) -> None:
    """Let settings files supply the defaults of the options."""
    from contact_import.config import load

    known = {name.lstrip("-").replace("-", "_"): param for param in context.command.params for name in param.opts}
    settings = load(known.keys() - NOT_IN_FILES, path=context.params["config"], profile=context.params["profile"])
    context.default_map = {known[key].name: setting for key, setting in settings.items()}


NOT_IN_FILES = {"config", "profile", "help", "h", "n", "q", "v", "yes", "ask", "settled", "token_stdin"}
"""What no settings file decides."""


def upload(
    files: options.Files,
    dry_run: Annotated[bool, option("Validate only: all of it but the sending.", "-n", "--dry-run")] = False,
    sandbox: Annotated[bool, option("Send to the built-in API on this machine; needs no token.", "--sandbox")] = False,
    country: options.Country = None,
    maps: options.Maps = None,
    attributes: options.Attributes = None,
    mapping: Annotated[Path | None, option("Use a saved mapping.", "--mapping", metavar="FILE.toml")] = None,
    save_mapping: Annotated[Path | None, option("Save the mapping.", "--save-mapping", metavar="FILE.toml")] = None,
    tags: Annotated[list[str] | None, option("Put a tag on every contact; repeatable.", "--tag", metavar="TAG")] = None,
    sheet: options.Sheet = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    header_row: options.HeaderRow = None,
    strict: Annotated[bool, option("Hold rows that have a warning.", "--strict")] = False,
    where: options.Where = None,
    limit: options.Limit = None,
    sample: options.Sample = None,
    require_consent: options.Consent = None,
    suppress: options.Suppress = None,
    include_opted_out: options.IncludeOptedOut = False,
    base_url: Annotated[
        str, option("The platform's address.", "--base-url", metavar="URL")
    ] = "https://api.v7.express-chat.com",
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", metavar="PATH", help="File that holds the token; yours alone to read."),
    ] = None,
    token_stdin: Annotated[bool, typer.Option("--token-stdin", help="Read the token from standard input.")] = False,
    batch_size: Annotated[int, option("Contacts a request.", "--batch-size", metavar="N", min=1)] = 100,
    max_bytes: Annotated[int, option("Bytes a request.", "--max-bytes", metavar="N", min=1000)] = 90_000,
    concurrency: Annotated[int, option("Requests at once.", "--concurrency", metavar="N", min=1, max=256)] = 4,
    rate: Annotated[float | None, option("Requests a second at most.", "--rate", metavar="N", min=0.001)] = None,
    max_outage: Annotated[
        float,
        option("How long to wait for a platform that does not answer.", "--max-outage", metavar="SECONDS", min=0),
    ] = 900.0,
    deadline: Annotated[
        float | None,
        option("For the whole run; requests under way get 30 more.", "--deadline", metavar="SECONDS", min=0),
    ] = None,
    send_empty: Annotated[bool, option("Send empty fields too.", "--send-empty")] = False,
    no_authtype: Annotated[bool, option("Leave out the header `authtype: Key`.", "--no-authtype")] = False,
    bot_id: Annotated[str | None, option("Send this botId.", "--bot-id", metavar="ID")] = None,
    accept_success: options.AcceptSuccess = None,
    proxy: options.Proxy = None,
    ca_file: options.CaFile = None,
    fresh: Annotated[bool, option("Do not go on with an unfinished run.", "--fresh")] = False,
    on_unconfirmed: options.OnUnconfirmed = "resend",
    resend_unconfirmed: options.ResendUnconfirmed = False,
    max_reject: options.MaxReject = None,
    expect_rows: Annotated[
        int | None, option("Stop when the files hold fewer rows.", "--expect-rows", metavar="MIN")
    ] = None,
    failures: Annotated[Path | None, option("Where the rows to correct go.", "--failures", metavar="PATH")] = None,
    outcomes: Annotated[Path | None, option("What became of every row.", "--outcomes", metavar="PATH.csv")] = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
    ask: Annotated[bool, typer.Option("--ask", help="Ask a few questions about the list first.")] = False,
    yes: Annotated[bool, option("Answer yes to every question; there is none so far.", "--yes")] = False,
    state_dir: options.StateDir = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="PATH", help="Settings file.", is_eager=True)
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="NAME", help="Named settings.", is_eager=True)
    ] = None,
    settled: Annotated[bool, typer.Option("--settled", hidden=True, is_eager=True, callback=_settings)] = False,
) -> None:
    """Read, map, normalise and send contact lists. Run again after any stop, it goes on."""
    from contact_import import api, mapping_file, summary, target
    from contact_import.credentials import find_token
    from contact_import.intake import Job
    from contact_import.pace import Patience
    from contact_import.readers import ReadOptions

    if on_unconfirmed == "hold" and resend_unconfirmed:
        raise UsageProblem("--on-unconfirmed hold and --resend-unconfirmed say the opposite of each other")
    saved: tuple[dict[str, Any], dict[str, str]] = mapping_file.load_mapping(mapping) if mapping else ({}, {})
    job = Job(
        files=(),
        endpoint=SANDBOX if sandbox else target.checked(base_url),
        reading=ReadOptions(sheet=sheet, encoding=encoding, delimiter=delimiter, header_row=header_row),
        given={**saved[0], **options.pairs("--map", maps)},
        attributes={**saved[1], **options.single_pairs(attributes)},
        region=options.region(country),
        strict=strict,
        tags=tuple(dict.fromkeys(tags or ())),
        wire=api.Wire(
            send_empty=send_empty,
            authtype=not no_authtype,
            bot_id=target.checked_bot_id(bot_id),
            successes=tuple(map(api.success, accept_success or ())),
        ),
        proxy=target.checked_proxy(proxy, base_url) if proxy and not sandbox else None,
        ca_file=options.certificates(ca_file),
        limits=(batch_size, max_bytes),
        concurrency=concurrency,
        patience=Patience(rate=rate, max_outage=max_outage, deadline=deadline),
        dry_run=dry_run,
        fresh=fresh,
        hold_unconfirmed=on_unconfirmed == "hold",
        resend_unconfirmed=resend_unconfirmed,
        max_reject=max_reject,
        expect_rows=expect_rows,
        failures=failures,
        outcomes=outcomes,
        save_mapping=save_mapping,
        where=options.conditions("--where", where),
        limit=limit,
        sample=sample,
        consent=options.conditions("--require-consent", require_consent),
        suppress=tuple(suppress or ()),
        include_opted_out=include_opted_out,
    )
    screen = options.screen_for(quiet=quiet, verbose=verbose, no_color=no_color)
    try:
        if token_stdin and "-" in files:
            raise UsageProblem("standard input cannot be both the token and a file; put the token into a file")
        token = None if dry_run or sandbox else find_token(token_file, from_stdin=token_stdin)
        found = replace(_uploaded(job, files, token, screen, state_dir, ask=ask), files=files)
    except StoppedRun as reason:
        if not as_json:
            raise
        screen.error(str(reason))
        found = summary.nothing(files, target.resource(job.endpoint), dry_run=dry_run, reason=reason)
    if as_json:
        options.print_json(found.as_json())
    else:
        screen.summary(found, advise(found, sys.argv[1:]))
    raise typer.Exit(found.exit_code)


def _uploaded(
    job: Job, words: Sequence[str], token: Secret | None, screen: Screen, state_dir: Path | None, *, ask: bool
) -> Summary:
    """Do *job* with the files that *words* name; without a token only as far as this machine."""
    from contact_import.inputs import gathered
    from contact_import.intake import understand, with_reports
    from contact_import.sender import Target
    from contact_import.session import rehearse, send
    from contact_import.state import State
    from contact_import.wizard import ask_about

    with gathered(words, sys.stdin) as files:
        job = replace(job, files=files)
        if ask:
            job, answers = ask_about(job, screen.ask)
            screen.say(f"to say so without questions: {answers}")
        work = with_reports(understand(job, screen.detail, screen.warn))
        if job.dry_run:
            return rehearse(work, screen)
        state = State(state_dir)
        if token is None:
            return _to_sandbox(work, screen, state)
        return send(work, state, Target(job.endpoint, token, job.wire, job.proxy, job.ca_file), screen)


def _to_sandbox(work: Work, screen: Screen, state: State) -> Summary:
    """Send *work* to a sandbox that runs as long as this."""
    from contact_import.credentials import Secret
    from contact_import.sandbox import Behaviour, Sandbox
    from contact_import.sender import Target
    from contact_import.session import send

    behaviour = Behaviour()
    with Sandbox(state.sandbox, behaviour) as box:
        return send(work, state, Target(box.base_url, Secret(behaviour.token), work.job.wire), screen)
