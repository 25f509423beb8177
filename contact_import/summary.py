"""What a run came to: the one account that the screen, the JSON and the exit code are made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from contact_import.errors import AccountProblem, Interrupted
from contact_import.models import Outcome

if TYPE_CHECKING:
    from contact_import.account import Account
    from contact_import.errors import StoppedRun


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary as `--json` prints it; the names of its fields are a promise."""

    run: str
    status: str
    exit_code: int
    dry_run: bool
    files: list[str]
    endpoint: str
    read: int = 0
    accepted: int = 0
    ready: int = 0
    rejected: int = 0
    held: int = 0
    duplicate: int = 0
    unchanged: int = 0
    unconfirmed: int = 0
    not_sent: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    resent_rows: int = 0
    seconds: float = 0.0
    failures_file: str | None = None
    report: str | None = None
    phone_data: str = ""
    error: str | None = None
    """Why the run stopped before its end."""
    levels: dict[str, int] = field(default_factory=dict)
    """How sure the readings of the phones were: S, N, W, H, R → rows."""
    rules: dict[str, Any] = field(default_factory=dict)
    """Rule → level, rows, masked examples."""
    phone_engine: str = ""
    left_out: dict[str, int] = field(default_factory=dict)
    """Why rows that are not blank were not read as contacts (a footer, not chosen) → how many."""

    def as_json(self) -> dict[str, Any]:
        """Return the fields as plain values."""
        return asdict(self)


def nothing(files: list[str], endpoint: str, *, dry_run: bool, reason: StoppedRun) -> Summary:
    """Return the summary of a run that stopped before it read a row."""
    return Summary(
        run="",
        status=status(reason.exit_code, reason),
        exit_code=reason.exit_code,
        dry_run=dry_run,
        files=files,
        endpoint=endpoint,
        error=str(reason),
    )


def exit_code(account: Account, reason: StoppedRun | None) -> int:
    """Return the exit code: the reason to stop has the first word, then what is left to do."""
    outcomes = account.totals.outcomes
    if reason is not None:
        return reason.exit_code
    if outcomes[Outcome.UNCONFIRMED] or outcomes[Outcome.NOT_SENT]:
        return 4
    return 3 if outcomes[Outcome.REJECTED] or outcomes[Outcome.HELD] else 0


def status(code: int, reason: StoppedRun | None) -> str:
    """Return "finished", "stopped" or "interrupted"; only a finished run is not gone on with."""
    if isinstance(reason, Interrupted):
        return "interrupted"
    return "finished" if code in {0, 3} else "stopped"


def check(summary: Summary) -> None:
    """Raise AccountProblem where the counts do not add up to the rows read."""
    given = sum(getattr(summary, outcome.value) for outcome in Outcome)
    if given != summary.read:
        raise AccountProblem(f"{summary.read} rows read, {given} with an outcome: a fault of ours")
