"""A host that nothing may reach: it keeps every byte that does."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Self

from tests.faults.servers import HOST, Server

if TYPE_CHECKING:
    import ssl
    from asyncio import StreamReader, StreamWriter


class Listener(Server):
    """Takes every connection and keeps what comes; answers *answer*, if anything, to the first bytes of each."""

    def __init__(self, answer: bytes = b"", tls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls)
        self.answer = answer
        self.connections = 0
        self.received = b""

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.connections += 1
        while chunk := await reader.read(65_536):
            self.received += chunk
            if self.answer:
                writer.write(self.answer)
                return


class Full:
    """A host so busy that it takes up no connection: whoever connects waits."""

    def __enter__(self) -> Self:
        self._server = socket.create_server((HOST, 0), backlog=0)
        address = self._server.getsockname()
        self.url = f"http://{HOST}:{address[1]}"
        self._waiting = []
        for _ in range(3):  # what still fits into the queue of the system
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(address)
            self._waiting.append(client)
        return self

    def __exit__(self, *exc: object) -> None:
        for client in (*self._waiting, self._server):
            client.close()


class Deaf(Server):
    """Takes every connection, and never reads from it: whoever writes finds that it cannot go on."""

    def __init__(self) -> None:
        super().__init__(receive_buffer=1024)

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        writer.transport.pause_reading()
        await asyncio.Event().wait()
