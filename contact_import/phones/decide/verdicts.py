"""The working table of a column: what each row is read as so far, and the most cautious rule it met."""

from __future__ import annotations

import numpy as np

from contact_import.phones import texts
from contact_import.phones.read import read
from contact_import.phones.read.readings import Readings
from contact_import.phones.regions import is_world
from contact_import.phones.rules import HELD, INDEX, RANKS
from contact_import.phones.texts import Array

LANDLINE, MOBILE, EITHER = 0, 1, 2
UNREAD = 99


def is_mobile(readings: Readings | Verdicts) -> Array:
    """Tell which readings are numbers that a person can have in a pocket."""
    kinds = (readings.type == MOBILE) | (readings.type == EITHER)
    return np.asarray(readings.valid & kinds & ~is_world(readings.prefix))


def international(digits: Array) -> Readings:
    """Read *digits* as if a plus stood before them; longer ones than any number are read as none."""
    fits = texts.length(digits) <= texts.LONGEST
    bounded = texts.as_digits(np.where(fits, digits, b""))
    count = len(bounded)
    return read(bounded, np.ones(count, dtype=np.bool_), np.zeros(count, dtype="S2"))


class Verdicts:
    """Columns that the steps of a decision fill. Rows only ever become more cautious, never less."""

    def __init__(self, count: int) -> None:
        self.prefix = np.zeros(count, dtype=np.int32)
        self.number = np.zeros(count, dtype="S17")
        self.type = np.full(count, UNREAD, dtype=np.int8)
        self.region = np.zeros(count, dtype="S3")
        self.valid = np.zeros(count, dtype=np.bool_)
        self.possible = np.zeros(count, dtype=np.bool_)
        self.rule = np.full(count, -1, dtype=np.int16)
        self.rank = np.full(count, -1, dtype=np.int8)
        """The rank of each row's level; -1 where no rule has spoken."""
        self.other = np.zeros(count, dtype="S24")
        """A second reading, as it is shown beside the first."""

    @property
    def open(self) -> Array:
        """Whether a row may still be sent."""
        return np.asarray(self.rank < HELD)

    def mark(self, rows: Array, rule: str) -> None:
        """Let *rule* speak about *rows* (a mask): the most cautious rule stays, the first of equals."""
        self._speak(rows, INDEX[rule])

    def mark_each(self, rules: Array) -> None:
        """Let each row's own rule speak; -1 says nothing."""
        for index in np.unique(rules[rules >= 0]).tolist():
            self._speak(rules == index, index)

    def mark_at(self, places: Array, rule: str) -> None:
        """Let *rule* speak about rows named by their places."""
        places = places[self.rank[places] < RANKS[INDEX[rule]]]
        self.rule[places], self.rank[places] = INDEX[rule], RANKS[INDEX[rule]]

    def _speak(self, rows: Array, index: int) -> None:
        if rows.any():  # most rules have nothing to say of most columns
            rows = rows & (self.rank < RANKS[index])
            self.rule[rows], self.rank[rows] = index, RANKS[index]

    def adopt(self, rows: Array, readings: Readings) -> None:
        """Take *readings* for *rows* (their places, in order)."""
        if len(rows) == len(self.rule):
            self.prefix, self.number, self.type = readings.prefix, readings.number, readings.type
            self.region, self.valid, self.possible = readings.region, readings.valid, readings.possible
            return
        self.prefix[rows], self.number[rows] = readings.prefix, readings.number
        self.type[rows], self.region[rows] = readings.type, readings.region
        self.valid[rows], self.possible[rows] = readings.valid, readings.possible

    def is_same(self, other: Verdicts) -> Array:
        """Tell which rows are the number that they are in *other*."""
        return np.asarray(self.valid & other.valid & (self.prefix == other.prefix) & (self.number == other.number))

    def some(self, rows: Array) -> Verdicts:
        """Return a table of those rows (their places) alone."""
        part = Verdicts(0)
        for name in vars(self):
            setattr(part, name, getattr(self, name)[rows])
        return part

    def replace(self, rows: Array, answers: Verdicts) -> None:
        """Take another table's answers for *rows* (their places)."""
        for name in vars(self):
            getattr(self, name)[rows] = getattr(answers, name)

    def remember(self, rows: Array, readings: Readings) -> None:
        """Keep *readings* as what *rows* (their places) could also be."""
        self.other[rows] = texts.join(b"+", texts.decimal(readings.prefix), b" ", readings.number)


def some(readings: Readings, rows: Array) -> Readings:
    """Return those rows of *readings* that a mask or a list of places names."""
    return Readings(
        prefix=readings.prefix[rows],
        number=readings.number[rows],
        type=readings.type[rows],
        region=readings.region[rows],
        valid=readings.valid[rows],
        possible=readings.possible[rows],
    )
