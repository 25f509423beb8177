"""The far side: the bytes it takes, what its answers mean, and what follows from them. No clock and no socket in here.

The call is documented by the platform as `POST /inbox/users/import` with a JSON array of contacts, answered by
`200 {"status": "success", …}`; its sibling endpoints answer `{"success": true, "code": 200, …}`. How it refuses is
not documented, so everything that is not one of these two shapes counts as something else than success.
"""

from contact_import.api.answers import Answer, Kind, NoAnswer, Verdict, judge, retry_after, said
from contact_import.api.rules import (
    CANARY,
    CIRCUIT,
    COST,
    GRACE,
    LONGEST_RETRY_AFTER,
    MAX_TRIES,
    PROBE,
    PROBE_EVERY,
    QUOTA,
    RESEND_WINDOW,
    SYSTEMIC,
    TRIES_IN_A_ROW,
    History,
    Step,
    backoff,
    is_trouble,
    next_step,
)
from contact_import.api.shapes import Shape, outline, parse, success
from contact_import.api.wire import DEFAULT_BASE_URL, IMPORT_PATH, MAX_ANSWER, Wire, body, encode
from contact_import.api.words import refusal, refusal_with_words, refuses_everything, stopped_by

__all__ = [
    "CANARY",
    "CIRCUIT",
    "COST",
    "DEFAULT_BASE_URL",
    "GRACE",
    "IMPORT_PATH",
    "LONGEST_RETRY_AFTER",
    "MAX_ANSWER",
    "MAX_TRIES",
    "PROBE",
    "PROBE_EVERY",
    "QUOTA",
    "RESEND_WINDOW",
    "SYSTEMIC",
    "TRIES_IN_A_ROW",
    "Answer",
    "History",
    "Kind",
    "NoAnswer",
    "Shape",
    "Step",
    "Verdict",
    "Wire",
    "backoff",
    "body",
    "encode",
    "is_trouble",
    "judge",
    "next_step",
    "outline",
    "parse",
    "refusal",
    "refusal_with_words",
    "refuses_everything",
    "retry_after",
    "said",
    "stopped_by",
    "success",
]
