"""One session of a run: from what the user asked for to the summary. Puts the rooms together; decides little."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Protocol

from contact_import import phones, target
from contact_import.account import Account
from contact_import.delivery import Delivery, Limits
from contact_import.errors import InputProblem, Interrupted, StoppedRun
from contact_import.models import Outcome
from contact_import.pace import Pace
from contact_import.plan import plan
from contact_import.sender import Sender, Target, tls
from contact_import.stop import SIGNALS, Stop
from contact_import.summary import Summary, check, exit_code, status
from contact_import.tries import Tries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from contact_import.intake import Work
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


def rehearse(work: Work, screen: Watcher) -> Summary:
    """Do all of it but the sending: no connection, no journal, the same account."""
    stop = Stop()
    account = Account(work.rows, work.reports, max_reject=work.job.max_reject)
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
            account = Account(work.rows, work.reports, journal.past(), job.max_reject)
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
