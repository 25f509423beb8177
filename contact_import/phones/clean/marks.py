"""What the marks before, between and behind the digits of one number mean for it."""

from __future__ import annotations

import unicodedata

from contact_import.phones.clean.words import LETTER, without_mail

_QUIET = frozenset(" '\"()[]{}:.,;=/|\n<>-_’")
_GROUPING = frozenset("0123456789 +-.()[]:|=\n")
_LOUD_GROUPING = frozenset("_•·∙'’,;&/~")
_HIDES = ("•", "●", "∙", "·", "?")
"""One of these at the end stands where a digit was."""
_LIKE_DIGITS = frozenset("oilsbzqg")


def lead_rule(lead: str) -> str:
    """Return the rule that what stands before the digits meets, "" for none."""
    words = lead.strip(" '\"()[]")
    if not words:
        return ""
    if lead[-1].isalpha() or words in _LIKE_DIGITS:
        return "phone-letters"
    if _has_currency(lead) or "@" in without_mail(lead):
        return "phone-signs"
    if LETTER.search(lead) or not set(lead) <= _QUIET:
        return "label"
    return "minus-sign" if lead.startswith("-") else ""


def core_rule(core: str) -> str:
    """Return the rule that what stands between the digits meets, "" for none."""
    if core.isdecimal():
        return ""
    marks = set(core)
    if marks <= _GROUPING:
        return "double-zero" if core.startswith("++") else ""
    if marks <= _GROUPING | _LOUD_GROUPING:
        return "punctuation"
    return "phone-letters" if LETTER.search(core) else "phone-signs"


def tail_rule(tail: str) -> str:
    """Return the rule that what stands behind the digits meets, "" for none."""
    if not tail:
        return ""
    if tail.lstrip(" -")[:1] in _HIDES:
        return "phone-masked"
    if tail[:1].isalpha() or tail.strip(" .()") in _LIKE_DIGITS:
        return "phone-letters"
    if set(tail) & set("#%+") or _has_currency(tail):
        return "phone-signs"
    return "" if set(tail) <= _QUIET else "label"


def _has_currency(text: str) -> bool:
    return "$" in text or (not text.isascii() and any(unicodedata.category(mark) == "Sc" for mark in text))
