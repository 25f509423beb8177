"""Every rule a phone cell can meet, as a table: how sure its answer is, what it means, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from contact_import.models import Level

S, N, W, H, R = Level.SILENT, Level.NOTE, Level.WARN, Level.HELD, Level.REJECTED


class Example(NamedTuple):
    """A cell, the region that its column is read in, and its row's prefix and country cells; "" for none."""

    text: str
    region: str = ""
    prefix: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table. `example` meets the rule, `counter` looks like it and does not."""

    code: str
    level: Level
    words: str
    example: Example
    counter: Example


# One rule a paragraph reads as a table; one argument a line would not.
# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("international", S, "A plus and a country code, as it should be.",
         Example("+91 98765 43210"), Example("98765 43210", "IN")),
    Rule("national", S, "A number of the region named.",
         Example("98765 43210", "IN"), Example("+91 98765 43210")),
    Rule("trunk-zero", S, "The digit dialled before a national number was taken off.",
         Example("098765 43210", "IN"), Example("98765 43210", "IN")),
    Rule("own-code", S, "The region's own country code without its plus.",
         Example("919876543210", "IN"), Example("9198765432", "IN")),
    Rule("plan-rule", S, "The region's own numbering rules rewrote it.",
         Example("011 15-2345-6789", "AR"), Example("+54 9 11 2345-6789")),
    Rule("own-idd", S, "The digits by which this region dials abroad were read as a plus.",
         Example("00919876543210", "IN"), Example("00919876543210", "US")),
    Rule("link", S, "The digits of a WhatsApp link or id are always international.",
         Example("https://wa.me/919876543210", "US"), Example("https://example.com/919876543210", "US")),
    Rule("foreign-seen", S,
         "Another country's number without its plus; that country code stands with a plus in the same column.",
         Example("919876543210", "US"), Example("919876543210", "IN")),
    Rule("double-zero", N, "00, +00 or ++ was read as a plus.",
         Example("00919876543210", "US"), Example("00919876543210", "IN")),
    Rule("float-suffix", N, "The spreadsheet's .0 was cut off.",
         Example("9876543210.0", "IN"), Example("98765.43210", "IN")),
    Rule("thousands", N, "Thousands separators were taken out.",
         Example("919,876,543,210", "IN"), Example("9876543210, 9123456789", "IN")),
    Rule("sci-complete", N, "Scientific notation that still holds every digit.",
         Example("9.19876543210E+11", "IN"), Example("9.19877E+11", "IN")),
    Rule("label", N, "Words beside the number were left out.",
         Example("Mobile: 9876543210", "IN"), Example("Mobile9876543210", "IN")),
    Rule("punctuation", N, "Unusual marks between the digits were left out.",
         Example("98765_43210", "IN"), Example("98765-43210", "IN")),
    Rule("superscript", N, "Raised or circled digits were read as digits.",
         Example("⁹⁸⁷⁶⁵⁴³²¹⁰", "IN"), Example("９８７６５４３２１０", "IN")),
    Rule("minus-sign", N, "A minus sign before the number was left out.",
         Example("-919876543210", "IN"), Example("919-876543210", "IN")),
    Rule("prefix-repeated", N, "The number repeats the country code of the prefix column.",
         Example("919876543210", prefix="91"), Example("9876543210", prefix="91")),
    Rule("mx-old-one", N, "Mexico dropped the 1 after 52 in 2019; it was taken out.",
         Example("+521 55 1234 5678"), Example("+52 55 1234 5678")),
    Rule("br-legacy", N, "A ten-digit Brazilian mobile of the old kind, kept as typed.",
         Example("+55 11 7123-4567"), Example("+55 45 3278-2153")),
    Rule("voip", N, "An internet or personal number; it may be on WhatsApp.",
         Example("+44 56 1234 5678"), Example("+44 7911 123456")),
    Rule("allowed-type", N, "A service number of a type that was asked for.",
         Example("1800 123456", "IN"), Example("98765 43210", "IN")),
    Rule("landline", W, "A landline. Only businesses register these with WhatsApp; check it.",
         Example("022 2456 7890", "IN"), Example("98765 43210", "IN")),
    Rule("second-number-ignored", W,
         "Several numbers in one cell: the first usable one is taken, a mobile before a landline. "
         "Give the others rows of their own.",
         Example("9876543210 / 9123456789", "IN"), Example("98765/43210", "IN")),
    Rule("extension", W, "An extension was dropped; such a line is hardly ever on WhatsApp.",
         Example("+91 98765 43210 ext 5"), Example("+91 98765 43210")),
    Rule("zero-code", W, "A 0 stands before the country code; it was taken off.",
         Example("0919876543210", "IN"), Example("09876543210", "IN")),
    Rule("code-twice", W, "The country code is typed twice; one was taken off.",
         Example("+91 919876543210"), Example("+91 98765 43210")),
    Rule("foreign", W, "Another country's number without its plus, of an expected country code.",
         Example("919876543210", "US"), Example("+919876543210", "US")),
    Rule("idd-011", W, "011 is how North America dials abroad; it was read as a plus.",
         Example("011919876543210", "IN"), Example("011919876543210", "US")),
    Rule("lost-zero", W, "A spreadsheet ate the leading 0; it was put back, as only one number is possible.",
         Example("707123456", "CI"), Example("0707123456", "CI")),
    Rule("bj-renumbered", W, "Benin put 01 before every number in 2024; it was added.",
         Example("+229 97123456"), Example("+229 0197123456")),
    Rule("mx-old-dialling", W, "Mexico's old 01, 044, 045 or 1 before a number was taken off.",
         Example("044 55 1234 5678", "MX"), Example("55 1234 5678", "MX")),
    Rule("prefix-conflict", W,
         "The number's own country code differs from the prefix column; the number's was taken.",
         Example("+14158586273", prefix="91"), Example("+91 98765 43210", prefix="91")),
    Rule("ar-without-9", W, "An Argentine number without the 9 of a mobile: kept as the landline it says it is.",
         Example("11 2345 6789", "AR"), Example("11 15 2345 6789", "AR")),
    Rule("ar-nine-added", W, "The 9 of an Argentine mobile was added, as asked for.",
         Example("11 2345 6789", "AR"), Example("+54 9 11 2345-6789")),
    Rule("br-nine-added", W, "The ninth digit of a Brazilian mobile was added, as asked for.",
         Example("+55 11 8765-4321"), Example("+55 11 98765-4321")),
    Rule("phone-no-country", H,
         "No country code and no region: name the region with --country, or write the number with a plus.",
         Example("98765 43210"), Example("98765 43210", "IN")),
    Rule("phone-ambiguous", H,
         "A mobile in two countries, depending on whether a plus is missing: write it with a plus.",
         Example("6591234567", "IN"), Example("+65 9123 4567", "IN")),
    Rule("phone-foreign", H, "Looks like another country's number without its plus: write it with a plus.",
         Example("447911123456", "IN"), Example("+447911123456", "IN")),
    Rule("phone-conflict", H, "The number and the row's country or prefix disagree: correct one of them.",
         Example("+919876543210", country="US"), Example("+91 98765 43210", country="India")),
    Rule("phone-prefix", H, "The prefix column holds no country code: correct it, or write the number with a plus.",
         Example("98765 43210", prefix="022"), Example("98765 43210", prefix="91")),
    Rule("phone-country", H,
         "The country column holds no country known here: correct it, or write the number with a plus.",
         Example("98765 43210", country="Wakanda"), Example("98765 43210", country="India")),
    Rule("phone-plus-national", H,
         "A plus before what looks like a national number: put the country code after the plus.",
         Example("+9876543210", "IN"), Example("+91 98765 43210")),
    Rule("phone-unverified", H, "The right length, but of no number range known here: check it.",
         Example("+91 98765 4321"), Example("+91 98765 43210")),
    Rule("phone-lost-zero", H, "A leading 0 may have been eaten by a spreadsheet: put it back if so.",
         Example("612345678", "IT"), Example("0612345678", "IT")),
    Rule("phone-ninth-digit", H,
         "A Brazilian mobile short of a digit: put the 9 after the area code if it is an old one.",
         Example("+55 11 8765-4321"), Example("+55 11 98765-4321")),
    Rule("phone-digit-missing", H,
         "A South African mobile short of a digit, nine behind the 0 or the 27: add what is missing.",
         Example("082 123 456", "ZA"), Example("082 123 4567", "ZA")),
    Rule("phone-renumbered", H,
         "Ivory Coast numbers have had ten digits since 2021: the operator decides the first two.",
         Example("07123456", "CI"), Example("0707123456", "CI")),
    Rule("phone-words", H, "Words beside the number may say whose it is: a person must look.",
         Example("father 9876543210", "IN"), Example("Mobile: 9876543210", "IN")),
    Rule("phone-several", H, "A WhatsApp link and another number in one cell: leave the one that is meant.",
         Example("wa.me/919876543210 / 9123456789", "IN"), Example("wa.me/919876543210 / 98765 43210", "IN")),
    Rule("phone-placeholder", H, "Looks made up: one repeated digit, a run of digits, or a film's 555-01xx.",
         Example("9999999999", "IN"), Example("9876543210", "IN")),
    Rule("phone-trailing-zeros", H,
         "Ends in five zeros, as others here do: a spreadsheet may have destroyed the last digits.",
         Example("919877000000", "IN"), Example("919877000001", "IN")),
    Rule("phone-blank", R, "No phone number in the cell.",
         Example("n/a"), Example("+91 98765 43210")),
    Rule("phone-formula", R,
         "A spreadsheet's error instead of a number: mend the formula and save the file again, or type the number.",
         Example("#REF!", "IN"), Example("n/a", "IN")),
    Rule("phone-letters", R, "Letters among the digits: type the digits.",
         Example("98765O4321", "IN"), Example("9876543210 mobile", "IN")),
    Rule("phone-signs", R, "Signs that no phone number has: type the digits.",
         Example("98765-43210#", "IN"), Example("98765-43210", "IN")),
    Rule("phone-masked", R, "Some digits are hidden: get the full number.",
         Example("+91 98765 XXXXX"), Example("+91 98765 43210")),
    Rule("phone-digits-lost", R, "The spreadsheet destroyed the last digits: export again with the column as text.",
         Example("9.19877E+11", "IN"), Example("9.19876543210E+11", "IN")),
    Rule("phone-date", R, "A date, not a phone number: is it the right column?",
         Example("2024-01-15", "DK"), Example("20 24 01 15", "DK")),
    Rule("phone-email", R, "An e-mail address, not a phone number.",
         Example("98765@example.com"), Example("919876543210@c.us")),
    Rule("phone-url", R, "A web address without a phone number.",
         Example("https://example.com/919876543210"), Example("https://wa.me/919876543210")),
    Rule("phone-group", R, "The id of a group, a list or a hidden account, not a person's number.",
         Example("120363021234567890@g.us"), Example("919876543210@s.whatsapp.net")),
    Rule("phone-short", R, "Too short for a phone number.",
         Example("112", "IN"), Example("98765 43210", "IN")),
    Rule("phone-long", R, "Too long for a phone number.",
         Example("12345678901234567890"), Example("+91 98765 43210")),
    Rule("phone-area-code", R, "The area code is missing: write the whole number.",
         Example("555-1234", "US"), Example("212-555-1234", "US")),
    Rule("phone-type", R, "A toll-free, premium, fax, pager or other service number, not a person's.",
         Example("1800 123456", "IN"), Example("98765 43210", "IN")),
    Rule("phone-not-mobile", R, "A landline, and only mobiles were asked for.",
         Example("022 2456 7890", "IN"), Example("98765 43210", "IN")),
    Rule("phone-invalid", R, "No phone number anywhere has this form: check the digits.",
         Example("009876543210", "IN"), Example("9876543210", "IN")),
)
# fmt: on

LEVELS: tuple[Level, ...] = tuple(Level)
"""From certain to refused; a level's place is its rank."""

INDEX: dict[str, int] = {rule.code: index for index, rule in enumerate(RULES)}
"""Rule code → its place in `RULES`."""

RANKS = np.array([LEVELS.index(rule.level) for rule in RULES], dtype=np.int8)
"""The rank of each rule's level, in the order of `RULES`."""

RANK_OF: dict[str, int] = {"": -1} | {rule.code: LEVELS.index(rule.level) for rule in RULES}
"""Rule code → the rank of its level; -1 for no rule."""

HELD, REJECTED = LEVELS.index(H), LEVELS.index(R)
"""The rank from which a row is not sent, and the one at which no person's look would change that."""


def explain(rule: str) -> str:
    """Return, in words for people, what the rule *rule* means and what to do about it."""
    return RULES[INDEX[rule]].words
