"""The JSON of answers: read strictly, compared with what success looks like, and outlined without its contents."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contact_import.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

Shape = Mapping[str, Any]
"""Keys, and the plain values that an answer's JSON object must have under them."""

DOCUMENTED: tuple[Shape, ...] = ({"status": "success"}, {"success": True})
"""The success of the documentation, and that of the sibling endpoints."""

GOOD = {"code": 200, "status": "success", "success": True}
"""What the keys that tell success from failure say in a success, where they are there at all."""

FAILURES = ("error", "fail", "failed", "failure")

_SAID = "accepted completed created done false imported ok okay pending processing queued success successful true"
KNOWN = {*FAILURES, *_SAID.split()}
"""Words of answers that cannot be somebody's name."""


def parse(text: bytes) -> Any:
    """Return the JSON value of *text*, or None where it is not exactly one: no NaN, no key said twice."""
    try:
        return json.loads(text.decode(), object_pairs_hook=_no_twins, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is said twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def says_success(envelope: Shape, also: Iterable[Shape] = ()) -> bool:
    """Tell whether *envelope* has one of the documented shapes, or one of *also*, and nothing that contradicts it."""
    return any(_has(envelope, {**_marks(envelope), **shape}) for shape in (*DOCUMENTED, *also))


def _marks(envelope: Shape) -> Shape:
    return {key: value for key, value in GOOD.items() if key in envelope}


def _has(envelope: Shape, shape: Shape) -> bool:
    return all(key in envelope and _same(envelope[key], value) for key, value in shape.items())


def _same(one: object, other: object) -> bool:
    """Tell whether two values are the same to the letter: true is not 1, and 200 is not 200.0."""
    return type(one) is type(other) and one == other


def says_failure(envelope: Shape) -> bool:
    """Tell whether *envelope* says in so many words that it failed."""
    contradicts_itself = envelope.get("status") == "success"
    return envelope.get("status") in FAILURES or (envelope.get("success") is False and not contradicts_itself)


def lists_other_rows(envelope: Shape, rows: int) -> bool:
    """Tell whether *envelope* has a list of results that cannot be those of *rows* rows: one object each."""
    data = envelope.get("data")
    return isinstance(data, list) and (len(data) not in {0, rows} or not all(isinstance(entry, dict) for entry in data))


FAILED_ROWS = {"error", "errors", "failed", "failures", "failedcount", "failurecount", "invalid", "rejected"}
"""Keys, in small letters alone, under which answers of batches say what of them failed."""


def admits_failures(envelope: Shape) -> bool:
    """Tell whether *envelope*, a success, says of some rows that they failed: itself, or in what it holds as data."""
    data = envelope.get("data")
    inner = [entry for entry in (data if isinstance(data, list) else [data]) if isinstance(entry, dict)]
    return any(map(says_failure, inner)) or any(
        value and re.sub(r"[^a-z]", "", key.lower()) in FAILED_ROWS
        for part in (envelope, *inner)
        for key, value in part.items()
    )


def success(text: str) -> Shape:
    """Return the shape that --accept-success says: KEY=VALUE, several joined by commas; UsageProblem for no such text.

    A value that is JSON is that value (`true`, `0`, `"0"`), another one is text.
    """
    pairs = [pair.partition("=") for pair in text.split(",")]
    if not all(key.strip() and equals and value.strip() for key, equals, value in pairs):
        raise UsageProblem("--accept-success takes KEY=VALUE, such as 'success=true'; several joined by commas")
    found = {key.strip(): _value(value.strip()) for key, _, value in pairs}
    if says_failure(found):
        raise UsageProblem("--accept-success would take an answer that says it failed for a success")
    return found


def _value(text: str) -> Any:
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except ValueError:
        return text
    return text if isinstance(value, dict | list) else value


def outline(body: bytes, depth: int = 3) -> str:
    """Return what *body* looks like, for people: keys and kinds, and only values that cannot be anybody's data."""
    value = parse(body)
    if value is not None:
        return _outline(value, depth)
    if not body.strip():
        return "nothing"
    return "a web page" if body.lstrip()[:1] == b"<" else "no JSON"


def _outline(value: Any, depth: int) -> str:
    match value:
        case dict():
            pairs = [f"{_key(key)}: {_outline(inner, depth - 1)}" for key, inner in value.items()] if depth else ["…"]
            return f"{{{_few(pairs)}}}"
        case list():
            return f"[{_outline(value[0], depth - 1) if depth else '…'}, …]" if value else "[]"
        case bool() | None:
            return json.dumps(value)
        case int() if abs(value) < 1000:
            return str(value)
        case int() | float():
            return "number"
    return json.dumps(value) if value.casefold() in KNOWN else "text"


def _key(key: str) -> str:
    return f'"{key}"' if re.fullmatch(r"[A-Za-z_]{1,24}", key) else "…"


def _few(pairs: list[str], most: int = 8) -> str:
    return ", ".join(pairs if len(pairs) <= most else [*pairs[:most], "…"])
