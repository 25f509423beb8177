"""What earlier runs mean for this one: it goes on with one, and others are told of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from contact_import.errors import Unreadable

if TYPE_CHECKING:
    from contact_import.intake import Job, Work
    from contact_import.journal import Journal
    from contact_import.plan import Plan
    from contact_import.sender import Target
    from contact_import.session.watcher import Watcher
    from contact_import.state import State


def journal_of(state: State, told: Plan, job: Job, screen: Watcher) -> tuple[str, Journal]:
    """Return the name and the journal of the run to go on with, or of a new one."""
    try:
        return state.journal(told, fresh=job.fresh)
    except Unreadable as problem:
        words = f"{problem}: what its run sent is not known any more"
        if not job.new_journal:
            raise Unreadable(f"{words}; --new-journal leaves it alone, and sends all rows again") from problem
        screen.warn(f"{words}, and all rows are sent again")
        return state.journal(told, fresh=job.fresh, anew=True)


def warn_of_older(work: Work, state: State, told: Plan, screen: Watcher) -> None:
    """Tell of runs of the same files that were left unfinished, and that this one does not go on with."""
    files = {str(source.table.path.absolute()): source.table.sha256 for source in work.sources}
    adopted = {marks.run for marks in work.rules.adopted}
    for left in state.left_unfinished(told, files):
        if left.run in adopted:
            continue
        name, rows = Path(left.file).name, f"{left.accepted:,} rows accepted, {left.in_doubt:,} unconfirmed"
        if left.is_changed:
            screen.warn(
                f"run {left.run} of an earlier content of {name} was left unfinished: {rows}; those still in "
                f"it are sent again, --adopt {left.run} leaves the accepted ones out"
            )
        else:
            screen.warn(
                f"run {left.run} of {name} with other options was left unfinished: {rows}; this run sends them again, "
                "the same options as then would go on with it"
            )


def warn_of_another_token(journal: Journal, platform: Target, screen: Watcher) -> None:
    """Tell where what is accepted already went to whom another token belongs."""
    before = journal.fact("token")
    if before is not None and before != journal.sign(platform.token.reveal()):
        screen.warn(
            "the token is another one than this run began with: if it belongs to another account, what is settled "
            "already is not there; add --fresh then"
        )
