"""What a row of an import must look like, and what is stored of it. Reasons never hold the value itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Details = dict[str, Any]
"""`profile.userDetails` of a stored contact."""

ATTRIBUTE_KEY = re.compile(r"[a-z0-9_]+")


def key_of(details: Details) -> str:
    """Return who the contact is: prefix and number in one."""
    return str(details["whatsAppNumber"])


def keys_in(batch: object) -> list[str]:
    """Return the numbers in *batch*, however wrong the rest of it is."""
    phones = [_inside(row, "profile", "userDetails", "contact", "phone") for row in _list(batch)]
    return [f"{phone.get('prefix')}{phone.get('number')}" for phone in phones if phone]


def sort_out(batch: Sequence[object], refused: Collection[str]) -> tuple[list[Details], list[str]]:
    """Return what is to be stored of the good rows of *batch*, and one reason for each bad row, counted from 1."""
    good, reasons = [], []
    for count, row in enumerate(batch, 1):
        details = _inside(row, "profile", "userDetails")
        problems = _problems(details)
        stored = None if problems else _stored(details)
        if stored is None:
            reasons.append(f"row {count}: {'; '.join(problems)}")
        elif key_of(stored) in refused:
            reasons.append(f"row {count}: this number cannot be imported")
        else:
            good.append(stored)
    return good, reasons


def combine(old: Details, new: Details) -> Details:
    """Return *old* with what *new* says: an empty value changes nothing, tags and attributes add up."""
    attributes = {pair["key"]: pair for pair in (*old["attributes"], *new["attributes"])}
    return {
        **new,
        "contact": {**new["contact"], "email": new["contact"]["email"] or old["contact"]["email"]},
        "userProvidedName": new["userProvidedName"] or old["userProvidedName"],
        "tags": list(dict.fromkeys((*old["tags"], *new["tags"]))),
        "attributes": list(attributes.values()),
    }


def _problems(details: Details) -> list[str]:
    contact = _inside(details, "contact")
    phone = _inside(contact, "phone")
    if not phone:
        return ["profile.userDetails.contact.phone is missing"]
    prefix, number, attributes = phone.get("prefix"), phone.get("number"), details.get("attributes", [])
    fine = [
        (_is_digits(prefix), "phone.prefix must be a string of digits, without a plus"),
        (_is_digits(number), "phone.number must be a string of digits"),
        (len(f"{prefix}{number}") <= 15, "phone.prefix and phone.number have more than 15 digits"),
        (isinstance(contact.get("email", ""), str), "email must be a string"),
        (isinstance(details.get("userProvidedName", ""), str), "userProvidedName must be a string"),
        (_all_are(str, details.get("tags", [])), "tags must be an array of strings"),
        (
            _all_are(dict, attributes) and all(map(_is_attribute, attributes)),
            "attributes must be an array of {key, value}, keys of lowercase letters, digits and _",
        ),
    ]
    return [words for is_fine, words in fine if not is_fine]


def _stored(details: Details) -> Details:
    contact = details["contact"]
    prefix, number = contact["phone"]["prefix"], contact["phone"]["number"]
    return {
        "contact": {"email": contact.get("email", ""), "phone": {"number": number, "prefix": prefix}},
        "userProvidedName": details.get("userProvidedName", ""),
        "tags": details.get("tags", []),
        "attributes": [{"key": pair["key"], "value": pair["value"]} for pair in details.get("attributes", [])],
        "country": "",
        "whatsAppNumber": prefix + number,
    }


def _inside(value: object, *names: str) -> Details:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _is_digits(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit()


def _all_are(kind: type, value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _is_attribute(pair: Details) -> bool:
    key = pair.get("key")
    return isinstance(key, str) and bool(ATTRIBUTE_KEY.fullmatch(key)) and isinstance(pair.get("value"), str)
