"""The tries of one attempt: the same bytes posted until an answer settles something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from contact_import import api
from contact_import.api import Kind
from contact_import.errors import StoppedRun

if TYPE_CHECKING:
    from collections.abc import Callable

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

    verdict: api.Verdict
    requests: int
    words: str = ""
    """What the far side said of a refusal; for the failures file alone."""


NEVER_SENT = Reply(api.Verdict(Kind.BUSY, "the run ended before it"), 0)


class Tries:
    """Posts batches for a session, all at the one pace."""

    def __init__(self, account: Account, pace: Pace, stop: Stop, tell: Callable[[str], None]) -> None:
        self._account = account
        self._pace = pace
        self._stop = stop
        self._tell = tell

    async def ask(self, batch: Batch, post: Post, *, proven: bool) -> Reply:
        """Post *batch* until an answer settles something, the run ends, or it failed too often by itself.

        *proven*: something was accepted before, so an answer of an unknown shape is a passing fault of the API and
        not the sign of a wrong address.
        """
        body, failures, requests, reply = api.body(batch.contacts), 0, 0, NEVER_SENT
        while await self._turn():
            before = self._account.sending(batch.positions)
            answer = await post.post(body)
            requests += 1
            verdict = api.judge(answer)
            if not verdict.maybe_stored and verdict.kind is not Kind.ACCEPTED:
                self._account.not_taken(batch.positions, before)
            reply = Reply(verdict, requests, api.said(answer))
            if not (verdict.kind in (Kind.BUSY, Kind.FAILED) or (verdict.kind is Kind.STRANGE and proven)):
                self._pace.well()
                break
            failures += verdict.kind is not Kind.BUSY
            self._slow_down(verdict)
            if failures >= api.MAX_TRIES and proven:
                break
        return reply

    async def _turn(self) -> bool:
        """Wait until a request may leave; False where the run is to end."""
        try:
            while not self._stop and (seconds := self._pace.wait()):
                await self._stop.within(seconds)
        except StoppedRun as reason:
            self._stop.because(reason)
        return not self._stop

    def _slow_down(self, verdict: api.Verdict) -> None:
        """Let everybody pause, or end the run where it has been bad for too long."""
        try:
            pause = self._pace.ill(verdict)
        except StoppedRun as reason:
            self._stop.because(reason)
        else:
            self._tell(f"{verdict.reason}: next request in {pause:.1f} s")
