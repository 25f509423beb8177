"""What the sandbox does where the platform's documentation leaves a choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from contact_import.sandbox.faults import Fault

IMPORT = "/inbox/users/import"
USERS = "/inbox/users"
SEGMENTS = "/inbox/segments"
STATUS_UPDATE = "/inbox/users/status-update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """How this platform behaves. [DOC]: the documentation says so. By choice: it does not say, so we chose."""

    token: str = "sandbox-token"  # noqa: S105 - opens nothing but this sandbox
    """[DOC] The bearer token it expects. By choice: another one, or none, is answered 401 with plain text."""
    strict_authtype: bool = False
    """[DOC] `authtype: Key` is required by the newer pages and absent from the older ones. By choice: 401 without."""
    envelope: Literal["status", "success"] = "status"
    """[DOC] Which success: `{"status": "success", …}`, or `{"success": true, …, "code": 200}` as on its siblings."""
    whole_batch: bool = True
    """By choice: a bad row refuses its whole batch, 400. False: good rows are stored, then 400 names the bad ones."""
    refuse: frozenset[str] = frozenset()
    """By choice: numbers, each prefix and number in one ("919876543210"), that are refused as bad rows are."""
    lose: frozenset[str] = frozenset()
    """By choice: numbers, written like those, that are answered with success and not stored."""
    max_bytes: int = 100_000
    """By choice: a longer body is answered 413, unread. It is the default of Express, which the platform runs on."""
    rate: float | None = None
    """By choice: more requests a second than this are answered 429. None: no limit."""
    retry_after: str | None = None
    """By choice: what a 429 says in `Retry-After`, as it stands. None: no such header."""
    page_size: int = 50
    """By choice: contacts on a page of the list. [DOC] Pages count from 1, and the one after the last is empty."""
    strict_list: bool = False
    """[DOC] All fields of the list's body are required by the newer pages. By choice: 400 where one is missing."""
    shown_after: float = 0.0
    """Seconds until a new contact is in the list. [DOC] It may take minutes."""
    list_plus: bool = False
    """Whether the list writes prefixes with a plus ("+91"), as it was seen to do for some contacts."""
    match_on_phone: bool = True
    """By choice: prefix and number tell who a contact is. False: every import makes new contacts."""
    merge: bool = True
    """By choice: tags and attributes add up, and an empty value changes nothing. False: the new contact replaces."""
    latency: float = 0.0
    """Seconds between a request and its answer."""
    faults: tuple[Fault, ...] = ()
    """What goes wrong, in the order of precedence."""
