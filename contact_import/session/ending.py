"""The end of a run: reports in their places, and the summary of an account that adds up."""

from __future__ import annotations

import contextlib
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from contact_import import phones, target
from contact_import.errors import JournalProblem, StoppedRun
from contact_import.inputs import called
from contact_import.models import Outcome
from contact_import.summary import Summary, check, exit_code, status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from contact_import.account import Account
    from contact_import.intake import Work
    from contact_import.journal import Journal
    from contact_import.session.watcher import Watcher


@contextlib.contextmanager
def written(work: Work) -> Iterator[None]:
    """Leave no half of a report behind."""
    try:
        yield
    except BaseException:
        for report in work.reports:
            report.discard()
        raise


def promise(journal: Journal, sha256: str) -> None:
    """Keep that this run writes a report of that *sha256*; a journal that is broken forgets it."""
    with contextlib.suppress(JournalProblem):
        journal.note(wrote=[*(journal.fact("wrote") or []), sha256])


def finish(
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
    pass_on(work, screen)
    return paths, reason


def pass_on(work: Work, screen: Watcher) -> None:
    """Tell what the reports found in their places, once."""
    for report in work.reports:
        for remark in report.remarks:
            screen.warn(remark)
        report.remarks.clear()


def conclude(work: Work, account: Account, reason: StoppedRun | None, run: str, paths: list[Path | None]) -> Summary:
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
