"""One look at a file: what it is, what each column feeds and why, what is wrong with the rows, what to do next."""

from __future__ import annotations

import shlex
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from contact_import.account import Account
from contact_import.intake import understand, unread
from contact_import.models import Outcome
from contact_import.overlooked import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.account import Rule
    from contact_import.intake import Job
    from contact_import.models import Column, Layout
    from contact_import.overlooked import Overlooked
    from contact_import.pipeline import Source
    from contact_import.survey import LeftOut


@dataclass(frozen=True, slots=True)
class FileView:
    """What one file turned out to be."""

    file: str
    source: str | None
    """The program or service it was exported from, where its headers tell."""
    layout: Layout
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    """What a person should know about lists from there, and about this one."""
    left_out: dict[str, LeftOut]
    """Why rows that are not blank are no contacts → these rows."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What `inspect` shows."""

    files: tuple[FileView, ...]
    rows: int
    outcomes: dict[str, int]
    """As a dry run would end them."""
    reasons: dict[str, int]
    warnings: dict[str, int]
    countries: dict[str, int]
    levels: dict[str, int]
    rules: dict[str, Rule]
    next_command: str

    def as_json(self) -> dict[str, Any]:
        """Return the fields as plain values; the field names are a promise."""
        return asdict(self)


def inspect(job: Job, arguments: Sequence[str]) -> Inspection:
    """Look at the files of *job*; *arguments* are the words of the command line, for the next command."""
    work = understand(job)
    account = Account(work.rows)
    for chunk in work.chunks(account):
        account.open(chunk)
        account.settle(chunk.pending, Outcome.READY)
    totals = account.totals
    return Inspection(
        files=tuple(map(_view, work.sources, work.survey.left_out, work.survey.overlooked)),
        rows=account.read,
        outcomes=dict(totals.outcomes),
        reasons=dict(totals.reasons),
        warnings=dict(totals.warnings),
        countries=dict(totals.countries),
        levels=dict(totals.levels),
        rules=totals.rules,
        next_command=_next(arguments, wants_country=bool(totals.reasons["phone-no-country"]) and not job.region),
    )


def _view(source: Source, left_out: dict[str, LeftOut], overlooked: Overlooked) -> FileView:
    mapping = source.mapping
    layout = source.table.layout
    doubts = (*mapping.warnings, *mapping.doubts.values(), *unread(layout), *told(overlooked, layout))
    return FileView(
        source.table.path.name, mapping.source, layout, mapping.columns, (*mapping.notes, *doubts), left_out
    )


def _next(arguments: Sequence[str], *, wants_country: bool) -> str:
    kept = [word for word in arguments if word not in {"--json", "--no-color"}]
    return shlex.join(["contact-import", "upload", *kept, *(["--country", "CC"] if wants_country else []), "--dry-run"])
