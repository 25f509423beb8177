"""What a cell can say."""

from __future__ import annotations

from enum import IntEnum


class Says(IntEnum):
    """What a cell says of its person's wish."""

    UNCLEAR = -2
    NO = -1
    NOTHING = 0
    YES = 1
