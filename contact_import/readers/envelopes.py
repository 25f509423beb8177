"""JSON that stands alone in its file: whether it is one contact, or the envelope of a list of them."""

from __future__ import annotations

from typing import Any

LISTS = frozenset(
    "clients contacts customers data entries items leads list members people records results rows users".split()
)
"""Keys, in small letters, under which services put the list beside words about it: how many, and which page."""
FEWEST = 2
"""Keys that the objects of a list of contacts share: a list of {"value": …} is one contact's phones."""


class Buried(Exception):
    """The contacts are where they cannot be read; the text says where."""


def inside(row: dict[str, Any], *, alone: bool) -> str:
    """Return the key of *row* whose value is the list of contacts, "" where *row* is itself one contact.

    *alone* tells that nothing else is in the file; many envelopes are pages. Raises Buried where the list is deeper,
    or is not the only one, or is no list.
    """
    if not alone:
        if len(row) == 1 and any(_is_list(value) and _are_contacts(value) for value in row.values()):
            raise Buried(f"inside {_told(row)} of each line")
        return ""
    lists = [key for key, value in row.items() if _is_list(value)]
    named = [key for key in lists if key.casefold() in LISTS]
    if len(lists) == 1 and (named or (len(row) == 1 and _are_contacts(row[lists[0]]))):
        return lists[0]
    if named:
        raise Buried(f"inside {_told(named)}")
    deeper = [
        f"{key}.{inner}"
        for key, value in row.items()
        if isinstance(value, dict)
        for inner, within in value.items()
        if _is_list(within) and {key.casefold(), inner.casefold()} & LISTS
    ]
    if deeper:
        raise Buried(f"inside {_told(deeper)}")
    if len(row) > 1 and _are_contacts(list(row.values())):
        raise Buried("the values of one object")
    return ""


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _are_contacts(values: list[Any]) -> bool:
    """Tell whether *values* are objects of one form, as in {"u1": {"name": …, "phone": …}, "u2": …}."""
    objects = [set(value) for value in values if isinstance(value, dict)]
    return len(objects) == len(values) > 0 and len(set.intersection(*objects)) >= FEWEST


def _told(keys: Any) -> str:
    return " and ".join(f"'{key}'" for key in keys)
