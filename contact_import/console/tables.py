"""Summaries and inspections as tables and lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from contact_import.console.stream import show
from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.summary import Summary

COLOURS = {
    Outcome.ACCEPTED: "green",
    Outcome.READY: "green",
    Outcome.REJECTED: "red",
    Outcome.HELD: "yellow",
    Outcome.UNCONFIRMED: "red",
    Outcome.NOT_SENT: "yellow",
}


def heading(summary: Summary) -> Text:
    """Return what went where, and how fast."""
    verb = "would go to" if summary.dry_run else "to"
    speed = summary.read / summary.seconds if summary.seconds else 0
    tail = f"{summary.requests} requests, {summary.seconds:.1f} s, {speed:,.0f} rows/s"
    return Text.assemble(show(f"{', '.join(summary.files)} {verb} {summary.endpoint}"), (f" ({tail})", "dim"))


def outcome_table(summary: Summary) -> Table:
    """Return the counts as a sum: what they add up to stands below the line."""
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    table.add_column(justify="right", min_width=14)
    table.add_column(justify="right", min_width=9)
    table.add_column(overflow="fold")
    for outcome in Outcome:
        if count := getattr(summary, outcome.value):
            words = _MEANING[outcome]
            table.add_row(
                Text(outcome.replace("_", " "), COLOURS.get(outcome, "")), f"{count:,}", Text(words, style="dim")
            )
    table.add_row(Text("rows read", style="bold"), Text(f"{summary.read:,}", style="bold"), "")
    return table


_MEANING = {
    Outcome.ACCEPTED: "the platform confirmed each of them",
    Outcome.READY: "would be sent",
    Outcome.REJECTED: "cannot be sent as they are",
    Outcome.HELD: "not sent: a person must look",
    Outcome.DUPLICATE: "same phone as an earlier row",
    Outcome.UNCHANGED: "an earlier run has them as accepted",
    Outcome.UNCONFIRMED: "sent, but no usable answer",
    Outcome.NOT_SENT: "the run stopped before them",
}


def rule_table(rules: dict[str, Any], most: int = 1000) -> Table:
    """Return what was made of the phones that did not read as they stood, a line a rule, the most cautious last.

    Of more than *most* rules those that keep the most rows from being sent are shown.
    """
    table = Table("phones", "", "rows", "for example", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    weighty = sorted(rules.items(), key=lambda item: (item[1]["level"] not in "HR", -item[1]["rows"]))[:most]
    for name, rule in sorted(weighty, key=lambda item: (LEVELS.index(item[1]["level"]), -item[1]["rows"])):
        level = Text(LEVEL_WORDS[rule["level"]], style="dim")
        table.add_row(show(name), level, f"{rule['rows']:,}", show(", ".join(rule["examples"])))
    if len(rules) > most:
        table.add_row(
            "", Text("others", style="dim"), f"{len(rules) - most:,}", Text("rules; --json has them all", style="dim")
        )
    return table


LEVEL_WORDS = {"N": "sent, noted", "W": "sent, warned", "H": "held", "R": "rejected"}
LEVELS = tuple(LEVEL_WORDS)


def counts(found: dict[str, int]) -> str:
    """Return the largest of some counts, in one line."""
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in ordered[8:])
    return ", ".join(f"{name} {count:,}" for name, count in ordered[:8]) + (f", others {rest:,}" if rest else "")


BAR = 24
"""Characters of the longest bar."""


def bars(found: dict[str, int], most: int = 8) -> Table:
    """Return the largest of some counts as bars, a line each, with their share."""
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    for justify in ("left", "left", "right", "right"):
        table.add_column(justify=justify)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in ordered[most:])
    total, longest = sum(found.values()), ordered[0][1]
    for name, count in [*ordered[:most], *([("others", rest)] if rest else [])]:
        bar = "█" * max(1, round(BAR * count / max(longest, rest)))
        table.add_row(show(f"  {name}"), Text(bar, style="cyan"), f"{count:,}", f"{100 * count / total:.1f} %")
    return table


def contact_table(contacts: Sequence[dict[str, Any]]) -> Table:
    """Return the contacts that a sandbox has stored."""
    table = Table("name", "phone", "e-mail", "tags", "attributes", box=None, pad_edge=False)
    for contact in contacts:
        details = contact["profile"]["userDetails"]
        phone = details["contact"]["phone"]
        attributes = ", ".join(f"{pair['key']}={pair['value']}" for pair in details.get("attributes", ()))
        cells = (
            details.get("userProvidedName", ""),
            f"+{phone['prefix']} {phone['number']}",
            details["contact"].get("email", ""),
            ", ".join(details.get("tags", ())),
            attributes,
        )
        table.add_row(*map(show, cells))
    return table
