"""What is sent of cells that hold text: names, addresses, tags, attributes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from contact_import import phones, schema
from contact_import.prepare.cells import column, first_filled

if TYPE_CHECKING:
    import pandas as pd

    from contact_import import sources
    from contact_import.models import Frame, Mapping


_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}+@(?=.{4,255}$)[^\W_][\w-]*+\.(?:[\w-]++\.)*+[^\W\d_]{2,}+")

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, direction overrides and halves of characters: no part of anybody's name."""

_TAG_BREAKS = re.compile(":::|[,;|]")

_TEXTS = frozenset({"name", "first_name", "last_name", "email", "tags"})
"""The fields whose cells are sent as they are written."""


def without_errors(frame: Frame, mapping: Mapping) -> tuple[Frame, np.ndarray]:
    """Return *frame* without a spreadsheet's errors in the texts that are sent, and which rows had one (bool).

    In other columns an error says something: that the row's phone, country or consent is not known.
    """
    found = {}
    for each in mapping.columns:
        if each.field in _TEXTS or (each.field or "").startswith("attribute:"):
            texts = [text.strip() for text in frame.cells[each.index].tolist()]
            if not phones.ERRORS.isdisjoint(texts):
                found[each.index] = np.array([text in phones.ERRORS for text in texts], dtype=bool)
    if not found:
        return frame, np.zeros(len(frame.rows), dtype=bool)
    cells = frame.cells.copy()
    for position, where in found.items():
        cells.loc[where, position] = ""
    return replace(frame, cells=cells), np.any(list(found.values()), axis=0)


def names(frame: Frame, mapping: Mapping) -> pd.Series[Any]:
    """Return the full names: the name column's, or first and last name joined where that is blank."""
    full = _named(first_filled(frame, mapping, "name"))
    if not mapping.feeding("first_name") and not mapping.feeding("last_name"):
        return column(full)
    first = _named(first_filled(frame, mapping, "first_name"))
    last = _named(first_filled(frame, mapping, "last_name"))
    return column([a or f"{b} {c}".strip() for a, b, c in zip(full, first, last, strict=True)])


def _named(texts: list[str]) -> list[str]:
    """Return *texts* cleaned, "" for what people write for want of a name: "-", ".", "n/a"."""
    return [text if text[:2].isalpha() or not _is_nameless(text) else "" for text in clean(texts)]


def _is_nameless(text: str) -> bool:
    """Tell whether *text* is made of signs, or says "n/a". NA may be a name, and so may a heart."""
    return text.casefold() in _NOT_AVAILABLE or all(unicodedata.category(sign) in _SIGNS for sign in text)


_SIGNS = frozenset("Pc Pd Ps Pe Pi Pf Po Sc Sk Sm Zs".split())
"""Unicode's categories of punctuation, of currency, of mathematics, and of spaces."""

_NOT_AVAILABLE = frozenset({"n/a", "n.a.", "n.a"})


def clean(texts: list[str]) -> list[str]:
    """Return *texts* without what is no part of a text: `_mend` says what."""
    return [text if text.isascii() and text.isprintable() and "  " not in text else _mend(text) for text in texts]


def _mend(text: str) -> str:
    """Return *text* with single spaces for runs of white space and line breaks, and no unprintable characters."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return " ".join(_UNPRINTABLE.sub("", spaced).split())


def emails(texts: list[str]) -> list[str]:
    """Return the address in each of *texts*, "" where it is none."""
    addresses = [text.removeprefix("mailto:") for text in texts]
    return [address if _EMAIL.fullmatch(address) else "" for address in addresses]


def tags(texts: list[str], always: tuple[str, ...], export: sources.Export | None) -> pd.Series[Any]:
    """Return the tags of each row, those in its cell and the ones that are *always* put, as a column of tuples."""
    dropped = frozenset(map(schema.normal, export.dropped_tags)) if export else frozenset()
    known = {text: _pieces(text, always, dropped) for text in set(texts)}  # many rows, few texts
    return column([known[text] for text in texts])


def _pieces(text: str, always: tuple[str, ...], dropped: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the tags in a cell: "vip, new", "* friends ::: * myContacts", '"VIP","Blog"', '["vip","swim"]'."""
    if not text:
        return always
    inside = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    pieces = (_mend(piece).removeprefix("* ").strip('" ') for piece in _TAG_BREAKS.split(inside))
    kept = (piece for piece in pieces if piece and piece not in phones.ERRORS)
    own = (piece for piece in kept if not dropped or schema.normal(piece) not in dropped)
    return tuple(dict.fromkeys((*own, *always)))


def without_transport(texts: list[str], export: sources.Export | None) -> list[str]:
    """Return *texts* without what the program that exported them put before numbers: "l:" in "l:1234"."""
    if not export or not export.transports:
        return texts
    pattern = re.compile(f"(?:{'|'.join(map(re.escape, export.transports))})(?=[+0-9])")
    return [pattern.sub("", text, count=1) if pattern.match(text) else text for text in texts]
