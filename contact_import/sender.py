"""Makes one request, and reports what came back as a value. The only importer of httpx."""

from __future__ import annotations

import asyncio
import json
import ssl
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import certifi
import httpx

from contact_import import api
from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from contact_import.credentials import Secret

TIMEOUT = httpx.Timeout(connect=10.0, read=60.0, write=30.0, pool=10.0)
"""Seconds for each step of a request; httpx has no limit for the whole of it, see `Sender.longest`."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where requests go and what they say of themselves."""

    base_url: str
    token: Secret
    wire: api.Wire
    proxy: str | None = None
    """Only when it is asked for."""
    ca_file: Path | None = None
    """Certificates to trust instead of those that certifi ships."""

    def headers(self) -> dict[str, str]:
        """Return the headers of every request. They hold the token: never log or store them."""
        found = {
            "Authorization": f"Bearer {self.token.reveal()}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        if self.wire.authtype:
            found["authtype"] = "Key"
        if self.wire.bot_id:
            found["botId"] = self.wire.bot_id
        return found

    def way(self, tls: ssl.SSLContext) -> httpx.Proxy | None:
        """Return the proxy to go through; one that is reached by TLS must be trusted as the platform is."""
        if self.proxy is None:
            return None
        return httpx.Proxy(self.proxy, ssl_context=tls if self.proxy.startswith("https:") else None)


class Sender:
    """One connection to the platform, kept alive between requests; an async context manager.

    A worker has its own: httpx's pool walks all its connections for each request and collapses beyond some 16.
    """

    def __init__(self, target: Target, tls: ssl.SSLContext, longest: float = 120.0) -> None:
        self.longest = longest
        """Seconds that one request may take in all, by the wall."""
        self._token = target.token.reveal().encode()
        """An answer may repeat it; nothing behind this room is to see it."""
        self._client = httpx.AsyncClient(
            base_url=target.base_url,
            headers=target.headers(),
            params={"botId": target.wire.bot_id} if target.wire.bot_id else None,
            verify=tls,
            timeout=TIMEOUT,
            proxy=target.way(tls),
            # Node, which the platform runs on, closes an idle connection after 5 seconds: be gone before.
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=4.0),
            follow_redirects=False,  # a followed 301 drops the body, a followed 307 hands it to another host
            trust_env=False,  # no proxy, .netrc or certificate folder that only the environment knows of
        )

    async def __aenter__(self) -> Sender:
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._client.aclose()

    async def post(self, content: bytes) -> api.Answer | api.NoAnswer:
        """Post contacts and return the answer, or why there is none."""
        return await self.call("POST", api.IMPORT_PATH, content)

    async def call(
        self, method: str, path: str, content: bytes = b"", largest: int = api.MAX_ANSWER
    ) -> api.Answer | api.NoAnswer:
        """Make a request and return the answer, of *largest* bytes at most, or why there is none."""
        steps: list[str] = []

        async def note(step: str, _: object) -> None:
            steps.append(step)

        try:
            async with (
                asyncio.timeout(self.longest),
                self._client.stream(method, path, content=content, extensions={"trace": note}) as response,
            ):
                headers = {name.lower(): value for name, value in response.headers.items()}
                body = await _read(response.aiter_raw(), largest)
                return api.Answer(response.status_code, headers, self._without_token(body))
        except TimeoutError:
            return api.NoAnswer(f"no whole answer within {self.longest:g} seconds", sent=True)
        except _AnswerTooLongError:
            return api.NoAnswer(f"an answer of more than {largest} bytes", sent=True)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeEncodeError, OSError) as error:
            return explain(error, steps)

    def _without_token(self, body: bytes) -> bytes:
        """Return *body* without the token, also where JSON has letters of it escaped."""
        if b"\\" in body and (value := api.parse(body)) is not None:
            plain = json.dumps(value, ensure_ascii=False).encode(errors="replace")
            body = plain if self._token in plain else body
        return body.replace(self._token, b"***")


class _AnswerTooLongError(Exception):
    pass


async def _read(chunks: AsyncIterator[bytes], largest: int) -> bytes:
    """Return the raw body; raw, because a small compressed one may unfold to gigabytes."""
    found = bytearray()
    async for chunk in chunks:
        found += chunk
        if len(found) > largest:
            raise _AnswerTooLongError
    return bytes(found)


