"""The checker: from what can be seen of a job from outside, which promises were broken.

It looks at the list as an independent reader understands it, the journal after every run, the outcomes file, the
failures file, the summary, the platform's receive log and store, all bytes that were printed or left behind, and the
exit codes. It shares no code with the program.

How each promise is stated here:

total       every row of the list is in the outcomes file once, in order; the journal speaks only of rows that can be
            sent (it holds positions, and only of rows that were attempted, so the rejected ones are not in it)
terminal    the account adds up, and says the same printed, in the journal, in the outcomes and in the failures file
no loss     accepted: the store has that phone, a request with it was answered 200, and held what the row says; when
            all is over, every row that could be sent is accepted, or refused by the platform
no lie      what is called rejected or duplicate was not sent, or was refused when it was last sent; what is called
            not sent is not stored, and every request that held it was answered with a refusal
doubt       unconfirmed: the journal has an attempt of it without a usable answer
invention   every phone that was received is one of the list's
repeats     nothing that the journal has as accepted is received again; a repeat has a cause (a refusal, a missing
            answer, a kill); a kill costs no more than what was under way; without faults everything is sent once;
            a row that is sent again is sent as the same contact
order       the store has one contact for each phone, with the name of the first row that can be sent
durable     what one run called accepted, all later ones do
silence     the token is nowhere; names and phones are only in the reports that are for them
modes       files are 0600, folders 0700, and an orderly end leaves nothing half done
bounded     time, requests, and the sizes of output and journal
exit        the exit code says what became of the rows
"""

from __future__ import annotations

import functools
import json
import math
import re
import stat
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from contact_import.sandbox import Receipt
    from tests.campaign.people import Person

OUTCOMES = ("accepted", "rejected", "held", "duplicate", "unchanged", "unconfirmed", "not_sent")
REFUSALS = {*range(300, 500), 501, 505} - {408, 425}
"""Statuses that say that nothing of the request was taken."""
REPORTS = ("outcomes.csv", "failures.csv")
LONGEST, LARGEST = 60.0, 1 << 20
"""Seconds of a run, bytes of what it prints and of a journal, for lists as short as these."""


@dataclass(frozen=True)
class Attempt:
    """A line of the journal."""

    id: int
    positions: frozenset[int]
    outcome: str | None
    reason: str | None
    requests: int


@dataclass(frozen=True)
class Run:
    """One run of the command, as it was seen when it had ended."""

    code: int
    """Exit code, or minus the signal that killed it."""
    seconds: float
    out: bytes
    err: bytes
    seen: tuple[int, int]
    """Which receipts came during it: the first, and the one after the last."""
    answered: frozenset[int]
    """Which receipts of all had been answered when it ended."""
    facts: dict[str, Any]
    attempts: tuple[Attempt, ...]
    summary: dict[str, Any] | None
    """None where the run did not come so far; then there are no reports either."""
    outcomes: list[dict[str, str]] | None
    failures: list[dict[str, str]] | None
    store: dict[str, list[str]]
    """Phone → names, then."""
    was_told: bool = False
    """A signal asked it to end: its exit code says so, also where nothing was left to do."""

    @property
    def killed(self) -> bool:
        return self.code < 0

    @property
    def goes_on(self) -> bool:
        """It was killed before the journal had its end: the same command has something left to do."""
        return self.killed and self.facts.get("status") != "finished"

    def positions(self, *outcomes: str | None) -> frozenset[int]:
        """Return the positions that the journal has with one of *outcomes*."""
        return frozenset().union(*(attempt.positions for attempt in self.attempts if attempt.outcome in outcomes))

    def ended(self, outcome: str) -> list[dict[str, str]]:
        """Return the rows that the outcomes file has with *outcome*."""
        return [row for row in self.outcomes or [] if row["outcome"] == outcome]


