"""One session of a run: from what the user asked for to the summary. Puts the rooms together; decides little."""

from __future__ import annotations

import asyncio
import math
import time
from functools import partial
from typing import TYPE_CHECKING

from contact_import import api, phones
from contact_import.account import Account
from contact_import.errors import InputProblem, StoppedRun
from contact_import.journal import QUARANTINED
from contact_import.models import Outcome
from contact_import.plan import plan
from contact_import.session.earlier import journal_of, warn_of_another_token, warn_of_older
from contact_import.session.ending import conclude, finish, pass_on, promise, written
from contact_import.session.kept import facts, remember
from contact_import.session.sending import deliver
from contact_import.session.watcher import Watcher, watched
from contact_import.stop import Stop

if TYPE_CHECKING:
    from contact_import.intake import Job, Work
    from contact_import.journal import Journal
    from contact_import.sender import Target
    from contact_import.state import State
    from contact_import.summary import Summary

__all__ = ["Watcher", "rehearse", "send"]


def rehearse(work: Work, screen: Watcher) -> Summary:
    """Do all of it but the sending: no connection, no journal, the same account."""
    stop = Stop()
    account = Account(work.rows, work.reports, max_reject=work.job.max_reject)
    with written(work), screen.follow(account):
        for chunk in watched(work.chunks(account, stop), screen):
            try:
                account.open(chunk)
            except InputProblem as reason:
                stop.because(reason)
            account.settle(chunk.pending, Outcome.READY)
        paths, end = finish(work, screen, stop.reason, None)
        return conclude(work, account, end, "", paths)


def send(work: Work, state: State, platform: Target, screen: Watcher) -> Summary:
    """Send what is to be sent, going on with an unfinished run of the same plan where there is one.

    Whoever calls holds the lock of the address. What stops it before its end names the run.
    """
    job = work.job
    if platform.proxy:
        screen.say(f"requests go through the proxy {platform.proxy}")
    told = plan(job.endpoint, work.sources, work.rules, job.wire, phones.DATA_VERSION)
    warn_of_older(work, state, told, screen)
    run, journal = journal_of(state, told, job, screen)
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
        pass_on(work, screen)
    return summary


def _sent(work: Work, run: str, journal: Journal, state: State, platform: Target, screen: Watcher) -> Summary:
    """Do what is left to do of *run*; what it came to is kept in its *journal*."""
    job = work.job
    warn_of_another_token(journal, platform, screen)
    journal.begin(status="started", token=journal.sign(platform.token.reveal()), **facts(work))
    account = Account(work.rows, work.reports, journal.past(), job.max_reject, _resend_after(job))
    if before := int(account.settled.sum()):
        screen.say(f"going on with run {run}: {before:,} of {account.rows:,} rows are settled")
    if left := journal.quarantined():
        screen.warn(f"{left:,} rows are left alone: {QUARANTINED}")
    with written(work), screen.follow(account):
        reason = asyncio.run(deliver(work, account, journal, platform, screen))
        paths, reason = finish(work, screen, reason, state.wrote, partial(promise, journal))
        summary = conclude(work, account, reason, run, paths)
    return remember(journal, summary, work)


def _resend_after(job: Job) -> float:
    """Return since when a row may be in doubt and is sent again all the same, in seconds since 1970."""
    if job.hold_unconfirmed:
        return math.inf
    return -math.inf if job.resend_unconfirmed else time.time() - api.RESEND_WINDOW
