"""`undo`: takes back what a run made on the platform."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from contact_import.commands import options, remote
from contact_import.commands.printing import print_json, screen_for
from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from contact_import.console import Screen
    from contact_import.history import Run
    from contact_import.readback import Claim
    from contact_import.sender import Target
    from contact_import.state import State


def undo(
    *,
    run: options.RunName,
    dry_run: Annotated[bool, typer.Option("-n", "--dry-run", help="Only say what would be deleted.")] = False,
    yes: options.Yes = False,
    base_url: options.BaseUrlOfRun = None,
    access: options.Access,
    output: options.Output,
    state_dir: options.StateDir = None,
) -> None:
    """Delete from the platform the contacts that a run made there, and no others.

    A contact goes that has the phone of a row accepted in this run, was made while the run sent that row or up to 15
    minutes after it, by the platform's clock, and was in no other run. Contacts that the run only updated stay as they
    are now. Stopped half-way, the same command goes on. Nobody has tried this against a live platform from here.
    """
    from contact_import import history
    from contact_import.state import State

    state, screen = State(state_dir), screen_for(no_color=output.no_color, verbose=True)
    found = history.find(state, run)
    if not found.facts:
        raise UsageProblem(f"the journal of {found.name} cannot be read, so nothing is known of what it made")
    way = remote.way(access)
    with contextlib.ExitStack() as stack:
        for endpoint in sorted({found.endpoint, base_url or found.endpoint}):
            stack.enter_context(state.lock(endpoint))
        target = stack.enter_context(remote.reached(state, found, way, base_url))
        job = _Job(state, found, target, screen)
        claim = job.claim()
        deleted = 0 if dry_run or not job.sure(claim, yes=yes) else job.delete(claim)
    if output.json:
        made = {"run": found.name, "endpoint": found.endpoint, "made": len(claim.ours), "deleted": deleted}
        print_json({**made, "kept": dict(claim.kept), "dry_run": dry_run})
    else:
        screen.say("nothing was deleted" if not deleted else f"deleted: {deleted:,}")


@dataclass(frozen=True, slots=True)
class _Job:
    """One undoing."""

    state: State
    run: Run
    target: Target
    screen: Screen

    def claim(self) -> Claim:
        """Return what the run made, and say it."""
        from contact_import import history, readback
        from contact_import.journal import Journal

        with Journal(self.run.path) as journal:
            sent = readback.Sent.of(journal)
        others = history.others(self.state, self.run, self.target.base_url)
        claim = readback.asked(self.target, lambda inbox: readback.claim(inbox, sent, others))
        names = ", ".join(file.rpartition("/")[2] for file in self.run.files)
        self.screen.say(f"run {self.run.name} of {names}, begun {self.run.started:%Y-%m-%d %H:%M} UTC")
        self.screen.say(f"contacts at {self.target.base_url} that it made: {len(claim.ours):,}")
        for why, count in claim.kept.items():
            self.screen.say(f"others that it sent, and that stay: {count:,}, {why}")
        return claim

    def sure(self, claim: Claim, *, yes: bool) -> bool:
        """Ask, where there is anything to delete."""
        question = f"Delete these {len(claim.ours):,} contacts from the platform, with their conversations?"
        return bool(claim.ours) and remote.is_sure(question, yes=yes)

    def delete(self, claim: Claim) -> int:
        """Delete what the run made; from now on no upload goes on with the run."""
        from contact_import import readback
        from contact_import.journal import Journal

        with Journal(self.run.path) as journal:
            journal.note(status="undone")
            readback.asked(self.target, lambda inbox: readback.delete(inbox, claim.ours, journal))
        return len(claim.ours)
