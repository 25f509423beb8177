"""Phone cells → calling code, national number, type, region, a level of certainty, and the rule behind it.

>>> from contact_import.phones import normalise
>>> normalise("98765 43210", region="IN").number
'9876543210'

A column goes as a whole: `survey` says what it shows (calling codes seen with a plus, ruined digits), and
`normalise_column` uses that. Validity is a matter of form: it does not say whose number it is, nor that it is used.
"""

from __future__ import annotations

import phonenumbers

from contact_import.phones.clean.shapes import ERRORS
from contact_import.phones.evidence import Evidence, Policy
from contact_import.phones.normalise import Phone, normalise, normalise_column
from contact_import.phones.read.engine import status as engine_status
from contact_import.phones.rules import explain
from contact_import.phones.survey import survey

DATA_VERSION: str = phonenumbers.__version__
"""The version of the numbering plans: `phonenumbers`' own."""

__all__ = [
    "DATA_VERSION",
    "ERRORS",
    "Evidence",
    "Phone",
    "Policy",
    "engine_status",
    "explain",
    "normalise",
    "normalise_column",
    "survey",
]
