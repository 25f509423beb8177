"""One request over a real connection on this machine: what comes back as a value, and what every failure proves."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from typing import TYPE_CHECKING

import httpcore
import httpx
import pytest
import trustme

from contact_import import api
from contact_import.api import Answer, NoAnswer
from contact_import.credentials import Secret
from contact_import.errors import UsageProblem
from contact_import.sender import PROOFS, Sender, Target, explain, tls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

TOKEN = "token-of-a-test"
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n" + b'{"status":"success"}'
SUCCESS = Answer(200, {"content-length": "20"}, b'{"status":"success"}')

# What an exception proves ------------------------------------------------------------

ENDS = {"hopeless": (False, True), "not sent": (False, False), "in doubt": (True, False)}


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (httpx.InvalidURL("x"), "hopeless"),
        (httpx.UnsupportedProtocol("x"), "hopeless"),
        (httpx.LocalProtocolError("x"), "hopeless"),
        (UnicodeEncodeError("ascii", "é", 0, 1, "x"), "hopeless"),
        (httpx.PoolTimeout("x"), "not sent"),
        (httpx.ConnectTimeout("x"), "not sent"),
        (httpx.ConnectError("x"), "not sent"),
        (httpx.ProxyError("502 Bad Gateway"), "not sent"),
        (httpx.ProxyError("407 Proxy Authentication Required"), "hopeless"),
        (httpx.WriteTimeout("x"), "in doubt"),
        (httpx.WriteError("x"), "in doubt"),
        (httpx.ReadTimeout("x"), "in doubt"),
        (httpx.ReadError("x"), "in doubt"),
        (httpx.CloseError("x"), "in doubt"),
        (httpx.RemoteProtocolError("x"), "in doubt"),
        (httpx.DecodingError("x"), "in doubt"),
        (ssl.SSLError(1, "bad record mac"), "in doubt"),
        (httpx.TooManyRedirects("x"), "in doubt"),
        (httpx.HTTPError("x"), "in doubt"),
        (OSError("x"), "in doubt"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
def test_each_failure_proves_that_nothing_was_sent_or_leaves_doubt(error, end):
    found = explain(error)
    assert (found.sent, found.hopeless) == ENDS[end]
    assert (found.foreign, found.stale) == (False, False)
    assert "x" not in found.words.split()


def test_every_failure_that_httpx_may_report_of_a_request_is_in_the_table():
    def leaves(kind: type[Exception]) -> set[type[Exception]]:
        below = kind.__subclasses__()
        return set().union(*map(leaves, below)) if below else {kind}

    never = {httpx.TooManyRedirects, httpx.HTTPStatusError}  # redirects are not followed, no status is raised
    assert leaves(httpx.HTTPError) - never <= PROOFS.keys()


def because(error: Exception, cause: Exception) -> Exception:
    """Return *error* as httpx raises it, with httpcore's in between."""
    middle = httpcore.ConnectError("x")
    middle.__cause__, error.__cause__ = cause, middle
    return error


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (because(httpx.ConnectError("x"), ssl.SSLCertVerificationError("self-signed")), "hopeless"),
        (because(httpx.ConnectError("x"), ssl.SSLError(1, "wrong version number")), "hopeless"),
        (because(httpx.ConnectError("x"), ssl.SSLEOFError(8, "cut")), "not sent"),
        (because(httpx.ConnectError("x"), ssl.SSLZeroReturnError(6, "closed")), "not sent"),
        (because(httpx.ConnectError("x"), ConnectionResetError()), "not sent"),
        (because(httpx.ReadError("x"), ssl.SSLError(1, "bad record mac")), "in doubt"),
    ],
    ids=["certificate", "no TLS there", "handshake cut", "handshake closed", "reset", "after the handshake"],
)
def test_a_handshake_that_fails_for_good_is_told_from_one_that_was_cut(error, end):
    assert (explain(error).sent, explain(error).hopeless) == ENDS[end]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("illegal status line: bytearray(b'SSH-2.0')", True),
        ("illegal request line", True),
        ("illegal header line", False),
        ("Server disconnected without sending a response.", False),
    ],
)
def test_an_answer_that_is_no_http_is_told_from_one_that_was_cut(text, foreign):
    assert explain(httpx.RemoteProtocolError(text)).foreign is foreign


