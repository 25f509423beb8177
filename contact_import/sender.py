"""Posts one request, and reports what came back as a value. The only importer of httpx."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

import certifi
import httpx

from contact_import import api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from contact_import.credentials import Secret

TIMEOUT = httpx.Timeout(connect=10.0, read=60.0, write=30.0, pool=10.0)
"""Seconds for each step of a request; httpx has no limit for the whole of it, see `Sender.longest`."""

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
HOPELESS = (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError)


@dataclass(frozen=True, slots=True)
class Target:
    """Where requests go and what they say of themselves."""

    base_url: str
    token: Secret
    wire: api.Wire

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
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=5.0),
            follow_redirects=False,  # a followed 301 drops the body, a followed 307 hands it to another host
            trust_env=False,  # no proxy, .netrc or certificate folder that only the environment knows of
        )

    async def __aenter__(self) -> Sender:
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._client.aclose()

    async def post(self, content: bytes) -> api.Answer | api.NoAnswer:
        """Post *content* and return the answer, or why there is none."""
        try:
            async with asyncio.timeout(self.longest):
                async with self._client.stream("POST", api.IMPORT_PATH, content=content) as response:
                    headers = {name.lower(): value for name, value in response.headers.items()}
                    body = await _read(response.aiter_raw())
                    return api.Answer(response.status_code, headers, body.replace(self._token, b"***"))
        except TimeoutError:
            return api.NoAnswer(f"no whole answer within {self.longest:g} seconds", sent=True)
        except _AnswerTooLongError:
            return api.NoAnswer(f"an answer of more than {api.MAX_ANSWER} bytes", sent=True)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return _explain(error)


class _AnswerTooLongError(Exception):
    pass


async def _read(chunks: AsyncIterator[bytes]) -> bytes:
    """Return the raw body; raw, because a small compressed one may unfold to gigabytes."""
    found = bytearray()
    async for chunk in chunks:
        found += chunk
        if len(found) > api.MAX_ANSWER:
            raise _AnswerTooLongError
    return bytes(found)


def _explain(error: httpx.HTTPError | httpx.InvalidURL) -> api.NoAnswer:
    """Return what *error* proves. Its own text is not used: httpx puts header values into some."""
    if _is_tls(error):
        return api.NoAnswer("the server's certificate or TLS set-up is not to be trusted", sent=False, hopeless=True)
    return api.NoAnswer(
        _WORDS.get(type(error), "the connection broke"),
        sent=not isinstance(error, (*NOT_SENT, *HOPELESS)),
        hopeless=isinstance(error, HOPELESS),
    )


_WORDS: dict[type[Exception], str] = {
    httpx.ConnectError: "no connection: the host does not answer or its name is not known",
    httpx.ConnectTimeout: "no connection within 10 seconds",
    httpx.ReadTimeout: "no answer within 60 seconds",
    httpx.WriteTimeout: "the host did not take the request within 30 seconds",
    httpx.RemoteProtocolError: "the connection was closed before a whole answer",
    httpx.ReadError: "the connection broke before a whole answer",
    httpx.WriteError: "the connection broke while sending",
    httpx.InvalidURL: "the address is not a URL",
    httpx.UnsupportedProtocol: "the address is neither http nor https",
    httpx.LocalProtocolError: "the request cannot be written as HTTP",
}


def _is_tls(error: BaseException | None) -> bool:
    """Tell whether a certificate is behind *error*: httpx wraps that in ConnectError, which reads as worth a retry."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def tls() -> ssl.SSLContext:
    """Return a context that trusts the certificates certifi ships and nothing that the environment names.

    Not `ssl.create_default_context()`: that writes the session's secrets to $SSLKEYLOGFILE.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cafile=certifi.where())
    return context