@dataclass(frozen=True)
class Evidence:
    """All that is known of a job."""

    people: tuple[Person, ...]
    refused: frozenset[str]
    """The phones that the platform was told to refuse."""
    runs: tuple[Run, ...]
    receipts: tuple[Receipt, ...]
    store: dict[str, list[str]]
    files: dict[str, tuple[int, bytes]]
    """What is left in the user's folder: name → mode and bytes."""
    token: str
    batch: int
    workers: int
    faulty: bool
    """The platform was told to fail: an answer may be lost or mangled after the receipt says 200."""

    def by_row(self) -> dict[int, Person]:
        return {person.row: person for person in self.people}

    @functools.cached_property
    def payloads(self) -> dict[str, set[str]]:
        """Phone → all that it was ever sent as, as JSON."""
        found: dict[str, set[str]] = {}
        for receipt in self.receipts:
            for phone, contact in zip(receipt.phones, receipt.contacts, strict=True):
                found.setdefault(phone, set()).add(json.dumps(contact, sort_keys=True))
        return found

    def of(self, run: Run) -> tuple[Receipt, ...]:
        """Return the receipts that came during *run*."""
        return self.receipts[slice(*run.seen)]

    def phones(self, positions: Iterable[int]) -> frozenset[str]:
        """Return the phones of the rows at *positions*, which the caller knows to exist."""
        return frozenset(self.people[position].phone for position in positions)

    @property
    def reported(self) -> tuple[Run, ...]:
        """The runs that told their account."""
        return tuple(run for run in self.runs if run.summary is not None)


@dataclass(frozen=True)
class Broken:
    """A promise that was not kept."""

    invariant: str
    words: str


def total(evidence: Evidence) -> Iterator[str]:
    rows = [person.row for person in evidence.people]
    sendable = {index for index, person in enumerate(evidence.people) if person.is_sent}
    for run in evidence.reported:
        found = [int(row["row"]) for row in run.outcomes or []]
        if found != rows:
            yield f"outcomes of {len(found)} rows where the list has {len(rows)}: {_some(set(found) ^ set(rows))}"
    for run in evidence.runs:
        if strange := run.positions(*{attempt.outcome for attempt in run.attempts}) - sendable:
            yield f"the journal has positions that are not to be sent: {_some(strange)}"


def terminal(evidence: Evidence) -> Iterator[str]:
    for run in evidence.reported:
        summary = run.summary or {}
        counts = {name: summary[name] for name in OUTCOMES}
        if sum(counts.values()) != summary["read"] or summary["read"] != len(evidence.people):
            yield f"{counts} do not add up to {len(evidence.people)} rows"
        if counts != (listed := {name: len(run.ended(name)) for name in OUTCOMES}):
            yield f"printed {counts}, in the outcomes file {listed}"
        kept = run.facts.get("summary")
        if kept is not None and counts != {name: kept[name] for name in OUTCOMES}:
            yield "the journal's summary is another one than the printed one"
        accepted = {int(row["row"]) for row in run.ended("accepted")}
        if accepted != (known := {evidence.people[position].row for position in run.positions("accepted")}):
            yield f"accepted here and not there, outcomes file and journal: {_some(accepted ^ known)}"
        failed = {int(row["row"]) for name in ("rejected", "held", "unconfirmed") for row in run.ended(name)}
        if [int(row["row"]) for row in run.failures or []] != sorted(failed):
            yield "the failures file has other rows than those that failed"


def no_loss(evidence: Evidence) -> Iterator[str]:
    first = {person.phone: person for person in evidence.people if person.is_sent}
    for phone, found in evidence.payloads.items():
        if phone in first and found != {_payload(first[phone])}:
            yield f"row {first[phone].row} was sent as something else than it says"
    for run in evidence.reported:
        confirmed = {
            phone for receipt in evidence.receipts[: run.seen[1]] if receipt.status == 200 for phone in receipt.phones
        }
        for row in run.ended("accepted"):
            person = evidence.by_row()[int(row["row"])]
            if person.phone not in run.store:
                yield f"row {person.row} is called accepted and is not stored"
            if person.phone not in confirmed:
                yield f"row {person.row} is called accepted, and no request with it was answered 200"
    yield from _unexpected(evidence)


