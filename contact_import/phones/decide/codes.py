"""Country codes typed where none belongs, or missing their plus: what such rows may mean instead."""

from __future__ import annotations

import numpy as np

from contact_import.phones import texts
from contact_import.phones.decide.rows import Rows, attempt, unsettled
from contact_import.phones.decide.verdicts import Verdicts, international, is_mobile, some
from contact_import.phones.read import read
from contact_import.phones.read.readings import Readings
from contact_import.phones.regions import NORTH_AMERICA, may_be_mobile
from contact_import.phones.rules import INDEX
from contact_import.phones.texts import Array


def code_in_number(rows: Rows, verdicts: Verdicts) -> None:
    """Take the country code off a national number that begins with it, where a mobile is left."""
    code = texts.decimal(verdicts.prefix)
    fits = unsettled(verdicts) & (verdicts.prefix > 0) & texts.starts(verdicts.number, code)
    digits = rows.digits[fits]
    rule = np.full(len(digits), INDEX["code-twice"])
    rule[~rows.plus[fits] & texts.starts(digits, b"0")] = INDEX["zero-code"]
    # All of the digits are that number: a code without its plus which is also a landline of its own region.
    rule[~rows.plus[fits] & (digits == verdicts.number[fits])] = INDEX["own-code"]
    attempt(verdicts, fits, verdicts.number[fits], rule)


def american_double_zero(rows: Rows, verdicts: Verdicts) -> None:
    """Read 011 as a plus outside North America too, where the rest is long enough to be sure."""
    fits = unsettled(verdicts) & ~rows.plus & (rows.origins.code > 0) & (rows.origins.code != NORTH_AMERICA)
    fits &= texts.starts(rows.digits, b"011") & (rows.lengths >= 13)
    attempt(verdicts, fits, texts.drop(rows.digits[fits], 3), "idd-011")


def plus_before_national(rows: Rows, verdicts: Verdicts) -> None:
    """Hold numbers with a plus that make sense only without it."""
    places = np.flatnonzero(_signed(rows, verdicts) & ~verdicts.valid)
    if len(places):
        count = len(places)
        readings = read(rows.digits[places], np.zeros(count, dtype=np.bool_), rows.origins.region[places])
        good = is_mobile(readings)
        verdicts.adopt(places[good], some(readings, good))
        verdicts.mark_at(places[good], "phone-plus-national")


def idle_plus(rows: Rows, verdicts: Verdicts) -> None:
    """Hold valid numbers with a plus too, where the column writes one before national numbers."""
    if rows.evidence.plus_is_idle:
        foreign = verdicts.valid & (verdicts.prefix != rows.origins.code)
        verdicts.mark(_signed(rows, verdicts) & foreign, "phone-plus-national")


def _signed(rows: Rows, verdicts: Verdicts) -> Array:
    return np.asarray(verdicts.open & rows.plus & ~rows.zeros & (rows.origins.code > 0))


def missing_plus(rows: Rows, verdicts: Verdicts) -> None:
    """Weigh, for digits without a plus, the reading that they would have with one."""
    bare = verdicts.open & ~rows.plus & (rows.origins.code > 0)
    # A mobile of the row's own country needs no second look; nor does one where the user settled it.
    certain = is_mobile(verdicts) & (rows.origins.own | rows.policy.trust_region)
    places = np.flatnonzero(bare & ~certain)
    places = places[may_be_mobile(rows.digits[places], rows.lengths[places])]
    if not len(places):
        return
    readings = international(rows.digits[places])
    same = (readings.prefix == verdicts.prefix[places]) & (readings.number == verdicts.number[places])
    good = is_mobile(readings) & ~same
    _weigh(rows, verdicts, places[good], some(readings, good))


def _weigh(rows: Rows, verdicts: Verdicts, places: Array, readings: Readings) -> None:
    """Say of each of *places*, a mobile if read with a plus, which of its two readings is meant."""
    own = rows.origins.own[places]
    known = _isin(readings.prefix, rows.evidence.seen)
    expected = _isin(readings.prefix, rows.policy.expect)
    first_mobile, first_valid = is_mobile(verdicts)[places], verdicts.valid[places]
    cases: tuple[tuple[Array, str, bool], ...] = (
        (own & ~first_valid, "phone-conflict", True),
        (~own & first_mobile, "phone-ambiguous", False),
        (~own & ~first_valid & known, "foreign-seen", True),
        (~own & ~first_mobile & (known | expected), "foreign", True),
        (~own & first_valid & ~first_mobile, "phone-ambiguous", False),
        (~own, "phone-foreign", True),
    )
    left = np.ones(len(places), dtype=np.bool_)
    for case, rule, adopted in cases:
        now = left & case
        left &= ~now
        if adopted:
            verdicts.adopt(places[now], some(readings, now))
        else:
            verdicts.remember(places[now], some(readings, now))
        verdicts.mark_at(places[now], rule)


def _isin(codes: Array, wanted: frozenset[int]) -> Array:
    return np.isin(codes, sorted(wanted))
