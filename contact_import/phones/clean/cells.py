"""One ugly cell → digits with or without a plus, or a refusal; and the further numbers it holds."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from contact_import.phones.clean import shapes
from contact_import.phones.clean.bare import bare_text
from contact_import.phones.clean.marks import core_rule, lead_rule, tail_rule
from contact_import.phones.clean.words import LETTER, words_rule
from contact_import.phones.rules import HELD, RANK_OF
from contact_import.phones.texts import LONGEST

ENOUGH = 7
"""Digits that may be a number of their own; fewer are a part of one."""


FURTHER = 2
"""Numbers behind the first that are tried where it cannot be sent."""
MANY = 4
"""Numbers behind the first at most for that: a cell of more is a list, not a phone."""


class Cell(NamedTuple):
    """What a cell came to. `rule` is the most cautious rule it met, "" for none.

    "phone-words" and "phone-several" leave it its digits.
    """

    digits: str
    plus: bool
    rule: str
    rest: tuple[str, ...] = ()


def clean_cell(text: str) -> Cell:
    """Return the digits of one cell, or why it has none."""
    return clean_bare(*bare_text(text))


def clean_bare(bare: str, rule: str = "") -> Cell:
    """Return the digits of what `bare_text` returned, or why it has none."""
    if not bare:
        return _refused(_worse(rule, "phone-blank"))
    if RANK_OF[rule] >= HELD:
        return _refused(rule)
    cell = _whole(bare) or _numbers(bare)
    return cell._replace(rule=_worse(rule, cell.rule)) if rule else cell


def _whole(text: str) -> Cell | None:
    """Return what the shape of the whole cell decides, if it decides."""
    linked, beside = shapes.links(text)
    if linked:
        return _linked(linked, beside)
    digits, rule = shapes.address(text)
    if rule:
        return _made("+" + digits, rule) if digits else _refused(rule)
    digits, rule = shapes.number_format(text)
    if rule:
        return _made(digits, rule)
    refusal = shapes.refusal(text)
    return _refused(refusal) if refusal else None


def _linked(numbers: list[str], beside: str) -> Cell:
    """Return the number of the first WhatsApp link; which one is meant where there are others, no order tells."""
    cell = _made("+" + numbers[0], "link")
    if len(numbers) == 1 and not beside.strip():
        return cell
    parts = [part.strip() for line in beside.split("\n") for part in _split(line)]
    others = [f"+{number}" for number in numbers[1:]] + [part for part in parts if _count(part) >= ENOUGH]
    further = tuple(dict.fromkeys(text for text in others if not _ends_so(cell.digits, text)))
    if further and cell.digits:
        cell = cell._replace(rule="phone-several", rest=further[:MANY])
    return _beside(cell, beside, several=bool(further))


def _ends_so(digits: str, text: str) -> bool:
    """Tell whether the number in *text* is the one with *digits*, or its end: what is written at home."""
    other = _only_digits(text)
    return digits == other if "+" in text else digits.endswith(other.lstrip("0"))


_EXTENSION = re.compile(
    r"[ ,;(-]{0,3}\b(?:extension|extn|ext|ramal|anexo|interno|int|durchwahl|dw|poste|доб)[.:=]{0,2} ?\d{1,7}\)?$"
)
_SIGNED_EXTENSION = re.compile(r"(?: ?[#x]|,{1,4}|;) ?\d{1,6}$")
_NUMBERED_LABEL = re.compile(r"[^\d+]+\d{1,2} ?:")
_EXTENSION_LETTER = re.compile("[a-zд]")
_EXTENSION_SIGNS = frozenset("#x,;")
_MASK_SIGNS = frozenset("*x.•●∙·#?_")
"""Without one of these, a pattern need not be tried: most cells have none, and a search costs ten times the look."""
_MASK = re.compile(r"\*|(?<![^\W\d_])x+(?![^\W\d_])|\.{3,}|[•●∙·#?_]{2,}")


def _numbers(text: str) -> Cell:
    """Return the first number of a cell of words and numbers, with the others beside it."""
    text, rule = _without_extension(text)
    if not _MASK_SIGNS.isdisjoint(text) and _MASK.search(text):
        return _refused("phone-masked")
    whole = text
    label = _NUMBERED_LABEL.match(text) if ":" in text else None
    if label and LETTER.search(label[0]):
        text, rule = text[label.end() :], _worse(rule, "label")
    first, *rest = _split(text)
    cell = _one(first)
    if rest:
        rule = _worse(rule, "second-number-ignored")
    tried = tuple(rest[:FURTHER]) if len(rest) <= MANY else ()
    cell = Cell(cell.digits, cell.plus, _worse(cell.rule, rule), tried) if rule else cell
    return _beside(cell, whole, several=bool(rest))


def _beside(cell: Cell, text: str, *, several: bool = False) -> Cell:
    """Return *cell* as the words of *text* leave it: with them no further number of it may be sent either."""
    rule = words_rule(text, several=several)
    if not rule:
        return cell
    return (
        cell._replace(rule="phone-words")
        if rule == "phone-words" and cell.digits
        else _refused(_worse(rule, cell.rule))
    )


def _without_extension(text: str) -> tuple[str, str]:
    # A bare sign is an extension's only behind a whole number: elsewhere it may hide or replace digits.
    worded, signed = _EXTENSION_LETTER.search(text), not _EXTENSION_SIGNS.isdisjoint(text)
    for pattern, possible, least in ((_EXTENSION, worded, ENOUGH), (_SIGNED_EXTENSION, signed, 10)):
        found = pattern.search(text) if possible else None
        if found and _count(text[: found.start()]) >= least:
            return text[: found.start()], "extension"
    return text, ""


def _count(text: str) -> int:
    return sum(map(str.isdigit, text))


def _only_digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


_PARTS = re.compile(r"\d+|\D+")
_LIST = re.compile(r"[/;,&]")
_SEPARATOR = re.compile(r"[/;,|&+\n]|:::")


def _split(text: str) -> list[str]:
    """Cut *text* where enough digits for a number stand before a separator, or before words and another number."""
    pieces, start, seen, left = [], 0, 0, _count(text)
    if left < 2 * ENOUGH and not _LIST.search(text):
        return [text]  # `_parts` would part nothing
    for part in _PARTS.finditer(text):
        if part[0][0].isdigit():
            seen, left = seen + len(part[0]), left - len(part[0])
        elif _parts(part[0], seen, left):
            pieces.append(text[start : part.start()])
            start, seen = part.end() - part[0].endswith("+"), 0
    return [*pieces, text[start:]]


def _parts(gap: str, before: int, after: int) -> bool:
    """Tell whether *gap* stands between two numbers, not within one, by the digits on both sides of it."""
    listed = _LIST.search(gap)
    if before < ENOUGH:
        # 0171/1234567 is one number; but no area code of five digits has nine behind it.
        return bool(listed) and before >= 5 and after >= 9
    if after < ENOUGH and not (after and listed):
        return False
    if LETTER.search(gap):
        return not (gap[0].isalpha() or gap[-1].isalpha())
    return bool(_SEPARATOR.search(gap))


_BEGINNING = re.compile(r"[\d+]")


_ADDRESS = re.compile(r"\s*[/,;|]\s*[^\s@]*[a-z][^\s@]*@[^\s@]+\.[a-z]+\s*", re.IGNORECASE)
"""An e-mail address behind a number and a sign between them; before the number it is passed over anyway."""


def _one(text: str) -> Cell:
    """Return the digits of a piece that holds one number at most."""
    first = _BEGINNING.search(text)
    if not first or (first[0] == "+" and not _count(text)):
        return _refused("phone-email" if "@" in text else "phone-blank")
    last = len(text)
    while not text[last - 1].isdigit():
        last -= 1
    lead, core, tail = text[: first.start()], text[first.start() : last], text[last:]
    if _ADDRESS.fullmatch(tail):
        tail = ""
    if "@" in core or "@" in tail:
        return _refused("phone-email")
    if _is_numbered(lead, core):
        return _refused("phone-signs")
    if tail and LETTER.search(tail) and _count(core) < ENOUGH:
        return _refused("phone-letters")  # 1800-FLOWERS: the words are a part of the number
    return _made(core, _worse(_worse(lead_rule(lead), core_rule(core)), tail_rule(tail)))


_FOOTNOTE = re.compile(r"(?:[(\[](\d\d?)|[\n\t](\d\d?)| ?[+=] ?(\d\d?))$")
_ITEM = re.compile(r"(?:[2-69]\)|\d - )")
"""A number of its own before the phone; "(0)", "(1)", "(7)" and "(8)" belong to phones."""


def _is_numbered(lead: str, core: str) -> bool:
    """Tell whether digits beside the number count it or its notes: "98123 00101 (2)", "Mobile 2 - 98…", "#3 98…".

    Where mobiles have no fixed length they would make another number, and a valid one.
    """
    if lead.endswith("#") or (_ITEM.match(core) and (lead.endswith("(") or LETTER.search(lead))):
        return True
    note = _FOOTNOTE.search(core)
    return note is not None and _count(core[: note.start()]) >= ENOUGH


def _made(core: str, rule: str) -> Cell:
    digits = core if core.isdecimal() else _only_digits(core)
    if RANK_OF[rule] >= HELD:
        return _refused(rule)
    if len(digits.removeprefix("00")) > LONGEST:
        return _refused("phone-long")
    return Cell(digits, core.lstrip("(").startswith("+"), rule)


@cache
def _refused(rule: str) -> Cell:
    return Cell("", plus=False, rule=rule)


def _worse(one: str, other: str) -> str:
    """Return the more cautious of two rules, the first where they are alike."""
    return other if RANK_OF[other] > RANK_OF[one] else one