NEW, ANSWERED = "connection.connect_tcp.started", "http11.receive_response_headers.complete"


@pytest.mark.parametrize("error", [httpx.WriteError(""), httpx.ReadError(""), httpx.RemoteProtocolError("")], ids=repr)
@pytest.mark.parametrize(
    ("steps", "stale"), [((), True), ((NEW,), False), ((ANSWERED,), False)], ids=["reused", "new", "answered"]
)
def test_only_a_used_connection_that_closed_before_an_answer_was_closed_while_idle(error, steps, stale):
    assert explain(error, steps).stale is stale
    assert not explain(httpx.ReadTimeout(""), steps).stale


# Real connections ------------------------------------------------------------


@contextlib.asynccontextmanager
async def served(serve: Serve, **more: object) -> AsyncIterator[int]:
    """Serve each connection by *serve*; the port."""
    tasks = []

    async def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.append(asyncio.current_task())
        try:
            await serve(reader, writer)
            writer.close()
            await asyncio.shield(writer.wait_closed())  # so that it can be waited for again
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await broken_off(writer)

    server = await asyncio.start_server(taken, "127.0.0.1", 0, **more)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks)


async def broken_off(writer: asyncio.StreamWriter) -> None:
    """Close a connection at once, and wait until it is."""
    writer.transport.abort()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


