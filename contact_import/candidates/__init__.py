"""Several phones of one person: which is tried first, and which answers for the row.

A row's candidates are its filled phone cells, the best label first: a number said to be on WhatsApp, then a mobile,
then the one starred as the first, then the others; among equals the preferred column. The last are those whose label
has a word of no table, which may be who answers there: of these none is sent, and one that is taken is held. The first
candidate is read for the whole column at once. Only rows in which it is refused, or is a landline, try their next
ones. One that is held stays held: a person must look at it, and the next number might be another person's. A landline
said to be on WhatsApp stays: a business has registered it.
"""

from contact_import.candidates.answers import answer, completed, elsewhere
from contact_import.candidates.areas import of as area_columns
from contact_import.candidates.cells import Read
from contact_import.candidates.order import Candidates, collect, firsts
from contact_import.candidates.rules import OTHER_COLUMN, RULES

__all__ = [
    "OTHER_COLUMN",
    "RULES",
    "Candidates",
    "Read",
    "answer",
    "area_columns",
    "collect",
    "completed",
    "elsewhere",
    "firsts",
]
