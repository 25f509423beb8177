"""Serves the sandbox on 127.0.0.1, from a thread of this process. There is no way to serve it anywhere else."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any, Self

from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from contact_import.errors import UsageProblem
from contact_import.sandbox.app import Platform
from contact_import.sandbox.behaviour import Behaviour
from contact_import.sandbox.contacts import Contacts
from contact_import.sandbox.database import connect
from contact_import.sandbox.receipts import Receipt, Receipts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

HOST = "127.0.0.1"
GRACE = 0.3
"""Seconds that answers under way get when the sandbox stops."""
BACKLOG = 2048


class Sandbox:
    """The platform on this machine, for as long as the context lasts; what it stored stays in *store*."""

    def __init__(self, store: Path, behaviour: Behaviour | None = None, port: int = 0) -> None:
        self.store = store
        self.behaviour = behaviour or Behaviour()
        self.port = port
        """0: any free one, known once the context is entered."""

    @property
    def base_url(self) -> str:
        """The address to send to, without a path."""
        return f"http://{HOST}:{self.port}"

    def contacts(self) -> list[dict[str, Any]]:
        """Return what is stored now, newest first; also before and after the sandbox serves."""
        with closing(connect(self.store)) as connection:
            return Contacts(connection).all()

    def receipts(self) -> list[Receipt]:
        """Return the receive log, in the order of arrival; also before and after the sandbox serves."""
        with closing(connect(self.store)) as connection:
            return Receipts(connection).all()

    def __enter__(self) -> Self:
        self._database = connect(self.store)
        try:
            self._socket = _listen(self.port)
        except UsageProblem:
            self._database.close()
            raise
        self.port = self._socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._leave = asyncio.Event()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="sandbox", daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(self._leave.set)
        self._thread.join()
        self._database.close()

    def _run(self, ready: threading.Event) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(ready))

    async def _serve(self, ready: threading.Event) -> None:
        config, state = _quiet(Platform(self._database, self.behaviour)), ServerState()
        server = await self._loop.create_server(
            lambda: Connection(config, state, {}), sock=self._socket, backlog=BACKLOG
        )
        ready.set()
        await self._leave.wait()
        server.close()
        await _close(state)


class Connection(H11Protocol):
    """uvicorn's own connection, whose application also gets hold of the transport, to break it."""

    used = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take up a connection."""
        super().connection_made(transport)
        # asyncio sets it only on sockets that say IPPROTO_TCP; without it each answer waits 40 ms for the client's ACK.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        served = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope["transport"], scope["reused"], self.used = transport, self.used, True
            await served(scope, receive, send)

        self.app = app


def serve(store: Path, behaviour: Behaviour, port: int, ready: Callable[[Sandbox], object] = lambda _: None) -> None:
    """Serve in the foreground until Ctrl-C or SIGTERM, then return; *ready* is called once it listens."""
    leave = threading.Event()
    before = {which: signal.signal(which, lambda *_: leave.set()) for which in (signal.SIGINT, signal.SIGTERM)}
    try:
        with Sandbox(store, behaviour, port) as sandbox:
            ready(sandbox)
            while not leave.wait(1.0):  # Windows hears no signal while it waits for ever
                pass
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port), backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        raise UsageProblem(f"port {port} on {HOST} cannot be used: {error}. Try another one with --port") from error


def _quiet(app: Platform) -> Config:
    """Return a set-up that writes no log, trusts no proxy and adds no header of its own."""
    config = Config(
        app,
        interface="asgi3",
        lifespan="off",
        http="h11",
        ws="none",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
    )
    config.load()
    return config


async def _close(state: ServerState) -> None:
    """Close every connection; what is being answered gets a moment first."""
    if state.tasks:
        await asyncio.wait(state.tasks, timeout=GRACE)
    for connection in list(state.connections):
        connection.transport.abort()
    await asyncio.sleep(0)  # each connection learns that its client is gone, so that cancelling it answers nothing
    for task in list(state.tasks):
        task.cancel()
    if state.tasks:
        await asyncio.wait(state.tasks)
