"""Bugs to order: the program changed while it starts, so that the checker can be seen to catch what it is there for.

Each is a mistake that importers of this kind really make. `plant` makes it in this process; it takes the program's
public rooms by name, and fails loudly where one of them is no longer there.
"""

from __future__ import annotations

import dataclasses
import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from contact_import import account, api, console, credentials, delivery, journal, mapping, report, sender
from contact_import.models import Outcome
from contact_import.readers import delimited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def plant(name: str) -> None:
    """Make the change of that *name*."""
    MUTANTS[name]()


def quick_pauses() -> None:
    """No bug: pauses between requests take a fiftieth of their time."""
    honest = api.backoff
    api.backoff = lambda failures, chance: honest(failures, chance) / 50  # type: ignore[assignment]


def little_patience() -> None:
    """No bug: a request may take a second instead of two minutes."""
    honest = sender.Sender.__init__

    def begin(self: Any, *given: Any, **named: Any) -> None:
        honest(self, *given, **named)
        self.longest = 1.0

    sender.Sender.__init__ = begin  # type: ignore[method-assign]


# Before its time, or without proof ------------------------------------------------------------


def checkpoint_before_answer() -> None:
    honest = journal.Journal.attempt

    async def attempt(self: Any, *given: Any) -> int:
        number = await honest(self, *given)
        await self.outcome(number, "accepted", "", 0)
        return number

    journal.Journal.attempt = attempt  # type: ignore[method-assign]


def _judged(change: Callable[[api.Answer, api.Verdict], api.Verdict]) -> None:
    honest = api.judge

    def judge(answer: Any, *given: Any, **named: Any) -> api.Verdict:
        verdict = honest(answer, *given, **named)
        return change(answer, verdict) if isinstance(answer, api.Answer) else verdict

    api.judge = judge


def refusal_is_success() -> None:
    _judged(lambda answer, said: api.Verdict(api.Kind.ACCEPTED, "") if answer.status == 400 else said)


def failure_is_refusal() -> None:
    _judged(lambda answer, said: api.Verdict(api.Kind.REFUSED, "HTTP 5xx") if answer.status >= 500 else said)


def any_200_is_success() -> None:
    _judged(lambda answer, said: api.Verdict(api.Kind.ACCEPTED, "") if answer.status == 200 else said)


def _remembered(change: Callable[[list[Any]], list[Any]]) -> None:
    honest = journal.Journal.past
    journal.Journal.past = lambda self: iter(change(list(honest(self))))  # type: ignore[method-assign]


def in_flight_is_done() -> None:
    _remembered(
        lambda past: [
            dataclasses.replace(entry, outcome=Outcome.ACCEPTED, doubtful=False) if entry.doubtful else entry
            for entry in past
        ]
    )


def offset_not_rows() -> None:
    """Everything before the last row that was accepted is taken to be done."""

    def change(past: list[Any]) -> list[Any]:
        ends = [part.stop for entry in past if entry.outcome is Outcome.ACCEPTED for part in entry.positions]
        done = journal.Past((range(max(ends, default=0)),), Outcome.ACCEPTED, doubtful=False, reason="", requests=0)
        return [*past, *([done] if ends else [])]

    _remembered(change)


def doubt_forgotten() -> None:
    account.Account.leave = lambda self, positions: self.settle(positions, Outcome.NOT_SENT, "stopped")  # type: ignore


# Other bytes, other rows ------------------------------------------------------------


def other_bytes_on_retry() -> None:
    """What is sent again is made anew, and a little differently."""
    honest, seen = sender.Sender.post, set[bytes]()

    async def post(self: Any, content: bytes) -> Any:
        again = content in seen
        seen.add(content)
        return await honest(self, re.sub(rb'(Name":")(\w)', rb"\1 \2", content) if again else content)

    sender.Sender.post = post  # type: ignore[method-assign]


def merged_rows_dropped() -> None:
    """A record with a line break within quotes is lost."""
    honest = delimited.Dialect.blocks

    def blocks(self: Any, *given: Any) -> Iterator[Any]:
        for number, block in honest(self, *given):
            yield number, [[] if "\n" in "".join(cells) else cells for cells in block]

    delimited.Dialect.blocks = blocks  # type: ignore[method-assign]


def last_of_twin_headers() -> None:
    """Columns go by their header's text, so that the second of two with the same one takes the first one's place."""
    honest = mapping.choose

    def choose(headers: Any, *given: Any, **named: Any) -> Any:
        found = honest(headers, *given, **named)
        ranks = [len(headers) - column.index if column.field == "phone" else column.rank for column in found.columns]
        columns = zip(found.columns, ranks, strict=True)
        return dataclasses.replace(
            found, columns=tuple(dataclasses.replace(column, rank=rank) for column, rank in columns)
        )

    mapping.choose = choose


def wrong_delimiter() -> None:
    delimited.DELIMITERS = ","


def canary_sent_twice() -> None:
    """A request that was answered is sent once more to be sure."""
    honest = sender.Sender.post

    async def post(self: Any, content: bytes) -> Any:
        await honest(self, content)
        return await honest(self, content)

    sender.Sender.post = post  # type: ignore[method-assign]


# Accounts and manners ------------------------------------------------------------


def report_from_memory() -> None:
    """The outcomes file has what this session did, and nothing of earlier ones."""
    honest = report.Outcomes.write

    def write(self: Any, chunk: Any) -> None:
        pending = np.isin(chunk.start + np.arange(len(chunk.sheet)), chunk.pending)
        kept = pending | (chunk.sheet["outcome"] != Outcome.ACCEPTED.value).to_numpy()
        honest(self, dataclasses.replace(chunk, sheet=chunk.sheet[kept]))

    report.Outcomes.write = write  # type: ignore[method-assign]


def names_in_the_log() -> None:
    honest = delivery.Delivery._settle

    async def settle(self: Any, batch: Any, *given: Any) -> None:
        self._tries._tell(f"sending {json.loads(batch.contacts[0])}")
        await honest(self, batch, *given)

    delivery.Delivery._settle = settle  # type: ignore[method-assign]


def token_in_the_log() -> None:
    honest = credentials.Secret.reveal

    def reveal(self: Any) -> str:
        console.Screen(verbose=True).detail(f"the token is {honest(self)}")
        return honest(self)

    credentials.Secret.reveal = reveal  # type: ignore[method-assign]


def readable_by_all() -> None:
    honest = report.CsvFile.finish

    def finish(self: Any, *known: Any) -> Any:
        path = honest(self, *known)
        if path:
            path.chmod(0o644)
        return path

    report.CsvFile.finish = finish  # type: ignore[method-assign]


def always_well() -> None:
    """The exit code is 0 whatever became of the rows."""
    from contact_import import summary  # noqa: PLC0415

    honest = summary.Summary.as_json
    summary.Summary.as_json = lambda self: {**honest(self), "exit_code": 0}  # type: ignore[method-assign]


MUTANTS: dict[str, Callable[[], None]] = {
    found.__name__: found
    for found in (
        *(
            quick_pauses,
            little_patience,
            checkpoint_before_answer,
            refusal_is_success,
            failure_is_refusal,
            any_200_is_success,
        ),
        *(in_flight_is_done, offset_not_rows, doubt_forgotten, other_bytes_on_retry, merged_rows_dropped),
        *(last_of_twin_headers, wrong_delimiter, canary_sent_twice, report_from_memory, names_in_the_log),
        *(token_in_the_log, readable_by_all, always_well),
    )
}
