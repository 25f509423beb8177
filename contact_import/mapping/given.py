"""The columns a user names: what they are called on the screen, which one a name means, and what to say if none."""

from __future__ import annotations

import difflib
import re
import shlex
import unicodedata
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.errors import InputProblem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MOST = 60  # column names in a message
_NEEDS_QUOTES = re.compile(r"[\"$`\\!\n]")


def names(headers: Sequence[str]) -> tuple[str, ...]:
    """Return a name of its own for each column: the header, "Phone (2)" for a second one, "#3" for none."""
    plain = [" ".join(header.split()) or f"#{index + 1}" for index, header in enumerate(headers)]
    taken: set[str] = set()
    shown = []
    for name in plain:
        unique, count = name, 1
        while unique in taken or (count > 1 and unique in plain):
            count += 1
            unique = f"{name} ({count})"
        taken.add(unique)
        shown.append(unique)
    return tuple(shown)


def resolve(
    shown: tuple[str, ...], given: Mapping[str, str | Sequence[str]], attributes: Mapping[str, str]
) -> dict[int, tuple[str, str, int]]:
    """Return for the columns the user named: position → field, reason, rank."""
    found: dict[int, tuple[str, str, int]] = {}
    for field, columns in given.items():
        check_field(field, f"--map {field}")
        for rank, column in enumerate([columns] if isinstance(columns, str) else columns):
            _settle(found, find(shown, column, option("map", field, column)), (field, "given by --map", rank), shown)
    for key, column in attributes.items():
        check_key(key, f"--attribute {key}")
        position = find(shown, column, option("attribute", key, column))
        _settle(found, position, (f"attribute:{key}", "given by --attribute", 0), shown)
    _check_single(found, shown)
    return found


def check_field(field: str, where: str) -> None:
    """Refuse a *field* that contacts do not have; *where* says who named it."""
    fields = [each.name for each in schema.FIELDS]
    if field not in fields:
        raise UsageProblem(
            f"{where}: there is no such field.{_meant(field, fields)} The fields are: {', '.join(fields)}."
        )


def check_key(key: str, where: str) -> None:
    """Refuse an attribute *key* that the platform would not take; *where* says who named it."""
    if not re.fullmatch("[a-z][a-z0-9_]*", key):
        raise UsageProblem(f"{where}: a key is made of lowercase letters, digits and _, and begins with a letter.")


def option(name: str, key: str, column: str) -> str:
    """Return the option that maps *column*, as a shell takes it."""
    if _NEEDS_QUOTES.search(column):
        return f"--{name} {shlex.quote(f'{key}={column}')}"
    return f'--{name} {key}="{column}"'


def condition(name: str, column: str, value: str) -> str:
    """Return the option that asks *column* to say *value*, as a shell takes it."""
    return f"--{name} {shlex.quote(f'{column}={value}')}"


def listing(shown: Iterable[str]) -> str:
    """Return the sentence that lists the columns."""
    quoted = [name if re.fullmatch(r"#\d+", name) else f'"{name}"' for name in shown]
    if not quoted:
        return "The file has no columns."
    more = f" and {len(quoted) - _MOST} more" if len(quoted) > _MOST else ""
    return f"The columns are: {', '.join(quoted[:_MOST])}{more}."


def find(shown: tuple[str, ...], column: str, where: str) -> int:
    """Return the position of the column that a user calls *column*."""
    exact = [index for index, name in enumerate(shown) if name == " ".join(column.split())]
    alike = exact or [index for index, name in enumerate(shown) if _loose(name) == _loose(column)]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise InputProblem(f"{where}: several columns are called so. {listing(shown[index] for index in alike)}")
    number = re.fullmatch(r"#([0-9]{1,6})", column.strip())
    if number and 1 <= int(number[1]) <= len(shown):
        return int(number[1]) - 1
    meant = _meant(column, shown, quote='"')
    raise InputProblem(f"{where}: there is no such column.{meant} {listing(shown)}")


def _settle(
    found: dict[int, tuple[str, str, int]], position: int, entry: tuple[str, str, int], shown: tuple[str, ...]
) -> None:
    earlier = found.setdefault(position, entry)
    if earlier[0] != entry[0]:
        raise UsageProblem(f'the column "{shown[position]}" is given twice, for {earlier[0]} and for {entry[0]}.')


def _check_single(found: Mapping[int, tuple[str, str, int]], shown: tuple[str, ...]) -> None:
    for field in schema.FIELDS:
        columns = [shown[index] for index, entry in sorted(found.items()) if entry[0] == field.name]
        if len(columns) > 1 and not field.many:
            raise UsageProblem(f"--map {field.name}: one column only can feed it. {listing(columns)}")


def _loose(name: str) -> str:
    return "".join(unicodedata.normalize("NFC", name).casefold().split())


def _meant(word: str, known: Iterable[str], quote: str = "") -> str:
    """Return the question whether another of the *known* words was meant. Only here does likeness count."""
    by_loose = {_loose(name): name for name in known}
    close = difflib.get_close_matches(_loose(word), by_loose, n=1, cutoff=0.6)
    return f" Did you mean {quote}{by_loose[close[0]]}{quote}?" if close else ""
