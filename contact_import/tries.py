"""One attempt: a request leaves when it may, and its answer is judged, told to the pace, and turned into a step."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from contact_import import api
from contact_import.api import Kind, Step
from contact_import.errors import StoppedRun

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contact_import.account import Account
    from contact_import.batches import Batch
    from contact_import.pace import Pace
    from contact_import.stop import Stop


class Post(Protocol):
    """One connection to the platform."""

    async def post(self, content: bytes) -> api.Answer | api.NoAnswer:
        """Post a request body and return what came back."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of an attempt."""

    step: Step
    batch: Batch
    """As it is after the attempt."""
    verdict: api.Verdict
    requests: int = 0
    maybe_stored: bool = False
    """Rows of it may be stored although no answer says so."""
    answer: api.Answer | api.NoAnswer | None = None


class Tries:
    """Posts batches for a session, all at the one pace."""

    def __init__(
        self,
        account: Account,
        pace: Pace,
        stop: Stop,
        tell: Callable[[str], None],
        *,
        successes: Sequence[api.Shape] = (),
        hold: bool = False,
    ) -> None:
        """*successes* count beside the documented ones; with *hold*, what may be stored is not sent again."""
        self._account = account
        self._stop = stop
        self._tell = tell
        self._successes = successes
        self._hold = hold
        self.pace = pace

    async def turn(self) -> bool:
        """Wait until a request may leave; False where the run is to end."""
        try:
            while not self._stop and (seconds := self.pace.wait()):
                await self._stop.within(seconds)
        except StoppedRun as reason:
            self._stop.because(reason)
        return not self._stop

    async def ask(self, batch: Batch, post: Post, *, last: bool) -> Reply:
        """Post *batch*, and tell what is next. Nothing is posted where somebody else has met trouble meanwhile.

        *last*: there is nothing else to send.
        """
        reply = Reply(Step.AGAIN, batch, api.Verdict(Kind.AWAY, "not sent"))
        if self._stop or self.pace.paused:
            return reply
        left = self.pace.now()
        reply = await self._post(reply, post)
        if getattr(reply.answer, "stale", False) and not self._hold and not self._stop:
            reply = await self._post(reply, post)  # at once: a closed connection says nothing about the platform
        reply = self._weigh(reply, last=last)
        if api.is_trouble(reply.verdict, reply.step, reply.batch.history):
            self._slow_down(reply.verdict, left)
        else:
            blamed = reply.batch.history.broken if reply.step is Step.REJECT else 0
            self.pace.well(accepted=reply.step is Step.ACCEPT, blamed=blamed)
        return reply

    async def _post(self, reply: Reply, post: Post) -> Reply:
        """Make one request with the batch of *reply*, and judge the answer."""
        positions = reply.batch.positions
        before = self._account.sending(positions)
        try:
            async with asyncio.timeout(self.pace.longest()):
                answer = await post.post(api.body(reply.batch.contacts))
        except TimeoutError:
            answer = api.NoAnswer("no whole answer by the deadline of the run", sent=True)
        verdict = api.judge(answer, len(positions), self._successes)
        if not verdict.maybe_stored and verdict.kind is not Kind.ACCEPTED:
            self._account.not_taken(positions, before)
        maybe_stored = reply.maybe_stored or verdict.maybe_stored
        return replace(reply, verdict=verdict, requests=reply.requests + 1, maybe_stored=maybe_stored, answer=answer)

    def _weigh(self, reply: Reply, *, last: bool) -> Reply:
        """Add what is next, and what the batch has been through."""
        batch, kind, accepted = reply.batch, reply.verdict.kind, self._account.accepted_now
        if kind in {Kind.FAILED, Kind.BROKEN, Kind.STRANGE}:
            batch = replace(batch, history=batch.history.failed(accepted, broken=kind is Kind.BROKEN))
        step = api.next_step(reply.verdict, len(batch), batch.history, proven=accepted > 0, last=last, hold=self._hold)
        return replace(reply, batch=batch, step=step)

    def _slow_down(self, verdict: api.Verdict, left: float) -> None:
        """Let everybody pause, or end the run where it has been bad for too long."""
        try:
            pause = self.pace.ill(verdict, left)
        except StoppedRun as reason:
            self._stop.because(reason)
        else:
            self._tell(f"{verdict.reason}: next request in {pause:.1f} s")
