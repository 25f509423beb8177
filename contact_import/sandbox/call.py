"""One request on its way through the sandbox, and the faults it meets there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.types import Send

    from contact_import.sandbox.faults import Fault, FaultPlan, When


class Struck(Exception):
    """A request met a fault that ends it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.do)
        self.fault = fault


@dataclass(slots=True)
class Call:
    """A request, what is known of it so far, and the plan of what goes wrong."""

    request: Request
    send: Send
    plan: FaultPlan
    number: int
    """Its count among the requests to its path, from 1."""
    reused: bool = False
    """Its connection was used before."""
    alone: bool = False
    """Its connection was given up, and it goes on without."""
    receipt: int = 0
    """Its number in the receive log."""
    body: bytes | None = None
    """None: not read, or too long to be."""
    data: Any = None
    """The JSON value in the body; None where there is none."""
    keys: list[str] = field(default_factory=list)
    """The numbers in it, each prefix and number in one."""

    @property
    def method(self) -> str:
        """GET, POST, …"""
        return self.request.method

    @property
    def path(self) -> str:
        """The path that was asked for, decoded, without the query."""
        return str(self.request.scope["path"])

    @property
    def transport(self) -> asyncio.Transport:
        """The connection it came by."""
        transport: asyncio.Transport = self.request.scope["transport"]
        return transport

    @property
    def is_json(self) -> bool:
        """Whether the body says it is JSON."""
        kind = self.request.headers.get("content-type", "")
        return kind.partition(";")[0].strip().lower() == "application/json"

    def faults(self, when: When) -> Iterator[Fault]:
        """Yield the faults that it meets at the point *when*."""
        return self.plan.meet(when, self)

    async def meet(self, when: When) -> None:
        """Let happen what is planned for the point *when*: wait, lose the client, or raise `Struck`."""
        for fault in self.faults(when):
            if fault.do not in ("stall", "lose"):
                raise Struck(fault)
            if fault.do == "lose":
                self.alone = True
                self.transport.close()
            await asyncio.sleep(fault.seconds)
