"""`purge`: forget runs by age or by name, or a person by phone."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contact_import.commands import options, remote
from contact_import.commands.printing import print_json, screen_for
from contact_import.errors import JournalProblem, Locked, UsageProblem

if TYPE_CHECKING:
    from contact_import.console import Screen
    from contact_import.forgetting import Forgotten, Person
    from contact_import.history import Run
    from contact_import.state import State


def purge(
    *,
    older_than: Annotated[
        str | None, typer.Option("--older-than", metavar="AGE", help="Runs that began longer ago: 12h, 30d, 8w.")
    ] = None,
    run: Annotated[str | None, typer.Option("--run", metavar="RUN", help="This run.")] = None,
    phone: Annotated[
        str | None,
        typer.Option("--phone", metavar="NUMBER", help="This person, by a number with its country code, in all runs."),
    ] = None,
    yes: options.Yes = False,
    output: options.Output,
    state_dir: options.StateDir = None,
) -> None:
    """Forget runs with their reports, or one person in all of them; what is removed is overwritten first.

    An unfinished run is forgotten by its name only. What the platform has, and your own lists, are out of reach.
    """
    from contact_import import forgetting, history
    from contact_import.state import State

    if sum(given is not None for given in (older_than, run, phone)) != 1:
        raise UsageProblem("purge takes one of --older-than, --run and --phone")
    state, screen, done = State(state_dir), screen_for(no_color=output.no_color, verbose=True), forgetting.Forgotten()
    if phone is not None:
        forget = partial(_person, state, forgetting.person(phone), screen)
    elif run is not None:
        forget = partial(_runs, state, [history.find(state, run)], screen, by_name=True)
    else:
        forget = partial(_runs, state, forgetting.older(state, forgetting.age(older_than or "")), screen, by_name=False)
    try:
        forget(done, yes=yes)
    finally:  # what was taken away by then is away
        if output.json:
            print_json(asdict(done))
        else:
            _tell(done, screen)


def _runs(state: State, chosen: list[Run], screen: Screen, done: Forgotten, *, by_name: bool, yes: bool) -> None:
    from contact_import import disk, forgetting

    for run in chosen:
        if not run.is_closed and not by_name:
            screen.warn(f"{run.name} was left unfinished ({run.status}); to forget it too: purge --run {run.name}")
    doomed = [run for run in chosen if run.is_closed or by_name]
    open_ = [run for run in doomed if not run.is_closed]
    words = " It was left unfinished: nothing will go on with it, and its rows would be sent again." if open_ else ""
    names = ", ".join(run.name for run in doomed[:5]) + (", …" if len(doomed) > 5 else "")
    if doomed and remote.is_sure(f"Forget {len(doomed):,} runs with their reports: {names}?{words}", yes=yes):
        for run in map(_looked_at_again, doomed):
            forgetting.forget(state, run, done)
            for report in run.facts.get("reports", ()):
                disk.sweep(Path(report["path"]))


def _looked_at_again(run: Run) -> Run:
    """Return *run* with what its journal says, where that could not be read; Locked where somebody is writing in it."""
    if run.facts:
        return run
    from contact_import.journal import look

    try:
        return replace(run, facts=look(run.path))
    except JournalProblem as problem:
        if getattr(problem.__cause__, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise Locked(f"{run.name} is in use; nothing of it was forgotten") from problem
        return run  # damaged: it is forgotten as it is


def _person(state: State, person: Person, screen: Screen, done: Forgotten, *, yes: bool) -> None:
    from contact_import import forgetting

    if remote.is_sure("Take this number out of all journals, and its rows out of all reports?", yes=yes):
        forgetting.forget_person(state, person, done)
        if state.sandbox.exists():
            screen.warn(f"the sandbox keeps its contacts in {state.sandbox}; that file was not looked into")
        screen.warn("what the platform stored and your own lists are out of reach: delete the number there too")


def _tell(done: Forgotten, screen: Screen) -> None:
    counts = {"runs": len(done.runs), "reports": len(done.files), "marks": done.marks, "rows": done.rows}
    screen.say(
        "taken away: " + (", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "nothing")
    )
    for path in done.files:
        screen.say(f"  {path}")
    for path in done.kept:
        screen.warn(f"{path} was changed since it was written, and stays")
