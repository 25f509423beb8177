"""Columns of area codes: which headers speak of them, which phone column each belongs to, and what their cells hold."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from contact_import.schema.forms import normals
from contact_import.schema.usual import spoken_of
from contact_import.schema.wording import humps, parts, said
from contact_import.schema.words.around import JOINTS
from contact_import.schema.words.countries import AREA_CODES
from contact_import.schema.words.vetoes import FAXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class _Named(NamedTuple):
    """A header taken apart."""

    words: frozenset[str]
    """Its words without those for an area code, and without joints."""
    number: str


def is_area(header: str) -> bool:
    """Tell whether *header* says that its column holds area codes, of whichever phone."""
    return _named(header) is not None


def belonging(headers: Sequence[str], areas: Iterable[int], phones: Iterable[int]) -> dict[int, int]:
    """Return which of the columns *areas* is that of each of *phones* that has one: position → position.

    "DDD Celular" is that of "Celular"; a bare "DDD" is that of the phone next to it. Between two phones it is that of
    neither, unless one of them has its own: in Phone, Area, Phone, Area each follows its phone. A fax has one as well.
    """
    areas, phones = set(areas), set(phones)
    others = {index for index, header in enumerate(headers) if index not in areas and _rings(header)}
    open_ = {area: _options(headers, area, phones | others) for area in sorted(areas)}
    found: dict[int, int] = {}
    while claimed := Counter(phone for options in open_.values() if len(options) == 1 for phone in options):
        for area, options in list(open_.items()):
            if len(options) == 1:
                found |= {phone: area for phone in options if phone in phones and claimed[phone] == 1}
                del open_[area]
            else:
                options -= set(claimed)
    return found


def _rings(header: str) -> bool:
    """Tell whether *header* speaks of a phone, whoever's it is, or of a fax."""
    return "phone" in spoken_of(header) or bool(said(header, FAXES))


def _options(headers: Sequence[str], area: int, phones: Iterable[int]) -> set[int]:
    """Return the phones that the column *area* may belong to."""
    its_own = _named(headers[area]) or _Named(frozenset(), _number(headers[area]))
    same = {phone for phone in phones if not its_own.number or _number(headers[phone]) in {"", its_own.number}}
    if not its_own.words:
        return {phone for phone in same if abs(phone - area) == 1}
    words = {phone: frozenset(_words(headers[phone])) for phone in same}
    exact = {phone for phone, its in words.items() if its == its_own.words}
    return exact or {phone for phone, its in words.items() if its > its_own.words}


def _named(header: str) -> _Named | None:
    """Return what *header* says beside that it is an area code; None where it says no such thing."""
    words = _words(header)
    for size in range(len(words), 0, -1):
        for area, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if "".join(area) in normals(AREA_CODES):
                return _Named(frozenset(rest), _number(header))
    return None


def _words(header: str) -> list[str]:
    """Return the words of *header*, without joints and figures."""
    bare = ("".join(char for char in word if not char.isdecimal()) for word in parts(humps(header)))
    return [word for word in bare if word and word not in normals(JOINTS)]


def _number(header: str) -> str:
    return "".join(filter(str.isdecimal, header))


_CODE = re.compile(r"\(?0{0,2}([1-9]\d{0,3})\)?(?:\.0)?")
_NUMBER = re.compile(r"([\d\s().\u2010-\u2015-]+?)(?:\.0)?")
_LOCAL = re.compile(r"[1-9]\d{5,7}|9\d{8}")
"""The digits of a number without its area code; nine of them are a mobile of Brazil."""


def area_code(cell: str) -> str:
    """Return the area code in *cell*, as its digits without zeros before them; "" where it is none."""
    found = _CODE.fullmatch(cell.strip())
    return found[1] if found else ""


def with_area(area: str, number: str) -> str:
    """Return the cells *area* and *number* as one text; "" where the one is no area code, or the other is not local."""
    code, plain = area_code(area), _NUMBER.fullmatch(number.strip())
    if not code or not plain:
        return ""
    groups = re.findall(r"\d+", plain[1])
    has_it = len(groups) > 1 and groups[0].lstrip("0") == code
    return "" if has_it or not _LOCAL.fullmatch("".join(groups)) else f"{code} {plain[1].strip()}"
