"""One session of a run: from what the user asked for to the summary. Puts the rooms together; decides little."""

from __future__ import annotations

import asyncio
import contextlib
import math
import signal
import time
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from contact_import import api, phones, target
from contact_import.account import Account
from contact_import.delivery import Delivery, Limits
from contact_import.errors import InputProblem, Interrupted, JournalProblem, StoppedRun, Unreadable
from contact_import.inputs import called
from contact_import.journal import QUARANTINED
from contact_import.models import Outcome
from contact_import.pace import Pace
from contact_import.plan import plan
from contact_import.quarantine import PREFIX
from contact_import.sender import Sender, Target, server_time, tls
from contact_import.signals import heard, leave_at_once
from contact_import.stop import Stop
from contact_import.summary import Summary, check, exit_code, status
from contact_import.tries import Tries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from contact_import.intake import Job, Work
    from contact_import.journal import Journal
    from contact_import.pipeline import Chunk
    from contact_import.plan import Plan
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
        paths, end = _finish(work, screen, stop.reason, None)
        return _conclude(work, account, end, "", paths)


def send(work: Work, state: State, platform: Target, screen: Watcher) -> Summary:
    """Send what is to be sent, going on with an unfinished run of the same plan where there is one.

    Whoever calls holds the lock of the address. What stops it before its end names the run.
    """
    job = work.job
    if platform.proxy:
        screen.say(f"requests go through the proxy {platform.proxy}")
    told = plan(job.endpoint, work.sources, work.rules, job.wire, phones.DATA_VERSION)
    _warn_of_older(work, state, told, screen)
    run, journal = _journal(state, told, job, screen)
    try:
        with journal:
            summary = _sent(work, run, journal, state, platform, screen)
    except StoppedRun as reason:
        reason.run = run
        raise
    if summary.status == "finished":
        for report in work.reports:
            if path := report.remove_outdated(state.wrote):
                screen.say(f"{path}, of an earlier run, is removed: nothing is left to correct")
        _pass_on(work, screen)
    return summary


def _sent(work: Work, run: str, journal: Journal, state: State, platform: Target, screen: Watcher) -> Summary:
    """Do what is left to do of *run*; what it came to is kept in its *journal*."""
    job = work.job
    _warn_of_another_token(journal, platform, screen)
    journal.begin(status="started", token=journal.sign(platform.token.reveal()), **_facts(work))
    account = Account(work.rows, work.reports, journal.past(), job.max_reject, _resend_after(job))
    if before := int(account.settled.sum()):
        screen.say(f"going on with run {run}: {before:,} of {account.rows:,} rows are settled")
    if left := journal.quarantined():
        screen.warn(f"{left:,} rows are left alone: {QUARANTINED}")
    with _written(work), screen.follow(account):
        reason = asyncio.run(_deliver(work, account, journal, platform, screen))
        paths, reason = _finish(work, screen, reason, state.wrote, partial(_promise, journal))
        summary = _conclude(work, account, reason, run, paths)
    return _remember(journal, summary, work)


def _journal(state: State, told: Plan, job: Job, screen: Watcher) -> tuple[str, Journal]:
    """Return the name and the journal of the run to go on with, or of a new one."""
    try:
        return state.journal(told, fresh=job.fresh)
    except Unreadable as problem:
        words = f"{problem}: what its run sent is not known any more"
        if not job.new_journal:
            raise Unreadable(f"{words}; --new-journal leaves it alone, and sends all rows again") from problem
        screen.warn(f"{words}, and all rows are sent again")
        return state.journal(told, fresh=job.fresh, anew=True)


def _warn_of_older(work: Work, state: State, told: Plan, screen: Watcher) -> None:
    """Tell of runs of the same files that were left unfinished, and that this one does not go on with."""
    files = {str(source.table.path.absolute()): source.table.sha256 for source in work.sources}
    adopted = {marks.run for marks in work.rules.adopted}
    for left in state.left_unfinished(told, files):
        if left.run in adopted:
            continue
        name, rows = Path(left.file).name, f"{left.accepted:,} rows accepted, {left.in_doubt:,} unconfirmed"
        if left.is_changed:
            screen.warn(
                f"run {left.run} of an earlier content of {name} was left unfinished: {rows}; those still in "
                f"it are sent again, --adopt {left.run} leaves the accepted ones out"
            )
        else:
            screen.warn(
                f"run {left.run} of {name} with other options was left unfinished: {rows}; this run sends them again, "
                "the same options as then would go on with it"
            )


