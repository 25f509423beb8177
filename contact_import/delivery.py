"""Delivery: every pending row sent, journalled, and settled by its own answer; several requests at once.

The order is the one that survives a kill: journal the attempt, send, judge the answer, journal the outcome, and only
then tell the account, from which the screen and the reports read.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contact_import import api
from contact_import.api import Kind
from contact_import.batches import Stock
from contact_import.errors import InputProblem, NotTheApi, StoppedRun, TokenRefused
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

    rows: int = 100
    bytes: int = 90_000
    """Lowered when the platform says 413."""


@dataclass(frozen=True, slots=True)
class _Refused:
    """A single row that was refused; its attempt is still open."""

    attempt: int
    batch: Batch
    reply: Reply


REFUSALS = {
    Kind.REFUSED: "api-refused: the platform refused this contact",
    Kind.TOO_LARGE: "api-too-large: the platform takes no request of this contact's size",
}


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
        self._lock = asyncio.Lock()
        self._ahead: asyncio.Task[Chunk | None] | None = None
        self._refused: list[_Refused] = []
        self._aside: list[tuple[Batch, int]] = []
        """Batches that failed again and again, and how many rows were accepted by then: each gets a second turn."""
        self._proven = account.ever_accepted
        """Something was accepted: this is the API, and it takes contacts from us."""

    async def run(self, posts: Sequence[Post]) -> None:
        """Send everything, with as many requests at once as there are *posts*; then end the rows that are left."""
        await self._watch(self._canary(posts[0]))
        await asyncio.gather(*(self._watch(self._work(post)) for post in posts))
        await self._watch(self._let_go())
        await self._drain()

    async def _watch(self, work: Coroutine[None, None, None]) -> None:
        """Await *work*; what stops it stops the run, and the other workers finish what they are at."""
        try:
            await work
        except StoppedRun as reason:
            self._stop.because(reason)

    async def _canary(self, post: Post) -> None:
        """Send one contact, then ten: what is wrong with everything shows before a hundred are under way."""
        for rows in api.CANARY:
            while batch := await self._next(min(rows, self._limits.rows)):
                before = self._account.accepted_now
                await self._settle(batch, post)
                if self._account.accepted_now > before:
                    break

    async def _work(self, post: Post) -> None:
        while batch := self._second_turn() or await self._next(self._limits.rows) or self._second_turn(last=True):
            await self._settle(batch, post)

    def _second_turn(self, *, last: bool = False) -> Batch | None:
        """Return a batch that was set aside, once others got through since, or where it is the last thing to do."""
        if self._aside and not self._stop and (last or self._aside[0][1] < self._account.accepted_now):
            return self._aside.pop(0)[0]
        return None

    # Rows in

    async def _next(self, rows: int) -> Batch | None:
        """Return the next batch, None where there is none or the run is to end."""
        async with self._lock:
            while len(self._stock) < rows and not self._stop:
                chunk = await self._chunk()
                if chunk is None:
                    break
                self._account.open(chunk)
                self._stock.add(chunk)
            if self._stop or not len(self._stock):
                return None
            return self._stock.take(rows, self._limits.bytes)

    async def _chunk(self) -> Chunk | None:
        """Return the next chunk; the one after it is then being read and prepared in a thread."""
        chunk = await (self._ahead or self._read())
        self._ahead = None if chunk is None else self._read()
        return chunk

    def _read(self) -> asyncio.Task[Chunk | None]:
        return asyncio.create_task(asyncio.to_thread(next, self._chunks, None))

    async def _drain(self) -> None:
        """End the rows that nobody will send any more, so that the account has them all."""
        self._account.give_up()
        with contextlib.suppress(InputProblem):  # a file that cannot be read on: that is the reason to stop by now
            while (chunk := await self._chunk()) is not None:
                with contextlib.suppress(InputProblem):  # the guard: too late to stop what has ended
                    self._account.open(chunk)
                self._account.give_up()

    # Rows out

    async def _settle(self, batch: Batch, post: Post) -> None:
        """Send *batch* until each of its rows is settled, or cannot be now."""
        attempt = await self._journal.attempt(batch.positions.tolist(), batch.phones.tolist())
        reply = await self._tries.ask(batch, post, proven=self._proven)
        match reply.verdict.kind:
            case Kind.ACCEPTED:
                self._proven = True
                await self._journal.outcome(attempt, Outcome.ACCEPTED, "", reply.requests)
                self._account.settle(batch.positions, Outcome.ACCEPTED)
                await self._let_go()
            case Kind.REFUSED | Kind.TOO_LARGE if len(batch) > 1:
                await self._close(attempt, batch, reply, "halved")
                if reply.verdict.kind is Kind.TOO_LARGE:
                    self._limits.bytes = min(self._limits.bytes, batch.size // 2)
                for half in batch.halves():
                    if not self._stop:
                        await self._settle(half, post)
            case Kind.REFUSED | Kind.TOO_LARGE:
                await self._refuse(_Refused(attempt, batch, reply))
            case _:
                await self._close(attempt, batch, reply, Outcome.NOT_SENT)
                self._set_aside(batch, reply.verdict)

    def _set_aside(self, batch: Batch, verdict: api.Verdict) -> None:
        """Keep *batch* for a second turn where it may get through by then; end its rows where it may not."""
        if verdict.kind in {Kind.FAILED, Kind.STRANGE} and self._proven and not batch.second_turn:
            self._aside.append((replace(batch, second_turn=True), self._account.accepted_now))
            return
        self._account.leave(batch.positions)
        if verdict.kind is Kind.TOKEN:
            raise TokenRefused(
                f"the platform refused the token ({verdict.reason}); nothing is lost: "
                "give the current token and run the same command"
            )
        if verdict.kind is Kind.NOT_THE_API or (verdict.kind is Kind.STRANGE and not self._proven):
            raise NotTheApi(
                f"the address does not answer as the API does: {verdict.reason}; "
                "check --base-url, then run the same command"
            )

    async def _close(self, attempt: int, batch: Batch, reply: Reply, outcome: str) -> None:
        """Journal an attempt that settles no row: *outcome*, or "unconfirmed" where a row of it may be stored."""
        kept = Outcome.UNCONFIRMED if self._account.doubtful(batch.positions) else outcome
        await self._journal.outcome(attempt, kept, reply.verdict.reason, reply.requests)

    async def _refuse(self, refused: _Refused) -> None:
        """Reject a single row. Before anything was accepted it waits: the refusal may not be about the row."""
        self._refused.append(refused)
        if self._proven:
            await self._let_go()
        elif len(self._refused) >= api.SYSTEMIC:
            for row in self._refused:
                await self._close(row.attempt, row.batch, row.reply, Outcome.NOT_SENT)
            self._refused.clear()
            raise NotTheApi(
                f"the platform refused each of the first {api.SYSTEMIC} contacts ({refused.reply.verdict.reason}), so "
                "it is not about them: check the account, the address and the mapping, then run the same command"
            )

    async def _let_go(self) -> None:
        """Reject the refused rows that waited. What the far side wrote about them stays out of the journal."""
        while self._refused:
            row = self._refused.pop()
            reason = f"{REFUSALS[row.reply.verdict.kind]} ({row.reply.verdict.reason})"
            await self._journal.outcome(row.attempt, Outcome.REJECTED, reason, row.reply.requests)
            said = f"{reason}: {row.reply.words}" if row.reply.words else reason
            self._account.settle(row.batch.positions, Outcome.REJECTED, said)
