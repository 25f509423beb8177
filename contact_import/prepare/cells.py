"""The cells of a field: of several columns that feed it, those that are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from contact_import import candidates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contact_import.models import Frame, Mapping


def first_filled(frame: Frame, mapping: Mapping, name: str) -> list[str]:
    """Return for each row the stripped text of the first column feeding field *name* that is not blank there.

    Of the phones it is the one that is tried first: their order may differ from row to row.
    """
    if name == "phone":
        return candidates.firsts(frame, mapping)
    columns = [frame.cells[position].tolist() for position in mapping.feeding(name)]
    if not columns:
        return [""] * len(frame.rows)
    if len(columns) == 1:
        return [text.strip() for text in columns[0]]
    return [next((text.strip() for text in cells if text.strip()), "") for cells in zip(*columns, strict=True)]


def column(values: Iterable[object]) -> pd.Series[Any]:
    """Return *values* as a column of objects, also where they are tuples."""
    return pd.Series(np.fromiter(values, dtype=object), dtype=object)