def _payload(person: Person) -> str:
    """Return what a request must hold of *person*, in the documented shape."""
    contact = {"phone": {"number": person.phone[2:], "prefix": person.phone[:2]}}
    return json.dumps(
        {"profile": {"userDetails": {"contact": contact, "userProvidedName": person.name}}}, sort_keys=True
    )


def _unexpected(evidence: Evidence) -> Iterator[str]:
    """Compare how each row ended with how it must, by the independent reader."""
    if not evidence.reported or evidence.reported[-1] is not evidence.runs[-1]:
        yield "the last run gave no account"
        return
    ends = {int(row["row"]): row for row in evidence.runs[-1].outcomes or []}
    for person in evidence.people:
        wanted = {"accepted"}
        if not person.phone:
            wanted = {"rejected", "held"}
        elif not person.first:
            wanted = {"duplicate"}
        elif person.phone in evidence.refused:
            wanted = {"rejected"}
        end = ends.get(person.row, {})
        if evidence.faulty and end.get("reason", "").startswith("api-"):
            wanted.add("rejected")  # a platform that fails may refuse anybody
        if (found := end.get("outcome")) not in wanted:
            yield f"row {person.row} must end {' or '.join(wanted)} and ended {found}"


def no_lie(evidence: Evidence) -> Iterator[str]:
    for run in evidence.reported:
        answers: dict[str, list[int | None]] = {}
        for receipt in evidence.receipts[: run.seen[1]]:
            for phone in receipt.phones:
                answers.setdefault(phone, []).append(receipt.status)
        unread = {receipt.status for receipt in evidence.receipts[: run.seen[1]] if not receipt.phones}
        for row in run.ended("rejected"):
            person = evidence.by_row()[int(row["row"])]
            by_platform = row["reason"].startswith("api-")
            last = answers.get(person.phone, [413 if 413 in unread else None])[-1]
            # A 200 may say in its body that it refuses; then it must not have stored anything.
            if by_platform and last not in REFUSALS and (last != 200 or person.phone in run.store):
                yield f"row {person.row} is called refused; its last request was answered otherwise"
            if not by_platform and person.first and person.phone in answers:
                yield f"row {person.row} is called rejected before it was sent, and was sent"
        for row in run.ended("not_sent"):
            person = evidence.by_row()[int(row["row"])]
            if person.is_sent and (person.phone in run.store or set(answers.get(person.phone, [])) - REFUSALS):
                yield f"row {person.row} is called not sent and may be stored"


def doubt(evidence: Evidence) -> Iterator[str]:
    for run in evidence.reported:
        doubtful = {evidence.people[position].row for position in run.positions(None, "unconfirmed")}
        for row in run.ended("unconfirmed"):
            if int(row["row"]) not in doubtful:
                yield f"row {row['row']} is called unconfirmed and the journal knows no doubt of it"


def invention(evidence: Evidence) -> Iterator[str]:
    known = {person.phone for person in evidence.people if person.is_sent}
    received = {phone for receipt in evidence.receipts for phone in receipt.phones}
    if strange := (received | evidence.store.keys()) - known:
        yield f"{len(strange)} phones were sent that no row has"


def repeats(evidence: Evidence) -> Iterator[str]:
    settled: frozenset[str] = frozenset()
    for number, run in enumerate(evidence.runs, 1):
        received = Counter(phone for receipt in evidence.of(run) for phone in receipt.phones)
        if again := settled & received.keys():
            yield f"run {number} sent {len(again)} rows again that the journal had as accepted"
        settled |= evidence.phones(run.positions("accepted"))
        under_way = {
            phone for receipt in evidence.of(run) if receipt.status == 200 for phone in receipt.phones
        } - settled
        if run.killed and len(under_way) > evidence.batch * evidence.workers and not evidence.faulty:
            yield f"the kill of run {number} put {len(under_way)} rows in doubt"
    yield from _causeless(evidence)
    if changed := sum(len(found) > 1 for found in evidence.payloads.values()):
        yield f"{changed} rows were sent again as something else"


