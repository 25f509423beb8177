"""What is said of a number once it is read: how it was written, what kind it is, why it is not sent."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from contact_import.phones import texts
from contact_import.phones.decide.rows import Rows, attempt
from contact_import.phones.decide.verdicts import LANDLINE, Verdicts, is_mobile
from contact_import.phones.evidence import ZEROS
from contact_import.phones.kinds import KINDS, PERSONAL, SERVICES
from contact_import.phones.regions import BRAZIL, NORTH_AMERICA, is_world, local_only
from contact_import.phones.rules import INDEX
from contact_import.phones.texts import Array

SHORTEST = 7
"""Digits below which nothing but a mobile of a tiny country is a phone number."""

LONGEST_INTERNATIONAL = 15
"""Digits of an international number at most, its calling code among them (ITU-T E.164)."""

ARGENTINA = 54
SOUTH_AFRICA, SOUTH_AFRICAN = 27, 9
"""Calling code, and the digits of every number of a person there: the plan lists mobiles from five digits on."""


def argentina(rows: Rows, verdicts: Verdicts) -> None:
    """Warn of landlines that are as likely mobiles without their 9, or add it where that was asked for."""
    fits = verdicts.open & verdicts.valid & (verdicts.prefix == ARGENTINA) & (verdicts.type == LANDLINE)
    if not fits.any():
        return
    if rows.policy.ar_assume_mobile:
        attempt(verdicts, fits, texts.join(b"549", verdicts.number[fits]), "ar-nine-added")
    verdicts.mark(fits & (verdicts.type == LANDLINE), "ar-without-9")


def origin(rows: Rows, verdicts: Verdicts) -> None:
    """Compare the number's calling code with what the row's own cells say."""
    origins = rows.origins
    signed = rows.plus & verdicts.valid
    # The number's own plus says more than a prefix or country cell that cannot be read.
    silent = signed & (origins.trouble != INDEX["phone-conflict"])
    if (origins.trouble >= 0).any():
        verdicts.mark_each(np.where(silent, -1, origins.trouble))
    other_prefix = (origins.prefix_code > 0) & (verdicts.prefix != origins.prefix_code)
    other_country = (origins.country_code > 0) & (verdicts.prefix != origins.country_code)
    verdicts.mark(signed & (other_prefix | (origins.trouble == INDEX["phone-prefix"])), "prefix-conflict")
    verdicts.mark(signed & other_country, "phone-conflict")


def kind(rows: Rows, verdicts: Verdicts) -> None:
    """Refuse numbers that are no person's, and say what is particular about the others."""
    policy = rows.policy
    world = verdicts.valid & is_world(verdicts.prefix)
    service = verdicts.valid & _IS_SERVICE[verdicts.type]
    if service.any() or world.any():
        allowed = np.isin(verdicts.type, [KINDS[word] for word in policy.allow_types if word in KINDS])
        refused = (service & ~allowed) | (world & ("global" not in policy.allow_types))
        verdicts.mark(refused, "phone-type")
        verdicts.mark(service | world, "allowed-type")
    landline = verdicts.valid & (verdicts.type == LANDLINE)
    verdicts.mark(landline, "phone-not-mobile" if policy.mobile_only else "landline")
    verdicts.mark(verdicts.valid & _IS_PERSONAL[verdicts.type], "voip")
    brazil = np.flatnonzero((verdicts.prefix == BRAZIL) & is_mobile(verdicts))
    verdicts.mark_at(brazil[texts.length(verdicts.number[brazil]) == 10], "br-legacy")


def short(rows: Rows, verdicts: Verdicts) -> None:
    """Hold numbers that the plan takes for whole, and that are short of a digit."""
    del rows
    places = np.flatnonzero((verdicts.prefix == SOUTH_AFRICA) & verdicts.valid & is_mobile(verdicts))
    verdicts.mark_at(places[texts.length(verdicts.number[places]) < SOUTH_AFRICAN], "phone-digit-missing")


def made_up(rows: Rows, verdicts: Verdicts) -> None:
    """Hold numbers that nobody has, and those whose last digits a spreadsheet may have destroyed."""
    verdicts.mark(placeholder(rows.digits) | placeholder(verdicts.number), "phone-placeholder")
    america = np.flatnonzero(verdicts.prefix == NORTH_AMERICA)
    if len(america):
        numbers = verdicts.number[america]
        film = texts.starts(texts.drop(numbers, 3), b"55501") & (texts.length(numbers) == 10)
        verdicts.mark_at(america[film], "phone-placeholder")
    if rows.evidence.zeros_are_scars:
        verdicts.mark(np.strings.endswith(rows.digits, ZEROS), "phone-trailing-zeros")


