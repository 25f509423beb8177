"""The far side: the bytes it takes, and what its answers mean. No clock and no socket in here.

The call is documented by the platform as `POST /inbox/users/import` with a JSON array of contacts, answered by
`200 {"status": "success", …}`; its sibling endpoints answer `{"success": true, "code": 200, …}`. How it refuses is
not documented, so everything that is not one of these two shapes counts as something else than success.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from itertools import repeat
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

IMPORT_PATH = "/inbox/users/import"
DEFAULT_BASE_URL = "https://api.v7.express-chat.com"
MAX_ANSWER = 1 << 20
"""Bytes of an answer that are read; a longer one is no answer of this API."""

# Wire form ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wire:
    """What alters the bytes or the headers of a request, beside the contacts themselves."""

    send_empty: bool = False
    """Send the documented shape in full, also where the user supplied nothing."""
    authtype: bool = True
    """Send `authtype: Key`, as the newer documentation and every working client do."""
    bot_id: str | None = None


def encode(sheet: pd.DataFrame, attributes: Sequence[str] = (), *, send_empty: bool = False) -> list[bytes]:
    """Return the JSON object of each row of *sheet*, made once: a row that is sent again is sent as these bytes.

    *sheet* has the columns name, email, prefix, number (str), tags (tuple of str) and, for each key in
    *attributes*, a column of that key's values named "attribute:KEY". What is empty is left out, since an empty
    value might clear what the platform has stored.
    """
    people = zip(*(sheet[name].tolist() for name in ("name", "email", "prefix", "number", "tags")), strict=True)
    extras = zip(*(sheet[f"attribute:{key}"].tolist() for key in attributes), strict=True) if attributes else repeat(())
    return [
        orjson.dumps(
            {"profile": {"userDetails": _details(person, dict(zip(attributes, extra, strict=True)), send_empty)}}
        )
        for person, extra in zip(people, extras, strict=False)  # repeat() has no end
    ]


def _details(person: tuple[Any, ...], attributes: dict[str, str], full: bool) -> dict[str, Any]:
    name, email, prefix, number, tags = person
    contact: dict[str, Any] = {"phone": {"number": number, "prefix": prefix}}
    details: dict[str, Any] = {"contact": contact}
    if name or full:
        details["userProvidedName"] = name
    if email or full:
        contact["email"] = email
    if tags or full:
        details["tags"] = tags
    pairs = [{"key": key, "value": value} for key, value in attributes.items() if value]
    if pairs or full:
        details["attributes"] = pairs
    return details


def body(contacts: Sequence[bytes]) -> bytes:
    """Return the request body that holds *contacts*."""
    return b"[" + b",".join(contacts) + b"]"


# Answers ------------------------------------------------------------


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


class Kind(Enum):
    """What a run does about an answer."""

    ACCEPTED = auto()
    """The documented success."""
    REFUSED = auto()
    """Something in these rows is not wanted: halve, down to the rows."""
    TOO_LARGE = auto()
    """Halve, and send smaller requests from now on."""
    BUSY = auto()
    """Nothing was taken; ask again later."""
    FAILED = auto()
    """Perhaps taken, perhaps not; send the same bytes again."""
    STRANGE = auto()
    """Not a shape this API is known to answer: as FAILED, but a reason to stop where nothing was ever accepted."""
    TOKEN = auto()
    """The token is refused: stop."""
    NOT_THE_API = auto()
    """The address or the set-up is wrong: stop."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means."""

    kind: Kind
    reason: str
    """For people and for the journal; never text that the far side wrote."""
    wait: float | None = None
    """Seconds the far side asks for before the next request."""
    maybe_stored: bool = False
    """Rows of this request may be stored all the same."""