def _causeless(evidence: Evidence) -> Iterator[str]:
    """Tell which rows were sent again for no reason that the receive log or a kill shows."""
    levels = math.ceil(math.log2(evidence.batch)) + 2
    halvings: Counter[tuple[int, str]] = Counter()
    last: dict[str, bool] = {}
    for number, run in enumerate(evidence.runs, 1):
        for receipt in evidence.of(run):
            for phone in receipt.phones:
                if last.get(phone):
                    yield f"a row was sent again in run {number} although its answer was a success"
                last[phone] = receipt.status == 200 and not run.killed and not evidence.faulty
                halvings[number, phone] += receipt.status in {400, 413}
    if halvings and (most := max(halvings.values())) > levels:
        yield f"a row was in {most} refused requests of one run; halving {evidence.batch} takes {levels} at most"


def order(evidence: Evidence) -> Iterator[str]:
    first = {person.phone: person.name for person in evidence.people if person.is_sent}
    for phone, names in evidence.store.items():
        if phone in first and names != [first[phone]]:
            what = "under another name" if len(names) == 1 else f"{len(names)} times"
            yield f"the first row with a phone is stored {what}"


def durable(evidence: Evidence) -> Iterator[str]:
    before: frozenset[int] = frozenset()
    for number, run in enumerate(evidence.runs, 1):
        now = run.positions("accepted")
        if lost := before - now:
            yield f"run {number} no longer has {len(lost)} rows as accepted"
        before |= now
        if run.outcomes is not None:
            told = {int(row["row"]) for row in run.ended("accepted")}
            if lost := {evidence.people[position].row for position in before} - told:
                yield f"run {number} does not report {len(lost)} accepted rows as accepted"


def silence(evidence: Evidence) -> Iterator[str]:
    spoken = {f"output {n}": run.out + run.err for n, run in enumerate(evidence.runs, 1)}
    left = {name: found for name, (_, found) in evidence.files.items()}
    for where, found in (spoken | left).items():
        if evidence.token.encode() in found:
            yield f"the token is in {where}"
    numbers = {person.phone[-10:].encode() for person in evidence.people if person.phone}
    names = {word.encode() for person in evidence.people for word in person.name.split()[1:2]}
    for where, found in (spoken | left).items():
        if where in REPORTS:
            continue
        digits = {run[at : at + 10] for run in re.findall(rb"\d{10,}", found) for at in range(len(run) - 9)}
        if digits & numbers or any(name in found for name in names):
            yield f"somebody's name or phone is in {where}"


def modes(evidence: Evidence) -> Iterator[str]:
    for name, (mode, _) in evidence.files.items():
        if stat.S_IMODE(mode) & 0o077:
            yield f"{name} has mode {stat.S_IMODE(mode):o}"
    if not evidence.runs[-1].killed:
        for name in evidence.files:
            if name.endswith((".part", ".tmp", "-journal", "-wal", "-shm")):
                yield f"{name} was left behind"


def bounded(evidence: Evidence) -> Iterator[str]:
    batches = math.ceil(len(evidence.people) / evidence.batch)
    levels = 2 * (math.ceil(math.log2(evidence.batch)) + 1)
    most = batches + 20 * len(evidence.runs) + levels * (len(evidence.refused) + 1)
    if len(evidence.receipts) > most and not evidence.faulty:
        yield f"{len(evidence.receipts)} requests, where {most} are enough"
    for run in evidence.runs:
        if run.seconds > LONGEST:
            yield f"a run took {run.seconds:.0f} s"
        if len(run.out) + len(run.err) > LARGEST:
            yield "a run printed more than a megabyte"
    if any(len(found) > LARGEST for _, found in evidence.files.values()):
        yield "a file of more than a megabyte was left"


