"""How far a run is: a bar on a terminal, a line now and then elsewhere. Both look at the account by themselves."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console, RenderableType

    from contact_import.account import Account

SECONDS_A_LINE = 10.0
"""How often progress is written where there is no terminal, with --verbose."""
FAILED = (Outcome.REJECTED, Outcome.HELD, Outcome.UNCONFIRMED)


def _progress(account: Account) -> str:
    done, failed = account.live.total(), sum(account.live[outcome] for outcome in FAILED)
    return f"{done:,} of {account.rows:,} rows, {failed:,} failures"


class _Rate(ProgressColumn):
    """Rows a second, since the beginning."""

    def render(self, task: Task) -> Text:
        speed = task.completed / task.elapsed if task.elapsed else 0
        return Text(f"{speed:,.0f} rows/s", style="cyan")


class Bar(Progress):
    """A bar that looks at the account by itself, ten times a second, so that nothing has to report to it."""

    def __init__(self, account: Account, console: Console) -> None:
        self._account = account
        super().__init__(
            BarColumn(bar_width=None),
            TaskProgressColumn(),
            TextColumn("{task.fields[words]}", markup=False),
            _Rate(),
            TimeRemainingColumn(),
            console=console,
        )
        self._bar = self.add_task("", total=account.rows, words="")

    def get_renderables(self) -> Iterator[RenderableType]:
        """Yield the bar as the account stands."""
        if hasattr(self, "_bar"):
            self.update(self._bar, completed=self._account.live.total(), words=_progress(self._account))
        yield from super().get_renderables()


@contextlib.contextmanager
def lines(account: Account, write: Callable[[Text], None]) -> Iterator[None]:
    """Write a line on *account* every ten seconds while the block runs."""
    done, started = threading.Event(), time.monotonic()

    def keep_writing() -> None:
        while not done.wait(SECONDS_A_LINE):
            write(Text(f"{_progress(account)}, {time.monotonic() - started:.0f} s"))

    thread = threading.Thread(target=keep_writing, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