_STATUSES: dict[int, tuple[Kind, bool]] = {
    **dict.fromkeys((400, 409, 422), (Kind.REFUSED, False)),
    **dict.fromkeys((401, 403, 407), (Kind.TOKEN, False)),
    413: (Kind.TOO_LARGE, False),
    429: (Kind.BUSY, False),
    503: (Kind.FAILED, True),
    **dict.fromkeys((408, 425), (Kind.FAILED, True)),
    **dict.fromkeys((501, 505), (Kind.NOT_THE_API, False)),
}
"""Status → what to do, and whether rows may be stored all the same."""


SUCCESSES = frozenset(
    {
        '{"status": "success"}',
        '{"code": 200, "status": "success"}',
        '{"success": true}',
        '{"code": 200, "success": true}',
        '{"status": "success", "success": true}',
        '{"code": 200, "status": "success", "success": true}',
    }
)
"""What `status`, `success` and `code` may say together in an answer that counts as success; as JSON, which tells
true from 1 and 200 from 200.0."""

FAILURES = ("error", "fail", "failed", "failure")


def judge(answer: Answer | NoAnswer) -> Verdict:
    """Tell what *answer* means. Success is a closed list of shapes; everything else is something else."""
    if isinstance(answer, NoAnswer):
        if answer.hopeless:
            return Verdict(Kind.NOT_THE_API, answer.words, maybe_stored=answer.sent)
        return Verdict(Kind.FAILED if answer.sent else Kind.BUSY, answer.words, maybe_stored=answer.sent)
    reason = f"HTTP {answer.status}"
    if answer.status == 200:
        return _judge_200(answer)
    if answer.status in _STATUSES:
        kind, maybe = _STATUSES[answer.status]
    elif answer.status >= 500:
        kind, maybe = Kind.FAILED, True
    elif 200 < answer.status < 300:
        kind, maybe = Kind.STRANGE, True
    else:
        kind, maybe = Kind.NOT_THE_API, False
    return Verdict(kind, reason, retry_after(answer.headers), maybe)


def _judge_200(answer: Answer) -> Verdict:
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        return Verdict(Kind.STRANGE, "HTTP 200 in an encoding that was not asked for", maybe_stored=True)
    envelope = parse(answer.body)
    if not isinstance(envelope, dict):
        return Verdict(Kind.STRANGE, "HTTP 200, but no JSON object of this API", maybe_stored=True)
    marks = {key: envelope[key] for key in ("code", "status", "success") if key in envelope}
    if json.dumps(marks) in SUCCESSES:
        return Verdict(Kind.ACCEPTED, "HTTP 200")
    if envelope.get("status") in FAILURES or (envelope.get("success") is False and envelope.get("status") != "success"):
        return Verdict(Kind.REFUSED, "HTTP 200, but the answer says that it failed")
    return Verdict(Kind.STRANGE, "HTTP 200, but not the documented success", maybe_stored=True)


def parse(text: bytes) -> Any:
    """Return the JSON value of *text*, or None where it is not exactly one: no NaN, no key said twice."""
    try:
        return json.loads(text.decode(), object_pairs_hook=_no_twins, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is said twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `Retry-After` asks for (RFC 9110 §10.2.3), or None where it says nothing usable.

    A date is measured against the answer's own `Date`, never against the clock of this machine.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9]) if len(text) < 10 else 1e9
    try:
        wait = (parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, wait)


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


# Rules ------------------------------------------------------------

CANARY = (1, 10)
"""Rows of the first requests: what is wrong with everything shows on one contact, not on a hundred."""
MAX_TRIES = 6
"""Requests for one batch, while other batches get through."""
SYSTEMIC = 5
"""So many single rows refused, and none ever accepted: the refusal is not about the rows."""
LONGEST_PAUSE = 60.0
"""Seconds."""


def backoff(failures: int, chance: float) -> float:
    """Return the seconds to wait after *failures* failures in a row: full jitter, *chance* in 0…1."""
    return chance * min(LONGEST_PAUSE, 0.5 * 2.0 ** min(failures, 10))
