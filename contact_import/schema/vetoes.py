"""What a word of a header forbids: to take its column for a field, or to show its cells."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from contact_import.schema.fields import FIELDS
from contact_import.schema.usual import spoken_of
from contact_import.schema.wording import said
from contact_import.schema.words.vetoes import SECRETS


class Veto(NamedTuple):
    """Why a header is not what it may seem to be."""

    field: str
    """The field that is ruled out."""
    word: str
    """The word that does it, as the header has it."""


@lru_cache(maxsize=4096)
def veto(header: str) -> Veto | None:
    """Return what a word of *header* rules out, or None: of several fields, the one its other words speak of."""
    ruled_out = [Veto(field.name, word) for field in FIELDS if (word := said(header, field.vetoes))]
    seeming = spoken_of(header)
    # Where no word speaks of any, what matters is that it is no phone.
    return max(ruled_out, key=lambda found: (found.field in seeming, found.field == "phone"), default=None)


def rules_out(header: str, field: str) -> bool:
    """Tell whether a word of *header* rules *field* out."""
    return any(said(header, each.vetoes) for each in FIELDS if each.name == field)


def secret(header: str) -> bool:
    """Tell whether the cells under *header* are to be shown to nobody."""
    return bool(said(header, SECRETS))
