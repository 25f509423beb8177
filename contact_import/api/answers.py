"""What an answer means."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from contact_import.api.shapes import admits_failures, lists_other_rows, parse, says_failure, says_success

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contact_import.api.shapes import Shape


@dataclass(frozen=True, slots=True)
class Answer:
    """What the far side said: header names in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why there is no whole answer."""

    words: str
    sent: bool
    """The request may have reached the platform."""
    hopeless: bool = False
    """Asking again cannot help: a certificate, a protocol."""
    foreign: bool = False
    """Something came back, and it is no HTTP."""
    stale: bool = False
    """The connection had been used before, and was closed before a word of an answer: perhaps while it was idle."""


class Kind(Enum):
    """What an answer says."""

    ACCEPTED = auto()
    """The documented success."""
    REFUSED = auto()
    """Something in these rows is not wanted."""
    TOO_LARGE = auto()
    """Smaller requests are wanted."""
    AWAY = auto()
    """There was no connection: nothing left this machine."""
    BUSY = auto()
    """Nothing was taken; slower."""
    FAILED = auto()
    """Perhaps taken, perhaps not."""
    BROKEN = auto()
    """As FAILED, by a fault that may be about these rows alone."""
    STRANGE = auto()
    """Not a shape this API is known to answer: as FAILED, but a reason to stop where nothing was accepted yet."""
    TOKEN = auto()
    """The token is refused."""
    NOT_THE_API = auto()
    """The address or the set-up is wrong."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means."""

    kind: Kind
    reason: str
    """For people and for the journal; never text that the far side wrote."""
    wait: float | None = None
    """Seconds the far side asks for before the next request."""
    maybe_stored: bool = False
    """Rows of this request may be stored although the answer does not say so."""


_STATUSES: dict[int, tuple[Kind, bool]] = {
    **dict.fromkeys((400, 409, 422), (Kind.REFUSED, False)),
    **dict.fromkeys((401, 403, 407), (Kind.TOKEN, False)),
    **dict.fromkeys((408, 425), (Kind.FAILED, True)),
    413: (Kind.TOO_LARGE, False),
    429: (Kind.BUSY, False),
    500: (Kind.BROKEN, True),
    **dict.fromkeys((501, 505), (Kind.NOT_THE_API, False)),
}
"""Status → what it says, and whether rows may be stored all the same."""
_HUNDREDS: dict[int, tuple[Kind, bool]] = {
    2: (Kind.STRANGE, True),  # 202 says that it is not done, 204 nothing at all
    5: (Kind.FAILED, True),  # 502 and 504 may follow a commit
}
"""Hundreds of the other statuses → the same."""
_OTHERS = (Kind.NOT_THE_API, False)
"""A redirect is one of them, and never followed: a 301 loses the body, a 307 hands it to another host."""


def judge(answer: Answer | NoAnswer, rows: int = 1, successes: Sequence[Shape] = ()) -> Verdict:
    """Tell what *answer* to a request of *rows* rows means.

    Success is a closed list of shapes, *successes* among them; everything else is something else.
    """
    if isinstance(answer, NoAnswer):
        return _judge_silence(answer)
    if answer.status == 200:
        return _judge_200(answer, rows, successes)
    kind, maybe = _STATUSES.get(answer.status) or _HUNDREDS.get(answer.status // 100, _OTHERS)
    return Verdict(kind, f"HTTP {answer.status}{_beside(answer)}", retry_after(answer.headers), maybe)


def _judge_silence(answer: NoAnswer) -> Verdict:
    kinds = [
        (answer.hopeless, Kind.NOT_THE_API),
        (answer.foreign, Kind.STRANGE),
        (answer.sent, Kind.FAILED),
        (True, Kind.AWAY),
    ]
    kind = next(kind for holds, kind in kinds if holds)
    return Verdict(kind, answer.words, maybe_stored=answer.sent)


def _judge_200(answer: Answer, rows: int, successes: Sequence[Shape]) -> Verdict:
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        return Verdict(Kind.STRANGE, "HTTP 200 in an encoding that was not asked for", maybe_stored=True)
    envelope = parse(answer.body)
    if not isinstance(envelope, dict):
        return Verdict(Kind.STRANGE, "HTTP 200, but no JSON object of this API", maybe_stored=True)
    if says_success(envelope, successes):
        doubts = [
            (lists_other_rows(envelope, rows), "HTTP 200, but its list is not that of the rows sent"),
            (admits_failures(envelope), "HTTP 200, but it says that some of it failed"),
        ]
        doubt = next((words for holds, words in doubts if holds), "")
        return Verdict(Kind.STRANGE, doubt, maybe_stored=True) if doubt else Verdict(Kind.ACCEPTED, "HTTP 200")
    if says_failure(envelope):
        return Verdict(Kind.REFUSED, "HTTP 200, but the answer says that it failed")
    return Verdict(Kind.STRANGE, "HTTP 200, but not the documented success", maybe_stored=True)


def _beside(answer: Answer) -> str:
    """Return what else is to be known of a status."""
    if answer.status == 407:
        return ", the proxy wants to know who asks"
    if answer.status == 403 and answer.body.lstrip()[:1] == b"<":
        return " with a web page, so perhaps a firewall and not the token"
    return ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `Retry-After` asks for (RFC 9110 §10.2.3), or None where it says nothing usable.

    A date is measured against the answer's own `Date`, never against the clock of this machine.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), 1e9)
    try:
        wait = (parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(0.0, wait), 1e9)


def said(answer: Answer | NoAnswer) -> str:
    """Return the words of a refusal, for the failures file alone: they may repeat what was in a cell."""
    if isinstance(answer, NoAnswer):
        return answer.words
    envelope = parse(answer.body)
    if not isinstance(envelope, dict):
        return ""
    found = [envelope.get(key) for key in ("message", "error")]
    data = envelope.get("data")
    found += data if isinstance(data, list) else [data]
    text = "; ".join(dict.fromkeys(part for part in found if isinstance(part, str) and part))
    return "".join(letter if letter.isprintable() else " " for letter in text[:500]).strip()
