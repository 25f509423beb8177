"""The fields of a contact, a table: by which headers each is known, and which words rule it out."""

from __future__ import annotations

from typing import NamedTuple

from contact_import.schema.words.consent import OPT_INS, OPT_OUTS
from contact_import.schema.words.countries import (
    AREA_CODES,
    AREA_OR_DIAL,
    BARE_CODES,
    COUNTRIES,
    COUNTRY_CODES,
    OR_AREAS,
    OR_PREFIXES,
    OTHER_COUNTRIES,
    PREFIXES,
)
from contact_import.schema.words.emails import EMAILS, OTHER_EMAILS
from contact_import.schema.words.names import BARE_NAMES, FIRST_NAMES, FULL_NAMES, LAST_NAMES, OR_NICKNAMES, PERSONS
from contact_import.schema.words.phones import MOBILE, OTHER_PHONES, PHONE, POST_OR_MOBILE, WHATSAPP
from contact_import.schema.words.tags import TAGS
from contact_import.schema.words.vetoes import NO_EMAIL, NO_NAME, NO_PHONE, NOT_THIS_PERSON


class Field(NamedTuple):
    """One field of a contact and the headers it is known by."""

    name: str
    """As --map has it."""
    noun: str
    """As a sentence has it."""
    tiers: tuple[tuple[str, ...], ...]
    """The usual headers as the tables have them; those of an earlier tier are preferred."""
    vetoes: tuple[str, ...] = ()
    """Words and whole headers that rule the field out, whatever the values look like."""
    many: bool = False
    """Several columns may feed it; every other field is fed by one."""


FIELDS = (
    Field("name", "name", (FULL_NAMES, PERSONS, BARE_NAMES), NOT_THIS_PERSON + NO_NAME),
    Field("first_name", "first name", (FIRST_NAMES,)),
    Field("last_name", "last name", (LAST_NAMES, OR_NICKNAMES)),
    Field(
        "phone",
        "phone",
        (WHATSAPP, MOBILE + POST_OR_MOBILE, PHONE, OTHER_PHONES),
        NOT_THIS_PERSON + NO_PHONE,
        many=True,
    ),
    Field("prefix", "dial code", (PREFIXES, COUNTRY_CODES, OR_PREFIXES + BARE_CODES, AREA_OR_DIAL)),
    Field("area", "area code", (AREA_CODES, OR_AREAS), many=True),
    Field("country", "country", (COUNTRIES, COUNTRY_CODES, OTHER_COUNTRIES)),
    Field("email", "e-mail", (EMAILS, OTHER_EMAILS), NOT_THIS_PERSON + NO_EMAIL),
    Field("tags", "tags", TAGS),
    Field("opt_out", "opt-out", (OPT_OUTS,), many=True),
    Field("opt_in", "opt-in", (OPT_INS,), many=True),
)
"""The fields, in the order in which `mapping` looks at them."""
