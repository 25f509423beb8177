"""One session of a run: from what the user asked for to the summary. Puts the rooms together; decides little."""

from __future__ import annotations

import asyncio
import contextlib
import math
import signal
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from contact_import import api, phones, target
from contact_import.account import Account
from contact_import.delivery import Delivery, Limits
from contact_import.errors import InputProblem, Interrupted, JournalProblem, StoppedRun
from contact_import.journal import QUARANTINED
from contact_import.models import Outcome
from contact_import.pace import Pace
from contact_import.plan import plan
from contact_import.quarantine import PREFIX
from contact_import.sender import Sender, Target, server_time, tls
from contact_import.signals import heard
from contact_import.stop import Stop
from contact_import.summary import Summary, check, exit_code, status
from contact_import.tries import Tries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from contact_import.intake import Job, Work
    from contact_import.journal import Journal
    from contact_import.pipeline import Chunk
    from contact_import.state import State


class Watcher(Protocol):
    """Whoever follows a run: the screen."""

    def say(self, text: str) -> None:
        """Take in what anybody who looks on should know."""

    def warn(self, text: str) -> None:
        """Take in what also those should know who do not look on."""

    def detail(self, text: str) -> None:
        """Take in what only the curious want to know."""

    def follow(self, account: Account) -> AbstractContextManager[None]:
        """Look at *account* while the block runs."""


def rehearse(work: Work, screen: Watcher) -> Summary:
    """Do all of it but the sending: no connection, no journal, the same account."""
    stop = Stop()
    account = Account(work.rows, work.reports, max_reject=work.job.max_reject)
    with _written(work), screen.follow(account):
        for chunk in _watched(work.chunks(account, stop), screen):
            try:
                account.open(chunk)
            except InputProblem as reason:
                stop.because(reason)
            account.settle(chunk.pending, Outcome.READY)
        return _conclude(work, account, stop.reason, "")


def send(work: Work, state: State, platform: Target, screen: Watcher) -> Summary:
    """Send what is to be sent, going on with an unfinished run of the same plan where there is one."""
    job = work.job
    if platform.proxy:
        screen.say(f"requests go through the proxy {platform.proxy}")
    told = plan(job.endpoint, work.sources, work.rules, job.wire, phones.DATA_VERSION)
    with state.lock(job.endpoint):
        _warn_of_older(work, state, screen)
        run, journal = state.journal(told, fresh=job.fresh)
        with journal:
            journal.note(status="started", **_facts(work))
            account = Account(work.rows, work.reports, journal.past(), job.max_reject, _resend_after(job))
            if before := int(account.settled.sum()):
                screen.say(f"going on with run {run}: {before:,} of {account.rows:,} rows are settled")
            if left := journal.quarantined():
                screen.warn(f"{left:,} rows are left alone: {QUARANTINED}")
            with _written(work), screen.follow(account):
                reason = asyncio.run(_deliver(work, account, journal, platform, screen))
                summary = _conclude(work, account, reason, run)
            summary = _remember(journal, summary, work)
    if summary.status == "finished":
        for path in filter(None, (report.remove_outdated() for report in work.reports)):
            screen.say(f"{path}, of an earlier run, is removed: nothing is left to correct")
    return summary


def _warn_of_older(work: Work, state: State, screen: Watcher) -> None:
    """Tell of runs that were left unfinished when one of the files had another content."""
    files = {str(source.table.path.absolute()): source.table.sha256 for source in work.sources}
    for run, file, rows in state.left_unfinished(work.job.endpoint, files):
        name = Path(file).name
        screen.warn(f"run {run} of an earlier content of {name} was left unfinished with {rows:,} rows unconfirmed")


def _facts(work: Work) -> dict[str, object]:
    """Return what commands that come later want to know of a run."""
    rows = [
        count if source.taken is None else len(source.taken)
        for source, count in zip(work.sources, work.survey.wanted, strict=True)
    ]
    return {
        "files": [
            {"path": str(source.table.path.absolute()), "sha256": source.table.sha256, "rows": count}
            for source, count in zip(work.sources, rows, strict=True)
        ],
        "reports": _reports(work),
        "wire": asdict(work.job.wire),
    }


def _reports(work: Work) -> list[dict[str, str]]:
    return [{"path": str(report.path.absolute()), "sha256": report.sha256} for report in work.reports]


