"""What is known of regions and calling codes before any number is read."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumberDesc

from contact_import.phones import texts
from contact_import.phones.texts import Array

CODES: dict[int, tuple[str, ...]] = dict(COUNTRY_CODE_TO_REGION_CODE)
"""Calling code → its regions, the main one first; ("001",) where it is no country's."""

CODE_OF: dict[str, int] = {region: code for code, regions in CODES.items() for region in regions if region != "001"}
"""Region → its calling code."""

NORTH_AMERICA = 1
_WORLD = np.zeros(1000, dtype=np.bool_)
_WORLD[[code for code, regions in CODES.items() if regions == ("001",)]] = True


def code_of(region: str | None) -> int:
    """Return the calling code of *region*, 0 when there is none."""
    return CODE_OF.get((region or "").upper(), 0)


def region_place(regions: Array) -> Array:
    """Return the place in `REGIONS` of each region code (S3): two letters of 32, where "001" falls on no country's."""
    letters = np.ascontiguousarray(regions).view(np.uint8).reshape(-1, 3)
    return np.asarray((letters[:, 0] & 31) * np.intp(32) + (letters[:, 1] & 31))


REGIONS = np.full(1024, "", dtype=object)
"""Region codes as text, each at the place that its first two letters make; "" at 0."""
for _region in ("001", *CODE_OF):
    REGIONS[region_place(np.array([_region], dtype="S3"))] = _region


def is_world(codes: Array) -> Array:
    """Tell which calling codes belong to no country: satellite and international services."""
    return np.asarray(_WORLD[codes])


def main_region(code: int) -> str:
    """Return the main region of a calling code, "" when it is no country's."""
    region = CODES.get(code, ("001",))[0]
    return "" if region == "001" else region


@cache
def dials_abroad(region: str) -> str:
    """Return how one dials abroad from *region*: "00", or what begins with it and goes on, as Australia's 0011 does.

    "" where it is dialled otherwise, or in several ways that begin otherwise.
    """
    if region not in CODE_OF:
        return ""
    data = _metadata(region)
    preferred = data.preferred_international_prefix or ""
    if re.fullmatch("00[0-9]+", preferred):
        return preferred
    return "00" if re.fullmatch(data.international_prefix or "", "00") else ""


def may_be_mobile(digits: Array, lengths: Array) -> Array:
    """Tell which strings could, after a plus, be mobiles by code and length alone: a cheap and exact sieve."""
    candidates = (lengths >= 7) & (lengths <= texts.LONGEST)
    first = texts.head(digits)
    leading = (first & 15) * 100 + (first >> 8 & 15) * 10 + (first >> 16 & 15)
    return np.asarray(candidates & _mobile_lengths()[leading, np.minimum(lengths, texts.LONGEST)])


def local_only(prefix: Array, numbers: Array) -> Array:
    """Tell which national numbers have the length of one dialled within its own area."""
    lengths = texts.length(numbers)
    result = np.zeros(len(prefix), dtype=np.bool_)
    for code in np.unique(prefix).tolist():
        rows = prefix == code
        result[rows] = np.isin(lengths[rows], sorted(_local_lengths(code)))
    return result


BRAZIL = 55
_BRAZIL_LOCAL = frozenset({8, 9})
"""Lengths that libphonenumber gives to Brazil's few nation-wide numbers, and people to numbers without area."""


@cache
def _local_lengths(code: int) -> frozenset[int]:
    if code == BRAZIL:
        return _BRAZIL_LOCAL
    region = main_region(code)
    if not region:
        return frozenset()
    general = _metadata(region).general_desc or PhoneNumberDesc()
    return frozenset(general.possible_length_local_only) - frozenset(general.possible_length)


@cache
def _mobile_lengths() -> Array:
    """Return, for each three leading digits and each length, whether a mobile could look so."""
    table = np.zeros((1000, texts.LONGEST + 1), dtype=np.bool_)
    for code, regions in CODES.items():
        width = len(str(code))
        first = code * 10 ** (3 - width)
        for region in regions:
            if region == "001":
                continue
            for length in _mobile_lengths_of(region):
                if 0 < length + width <= texts.LONGEST:
                    table[first : first + 10 ** (3 - width), length + width] = True
    return table


def _mobile_lengths_of(region: str) -> tuple[int, ...]:
    data = _metadata(region)
    # A kind without lengths of its own has those of the whole plan.
    for kind in (data.mobile, data.general_desc):
        if kind is not None and kind.possible_length:
            return tuple(kind.possible_length)
    return ()


def _metadata(region: str) -> PhoneMetadata:
    data = PhoneMetadata.metadata_for_region(region)
    if data is None:
        raise LookupError(f"phonenumbers has no plan for {region}")
    return data
