"""What a consent is for, and which consent goes before which."""

from __future__ import annotations

from contact_import.schema.wording import said
from contact_import.schema.words.consent import CHANNELS


def channel(header: str) -> str:
    """Return what a consent under *header* is for, one of `CHANNELS`; "" where it does not say."""
    return next((name for name, words in CHANNELS.items() if said(header, words)), "")


def nearer(one: str, other: str) -> bool:
    """Tell whether a yes to the channel *one* goes before a no to *other*; "", every channel, gives way to none."""
    order = list(CHANNELS)
    return one in CHANNELS and other in CHANNELS and order.index(one) < order.index(other)
