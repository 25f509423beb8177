"""The usual headers of all fields, looked up by their form."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from contact_import.schema.fields import FIELDS
from contact_import.schema.forms import normal, unnumbered
from contact_import.schema.wording import by_form


class Hit(NamedTuple):
    """A header found in the table."""

    field: str
    rank: int
    """0 for the preferred headers of the field."""
    weak: bool
    """To be believed only where the values agree."""


def known(form: str) -> tuple[Hit, ...]:
    """Return the fields that a header of the normal *form* is usual for, as it is or else without its digits."""
    return _index().get(form) or _index().get(unnumbered(form), ())


def spoken_of(header: str) -> frozenset[str]:
    """Return the fields that a single word of *header* is a usual header of."""
    return frozenset(hit.field for word in by_form(header) for hit in known(word))


@cache
def _index() -> dict[str, tuple[Hit, ...]]:
    """Return the fields of each usual header, in its normal form."""
    found: dict[str, dict[str, Hit]] = {}
    for field in FIELDS:
        for rank, tier in enumerate(field.tiers):
            for header in tier:
                hit = Hit(field.name, rank, weak=header.endswith("?"))
                found.setdefault(normal(header), {}).setdefault(field.name, hit)
    return {key: tuple(by_field.values()) for key, by_field in found.items()}
