"""What a request for the list of contacts asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from contact_import.sandbox.contacts import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

HEEDED = ("searchText", "createdAt", "page", "isContact")
UNHEEDED = (
    *("tags", "status", "isOnline", "_botWebsite", "_botWhatsapp", "_botTelegram", "_botFacebook", "_agentAssigned"),
    *("segments", "applicableFilters", "lastSeenAt", "userInteracted", "lastMessageBy", "isLiveChatActive"),
    *("hasOrdered", "isExport"),
)
"""Filters that the sandbox does not imitate; refused, lest a wrong list pass for a right one."""
NEUTRAL: tuple[object, ...] = (None, False, "", "none", [], {})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page of the list."""

    page: int
    """From 1."""
    text: str
    created: tuple[datetime, datetime]
    """From, to; both inclusive."""


def wanted(body: Mapping[str, Any], *, strict: bool) -> Wanted:
    """Return what *body* asks for.

    Raises ValueError, in words for the client, where that is not to be had; *strict*: also where a field is missing.
    """
    page, text = body.get("page"), body.get("searchText", "")
    if type(page) is not int or page < 1 or not isinstance(text, str):  # true is an int to Python
        raise ValueError("page must be a number from 1, searchText a string")
    if missing := [name for name in (*HEEDED, *UNHEEDED) if strict and name not in body]:
        raise ValueError(f"missing: {', '.join(missing)}")
    if used := [name for name in UNHEEDED if not _is_neutral(body.get(name))]:
        raise ValueError(f"the sandbox has no filter {', '.join(used)}")
    if body.get("isContact", True) is not True:
        raise ValueError("isContact must be true: there is nobody else here")
    span = body.get("createdAt") or {}
    if not isinstance(span, dict):
        raise ValueError("createdAt must be an object with startAt and endsAt")  # noqa: TRY004 - the client's mistake
    start, end = ALWAYS
    return Wanted(page, text, (_moment(span.get("startAt"), start), _moment(span.get("endsAt"), end)))


def _is_neutral(value: object) -> bool:
    return value in NEUTRAL or (isinstance(value, dict) and all(map(_is_neutral, value.values())))


def _moment(value: object, otherwise: datetime) -> datetime:
    """Return the moment that *value* names by ISO 8601. By choice: in UTC where no zone is said, a date's midnight."""
    if value in NEUTRAL:
        return otherwise
    try:
        moment = datetime.fromisoformat(value)  # type: ignore[arg-type]
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (TypeError, ValueError):
        raise ValueError("createdAt must hold moments by ISO 8601, or nothing") from None
