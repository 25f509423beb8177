"""What is known of one program's export: how it is told from others, and what its columns hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contact_import import schema


class Verified(StrEnum):
    """How well the headers of an export are known."""

    MAKER = "by its maker's documentation or source, or by a mature project's table"
    TWICE = "by two independent sources"
    ONCE = "by one source"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one column of an export holds."""

    header: str
    """As the program writes it; "#" stands for a number, "*" at the end for anything."""
    field: str
    """A field of the schema."""
    channel: str = ""
    """Of a column about consent, what the consent is for; "" leaves it to the header's words."""

    def places(self, headers: tuple[str, ...]) -> list[int]:
        """Return the positions of those of *headers* that the rule is about."""
        return places(self.header, headers)


@dataclass(frozen=True, slots=True)
class Export:
    """One program's export, a line of the table."""

    name: str
    """As people know it."""
    verified: Verified
    markers: tuple[str, ...]
    """Columns that must all be there for a list to be of this export. Without any, the headers prove nothing: they are
    usual ones, and lists like it are read by them."""
    without: tuple[str, ...] = ()
    """Columns none of which may be there."""
    rules: tuple[Rule, ...] = ()
    """What the columns hold, preferred ones of a field first; columns not named are read as in any other list."""
    decoys: tuple[str, ...] = ()
    """Columns that look like a contact's data and are not."""
    secrets: tuple[str, ...] = ()
    """Columns that are never read, sent or shown unless the user names them."""
    dropped_tags: tuple[str, ...] = ()
    """Tags that say nothing of a contact."""
    transports: tuple[str, ...] = ()
    """What the program puts before the values of its columns: "p:" in "p:+919812300001"."""
    phoneless: bool = False
    """Whether the export has no phone column at all."""
    note: str = ""
    """What a person should know about it."""

    @property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return field → headers of its columns, preferred ones first."""
        found: dict[str, tuple[str, ...]] = {}
        for rule in self.rules:
            found[rule.field] = (*found.get(rule.field, ()), rule.header)
        return found


def export(name: str, verified: Verified, markers: str, columns: str = "", **lists: str | bool) -> Export:
    """Return an `Export` from texts: headers stand between bars, *columns* has a line "field: header | header" each.

    A second word before the colon is the channel of a consent: "opt_in email: Status".
    """
    note, phoneless = str(lists.pop("note", "")), bool(lists.pop("phoneless", False))
    tables = {key: schema.table(str(text)) for key, text in lists.items()}
    rules = tuple(rule for line in columns.strip().splitlines() for rule in _rules(line))
    return Export(name, verified, schema.table(markers), rules=rules, phoneless=phoneless, note=note, **tables)


def _rules(line: str) -> list[Rule]:
    fed, _, headers = line.partition(":")
    field, _, channel = fed.strip().partition(" ")
    return [Rule(header, field, channel) for header in schema.table(headers)]


def places(wanted: str, headers: tuple[str, ...]) -> list[int]:
    """Return the positions of *headers* that *wanted* stands for: "#" for a number, "*" at its end for anything."""
    form = schema.normal(wanted)
    if wanted.endswith("*"):
        return [index for index, header in enumerate(headers) if schema.normal(header).startswith(form)]
    if "#" in wanted:
        return [index for index, header in enumerate(headers) if schema.unnumbered(header) == form]
    return [index for index, header in enumerate(headers) if schema.normal(header) == form]
