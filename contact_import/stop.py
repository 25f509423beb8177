"""Why a run ends before its last row, and the bell that wakes all who wait."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contact_import.errors import StoppedRun


class Stop:
    """The first reason given to end the run. From then on no request begins; those under way are finished."""

    def __init__(self) -> None:
        self.reason: StoppedRun | None = None
        self.is_out_of_grace = False
        """What was under way had its time to end, and has not."""
        self._bell = asyncio.Event()

    def __bool__(self) -> bool:
        return self.reason is not None

    def because(self, reason: StoppedRun) -> None:
        """End the run; only the first reason counts."""
        if self.reason is None:
            self.reason = reason
            self._bell.set()

    async def within(self, seconds: float) -> None:
        """Wait for *seconds*, less where the run is ended."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._bell.wait(), seconds)
