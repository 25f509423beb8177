"""Patterns over digits, as the metadata writes them: regular expressions without a star, read into a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

END = 10
"""The letter that follows the last digit; the letters before it are the digits 0 to 9."""

_QUANTIFIER = re.compile(r"\{(\d+)(?:,(\d+))?\}|\?")
_MEMBERS = re.compile(r"(?:\d-\d|\d)+")


class UnknownConstruct(ValueError):
    """A pattern uses a construct that is none of: digit, class, group, `|`, `?`, `{n}`, `{n,m}`, `$`."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter out of a set."""

    among: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after another."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several options, the earlier the better liked."""

    options: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The item between low and high times, the more the better liked."""

    item: Pattern
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Group:
    """A capturing group; the first has number 1."""

    number: int
    item: Pattern


Pattern = Letter | Sequence | Choice | Repeat | Group


@dataclass(frozen=True, slots=True)
class Way:
    """One way to match a pattern: the letters one after another, and where groups began and ended."""

    letters: tuple[frozenset[int], ...] = ()
    groups: tuple[tuple[int, int, int], ...] = ()

    def __add__(self, other: Way) -> Way:
        here = len(self.letters)
        shifted = tuple((number, here + start, here + stop) for number, start, stop in other.groups)
        return Way(self.letters + other.letters, self.groups + shifted)


def parse(text: str) -> Pattern:
    """Return the tree of a regular expression, or raise UnknownConstruct."""
    pattern, at = _choice(text, 0)
    if at != len(text):
        raise UnknownConstruct(text)
    return pattern


def ways(pattern: Pattern) -> Iterator[Way]:
    """Yield every way to match, in the order in which `re` would try them."""
    match pattern:
        case Letter(among):
            yield Way((among,))
        case Choice(options):
            for option in options:
                yield from ways(option)
        case Group(number, item):
            for way in ways(item):
                yield Way(way.letters, (*way.groups, (number, 0, len(way.letters))))
        case Sequence(parts):
            yield from _in_a_row(parts)
        case Repeat(item, low, high):
            if high:
                again = Sequence((item, Repeat(item, max(low - 1, 0), high - 1)))
                yield from ways(again)
            if not low:
                yield Way()


def _in_a_row(parts: tuple[Pattern, ...]) -> Iterator[Way]:
    if not parts:
        yield Way()
        return
    for first in ways(parts[0]):
        for rest in _in_a_row(parts[1:]):
            yield first + rest


def _choice(text: str, at: int) -> tuple[Pattern, int]:
    first, at = _sequence(text, at)
    options = [first]
    while text[at : at + 1] == "|":
        option, at = _sequence(text, at + 1)
        options.append(option)
    return (first if len(options) == 1 else Choice(tuple(options))), at


def _sequence(text: str, at: int) -> tuple[Pattern, int]:
    parts: list[Pattern] = []
    while at < len(text) and text[at] not in "|)":
        item, at = _item(text, at)
        if quantifier := _QUANTIFIER.match(text, at):
            low, high = quantifier.groups()
            item = Repeat(item, int(low or 0), int(high or low or 1))
            at = quantifier.end()
        parts.append(item)
    return (parts[0] if len(parts) == 1 else Sequence(tuple(parts))), at


def _item(text: str, at: int) -> tuple[Pattern, int]:
    if text[at] == "(":
        return _group(text, at)
    if text[at] == "[":
        close = text.find("]", at)
        return Letter(_members(text[at + 1 : max(close, at)])), close + 1
    if text.startswith(r"\d", at):
        return Letter(frozenset(range(10))), at + 2
    if text[at] == "$":
        return Letter(frozenset({END})), at + 1
    return Letter(_members(text[at])), at + 1


def _group(text: str, at: int) -> tuple[Pattern, int]:
    silent = text.startswith("(?:", at)
    item, close = _choice(text, at + 3 if silent else at + 1)
    if text[close : close + 1] != ")":
        raise UnknownConstruct(text)
    number = text.count("(", 0, at + 1) - text.count("(?:", 0, at + 1)
    return (item if silent else Group(number, item)), close + 1


@cache
def _members(text: str) -> frozenset[int]:
    if not _MEMBERS.fullmatch(text):
        raise UnknownConstruct(text)
    ranges = re.findall(r"(\d)(?:-(\d))?", text)
    return frozenset(digit for low, high in ranges for digit in range(int(low), int(high or low) + 1))
