"""The columns that a failures file has before the user's, told when it comes back."""

from __future__ import annotations

OWN_COLUMNS = ("row", "outcome", "reason", "suggestion")
"""What a failures file puts before the user's columns; "file" comes first where several files were read."""


def own_columns(headers: tuple[str, ...]) -> int:
    """Return how many of the first *headers* are ours: those of a failures file, or none."""
    folded = tuple(header.strip().casefold() for header in headers)
    for own in (OWN_COLUMNS, ("file", *OWN_COLUMNS)):
        if folded[: len(own)] == own:
            return len(own)
    return 0
