"""A row that this program fails at costs that row, not the run.

The one place beside the command line where any error of ours is caught: which row it is about is known only by trying,
and the others have to go on. A fault that is not about single rows is raised as it came.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from contact_import.choice import select
from contact_import.errors import StoppedRun
from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contact_import.models import Frame, Mapping
    from contact_import.prepare import Rules

    Work = Callable[[Frame, Mapping, Rules], pd.DataFrame]

PREFIX = "quarantined:"
"""How the reason of such a row begins."""
NOT_OF_A_ROW = (StoppedRun, OSError, MemoryError)
"""Errors that no row is at fault of."""
SYSTEMIC = 5
"""So many rows that fail, and none that does not: the fault is not about the rows."""


def contained(work: Work, frame: Frame, mapping: Mapping, rules: Rules) -> pd.DataFrame:
    """Return what *work* makes of *frame*; rows that it fails at, alone, are "not_sent" there.

    Raises what *work* raises where it fails at every row.
    """
    try:
        return work(frame, mapping, rules)
    except NOT_OF_A_ROW:
        raise
    except Exception:
        tried = _Tried(lambda part: work(part, mapping, rules))
        parts = list(tried.parts(frame))
        if tried.columns is None:
            raise
        return pd.concat([part.reindex(columns=tried.columns, fill_value="") for part in parts], ignore_index=True)


@dataclass(slots=True)
class _Tried:
    """A frame tried by halves."""

    work: Callable[[Frame], pd.DataFrame]
    columns: pd.Index[str] | None = None
    """Of a sheet; None while every part failed."""
    failed: int = 0

    def parts(self, frame: Frame) -> Iterator[pd.DataFrame]:
        """Yield the sheets of *frame*, in its order."""
        try:
            sheet = self.work(frame)
        except NOT_OF_A_ROW:
            raise
        except Exception as fault:
            if len(frame.rows) == 1:
                self.failed += 1
                if self.failed >= SYSTEMIC and self.columns is None:
                    raise
                yield _left_alone(frame, fault)
                return
        else:
            self.columns = sheet.columns
            yield sheet
            return
        first = np.arange(len(frame.rows)) < len(frame.rows) // 2
        yield from self.parts(select(frame, first))
        yield from self.parts(select(frame, ~first))


def _left_alone(frame: Frame, fault: Exception) -> pd.DataFrame:
    """Return the sheet of a single row that *fault* is about; its text is not used, for it may hold a cell."""
    place = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{type(fault).__name__} at {Path(place.filename).name}:{place.lineno}"
    reason = f"{PREFIX} this program fails at this row ({where}), so it is not sent; please report it"
    blank = dict.fromkeys(("level", "rule", "prefix", "number", "region", "suggestion", "cell"), "")
    return pd.DataFrame({"row": frame.rows, "outcome": Outcome.NOT_SENT.value, "reason": reason, **blank})
