"""`runs`: what has run, newest first."""

from __future__ import annotations

from contact_import.commands import options
from contact_import.commands.printing import print_json, screen_for


def runs(*, output: options.Output, state_dir: options.StateDir = None) -> None:
    """List the runs that this user's state folder remembers, newest first."""
    from contact_import import history
    from contact_import.console import pages
    from contact_import.state import State

    found = history.runs(State(state_dir))
    summaries = [history.summary(run) for run in found]
    if output.json:
        print_json([summary.as_json() for summary in summaries])
    else:
        screen_for(no_color=output.no_color).page(pages.runs(found, summaries))
