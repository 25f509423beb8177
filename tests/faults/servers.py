"""A server on 127.0.0.1 in a thread of its own, for as long as a `with` block lasts."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from asyncio import StreamReader, StreamWriter

HOST = "127.0.0.1"
LINGER_NOT = struct.pack("ii", 1, 0)


def reset(writer: StreamWriter) -> None:
    """Close a connection by a TCP reset."""
    if writer.get_extra_info("socket").fileno() >= 0:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
    writer.transport.abort()


class Server:
    """Serves each connection by `serve`, which a subclass has. Its port stays the same when it is opened again."""

    def __init__(self, tls: ssl.SSLContext | None = None, *, receive_buffer: int | None = None) -> None:
        self.tls = tls
        """What the next connections are answered with; None: no TLS."""
        self.port = 0
        self._receive_buffer = receive_buffer
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        raise NotImplementedError

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://{HOST}:{self.port}"

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=type(self).__name__, daemon=True)
        self._thread.start()
        self.open()
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def open(self) -> None:
        """Listen; the port is the one it had before, if any."""
        # asyncio turns off the delay of small packets for sockets that say IPPROTO_TCP.
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self._receive_buffer:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._receive_buffer)
        self._socket.bind((HOST, self.port))
        self.port = self._socket.getsockname()[1]
        self._server = self._do(asyncio.start_server(self._take, sock=self._socket, ssl=self.tls))

    def close(self) -> None:
        """Listen no more, and close what is open: who connects is refused."""
        self._do(self._close())

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _take(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            await self.serve(reader, writer)
            writer.close()
            await writer.wait_closed()
        except OSError:
            pass  # the other side is gone
        except asyncio.CancelledError:
            writer.transport.abort()  # we are told to end, and wait for nobody
        finally:
            writer.close()

    async def _close(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        while self._tasks:
            await asyncio.sleep(0)
