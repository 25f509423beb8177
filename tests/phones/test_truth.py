"""Numbers whose truth is known, damaged in every way we know: nothing goes to a stranger, and little is lost.

`pytest tests/phones/test_truth.py -s` prints the table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import pytest

from contact_import.phones import Evidence, normalise_column, survey
from tests.phones import damage
from tests.phones.damage import Column, Damage, Sight

PEOPLE = 200
SEED = 2024
OUTCOMES = ("right S", "right N", "right W", "wrong S", "wrong N", "wrong W", "held right", "held", "rejected")
SENT = {"silent": "S", "note": "N", "warn": "W"}


@dataclass(slots=True)
class Score:
    """What became of the cells of one kind."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    """Cells sent with a number that is not theirs."""
    unsent: list[str] = field(default_factory=list)
    """Cells neither sent nor held with the truth beside them."""

    def of(self, *outcomes: str) -> int:
        return sum(count for outcome, count in self.counts.items() if outcome.startswith(outcomes))


def outcome(level: str, said: str, truth: str, suggestion: str) -> str:
    """Return which of `OUTCOMES` a cell met."""
    if level in SENT:
        return f"{'right' if said == truth else 'wrong'} {SENT[level]}"
    if level == "rejected":
        return level
    proposed = {"".join(filter(str.isdigit, piece)) for piece in suggestion.split(" or ")}
    return "held right" if truth in proposed else "held"


def tally(column: Column, evidence: Evidence, score: Score) -> None:
    """Count what becomes of a column's cells."""
    beside = {"prefixes": column.prefixes, "countries": column.countries, "region": column.region}
    answers = normalise_column(column.cells, **beside, evidence=evidence)
    assert len(answers) == len(column.cells)
    for place, (mobile, cell, answer) in enumerate(
        zip(column.mobiles, column.cells, answers.itertuples(index=False), strict=True)
    ):
        what = outcome(answer.level, answer.prefix + answer.number, mobile.bare, answer.suggestion)
        score.counts[what] += 1
        row = (cell, column.region, *(cells and cells[place] for cells in (column.prefixes, column.countries)))
        line = f"{row}: +{answer.prefix} {answer.number} ({answer.rule}), is {mobile.plus}; {answer.suggestion}"
        if what.startswith("wrong") or (what.startswith("right") and column.damage.sight is Sight.HIDDEN):
            score.wrong.append(line)
        elif what in {"held", "rejected"}:
            score.unsent.append(line)


@cache
def scores(with_evidence: bool) -> dict[Damage, Score]:
    """Return what becomes of each kind, in the order of the table."""
    found: dict[Damage, Score] = {kind: Score() for kind in damage.TABLE}
    for column in damage.columns(PEOPLE, SEED):
        seen = Evidence()
        if with_evidence:
            seen = survey(column.cells, prefixes=column.prefixes, countries=column.countries, region=column.region)
        tally(column, seen, found[column.damage])
    return found


def known(with_evidence: bool, *sights: Sight) -> dict[Damage, Score]:
    """Return the kinds of which a careful person can know so much; without evidence, only those a cell shows alone."""
    everything = scores(with_evidence).items()
    return {kind: score for kind, score in everything if kind.sight in sights and (with_evidence or not kind.column)}


def table(with_evidence: bool) -> str:
    """Return the counts for people."""
    lines = [f"{'':36}{'cells':>7}" + "".join(f"{name:>11}" for name in OUTCOMES)]
    total: dict[Sight, Counter[str]] = {sight: Counter() for sight in Sight}
    for kind, score in scores(with_evidence).items():
        total[kind.sight] += score.counts
        lines.append(_line(f"{kind.sight.value:7}{kind.name}{' *' * kind.column}", score.counts))
    lines += [_line(f"{sight.value:7}all", counts) for sight, counts in total.items()]
    return "\n".join(lines)


def _line(name: str, counts: Counter[str]) -> str:
    return f"{name:36}{counts.total():7}" + "".join(f"{counts[each] or '.':>11}" for each in OUTCOMES)


both = pytest.mark.parametrize("with_evidence", [True, False], ids=["evidence", "no evidence"])


@both
def test_the_table(with_evidence: bool) -> None:
    print(f"\n{'with' if with_evidence else 'without'} the column's evidence (* only the column shows it)")
    print(table(with_evidence))
    assert all(score.counts.total() >= 150 for score in scores(with_evidence).values())


@both
def test_no_number_is_silently_wrong(with_evidence: bool) -> None:
    wrong = [
        f"{kind.name}: {line}"
        for kind, score in known(with_evidence, Sight.READ, Sight.HIDDEN).items()
        if score.of("wrong S", "wrong N")
        for line in score.wrong
    ]
    assert not wrong, "\n".join([str(len(wrong)), *wrong[:40]])


@both
def test_hardly_a_number_is_wrong_with_a_warning(with_evidence: bool) -> None:
    kinds = known(with_evidence, Sight.READ)
    wrong = {kind.name: score.of("wrong W") for kind, score in kinds.items() if score.of("wrong W")}
    print(f"\nwrong with a warning: {wrong}")
    assert sum(wrong.values()) <= 0.002 * sum(score.counts.total() for score in kinds.values())


@both
def test_what_can_be_read_is_sent(with_evidence: bool) -> None:
    kinds = known(with_evidence, Sight.READ)
    total = sum((score.counts for score in kinds.values()), Counter())
    right = sum(total[name] for name in OUTCOMES if name.startswith("right"))
    print(
        f"\n{right / (total.total() - total['held right']):.2%} sent; {total['held right']} held with the truth beside"
    )
    unsent = [f"{kind.name}: {line}" for kind, score in kinds.items() for line in score.unsent[:3]]
    assert right >= 0.99 * (total.total() - total["held right"]), "\n".join(unsent)


@both
def test_what_hides_digits_is_never_sent(with_evidence: bool) -> None:
    sent = [
        f"{kind.name}: {line}" for kind, score in known(with_evidence, Sight.HIDDEN).items() for line in score.wrong
    ]
    assert not sent, "\n".join([str(len(sent)), *sent[:40]])
