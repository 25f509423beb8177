"""What to do next, in the words of the command line. Pure."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.summary import Summary

_DRY = ("-n", "--dry-run")
_FLAGS = frozenset(
    "-n --dry-run --sandbox --strict --include-opted-out --token-stdin --send-empty --no-authtype --fresh "
    "--new-journal --json -q --quiet -v --verbose --no-color --ask --yes --resend-unconfirmed".split()
)
"""Options without a value: a word behind one of them is a file."""

WILLED = frozenset({"opted-out", "no-consent", "suppressed"})
"""Reasons that are nothing to correct."""


def advise(summary: Summary, arguments: Sequence[str]) -> list[str]:
    """Return the lines a person should read after *summary*; *arguments* is the command line that made it."""
    lines = [summary.error] if summary.error else []
    if summary.reasons.get("phone-no-country") and not any(word.startswith("--country") for word in arguments):
        count = summary.reasons["phone-no-country"]
        lines.append(
            f"{count:,} numbers have no country code: add --country CC, such as --country IN, if all are of one country"
        )
    if summary.failures_file and not WILLED.issuperset(summary.reasons):
        lines.append(
            f"correct {summary.failures_file}, then: {_again(arguments, summary.files, [summary.failures_file])}"
        )
    if summary.exit_code in {4, 130, 143}:
        # Where the reason names this option, the same command would leave the same rows alone again.
        if "--resend-unconfirmed" not in (summary.error or ""):
            lines.append(f"to go on: {_command(arguments)}")
    elif summary.dry_run and summary.ready and summary.exit_code in {0, 3}:
        sending = _command([word for word in arguments if word not in _DRY])
        lines.append(f"nothing was sent; to send: {sending}")
    elif "--sandbox" in arguments and summary.accepted:
        lines.append("to see the inbox: contact-import sandbox --list")
    return lines


def _again(arguments: Sequence[str], old: Sequence[str], new: Sequence[str]) -> str:
    """Return the same command for other files."""
    before = ["", *arguments]
    kept = [
        word
        for word, ahead in zip(arguments, before, strict=False)
        if word not in _DRY and (word not in old or _takes_a_value(ahead))
    ]
    return _command([*kept[:1], *new, *kept[1:]])


def _takes_a_value(word: str) -> bool:
    return word.startswith("-") and word != "-" and "=" not in word and word not in _FLAGS


def _command(arguments: Sequence[str]) -> str:
    return shlex.join(["contact-import", *arguments])
