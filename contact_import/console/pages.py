"""What the commands about past runs and about this machine print on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from contact_import.console.stream import show
from contact_import.console.tables import counts, heading, outcome_table
from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from contact_import.doctor import Check
    from contact_import.history import Run
    from contact_import.summary import Summary

STATUS_COLOURS = {"finished": "green", "abandoned": "dim", "undone": "dim"}
STATE_SIGNS = {"ok": ("✓", "green"), "look": ("!", "yellow"), "bad": ("✗", "red"), "off": ("–", "dim")}


def runs(found: Sequence[Run], summaries: Sequence[Summary]) -> RenderableType:
    """Return the runs as a table."""
    if not found:
        return Text("no runs yet")
    return Group(*(_line(run, summary) for run, summary in zip(found, summaries, strict=True)))


def _line(run: Run, summary: Summary) -> Text:
    """Return a run as one line, however long: its name is there to be copied."""
    files = ", ".join(file.rpartition("/")[2] for file in summary.files)
    known = f"{counts(_outcomes(summary)) or 'nothing read'}  {files} → {run.endpoint}"
    return Text.assemble(
        (run.name, "bold"),
        f"  {run.started.astimezone():%Y-%m-%d %H:%M}  ",
        (f"{run.status:<11}", STATUS_COLOURS.get(run.status, "yellow")),
        show(f"  {known if run.facts else _LOST}"),
    )


def _outcomes(summary: Summary) -> dict[str, int]:
    return {outcome.value: count for outcome in Outcome if (count := getattr(summary, outcome.value))}


_OPEN = "it was left unfinished: the command that began it goes on with it"
_LOST = "its journal cannot be read: what it sent is not known any more"


def run(found: Run, summary: Summary) -> RenderableType:
    """Return what a run came to."""
    parts: list[RenderableType] = [show(f"run {found.name}, {found.status}")]
    if not found.facts:
        return Group(*parts, Text.assemble(("→ ", "bold"), _LOST))
    parts += [heading(summary), outcome_table(summary)]
    parts += [
        Text.assemble((f"  {title.replace('_', ' ')}: ", "bold"), show(counts(found_counts)))
        for title in ("reasons", "warnings", "countries", "left_out")
        if (found_counts := getattr(summary, title))
    ]
    if summary.failures_file:
        parts.append(show(f"  the rows to correct went to {summary.failures_file}"))
    if summary.error:
        parts.append(Text.assemble(("→ ", "bold"), show(summary.error)))
    if not found.is_closed:
        parts.append(Text.assemble(("→ ", "bold"), _OPEN))
    return Group(*parts)


def doctor(checks: Sequence[Check]) -> RenderableType:
    """Return what was looked at, a line each."""
    width = max(len(check.name) for check in checks)
    return Group(
        *(
            Text.assemble(STATE_SIGNS[check.state], "  ", (check.name.ljust(width), "bold"), "  ", show(check.words))
            for check in checks
        )
    )
