"""The fields of a contact, and what a header says of them: which it is usual for, and which its words rule out.

A header is known or it is not. `words/` are the tables, in many languages: another spelling of a header is a word
there, and another field a line in `fields`. Everything else here asks a header about those tables.
"""

from contact_import.schema.areas import area_code, belonging, is_area, with_area
from contact_import.schema.channels import channel, nearer
from contact_import.schema.details import is_detail
from contact_import.schema.doubts import (
    bare_name,
    is_bare_code,
    is_bare_number,
    is_perhaps_area,
    needs_calling_codes,
    needs_length,
    needs_plus,
    surname_beside,
)
from contact_import.schema.fields import FIELDS, Field
from contact_import.schema.forms import normal, normals, unnumbered
from contact_import.schema.matching import hits, is_header, odd_words, parentheses, says_phone, without_parentheses
from contact_import.schema.ours import OWN_COLUMNS, own_columns
from contact_import.schema.usual import Hit, spoken_of
from contact_import.schema.vetoes import rules_out, secret, veto
from contact_import.schema.wording import said, spaced, unspaced
from contact_import.schema.words import table
from contact_import.schema.words.consent import CHANNELS, OPT_OUTS
from contact_import.schema.words.vetoes import CUSTOMER_NUMBERS, FAXES, NO_LONGER, OTHER_PEOPLE

__all__ = [
    "CHANNELS",
    "CUSTOMER_NUMBERS",
    "FAXES",
    "FIELDS",
    "NO_LONGER",
    "OPT_OUTS",
    "OTHER_PEOPLE",
    "OWN_COLUMNS",
    "Field",
    "Hit",
    "area_code",
    "bare_name",
    "belonging",
    "channel",
    "hits",
    "is_area",
    "is_bare_code",
    "is_bare_number",
    "is_detail",
    "is_header",
    "is_perhaps_area",
    "nearer",
    "needs_calling_codes",
    "needs_length",
    "needs_plus",
    "normal",
    "normals",
    "odd_words",
    "own_columns",
    "parentheses",
    "rules_out",
    "said",
    "says_phone",
    "secret",
    "spaced",
    "spoken_of",
    "surname_beside",
    "table",
    "unnumbered",
    "unspaced",
    "veto",
    "with_area",
    "without_parentheses",
]
