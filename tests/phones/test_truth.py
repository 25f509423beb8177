"""Numbers whose truth is known, damaged in every way we know: nothing goes to a stranger, and little is lost.

`pytest tests/phones/test_truth.py -s` prints the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from contact_import.phones import Evidence, normalise_column, survey
from tests.phones import damage
from tests.phones.damage import Column, Damage, Sight

PEOPLE = 200
SEED = 2024
OUTCOMES = ("right S", "right N", "right W", "wrong S", "wrong N", "wrong W", "held right", "held", "rejected")
SENT = ("S", "N", "W")


@dataclass(slots=True)
class Score:
    """What became of the cells of one kind."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    """Cells sent with a number that is not theirs, or that nobody can know."""
    unsent: list[str] = field(default_factory=list)
    """Cells neither sent nor held with the truth beside them."""

    def of(self, *outcomes: str) -> int:
        return sum(self.counts[each] for each in outcomes)


Scores = dict[Damage, Score]


def outcome(level: str, said: str, truth: str, suggestion: str) -> str:
    """Return which of `OUTCOMES` a cell met."""
    if level in SENT:
        return f"{'right' if said == truth else 'wrong'} {level}"
    if level == "R":
        return "rejected"
    proposed = {"".join(filter(str.isdigit, piece)) for piece in suggestion.split(" or ")}
    return "held right" if truth in proposed else "held"


def outcomes(column: Column, with_evidence: bool) -> Iterator[tuple[str, str]]:
    """Yield what each cell of a column met, and the cell and its answer in words."""
    beside = {"prefixes": column.prefixes, "countries": column.countries, "region": column.region}
    evidence = survey(column.cells, **beside) if with_evidence else Evidence()
    answers = normalise_column(column.cells, **beside, evidence=evidence)
    names = ("level", "prefix", "number", "rule", "suggestion")
    rows = zip(*(answers[name].tolist() for name in names), strict=True)
    for place, (mobile, row) in enumerate(zip(column.mobiles, rows, strict=True)):
        level, prefix, number, rule, suggestion = row
        what = outcome(level, prefix + number, mobile.bare, suggestion)
        sides = " ".join(repr(cells[place]) for cells in (column.prefixes, column.countries) if cells)
        where = f"{column.cells[place]!r} {sides} in {column.region}"
        yield what, f"{where}, {mobile.plus}: {level} {prefix} {number} {rule} {suggestion}"


def scores(columns: list[Column], with_evidence: bool) -> Scores:
    """Return what becomes of each kind, in the order of the table."""
    found = {kind: Score() for kind in damage.TABLE}
    for column in columns:
        score = found[column.damage]
        for what, line in outcomes(column, with_evidence):
            score.counts[what] += 1
            if what.startswith("wrong") or (what.startswith("right") and column.damage.sight is Sight.HIDDEN):
                score.wrong.append(line)
            elif what in {"held", "rejected"}:
                score.unsent.append(line)
    return found


def table(found: Scores) -> str:
    """Return the counts for people; a star marks the kinds that only a whole column shows."""
    lines = [f"{'':42}{'cells':>7}" + "".join(f"{name:>11}" for name in OUTCOMES)]
    total: dict[Sight, Counter[str]] = {sight: Counter() for sight in Sight}
    for kind, score in found.items():
        total[kind.sight] += score.counts
        lines.append(_line(f"{kind.sight.value:7}{kind.name}{' *' * kind.column}", score.counts))
    lines += [_line(f"{sight.value:7}all", counts) for sight, counts in total.items()]
    return "\n".join(lines)


def _line(name: str, counts: Counter[str]) -> str:
    return f"{name:42}{counts.total():7}" + "".join(f"{counts[each] or '.':>11}" for each in OUTCOMES)


def complaints(found: Scores) -> Iterator[str]:
    """Yield a line for everything that is not as it should be."""
    read = {kind: score for kind, score in found.items() if kind.sight is Sight.READ}
    seen = read | {kind: score for kind, score in found.items() if kind.sight is Sight.UNSURE}
    for kind, score in seen.items():
        if score.of("wrong S", "wrong N"):
            yield "\n    ".join([f"silently wrong, {kind.name}:", *score.wrong[:20]])
    for kind, score in found.items():
        if kind.sight is Sight.HIDDEN and score.wrong:
            yield "\n    ".join([f"sent though nobody can know it, {kind.name}:", *score.wrong[:20]])

    warned = {kind.name: score.of("wrong W") for kind, score in seen.items() if score.of("wrong W")}
    cells = sum(score.counts.total() for score in seen.values())
    print(f"wrong with a warning: {sum(warned.values())} of {cells:,}: {warned}")
    if sum(warned.values()) > 0.002 * cells:
        yield f"wrong with a warning: {warned}"

    everything = sum((score.counts for score in read.values()), Counter())
    certain = everything.total() - everything["held right"]
    sent = sum(everything[each] for each in OUTCOMES if each.startswith("right"))
    print(f"{sent / certain:.2%} of {certain:,} sent; {everything['held right']:,} more held, the truth beside them")
    if sent < 0.99 * certain:
        lines = [
            f"{kind.name} {len(score.unsent)}: {line}" for kind, score in read.items() for line in score.unsent[:3]
        ]
        yield "\n    ".join(["lost, though it can be read:", *lines])


@pytest.fixture(scope="module")
def columns() -> list[Column]:
    return list(damage.columns(PEOPLE, SEED))


def test_the_table_is_rich() -> None:
    assert len(damage.TABLE) >= 25
    assert len(damage.REGIONS) >= 12
    assert len({kind.name for kind in damage.TABLE}) == len(damage.TABLE)


@pytest.mark.parametrize("with_evidence", [True, False], ids=["evidence", "no evidence"])
def test_no_number_is_a_strangers_and_few_are_lost(columns: list[Column], with_evidence: bool) -> None:
    found = scores(columns, with_evidence)
    print(f"\n{'with' if with_evidence else 'without'} the column's evidence\n{table(found)}")
    judged = {kind: score for kind, score in found.items() if with_evidence or not kind.column}
    wrong = list(complaints(judged))
    assert not wrong, "\n" + "\n".join(wrong)
