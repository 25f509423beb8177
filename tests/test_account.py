"""The account: no row ends twice, none is forgotten, and rows that may be stored are told from those that are not."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import.account import KEPT_BACK, PARTLY, UNCONFIRMED, Account, Rule, Totals
from contact_import.errors import AccountProblem, InputProblem
from contact_import.journal import Past
from contact_import.models import Frame, Outcome
from contact_import.pipeline import STOPPED, Chunk
from tests.support import Ended

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDS = {"+": "ready", "r": "rejected", "h": "held", "d": "duplicate"}


PHONE = {"cell": "9812300101.0", "prefix": "91", "number": "9812300101"}


def chunk(start: int, outcomes: str, settled: Sequence[int] = ()) -> Chunk:
    """Return a chunk of rows with the outcomes that *outcomes* spells; "+" is ready, and pending unless *settled*."""
    count = len(outcomes)
    rows = np.arange(start + 2, start + 2 + count, dtype=np.int64)
    sheet = pd.DataFrame(
        {
            "row": rows,
            "outcome": pd.Series([ENDS[letter] for letter in outcomes], dtype=object),
            "reason": pd.Series([{"r": "phone-blank: none", "h": "row-shape: odd"}.get(x, "") for x in outcomes]),
            "level": pd.Series([{"r": "R", "h": "H"}.get(letter, "W") for letter in outcomes], dtype=object),
            "rule": pd.Series(["float-suffix"] * count, dtype=object),
            **{name: pd.Series([text] * count, dtype=object) for name, text in PHONE.items()},
            "region": pd.Series(["IN"] * count, dtype=object),
        }
    ).astype({"reason": object})
    pending = np.array([start + i for i, x in enumerate(outcomes) if x == "+" and start + i not in settled], np.int64)
    return Chunk(
        start, 0, Frame(rows, pd.DataFrame(index=range(count))), sheet, pending, (b"{}",) * len(pending), pending
    )


def at(*positions: int) -> np.ndarray:
    return np.array(positions, np.int64)


def past(
    *ranges: range,
    outcome: Outcome | None = None,
    doubtful: bool = False,
    reason: str = "",
    requests: int = 1,
    started: float = 0.0,
    halved: bool = False,
) -> Past:
    return Past(ranges, outcome, doubtful, reason, requests, started, halved)


# Once and only once ------------------------------------------------------------


def test_rows_leave_in_the_files_order_once_their_chunk_has_ended():
    ended = Ended()
    account = Account(5, [ended])
    account.open(chunk(0, "+r"))
    account.open(chunk(2, "+d+"))
    account.settle(at(2, 4), Outcome.ACCEPTED)
    assert ended.rows == []
    account.settle(at(0), Outcome.REJECTED, "api-refused: no")
    assert ended.rows == [
        (2, "rejected", "api-refused: no"),
        (3, "rejected", "phone-blank: none"),
        (4, "accepted", ""),
        (5, "duplicate", ""),
        (6, "accepted", ""),
    ]
    account.check()
    assert account.totals.outcomes == {"rejected": 2, "accepted": 2, "duplicate": 1} == account.live
    assert account.totals.reasons == {"api-refused": 1, "phone-blank": 1}
    assert account.totals.warnings == {"float-suffix": 2}
    assert account.totals.countries == {"IN": 2}
    assert account.totals.levels == {"W": 4, "R": 1}
    assert account.accepted_now == 2


def test_one_outcome_may_speak_of_rows_of_several_chunks():
    ended = Ended()
    account = Account(6, [ended])
    for start in (0, 2, 4):
        account.open(chunk(start, "++"))
    account.settle(at(1, 2, 3, 4), Outcome.ACCEPTED)
    assert ended.rows == []
    account.settle(at(0, 5), Outcome.ACCEPTED)
    assert ended.outcomes == dict.fromkeys(range(2, 8), "accepted")


@pytest.mark.parametrize(
    "positions",
    [
        pytest.param((0,), id="settled before"),
        pytest.param((1, 0), id="one of two settled before"),
        pytest.param((2,), id="never pending"),
        pytest.param((4,), id="never read"),
        pytest.param((1, 4), id="one of two never read"),
    ],
)
@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.REJECTED])
def test_an_outcome_for_a_row_that_is_not_open_stops_the_run(positions, outcome):
    account = Account(9)
    account.open(chunk(0, "++r+"))
    account.settle(at(0), Outcome.ACCEPTED)
    with pytest.raises(AccountProblem):
        account.settle(at(*positions), outcome)


def test_a_second_outcome_for_a_chunk_that_has_left_stops_the_run():
    account = Account(1)
    account.open(chunk(0, "+"))
    account.settle(at(0), Outcome.ACCEPTED)
    with pytest.raises(AccountProblem):
        account.settle(at(0), Outcome.ACCEPTED)


@pytest.mark.parametrize(
    ("rows", "outcomes", "settle", "cut_short", "sound"),
    [
        pytest.param(0, "", (), False, True, id="no rows"),
        pytest.param(2, "+r", (0,), False, True, id="all ended"),
        pytest.param(2, "+r", (), False, False, id="a row is open"),
        pytest.param(2, "+r", (), True, False, id="a row is open in a file cut short"),
        pytest.param(3, "+r", (0,), False, False, id="a row was never read"),
        pytest.param(3, "+r", (0,), True, True, id="a row was never read of a file cut short"),
    ],
)
def test_an_account_that_does_not_add_up_is_never_passed_over(rows, outcomes, settle, cut_short, sound):
    account = Account(rows)
    account.open(chunk(0, outcomes))
    account.settle(at(*settle), Outcome.ACCEPTED)
    if cut_short:
        account.is_cut_short = True
    if sound:
        account.check()
    else:
        with pytest.raises(AccountProblem):
            account.check()


def test_a_row_that_is_ready_but_neither_pending_nor_settled_stops_the_run():
    with pytest.raises(AccountProblem, match="row 3 is neither sent nor settled"):
        Account(2).open(chunk(0, "++", settled=[1]))


# Doubt ------------------------------------------------------------


def test_giving_up_tells_rows_that_may_be_stored_from_rows_that_are_not():
    ended = Ended()
    account = Account(8, [ended])
    account.open(chunk(0, "+++++"))
    account.open(chunk(5, "r++"))
    account.settle(at(0), Outcome.ACCEPTED)
    account.sending(at(1, 2))
    account.not_taken(at(3, 4), account.sending(at(3, 4)))
    account.sending(at(6))
    account.give_up()
    assert ended.rows == [
        (2, "accepted", ""),
        (3, "unconfirmed", UNCONFIRMED),
        (4, "unconfirmed", UNCONFIRMED),
        (5, "not_sent", STOPPED),
        (6, "not_sent", STOPPED),
        (7, "rejected", "phone-blank: none"),
        (8, "unconfirmed", UNCONFIRMED),
        (9, "not_sent", STOPPED),
    ]
    account.check()


def test_rows_that_an_earlier_session_had_refused_as_a_whole_may_be_stored_until_they_are_settled():
    ended = Ended()
    refused = [past(range(3), halved=True), past(range(1), outcome=Outcome.ACCEPTED)]
    account = Account(4, [ended], refused)
    account.open(chunk(0, "++++", settled=[0]))
    account.give_up()
    assert [reason for _, _, reason in ended.rows] == ["", PARTLY, PARTLY, STOPPED]


def test_rows_refused_as_a_whole_may_be_stored_and_are_called_so():
    ended = Ended()
    account = Account(4, [ended])
    account.open(chunk(0, "++++"))
    account.not_taken(at(0, 1, 2), account.sending(at(0, 1, 2)))
    account.guard.answered(at(0, 1, 2))
    account.sending(at(2))
    account.give_up()
    assert [reason for _, _, reason in ended.rows] == [PARTLY, PARTLY, UNCONFIRMED, STOPPED]
    assert account.resent_rows == 0


def test_a_refusal_does_not_take_back_an_earlier_doubt():
    account = Account(3)
    account.open(chunk(0, "+++"))
    account.sending(at(0, 1))  # no answer: perhaps stored
    account.not_taken(at(0, 1, 2), account.sending(at(0, 1, 2)))  # 429: surely not by this request
    account.leave(at(0, 1, 2))
    assert account.totals.outcomes == {"unconfirmed": 2, "not_sent": 1}


def test_rows_sent_again_while_in_doubt_are_counted_once_each():
    account = Account(4, past=[past(range(1), doubtful=True)])
    account.open(chunk(0, "++++"))
    for _ in range(3):
        account.sending(at(0, 1))
    account.not_taken(at(2), account.sending(at(2)))
    account.not_taken(at(2), account.sending(at(2)))
    assert account.resent_rows == 2
    assert account.requests == 1 + 5


IN_DOUBT = past(range(2), doubtful=True, requests=0)


@pytest.mark.parametrize(
    ("story", "resent"),
    [
        pytest.param([IN_DOUBT], 0, id="sent once"),
        pytest.param([IN_DOUBT, IN_DOUBT], 2, id="sent again, and in doubt again"),
        pytest.param([IN_DOUBT, past(range(1, 2), outcome=Outcome.ACCEPTED)], 1, id="one of them sent again"),
        pytest.param([IN_DOUBT, past(range(2), requests=0)], 0, id="no request left"),
        pytest.param([past(range(2)), past(range(2), outcome=Outcome.ACCEPTED)], 0, id="never in doubt"),
        pytest.param([past(range(2), outcome=Outcome.ACCEPTED)] * 2, 0, id="nor after an answer"),
    ],
)
def test_rows_that_earlier_sessions_sent_again_while_in_doubt_are_counted(story, resent):
    assert Account(3, past=story).resent_rows == resent


def test_giving_up_twice_or_with_nothing_open_changes_nothing():
    account = Account(2)
    account.give_up()
    account.open(chunk(0, "+r"))
    account.give_up()
    account.give_up()
    assert account.totals.outcomes == {"not_sent": 1, "rejected": 1}
    account.check()


# What the phones' rules did ------------------------------------------------------------


def test_what_a_rule_did_is_counted_with_its_first_three_cells_and_without_the_people():
    totals, sheet = Totals(), chunk(0, "+++rr").sheet
    for name, values in {
        "level": "S N W R R",
        "rule": "exact zero float-suffix float-suffix blank",
        "cell": "+919812300101 09812300101 9812300101.0 981230010 -",
        "number": "9812300101 9812300101 9812300101 - -",
    }.items():
        sheet[name] = [value.strip("-") for value in values.split()]
    totals.add(sheet)
    totals.add(sheet)
    made = "+91 ••••••••01"
    assert list(totals.rules.items()) == [
        ("zero", Rule("N", 2, [f"09•••••••01 → {made}"] * 2)),
        ("float-suffix", Rule("W", 4, [f"98•••••••1.0 → {made}", "98•••••10", f"98•••••••1.0 → {made}"])),
        ("blank", Rule("R", 2, [])),
    ]


# Earlier sessions ------------------------------------------------------------


def test_what_earlier_sessions_settled_is_recalled_with_its_reason():
    ended = Ended()
    account = Account(
        6,
        [ended],
        [
            past(range(2), outcome=Outcome.ACCEPTED),
            past(range(3, 4), range(5, 6), outcome=Outcome.REJECTED, reason="api-refused: no"),
        ],
    )
    assert account.settled.tolist() == [True, True, False, True, False, True]
    account.open(chunk(0, "++++d+", settled=[0, 1, 3, 5]))
    account.settle(at(2), Outcome.ACCEPTED)
    assert ended.rows == [
        (2, "accepted", ""),
        (3, "accepted", ""),
        (4, "accepted", ""),
        (5, "rejected", "api-refused: no"),
        (6, "duplicate", ""),
        (7, "rejected", "api-refused: no"),
    ]
    assert (account.accepted_now, account.requests) == (1, 2)
    account.check()


@pytest.mark.parametrize(
    ("story", "settled", "doubtful"),
    [
        pytest.param([past(range(2), doubtful=True)], False, True, id="an attempt without an outcome"),
        pytest.param([past(range(2))], False, False, id="not sent"),
        pytest.param([past(range(2), doubtful=True), past(range(2))], False, True, id="in doubt, then not sent"),
        pytest.param(
            [past(range(2), doubtful=True), past(range(2), outcome=Outcome.ACCEPTED)], True, False, id="then accepted"
        ),
        pytest.param(
            [past(range(2), doubtful=True), past(range(2), outcome=Outcome.REJECTED)], True, False, id="then rejected"
        ),
    ],
)
def test_the_doubt_that_earlier_sessions_left_is_kept_until_settled(story, settled, doubtful):
    account = Account(2, past=story)
    assert account.settled.tolist() == [settled] * 2
    account.open(chunk(0, "++", settled=[0, 1] if settled else []))
    account.give_up()
    wanted = "unconfirmed" if doubtful else "not_sent"
    assert account.totals.outcomes == {story[-1].outcome.value if settled else wanted: 2}


DAY = 86_400.0
NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("story", "resend_after", "kept"),
    [
        pytest.param([past(range(2), doubtful=True, started=NOW - DAY - 1)], NOW - DAY, True, id="more than a day ago"),
        pytest.param([past(range(2), doubtful=True, started=NOW - DAY)], NOW - DAY, False, id="a day ago"),
        pytest.param([past(range(2), doubtful=True, started=0)], -math.inf, False, id="long ago, but asked for"),
        pytest.param([past(range(2), doubtful=True, started=NOW)], math.inf, True, id="just now, but held"),
        pytest.param([past(range(2), started=0)], math.inf, False, id="never in doubt"),
        pytest.param(
            [past(range(2), doubtful=True, started=0), past(range(2), doubtful=True, started=NOW)],
            *(NOW - DAY, False),
            id="sent again since",
        ),
        pytest.param(
            [past(range(2), doubtful=True, started=0), past(range(2), started=NOW)],
            *(NOW - DAY, True),
            id="not taken since",
        ),
        pytest.param(
            [past(range(2), doubtful=True, started=0), past(range(2), outcome=Outcome.ACCEPTED, started=NOW)],
            *(math.inf, False),
            id="accepted since",
        ),
    ],
)
def test_rows_in_doubt_for_too_long_are_not_sent_again(story, resend_after, kept):
    ended = Ended()
    account = Account(3, [ended], story, resend_after=resend_after)
    assert account.kept_back == 2 * kept
    settled = [position for position in range(3) if account.settled[position]]
    account.open(chunk(0, "+++", settled=settled))
    account.give_up()
    account.check()
    if kept:
        assert ended.rows == [(2, "unconfirmed", KEPT_BACK), (3, "unconfirmed", KEPT_BACK), (4, "not_sent", STOPPED)]
    else:
        assert KEPT_BACK not in {reason for _, _, reason in ended.rows}


def test_rows_that_are_held_are_counted_and_called_what_they_are():
    ended = Ended()
    account = Account(2, [ended], resend_after=math.inf)
    account.open(chunk(0, "++"))
    account.sending(at(0))
    account.give_up()
    assert ended.rows == [(2, "unconfirmed", KEPT_BACK), (3, "not_sent", STOPPED)]
    assert account.kept_back == 1


def test_rows_left_alone_for_another_reason_keep_it():
    ended = Ended()
    account = Account(2, [ended], [past(range(1), outcome=Outcome.UNCONFIRMED, reason="quarantined: why")])
    account.open(chunk(0, "++", settled=[0]))
    account.give_up()
    assert ended.rows == [(2, "unconfirmed", "quarantined: why"), (3, "not_sent", STOPPED)]
    assert account.kept_back == 0


# The guard ------------------------------------------------------------


@dataclass
class Tripped:
    """Counts how often the guard stopped something."""

    account: Account
    reasons: list[str] = field(default_factory=list)

    def does(self, step: str, *args: object) -> None:
        try:
            getattr(self.account, step)(*args)
        except InputProblem as reason:
            self.reasons.append(str(reason))


WORDS = (
    "2 of the 10 rows read so far are rejected, more than the 15 % of --max-reject; "
    "look at the failures file before you go on"
)


def test_the_guard_trips_once_on_rows_that_cannot_be_sent_and_loses_none():
    account = Account(30, max_reject=15.0)
    tripped = Tripped(account)
    tripped.does("open", chunk(0, "++++++++rr"))
    tripped.does("open", chunk(10, "rrrrrrrrrr"))
    tripped.does("open", chunk(20, "++++++++++"))
    tripped.does("give_up")
    assert tripped.reasons == [WORDS]
    account.check()
    assert account.totals.outcomes == {"rejected": 12, "not_sent": 18}


def test_the_guard_counts_what_the_platform_refused():
    account = Account(10, max_reject=15.0)
    tripped = Tripped(account)
    tripped.does("open", chunk(0, "+++++++++r"))
    tripped.does("settle", at(0), Outcome.ACCEPTED)
    assert tripped.reasons == []
    tripped.does("settle", at(1), Outcome.REJECTED, "api-refused: no")
    tripped.does("settle", at(2), Outcome.REJECTED, "api-refused: no")
    assert tripped.reasons == [WORDS]
    assert account.live == {"rejected": 3, "accepted": 1}


@pytest.mark.parametrize(
    ("limit", "outcomes", "trips"),
    [
        pytest.param(None, "rrrr", False, id="no guard"),
        pytest.param(25.0, "r+++", False, id="just as many"),
        pytest.param(24.9, "r+++", True, id="more"),
        pytest.param(0.0, "r+++", True, id="none allowed"),
        pytest.param(0.0, "hd++", False, id="held and duplicate are not rejected"),
        pytest.param(100.0, "rrrr", False, id="all allowed"),
    ],
)
def test_the_guard_trips_above_its_percentage(limit, outcomes, trips):
    tripped = Tripped(Account(4, max_reject=limit))
    tripped.does("open", chunk(0, outcomes))
    assert bool(tripped.reasons) is trips


def test_the_brake_counts_what_the_platform_was_asked_about_and_not_what_was_rejected_here():
    account = Account(400)
    tripped = Tripped(account)
    tripped.does("open", chunk(0, "r" * 100 + "+" * 300))
    tripped.does("settle", np.arange(100, 180), Outcome.ACCEPTED)
    account.guard.answered(np.arange(180, 200))
    tripped.does("settle", np.arange(180, 200), Outcome.REJECTED, "api-refused: no")
    assert tripped.reasons == []
    tripped.does("settle", at(200), Outcome.REJECTED, "api-refused: no")
    tripped.does("settle", np.arange(201, 300), Outcome.REJECTED, "api-refused: no")
    assert tripped.reasons == [
        "the platform refused 21 of the 101 rows it was asked about, more than 20 %; "
        "look at the failures file; to go on all the same, add --max-reject 100"
    ]


def test_the_brake_remembers_earlier_sessions():
    story = [past(range(70), outcome=Outcome.ACCEPTED), past(range(70, 100), outcome=Outcome.REJECTED)]
    tripped = Tripped(Account(101, past=story))
    tripped.does("open", chunk(0, "+" * 101, settled=range(100)))
    assert len(tripped.reasons) == 1


# The law ------------------------------------------------------------


@given(st.lists(st.text("++rhd", min_size=1, max_size=8), max_size=5), st.data())
def test_whatever_happens_to_the_pending_rows_each_row_ends_once(parts, data):
    ended, start, pending = Ended(), 0, []
    account = Account(sum(map(len, parts)), [ended])
    for part in parts:
        opened = chunk(start, part)
        account.open(opened)
        pending += opened.pending.tolist()
        start += len(part)
    wanted = {start + 2: ENDS[letter] for start, letter in enumerate("".join(parts))}
    for position in data.draw(st.permutations(pending)):
        fate = data.draw(st.sampled_from(["accepted", "rejected", "in doubt", "open"]))
        if fate in {"accepted", "rejected"}:
            account.settle(at(position), Outcome(fate))
        if fate == "in doubt":
            account.sending(at(position))
        wanted[position + 2] = {"in doubt": "unconfirmed", "open": "not_sent"}.get(fate, fate)
    account.give_up()
    account.check()
    assert [row for row, _, _ in ended.rows] == list(range(2, start + 2))
    assert ended.outcomes == wanted
