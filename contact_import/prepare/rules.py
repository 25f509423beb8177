"""What the user asked for, as far as it alters rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contact_import import phones
from contact_import.suppression import NOBODY, Suppression

if TYPE_CHECKING:
    from contact_import.marks import Marks


@dataclass(frozen=True, slots=True)
class Rules:
    """What the user asked for, as far as it alters rows."""

    region: str | None = None
    evidence: phones.Evidence = field(default_factory=phones.Evidence)
    policy: phones.Policy = field(default_factory=phones.Policy)
    strict: bool = False
    """Rows with a warning are held."""
    tags: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    """The attribute keys that any file of the run supplies."""
    suppressed: Suppression = NOBODY
    """Whom nothing is sent to."""
    refused: Suppression = NOBODY
    """Who says no in some row of the files, whichever it is."""
    adopted: tuple[Marks, ...] = ()
    """Who need not be sent again, since earlier runs have them as accepted."""
    wrong: dict[int, str] = field(default_factory=dict)
    """Phone, prefix and number in one → where some row says that it may be somebody else's."""
    include_opted_out: bool = False
    """Rows whose person asked for no messages are sent, with a warning."""
