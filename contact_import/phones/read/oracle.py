"""The reading that everything else is measured against: `phonenumbers`, a row at a time."""

from __future__ import annotations

from functools import cache

import numpy as np
import phonenumbers

from contact_import.phones.read.readings import Readings
from contact_import.phones.texts import Array

_UNREAD = (0, b"", 99, b"", False, False)


@cache
def _prepare() -> None:
    # A world-wide column needs more patterns than `re` remembers; older versions have no cache of their own.
    enable = getattr(phonenumbers, "enable_pattern_cache", None)
    if enable is not None:
        enable()


def read(digits: Array, plus: Array, regions: Array) -> Readings:
    """Read each digit string as `phonenumbers` does; see `Readings` for the contract."""
    _prepare()
    rows = [
        _read_one(("+" if signed else "") + text.decode("ascii"), region.decode("ascii") or None)
        for text, signed, region in zip(digits.tolist(), plus.tolist(), regions.tolist(), strict=True)
    ]
    prefix, number, kind, region, valid, possible = zip(*rows, strict=True) if rows else ((),) * 6
    return Readings(
        prefix=np.array(prefix, dtype=np.int32),
        number=np.array(number, dtype="S17"),
        type=np.array(kind, dtype=np.int8),
        region=np.array(region, dtype="S3"),
        valid=np.array(valid, dtype=np.bool_),
        possible=np.array(possible, dtype=np.bool_),
    )


def _read_one(text: str, region: str | None) -> tuple[int, bytes, int, bytes, bool, bool]:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return _UNREAD
    valid = phonenumbers.is_valid_number(number)
    home = phonenumbers.region_code_for_number(number) if valid else None
    return (
        number.country_code or 0,
        phonenumbers.national_significant_number(number).encode("ascii"),
        phonenumbers.number_type(number),
        (home or "").encode("ascii"),
        valid,
        phonenumbers.is_possible_number(number),
    )
