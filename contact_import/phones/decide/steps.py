"""The decision over a column: what each row is read as, how sure that is, and by which rule.

The order matters. First the plain reading; then, for rows that are no mobile by it, the repairs, each a second
reading of rewritten digits; then what a missing plus would change; last what keeps a valid number from being sent.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from contact_import.phones import texts
from contact_import.phones.clean.column import Cleaned
from contact_import.phones.decide.codes import american_double_zero, code_in_number, missing_plus, plus_before_national
from contact_import.phones.decide.doubts import SHORTEST
from contact_import.phones.decide.doubts import STEPS as DOUBTS
from contact_import.phones.decide.rewrites import rewrite
from contact_import.phones.decide.rows import Rows
from contact_import.phones.decide.verdicts import Verdicts
from contact_import.phones.evidence import Evidence, Policy
from contact_import.phones.origins import Origins
from contact_import.phones.read import read
from contact_import.phones.regions import dials_double_zero, dials_longer
from contact_import.phones.rules import INDEX
from contact_import.phones.texts import Array

STEPS: tuple[Callable[[Rows, Verdicts], None], ...] = (
    code_in_number,
    rewrite,
    american_double_zero,
    plus_before_national,
    missing_plus,
    *DOUBTS,
)
"""What happens to a column after the plain reading, in this order."""


def decide(cleaned: Cleaned, origins: Origins, evidence: Evidence, policy: Policy) -> Verdicts:
    """Return what each row of a cleaned column is."""
    verdicts = Verdicts(len(cleaned.digits))
    verdicts.mark_each(cleaned.rule)
    digits, zeros, rules = dialled(cleaned, origins)
    verdicts.mark_each(rules)
    plus = cleaned.plus | zeros
    rows = Rows(_with_area(digits, plus, origins), plus, zeros, origins, evidence, policy)
    _read(rows, verdicts)
    for step in STEPS:
        step(rows, verdicts)
    return verdicts


def dialled(cleaned: Cleaned, origins: Origins) -> tuple[Array, Array, Array]:
    """Return the digits without a leading 00, which rows had one, and the rule that speaks of it."""
    zeros = texts.starts(cleaned.digits, b"00") & ~cleaned.refused
    for region, idd in dials_longer().items():
        zeros &= ~((origins.region == region) & texts.starts(cleaned.digits, idd) & ~cleaned.plus)
    own = zeros & ~cleaned.plus & np.isin(origins.region, sorted(dials_double_zero()))
    rules = np.full(len(zeros), -1, dtype=np.int16)
    rules[zeros] = INDEX["double-zero"]
    rules[own] = INDEX["own-idd"]
    digits = cleaned.digits.copy()
    digits[zeros] = texts.as_digits(texts.drop(digits[zeros], 2))
    return digits, zeros, rules


def _with_area(digits: Array, plus: Array, origins: Origins) -> Array:
    """Return *digits* with the prefix cell's area code before those too short to have one."""
    short = ~plus & (origins.area != b"") & (texts.length(digits) <= 7) & (digits != b"")
    return np.where(short, texts.as_digits(texts.join(origins.area, digits)), digits)


def _read(rows: Rows, verdicts: Verdicts) -> None:
    # Without a region there is nothing to read bare digits by: they are read as if with a plus, to be shown.
    homeless = ~rows.plus & (rows.origins.region == b"")
    nameless = homeless & (rows.origins.trouble < 0) & (texts.length(rows.digits) >= SHORTEST)
    verdicts.mark(nameless, "phone-no-country")
    readable = (rows.digits != b"") & (texts.length(rows.digits) <= texts.LONGEST)
    places = np.flatnonzero(readable)
    readings = read(rows.digits[places], (rows.plus | homeless)[places], rows.origins.region[places])
    verdicts.adopt(places, readings)
