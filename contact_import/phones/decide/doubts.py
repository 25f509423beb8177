"""What is said of a number once it is read: how it was written, what kind it is, why it is not sent."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from contact_import.phones import texts
from contact_import.phones.decide.rows import Rows, attempt
from contact_import.phones.decide.verdicts import LANDLINE, Verdicts, is_mobile
from contact_import.phones.evidence import ZEROS
from contact_import.phones.kinds import KINDS, PERSONAL, SERVICES
from contact_import.phones.regions import BRAZIL, NORTH_AMERICA, WORLD, local_only
from contact_import.phones.rules import INDEX
from contact_import.phones.texts import Array

SHORTEST = 7
"""Digits below which nothing but a mobile of a tiny country is a phone number."""

LONGEST_INTERNATIONAL = 15
"""Digits of an international number at most, its calling code among them (ITU-T E.164)."""

ARGENTINA = 54


def argentina(rows: Rows, verdicts: Verdicts) -> None:
    """Warn of landlines that are as likely mobiles without their 9, or add it where that was asked for."""
    fits = verdicts.open & verdicts.valid & (verdicts.prefix == ARGENTINA) & (verdicts.type == LANDLINE)
    if rows.policy.ar_assume_mobile:
        attempt(verdicts, fits, texts.join(b"549", verdicts.number[fits]), "ar-nine-added")
    verdicts.mark(fits & (verdicts.type == LANDLINE), "ar-without-9")


def origin(rows: Rows, verdicts: Verdicts) -> None:
    """Compare the number's calling code with what the row's own cells say."""
    origins = rows.origins
    signed = rows.plus & verdicts.valid
    # The number's own plus says more than a prefix or country cell that cannot be read.
    verdicts.mark_each(np.where(signed & (origins.trouble != INDEX["phone-conflict"]), -1, origins.trouble))
    other_prefix = (origins.prefix_code > 0) & (verdicts.prefix != origins.prefix_code)
    other_country = (origins.country_code > 0) & (verdicts.prefix != origins.country_code)
    verdicts.mark(signed & (other_prefix | (origins.trouble == INDEX["phone-prefix"])), "prefix-conflict")
    verdicts.mark(signed & other_country, "phone-conflict")


def kind(rows: Rows, verdicts: Verdicts) -> None:
    """Refuse numbers that are no person's, and say what is particular about the others."""
    policy = rows.policy
    allowed = np.isin(verdicts.type, [KINDS[word] for word in policy.allow_types if word in KINDS])
    world = verdicts.valid & (verdicts.region == WORLD)
    service = verdicts.valid & np.isin(verdicts.type, SERVICES)
    refused = (service & ~allowed) | (world & ("global" not in policy.allow_types))
    verdicts.mark(refused, "phone-type")
    verdicts.mark(service | world, "allowed-type")
    landline = verdicts.valid & (verdicts.type == LANDLINE)
    verdicts.mark(landline, "phone-not-mobile" if policy.mobile_only else "landline")
    verdicts.mark(verdicts.valid & np.isin(verdicts.type, PERSONAL), "voip")
    legacy = (verdicts.prefix == BRAZIL) & is_mobile(verdicts) & (texts.length(verdicts.number) == 10)
    verdicts.mark(legacy, "br-legacy")


def made_up(rows: Rows, verdicts: Verdicts) -> None:
    """Hold numbers that nobody has, and those whose last digits a spreadsheet may have destroyed."""
    verdicts.mark(placeholder(rows.digits) | placeholder(texts.as_digits(verdicts.number)), "phone-placeholder")
    film = texts.starts(texts.drop(verdicts.number, 3), b"55501") & (texts.length(verdicts.number) == 10)
    verdicts.mark(film & (verdicts.prefix == NORTH_AMERICA), "phone-placeholder")
    if rows.evidence.trailing_zeros > 1:
        verdicts.mark(np.strings.endswith(rows.digits, ZEROS), "phone-trailing-zeros")


def invalid(rows: Rows, verdicts: Verdicts) -> None:
    """Say why a row that no reading makes valid cannot be sent."""
    bad = verdicts.open & ~verdicts.valid
    lengths = texts.length(rows.digits)
    local = ~rows.plus & local_only(verdicts.prefix, verdicts.number)
    verdicts.mark(bad & (lengths < SHORTEST), "phone-short")
    whole = texts.length(texts.decimal(verdicts.prefix)) + texts.length(verdicts.number)
    # Some landline ranges have no end of their own: a number can be valid and too long.
    verdicts.mark((~verdicts.valid & (lengths > LONGEST_INTERNATIONAL)) | (whole > LONGEST_INTERNATIONAL), "phone-long")
    verdicts.mark(bad & (lengths >= SHORTEST) & local, "phone-area-code")
    # 00 may itself be a mistake, so that nothing of such a number can be relied on.
    verdicts.mark(bad & verdicts.possible & ~rows.zeros, "phone-unverified")
    verdicts.mark(bad & verdicts.open, "phone-invalid")
    verdicts.mark(verdicts.open & (lengths < SHORTEST) & ~is_mobile(verdicts) & ~rows.plus, "phone-short")


def notation(rows: Rows, verdicts: Verdicts) -> None:
    """Say how a number was written that nothing else is said of."""
    good = verdicts.open & verdicts.valid
    code = texts.decimal(verdicts.prefix)
    whole = texts.as_digits(texts.join(code, verdicts.number))
    own_code = good & ~rows.plus & (rows.digits == whole)
    verdicts.mark(own_code & (rows.origins.prefix_code > 0), "prefix-repeated")
    verdicts.mark(own_code, "own-code")
    verdicts.mark(good & rows.plus, "international")
    verdicts.mark(good & np.strings.endswith(rows.digits, whole), "own-idd")
    verdicts.mark(good & (rows.digits == verdicts.number), "national")
    verdicts.mark(
        good & texts.starts(rows.digits, b"0") & np.strings.endswith(rows.digits, verdicts.number), "trunk-zero"
    )
    verdicts.mark(good, "plan-rule")


STEPS: tuple[Callable[[Rows, Verdicts], None], ...] = (argentina, origin, kind, made_up, invalid, notation)
"""In this order: what is said first stays among equals."""

_RUNS = (b"0123456789", b"1234567890", b"123456789", b"12345678", b"1234567")


def placeholder(digits: Array) -> Array:
    """Tell which strings are one digit repeated, or the digits in their order."""
    if not len(digits):
        return np.zeros(0, dtype=np.bool_)
    marks = np.ascontiguousarray(digits).view(np.uint8).reshape(len(digits), -1)
    repeated = ((marks == marks[:, :1]) | (marks == 0)).all(axis=1) & (texts.length(digits) >= SHORTEST)
    return np.asarray(repeated | np.isin(digits, _RUNS))
