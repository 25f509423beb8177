"""JSON that stands alone in its file: whether it is one contact, or the envelope of a list of them."""

from __future__ import annotations

from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any

from contact_import.readers.structure import holds_contact

if TYPE_CHECKING:
    from collections.abc import Iterable

LISTS = frozenset(
    "clients contacts customers data entries items leads list members people records results rows users".split()
)
"""Keys, in small letters, under which services put the list beside words about it: how many, and which page."""
FEWEST = 2
"""Keys that the objects of a list of contacts share: a list of {"value": …} is one contact's phones."""


Path = tuple[str, ...]
"""Keys, each within the value of the one before; none where there is no envelope."""


class Buried(Exception):
    """The contacts are where they cannot be read; the text says where."""


def inside(row: dict[str, Any], *, alone: bool) -> Path:
    """Return the keys that lead to the list of contacts in *row*, none where *row* is itself one contact.

    *alone* tells that nothing else is in the file; many envelopes are pages. Raises Buried where the list is not the
    only one, or is no list, or where it may be the contacts of one contact.
    """
    if not alone:
        if len(row) == 1 and any(_is_list(value) and _are_contacts(value) for value in row.values()):
            raise Buried(f"inside {_told([tuple(row)])} of each line")
        return ()
    lists = [key for key, value in row.items() if _is_list(value)]
    named = [(key,) for key in lists if key.casefold() in LISTS]
    if len(lists) == 1 and (named or (len(row) == 1 and _are_contacts(row[lists[0]]))):
        return _unless_of_one((lists[0],), row)
    if named:
        raise Buried(f"inside {_told(named)}")
    deeper = [
        (key, inner)
        for key, value in row.items()
        if isinstance(value, dict)
        for inner, within in value.items()
        if _is_list(within) and {key.casefold(), inner.casefold()} & LISTS
    ]
    if len(deeper) == 1 and LISTS.issuperset(map(str.casefold, deeper[0])):
        return _unless_of_one(deeper[0], row)
    if deeper:
        raise Buried(f"inside {_told(deeper)}")
    if place := _scattered(row):
        raise Buried(place)
    return ()


def at(row: Any, path: Path) -> Any:
    """Return what in *row* the keys of *path* lead to."""
    return reduce(getitem, path, row)


def _scattered(row: dict[str, Any]) -> str:
    """Return where contacts are in *row* beside a list in an envelope, "" where there are none."""
    values = list(row.values())
    if tables := [(key,) for key, value in row.items() if _is_table(value)]:
        return f"rows without keys inside {_told(tables)}"
    if len(row) < 2:
        return ""
    if all(_is_list(value) and _are_contacts(value) for value in values):
        return f"inside {_told((key,) for key in row)}"
    if _are_contacts(values):
        return "the values of one object"
    return "cut into columns" if _are_columns(values) else ""


def _unless_of_one(path: Path, row: dict[str, Any]) -> Path:
    """Return the *path* of a list of contacts, unless it stands beside a contact, whose family they may be.

    Nor where it stands beside phones: they may be those of people who want no messages.
    """
    known = {key.casefold() for item in at(row, path) for key in item}
    beside = {key.casefold(): value for key, value in at(row, path[:-1]).items()}
    if any(holds_contact(str(beside[key])) for key in known & beside.keys() if not key.endswith("id")):
        raise Buried(f"inside {_told([path])}, beside another one")
    if phones := [(*path[:-1], key) for key, value in at(row, path[:-1]).items() if _are_phones(value)]:
        raise Buried(f"inside {_told([path])}, beside phones inside {_told(phones)}")
    return path


def _are_phones(value: Any) -> bool:
    return isinstance(value, list) and any(holds_contact(str(item)) for item in value if not isinstance(item, dict))


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _is_table(value: Any) -> bool:
    """Tell whether *value* is rows of cells, as in {"values": [["Name", "Phone"], ["Asha", …]]}."""
    return isinstance(value, list) and len(value) > 1 and all(isinstance(row, list) for row in value)


def _are_columns(values: list[Any]) -> bool:
    """Tell whether *values* are columns, as in {"name": ["Asha", "Ravi"], "phone": [1, 2]}: one contact has no such."""
    lengths = {len(value) if isinstance(value, list) else 0 for value in values}
    return len(lengths) == 1 and min(lengths) > 1


def _are_contacts(values: list[Any]) -> bool:
    """Tell whether *values* are objects of one form, as in {"u1": {"name": …, "phone": …}, "u2": …}."""
    objects = [set(value) for value in values if isinstance(value, dict)]
    return len(objects) == len(values) > 0 and len(set.intersection(*objects)) >= FEWEST


def _told(paths: Iterable[Path]) -> str:
    return " and ".join(f"'{'.'.join(path)}'" for path in paths)
