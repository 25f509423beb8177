"""The bytes of a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    numbers, prefixes = (_written(sheet[name].tolist()) for name in ("number", "prefix"))
    members = [_member(f',"{key}":', texts, full=send_empty) for key, texts in _optional(sheet, attributes)]
    return [_CONTACT % row for row in zip(numbers, prefixes, *members, strict=True)]


_CONTACT = b'{"profile":{"userDetails":{"contact":{"phone":{"number":%b,"prefix":%b}%b}%b%b%b}}}'
_EMPTY = (b'""', b"[]")


def _optional(sheet: pd.DataFrame, attributes: Sequence[str]) -> Iterator[tuple[str, list[bytes]]]:
    """Yield what a contact may have beside its phone, in the order of the shape: key, and the value of each row."""
    yield "email", _written(sheet["email"].tolist())
    yield "userProvidedName", _written(sheet["name"].tolist())
    tags = sheet["tags"].tolist()
    known = {each: orjson.dumps(each) for each in set(tags)}
    yield "tags", [known[each] for each in tags]
    pairs = [_pairs(key, sheet[f"attribute:{key}"].tolist()) for key in attributes]
    rows = [b"[" + b",".join(filter(None, row)) + b"]" for row in zip(*pairs, strict=True)]
    yield "attributes", rows or [b"[]"] * len(tags)


def _pairs(key: str, values: list[str]) -> list[bytes]:
    head = b'{"key":' + orjson.dumps(key) + b',"value":'
    return [b"" if text in _EMPTY else head + text + b"}" for text in _written(values)]


def _member(key: str, values: list[bytes], *, full: bool) -> list[bytes]:
    head = key.encode()
    return [head + value if full or value not in _EMPTY else b"" for value in values]


def _written(texts: list[str]) -> list[bytes]:
    """Return each of *texts* as JSON. Together they cost a third: no line break in JSON is a part of a text."""
    return orjson.dumps(texts, option=orjson.OPT_INDENT_2)[4:-2].split(b",\n  ") if texts else []


def body(contacts: Sequence[bytes]) -> bytes:
    """Return the request body that holds *contacts*."""
    return b"[" + b",".join(contacts) + b"]"
