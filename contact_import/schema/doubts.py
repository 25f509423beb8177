"""Headers that mean more than one thing, by what settles their meaning: the columns beside them, or the values."""

from __future__ import annotations

from contact_import.schema.forms import normals, unnumbered
from contact_import.schema.words.countries import AREA_OR_DIAL, BARE_CODES, OR_AREAS, OR_PREFIXES
from contact_import.schema.words.names import BARE_NAMES, SURNAME_BESIDE
from contact_import.schema.words.phones import BARE_NUMBERS, POST_OR_MOBILE


def bare_name(header: str) -> bool:
    """Tell whether *header* says no more than "name": the full one or a part, as the other columns have it."""
    return unnumbered(header) in normals(BARE_NAMES)


def surname_beside(first_name: str) -> bool:
    """Tell whether a bare name beside the header *first_name* is the surname in its language."""
    return unnumbered(first_name) in normals(SURNAME_BESIDE)


def needs_length(header: str) -> bool:
    """Tell whether digits under *header* may as well be a post code, unless they are more than that has."""
    return unnumbered(header) in normals(POST_OR_MOBILE)


def needs_calling_codes(header: str) -> bool:
    """Tell whether *header* may mean anything but a dial code, unless nearly all values are calling codes."""
    return unnumbered(header) in normals(OR_PREFIXES + BARE_CODES)


def is_bare_code(header: str) -> bool:
    """Tell whether *header* says "code" alone, which is a dial code only beside a phone."""
    return unnumbered(header) in normals(BARE_CODES)


def is_bare_number(header: str) -> bool:
    """Tell whether *header* says "number" alone, which is a phone only beside a name and for want of a better one."""
    return unnumbered(header) in normals(BARE_NUMBERS)


def is_perhaps_area(header: str) -> bool:
    """Tell whether digits under *header* may be area codes and much else: "Area" is also a part of a town."""
    return unnumbered(header) in normals(OR_AREAS)


def needs_plus(header: str) -> bool:
    """Tell whether digits under *header* may as well be an area code, unless a + says otherwise."""
    return unnumbered(header) in normals(AREA_OR_DIAL)
