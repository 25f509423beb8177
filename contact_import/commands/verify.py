"""`verify`: whether what a run had confirmed is in the platform's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from contact_import.commands import options, remote
from contact_import.commands.printing import print_json, screen_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contact_import.console import Screen
    from contact_import.history import Run
    from contact_import.journal import Places
    from contact_import.readback import Verified

    Row = tuple[str, str, int | str]
    """Symbol, file, row number; "?" for what an old journal did not keep."""


def verify(
    *,
    run: options.RunName,
    sample: Annotated[
        int | None, typer.Option("--sample", metavar="N", min=1, help="Only so many rows, spread over the run.")
    ] = None,
    wait: options.Wait = 0.0,
    base_url: options.BaseUrlOfRun = None,
    access: options.Access,
    json: options.Json = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    state_dir: options.StateDir = None,
) -> None:
    """Compare the rows that the platform confirmed with its list of contacts.

    One line a row on standard output: = there, - accepted but not in the list, ! not to be compared. Exit code 0: all
    are there; 3: some are not, or could not be compared. Nobody has tried this against a live platform from here.
    """
    from contact_import import history, readback
    from contact_import.journal import Journal
    from contact_import.state import State

    state, screen = State(state_dir), screen_for(quiet=quiet, no_color=no_color, verbose=True)
    found = history.find(state, run)
    with Journal(found.path) as journal:
        sent, places = readback.Sent.of(journal), journal.places()
    with remote.reached(state, found, remote.way(access), base_url) as target:
        seen = readback.asked(
            target, lambda inbox: readback.verify(inbox, sent, sample=sample, wait=wait, tell=screen.say)
        )
    rows = list(_rows(seen, found, places))
    if json:
        print_json(_json(seen, found, rows))
    else:
        _tell(seen, rows, screen, waited=bool(wait))
    raise typer.Exit(3 if seen.missing or seen.unknown else 0)


def _rows(seen: Verified, run: Run, places: Places) -> Iterator[Row]:
    """Yield the rows that were looked for."""
    files = [file.rpartition("/")[2] for file in run.files]
    for sign, position in seen.symbols():
        place = places.at(position)
        file, row = place or (0, "?")
        yield sign, files[file] if file < len(files) else "?", row


def _tell(seen: Verified, rows: list[Row], screen: Screen, *, waited: bool) -> None:
    from contact_import.console import print_data, show

    print_data("\n".join(show(f"{sign} {file}:{row}").plain for sign, file, row in rows))
    screen.say(_words(seen))
    if seen.missing and not waited:
        screen.say("new contacts may show up 15 minutes late: --wait 900 waits for them")


def _words(seen: Verified) -> str:
    there, missing, unknown = map(len, (seen.there, seen.missing, seen.unknown))
    return (
        f"{there + missing + unknown:,} accepted rows looked for: {there:,} are there, "
        f"{missing:,} are not in the list, {unknown:,} could not be compared"
    )


def _json(seen: Verified, run: Run, rows: list[Row]) -> dict[str, object]:
    counts = {"there": len(seen.there), "missing": len(seen.missing), "not_compared": len(seen.unknown)}
    left = [{"symbol": sign, "file": file, "row": row} for sign, file, row in rows if sign != "="]
    return {"run": run.name, "endpoint": run.endpoint, "checked": sum(counts.values()), **counts, "rows": left}
