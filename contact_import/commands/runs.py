"""`runs`: what has run, newest first."""

from __future__ import annotations

from contact_import.commands import options


def runs(
    as_json: options.AsJson = False, no_color: options.NoColor = False, state_dir: options.StateDir = None
) -> None:
    """List the runs that this user's state folder remembers, newest first."""
    from contact_import import history
    from contact_import.console import pages
    from contact_import.state import State

    found = history.runs(State(state_dir))
    summaries = [history.summary(run) for run in found]
    if as_json:
        options.print_json([summary.as_json() for summary in summaries])
    else:
        options.screen_for(no_color=no_color).page(pages.runs(found, summaries))
