"""One session of a run: from what the user asked for to the summary. Puts the rooms together; decides little."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from contact_import import api, mapping, mapping_file, phones, pipeline, schema, target
from contact_import.account import Account
from contact_import.delivery import Delivery, Limits
from contact_import.errors import InputProblem, Interrupted, StoppedRun
from contact_import.models import Outcome
from contact_import.pace import Pace, Patience
from contact_import.pipeline import Source
from contact_import.plan import plan
from contact_import.prepare import Rules
from contact_import.readers import ReadOptions, open_table
from contact_import.report import Failures, Outcomes
from contact_import.sender import Sender, Target, tls
from contact_import.stop import SIGNALS, Stop
from contact_import.summary import Summary, check, exit_code, status
from contact_import.tries import Tries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from contact_import.journal import Journal
    from contact_import.state import State


class Watcher(Protocol):
    """Whoever follows a run: the screen."""

    def say(self, text: str) -> None:
        """Take in what anybody who looks on should know."""

    def detail(self, text: str) -> None:
        """Take in what only the curious want to know."""

    def follow(self, account: Account) -> AbstractContextManager[None]:
        """Look at *account* while the block runs."""


GRACE = 30.0
"""Seconds that requests under way get to end in after a signal."""


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
    limits: tuple[int, int] = (100, 90_000)
    """Rows and bytes a request at most."""
    concurrency: int = 4
    patience: Patience = field(default_factory=Patience)
    dry_run: bool = False
    fresh: bool = False
    max_reject: float | None = None
    expect_rows: int | None = None
    failures: Path | None = None
    outcomes: Path | None = None
    save_mapping: Path | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A job whose files are open and understood; nothing was sent yet."""

    began: float
    """When, in seconds of the monotonic clock."""
    job: Job
    sources: tuple[Source, ...]
    survey: pipeline.Survey
    rules: Rules
    reports: tuple[Failures | Outcomes, ...] = ()
    """The failures file first, where there are any."""

    def chunks(self, account: Account, stop: Stop) -> Iterator[pipeline.Chunk]:
        """Return the stream of this job's rows."""
        return pipeline.chunks(
            self.sources,
            self.rules,
            self.job.wire,
            max_bytes=self.job.limits[1],
            settled=account.settled,
            stopped=lambda: bool(stop),
        )


def understand(job: Job, tell: Callable[[str], None] = lambda _: None) -> Work:
    """Open the files, choose what their columns mean, read them once. Raises InputProblem where that cannot be done."""
    began, sources = time.monotonic(), []
    for path in job.files:
        table = open_table(path, job.reading, is_header=schema.is_header)
        sample = next(table.frames(1000), None)
        cells = pd.DataFrame(columns=range(len(table.layout.headers))) if sample is None else sample.cells
        try:
            columns = mapping.choose(table.layout.headers, cells, given=job.given, attributes=job.attributes)
        except InputProblem as problem:
            raise InputProblem(f"{path.name}: {problem}") from None
        for column in columns.columns:
            fate = column.field or "not sent"
            tell(f"{path.name}: {column.header or f'column {column.index + 1}'} → {fate} ({column.reason})")
        sources.append(Source(table, columns))
    if job.save_mapping:
        mapping_file.save_mapping(job.save_mapping, sources[0].mapping)
    survey = pipeline.survey(sources, job.region)
    if job.expect_rows is not None and survey.rows < job.expect_rows:
        raise InputProblem(
            f"{survey.rows} rows, where --expect-rows wants {job.expect_rows} at least; nothing was sent"
        )
    rules = Rules(
        region=job.region,
        evidence=survey.evidence,
        strict=job.strict,
        tags=job.tags,
        attributes=tuple(job.attributes),
    )
    return Work(began, job, tuple(sources), survey, rules)


def with_reports(work: Work) -> Work:
    """Return *work* with the files it is to leave; UsageProblem where one of them is in the way."""
    job = work.job
    reports: list[Failures | Outcomes] = [
        Failures(job.failures or Path(f"{job.files[0].stem}-failures.csv"), work.sources)
    ]
    if job.outcomes:
        reports.append(Outcomes(job.outcomes, work.sources))
    return replace(work, reports=tuple(reports))


