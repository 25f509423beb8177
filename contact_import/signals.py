"""The signals that ask a command to end, heard where nothing can be torn in two."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIGNALS = tuple(int(getattr(signal, name)) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Their numbers, those that this machine has."""

AT_ONCE = 3.0
"""Seconds that a command may take to leave at once."""


def leave_at_once(number: int) -> None:
    """End this process soon, with the exit code of the signal *number*, where it does not end before.

    A thread that waits for a name server cannot be called off, and Python would wait for it.
    """
    exit_ = threading.Timer(AT_ONCE, os._exit, [128 + number])
    exit_.daemon = True
    exit_.start()


def unignored() -> Iterator[int]:
    """Yield the numbers of those that are not to be ignored, as `nohup` has it with SIGHUP."""
    yield from (number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN)


@contextlib.contextmanager
def heard(heed: Callable[[int], None]) -> Iterator[None]:
    """Call *heed* with the number of each such signal, between two steps of the running loop, while the block runs.

    An exception that a handler raises is lost where asyncio is just in a callback of its own: it logs it and goes on.
    Where a loop cannot take signals (Windows), or this is not the main thread, they do what they did before.
    """
    from asyncio import get_running_loop  # noqa: PLC0415 - a command that only prints does without it

    loop = get_running_loop()
    before = {number: signal.getsignal(number) for number in SIGNALS}
    with contextlib.suppress(NotImplementedError, RuntimeError):
        for number in unignored():
            loop.add_signal_handler(number, heed, number)
    try:
        yield
    finally:
        for number, handler in before.items():
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.remove_signal_handler(number)
                signal.signal(number, handler)
