"""The page at `/`: the contacts that arrived, for people."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any

from contact_import.sandbox import answers

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from contact_import.sandbox.contacts import Contacts

SHOWN = 500
HEADINGS = ("Name", "Phone", "E-mail", "Tags", "Attributes", "Updated")
STYLE = """
:root { color-scheme: light dark; --line: #8883; --soft: #8881; --dim: #777; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0; }
p { margin: .25rem 0 1.5rem; color: var(--dim); }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th { text-align: left; font-weight: 600; color: var(--dim); }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; }
td:nth-child(2), td:nth-child(6) { white-space: nowrap; font-variant-numeric: tabular-nums; }
.chip { display: inline-block; padding: 0 .5rem; margin: 0 .25rem .25rem 0; border-radius: 1rem;
  background: var(--soft); border: 1px solid var(--line); }
@media (max-width: 45rem) {
  thead { display: none; }
  tr { display: block; padding: .75rem 0; border-bottom: 1px solid var(--line); }
  td { display: block; padding: 0; border: 0; }
  td:empty { display: none; }
  td:first-child { font-weight: 600; }
  td:nth-child(6) { color: var(--dim); font-size: .875rem; }
}
"""
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = (
    ("content-security-policy", f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
)


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(tag: str, *content: str, **attributes: str) -> Html:
    """Return the element *tag*. Content that is not `Html` is escaped, so that nobody can forget to."""
    inner = "".join(part if isinstance(part, Html) else escape(part) for part in content)
    extra = "".join(f' {name.rstrip("_")}="{escape(value)}"' for name, value in attributes.items())
    return Html(f"<{tag}{extra}>{inner}</{tag}>")


def show(request: Request, contacts: Contacts) -> Response:
    """Return the page, to a browser that asked this machine for it."""
    # A web site could point its own name at 127.0.0.1 and have a browser read the page to it.
    if request.url.hostname not in ("127.0.0.1", "localhost"):
        return answers.express(403, b"Ask for 127.0.0.1", answers.TEXT)
    page = render(contacts.newest(SHOWN), contacts.count())
    return answers.express(200, page.encode("utf-8", "replace"), answers.HTML, HEADERS)


def render(newest: list[dict[str, Any]], count: int) -> str:
    """Return the page for *count* contacts, of which the *newest* are shown."""
    many = f"{count:,} contact{'' if count == 1 else 's'}"
    cut = f", the newest {len(newest)} shown" if len(newest) < count else ""
    head = element("thead", element("tr", *(element("th", heading, scope="col") for heading in HEADINGS)))
    body = element("tbody", *map(_row, newest))
    return "<!DOCTYPE html>\n" + element(
        "html",
        element(
            "head",
            Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
            element("title", "Sandbox inbox"),
            element("style", Html(STYLE)),
        ),
        element(
            "body",
            element("h1", "Sandbox inbox"),
            element("p", f"{many}{cut}. This is a sandbox on this machine: nothing here has left it."),
            element("table", head, body),
        ),
        lang="en",
    )


def _row(contact: dict[str, Any]) -> Html:
    details = contact["profile"]["userDetails"]
    phone = details["contact"]["phone"]
    return element(
        "tr",
        element("td", *_own_direction(details["userProvidedName"])),
        element("td", f"+{phone['prefix']} {phone['number']}"),
        element("td", *_own_direction(details["contact"]["email"])),
        element("td", *(element("bdi", tag, class_="chip") for tag in details["tags"])),
        element("td", *(element("bdi", f"{p['key']}: {p['value']}", class_="chip") for p in details["attributes"])),
        element("td", contact["updatedAt"][:19].replace("T", " ") + " UTC"),
    )


def _own_direction(text: str) -> list[Html]:
    """Return *text* so that letters written from the right stay within it; nothing for nothing."""
    return [element("bdi", text)] if text else []
