"""The phones and e-mail addresses of a card, each with the label that says what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from contact_import.readers.vcard.labels import given
from contact_import.readers.vcard.properties import LEAST, preference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from contact_import.readers.vcard.properties import Property

TELEPHONES = frozenset({"TEL", "X-MS-TEL"})
CHATS = frozenset({"IMPP", "X-SOCIALPROFILE", "X-WAID", "X-WHATSAPP"})
"""Where a WhatsApp number may stand that is no TEL."""
WHATSAPP = "WhatsApp"
SERVICE = ("whatsapp", "waid", "wa.me/")
"""By one of these a chat address is known to be WhatsApp's."""
SCHEME = re.compile(r"(?:tel|mailto|x-apple):\s*", re.IGNORECASE)
FEWEST, MOST = 7, 15
"""Digits of a whole number."""


def addresses(found: Sequence[Property], labels: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Return the label and the text of each e-mail address; *labels* are those the user gave, by group."""
    emails = [each for each in found if each.head.name == "EMAIL"]
    best = min(map(preference, emails), default=LEAST)
    for each in emails:
        if address := _without_scheme(each.text()):
            yield _star(each, best) + _label(each, labels), address


def numbers(found: Sequence[Property], labels: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Return the label and the text of each phone; the preferred one's label begins with Google's "* "."""
    best = min((preference(each) for each in found if each.head.name in TELEPHONES), default=LEAST)
    for each in found:
        if each.head.name in TELEPHONES:
            star = _star(each, best)
            for label, text in _telephone(each, _label(each, labels)):
                yield star + label, text
        elif each.head.name in CHATS:
            yield from _chat(each)


def _telephone(each: Property, label: str) -> Iterable[tuple[str, str]]:
    text, parameters = _without_scheme(each.text()), each.head.parameters
    user = parameters.get("WAID", "")
    if _is_whole(user):
        return _of_user(user, label, text)
    if parameters.get("X-SERVICE-TYPE", "").casefold() == "whatsapp":
        label = WHATSAPP
    return ((label, text),) if text else ()


def _of_user(user: str, label: str, text: str) -> Iterable[tuple[str, str]]:
    """Tell which number is right where WhatsApp names its *user*, by the digits of a whole number, beside one.

    A number that says its country stays as it is written if it is the user's: Brazil's and Mexico's users may be
    known by an older form of it. One that does not say it is replaced by the user's. Two that differ are both there.
    """
    digits = "".join(re.findall("[0-9]", text))
    if text.startswith("+"):
        if digits[:2] == user[:2] and digits[-8:] == user[-8:]:
            return ((WHATSAPP, text),)
    else:
        local = digits.lstrip("0")
        if not text or (len(local) >= FEWEST and user.endswith(local)):
            return ((WHATSAPP, f"+{user}"),)
    return (label, text), (WHATSAPP, f"+{user}")


def _chat(each: Property) -> Iterable[tuple[str, str]]:
    """Return a chat address that is a WhatsApp number, and not another service's, nor a name."""
    head, text = each.head, _without_scheme(each.text())
    said = (head.name, head.parameters.get("X-SERVICE-TYPE", ""), *head.types, text)
    whatsapp = any(word in part.casefold() for part in said for word in SERVICE)
    if not whatsapp or len(re.findall(r"\d", text)) < FEWEST:
        return ()
    return ((WHATSAPP, f"+{text}" if head.name == "X-WAID" and _is_whole(text) else text),)


def _is_whole(user: str) -> bool:
    return FEWEST <= len(user) <= MOST and user.isascii() and user.isdigit()


def _label(each: Property, labels: Mapping[str, str]) -> str:
    head = each.head
    return head.sure_label or (head.group and given(labels.get(head.group, ""))) or head.plain_label


def _star(each: Property, best: int) -> str:
    return "* " if each.head.preference == best < LEAST else ""


def _without_scheme(text: str) -> str:
    text = text.strip()
    found = SCHEME.match(text)
    # A local number whose country is in its context is left to those who know phones.
    if not found or "phone-context" in text:
        return text
    return unquote(text[found.end() :]).strip()
