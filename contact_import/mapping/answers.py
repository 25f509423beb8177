"""Columns that feed nothing and hold only yes and no: they may be about consent, in words that nobody foresaw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.consent import Says, is_of_wrong_numbers, only_answers, opt_in
from contact_import.mapping import given as named

if TYPE_CHECKING:
    from contact_import.mapping.draft import Draft


def unheeded(draft: Draft) -> dict[int, str]:
    """Return what to say of such columns of *draft*, by position, where one cell at least is a no."""
    answers = {
        index: cells
        for index in range(schema.own_columns(draft.headers), len(draft.headers))
        if draft.columns[index].field is None
        and not is_of_wrong_numbers(draft.headers[index])
        and only_answers(cells := set(filter(str.strip, draft.values.column(index))))
    }
    return {index: _question(draft.shown[index], cells) for index, cells in answers.items()}


def _question(shown: str, cells: set[str]) -> str:
    yes = next((cell.strip() for cell in sorted(cells) if opt_in(cell) is Says.YES), "Yes")
    option = named.condition("require-consent", shown, yes)
    return f'the column "{shown}" holds only yes and no, and is not heeded: if it is about consent, say {option}'
