"""The platform's contacts through one connection: each call asked until it is answered, or until that is hopeless."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from typing import TYPE_CHECKING

from contact_import import api
from contact_import.api import Kind
from contact_import.errors import Interrupted, NotTheApi, TokenRefused, Unfinished
from contact_import.readback import wire
from contact_import.sender import Sender, server_time, tls
from contact_import.signals import heard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from typing import TypeVar

    from contact_import.sender import Target

    Found = TypeVar("Found")

TRIES = 6
AT_A_STANDSTILL = 10
"""So many pages in a row that end with a contact that was seen before: the platform does not go on to older ones."""
LONGEST_WAIT = 900.0
"""Seconds that the platform may ask for; who asks for more is asked again by the next command."""
PASSING = {Kind.AWAY, Kind.BUSY, Kind.FAILED, Kind.BROKEN}
"""What may be another time the next time."""


class Inbox:
    """The contacts of a platform, through an open connection. Made by `asked`."""

    def __init__(
        self,
        sender: Sender,
        successes: Sequence[api.Shape] = (),
        tries: int = TRIES,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._sender = sender
        self._successes = successes
        self._tries = tries
        self.pause = pause
        """Waits for so many seconds."""
        self.ahead: float | None = None
        """Seconds by which the platform's clock is ahead of ours, by its first success that said so."""

    async def contacts(self) -> AsyncIterator[wire.Contact]:
        """Yield all contacts, newest first, page after page, each once: new ones push others on to the next page.

        It ends also where the platform does not heed the page, or goes round.
        """
        page, seen, standing = 0, set[str](), 0
        while standing < AT_A_STANDSTILL:
            page += 1
            answer = await self._ask("POST", wire.USERS, wire.list_body(page))
            found = wire.listed(answer)
            if found is None:
                raise NotTheApi("the platform's list of contacts is not of the documented shape: nothing is concluded")
            new = {contact.id: contact for contact in found if contact.id not in seen}
            if not new:
                return
            for contact in new.values():
                yield contact
            standing = standing + 1 if found[-1].id in seen else 0
            seen.update(new)

    async def delete(self, contacts: Sequence[str]) -> None:
        """Delete *contacts*, by the platform's names of them."""
        await self._ask("PUT", wire.STATUS_UPDATE, wire.delete_body(contacts))

    async def put(self, content: bytes) -> None:
        """Import the contacts in the request body *content*."""
        await self._ask("POST", api.IMPORT_PATH, content)

    async def look(self) -> None:
        """Make a call that only reads."""
        await self._ask("GET", wire.SEGMENTS)

    async def _ask(self, method: str, path: str, content: bytes = b"") -> api.Answer:
        """Return the answer once it is a success. Raises what stops the command."""
        verdict = api.Verdict(Kind.AWAY, "")
        for failures in range(1, self._tries + 1):
            answer = await self._sender.call(method, path, content, wire.LARGEST_PAGE)
            verdict = api.judge(answer, _rows(answer), self._successes)
            if isinstance(answer, api.Answer) and verdict.kind is Kind.ACCEPTED:
                self.ahead = self._ahead(answer) if self.ahead is None else self.ahead
                return answer
            if verdict.kind is Kind.TOKEN:
                raise TokenRefused(f"the platform refused the token ({verdict.reason}); give the current one")
            if verdict.kind not in PASSING:
                raise NotTheApi(f"{method} {path} is not answered as documented: {verdict.reason}; check --base-url")
            if failures < self._tries:
                await self._wait(verdict, failures)
        raise Unfinished(f"the platform does not answer {method} {path}: {verdict.reason}; try again later")

    async def _wait(self, verdict: api.Verdict, failures: int) -> None:
        if (verdict.wait or 0) > LONGEST_WAIT:
            raise Unfinished(f"the platform asks to wait {verdict.wait:.0f} seconds; try again then")
        await self.pause(max(verdict.wait or 0.0, api.backoff(failures, random.random())))  # noqa: S311 - no secret

    @staticmethod
    def _ahead(answer: api.Answer) -> float | None:
        theirs = server_time(answer)
        return None if theirs is None else theirs - time.time()


def _rows(answer: api.Answer | api.NoAnswer) -> int:
    """Return of how many rows an answer speaks: a list here is what was asked for, not what became of some rows."""
    envelope = api.parse(answer.body) if isinstance(answer, api.Answer) else None
    data = envelope.get("data") if isinstance(envelope, dict) else None
    return len(data) if isinstance(data, list) else 1


def asked(target: Target, question: Callable[[Inbox], Awaitable[Found]], tries: int = TRIES) -> Found:
    """Return what *question* finds out at *target*; for as long as that takes, this thread does nothing else.

    Raises what stops it; Interrupted after a signal.
    """

    async def ask() -> Found:
        task, heeded = asyncio.current_task(), list[int]()

        def heed(number: int) -> None:
            heeded.append(number)
            if task is not None:
                task.cancel()

        with heard(heed):
            try:
                async with Sender(target, tls(target.ca_file)) as sender:
                    return await question(Inbox(sender, target.wire.successes, tries))
            except asyncio.CancelledError:
                raise Interrupted(heeded[0] if heeded else signal.SIGINT) from None

    return asyncio.run(ask())
