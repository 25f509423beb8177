"""The sibling calls: their bytes, and what of an answer is a contact. Pure.

As the platform documents them: `POST /inbox/users` lists contacts, newest first, a page at a time from page 1 until one
is empty, and wants every field of its body; `PUT /inbox/users/status-update` with the status "DELETED" deletes;
`GET /inbox/segments` only reads. Clients have met prefixes stored with a plus. How long a page is, nobody says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from contact_import import api

if TYPE_CHECKING:
    from collections.abc import Sequence

USERS = "/inbox/users"
STATUS_UPDATE = "/inbox/users/status-update"
SEGMENTS = "/inbox/segments"
LARGEST_PAGE = 32 << 20
"""Bytes."""

NO_TIME = {"startAt": None, "endsAt": None}
EVERYBODY: dict[str, Any] = {
    "searchText": "",
    **{key: [] for key in ("tags", "status", "_botWebsite", "_botWhatsapp", "_botTelegram", "_botFacebook")},
    **{key: [] for key in ("_agentAssigned", "segments", "applicableFilters", "lastMessageBy")},
    **dict.fromkeys(("isOnline", "userInteracted", "isLiveChatActive"), False),
    "lastSeenAt": NO_TIME,
    "createdAt": NO_TIME,
    "hasOrdered": {"status": False, "lastAt": None},
    "isExport": "none",
    "isContact": True,
}
"""The body that asks for all contacts, without its page."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as the platform lists it, as far as anything here wants to know."""

    id: str
    phone: int | None
    """Prefix and number in one; None where it has no phone that could be ours."""
    created: float | None
    """Seconds since 1970, by the platform's clock."""


def list_body(page: int) -> bytes:
    """Return the request body for a page of the list, from 1."""
    return orjson.dumps({**EVERYBODY, "page": page})


def delete_body(contacts: Sequence[str]) -> bytes:
    """Return the request body that deletes *contacts*, by the platform's names of them."""
    return orjson.dumps({"ids": list(contacts), "status": "DELETED"})


def listed(answer: api.Answer) -> list[Contact] | None:
    """Return the contacts on the page that *answer* holds; None where it holds no list, or one of something else."""
    envelope = api.parse(answer.body)
    data = envelope.get("data") if isinstance(envelope, dict) else None
    if not isinstance(data, list):
        return None
    found = [_contact(entry) for entry in data if isinstance(entry, dict) and isinstance(entry.get("_id"), str)]
    return found if found or not data else None


def _contact(entry: dict[str, Any]) -> Contact:
    details = _inside(_inside(entry, "profile"), "userDetails")
    return Contact(entry["_id"], _phone(details), _moment(entry.get("createdAt")))


def _phone(details: dict[str, Any]) -> int | None:
    """Return the phone as a number, with or without a plus and spaces in what is stored."""
    phone = _inside(_inside(details, "contact"), "phone")
    parts = [phone.get("prefix"), phone.get("number")]
    text = "".join(map(str, parts)) if all(parts) else str(details.get("whatsAppNumber") or "")
    digits = re.sub(r"[+\s().-]", "", text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else None


def _moment(text: object) -> float | None:
    try:
        moment = datetime.fromisoformat(text)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _inside(value: dict[str, Any], name: str) -> dict[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}
