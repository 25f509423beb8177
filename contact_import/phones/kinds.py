"""The kinds of numbers, in the words that the rest of the program uses."""

from __future__ import annotations

import numpy as np
from phonenumbers import PhoneNumberType

KINDS: dict[str, int] = {
    PhoneNumberType.to_string(number).lower().replace("_", "-"): number for number in PhoneNumberType.values()
}
"""Word → libphonenumber's number: "mobile", "fixed-line-or-mobile", …"""

WORDS = np.full(100, "", dtype=object)
"""libphonenumber's number → word; "" for unknown."""
for _word, _number in KINDS.items():
    WORDS[_number] = "" if _number == PhoneNumberType.UNKNOWN else _word

SERVICES = [KINDS[word] for word in ("toll-free", "premium-rate", "shared-cost", "pager", "uan", "voicemail")]
"""Kinds that are no person's."""

PERSONAL = [KINDS[word] for word in ("voip", "personal-number")]
"""Kinds that may be a person's, on a computer."""
