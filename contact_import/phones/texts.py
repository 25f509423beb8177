"""Columns of digit strings, and what can be done to a whole one at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

WIDTH = 20
"""Bytes kept of each digit string."""

LONGEST = 17
"""Digits that an engine reads at most."""


def as_digits(values: Array) -> Array:
    """Return *values* in the one dtype that engines read."""
    return values.astype(f"S{WIDTH}")


def as_text(values: Array) -> Array:
    """Return *values* as Python's strings; widening the bytes oneself takes a third of numpy's own time for it."""
    wide = np.ascontiguousarray(values).view(np.uint8).astype(np.uint32)
    return wide.view(f"U{values.dtype.itemsize}").astype(object)


def length(values: Array) -> Array:
    """Return how many digits each string has."""
    return np.strings.str_len(values)


def head(values: Array) -> Array:
    """Return the first four bytes of each string as one number, for tests cheaper than those of strings."""
    size = values.dtype.itemsize
    first = np.ascontiguousarray(values).view(np.uint8).reshape(-1, size)[:, :4]
    return np.ascontiguousarray(first).view("<u4").reshape(-1)


def starts(values: Array, lead: Array | bytes) -> Array:
    """Tell which strings begin with *lead* (one for all, or one for each)."""
    return np.strings.startswith(values, lead)


def join(*parts: Array | bytes) -> Array:
    """Return the strings made of *parts*, one after the other."""
    joined: Any = parts[0]
    for part in parts[1:]:
        joined = np.strings.add(joined, part)
    return np.asarray(joined)


def drop(values: Array, count: int) -> Array:
    """Return each string without its first *count* bytes."""
    size = values.dtype.itemsize
    if not count or not len(values):
        return values
    kept = np.ascontiguousarray(values).view(np.uint8).reshape(-1, size)[:, count:]
    return np.ascontiguousarray(kept).view(f"S{size - count}").reshape(-1)


def keep(values: Array, count: int) -> Array:
    """Return the first *count* bytes of each string."""
    return values.astype(f"S{count}")


def drop_each(values: Array, counts: Array) -> Array:
    """Return each string without as many first bytes as *counts* says for it."""
    result = as_digits(values)
    for count in np.unique(counts):
        rows = counts == count
        result[rows] = drop(as_digits(values[rows]), int(count))
    return result


CODES = np.array(["", *map(str, range(1, 1000))], dtype=object)
"""Calling code → its digits; 0, which stands for none, becomes the empty string."""
_CODES = CODES.astype("S3")


def decimal(values: Array) -> Array:
    """Return calling codes as digit strings, empty for none."""
    return np.asarray(_CODES[values])
