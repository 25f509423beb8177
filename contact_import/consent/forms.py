"""The forms in which cells and phrases about consent are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from contact_import import schema

_WORD = re.compile("[a-z0-9]+")


def plain(cell: str) -> str:
    """Return *cell* without case, with single spaces."""
    return " ".join(cell.casefold().replace("_", " ").replace("\ufe0f", "").split())


def in_words(text: str) -> str:
    """Return the words of *text* as `schema.normal` has them, one space between two: "dont call" of "Don't call!"."""
    if text.isascii():
        return " ".join(_WORD.findall(text.replace("'", "").casefold()))
    kept = (char if unicodedata.category(char)[0] in "LMN" else " " for char in text.replace("'", "").replace("’", ""))
    return " ".join(filter(None, map(schema.normal, "".join(kept).split())))


@cache
def plains(table: tuple[str, ...]) -> frozenset[str]:
    """Return the words of *table* as they are typed: with accents, and without."""
    return frozenset(map(plain, table)) | frozenset(map(schema.normal, table))


@cache
def wholes(table: tuple[str, ...]) -> frozenset[str]:
    """Return the phrases of *table* as `in_words` has them."""
    return frozenset(map(in_words, table))


@cache
def begins(table: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches a text of words that begins with one of *table*; "*" is how a word begins."""
    ends = (re.escape(in_words(word)) + ("" if word.endswith("*") else r"(?!\S)") for word in table)
    return re.compile("|".join(ends))
