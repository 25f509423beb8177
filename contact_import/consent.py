"""Which rows say that their person wants no messages: a pure function of the columns about consent.

A no counts whatever it is a no to: somebody who wants no e-mail is not to be surprised on WhatsApp. But where the same
row says yes to a channel that is nearer to WhatsApp, that yes is the better knowledge and goes before it: yes to
WhatsApp before no to SMS, yes to either before no to e-mail. A no to everything, or to WhatsApp, is final. Only a yes
goes before a no: an opt-out column that is not ticked says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from contact_import import schema

if TYPE_CHECKING:
    from contact_import.models import Column, Frame, Mapping

NO = frozenset(
    "0|n|no|f|false|off|never|não|nao|non|nein|nee|nej|nie|hayır|tidak|bukan|нет|नहीं|لا|否|いいえ|아니요".split("|")
)
"""What says no in a column about consent."""
REFUSED = frozenset(
    "unsubscribed|unsubscribe|unsub|opted out|opted-out|opt out|opt-out|optout|not subscribed|not opted in|no consent"
    "|denied|declined|refused|revoked|withdrawn|blocked|blacklisted|suppressed|complained|stop".split("|")
)
"""What says in such a column that somebody said no."""
YES = frozenset(
    "1|y|yes|t|true|x|on|✓|✔|sim|sí|si|oui|ja|sì|tak|evet|ya|iya|да|हाँ|हां|نعم|是|はい|예|네"
    "|subscribed|opted in|opted-in|opted_in|opt in|opt-in|granted|given|accepted|agreed|allowed".split("|")
)
"""What says yes there."""
SILENCE = frozenset("|-|none|-none-|null|nan|n/a|[]|{}|never subscribed|not set|unknown|pending".split("|"))
"""What says nothing there. Any other text in an opt-out column is taken as an opt-out: a date, a reason, a tick."""

_SUBSCRIBED = frozenset("subscribed|active|opted in|opted-in|allowed|not unsubscribed".split("|"))
"""What says in an opt-out column that nobody opted out."""


def refusals(frame: Frame, mapping: Mapping) -> np.ndarray:
    """Return for each row the position of the column that says no for good: int16, shape (n,); -1 where none does."""
    columns = [column for name in ("opt_out", "opt_in") for column in _feeding(mapping, name)]
    said = {column.index: _said(frame, column) for column in columns}
    found = np.full(len(frame.rows), -1, dtype=np.int16)
    for column in reversed(columns):  # of several, the first one is named
        no = said[column.index] < 0
        if no.any():
            for other in columns:
                if schema.nearer(other.channel, column.channel):
                    no &= said[other.index] <= 0
            found[no] = column.index
    return found


def _feeding(mapping: Mapping, name: str) -> list[Column]:
    return [mapping.columns[index] for index in mapping.feeding(name)]


def _said(frame: Frame, column: Column) -> np.ndarray:
    """Return what each cell of *column* says: -1 no, 1 yes, 0 nothing."""
    texts = frame.cells[column.index].tolist()
    reads = _opt_out if column.field == "opt_out" else _opt_in
    known = {text: reads(" ".join(text.casefold().replace("_", " ").split())) for text in set(texts)}
    return np.fromiter(map(known.__getitem__, texts), dtype=np.int8, count=len(texts))


def _opt_out(text: str) -> int:
    return 0 if text in NO | SILENCE | _SUBSCRIBED else -1


def _opt_in(text: str) -> int:
    return -1 if text in NO | REFUSED else int(text in YES)