def exits(evidence: Evidence) -> Iterator[str]:
    for number, run in enumerate(evidence.runs, 1):
        if run.killed and run.code != -9:
            yield f"run {number} died of signal {-run.code}"
        if run.code in {1, 2, 8} or b"Traceback" in run.err:
            yield f"run {number} ended with {run.code}: {_last_line(run.err)}"
        if run.summary is None or run.killed:
            continue
        statuses = {receipt.status for receipt in evidence.of(run)}
        unsettled = run.summary["unconfirmed"] + run.summary["not_sent"]
        failed = run.summary["rejected"] + run.summary["held"]
        usual = 4 if unsettled else 3 if failed else 0
        allowed = {usual} | ({6, 7} if unsettled else set()) | ({129, 130, 143} if run.was_told else set())
        if statuses & {401, 403, 407}:
            allowed = {5}
        if run.code not in allowed or run.summary["exit_code"] != run.code:
            yield f"run {number} ended with {run.code}, {unsettled} rows unsettled and {failed} failed"


INVARIANTS: dict[str, Callable[[Evidence], Iterator[str]]] = {
    "I1 total": total,
    "I2 terminal": terminal,
    "I3 no loss": no_loss,
    "I4 no lie": no_lie,
    "I5 doubt": doubt,
    "I6 invention": invention,
    "I7 repeats": repeats,
    "I8 order": order,
    "I9 durable": durable,
    "I10 silence": silence,
    "I11 modes": modes,
    "I12 bounded": bounded,
    "I13 exit": exits,
}


def check(evidence: Evidence) -> list[Broken]:
    """Return which promises *evidence* shows to be broken, one line for each finding."""
    return [Broken(name, words) for name, find in INVARIANTS.items() for words in find(evidence)]


# I14: a campaign that met nothing proves nothing ------------------------------------------------------------

STATES = (
    "before the journal",
    "before the first attempt",
    "journalled, not received",
    "received, not answered",
    "answered, not journalled",
    "between batches",
    "after the last batch",
    "after the end",
)
"""Where a kill may find a run."""


def found_in(evidence: Evidence, index: int) -> set[str]:
    """Tell in which states the kill of run *index* found it; several requests may be under way."""
    run = evidence.runs[index]
    before = evidence.runs[index - 1].attempts if index else ()
    fresh = run.attempts[len(before) :]
    if run.facts.get("status") == "finished":
        return {"after the end"}
    if not fresh:
        done = run.positions("accepted", "rejected")
        todo = {position for position, person in enumerate(evidence.people) if person.is_sent} - done
        return {"before the first attempt" if todo else "after the last batch"} if run.attempts else {STATES[0]}
    answers = {}
    for receipt, number in zip(evidence.of(run), range(*run.seen), strict=True):
        answers.update(dict.fromkeys(receipt.phones, number in run.answered))
    opened = [next(iter(evidence.phones(attempt.positions))) for attempt in fresh if attempt.outcome is None]
    words = {None: STATES[2], False: STATES[3], True: STATES[4]}
    return {words[answers.get(phone)] for phone in opened} or {STATES[5]}


@dataclass
class Hits:
    """What a campaign met."""

    jobs: int = 0
    rows: int = 0
    runs: int = 0
    kills: int = 0
    resent: int = 0
    """Rows that were received more than once."""
    states: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    """Rows that are called accepted and not stored, or that ended in no outcome when all was over."""

    def add(self, evidence: Evidence) -> list[Broken]:
        """Count a job, and return what the checker says of it."""
        self.jobs += 1
        self.rows += len(evidence.people)
        self.runs += len(evidence.runs)
        for index, run in enumerate(evidence.runs):
            if run.killed:
                self.kills += 1
                self.states.update(found_in(evidence, index))
        counts = Counter(phone for receipt in evidence.receipts for phone in receipt.phones)
        self.resent += sum(count > 1 for count in counts.values())
        found = check(evidence)
        self.broken.update(broken.invariant for broken in found)
        self.lost += sum(broken.invariant in {"I1 total", "I3 no loss"} for broken in found)
        return found


def _some(rows: Iterable[int]) -> str:
    found = sorted(rows)
    return f"{len(found)} rows, the first of them {found[:5]}"


def _last_line(text: bytes) -> str:
    return (text.decode(errors="replace").strip().splitlines() or [""])[-1][:200]
