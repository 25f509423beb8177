"""The walk: a whole column of digits through the automaton, one position of all rows at a time."""

from __future__ import annotations

import numpy as np

from contact_import.phones.read.plan import GIVEN_UP, HOME, READ_ON, WIDTH, Plan
from contact_import.phones.read.readings import Readings

_STRIDE = 4  # positions between two looks at how many rows are still undecided
_PADDED = 40  # room for 17 bytes from any position of a string of 20


def read_chunk(plan: Plan, digits: np.ndarray, plus: np.ndarray, regions: np.ndarray) -> tuple[Readings, np.ndarray]:
    """Read a column that fits into the processor's cache; also return which rows only phonenumbers can read.

    The columns are those of an engine (see Readings). What is said of rows that are given up means nothing.
    """
    letters = np.zeros((digits.itemsize + 1, len(digits)), np.uint8)  # one more, for the end of the longest
    letters[:-1] = digits.view(np.uint8).reshape(len(digits), -1).T
    length = (letters != 0).sum(axis=0, dtype=np.int8)
    letters = letters[: length.max(initial=0) + 1]
    places = regions.view("<u2")
    skip, code = _begin(plan, letters, plus, plan.dialled.take(places))
    code = np.where(code == HOME, plan.home.take(places), code)
    given_up = (code == GIVEN_UP) | (length > 17)
    code[given_up | (length - skip < 2)] = 0
    skip = np.where(code > 0, skip, length)  # the number of what cannot be read is empty
    label = _walk(plan, letters, plan.national.take(code), np.where(code > 0, skip, 0))
    return Readings(
        prefix=code,
        number=_tails(digits, skip),
        type=plan.type.take(label),
        region=plan.region.take(label),
        valid=label > 0,
        possible=plan.possible[code, length - skip],
    ), given_up


def _begin(plan: Plan, letters: np.ndarray, plus: np.ndarray, dialled: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how many digits stand before each national number, and its calling code (or 0, HOME or GIVEN_UP)."""
    label = _walk(plan, letters, np.where(plus, plan.abroad, dialled))
    skip, code = plan.skip.take(label), plan.code.take(label)
    # After a plus without a calling code, an international prefix may follow, and nothing else.
    lost = np.flatnonzero(plus & (code == 0))
    label = _walk(plan, letters[:, lost], dialled[lost])
    code[lost] = np.where(plan.code[label] == READ_ON, READ_ON, 0)
    skip[lost] = plan.skip[label]

    abroad = np.flatnonzero(code == READ_ON)
    label = _walk(plan, letters[:, abroad], np.full(len(abroad), plan.abroad), skip[abroad])
    code[abroad] = plan.code[label]
    skip[abroad] += plan.skip[label]
    return skip, code


def _walk(plan: Plan, letters: np.ndarray, roots: np.ndarray, skip: np.ndarray | int = 0) -> np.ndarray:
    """Return the label that each column of *letters* leads to from its root, after skipping some letters."""
    states = roots
    first = int(np.max(skip, initial=0))
    for column in range(first):
        states = np.where(skip > column, roots, plan.cells.take(states + letters[column]))
    return _finish(plan, letters[first:], states) // WIDTH


def _finish(plan: Plan, letters: np.ndarray, states: np.ndarray) -> np.ndarray:
    """Return the final states. Once few rows are undecided, only these are walked on."""
    for column, letter in enumerate(letters):
        if column % _STRIDE == _STRIDE - 1:
            open_rows = np.flatnonzero(states >= plan.decided)
            if len(open_rows) < len(states) // 2:
                states[open_rows] = _finish(plan, letters[column:, open_rows], states[open_rows])
                return states
        states = plan.cells.take(states + letter)
    return states


def _tails(digits: np.ndarray, skip: np.ndarray) -> np.ndarray:
    """Return each string without its first *skip* bytes, dtype S17: a window moved along the bytes."""
    if not skip.any():
        return digits.astype("S17")
    padded = digits.astype(f"S{_PADDED}")
    windows: np.ndarray = np.ndarray((padded.nbytes - 16,), "S17", padded, strides=(1,))
    tails: np.ndarray = windows[np.arange(0, padded.nbytes, _PADDED) + skip]
    return tails
