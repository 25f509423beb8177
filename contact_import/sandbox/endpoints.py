"""What the API takes and refuses: one method for each of its calls."""

from __future__ import annotations

import hmac
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from contact_import.sandbox import answers, behaviour, listing, page, rules

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from contact_import.sandbox.behaviour import Behaviour
    from contact_import.sandbox.call import Call
    from contact_import.sandbox.contacts import Contacts

SEGMENT = {"_id": "5a0db0c5a0db0c5a0db0c5a0", "segmentName": "Everyone"}


class Endpoints:
    """The calls of the API, on *contacts*, as *behaviour* has them."""

    def __init__(self, contacts: Contacts, behaviour_: Behaviour) -> None:
        self.contacts = contacts
        self.behaviour = behaviour_
        self.throttle = Throttle(behaviour_.rate)
        self.calls = {
            ("POST", behaviour.IMPORT): self._import,
            ("POST", behaviour.USERS): self._list,
            ("GET", behaviour.SEGMENTS): self._segments,
            ("PUT", behaviour.STATUS_UPDATE): self._update_status,
        }

    async def answer(self, call: Call) -> Response:
        """Return the answer to *call*. Its size is looked at before its token, as Express does."""
        if (call.method, call.path) == ("GET", "/"):
            return page.show(call.request, self.contacts)
        answer = self.calls.get((call.method, call.path))
        if answer is None:
            return answers.cannot(call.method, call.path)
        if not self.throttle.admits(time.monotonic()):
            wait = self.behaviour.retry_after
            return answers.failed(429, "Too many requests", extra=[("retry-after", wait)] if wait else [])
        if call.body is None:
            return answers.failed(413, "request entity too large")
        if not self._is_authorized(call.request):
            return answers.unauthorized()
        return await answer(call)

    def _is_authorized(self, request: Request) -> bool:
        expected = f"Bearer {self.behaviour.token}".encode()
        given = request.headers.get("authorization", "").encode()
        if self.behaviour.strict_authtype and request.headers.get("authtype") != "Key":
            return False
        return hmac.compare_digest(given, expected)

    async def _import(self, call: Call) -> Response:
        if not call.is_json or not isinstance(call.data, list) or not call.data:
            return answers.failed(400, "Bad request", ["the body must be a JSON array of contacts, sent as JSON"])
        good, reasons = rules.sort_out(call.data, self.behaviour.refuse)
        refusal = answers.failed(400, "Validation failed", reasons) if reasons else None
        if refusal and (self.behaviour.whole_batch or not good):
            return refusal
        await call.meet("before-commit")
        if call.plan.has("mid-commit"):
            half, good = good[: len(good) // 2], good[len(good) // 2 :]
            self._store(half, call)
            await call.meet("mid-commit")
        self._store(good, call)
        await call.meet("after-commit")
        return refusal or answers.imported(self.behaviour.envelope)

    def _store(self, batch: list[rules.Details], call: Call) -> None:
        kept = [details for details in batch if rules.key_of(details) not in self.behaviour.lose]
        self.contacts.put(kept, call.receipt, match=self.behaviour.match_on_phone, merge=self.behaviour.merge)

    async def _list(self, call: Call) -> Response:
        try:
            wanted = listing.wanted(_object(call), strict=self.behaviour.strict_list)
        except ValueError as problem:
            return answers.failed(400, "Bad request", [str(problem)])
        (start, end), size = wanted.created, self.behaviour.page_size
        if self.behaviour.shown_after:
            end = min(end, datetime.now(UTC) - timedelta(seconds=self.behaviour.shown_after))
        found = self.contacts.newest(size, (wanted.page - 1) * size, wanted.text, (start, end))
        if self.behaviour.list_plus:
            _add_plus(found)
        return answers.said("", found)

    async def _segments(self, _: Call) -> Response:
        return answers.said("", [SEGMENT])

    async def _update_status(self, call: Call) -> Response:
        wanted = _object(call)
        ids = wanted.get("ids")
        if wanted.get("status") != "DELETED" or not isinstance(ids, list) or {type(id_) for id_ in ids} != {str}:
            return answers.failed(400, "Bad request", ['ids must be an array of strings, status "DELETED"'])
        await call.meet("before-commit")
        self.contacts.delete(ids)
        await call.meet("after-commit")
        return answers.said("Users updated successfully.")


class Throttle:
    """Admits *rate* requests a second, and as many at once; every request when there is no rate."""

    def __init__(self, rate: float | None) -> None:
        self.rate = rate
        self.room = self.full = max(1.0, rate or 1.0)
        self.last = 0.0

    def admits(self, now: float) -> bool:
        """Tell whether a request at *now*, in seconds, is within the rate."""
        if self.rate is None:
            return True
        self.room = min(self.full, self.room + (now - self.last) * self.rate)
        self.last = now
        if self.room < 1:
            return False
        self.room -= 1
        return True


def _add_plus(contacts: list[dict[str, Any]]) -> None:
    for contact in contacts:
        phone = contact["profile"]["userDetails"]["contact"]["phone"]
        phone["prefix"] = f"+{phone['prefix']}"


def _object(call: Call) -> dict[str, object]:
    return call.data if call.is_json and isinstance(call.data, dict) else {}
