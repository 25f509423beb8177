"""Faults with a name: what clients of HTTP APIs met in the wild, one entry each. A plan's `do` may be any of them.

The conditions (which request, how often, at which rate) are the plan's; so is everything else that it says itself.
"""

from __future__ import annotations

import gzip
from typing import Any

from contact_import.sandbox.answers import HTML, JSON
from contact_import.sandbox.faults import Fault

SUCCESS = b'{"status":"success","message":"User profiles imported successfully."}'
EVER = 3600.0
"""Seconds after which no client waits any more."""


def _head(*lines: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", *lines, "", "")).encode()


def _raw(body: bytes, **more: Any) -> dict[str, Any]:
    """Return a fault that stores the contacts, and then writes *body* as it is."""
    return {"do": "raw", "when": "after-commit", "body": body, **more}


def _said(body: bytes, status: int = 200, kind: str = JSON, **more: Any) -> dict[str, Any]:
    """Return a fault that stores the contacts, and then answers *body*."""
    headers = (("content-type", kind),)
    return {"do": "answer", "when": "after-commit", "status": status, "headers": headers, "body": body, **more}


def _zipped(body: bytes, encoding: str = "gzip") -> dict[str, Any]:
    return _said(body, headers=(("content-type", JSON), ("content-encoding", encoding)))


def _refusal(status: int, body: bytes = b"", kind: str = JSON, **more: Any) -> dict[str, Any]:
    """Return a fault that answers before anything is stored."""
    return _said(body, status, kind, **{"when": "after-read", **more})


def _moved(status: int) -> dict[str, Any]:
    return _refusal(status, headers=(("location", "https://elsewhere.example.com/inbox/users/import"),))


_BOMB = gzip.compress(bytes(1 << 20), 6, mtime=0)
"""A thousand times as large when it is unpacked."""

CATALOGUE: dict[str, dict[str, Any]] = {
    # Connections that go away
    "lost-request": {"do": "drop", "when": "before-commit"},
    "lost-answer": {"do": "drop", "when": "after-commit"},
    "reset-answer": {"do": "reset", "when": "after-commit"},
    "half-stored": {"do": "drop", "when": "mid-commit"},
    "late-commit": {"do": "lose", "when": "before-commit", "seconds": 5.0},
    "stale-connection": {"do": "reset", "when": "before-read", "reused": True},
    "idle-close": {"do": "drop", "when": "after-answer"},
    # Slowness
    "silence": {"do": "stall", "when": "after-commit", "seconds": EVER},
    "unread-request": {"do": "stall", "when": "before-read", "seconds": EVER},
    "slow-answer": _raw(_head("content-length: 1000"), filler=b" ", seconds=0.5),
    "slow-headers": _raw(b"HTTP/1.1 200 OK\r\nx-slow: ", filler=b"z", seconds=0.5),
    # Answers that break off
    "cut-answer": {"do": "cut", "when": "mid-answer"},
    "cut-chunk": _raw(_head("content-type: " + JSON, "transfer-encoding: chunked") + b"45\r\n" + SUCCESS[:20]),
    "cut-json": _raw(_head("content-type: " + JSON, "connection: close") + SUCCESS[:20]),
    "cut-gzip": _zipped(gzip.compress(SUCCESS, mtime=0)[:-12]),
    # Answers that are too much
    "bad-gzip": _zipped(b"\x1f\x8b\x08\x00 this is no gzip"),
    "good-gzip": _zipped(gzip.compress(SUCCESS, mtime=0)),
    "gzip-bomb": _zipped(_BOMB),
    "double-gzip": _zipped(gzip.compress(_BOMB, mtime=0), "gzip, gzip"),
    "endless-answer": _raw(_head("content-type: " + JSON, "connection: close"), filler=b" " * 65_536),
    "huge-header": _raw(_head("x-huge: " + "z" * 300_000, "content-length: 69") + SUCCESS),
    "continue-flood": _raw(b"", filler=b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    # No HTTP
    "tls-bytes": {"do": "raw", "body": b"\x15\x03\x03\x00\x02\x02\x46"},
    "http-0.9": {"do": "raw", "body": b"<html>\n\n<body>It works!</body></html>\n"},
    "other-protocol": {"do": "raw", "body": b"ICY 200 OK\r\nicy-name: Radio\r\n\r\n"},
    "ssh-banner": {"do": "raw", "body": b"SSH-2.0-OpenSSH_9.2\r\n"},
    # Somebody else's 200, and other statuses that are no success
    "portal": _refusal(200, b"<!DOCTYPE html><html><body>Please log in to the network.</body></html>", HTML),
    "empty": _said(b""),
    "created": _said(SUCCESS, 201),
    "queued": _said(SUCCESS, 202),
    "no-content": _said(b"", 204),
    "multi-status": _said(SUCCESS, 207),
    # 200 that says so, and is not the documented success
    "status-upper-case": _said(b'{"status":"Success"}'),
    "status-with-space": _said(b'{"status":"success "}'),
    "status-ok": _said(b'{"status":"ok"}'),
    "status-true": _said(b'{"status":true}'),
    "status-array": _said(b'{"status":["success"]}'),
    "success-as-text": _said(b'{"success":"true","code":200}'),
    "success-as-number": _said(b'{"success":1,"code":200}'),
    "code-alone": _said(b'{"message":"User profiles imported successfully.","code":200}'),
    "code-as-text": _said(b'{"success":true,"code":"200"}'),
    "code-500": _said(b'{"success":true,"code":500}'),
    "success-within": _said(b'{"data":{"status":"success"}}'),
    "success-and-not": _said(b'{"status":"success","success":false}'),
    # JSON that strict readers refuse and lenient ones do not
    "said-twice": _said(b'{"status":"success","status":"error"}'),
    "said-twice-well": _said(b'{"status":"error","status":"success"}'),
    "nan": _said(b'{"status":"success","took":NaN}'),
    "deep": _said(b'{"status":"success","data":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "huge-number": _said(b'{"status":"success","data":' + b"9" * 5_000 + b"}"),
    "array": _said(b"[" + SUCCESS + b"]"),
    "string": _said(b'"success"'),
    "null": _said(b"null"),
    "byte-order-mark": _said(b"\xef\xbb\xbf" + SUCCESS),
    "utf-16": _said(SUCCESS.decode().encode("utf-16")),
    "two-values": _said(SUCCESS + SUCCESS),
    # Failures that say so
    "failure-in-200": _refusal(200, b'{"status":"error","message":"User profiles could not be imported."}'),
    "refusal": _refusal(400, b'{"success":false,"message":"Validation failed","code":400,"data":[]}'),
    "half-refused": _refusal(400, b'{"success":false,"message":"Validation failed"}', when="mid-commit"),
    "token-refused": _refusal(401, b"Unauthorized", "text/plain; charset=utf-8"),
    "forbidden": _refusal(403, b"<html><body><h1>403 Forbidden</h1></body></html>", HTML),
    "proxy-login": _refusal(407, headers=(("proxy-authenticate", "Basic"),)),
    "not-found": _refusal(404, b"<pre>Cannot POST /inbox/users/import</pre>", HTML),
    "too-large": _refusal(413, b'{"success":false,"message":"request entity too large"}', when="before-read"),
    "moved": _moved(301),
    "found-elsewhere": _moved(302),
    "see-other": _moved(303),
    "sent-elsewhere": _moved(307),
    "moved-for-good": _moved(308),
    # Overload
    "busy": _refusal(429, b'{"success":false,"message":"Too many requests","code":429}'),
    "broken": _refusal(500, b'{"success":false,"message":"Internal server error","code":500}'),
    "half-stored-500": _said(b'{"success":false,"message":"Internal server error"}', 500, when="mid-commit"),
    "unavailable": _refusal(503, b"<html><body><h1>503 Service Unavailable</h1></body></html>", HTML),
    "bad-gateway": _said(b"<html><body><h1>502 Bad Gateway</h1></body></html>", 502, HTML),
    "gateway-timeout": _said(b"<html><body><h1>504 Gateway Time-out</h1></body></html>", 504, HTML),
}


def named(do: str, **more: Any) -> Fault:
    """Return the fault that the catalogue has as *do*, or a plain one, with what *more* says.

    Headers add to those of the catalogue; everything else wins over it. Raises ValueError where that is no fault.
    """
    entry = CATALOGUE.get(do, {"do": do})
    given = tuple(more.get("headers", ()))
    names = {name.lower() for name, _ in given}
    kept = tuple((name, value) for name, value in entry.get("headers", ()) if name.lower() not in names)
    return Fault(**{**entry, **more, "headers": kept + given})
