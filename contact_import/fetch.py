"""A list behind an https link, such as a published sheet → a file. No token and no cookie goes there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import httpx

from contact_import.errors import InputProblem, UsageProblem
from contact_import.sender import tls
from contact_import.target import is_loopback

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 200 << 20
"""Bytes."""
LONGEST = httpx.Timeout(30.0)
"""Seconds for each step."""
REDIRECTS = 5
_SHEET = re.compile(r"https://docs\.google\.com/spreadsheets/d/([\w-]+)/(?:edit|view)\b[^#]*(?:#(?:.*&)?gid=(\d+))?.*")
"""A Google sheet as the address bar has it. Its export address is
`/export?format=csv&gid=N` (https://developers.google.com/workspace/sheets/api/guides/concepts has the ids)."""


def fetch(link: str, folder: Path) -> Path:
    """Return the file that *link* leads to, put into *folder*.

    https only, also after a redirect; http to this very machine. Raises UsageProblem for another kind of link,
    InputProblem where nothing comes back, or too much.
    """
    address = _direct(link)
    path = folder / _name(address)
    limits = {"verify": tls(), "timeout": LONGEST, "trust_env": False, "follow_redirects": False}
    try:
        with httpx.Client(**limits) as client:  # type: ignore[arg-type]  # a table of keywords
            for _ in range(REDIRECTS + 1):
                _check(address)
                with client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as answer:
                    if answer.is_redirect:
                        address = urljoin(address, answer.headers["location"])
                        continue
                    _save(answer, path)
                    return path
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        words = type(error).__name__  # the text of the error may hold the link
        raise InputProblem(f"{_host(link)} fails ({words}); check the link, or save the file here") from None
    raise InputProblem(f"{_host(link)} redirects more than {REDIRECTS} times; save the file here")


def _direct(link: str) -> str:
    """Return the link to a Google sheet's rows instead of the one to its page; any other as it is."""
    found = _SHEET.fullmatch(link)
    if not found:
        return link
    sheet = f"&gid={found[2]}" if found[2] else ""
    return f"https://docs.google.com/spreadsheets/d/{found[1]}/export?format=csv{sheet}"


def _check(address: str) -> None:
    parts = urlsplit(address)
    if "@" in parts.netloc:
        raise UsageProblem("a link must not hold a user name or password; save the file here")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise UsageProblem("a link must be https: names and numbers would travel in the open")


def _save(answer: httpx.Response, path: Path) -> None:
    if answer.status_code != 200:
        raise InputProblem(
            f"{_host(str(answer.url))} answers HTTP {answer.status_code}; is the sheet published, or shared with "
            "everybody who has the link?"
        )
    size = 0
    with path.open("wb") as file:
        for part in answer.iter_raw():
            size += len(part)
            if size > LARGEST:
                raise InputProblem(f"{_host(str(answer.url))} sends more than {LARGEST >> 20} MB; save the file here")
            file.write(part)


def _name(address: str) -> str:
    """Return a file's name for what *address* leads to: what failures and messages call it."""
    last = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    return re.sub(r"[^\w.-]", "_", last)[:80].lstrip(".") or "sheet"


def _host(link: str) -> str:
    """Return what a message calls the link: its path may be all that keeps a published sheet private."""
    return f"the link to {urlsplit(link).hostname}"
