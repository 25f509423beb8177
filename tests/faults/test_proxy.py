"""The bad line itself: each toxic does what it is called, to the side and the share of connections it is told to."""

from __future__ import annotations

import asyncio
import random
import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from tests.faults.proxy import Bandwidth, Latency, LimitData, Proxy, ResetPeer, Slicer, SlowClose, Timeout
from tests.faults.servers import HOST, Server

TEXT = bytes(range(256)) * 8


class Echo(Server):
    """Sends back what it gets, and keeps it."""

    def __init__(self):
        super().__init__()
        self.received = b""
        self.has_all = threading.Event()
        """Set at the end of a connection: no more will come by it."""

    async def serve(self, reader, writer):
        try:
            while chunk := await reader.read(65_536):
                self.received += chunk
                writer.write(chunk)
        finally:
            self.has_all.set()


@contextmanager
def line(*toxics, seed=0):
    with Echo() as echo, Proxy(echo.port, *toxics, seed=seed) as proxy:
        yield echo, proxy


def say(proxy, text=TEXT):
    """Say *text*, be done, and return what came back, how it ended, and after how many seconds."""
    found, began = b"", time.perf_counter()
    with socket.create_connection((HOST, proxy.port), timeout=5) as client:
        try:
            client.sendall(text)
            with suppress(OSError):  # the line may be gone by now: what is read next says how
                client.shutdown(socket.SHUT_WR)
            while chunk := client.recv(65_536):
                found += chunk
        except ConnectionError as error:
            return found, type(error), time.perf_counter() - began
    return found, None, time.perf_counter() - began


@pytest.mark.parametrize(
    ("toxic", "arrived", "returned", "error", "seconds"),
    [
        pytest.param(None, TEXT, TEXT, None, 0, id="none"),
        pytest.param(Latency(seconds=0.1), TEXT, TEXT, None, 0.1, id="latency"),
        pytest.param(Latency(side="up", seconds=0.1), TEXT, TEXT, None, 0.1, id="latency up"),
        pytest.param(Bandwidth(rate=20_480), TEXT, TEXT, None, 0.1, id="bandwidth"),
        pytest.param(Bandwidth(side="up", rate=20_480), TEXT, TEXT, None, 0.1, id="bandwidth up"),
        pytest.param(SlowClose(seconds=0.1), TEXT, TEXT, None, 0.1, id="slow close"),
        pytest.param(SlowClose(side="up", seconds=0.1), TEXT, TEXT, None, 0.1, id="slow close up"),
        pytest.param(Timeout(seconds=0.1), TEXT, b"", None, 0.1, id="timeout"),
        pytest.param(Timeout(side="up", seconds=0.1), b"", b"", None, 0.1, id="timeout up"),
        pytest.param(ResetPeer(seconds=0.05), TEXT, b"", ConnectionResetError, 0.05, id="reset"),
        pytest.param(ResetPeer(side="up", seconds=0.05), b"", b"", ConnectionResetError, 0.05, id="reset up"),
        pytest.param(Slicer(size=100, variation=50, seconds=0.005), TEXT, TEXT, None, 0.05, id="slicer"),
        pytest.param(Slicer(side="up", size=100, seconds=0.005), TEXT, TEXT, None, 0.05, id="slicer up"),
        pytest.param(LimitData(bytes=100), TEXT, TEXT[:100], None, 0, id="limit"),
        pytest.param(LimitData(side="up", bytes=100), TEXT[:100], None, None, 0, id="limit up"),
    ],
)
def test_a_toxic_does_what_it_is_called(toxic, arrived, returned, error, seconds):
    with line(*([toxic] if toxic else [])) as (echo, proxy):
        found, how, took = say(proxy)
        assert echo.has_all.wait(5), "what went up is still on its way"
        assert echo.received == arrived
    assert returned is None or found == returned
    assert (how, took >= seconds, took < seconds + 2) == (error, True, True)


def sliced(text, size, variation):
    async def chunks():
        yield text

    async def collect():
        slicer = Slicer(size=size, variation=variation)
        return [piece async for piece in slicer.through(chunks(), random.Random(1))]

    return asyncio.run(collect())


def test_slices_are_about_as_long_as_told_and_nothing_is_lost():
    pieces = sliced(TEXT, 100, 20)
    assert b"".join(pieces) == TEXT
    assert {80 <= len(piece) <= 120 for piece in pieces[:-1]} == {True}
    assert len({len(piece) for piece in pieces}) > 5


def broken(seed, probability):
    with line(ResetPeer(probability=probability), seed=seed) as (_, proxy):
        return [say(proxy, b"hello")[1] is not None for _ in range(12)]


def test_the_seed_decides_which_connections_it_works_on():
    assert broken(1, 0.5) == broken(1, 0.5) != broken(2, 0.5)
    assert 2 < sum(broken(1, 0.5)) < 10
    assert (sum(broken(1, 0.0)), sum(broken(1, 1.0))) == (0, 12)


def test_toxics_work_one_after_the_other():
    with line(Slicer(size=7), LimitData(bytes=100), Latency(seconds=0.001)) as (_, proxy):
        assert say(proxy)[0] == TEXT[:100]


def test_a_proxy_that_is_down_refuses_and_breaks_connections_and_comes_back_on_its_port():
    with line() as (_, proxy), socket.create_connection((HOST, proxy.port), timeout=5) as open_before:
        open_before.sendall(b"one")
        assert open_before.recv(10) == b"one"
        proxy.close()
        with pytest.raises(ConnectionError):
            broken_off(open_before)
        with pytest.raises(ConnectionRefusedError):
            say(proxy)
        proxy.open()
        assert say(proxy)[0] == TEXT


def broken_off(client):
    if client.recv(10) == b"":
        raise ConnectionResetError
