"""What a string of digits can be read as: the one form in which every engine answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of a column of n digit strings, as columns. An engine is a function
    `read(digits, plus, regions) -> Readings`, with

    - digits: dtype S20, shape (n,): ASCII digits only, at most 17 of them, no plus
    - plus: dtype bool, shape (n,): whether a plus stood before the digits
    - regions: dtype S2, shape (n,): the default region of each, b"" when there is none

    and the meaning of each column is what `phonenumbers` says after
    `parse(("+" if plus else "") + digits, region or None)`: `country_code`, `national_significant_number`,
    `number_type`, `region_code_for_number`, `is_valid_number`, `is_possible_number`.
    A string that does not parse has prefix 0, number b"", type 99, region b"" and is neither valid nor possible.
    """

    prefix: np.ndarray
    """Country calling code, int32; 0 when there is none."""
    number: np.ndarray
    """National significant number, zeros kept: dtype S17."""
    type: np.ndarray
    """phonenumbers.PhoneNumberType, int8; 99 is UNKNOWN."""
    region: np.ndarray
    """Region code, dtype S3 ("001" for numbers of no country); b"" when unknown or not valid."""
    valid: np.ndarray
    """bool"""
    possible: np.ndarray
    """bool"""
