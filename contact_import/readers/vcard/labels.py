"""What the types and labels of a phone or an e-mail address say it is, in Google's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = (
    ("Home Fax", {"fax", "home"}),
    ("Work Fax", {"fax", "work"}),
    ("Fax", {"fax"}),
    ("Pager", {"pager"}),
    ("ISDN", {"isdn"}),
    ("Modem", {"modem"}),
    ("BBS", {"bbs"}),
    ("Telex", {"tlx"}),
    ("TTY", {"textphone"}),
    ("Company Main", {"company"}),
    ("WhatsApp", {"whatsapp"}),
)
"""What is said whatever label the user gave: the first line all of whose types are there."""
PLAIN = (("Mobile", {"cell"}), ("Car", {"car"}), ("Main", {"main"}), ("Work", {"work"}), ("Home", {"home"}))
"""What is said where the user gave no label."""
SAME = {
    "mobile": "cell", "iphone": "cell", "pcs": "cell", "cellular": "cell", "x-mobile": "cell", "business": "work",
    "ttytdd": "textphone",    "x-whatsapp": "whatsapp", "x-waid": "whatsapp", "waid": "whatsapp",
}  # fmt: skip
SILENT = frozenset("voice msg video text pref internet x-internet other x-other x-voice intl dom postal parcel".split())
"""Types that say nothing of what a number is for."""

APPLE = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)
"""A label of Apple's own, which its programs translate: `_$!<AssistantPhone>!$_`."""
APPLE_KINDS = {
    "mobile": "Mobile", "iphone": "Mobile", "work": "Work", "home": "Home", "main": "Main", "other": "Other",
    "homefax": "Home Fax", "workfax": "Work Fax", "otherfax": "Fax", "pager": "Pager",
}  # fmt: skip


def sure(types: Sequence[str]) -> str:
    """Return what is said by *types* whatever the label, or ""."""
    return _first(KINDS, types)


def plain(types: Sequence[str]) -> str:
    """Return what is said by *types* where there is no label; what is not known, in the words it is written in."""
    own = next((kind for kind in types if kind.casefold() not in SILENT), "")
    return _first(PLAIN, types) or re.sub(r"(?i)^x-", "", " ".join(own.split())) or "Other"


def given(label: str) -> str:
    """Return the words of a *label* that the user or Apple's programs gave."""
    found = APPLE.fullmatch(label.strip())
    words = " ".join((found[1] if found else label).split())
    return APPLE_KINDS.get(words.casefold(), words)


def _first(table: Sequence[tuple[str, set[str]]], types: Sequence[str]) -> str:
    known = {SAME.get(kind.casefold(), kind.casefold()) for kind in types}
    return next((text for text, needed in table if needed <= known), "")