async def request(reader: asyncio.StreamReader) -> bytes:
    """Read one request, head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), b": 0")
    return head + await reader.readexactly(int(length.partition(b":")[2]))


def ask(serve: Serve, *contents: bytes, tls_context: ssl.SSLContext | None = None, **choices: object) -> list[object]:
    """Serve by *serve* and post *contents* there, one after the other; return what came back."""

    async def run() -> list[object]:
        async with served(serve) as port:
            longest = choices.pop("longest", 10.0)
            target = Target(f"http://127.0.0.1:{port}", Secret(TOKEN), api.Wire(), **choices)
            async with Sender(target, tls_context or tls(), longest) as sender:
                return [await sender.post(content) for content in contents]

    return asyncio.run(run())


def test_an_answer_comes_back_whole_with_the_token_taken_out():
    async def serve(reader, writer):
        seen.append(await request(reader))
        body = f"your token is {TOKEN}".encode()
        writer.write(b"HTTP/1.1 400 No\r\nX-Told: once\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()

    seen: list[bytes] = []
    (answer,) = ask(serve, b"[]")
    assert answer == Answer(400, {"x-told": "once", "content-length": str(14 + len(TOKEN))}, b"your token is ***")
    assert seen[0].startswith(b"POST /inbox/users/import HTTP/1.1\r\n")
    assert f"authorization: bearer {TOKEN}".encode() in seen[0].lower()


def test_n6_a_connection_closed_after_an_answer_is_stale_where_that_shows_only_when_it_is_used():
    async def serve(reader, writer):
        connections.append(writer)
        for _ in range(2 if len(connections) > 1 else 1):
            await request(reader)
            writer.write(OK)
            await writer.drain()
        await request(reader)  # and closes

    connections: list[object] = []
    first, second, third = ask(serve, b"[]", b"[]", b"[]")
    assert (first, third) == (SUCCESS, SUCCESS)
    assert second.stale
    assert len(connections) == 2


def test_n39_an_answer_that_comes_before_the_body_was_read_is_an_answer():
    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        while await reader.read(1 << 16):
            pass

    assert ask(serve, b"x" * 5_000_000) == [Answer(413, {"content-length": "0", "connection": "close"}, b"")]


@pytest.mark.parametrize(
    "flood", [b"HTTP/1.1 100 Continue\r\n\r\n" * 100, b"x"], ids=["N25-continue", "N14-a byte at a time"]
)
def test_an_answer_without_an_end_ends_after_so_many_seconds_in_all(flood):
    async def serve(reader, writer):
        await request(reader)
        writer.write(b"" if flood[:4] == b"HTTP" else b"HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n")
        while True:
            writer.write(flood)
            await writer.drain()
            await asyncio.sleep(0)  # the other side reads in the same loop

    assert ask(serve, b"[]", longest=0.3) == [NoAnswer("no whole answer within 0.3 seconds", sent=True)]


# TLS, and ways through others ------------------------------------------------------------


def test_n46_no_session_secret_is_written_down(tmp_path, monkeypatch):
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    assert ssl.create_default_context().keylog_filename
    assert tls().keylog_filename is None


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def secured(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.mark.parametrize("trusted", [True, False])
def test_n45_a_file_of_certificates_is_trusted_only_where_it_is_asked_for(tmp_path, monkeypatch, authority, trusted):
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))

    async def serve(reader, writer):
        await request(reader)
        writer.write(OK)
        await writer.drain()

    async def run() -> object:
        async with served(serve, ssl=secured(authority)) as port:
            target = Target(f"https://127.0.0.1:{port}", Secret(TOKEN), api.Wire())
            async with Sender(target, tls(path if trusted else None)) as sender:
                return await sender.post(b"[]")

    answer = asyncio.run(run())
    assert answer == SUCCESS if trusted else (answer.hopeless and not answer.sent)


@pytest.mark.parametrize("content", [None, b"", b"no certificate"], ids=["missing", "empty", "text"])
def test_a_file_without_certificates_is_a_usage_problem(tmp_path, content):
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageProblem, match="--ca-file cannot be used: "):
        tls(path)


def proxied(authority: trustme.CA, path: Path, refusal: bytes = b"", asked: bool = True) -> tuple[object, list[bytes]]:
    """Post through a proxy; return what came back, and what the proxy was asked for."""
    seen: list[bytes] = []

    async def serve(reader, writer):
        await request(reader)
        writer.write(OK)
        await writer.drain()

    async def pass_on(reader, writer):
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        if refusal:
            writer.write(refusal)
            return
        host, port = seen[0].split()[1].decode().split(":")
        far_reader, far_writer = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Go on\r\n\r\n")

        async def copy(source, sink):
            while data := await source.read(1 << 16):
                sink.write(data)
            sink.close()

        try:
            await asyncio.gather(copy(reader, far_writer), copy(far_reader, writer))
        finally:
            await broken_off(far_writer)

    async def run() -> object:
        async with served(serve, ssl=secured(authority)) as port, served(pass_on) as proxy:
            way = f"http://127.0.0.1:{proxy}" if asked else None
            target = Target(f"https://127.0.0.1:{port}", Secret(TOKEN), api.Wire(), proxy=way)
            async with Sender(target, tls(path)) as sender:
                return await sender.post(b"[]")

    return asyncio.run(run()), seen


@pytest.fixture
def authority_file(tmp_path, authority) -> Path:
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    return path


def test_a_proxy_that_is_asked_for_opens_the_way_and_does_not_learn_the_token(authority, authority_file):
    answer, seen = proxied(authority, authority_file)
    assert answer == SUCCESS
    assert [line.split()[0] for line in seen] == [b"CONNECT"]
    assert TOKEN.encode() not in seen[0]


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"])
def test_n44_a_proxy_that_only_the_environment_knows_is_not_used(authority, authority_file, monkeypatch, name):
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert proxied(authority, authority_file, asked=False) == (SUCCESS, [])


@pytest.mark.parametrize(
    ("refusal", "hopeless"),
    [
        pytest.param(b"HTTP/1.1 407 Who\r\ncontent-length: 0\r\n\r\n", True, id="N38-407"),
        pytest.param(b"HTTP/1.1 502 Bad\r\ncontent-length: 0\r\n\r\n", False, id="502"),
    ],
)
def test_a_proxy_that_lets_nothing_through_proves_that_nothing_was_sent(authority, authority_file, refusal, hopeless):
    answer, _ = proxied(authority, authority_file, refusal)
    assert (answer.sent, answer.hopeless) == (False, hopeless)
    assert TOKEN not in answer.words
