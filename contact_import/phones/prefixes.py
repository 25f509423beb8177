"""Cells of a prefix column: `91`, `+91`, `0091`, `91.0`, `IN`, `India (+91)`, `1-242` → a calling code."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from contact_import.phones.countries import region_of
from contact_import.phones.regions import CODE_OF, CODES, NORTH_AMERICA, main_region

LONGEST_CELL = 250
_BLANK = frozenset({"", "-", "--", "nan", "none", "null", "n/a", "nil", "#n/a", "<na>"})
_FLOAT = re.compile(r"[.,]0+$")


class Prefix(NamedTuple):
    """What a prefix or country cell says; `code` is 0 for a blank cell, negative for `UNKNOWN` and `UNREADABLE`."""

    code: int
    region: str = ""
    area: str = ""
    """Digits after the calling code that belong to the number: 242 of 1242."""


BLANK = Prefix(0)
UNKNOWN = Prefix(-1)
"""Digits that are no calling code, or that contradict the name beside them."""
UNREADABLE = Prefix(-2)
"""Neither digits nor a country."""


def prefix_of(cell: str) -> Prefix:
    """Return what a prefix cell or a country cell says: digits win over names, as they are more exact."""
    if len(cell) > LONGEST_CELL:
        return UNREADABLE
    text = unicodedata.normalize("NFKC", cell).strip().lstrip("'")
    # "NA" is Namibia: it must not be taken for "not available".
    if text.lower() in _BLANK:
        return BLANK
    digits = "".join(str(int(mark)) for mark in text if mark.isdecimal())
    words = "".join(mark for mark in text if mark.isalpha() or mark.isspace() or mark in "'’.-" or _joins(mark))
    name = words.strip(" .-")
    if digits:
        return _of_digits(text, digits, region_of(name))
    region = region_of(name) or region_of(text)
    return Prefix(CODE_OF[region], region) if region else UNREADABLE


def _joins(mark: str) -> bool:
    return unicodedata.category(mark).startswith("M")


def _of_digits(text: str, digits: str, region: str) -> Prefix:
    if _FLOAT.search(text) and not text.startswith("."):
        digits = "".join(mark for mark in _FLOAT.sub("", text) if mark.isdecimal())
    digits = digits.removeprefix("00")
    code = next((int(digits[:size]) for size in (3, 2, 1) if _is_code(digits[:size])), 0)
    area = digits[len(str(code)) :] if code else ""
    # Only North America writes an area code into the prefix; elsewhere more digits are a mistake.
    if not code or (area and (code != NORTH_AMERICA or len(area) != 3)):
        return UNKNOWN
    if CODE_OF.get(region) != code:
        region = "" if region else main_region(code)
    return Prefix(code, region, area) if region else UNKNOWN


def _is_code(digits: str) -> bool:
    return bool(digits) and digits[0] != "0" and digits.isascii() and int(digits) in CODES
