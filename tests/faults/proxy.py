"""A TCP proxy on this machine that makes a good connection bad, in the ways that toxiproxy knows.

A toxic works on what is sent `up`, to the server, or `down`, to the client, of a share of the connections; which ones,
and every length that is left to chance, comes out of the proxy's seed and the connection's number.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tests.faults.servers import HOST, Server, reset

if TYPE_CHECKING:
    import ssl
    from asyncio import StreamReader, StreamWriter
    from collections.abc import AsyncIterator

    Chunks = AsyncIterator[bytes]


class HangUp(Exception):
    """Both connections are to be closed; *hard*: by a reset."""

    def __init__(self, *, hard: bool = False) -> None:
        super().__init__()
        self.hard = hard


@dataclass(frozen=True, kw_only=True)
class Toxic:
    """Changes a stream of bytes on its way."""

    side: Literal["up", "down"] = "down"
    probability: float = 1.0
    """Share of the connections that it works on."""

    def through(self, chunks: Chunks, luck: random.Random) -> Chunks:
        """Yield what is to be sent on of *chunks*, when it is; raise HangUp where that is the end."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Late(Toxic):
    """Each chunk comes later."""

    def by(self, chunk: bytes, luck: random.Random) -> float:
        """Return by how many seconds."""
        raise NotImplementedError

    async def through(self, chunks: Chunks, luck: random.Random) -> Chunks:
        async for chunk in chunks:
            await asyncio.sleep(self.by(chunk, luck))
            yield chunk


@dataclass(frozen=True, kw_only=True)
class Latency(Late):
    """Each chunk comes later: by *seconds*, and up to *jitter* more or less."""

    seconds: float
    jitter: float = 0.0

    def by(self, chunk: bytes, luck: random.Random) -> float:
        return max(0.0, self.seconds + luck.uniform(-self.jitter, self.jitter))


@dataclass(frozen=True, kw_only=True)
class Bandwidth(Late):
    """At most *rate* bytes a second."""

    rate: float

    def by(self, chunk: bytes, luck: random.Random) -> float:
        return len(chunk) / self.rate


@dataclass(frozen=True, kw_only=True)
class SlowClose(Toxic):
    """The end comes *seconds* later."""

    seconds: float

    async def through(self, chunks: Chunks, luck: random.Random) -> Chunks:
        async for chunk in chunks:
            yield chunk
        await asyncio.sleep(self.seconds)


@dataclass(frozen=True, kw_only=True)
class Timeout(Toxic):
    """Nothing comes, and after *seconds* the connection is closed."""

    seconds: float

    async def through(self, chunks: Chunks, luck: random.Random) -> Chunks:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.seconds):
                async for _ in chunks:  # unread, it would turn the close into a reset
                    pass
                await asyncio.Event().wait()
        raise HangUp
        yield b""


@dataclass(frozen=True, kw_only=True)
class ResetPeer(Toxic):
    """Nothing comes, and after *seconds* the connection is reset."""

    seconds: float = 0.0

    async def through(self, chunks: Chunks, luck: random.Random) -> Chunks:
        await anext(chunks, None)
        await asyncio.sleep(self.seconds)
        raise HangUp(hard=True)
        yield b""


@dataclass(frozen=True, kw_only=True)
class Slicer(Toxic):
    """Comes in pieces of *size* bytes, up to *variation* more or less, with *seconds* between them."""

    size: int
    variation: int = 0
    seconds: float = 0.0

    async def through(self, chunks: Chunks, luck: random.Random) -> Chunks:
        async for chunk in chunks:
            rest = chunk
            while rest:
                size = max(1, self.size + luck.randint(-self.variation, self.variation))
                yield rest[:size]
                rest = rest[size:]
                await asyncio.sleep(self.seconds)


@dataclass(frozen=True, kw_only=True)
class LimitData(Toxic):
    """After *bytes* bytes the connection is closed."""

    bytes: int

    async def through(self, chunks: Chunks, luck: random.Random) -> Chunks:
        room = self.bytes
        async for chunk in chunks:
            yield chunk[:room]
            room -= len(chunk)
            if room <= 0:
                raise HangUp


@dataclass(frozen=True, kw_only=True)
class Garble(Toxic):
    """While *on* is set, the last byte of each chunk is another one: TCP lets that pass, TLS does not."""

    on: threading.Event

    async def through(self, chunks: Chunks, luck: random.Random) -> Chunks:
        async for chunk in chunks:
            yield chunk[:-1] + bytes([chunk[-1] ^ self.on.is_set()])


class Proxy(Server):
    """Hands every connection on to *port*; with *tls* it is the one who speaks TLS. `close` is the toxic "down"."""

    def __init__(self, port: int, *toxics: Toxic, tls: ssl.SSLContext | None = None, seed: int = 0) -> None:
        super().__init__(tls)
        self._upstream = port
        self.toxics = toxics
        self._seed = seed
        self.connections = 0

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.connections += 1
        luck = random.Random(f"{self._seed}:{self.connections}")
        toxics = [toxic for toxic in self.toxics if luck.random() < toxic.probability]
        far_reader, far_writer = await asyncio.open_connection(HOST, self._upstream)
        ways = [("up", reader, far_writer), ("down", far_reader, writer)]
        tasks = [
            asyncio.create_task(_pump(source, target, [toxic for toxic in toxics if toxic.side == side], luck))
            for side, source, target in ways
        ]
        try:
            await asyncio.gather(*tasks)
        except HangUp as end:
            if end.hard:
                reset(writer)
        finally:
            for task in tasks:
                task.cancel()
            far_writer.close()


async def _pump(reader: StreamReader, writer: StreamWriter, toxics: list[Toxic], luck: random.Random) -> None:
    chunks = _chunks(reader)
    for toxic in toxics:
        chunks = toxic.through(chunks, luck)
    async for chunk in chunks:
        writer.write(chunk)
        await writer.drain()
    if writer.can_write_eof():
        with contextlib.suppress(OSError):
            writer.write_eof()
    else:
        writer.close()


async def _chunks(reader: StreamReader) -> Chunks:
    while chunk := await reader.read(16_384):
        yield chunk
