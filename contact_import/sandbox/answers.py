"""Answers as Express, which the platform runs on, writes them."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from email.utils import formatdate
from html import escape
from typing import TYPE_CHECKING, Any

import orjson
from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


def express(status: int, body: bytes, kind: str = HTML, extra: Sequence[tuple[str, str]] = ()) -> Response:
    """Return an answer with Express's headers, and ours that tells a sandbox; *extra* wins over both."""
    length = [] if status in (204, 304) else [("content-length", str(len(body)))]
    usual = [
        ("x-powered-by", "Express"),
        ("x-sandbox", "1"),
        ("content-type", kind),
        ("etag", _etag(body)),
        ("date", formatdate(usegmt=True)),
        *length,
    ]
    wanted = [(name.lower(), value) for name, value in extra]
    named = {name for name, _ in wanted}
    response = Response(body, status)
    response.raw_headers = [
        (name.encode("latin-1"), value.encode("latin-1"))
        for name, value in [*(pair for pair in usual if pair[0] not in named), *wanted]
    ]
    return response


def said(message: str, data: Any = None) -> Response:
    """Return a success in the envelope of the sibling endpoints."""
    return express(200, orjson.dumps({"success": True, "message": message, "code": 200, "data": data}), JSON)


def failed(status: int, message: str, data: Sequence[str] = (), extra: Sequence[tuple[str, str]] = ()) -> Response:
    """Return a failure in the same envelope, its *data* an array of strings."""
    envelope = {"success": False, "message": message, "code": status, "data": list(data)}
    return express(status, orjson.dumps(envelope), JSON, extra)


def imported(envelope: str) -> Response:
    """Return the success of an import, in one of its two documented envelopes."""
    message = "User profiles imported successfully."
    if envelope == "success":
        return said(message)
    return express(200, orjson.dumps({"status": "success", "message": message}), JSON)


def unauthorized() -> Response:
    """Return what a missing or wrong token is answered."""
    return express(401, b"Unauthorized", TEXT)


def cannot(method: str, path: str) -> Response:
    """Return Express's page for what it does not serve."""
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n'
        f"<body>\n<pre>Cannot {escape(method)} {escape(path)}</pre>\n</body>\n</html>\n"
    )
    safe = [("content-security-policy", "default-src 'none'"), ("x-content-type-options", "nosniff")]
    return express(404, page.encode(), HTML, safe)


def _etag(body: bytes) -> str:
    digest = b64encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    return f'W/"{len(body):x}-{digest[:27]}"'