def server_time(answer: api.Answer) -> float | None:
    """Return when the far side says it answered, in seconds since 1970; None where it does not say."""
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class Proof:
    """What an exception of httpx proves about its request."""

    words: str
    sent: bool = True
    """Nothing rules out that the request reached the platform."""
    hopeless: bool = False
    foreign: bool = False
    closed: bool = False
    """The connection was closed from the other side."""


PROOFS: dict[type[Exception], Proof] = {
    httpx.InvalidURL: Proof("the address is not a URL", sent=False, hopeless=True),
    httpx.UnsupportedProtocol: Proof("the address is neither http nor https", sent=False, hopeless=True),
    httpx.LocalProtocolError: Proof("the request cannot be written as HTTP", sent=False, hopeless=True),
    UnicodeEncodeError: Proof("the request cannot be written as HTTP", sent=False, hopeless=True),
    httpx.PoolTimeout: Proof("no connection was free within 10 seconds", sent=False),
    httpx.ConnectTimeout: Proof("no connection within 10 seconds", sent=False),
    httpx.ConnectError: Proof("no connection: the host does not answer or its name is not known", sent=False),
    httpx.ProxyError: Proof("the proxy opens no way to the host", sent=False),  # only https goes through one: CONNECT
    httpx.WriteTimeout: Proof("the host did not take the request within 30 seconds"),
    httpx.WriteError: Proof("the connection broke while sending", closed=True),
    httpx.ReadTimeout: Proof("no answer within 60 seconds"),
    httpx.ReadError: Proof("the connection broke before a whole answer", closed=True),
    httpx.CloseError: Proof("the connection broke"),
    httpx.RemoteProtocolError: Proof("the connection was closed before a whole answer", closed=True),
    ssl.SSLError: Proof("the connection broke before a whole answer"),  # httpcore lets it through after the handshake
    httpx.DecodingError: Proof("the answer is in an encoding that was not asked for"),
}
"""Each class by name: RemoteProtocolError is no NetworkError and DecodingError no TransportError, so that base classes
would miss them. After an error in writing, httpcore reads the answer all the same, such as an early 413."""
UNKNOWN = Proof("the connection broke")
"""What is not in the table proves nothing."""

UNTRUSTED = Proof("the server's certificate or TLS set-up is not to be trusted", sent=False, hopeless=True)
PROXY_LOGIN = Proof("the proxy wants to know who asks (HTTP 407)", sent=False, hopeless=True)
NO_HTTP = Proof("what answers does not speak HTTP", foreign=True)


def explain(error: Exception, steps: Sequence[str] = ("connection.connect_tcp.started",)) -> api.NoAnswer:
    """Return what *error* proves. Its own text is not used: httpx puts header values into some.

    *steps*: what httpcore had done for the request, by the names of its trace.
    """
    proof, text = PROOFS.get(type(error), UNKNOWN), str(error)
    if isinstance(error, httpx.ConnectError) and _is_tls(error):
        proof = UNTRUSTED
    elif isinstance(error, httpx.ProxyError) and text.startswith("407"):
        proof = PROXY_LOGIN
    elif isinstance(error, httpx.RemoteProtocolError) and text.startswith(("illegal status", "illegal request")):
        proof = NO_HTTP
    is_new = any(step.startswith("connection.connect") for step in steps)
    is_answered = "http11.receive_response_headers.complete" in steps
    stale = proof.closed and not is_new and not is_answered
    return api.NoAnswer(proof.words, proof.sent, proof.hopeless, proof.foreign, stale)


def _is_tls(error: BaseException | None) -> bool:
    """Tell whether TLS is what failed: httpx wraps that in ConnectError, which reads as worth a retry.

    A connection that is merely cut in the handshake is worth one.
    """
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError)
        error = error.__cause__ or error.__context__
    return False


def tls(ca_file: Path | None = None) -> ssl.SSLContext:
    """Return a context that trusts the certificates in *ca_file*, else those certifi ships, and no others.

    Not `ssl.create_default_context()`: that writes the session's secrets to $SSLKEYLOGFILE. Raises UsageProblem where
    *ca_file* cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(cafile=ca_file or certifi.where())
    except OSError as error:  # ssl.SSLError is one
        words = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
        raise UsageProblem(f"--ca-file cannot be used: {words}") from None
    return context
