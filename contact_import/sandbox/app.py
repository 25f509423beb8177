"""The way of a request through the sandbox: read, log, answer, and what may go wrong in between."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
from starlette.requests import ClientDisconnect, Request

from contact_import.sandbox import answers, rules, wire
from contact_import.sandbox.call import Call, Struck
from contact_import.sandbox.contacts import Contacts
from contact_import.sandbox.endpoints import Endpoints
from contact_import.sandbox.faults import FaultPlan
from contact_import.sandbox.receipts import Receipts

if TYPE_CHECKING:
    import sqlite3

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from contact_import.sandbox.behaviour import Behaviour
    from contact_import.sandbox.faults import Fault


class Platform:
    """The ASGI application. Its server adds two keys to a scope: `transport`, the connection's, and `reused`."""

    def __init__(self, connection: sqlite3.Connection, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.endpoints = Endpoints(Contacts(connection), behaviour)
        self.receipts = Receipts(connection)
        self.plan = FaultPlan(behaviour.faults)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        call = Call(Request(scope, receive), send, self.plan, self.plan.arrive(scope["path"]), scope["reused"])
        try:
            await self._read(call)
            await asyncio.sleep(self.behaviour.latency)
            await self._deliver(call, await self.endpoints.answer(call))
        except Struck as struck:
            if not call.alone:
                await self._strike(call, struck.fault)
        except ClientDisconnect:
            pass  # the receipt is written; there is nobody left to answer

    async def _read(self, call: Call) -> None:
        try:
            await call.meet("before-read")
            call.body = await _body(call.request, self.behaviour.max_bytes)
            call.data = _json(call.body)
            call.keys = rules.keys_in(call.data)
        finally:
            names = [name.decode("latin-1") for name, _ in call.request.headers.raw]
            call.receipt = self.receipts.received(call.method, call.path, names, call.body, call.keys)
        await call.meet("after-read")

    async def _deliver(self, call: Call, response: Response) -> None:
        if call.alone:
            return
        self.receipts.answered(call.receipt, response.status_code)
        if fault := next(call.faults("mid-answer"), None):
            await self._break_off(call, response, fault)
            return
        await response(call.request.scope, call.request.receive, call.send)
        if fault := next(call.faults("after-answer"), None):
            await wire.hang_up(call.transport, call.request.receive, reset=fault.do == "reset")

    async def _break_off(self, call: Call, response: Response, fault: Fault) -> None:
        rest = await wire.send_half(call.send, response)
        if fault.do == "stall":
            await asyncio.sleep(fault.seconds)
            await call.send({"type": "http.response.body", "body": rest})
        else:
            await wire.hang_up(call.transport, call.request.receive, reset=fault.do == "reset")

    async def _strike(self, call: Call, fault: Fault) -> None:
        if fault.do in ("answer", "cut"):
            response = answers.express(fault.status, fault.body, extra=fault.headers)
            self.receipts.answered(call.receipt, fault.status)
            if fault.do == "answer":
                await response(call.request.scope, call.request.receive, call.send)
                return
            await wire.send_half(call.send, response)
        elif fault.do == "raw":
            await wire.write_raw(call.transport, fault.body, fault.filler, fault.seconds)
        await wire.hang_up(call.transport, call.request.receive, reset=fault.do == "reset")


def _json(body: bytes | None) -> Any:
    try:
        return orjson.loads(body or b"null")
    except orjson.JSONDecodeError:
        return None


async def _body(request: Request, longest: int) -> bytes | None:
    """Return the body, or None, like Express without reading on, when it is longer than *longest*."""
    if int(request.headers.get("content-length", "0")) > longest:
        return None
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > longest:
            return None
    return bytes(found)
