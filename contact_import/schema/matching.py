"""A header → the fields it is usual for: exact, but for words of place and parentheses.

Similarity is no help here: it finds "Company Name" and "Father's Name" closer to "Name" than most real headers are.
"""

from __future__ import annotations

import re
from functools import cache

from contact_import.schema.fields import FIELDS
from contact_import.schema.forms import normal, normals
from contact_import.schema.usual import Hit, known
from contact_import.schema.vetoes import veto
from contact_import.schema.wording import apart, humps, parts, said
from contact_import.schema.words.around import FIRSTS, HINTS, JOINTS, NUMBERS, PLACES
from contact_import.schema.words.phones import MOBILE, PHONE, WHATSAPP
from contact_import.schema.words.vetoes import NO_LONGER

_PARENTHESIS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_LONGEST = 80  # no usual header is longer; a cell with a paragraph is not worth the folding
_PHONE = re.compile(r"(?:\d\D*){7}")  # behind a word it is somebody's; only an example stands in a parenthesis

_LAST_TIER = {field.name: len(field.tiers) - 1 for field in FIELDS if field.name in {"phone", "email", "country"}}
"""What people have one of at home and another at work, and the rank of those that are less preferred."""


def is_header(cell: str) -> bool:
    """Tell whether *cell* is a usual header of any field."""
    return bool(hits(cell))


def hits(header: str) -> tuple[Hit, ...]:
    """Return the fields that *header* is usual for: as it is, without number, without words of place, or parenthesis.

    What stood in the parenthesis may have changed the meaning, so the values must agree there.
    """
    if len(header) > _LONGEST or _PHONE.search(_PARENTHESIS.sub("", header)):
        return ()
    if exact := known(normal(header)):
        return exact
    if (found := _without_places(header)) and not veto(header):
        return found
    return _without_parenthesis(header)


def _without_places(header: str) -> tuple[Hit, ...]:
    """Return the hits of *header* without the words that only say which of the person's phones or addresses it is."""
    places, joints = normals(PLACES), normals(FIRSTS + JOINTS)
    words = parts(humps(header))
    kept = [word for word in words if word not in places and word not in joints]
    if not kept or len(kept) == len(words):
        return ()
    found = [hit for hit in known("".join(kept)) if hit.field in _LAST_TIER]
    if places.isdisjoint(words):
        return tuple(found)
    return tuple(Hit(hit.field, max(hit.rank, _LAST_TIER[hit.field]), hit.weak) for hit in found)


def _without_parenthesis(header: str) -> tuple[Hit, ...]:
    rest = without_parentheses(header)
    if rest == header:
        return ()
    odd = bool(odd_words(header))
    if veto(header if odd else rest):
        return ()
    return tuple(
        Hit(hit.field, hit.rank, weak=True) for hit in known(normal(rest)) if not (odd and hit.field == "phone")
    )


def odd_words(header: str) -> str:
    """Return the first parenthesis of *header* that may make its phones somebody else's, "" where none does.

    A word that says where a phone rings, how to write it, or once more that it is one, leaves it the contact's.
    """
    for found in _PARENTHESIS.finditer(header):
        others = set(parts(apart(found[0]))) - _usual_words() - normals(HINTS)
        if said(found[0], NO_LONGER) or not all(map(str.isdecimal, others)):
            return found[0]
    return ""


def parentheses(header: str) -> list[str]:
    """Return what stands in the parentheses of *header*."""
    return [found[1:-1].strip() for found in _PARENTHESIS.findall(header)]


def without_parentheses(header: str) -> str:
    """Return *header* without its parentheses and what stands in them."""
    return _PARENTHESIS.sub(" ", header)


def says_phone(header: str) -> bool:
    """Tell whether *header* is made of words for phones alone, though nobody has written it so before: "Tel Mobile"."""
    words = set(parts(apart(header)))
    return not words.isdisjoint(_phone_words()) and all(map(str.isdecimal, words - _usual_words()))


@cache
def _usual_words() -> frozenset[str]:
    """Return the words that leave a phone the contact's: those for phones, for where it rings, for which one it is."""
    return normals(PLACES + FIRSTS + JOINTS + NUMBERS) | _phone_words()


@cache
def _phone_words() -> frozenset[str]:
    """Return the headers of a single word that say phone and nothing else."""
    single = (header for header in WHATSAPP + MOBILE + PHONE if not header.endswith("?") and " " not in header)
    return normals((*single, "WhatsApp", "WA", "SMS", "HP", "contact"))
