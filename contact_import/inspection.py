"""One look at a file: what it is, what each column feeds and why, what is wrong with the rows, what to do next."""

from __future__ import annotations

import shlex
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from contact_import.account import Account
from contact_import.intake import understand
from contact_import.models import Outcome
from contact_import.stop import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.account import Rule
    from contact_import.intake import Job
    from contact_import.models import Column, Layout


@dataclass(frozen=True, slots=True)
class FileView:
    """What one file turned out to be."""

    file: str
    layout: Layout
    columns: tuple[Column, ...]


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


def inspect(job: Job, words: Sequence[str], arguments: Sequence[str]) -> Inspection:
    """Look at the files of *job*, which the user called *words*; *arguments* is the command line, for the next one."""
    work = understand(job)
    account = Account(work.rows)
    for chunk in work.chunks(account, Stop()):
        account.open(chunk)
        account.settle(chunk.pending, Outcome.READY)
    totals = account.totals
    return Inspection(
        files=tuple(
            FileView(str(source.table.path), source.table.layout, source.mapping.columns) for source in work.sources
        ),
        rows=account.read,
        outcomes=dict(totals.outcomes),
        reasons=dict(totals.reasons),
        warnings=dict(totals.warnings),
        countries=dict(totals.countries),
        levels=dict(totals.levels),
        rules=totals.rules,
        next_command=_next(arguments, wants_country=bool(totals.reasons["phone-no-country"]) and not job.region),
    )


def _next(arguments: Sequence[str], *, wants_country: bool) -> str:
    kept = [word for word in arguments if word not in {"--json", "--no-color"}]
    return shlex.join(["contact-import", "upload", *kept, *(["--country", "CC"] if wants_country else []), "--dry-run"])
