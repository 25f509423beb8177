"""The decision over a column: what each row is read as, how sure that is, and by which rule.

The order matters. First the plain reading; then, for rows that are no mobile by it, the repairs, each a second
reading of rewritten digits; then what a missing plus would change; last what keeps a valid number from being sent.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from contact_import.phones import texts
from contact_import.phones.clean.column import NONE, Cleaned
from contact_import.phones.decide.codes import (
    american_double_zero,
    code_in_number,
    idle_plus,
    missing_plus,
    plus_before_national,
)
from contact_import.phones.decide.doubts import SHORTEST
from contact_import.phones.decide.doubts import STEPS as DOUBTS
from contact_import.phones.decide.rewrites import rewrite
from contact_import.phones.decide.rows import Rows, unsettled
from contact_import.phones.decide.verdicts import Verdicts
from contact_import.phones.evidence import Evidence, Policy
from contact_import.phones.origins import Origins
from contact_import.phones.read import read
from contact_import.phones.regions import dials_abroad
from contact_import.phones.rules import INDEX
from contact_import.phones.texts import Array

Step = Callable[[Rows, Verdicts], None]

REPAIRS: tuple[Step, ...] = (code_in_number, rewrite, american_double_zero, plus_before_national)
"""What happens, after the plain reading, to the rows that are no mobile by it, in this order."""

STEPS: tuple[Step, ...] = (idle_plus, missing_plus, *DOUBTS)
"""What then happens to all rows, in this order."""


def decide(cleaned: Cleaned, origins: Origins, evidence: Evidence, policy: Policy) -> Verdicts:
    """Return what each row of a cleaned column is."""
    verdicts = Verdicts(len(cleaned.digits))
    worded = cleaned.worded
    verdicts.mark_each(np.where(worded, NONE, np.where(cleaned.several, INDEX["link"], cleaned.rule)))
    digits, zeros, rules = dialled(cleaned, origins)
    verdicts.mark_each(rules)
    plus = cleaned.plus | zeros
    rows = Rows(_with_area(digits, plus, origins), plus, zeros, origins, evidence, policy)
    _read(rows, verdicts)
    _repair(rows, verdicts)
    for step in STEPS:
        step(rows, verdicts)
    verdicts.mark(worded, "phone-words")  # last, so that the number shown is as well read as any
    return verdicts


def dialled(cleaned: Cleaned, origins: Origins) -> tuple[Array, Array, Array]:
    """Return the digits without a leading 00, which rows had one, and the rule that speaks of it."""
    zeros = texts.head(cleaned.digits) & 0xFFFF == _DOUBLE_ZERO
    rules = np.full(len(zeros), NONE, dtype=np.int16)
    if not zeros.any():
        return cleaned.digits, zeros, rules
    zeros &= ~cleaned.refused
    rules[zeros] = INDEX["double-zero"]
    bare = zeros & ~cleaned.plus
    for region in np.unique(origins.region[bare]).tolist():
        there, idd = bare & (origins.region == region), dials_abroad(region.decode()).encode()
        if idd == b"00":
            rules[there] = INDEX["own-idd"]
        elif idd:
            longer = there & texts.starts(cleaned.digits, idd)
            zeros &= ~longer
            rules[longer] = NONE
    digits = cleaned.digits.copy()
    digits[zeros] = texts.as_digits(texts.drop(digits[zeros], 2))
    return digits, zeros, rules


_DOUBLE_ZERO = int.from_bytes(b"00", "little")


def _with_area(digits: Array, plus: Array, origins: Origins) -> Array:
    """Return *digits* with the prefix cell's area code before those too short to have one."""
    rows = np.flatnonzero(~plus & (origins.area != b""))
    rows = rows[(texts.length(digits[rows]) <= 7) & (digits[rows] != b"")]
    if not len(rows):
        return digits
    whole = digits.copy()
    whole[rows] = texts.join(origins.area[rows], digits[rows])
    return whole


def _read(rows: Rows, verdicts: Verdicts) -> None:
    # Without a region there is nothing to read bare digits by: they are read as if with a plus, to be shown.
    homeless = ~rows.plus & (rows.origins.code == 0)
    verdicts.mark(homeless & (rows.origins.trouble < 0) & (rows.lengths >= SHORTEST), "phone-no-country")
    plus = rows.plus | homeless
    readable = (rows.lengths > 0) & (rows.lengths <= texts.LONGEST)
    places = np.flatnonzero(readable)
    if len(places) == len(readable):
        readings = read(rows.digits, plus, rows.origins.region)
    else:
        readings = read(rows.digits[places], plus[places], rows.origins.region[places])
    verdicts.adopt(places, readings)


def _repair(rows: Rows, verdicts: Verdicts) -> None:
    # A mobile stays what it is, so that the repairs need to see the few other rows only.
    places = np.flatnonzero(unsettled(verdicts))
    if not len(places):
        return
    rest, mended = rows.some(places), verdicts.some(places)
    for step in REPAIRS:
        step(rest, mended)
    verdicts.replace(places, mended)
