"""What the user asked for, and what the files are: opened, understood and read once, with nothing sent yet."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from contact_import import api, choice, mapping, mapping_file, overlooked, pipeline, schema
from contact_import.choice import Condition
from contact_import.errors import InputProblem, UsageProblem
from contact_import.mapping import given as named
from contact_import.optouts import read_lists
from contact_import.pace import Patience
from contact_import.pipeline import Source
from contact_import.prepare import Rules
from contact_import.readers import ReadOptions, open_table
from contact_import.readers.source import STANDARD_INPUT, name_of
from contact_import.report import Failures, Outcomes
from contact_import.suppression import NOBODY
from contact_import.survey import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from contact_import import models
    from contact_import.account import Account
    from contact_import.readers import Table
    from contact_import.stop import Stop

SAMPLE = 1000
"""Rows that the choice of the mapping looks at."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for, checked."""

    files: tuple[Path, ...]
    endpoint: str
    """The base URL, or a name for the sandbox: what the lock and the journal belong to."""
    reading: ReadOptions = field(default_factory=ReadOptions)
    given: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    """Field → column, from --map."""
    attributes: dict[str, str] = field(default_factory=dict)
    """Attribute key → column."""
    region: str | None = None
    strict: bool = False
    tags: tuple[str, ...] = ()
    wire: api.Wire = field(default_factory=api.Wire)
    proxy: str | None = None
    ca_file: Path | None = None
    """Certificates to trust, instead of the usual ones."""
    limits: tuple[int, int] = (100, 90_000)
    """Rows and bytes a request at most."""
    concurrency: int = 4
    patience: Patience = field(default_factory=Patience)
    dry_run: bool = False
    fresh: bool = False
    new_journal: bool = False
    """A new run is begun where the journal of the last one is damaged."""
    hold_unconfirmed: bool = False
    """What may be stored is not sent again."""
    resend_unconfirmed: bool = False
    """What may be stored is sent again, however long ago it was sent."""
    max_reject: float | None = None
    expect_rows: int | None = None
    failures: Path | None = None
    outcomes: Path | None = None
    save_mapping: Path | None = None
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Column → values; a row must say one of them to be wanted."""
    limit: int | None = None
    sample: int | None = None
    """Rows at most; from the beginning, or spread over all files."""
    consent: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Column → values; a row must say one of them to be sent."""
    suppress: tuple[Path, ...] = ()
    """Lists of whom nothing is sent to."""
    include_opted_out: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A job whose files are open and understood; nothing was sent yet."""

    began: float
    """When, in seconds of the monotonic clock."""
    job: Job
    sources: tuple[Source, ...]
    survey: Survey
    rules: Rules
    reports: tuple[Failures | Outcomes, ...] = ()
    """The failures file first, where there are any."""

    @property
    def rows(self) -> int:
        """Return how many rows are wanted: those that the account is about."""
        return sum(
            count if source.taken is None else len(source.taken)
            for source, count in zip(self.sources, self.survey.wanted, strict=True)
        )

    @property
    def left_out(self) -> dict[str, int]:
        """Return why rows of the files are not among those of the account → how many."""
        found = Counter({"not chosen": self.survey.rows - self.rows})
        for file in self.survey.left_out:
            found.update({why: rows.count for why, rows in file.items()})
        return {why: count for why, count in found.items() if count}

    def chunks(self, account: Account, stop: Stop | None = None) -> Iterator[pipeline.Chunk]:
        """Return the stream of this job's rows; once there is a reason to *stop*, they are only counted."""
        return pipeline.chunks(
            self.sources,
            self.rules,
            self.job.wire,
            max_bytes=self.job.limits[1],
            settled=account.settled,
            stopped=lambda: bool(stop),
        )


def _unheard(_: str) -> None:
    """Take in what nobody listens to."""


def understand(job: Job, tell: Callable[[str], None] = _unheard, warn: Callable[[str], None] = _unheard) -> Work:
    """Open the files, choose what their columns mean, read them once. Raises InputProblem where that cannot be done.

    *tell* hears what each column feeds, *warn* what nobody should miss.
    """
    began = time.monotonic()
    sources = [_open(path, job, tell, warn) for path in job.files]
    if job.save_mapping:
        mapping_file.save_mapping(job.save_mapping, sources[0].mapping)
    found = survey(sources, job.region)
    _check(found, job)
    for source, unseen in zip(sources, found.overlooked, strict=True):
        for words in overlooked.told(unseen, source.table.layout):
            warn(f"{name_of(source.table.path)}: {words}")
    rules = Rules(
        region=job.region,
        evidence=found.evidence,
        strict=job.strict,
        tags=job.tags,
        attributes=tuple(job.attributes),
        suppressed=read_lists(job.suppress, job.region, warn),
        refused=NOBODY if job.include_opted_out else found.refused,
        wrong=found.wrong,
        include_opted_out=job.include_opted_out,
    )
    return Work(began, job, tuple(_choose(sources, found, job)), found, rules)


