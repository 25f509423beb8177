"""A header taken apart into words, in every script, and which of them is of a table."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from contact_import.schema.forms import normal, normals
from contact_import.schema.words.around import FIRSTS, JOINTS, PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u0900-\u0dff])*")
_SPACED = "\u2e80"
"""Scripts behind it, Chinese, Japanese, Korean, put no space between words."""


def unspaced(text: str) -> bool:
    """Tell whether *text* is in a script that puts no space between words."""
    return text[:1] > _SPACED


def apart(header: str) -> list[str]:
    """Return the words of *header* as it has them: "WhatsApp" is one, and "MobilePhone" too."""
    return _WORD.findall(header)


def humps(header: str) -> list[str]:
    """Return the words of *header*, cut where a capital says so: "WhatsApp" is two, and "MobilePhone" too."""
    return _WORD.findall(_CAMEL.sub(" ", header))


def spaced(header: str) -> str:
    """Return the normal forms of the words of *header*, one space between two: "opt in sms" of "OptIn_SMS"."""
    return " ".join(map(normal, humps(header)))


def parts(words: Iterable[str]) -> list[str]:
    """Return the normal forms of *words*, and of what they are made of where no space parts a word of place from it."""
    return [part for word in map(normal, words) for part in _cut(word) if part]


def _cut(word: str) -> list[str]:
    return _unspaced_places().split(word) if unspaced(word) else [word]


@cache
def _unspaced_places() -> re.Pattern[str]:
    words = sorted(filter(unspaced, normals(PLACES + FIRSTS + JOINTS)), key=len, reverse=True)
    return re.compile(f"({'|'.join(words)})")


@lru_cache(maxsize=4096)
def by_form(header: str) -> dict[str, str]:
    """Return the words of *header*, with humps as one and as several: normal form → as it has them."""
    return {normal(word): word for word in (*apart(header), *humps(header))}


@lru_cache(maxsize=16384)
def said(header: str, wanted: tuple[str, ...]) -> str:
    """Return the word of *header*, or the whole of it, that is one of the table *wanted*; "" where none is."""
    plain, stems, inside = _sorted_out(wanted)
    whole = normal(header)
    if whole in plain:
        return " ".join(header.split())
    of_header = by_form(header).items()
    found = next((word for key, word in of_header if key in plain or (stems and key.startswith(stems))), "")
    return found or next((word for word in inside if word in whole), "")


@cache
def _sorted_out(wanted: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Return words, beginnings of words, and those of the scripts that put no space between words."""
    plain = frozenset(normal(word) for word in wanted if not word.endswith("*"))
    stems = tuple(normal(word) for word in wanted if word.endswith("*"))
    return plain, stems, tuple(sorted(filter(unspaced, (*plain, *stems))))
