"""Headers that say of which country their phones are: "Phone (India)", "Mobile (Home Country)"."""

from __future__ import annotations

import re

from contact_import import schema
from contact_import.mapping import given as named
from contact_import.mapping.placing import Found

_SHORT = frozenset({"UAE", "KSA", "USA", "UK", "RSA"})
"""Initials that are no other word: PER may be Peru, and personal."""
_INITIALS = 3
_AROUND = re.compile(r"[+\d]+|\b(?:only|numbers?|nos?)\b", re.IGNORECASE)
_CODE = re.compile(r"\+\d{1,3}(?![\s-]?\d)")
_HOME = re.compile(r"\b(?:home|native|own|origin) country\b(?! code)|\bcountry of origin\b", re.IGNORECASE)


def of(header: str) -> str | None:
    """Return the region that *header* names, "(India)" or "+91"; None where it names none.

    "(Home Country)" does not say which one: "".
    """
    from contact_import.phones.countries import region_of  # noqa: PLC0415 - country names take a while to load
    from contact_import.phones.prefixes import prefix_of  # noqa: PLC0415 - as above

    if (code := _CODE.search(header)) and (region := prefix_of(code[0]).region):
        return region
    for inside in schema.parentheses(header):
        if _HOME.search(inside):
            return ""
        name = " ".join(_AROUND.sub(" ", inside).split())
        if schema.odd_words(header) and (len(name) > _INITIALS or name in _SHORT) and (region := region_of(name)):
            return region
    return None


def hits(header: str) -> tuple[schema.Hit, ...]:
    """Return what *header* is usual for: also that of a phone which names a country, as it is without that name."""
    if found := schema.hits(header):
        return found
    return _phone(header) if of(header) is not None else ()


def elsewhere(header: str, shown: str, region: str | None) -> Found | None:
    """Return why a phone column *header* is none for *region*, whose numbers those without a code are; None if it is.

    What it says of a country must be the same one.
    """
    if not region or not _phone(header) or (country := of(header)) is None or _same(region, country):
        return None
    return Found(None, f"{ELSEWHERE}{_instead(shown, country)}")


def _phone(header: str) -> tuple[schema.Hit, ...]:
    """Return what *header* is usual for without its parentheses, where that is a phone and nobody else's."""
    found = schema.hits(schema.without_parentheses(header))
    return found if found and found[0].field == "phone" and not schema.veto(header) else ()


def _same(region: str, country: str) -> bool:
    """Tell whether the numbers of both have the same calling code."""
    from contact_import.phones.prefixes import prefix_of  # noqa: PLC0415 - importing the mapping must not cost pandas

    return prefix_of(region).code == prefix_of(country).code


ELSEWHERE = "not mapped: its header says that its phones are of another country than --country"


def _instead(shown: str, country: str) -> str:
    if country:
        return f"; for them, read the list with --country {country}"
    return f"; if all of them have their codes, add {named.option('map', 'phone', shown)}"
