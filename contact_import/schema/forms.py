"""The form in which headers and words are compared."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

_DROPPED = dict.fromkeys(
    # Hindi's nukta, which is typed or left out at will; accents; Arabic vowel signs and the stretched line.
    (0x93C, 0x640, *range(0x300, 0x370), *range(0x64B, 0x660), 0x670)
)
_SAME = str.maketrans("ıłøđ", "ilod")  # accented letters that Unicode does not take apart


@lru_cache(maxsize=4096)
def normal(header: str) -> str:
    """Return the form in which headers are compared: letters and digits alone, without case and accents.

    NFC is the outer form; inside, the compatibility form makes one of full-width and usual letters, "№" and "No".
    """
    text = unicodedata.normalize("NFKD", header.casefold()).casefold().translate(_DROPPED).translate(_SAME)
    return unicodedata.normalize("NFC", "".join(char for char in text if unicodedata.category(char)[0] in "LMN"))


def unnumbered(header: str) -> str:
    """Return the normal form without digits, so that "Phone 2" and "Phone 1 - Value" are known by one line."""
    return "".join(char for char in normal(header) if not char.isdecimal())


@cache
def normals(table: tuple[str, ...]) -> frozenset[str]:
    """Return the normal forms of the headers or words of *table*."""
    return frozenset(map(normal, table))