def invalid(rows: Rows, verdicts: Verdicts) -> None:
    """Say why a row that no reading makes valid cannot be sent."""
    lengths, invalid = rows.lengths, ~verdicts.valid
    bad = verdicts.open & invalid
    verdicts.mark(bad & (lengths < SHORTEST), "phone-short")
    whole = texts.length(verdicts.number) + _WIDTHS[verdicts.prefix]
    # Some landline ranges have no end of their own: a number can be valid and too long.
    verdicts.mark((invalid & (lengths > LONGEST_INTERNATIONAL)) | (whole > LONGEST_INTERNATIONAL), "phone-long")
    odd = np.flatnonzero(bad & (lengths >= SHORTEST) & ~rows.plus)
    verdicts.mark_at(odd[local_only(verdicts.prefix[odd], verdicts.number[odd])], "phone-area-code")
    # 00 may itself be a mistake, so that nothing of such a number can be relied on.
    verdicts.mark(bad & verdicts.possible & ~rows.zeros, "phone-unverified")
    verdicts.mark(bad & verdicts.open, "phone-invalid")
    verdicts.mark(verdicts.open & (lengths < SHORTEST) & ~is_mobile(verdicts) & ~rows.plus, "phone-short")


def notation(rows: Rows, verdicts: Verdicts) -> None:
    """Say how a number was written that nothing else is said of."""
    good = verdicts.open & verdicts.valid
    # The two commonest ways exclude each other and all that follows: they are told apart first, and cheaply.
    plain = good & ~rows.plus & (rows.digits == verdicts.number)
    verdicts.mark(plain, "national")
    verdicts.mark(good & rows.plus, "international")
    places = np.flatnonzero(good & ~plain & ~rows.plus)
    if len(places):
        part = verdicts.some(places)
        _elaborate(rows.some(places), part)
        verdicts.replace(places, part)


def _elaborate(rows: Rows, verdicts: Verdicts) -> None:
    """Say how numbers without a plus were written whose digits are more, or less, than the national number."""
    code = texts.decimal(verdicts.prefix)
    whole = texts.as_digits(texts.join(code, verdicts.number))
    own_code = rows.digits == whole
    verdicts.mark(own_code & (rows.origins.prefix_code > 0), "prefix-repeated")
    verdicts.mark(own_code, "own-code")
    verdicts.mark(np.strings.endswith(rows.digits, whole), "own-idd")
    trunk = texts.starts(rows.digits, b"0") & np.strings.endswith(rows.digits, verdicts.number)
    verdicts.mark(trunk, "trunk-zero")
    verdicts.mark(np.ones(len(whole), dtype=np.bool_), "plan-rule")


STEPS: tuple[Callable[[Rows, Verdicts], None], ...] = (argentina, origin, kind, short, made_up, invalid, notation)
"""In this order: what is said first stays among equals."""

_RUNS = (b"0123456789", b"1234567890", b"123456789", b"12345678", b"1234567")
_RUN_HEADS = texts.head(np.array([b"0123", b"1234"]))
_WIDTHS = texts.length(texts.decimal(np.arange(1000)))
_IS_SERVICE, _IS_PERSONAL = (np.isin(np.arange(100), kinds) for kinds in (SERVICES, PERSONAL))


def placeholder(digits: Array) -> Array:
    """Tell which strings are one digit repeated, or the digits in their order."""
    result = np.zeros(len(digits), dtype=np.bool_)
    # Few begin so: 0123…, 1234…, or with four equal digits.
    head = texts.head(digits)
    likely = np.flatnonzero((head ^ (head >> 8)) & 0xFFFFFF == 0)
    repeated = digits[likely]
    marks = repeated.view(np.uint8).reshape(len(likely), digits.dtype.itemsize)
    same = ((marks == marks[:, :1]) | (marks == 0)).all(axis=1) & (texts.length(repeated) >= SHORTEST)
    result[likely[same]] = True
    likely = np.flatnonzero((head == _RUN_HEADS[0]) | (head == _RUN_HEADS[1]))
    result[likely[np.isin(digits[likely], _RUNS)]] = True
    return result
