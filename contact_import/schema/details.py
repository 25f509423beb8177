"""Which headers are plainly of the contact, though they feed no field: a city, an address, a remark."""

from __future__ import annotations

from contact_import.schema.forms import normals
from contact_import.schema.wording import humps, parts
from contact_import.schema.words.around import FIRSTS, JOINTS, NUMBERS, PLACES
from contact_import.schema.words.details import DETAILS


def is_detail(header: str) -> bool:
    """Tell whether *header* is made of words for a detail alone: "Home City" is one, and "Branch City" is none."""
    known = normals(DETAILS + PLACES + FIRSTS + JOINTS + NUMBERS)
    words = [word for word in parts(humps(header)) if not word.isdecimal()]
    return bool(words) and known.issuperset(words)
