"""Numbers to try a plan on: every example in the metadata, dialled in every usual way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, islice

import numpy as np
import phonenumbers
from phonenumbers import PhoneNumberType

_WAYS: tuple[Callable[[str, str, str], tuple[str, bool]], ...] = (
    lambda code, number, _: (code + number, True),
    lambda _code, number, _: (number, False),
    lambda _code, number, trunk: (trunk + number, False),
    lambda code, number, _: (code + number, False),
    lambda code, number, _: ("00" + code + number, False),
    lambda code, number, trunk: (code + trunk + number, True),
    lambda code, number, _: (code + number[:-1], True),
    lambda code, number, _: (code + number + "0", True),
    lambda code, number, _: ("00" + code + number, True),
    lambda code, number, _: (code + number + "000", False),
    lambda _code, number, _: (number[::-1], False),
    lambda _code, number, _: (number[:1], False),
)
"""What is dialled, and whether with a plus, for a calling code, a national number and a national prefix."""


def specimens() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return some 2,700 rows as the columns that an engine reads: digits, plus, regions."""
    rows = []
    ways = cycle(_WAYS)
    for region, code, number, trunk in _examples():
        for dial in islice(ways, 2):
            digits, plus = dial(code, number, trunk)
            rows.append((digits[:17], plus, region))
    digits_column, plus_column, region_column = zip(*rows, strict=True)
    return np.array(digits_column, "S20"), np.array(plus_column, bool), np.array(region_column, "S2")


def _examples() -> Iterator[tuple[str, str, str, str]]:
    """Yield region, calling code, national number and national prefix of every example number."""
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        trunk = phonenumbers.ndd_prefix_for_region(region, True) or "0"
        for number_type in PhoneNumberType.values():
            example = phonenumbers.example_number_for_type(region, number_type)
            if example is not None:
                yield region, str(example.country_code), phonenumbers.national_significant_number(example), trunk
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        example = phonenumbers.example_number_for_non_geo_entity(code)
        if example is not None:
            yield "", str(code), phonenumbers.national_significant_number(example), "0"
