"""A cell → its content in plain characters, without guards and schemes, before any meaning is seen in it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from contact_import.phones.clean import shapes

LONGEST_CELL = 250
"""Characters; a longer cell is no phone number, and is refused before anything looks at it."""


REMEMBERED = 4096
"""Characters whose plain form is kept: more than any list has, less than Unicode has."""


def bare_text(text: str) -> tuple[str, str]:
    """Return the content of a cell in plain characters, and the rule that this met, "" for none."""
    if len(text) > LONGEST_CELL:
        return "", "phone-long"
    compatible = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if len(compatible) > LONGEST_CELL:  # one character may stand for eighteen
        return "", "phone-long"
    folded = compatible.translate(_FOLDED)
    if _LONG_SOUND in folded:
        folded = _LIKE_DASH.sub("-", folded)
    bare = shapes.without_scheme(_unguard(folded.strip().lower()))
    return bare, "" if text.isascii() else _raised(text)


_LONG_SOUND = "ー"
"""A letter of Japanese words, typed for the dash that looks like it."""
_LIKE_DASH = re.compile(rf"(?<=[\d)]){_LONG_SOUND}(?=[\d(])")


def _raised(text: str) -> str:
    """Return what raised or circled digits mean: a way to write all of them, or a footnote behind the others."""
    if not any(map(_is_raised, text)):
        return ""
    return "phone-signs" if any(map(str.isdecimal, text)) else "superscript"


_KEPT = {"\n": "\n", "\r": "\n", "\v": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "−": "-", "⁄": "/"}


_STRUCK = frozenset("\u0335\u0336\u0337\u0338\u20d2\u20d3\u20e0")
"""Marks that strike a digit out."""


@lru_cache(REMEMBERED)
def _is_raised(mark: str) -> bool:
    return unicodedata.category(mark) == "No" or mark in _STRUCK


class _Folded(dict[int, str]):
    """What `str.translate` asks: code point → the plain character it counts as, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < REMEMBERED:
            self[code] = folded
        return folded


_FOLDED = _Folded()


def _fold(mark: str) -> str:
    """Return the plain character that *mark* counts as, "" where it counts as none."""
    if mark in _KEPT:
        return _KEPT[mark]
    if mark.isascii():
        return mark if mark.isprintable() else " "
    if mark.isdecimal():
        return str(unicodedata.decimal(mark))
    category = unicodedata.category(mark)
    if category in {"Cf", "Mn", "Me", "Mc"}:
        return ""
    if category == "Pd":
        return "-"
    return " " if category[0] in "ZC" else mark


def _unguard(text: str) -> str:
    """Take off what keeps a spreadsheet from calculating: '…, "…", =…, ="…"."""
    return text.lstrip("'’`").removeprefix("=").strip().strip('"').lstrip("'’").strip()
