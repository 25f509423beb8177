"""`show`: what one run came to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from contact_import.commands import options
from contact_import.commands.printing import print_json, screen_for


def show(
    *,
    run: options.RunName,
    failures: Annotated[
        Path | None, typer.Option("--failures", metavar="PATH", help="Write its failures file again.")
    ] = None,
    output: options.Output,
    state_dir: options.StateDir = None,
) -> None:
    """Show what a run came to, as it said itself when it ended."""
    from contact_import import history
    from contact_import.console import pages
    from contact_import.state import State

    found = history.find(State(state_dir), run)
    summary = history.summary(found)
    if failures:
        history.copy_failures(found, summary, failures)
    if output.json:
        print_json(summary.as_json())
    else:
        screen_for(no_color=output.no_color).page(pages.run(found, summary))
