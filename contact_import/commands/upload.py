"""`upload`: reads, maps, normalises, sends; run again after any stop, it goes on."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from contact_import.advice import advise
from contact_import.commands import jobs, options, remote, settings
from contact_import.commands.printing import print_json, screen_for
from contact_import.errors import StoppedRun, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from contact_import.console import Screen
    from contact_import.credentials import Secret
    from contact_import.intake import Job, Work
    from contact_import.sender import Target
    from contact_import.state import State
    from contact_import.summary import Summary


def upload(given: options.Upload, settled: settings.Settled = False) -> None:
    """Read, map, normalise and send contact lists. Run again after any stop, it goes on."""
    job = jobs.uploading(given)
    screen = screen_for(quiet=given.output.quiet, verbose=given.output.verbose, no_color=given.output.no_color)
    found = _summed_up(job, given, screen)
    if given.output.json:
        print_json(found.as_json())
    else:
        screen.summary(found, advise(found, sys.argv[1:]))
    raise typer.Exit(found.exit_code)


def _summed_up(job: Job, given: options.Upload, screen: Screen) -> Summary:
    """Do *job* and return what it came to; with --json also where it stopped before its first row, or was cut off."""
    try:
        return replace(_uploaded(job, given, screen), files=given.files)
    except StoppedRun as reason:
        if not given.output.json:
            raise
        screen.error(str(reason))
        return _as_far_as_known(job, given, reason)


def _as_far_as_known(job: Job, given: options.Upload, reason: StoppedRun) -> Summary:
    """Return the summary of a run that *reason* stopped before it had one."""
    from contact_import import history, summary, target
    from contact_import.state import State

    if reason.run:
        with suppress(StoppedRun):  # where its journal is what failed
            known = history.summary(history.find(State(given.state_dir), reason.run))
            code, status = reason.exit_code, summary.status(reason.exit_code, reason)
            return replace(known, files=given.files, exit_code=code, status=status, error=str(reason))
    return summary.nothing(given.files, target.resource(job.endpoint), dry_run=job.dry_run, reason=reason)


def _uploaded(job: Job, given: options.Upload, screen: Screen) -> Summary:
    """Do *job* with the files that the user named."""
    from contact_import.inputs import gathered
    from contact_import.intake import understand, with_reports
    from contact_import.session import rehearse

    token = _token(given)
    with _alone(job, given) as state, gathered(given.files, sys.stdin) as files:
        job = replace(job, files=files)
        if given.ask:
            job = _asked(job, screen)
        work = _adopting(with_reports(understand(job, screen.detail, screen.warn)), given, token, state, screen)
        return rehearse(work, screen) if state is None else _sent(work, token, state, screen)


@contextmanager
def _alone(job: Job, given: options.Upload) -> Iterator[State | None]:
    """Yield the state folder while nobody else sends to the address of *job*, before a long list is read; or Locked.

    A dry run needs none.
    """
    from contact_import.state import State

    if job.dry_run:
        yield None
        return
    state = State(given.state_dir)
    with state.lock(job.endpoint):
        yield state


def _token(given: options.Upload) -> Secret | None:
    """Return the token; None where it is not needed. UsageProblem where there is none, or no way to read it."""
    from contact_import.credentials import find_token

    token_file, from_stdin = given.token.token_file, given.token.token_stdin
    if from_stdin and "-" in given.files:
        raise UsageProblem("standard input cannot be both the token and a file; put the token into a file")
    return None if given.dry_run or given.sandbox else find_token(token_file, from_stdin=from_stdin)


def _asked(job: Job, screen: Screen) -> Job:
    """Return *job* with the answers to a few questions, and tell how to do without them."""
    from contact_import.wizard import ask_about

    job, answers = ask_about(job, screen.ask)
    screen.say(f"to say so without questions: {answers}")
    return job


def _adopting(work: Work, given: options.Upload, token: Secret | None, state: State | None, screen: Screen) -> Work:
    """Return *work* without the numbers that runs which the user names have as accepted."""
    if not given.resuming.adopt:
        return work
    from contact_import.adoption import adopted
    from contact_import.state import State

    state = state or State(given.state_dir)
    found = adopted(state, given.resuming.adopt, work.job.endpoint, token, screen.warn)
    return replace(work, rules=replace(work.rules, adopted=tuple(found)))


def _sent(work: Work, token: Secret | None, state: State, screen: Screen) -> Summary:
    """Send *work* to the platform; without a token to the sandbox, which runs as long as this."""
    from contact_import.sender import Target
    from contact_import.session import send

    job = work.job
    to: AbstractContextManager[Target]
    if token is None:
        to = remote.sandbox(state, job.wire)
    else:
        to = nullcontext(Target(job.endpoint, token, job.wire, job.proxy, job.ca_file))
    with to as target:
        return send(work, state, target, screen)
