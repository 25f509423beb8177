"""Columns of area codes, "DDD" beside "Telefone": whose numbers are without them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.errors import InputProblem
from contact_import.mapping import given as named
from contact_import.mapping.values import BELIEVED

if TYPE_CHECKING:
    from contact_import.mapping.draft import Draft

NEARLY = 0.9
"""Share of the cells, but for those that say "n/a", that must be codes: what else is there is put before no number."""
_TRUNK = re.compile(r"\(?0[1-9]\d{0,2}\)?")


def looks(draft: Draft, index: int) -> bool:
    """Tell whether column *index* is one of area codes by its header, and by its values too.

    A bare "Code" is where each begins with the one 0 that no calling code has.
    """
    header, values = draft.headers[index], draft.values
    if schema.is_bare_code(header):
        return values.share(index, _is_trunk_code) == 1
    return (schema.is_area(header) or schema.is_perhaps_area(header)) and values.told_share(index, _is_code) >= NEARLY


def settle(draft: Draft, closed: frozenset[str], region: str | None) -> None:
    """Settle the columns of area codes, once the phones are.

    *closed* are the fields the user named a column for, *region* is whose numbers those without a code are.
    """
    if "area" in closed:
        return
    areas = {index for index in draft.free() if looks(draft, index)}
    sure = {index for index in areas if schema.is_area(draft.headers[index])}
    sure -= {index for index in sure if _all_one_dial_code(draft, index, region)}
    for phone, area in _believed(draft, sure).items():
        draft.settle(area, "area", f'{draft.quoted(area)}: area code of "{draft.shown[phone]}"', confidence="likely")
    for phone, area in _believed(draft, areas - sure).items():
        option, shown = named.option("map", "area", draft.shown[area]), draft.shown[phone]
        draft.leave(area, f'not mapped: may be the area code of "{shown}", or much else; if it is, add {option}')
    for area in sorted(areas - {area for _, area in _belonging(draft, areas)}):
        draft.leave(area, "not mapped: may hold area codes, and it is not clear of which phone")


def check(draft: Draft) -> None:
    """Raise InputProblem where the user gave a column of area codes and it is not clear of which phone."""
    given = draft.places("area")
    lost = set(given) - set(schema.belonging(draft.shown, given, draft.places("phone")).values())
    for index in sorted(lost):
        option = named.option("map", "area", draft.shown[index])
        raise InputProblem(f"{option}: it is not clear of which phone; put the column right before its phone column")


def _believed(draft: Draft, areas: set[int]) -> dict[int, int]:
    """Return the area column of each phone column whose numbers are mostly without; position → position."""
    kept = areas
    while True:
        found = _belonging(draft, kept)
        believed = {area for phone, area in found if _lack(draft, area, phone)}
        if believed == kept:
            return dict(found)
        kept = believed


def _belonging(draft: Draft, areas: set[int]) -> list[tuple[int, int]]:
    """Return each phone column and its column of *areas*: positions.

    What stands behind an area code and is a number without one may be its phone, whatever its header: between
    "Telefone" and "Recado" it is not clear of which it is.
    """
    phones, free = draft.places("phone"), set(draft.free()) - areas
    perhaps = [area + 1 for area in sorted(areas) if area + 1 in free and _lack(draft, area, area + 1)]
    found = schema.belonging(draft.shown, sorted(areas), [*phones, *perhaps])
    return [(phone, area) for phone, area in found.items() if phone in phones]


def _lack(draft: Draft, area: int, phone: int) -> bool:
    """Tell whether most numbers of column *phone* that stand beside a code of column *area* are without it."""
    cells = zip(draft.values.column(area), draft.values.column(phone), strict=True)
    beside = [(code, number) for code, number in cells if _is_code(code) and any(map(str.isdecimal, number))]
    lack = sum(bool(schema.with_area(code, number)) for code, number in beside)
    return lack > len(beside) * BELIEVED


def _all_one_dial_code(draft: Draft, area: int, region: str | None) -> bool:
    """Tell whether each cell of column *area* is the calling code of *region*: 55 may be Brazil, and Santa Maria."""
    from contact_import.candidates.areas import CODES  # noqa: PLC0415 - importing the mapping must not cost pandas
    from contact_import.phones.prefixes import prefix_of  # noqa: PLC0415 - as above

    own = {str(prefix_of(region).code)} if region else CODES
    said = {"".join(filter(str.isdecimal, cell.removesuffix(".0"))) for cell in draft.values.filled(area)}
    return len(said) == 1 and said <= own


def _is_trunk_code(cell: str) -> bool:
    return _TRUNK.fullmatch(cell.strip()) is not None


def _is_code(cell: str) -> bool:
    return bool(schema.area_code(cell))
