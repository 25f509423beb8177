"""The numbering plans of the world, laid out as one automaton in arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, SUPPORTED_REGIONS, PhoneNumberType

from contact_import.phones.read.diagram import NOTHING, Diagrams
from contact_import.phones.read.territory import ASIDE, BEGINS, LONGEST, Territory

WIDTH = 15
"""Cells of a state. A state is the index of its first cell, and a byte of text leads from it to `cells[state + byte]`:
the end of the text (byte 0) to the first cell of the state's row, the digits (bytes 48 to 57) to cells 3 to 12 of the
third row after it. So bytes are walked as they come, and no two meet in a cell."""

HOME, READ_ON, GIVEN_UP = -1, -2, -3
"""In place of a calling code: the region's own; an international number begins here; only phonenumbers can tell."""

_BEGINS = [
    (0, 0),
    *((skip, HOME) for skip in range(LONGEST + 1)),
    *((skip, READ_ON) for skip in range(LONGEST + 1)),
    (0, GIVEN_UP),
]
"""What the labels of a territory's own diagrams mean: see BEGINS, ABROAD and ASIDE."""

MARGIN = 58
"""Cells that the last state takes up: its digits lie in rows after it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The automaton, and what its final states mean.

    The first states are the labels, `label * WIDTH`, and lead to themselves. What a label means depends on the
    question, that is, on the state where the walk began.
    """

    cells: np.ndarray
    """The automaton. int32, shape (WIDTH * (states - 1) + MARGIN,)"""
    home: np.ndarray
    """The region's calling code, by its two bytes; 0 for what is no region. int32, shape (65536,)"""
    dialled: np.ndarray
    """Where to begin with what was dialled there without a plus, likewise. int32, shape (65536,)"""
    abroad: np.ndarray
    """Where to begin with an international number, calling code first. int32, shape ()"""
    skip: np.ndarray
    """Of these two questions' labels: how many digits stand before the number. int8, shape (labels,)"""
    code: np.ndarray
    """And the calling code; 0 for none, or HOME, READ_ON or GIVEN_UP. int32, shape (labels,)"""
    national: np.ndarray
    """Where to begin with a national number, by calling code. int32, shape (1000,)"""
    region: np.ndarray
    """Of this question's labels: the region. dtype S3, shape (labels,)"""
    type: np.ndarray
    """And the type, a PhoneNumberType. int8, shape (labels,)"""
    possible: np.ndarray
    """Whether a national number may be so long, by calling code and length. bool, shape (1000, LONGEST + 1)"""

    @property
    def decided(self) -> int:
        """All states below this one are labels."""
        return len(self.skip) * WIDTH


def compile_plan() -> Plan:
    """Compile the metadata of the installed `phonenumbers`."""
    diagrams = Diagrams()
    begins, kinds = _Facts.of(_BEGINS), _Facts.of([("", PhoneNumberType.UNKNOWN)])
    dialled, national, abroad = {}, {}, NOTHING
    possible = np.zeros((1000, LONGEST + 1), bool)
    for code, territories in _territories(diagrams).items():
        main = territories[0]
        for territory in territories:
            dialled[territory.region] = territory.dialled(main)
        abroad = diagrams.either(_abroad(diagrams, main, begins), abroad)
        national[code] = _national(diagrams, territories, kinds)
        possible[code, list(main.possible)] = True
    labels = max(len(begins), len(kinds))
    automaton = _Automaton(diagrams, labels, [abroad, *dialled.values(), *national.values()])
    home, by_region, by_code = np.zeros(65536, np.int32), np.zeros(65536, np.int32), np.zeros(1000, np.int32)
    for region in SUPPORTED_REGIONS:
        place = np.frombuffer(region.encode(), "<u2")
        home[place] = phonenumbers.country_code_for_region(region)
        by_region[place] = automaton.states(dialled[region])
    by_code[list(national)] = automaton.states(list(national.values()))
    return Plan(
        cells=automaton.cells(),
        home=home,
        dialled=by_region,
        abroad=automaton.states(abroad),
        skip=begins.column(0, "i1", labels),
        code=begins.column(1, "i4", labels),
        national=by_code,
        region=kinds.column(0, "S3", labels),
        type=kinds.column(1, "i1", labels),
        possible=possible,
    )


class _Facts(dict[tuple[int | str, int], int]):
    """Pairs of facts and their labels, which are given out as the pairs come."""

    @classmethod
    def of(cls, facts: Sequence[tuple[int | str, int]]) -> _Facts:
        """Return these pairs, labelled from 0."""
        return cls(zip(facts, range(len(facts)), strict=True))

    def label(self, first: int | str, second: int) -> int:
        """Return the label of this pair."""
        return self.setdefault((first, second), len(self))

    def column(self, which: int, dtype: str, size: int) -> np.ndarray:
        """Return one half of every pair by label, in an array with room for *size*."""
        facts = [fact[which] for fact in self]
        return np.array(facts + facts[:1] * (size - len(facts)), dtype)


class _Automaton:
    """The states of some diagrams: the labels first, then each node that can be reached."""

    def __init__(self, diagrams: Diagrams, labels: int, roots: list[int]) -> None:
        reached: dict[int, None] = {}
        waiting = list(reversed(roots))
        while waiting:
            diagram = waiting.pop()
            if diagram >= 0 and diagram not in reached:
                reached[diagram] = None
                waiting.extend(diagrams.nodes[diagram])
        self._children = [diagrams.children(diagram) for diagram in (*(~label for label in range(labels)), *reached)]
        self._row = np.zeros(len(diagrams.nodes), np.int32)
        self._row[list(reached)] = np.arange(labels, len(self._children))

    def states(self, diagrams: int | list[int] | list[tuple[int, ...]]) -> np.ndarray:
        """Return the state of each diagram, in the same shape."""
        which = np.array(diagrams)
        return (np.where(which < 0, ~which, self._row[which]) * WIDTH).astype(np.int32)

    def cells(self) -> np.ndarray:
        """Return all states' children, each where its byte points to."""
        starts = np.arange(len(self._children))[:, None] * WIDTH
        cells = np.zeros(starts[-1, 0] + MARGIN, np.int32)
        cells[starts + np.frombuffer(b"0123456789\0", np.uint8)] = self.states(self._children)
        return cells


def _territories(diagrams: Diagrams) -> dict[int, list[Territory]]:
    """Return the territories of every calling code, the main one first."""
    return {
        code: [Territory(diagrams, code, region) for region in regions]
        for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()
    }


def _abroad(diagrams: Diagrams, main: Territory, begins: _Facts) -> int:
    """Return the diagram of where an international number of this calling code begins."""
    begin = diagrams.relabel(
        main.after(len(main.digits)),
        lambda label: label if label == ASIDE else begins.label(label - BEGINS, main.code),
    )
    return diagrams.chain(main.digits, begin)


def _national(diagrams: Diagrams, territories: list[Territory], kinds: _Facts) -> int:
    """Return the diagram of a calling code's national numbers: region and type.

    Where regions share the code, a number is of the first whose leading digits it has, or, where a region has none,
    whose patterns it matches. Leading digits settle it: if the type does not follow, the number is of no region.
    """
    result = NOTHING
    for territory in reversed(territories):
        types = territory.types(partial(kinds.label, territory.region))
        shared = len(territories) > 1 and territory.metadata.leading_digits
        result = diagrams.choose(territory.leading if shared else types, types, result)
    return result
