"""Delivery: every pending row sent, journalled, and settled by its own answer; several requests at once.

The order is the one that survives a kill: journal the attempt, send, judge the answer, journal the outcome, and only
then tell the account, from which the screen and the reports read.

Each request is an attempt of its own. What it does not settle goes back to the stock: as it was, to be sent again, or
as two halves. So there is one loop, and one place where anybody waits.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contact_import import api
from contact_import.api import Kind, Step
from contact_import.batches import Stock
from contact_import.errors import InputProblem, StoppedRun, Unfinished
from contact_import.journal import HALVED
from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator, Sequence

    from contact_import.account import Account
    from contact_import.batches import Batch
    from contact_import.journal import Journal
    from contact_import.pipeline import Chunk
    from contact_import.stop import Stop
    from contact_import.tries import Post, Reply, Tries


@dataclass(slots=True)
class Limits:
    """How much goes into one request."""

    rows: int
    bytes: int
    """Lowered when the platform says 413."""


class Delivery:
    """Brings the pending rows of a stream of chunks to the platform. One for each session of a run."""

    def __init__(
        self, chunks: Iterator[Chunk], account: Account, journal: Journal, tries: Tries, limits: Limits, stop: Stop
    ) -> None:
        self._chunks = chunks
        self._account = account
        self._journal = journal
        self._tries = tries
        self._limits = limits
        self._stop = stop
        self._stock = Stock()
        self._turn = asyncio.Lock()
        self._ahead: asyncio.Task[Chunk | None] | None = None
        self._refused: list[tuple[int, Reply]] = []
        """Single rows that were refused before anything was accepted; their attempts are open."""

    async def run(self, posts: Sequence[Post]) -> None:
        """Send everything, with as many requests at once as there are *posts*; then end the rows that are left."""
        await asyncio.gather(*(self._watch(self._work(post)) for post in posts))
        await self._watch(self._end())
        await self._drain()

    async def _watch(self, work: Coroutine[None, None, None]) -> None:
        """Await *work*; what stops it stops the run, and the other workers finish what they are at."""
        try:
            await work
        except StoppedRun as reason:
            self._stop.because(reason)

    async def _work(self, post: Post) -> None:
        """Send one batch after the other. While the platform is on trial, nobody else sends."""
        while True:
            async with self._turn:
                batch = await self._next()
                if batch is None:
                    return
                if alone := self._tries.pace.on_trial:
                    await self._settle(batch, post)
            if not alone:
                await self._settle(batch, post)

    # Rows in

    async def _next(self) -> Batch | None:
        """Return the next batch when it may leave, None where there is none or the run is to end.

        A worker that leaves too early is no loss: who brings a batch back goes on with it.
        """
        while self._stock.fresh < self._limits.rows and not self._stop:
            chunk = await self._chunk()
            if chunk is None:
                break
            self._account.open(chunk)
            self._stock.add(chunk)
        if not self._stock or not await self._tries.turn():
            return None
        rows = min(self._limits.rows, self._tries.pace.room)
        return self._stock.take(rows, self._limits.bytes, self._account.accepted_now)

    async def _chunk(self) -> Chunk | None:
        """Return the next chunk; the one after it is then being read and prepared in a thread.

        A thread cannot be called off: who is no longer waited for leaves the chunk to whoever comes next.
        """
        self._ahead = self._ahead or self._read()
        chunk = await asyncio.shield(self._ahead)
        self._ahead = None if chunk is None else self._read()
        return chunk

    def _read(self) -> asyncio.Task[Chunk | None]:
        return asyncio.create_task(asyncio.to_thread(next, self._chunks, None))

    async def abandon(self) -> None:
        """End all rows as they are: what is under way is not waited for, and stays in doubt.

        Nor is a part of the list that is just being read: it is left out of the account.
        """
        if self._ahead is None or self._ahead.done():
            await self._drain()
            return
        self._account.give_up()
        self._account.is_cut_short = True

    async def _drain(self) -> None:
        """End the rows that nobody will send any more, so that the account has them all."""
        self._account.give_up()
        while (chunk := await self._rest()) is not None:
            with contextlib.suppress(InputProblem):  # the guard: too late to stop what has ended
                self._account.open(chunk)
            self._account.give_up()

    async def _rest(self) -> Chunk | None:
        """Return the next chunk of those that nobody will send, None where there is none, or none can be read."""
        try:
            return await self._chunk()
        except InputProblem:  # the run has ended already, for this reason or another
            self._account.is_cut_short = True
            return None

    # Rows out

    async def _settle(self, batch: Batch, post: Post) -> None:
        """Send *batch* once, and do what its answer asks for."""
        attempt = await self._journal.attempt(batch.positions.tolist(), batch.phones.tolist())
        reply = await self._tries.ask(batch, post, last=not self._stock)
        match reply.step:
            case Step.ACCEPT:
                await self._journal.outcome(attempt, Outcome.ACCEPTED, "", reply.requests)
                self._account.settle(batch.positions, Outcome.ACCEPTED)
                await self._let_go()
            case Step.HALVE:
                is_refused = reply.verdict.kind not in {Kind.BROKEN, Kind.TOO_LARGE}
                await self._close(attempt, reply, HALVED if is_refused else Outcome.NOT_SENT)
                self._halve(reply)
            case Step.REJECT:
                await self._refuse(attempt, reply)
            case Step.AGAIN:
                await self._close(attempt, reply)
                self._put_back(reply)
            case Step.LEAVE:
                await self._close(attempt, reply)
                self._account.leave(batch.positions)
            case Step.STOP:
                self._stop.because(api.stopped_by(reply.verdict, reply.answer))  # first: nobody is to send after it
                await self._close(attempt, reply)

    async def _close(self, attempt: int, reply: Reply, outcome: str = Outcome.NOT_SENT) -> None:
        """Journal an attempt that settles no row: *outcome*, or "unconfirmed" where a row of it may be stored."""
        kept = Outcome.UNCONFIRMED if reply.maybe_stored else outcome
        await self._journal.outcome(attempt, kept, reply.verdict.reason, reply.requests)

    def _put_back(self, reply: Reply) -> None:
        """Let a batch be sent again, before all others; a row under suspicion after them: they show who is at fault."""
        is_suspect = len(reply.batch) == 1 and reply.verdict.kind is Kind.BROKEN
        put = self._stock.put_behind if is_suspect else self._stock.put_back
        put(reply.batch)

    def _halve(self, reply: Reply) -> None:
        """Let both halves of a batch be sent."""
        batch = reply.batch
        match reply.verdict.kind:
            case Kind.BROKEN:
                self._stock.put_behind(*batch.suspects())
            case Kind.TOO_LARGE:
                self._limits.bytes = min(self._limits.bytes, batch.size // 2)
                self._stock.put_back(*batch.halves())
            case _:
                self._account.guard.answered(batch.positions)
                self._stock.put_back(*batch.halves())

    async def _refuse(self, attempt: int, reply: Reply) -> None:
        """Reject a single row. Before anything was accepted it waits: the refusal may not be about the row."""
        self._refused.append((attempt, reply))
        last = {reply.verdict.reason for _, reply in self._refused[-api.SYSTEMIC :]}
        if self._account.accepted_now:
            await self._let_go()
        elif len(self._refused) >= api.SYSTEMIC and len(last) == 1 and not self._account.guard.anything_goes:
            raise api.refuses_everything(reply.verdict)

    async def _let_go(self) -> None:
        """Reject the refused rows that waited."""
        while self._refused:
            attempt, reply = self._refused.pop()
            await self._journal.outcome(attempt, Outcome.REJECTED, api.refusal(reply.verdict), reply.requests)
            words = api.refusal_with_words(reply.verdict, reply.answer)
            self._account.settle(reply.batch.positions, Outcome.REJECTED, words)

    async def _end(self) -> None:
        """Decide about the rows that are left in between. A run that was stopped rejects nobody."""
        if not self._stop:
            await self._watch(self._let_go())  # the guard may stop it half way
        while self._refused:
            await self._close(*self._refused.pop())
        if kept := self._account.kept_back:
            self._stop.because(
                Unfinished(
                    f"{kept:,} rows may be stored, or not, and are not sent again: look whether they are there, "
                    "or add --resend-unconfirmed"
                )
            )
