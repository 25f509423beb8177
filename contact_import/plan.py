"""What a run was told to do: everything that alters which rows are sent, where to, and as which bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from contact_import import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.pipeline import Source
    from contact_import.prepare import Rules


@dataclass(frozen=True, slots=True)
class Plan:
    """A journal opens with a plan and serves no other. Batch size and pace are no part of it: they alter no row."""

    endpoint: str
    files: tuple[tuple[str, int], ...]
    """SHA-256 of each file's bytes, and the row of its header."""
    readings: tuple[tuple[str | None, ...], ...]
    """For each file, the encoding, delimiter and sheet that it is read with."""
    mappings: tuple[tuple[tuple[str | None, int], ...], ...]
    """For each file, the field that each column feeds, and its rank among those that feed the same."""
    region: str | None
    strict: bool
    include_opted_out: bool
    suppressed: str
    """The digest of the numbers that nothing is sent to."""
    adopted: tuple[str, ...]
    """The runs whose accepted numbers are not sent again."""
    chosen: tuple[str, ...]
    """For each file, which of its rows are wanted, and what they must say to be sent."""
    tags: tuple[str, ...]
    wire: tuple[bool, bool, str | None]
    phone_data: str
    version: str = __version__
    """Another version may write other bytes, so it does not go on with this one's runs."""

    @property
    def digest(self) -> str:
        """Name the plan in 64 hexadecimal digits."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def plan(endpoint: str, sources: Sequence[Source], rules: Rules, wire: Any, phone_data: str) -> Plan:
    """Return the plan of a run."""
    layouts = [source.table.layout for source in sources]
    return Plan(
        endpoint=endpoint,
        files=tuple((source.table.sha256, source.table.layout.header_row) for source in sources),
        readings=tuple((layout.encoding, layout.delimiter, layout.sheet) for layout in layouts),
        mappings=tuple(tuple((column.field, column.rank) for column in source.mapping.columns) for source in sources),
        region=rules.region,
        strict=rules.strict,
        include_opted_out=rules.include_opted_out,
        suppressed=rules.suppressed.digest,
        adopted=tuple(marks.run for marks in rules.adopted),
        chosen=tuple(_choice(source) for source in sources),
        tags=rules.tags,
        wire=(wire.send_empty, wire.authtype, wire.bot_id),
        phone_data=phone_data,
    )


def _choice(source: Source) -> str:
    conditions = [
        [(condition.column, sorted(condition.values)) for condition in conditions]
        for conditions in (source.where, source.consent)
    ]
    taken = None if source.taken is None else hashlib.sha256(source.taken.tobytes()).hexdigest()
    return json.dumps([*conditions, taken])
