"""What a decision starts from, and the one move that every repair is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from contact_import.phones import texts
from contact_import.phones.decide.verdicts import LANDLINE, Verdicts, international, is_mobile, some
from contact_import.phones.evidence import Evidence, Policy
from contact_import.phones.origins import Origins
from contact_import.phones.rules import INDEX
from contact_import.phones.texts import Array


@dataclass(frozen=True)
class Rows:
    """The digits of a column, what its rows say of themselves, what it shows as a whole, what was asked for."""

    digits: Array
    plus: Array
    zeros: Array
    """Whether that plus was written as 00."""
    origins: Origins
    evidence: Evidence
    policy: Policy
    lengths: Array = field(init=False)
    """How many digits each row has."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "lengths", texts.length(self.digits))

    def some(self, rows: Array) -> Rows:
        """Return those rows (their places) alone."""
        columns = (self.digits[rows], self.plus[rows], self.zeros[rows], self.origins.some(rows))
        return Rows(*columns, self.evidence, self.policy)


def unsettled(verdicts: Verdicts) -> Array:
    """Tell which rows may still be sent and are no mobile as they are read."""
    return np.asarray(verdicts.open & ~is_mobile(verdicts))


def attempt(verdicts: Verdicts, fits: Array, digits: Array, rule: str | Array, *, landlines: bool = False) -> None:
    """Read the rows *fits* as *digits* (one for each of them) behind a plus, and take what is a mobile."""
    places = np.flatnonzero(fits)
    if not len(places):
        return
    readings = international(digits)
    good = is_mobile(readings)
    if landlines:
        good |= readings.valid & (readings.type == LANDLINE)
    verdicts.adopt(places[good], some(readings, good))
    rules = np.full(len(places), INDEX[rule]) if isinstance(rule, str) else rule
    spoken = np.full(len(verdicts.rule), -1, dtype=np.int16)
    spoken[places[good]] = rules[good]
    verdicts.mark_each(spoken)
