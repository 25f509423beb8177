"""The delivery with its connections, until its end or a signal."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contact_import import api
from contact_import.delivery import Delivery, Limits
from contact_import.errors import Interrupted, StoppedRun
from contact_import.pace import Pace
from contact_import.sender import Sender, Target, server_time, tls
from contact_import.session.watcher import watched
from contact_import.signals import heard, leave_at_once
from contact_import.stop import Stop
from contact_import.tries import Tries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from contact_import.account import Account
    from contact_import.intake import Work
    from contact_import.journal import Journal
    from contact_import.pipeline import Chunk
    from contact_import.session.watcher import Watcher


async def deliver(
    work: Work, account: Account, journal: Journal, platform: Target, screen: Watcher
) -> StoppedRun | None:
    """Run the delivery; return what stopped it before its end, None where nothing did."""
    stop, job = Stop(), work.job
    tries = Tries(
        *(account, Pace(job.patience), stop, screen.detail), successes=job.wire.successes, hold=job.hold_unconfirmed
    )
    chunks = _placed(watched(work.chunks(account, stop), screen), journal)
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
