"""The platform's address: what may be one, decided before anything is read or sent."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from contact_import.api import IMPORT_PATH
from contact_import.errors import UsageProblem

USUAL_PORTS = {"https": ":443", "http": ":80"}
ENDING = re.compile(rf"(?:{IMPORT_PATH}|/)+$")


def checked(base_url: str) -> str:
    """Return *base_url* in the one way in which it is remembered: no slash at its end, no usual port, a small host.

    Raises UsageProblem unless it is https, or http to this very machine: "localhost" or a loopback address, since the
    token and people's data travel on it. User names in it are refused too: they would replace the token.
    """
    try:
        parts = urlsplit(base_url.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    whole = parts.netloc + parts.path
    odd = " " in whole or not whole.isprintable() or parts.query or parts.fragment
    if not host or odd or parts.scheme not in USUAL_PORTS:
        raise UsageProblem("--base-url must be an address such as https://api.example.com")
    if "@" in parts.netloc:
        raise UsageProblem("--base-url must not hold a user name or password; the token goes into a file")
    if parts.scheme == "http" and not is_loopback(host):
        raise UsageProblem("--base-url must be https: the token and the contacts would travel in the open")
    path = ENDING.sub("", parts.path)
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(USUAL_PORTS[parts.scheme])}{path}"


def checked_proxy(proxy: str, base_url: str) -> str:
    """Return the address of a proxy for requests to *base_url*, as given.

    Raises UsageProblem unless it is one, without a password, which everybody on this machine could see, and unless
    *base_url* is https: otherwise the proxy could read the token.
    """
    try:
        parts = urlsplit(proxy.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"} or parts.path.strip("/") or parts.query or parts.fragment:
        raise UsageProblem("--proxy must be an address such as http://proxy.example.com:3128")
    if "@" in parts.netloc:
        raise UsageProblem("--proxy must not hold a user name or password: others could see it")
    if not base_url.startswith("https:"):
        raise UsageProblem("--proxy takes a --base-url with https: the proxy could read the token")
    return f"{parts.scheme}://{parts.netloc}"


def checked_bot_id(bot_id: str | None) -> str | None:
    """Return *bot_id*; UsageProblem where no header can hold it."""
    if bot_id is not None and not (bot_id.isascii() and bot_id.isprintable() and bot_id.strip() == bot_id != ""):
        raise UsageProblem("--bot-id takes letters and digits, as the platform shows it")
    return bot_id


def resource(endpoint: str) -> str:
    """Return the full address that contacts are posted to; an endpoint that is none, the sandbox, as it is."""
    return f"{endpoint}{IMPORT_PATH}" if "://" in endpoint else endpoint


def is_loopback(host: str) -> bool:
    """Tell whether *host* is this very machine: "localhost" or a loopback address."""
    if host == "localhost":
        return True
    try:
        return "%" not in host and ip_address(host).is_loopback
    except ValueError:
        return False
