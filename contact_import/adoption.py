"""Rows that need no sending, since an earlier run has their numbers as accepted: after a row was put in, or mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contact_import import history
from contact_import.errors import UsageProblem
from contact_import.journal import Journal
from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from contact_import.credentials import Secret
    from contact_import.marks import Marks
    from contact_import.state import State


def adopted(
    state: State, names: Sequence[str], endpoint: str, token: Secret | None, warn: Callable[[str], None]
) -> Iterator[Marks]:
    """Yield what each of the runs called so has as accepted at *endpoint*; *warn* hears where *token* is another one.

    Raises UsageProblem for a run that is not there, says nothing of numbers, or whose contacts are not there any more.
    """
    for name in names:
        run = history.find(state, name)
        if run.facts and run.endpoint != endpoint:
            raise UsageProblem(f"--adopt {run.name}: that run went to another address")
        if run.status == "undone":
            raise UsageProblem(f"--adopt {run.name}: what that run created was taken back")
        with Journal(run.path) as journal:
            accepted = [attempt for attempt in journal.attempts() if attempt.outcome == Outcome.ACCEPTED]
            if any(not attempt.marks for attempt in accepted):
                raise UsageProblem(f"--adopt {run.name}: an older version began it, which kept nothing of the numbers")
            if token and journal.fact("token") not in {None, journal.sign(token.reveal())}:
                warn(
                    f"--adopt {run.name}: that run had another token; if it belongs to another account, "
                    "what is left out is not in this one"
                )
            yield journal.marks(run.name, accepted)