def _warn_of_another_token(journal: Journal, platform: Target, screen: Watcher) -> None:
    """Tell where what is accepted already went to whom another token belongs."""
    before = journal.fact("token")
    if before is not None and before != journal.sign(platform.token.reveal()):
        screen.warn(
            "the token is another one than this run began with: if it belongs to another account, what is settled "
            "already is not there; add --fresh then"
        )


def _facts(work: Work) -> dict[str, object]:
    """Return what commands that come later want to know of a run."""
    rows = [
        count if source.taken is None else len(source.taken)
        for source, count in zip(work.sources, work.survey.wanted, strict=True)
    ]
    return {
        "files": [
            {"path": called(source.table.path.absolute()), "sha256": source.table.sha256, "rows": count}
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
        posts = [_Timed(sender, journal, job.wire.successes) for sender in senders]
        with heard(_ender(stop)):
            try:
                await delivery.run(posts)
            except asyncio.CancelledError:
                if not stop.is_out_of_grace:  # the second signal
                    raise stop.reason or Interrupted(signal.SIGINT) from None
                await delivery.abandon()
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
    """A sender by whose successes the journal learns how far the platform's clock is ahead of ours, in seconds.

    Only by those: what else answers, a proxy or a page to log in, goes by a clock of its own.
    """

    sender: Sender
    journal: Journal
    successes: Sequence[api.Shape]

    async def post(self, content: bytes) -> api.Answer | api.NoAnswer:
        answer = await self.sender.post(content)
        if isinstance(answer, api.Answer) and (theirs := server_time(answer)) is not None:
            ahead = theirs - time.time()
            if self.journal.tells(ahead) and self._is_success(content, answer):
                await self.journal.compared(ahead)
        return answer

    def _is_success(self, content: bytes, answer: api.Answer) -> bool:
        return api.judge(answer, len(api.parse(content)), self.successes).kind is api.Kind.ACCEPTED


def _ender(stop: Stop) -> Callable[[int], None]:
    """Return what lets the first signal end the run when what is under way has ended, and the second one at once."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def out_of_grace() -> None:
        stop.is_out_of_grace = True
        if task is not None:
            task.cancel()

    def heed(number: int) -> None:
        if task is not None and isinstance(stop.reason, Interrupted):
            stop.is_out_of_grace = False
            task.cancel()
            leave_at_once(number)
            return
        stop.because(Interrupted(number))
        loop.call_later(api.GRACE, out_of_grace)

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


def _promise(journal: Journal, sha256: str) -> None:
    """Keep that this run writes a report of that *sha256*; a journal that is broken forgets it."""
    with contextlib.suppress(JournalProblem):
        journal.note(wrote=[*(journal.fact("wrote") or []), sha256])


def _finish(
    work: Work,
    screen: Watcher,
    reason: StoppedRun | None,
    is_known: Callable[[str], bool] | None,
    promise: Callable[[str], None] = lambda _: None,
) -> tuple[list[Path | None], StoppedRun | None]:
    """Put the reports into their places; return where they are, and what stopped the run or a report.

    *is_known* tells of a SHA-256 whether a run wrote that report, None in a dry run; *promise* keeps it of this one.
    """
    paths: list[Path | None] = []
    for report in work.reports:
        try:
            paths.append(report.finish(is_known, promise))
        except JournalProblem as problem:
            paths.append(None)
            if reason:
                screen.warn(str(problem))
            reason = reason or problem
    _pass_on(work, screen)
    return paths, reason


def _pass_on(work: Work, screen: Watcher) -> None:
    """Tell what the reports found in their places, once."""
    for report in work.reports:
        for remark in report.remarks:
            screen.warn(remark)
        report.remarks.clear()


def _conclude(work: Work, account: Account, reason: StoppedRun | None, run: str, paths: list[Path | None]) -> Summary:
    """Return the summary of an account that adds up, with the *paths* of the reports; AccountProblem for another."""
    account.check()
    totals, code = account.totals, exit_code(account, reason)
    outcomes = {outcome.value: totals.outcomes[outcome.value] for outcome in Outcome}
    summary = Summary(
        run=run,
        status=status(code, reason),
        exit_code=code,
        dry_run=work.job.dry_run,
        files=[called(path) for path in work.job.files],
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