def rehearse(work: Work, screen: Watcher) -> Summary:
    """Do all of it but the sending: no connection, no journal, the same account."""
    stop = Stop()
    account = Account(work.survey.rows, work.reports, max_reject=work.job.max_reject)
    with _written(work), screen.follow(account):
        for chunk in work.chunks(account, stop):
            try:
                account.open(chunk)
            except InputProblem as reason:
                stop.because(reason)
            account.settle(chunk.pending, Outcome.READY)
        return _conclude(work, account, stop.reason, "")


def send(work: Work, state: State, platform: Target, screen: Watcher) -> Summary:
    """Send what is to be sent, going on with an unfinished run of the same plan where there is one."""
    job = work.job
    told = plan(job.endpoint, work.sources, work.rules, job.wire, phones.DATA_VERSION)
    with state.lock(job.endpoint):
        run, journal = state.journal(told, fresh=job.fresh)
        with journal:
            account = Account(work.survey.rows, work.reports, journal.past(), job.max_reject)
            if before := int(account.settled.sum()):
                screen.say(f"going on with run {run}: {before:,} of {account.rows:,} rows are settled")
            with _written(work), screen.follow(account):
                reason = asyncio.run(_deliver(work, account, journal, platform, screen))
                summary = _conclude(work, account, reason, run)
            journal.note(status=summary.status, summary=summary.as_json())
    return summary


async def _deliver(
    work: Work, account: Account, journal: Journal, platform: Target, screen: Watcher
) -> StoppedRun | None:
    """Run the delivery; return what stopped it before its end, None where nothing did."""
    stop, job = Stop(), work.job
    tries = Tries(account, Pace(job.patience), stop, screen.detail)
    delivery = Delivery(work.chunks(account, stop), account, journal, tries, Limits(*job.limits), stop)
    async with contextlib.AsyncExitStack() as stack:
        trust = tls()
        posts = [await stack.enter_async_context(Sender(platform, trust)) for _ in range(job.concurrency)]
        with _signals(stop):
            try:
                await delivery.run(posts)
            except asyncio.CancelledError:  # the second signal, or the end of the grace
                raise stop.reason or Interrupted(signal.SIGINT) from None
    return stop.reason


@contextlib.contextmanager
def _signals(stop: Stop) -> Iterator[None]:
    """Let the first signal end the run when what is under way has ended, and the second one at once."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def heed(number: int) -> None:
        if task is not None and stop:
            task.cancel()
            return
        stop.because(Interrupted(number))
        if task is not None:
            loop.call_later(GRACE, task.cancel)

    with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows; not the main thread
        for number in SIGNALS:
            loop.add_signal_handler(number, heed, number)
    try:
        yield
    finally:
        for number, handler in before.items():
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.remove_signal_handler(number)
                signal.signal(number, handler)


@contextlib.contextmanager
def _written(work: Work) -> Iterator[None]:
    """Leave no half of a report behind."""
    try:
        yield
    except BaseException:
        for report in work.reports:
            report.discard()
        raise


def _conclude(work: Work, account: Account, reason: StoppedRun | None, run: str) -> Summary:
    """Write the reports, and return the summary of an account that adds up; AccountProblem where it does not."""
    paths = [report.finish() for report in work.reports]
    account.check(cut_short=isinstance(reason, InputProblem))
    totals, code = account.totals, exit_code(account, reason)
    outcomes = {outcome.value: totals.outcomes[outcome.value] for outcome in Outcome}
    summary = Summary(
        run=run,
        status=status(code, reason),
        exit_code=code,
        dry_run=work.job.dry_run,
        files=[str(path) for path in work.job.files],
        endpoint=target.resource(work.job.endpoint),
        read=account.read,
        reasons=dict(totals.reasons),
        warnings=dict(totals.warnings),
        countries=dict(totals.countries),
        levels=dict(totals.levels),
        rules={name: asdict(rule) for name, rule in totals.rules.items()},
        phone_engine=phones.engine_status(),
        requests=account.requests,
        resent_rows=account.resent_rows,
        seconds=round(time.monotonic() - work.began, 3),
        failures_file=str(paths[0]) if paths and paths[0] else None,
        report=None,
        phone_data=phones.DATA_VERSION,
        error=str(reason) if reason else None,
        **outcomes,
    )
    check(summary)
    return summary