def _check(found: Survey, job: Job) -> None:
    """Refuse files that have fewer rows than the user expects."""
    if job.expect_rows is not None and found.rows < job.expect_rows:
        raise InputProblem(f"{found.rows} rows, where --expect-rows wants {job.expect_rows} at least; nothing was sent")
    if job.where and found.rows and not sum(found.wanted):
        raise InputProblem("no row says what --where asks for; check the column and the value")


def _open(path: Path, job: Job, tell: Callable[[str], None], warn: Callable[[str], None]) -> Source:
    """Return the file at *path* with what its columns mean; *tell* hears of each column, *warn* what may be missed."""
    table = open_table(path, job.reading, is_header=schema.is_header, lists=len(job.files))
    headers, sample = table.layout.headers, _sample(table)
    try:
        columns = _mapping(headers, sample, job)
        where = _conditions(headers, "--where", job.where)
        consent = _conditions(headers, "--require-consent", job.consent)
    except InputProblem as problem:
        raise InputProblem(f"{name_of(path)}: {problem}") from None
    for column in columns.columns:
        fate = column.field or "not sent"
        tell(f"{path.name}: {column.header or f'column {column.index + 1}'} → {fate} ({column.reason})")
    asked = {condition.column for condition in (*where, *consent)}
    doubts = (said for at, said in columns.doubts.items() if at not in asked)
    for words in (*unread(table.layout), *columns.warnings, *doubts):
        warn(f"{name_of(path)}: {words}")
    return Source(table, columns, where=where, consent=consent)


def unread(layout: models.Layout) -> tuple[str, ...]:
    """Return what to say of the sheets of a workbook that are not the one that is read; nothing where there is none."""
    left = [title for title in layout.sheets if title != layout.sheet]
    noes = [title for title in left if mapping.says_no(title)]
    found = [f"only the sheet {layout.sheet} is read, and not {', '.join(left)}; --sheet names another"] if left else []
    if noes:
        found.append(
            f"the sheet {', '.join(noes)} may list people who want no messages; save it as a file of its own, "
            "and add --suppress FILE"
        )
    return tuple(found)


def choose_columns(path: Path, job: Job) -> tuple[tuple[str, ...], models.Mapping | None]:
    """Return the headers of the file at *path*, and what they mean; None where no column is known to hold phones."""
    table = open_table(path, job.reading, is_header=schema.is_header)
    headers = table.layout.headers
    try:
        return headers, _mapping(headers, _sample(table), job)
    except InputProblem:
        return headers, None


def _mapping(headers: tuple[str, ...], sample: pd.DataFrame, job: Job) -> models.Mapping:
    return mapping.choose(headers, sample, given=job.given, attributes=job.attributes, region=job.region)


def _sample(table: Table) -> pd.DataFrame:
    frame = next(table.frames(SAMPLE), None)
    return pd.DataFrame(columns=range(len(table.layout.headers))) if frame is None else frame.cells


def _conditions(headers: tuple[str, ...], option: str, given: Mapping[str, Sequence[str]]) -> tuple[Condition, ...]:
    """Return the conditions that *option* names: each column must say one of its values."""
    shown = named.names(headers)
    return tuple(
        Condition(named.find(shown, column, f"{option} {column}"), frozenset(map(choice.fold, values)))
        for column, values in given.items()
    )


def _choose(sources: Sequence[Source], survey: Survey, job: Job) -> Iterator[Source]:
    """Yield the *sources* with the rows that --limit and --sample leave of each."""
    total = sum(survey.wanted)
    taken = choice.spread(total, limit=job.limit, sample=job.sample)
    start = 0
    for source, count in zip(sources, survey.wanted, strict=True):
        if taken is None:
            yield source
        else:
            yield replace(source, taken=taken[(taken >= start) & (taken < start + count)] - start)
        start += count


def with_reports(work: Work) -> Work:
    """Return *work* with the files it is to leave; UsageProblem where one of them is in the way."""
    job = work.job
    first = job.files[0]
    stem = "stdin" if first.name == STANDARD_INPUT else first.stem
    failures = job.failures or Path(f"{stem}-failures.csv")
    written = [path.resolve() for path in (failures, job.outcomes) if path]
    if len(set(written)) < len(written):
        raise UsageProblem("--failures and --outcomes name the same file; name two")
    if taken := {path.resolve() for path in (*job.files, *job.suppress)}.intersection(written):
        raise UsageProblem(f"{taken.pop()} is a list that is read; name another file for the report")
    reports: list[Failures | Outcomes] = [Failures(failures, work.sources)]
    if job.outcomes:
        reports.append(Outcomes(job.outcomes, work.sources))
    return replace(work, reports=tuple(reports))
