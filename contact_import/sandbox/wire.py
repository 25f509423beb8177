"""What ASGI cannot say: an answer that breaks off, or none at all."""

from __future__ import annotations

import asyncio
import itertools
import socket
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Receive, Send

LINGER_NOT = struct.pack("ii", 1, 0)


async def send_half(send: Send, response: Response) -> bytes:
    """Send the head of *response* and half of its body; return the other half."""
    body = bytes(response.body)
    headers = [(name, value) for name, value in response.raw_headers if name != b"content-length"]
    headers.append((b"content-length", b"%d" % max(1, len(body))))  # even without a body something is missing
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    middle = len(body) // 2
    await send({"type": "http.response.body", "body": body[:middle], "more_body": True})
    return body[middle:]


async def hang_up(transport: asyncio.Transport, receive: Receive, *, reset: bool = False) -> None:
    """Close the connection, by a TCP reset if so told, and return when it is closed."""
    if reset:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
        transport.abort()
    else:
        transport.close()
    # The server would answer 500 for us if we returned before it knows that the client is gone.
    while (await receive())["type"] != "http.disconnect":
        pass


async def write_raw(transport: asyncio.Transport, text: bytes, filler: bytes, pause: float) -> None:
    """Write *text* past HTTP, then *filler* again and again if there is any, for as long as someone listens.

    A byte every *pause* seconds, if any.
    """
    for part in itertools.chain([text], itertools.repeat(filler)) if filler else [text]:
        size = 1 if pause else max(1, len(part))
        for start in range(0, len(part), size):
            if transport.is_closing():
                return
            transport.write(part[start : start + size])
            await asyncio.sleep(pause)
        while transport.get_write_buffer_size() and not transport.is_closing():
            await asyncio.sleep(0.001)
