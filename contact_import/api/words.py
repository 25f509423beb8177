"""What people are told about answers that end a run or a row."""

from __future__ import annotations

from contact_import.api.answers import Answer, Kind, NoAnswer, Verdict, said
from contact_import.api.rules import SYSTEMIC
from contact_import.api.shapes import outline
from contact_import.errors import NotTheApi, StoppedRun, TokenRefused

REFUSALS = {
    Kind.REFUSED: "api-refused: the platform refused this contact",
    Kind.TOO_LARGE: "api-too-large: the platform takes no request of this contact's size",
    Kind.BROKEN: "api-failed: the platform fails on this contact while others get through; look whether it is there",
}


def refusal(verdict: Verdict) -> str:
    """Return why a row is rejected, for the journal: without a word of the far side."""
    return f"{REFUSALS[verdict.kind]} ({verdict.reason})"


def refusal_with_words(verdict: Verdict, answer: Answer | NoAnswer | None) -> str:
    """Return why a row is rejected, for the failures file: with what the far side wrote about it."""
    words = said(answer) if answer else ""
    return f"{refusal(verdict)}: {words}" if words else refusal(verdict)


def stopped_by(verdict: Verdict, answer: Answer | NoAnswer | None) -> StoppedRun:
    """Return why the run ends with *answer*."""
    if verdict.kind is Kind.TOKEN:
        return TokenRefused(
            f"the platform refused the token ({verdict.reason}); nothing is lost: "
            "give the current token and run the same command"
        )
    seen = ""
    if verdict.kind is Kind.STRANGE and isinstance(answer, Answer):
        seen = (
            f"; it says {outline(answer.body)}: if that is how your platform says success, "
            "add --accept-success KEY=VALUE"
        )
    return NotTheApi(
        f"the address does not answer as the API does: {verdict.reason}; "
        f"check --base-url, then run the same command{seen}"
    )


def refuses_everything(verdict: Verdict) -> StoppedRun:
    """Return why the run ends where each of the first rows was refused."""
    return NotTheApi(
        f"the platform refused each of the first {SYSTEMIC} contacts ({verdict.reason}), so it is not about them: "
        "check the account, the address and the mapping, then run the same command; "
        "if it is about them all the same, add --max-reject 100"
    )
