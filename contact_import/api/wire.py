"""The bytes of a request."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from contact_import.api.shapes import Shape

IMPORT_PATH = "/inbox/users/import"
DEFAULT_BASE_URL = "https://api.v7.express-chat.com"
MAX_ANSWER = 1 << 20
"""Bytes of an answer that are read; a longer one is no answer of this API."""


@dataclass(frozen=True, slots=True)
class Wire:
    """What a platform wants otherwise than its documentation has it, beside the contacts themselves."""

    send_empty: bool = False
    """Send the documented shape in full, also where the user supplied nothing."""
    authtype: bool = True
    """Send `authtype: Key`, as the newer documentation and every working client do."""
    bot_id: str | None = None
    successes: tuple[Shape, ...] = ()
    """Answers that count as success, beside the documented ones. They alter no request."""


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
