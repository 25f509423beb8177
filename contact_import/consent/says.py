"""What a cell can say."""

from __future__ import annotations

from enum import IntEnum


class Says(IntEnum):
    """What a cell says of its person's wish, or that the phone is hardly this person's."""

    WRONG = -3
    """The number may be somebody else's, whatever was agreed."""
    UNCLEAR = -2
    NO = -1
    NOTHING = 0
    YES = 1
