"""Every number that a cell may mean: whoever said no is not to be reached at any of them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from contact_import import phones
from contact_import.models import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


def read_all(
    cells: Sequence[str], prefixes: Sequence[str], countries: Sequence[str], region: str | None
) -> tuple[pd.DataFrame, np.ndarray, list[int]]:
    """Return what `phones.normalise_column` reads of *cells*, the phones (int64), and which cells are not sure (index).

    What is not sure is a number with words, the first one of several, one without its code: it counts by its end.
    """
    found = phones.normalise_column(cells, prefixes=prefixes, countries=countries, region=region)
    sure = found["level"].isin([Level.SILENT, Level.NOTE]).to_numpy()
    return found, phones_of(found, np.flatnonzero(found["number"].to_numpy() != "")), np.flatnonzero(~sure).tolist()


def phones_of(sheet: pd.DataFrame, where: np.ndarray) -> np.ndarray:
    """Return prefix and number of the rows at *where* as one number: no two phones have the same, as calling codes
    are prefix-free."""
    prefixes, numbers = (sheet[part].to_numpy(dtype=object)[where] for part in ("prefix", "number"))
    return np.asarray((prefixes + numbers).astype(np.int64))