def _remember(journal: Journal, summary: Summary, work: Work) -> Summary:
    """Keep *summary*, and return it; one that says so where it cannot be kept."""
    try:
        journal.note(status=summary.status, summary=summary.as_json(), reports=_reports(work))
    except JournalProblem as problem:
        error = summary.error or str(problem)
        return replace(summary, status="stopped", exit_code=problem.exit_code, error=error)
    return summary


def _resend_after(job: Job) -> float:
    """Return since when a row may be in doubt and is sent again all the same, in seconds since 1970."""
    if job.hold_unconfirmed:
        return math.inf
    return -math.inf if job.resend_unconfirmed else time.time() - api.RESEND_WINDOW


async def _deliver(
    work: Work, account: Account, journal: Journal, platform: Target, screen: Watcher
) -> StoppedRun | None:
    """Run the delivery; return what stopped it before its end, None where nothing did."""
    stop, job = Stop(), work.job
    tries = Tries(
        *(account, Pace(job.patience), stop, screen.detail), successes=job.wire.successes, hold=job.hold_unconfirmed
    )
    chunks = _placed(_watched(work.chunks(account, stop), screen), journal)
    delivery = Delivery(chunks, account, journal, tries, Limits(*job.limits), stop)
    workers = 1 if journal.is_failing else job.concurrency
    async with contextlib.AsyncExitStack() as stack:
        trust = tls(platform.ca_file)
        senders = [await stack.enter_async_context(Sender(platform, trust)) for _ in range(workers)]
        posts = [_Timed(sender, journal) for sender in senders]
        with heard(_ender(stop)):
            try:
                await delivery.run(posts)
            except asyncio.CancelledError:  # the second signal, or the end of the grace
                raise stop.reason or Interrupted(signal.SIGINT) from None
    return stop.reason


def _watched(chunks: Iterator[Chunk], screen: Watcher) -> Iterator[Chunk]:
    """Pass *chunks* on; *screen* hears of the rows that this program fails at."""
    for chunk in chunks:
        for row, reason in chunk.sheet.loc[chunk.sheet["reason"].str.startswith(PREFIX), ["row", "reason"]].to_numpy():
            screen.warn(f"row {row}: {reason}")
        yield chunk


def _placed(chunks: Iterator[Chunk], journal: Journal) -> Iterator[Chunk]:
    """Pass *chunks* on; the journal learns which row of which file is at which position."""
    for chunk in chunks:
        journal.place(chunk.start, chunk.file, chunk.frame.rows.tolist())
        yield chunk


@dataclass(frozen=True, slots=True)
class _Timed:
    """A sender by whose first answer the journal learns how far the platform's clock is ahead of ours, in seconds."""

    sender: Sender
    journal: Journal

    async def post(self, content: bytes) -> api.Answer | api.NoAnswer:
        answer = await self.sender.post(content)
        if isinstance(answer, api.Answer) and not self.journal.knows_clock and (theirs := server_time(answer)):
            await self.journal.keep(clock=theirs - time.time())
        return answer


def _ender(stop: Stop) -> Callable[[int], None]:
    """Return what lets the first signal end the run when what is under way has ended, and the second one at once."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def heed(number: int) -> None:
        if task is not None and stop:
            task.cancel()
            return
        stop.because(Interrupted(number))
        if task is not None:
            loop.call_later(api.GRACE, task.cancel)

    return heed


@contextlib.contextmanager
def _written(work: Work) -> Iterator[None]:
    """Leave no half of a report behind."""
    try:
        yield
    except BaseException:
        for report in work.reports:
            report.discard()
        raise


def _finish(work: Work) -> tuple[list[Path | None], StoppedRun | None]:
    """Put the reports into their places; return where they are, and why one is not."""
    paths: list[Path | None] = []
    problem: StoppedRun | None = None
    for report in work.reports:
        try:
            paths.append(report.finish())
        except JournalProblem as reason:
            report.discard()
            paths.append(None)
            problem = problem or reason
    return paths, problem


def _conclude(work: Work, account: Account, reason: StoppedRun | None, run: str) -> Summary:
    """Write the reports, and return the summary of an account that adds up; AccountProblem where it does not."""
    paths, problem = _finish(work)
    reason = reason or problem
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
        left_out=work.left_out,
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
