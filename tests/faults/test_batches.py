"""What can happen to the rows of a request, against the real client: who is refused, stored, kept, copied."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from contact_import.errors import InputProblem, NotTheApi, TokenRefused
from contact_import.sandbox import Behaviour, named
from tests.faults.harness import Line, check, confirmed, deliver, names, people, phone, sandbox
from tests.support import folder_in_memory

ROWS = 50
PICKED = 25
both = pytest.mark.parametrize("workers", [1, 4])


def picked(table, *indexes):
    return frozenset(phone(table, index) for index in indexes)


@both
@pytest.mark.parametrize("whole", [True, False], ids=["whole batches", "row by row"])
def test_b1_one_bad_row_in_a_hundred_is_found_in_fifteen_requests(workers, whole):
    table = people(111)
    with sandbox(refuse=picked(table, 60), whole_batch=whole) as served:
        ending = deliver(table, served.base_url, workers=workers, batch=100)
        check(ending, served)
    assert (ending.code, ending.counts) == (3, {"accepted": 110, "rejected": 1})
    assert ending.outcomes[phone(table, 60)] == "rejected"
    assert len(ending.sizes) - 2 <= 15


@both
def test_b2_a_platform_that_refuses_every_row_is_found_out(workers):
    table = people(1000)
    with sandbox(refuse=picked(table, *range(1000))) as served:
        ending = deliver(table, served.base_url, workers=workers, batch=100)
        check(ending, served)
    assert isinstance(ending.stop.reason, NotTheApi)
    assert (ending.code, ending.counts) == (6, {"not_sent": 1000})
    assert len(ending.sizes) <= 25


@both
@pytest.mark.parametrize("seed", range(5))
def test_b3_of_rows_that_are_refused_by_chance_none_is_refused_once_it_is_accepted(workers, seed):
    table = people(100)
    with sandbox(named("refusal", rate=0.3, seed=seed, from_nth=2)) as served:
        ending = deliver(table, served.base_url, workers=workers)
        check(ending, served)
        last = {number: receipt.status for receipt in served.receipts() for number in receipt.phones}
    assert not ending.stop
    assert ending.outcomes == {
        number: "accepted" if status == 200 else "rejected" for number, status in sorted(last.items())
    }


@both
@pytest.mark.parametrize("do", ["half-stored", "half-stored-500"])
def test_b4_half_a_batch_that_was_stored_is_sent_again_as_a_whole(workers, do):
    table = people(ROWS)
    with sandbox(named(do, key=phone(table, PICKED), times=3)) as served:
        ending = deliver(table, served.base_url, workers=workers)
        check(ending, served)
    assert (ending.code, ending.counts, ending.account.resent_rows) == (0, {"accepted": ROWS}, 10)


@both
def test_b5_half_a_batch_that_was_stored_before_it_was_refused_ends_right(workers):
    table = people(ROWS)
    half = named("half-refused", key=phone(table, PICKED))
    with sandbox(half, refuse=picked(table, PICKED), whole_batch=False) as served:
        ending = deliver(table, served.base_url, workers=workers)
        check(ending, served)
    assert (ending.code, ending.counts) == (3, {"accepted": ROWS - 1, "rejected": 1})
    assert ending.outcomes[phone(table, PICKED)] == "rejected"


@both
def test_b5_rows_of_a_refused_batch_are_not_called_untouched_when_the_run_ends_before_their_turn(workers):
    table = people(ROWS)
    bad = {"key": phone(table, PICKED), "when": "mid-commit"}
    with sandbox(named("half-refused", times=1, **bad), named("token-refused", **bad)) as served:
        ending = deliver(table, served.base_url, workers=workers)
        check(ending, served)
    assert isinstance(ending.stop.reason, TokenRefused)


@both
def test_n9_a_row_that_the_platform_breaks_on_costs_no_other_row_its_outcome(workers):
    table = people(ROWS)
    with sandbox(named("broken", key=phone(table, PICKED))) as served:
        ending = deliver(table, served.base_url, workers=workers)
        check(ending, served)
    others = {number: outcome for number, outcome in ending.outcomes.items() if number != phone(table, PICKED)}
    assert set(others.values()) == {"accepted"}
    assert ending.outcomes[phone(table, PICKED)] in {"rejected", "unconfirmed"}
    assert len(ending.sizes) <= 60


@both
def test_b6_of_two_rows_with_one_phone_the_first_is_sent_and_the_second_names_it(workers):
    table = [*people(30), ("Somebody else", people(30)[4][1])]
    with sandbox() as served:
        ending = deliver(table, served.base_url, workers=workers)
        stored = names(served)
    assert ending.counts == {"accepted": 30, "duplicate": 1}
    assert ending.rows[-1] == (32, "duplicate", "duplicate: same phone as row 6")
    assert stored[phone(table, 4)] == [table[4][0]]


@both
def test_b7_one_phone_in_several_notations_is_one(workers):
    table = [("Asha", text) for text in ("9812300001", "+91 98123 00001", "098123-00001", "0091 9812300001")]
    with sandbox() as served:
        ending = deliver(table, served.base_url, workers=workers)
        assert names(served) == {"919812300001": ["Asha"]}
    assert [outcome for _, outcome, _ in ending.rows] == ["accepted", "duplicate", "duplicate", "duplicate"]


@both
def test_b8_a_row_that_no_request_could_hold_is_refused_here_and_never_sent(workers):
    table = [*people(20), ("A" * 600, "9812300001")]
    with sandbox() as served:
        ending = deliver(table, served.base_url, workers=workers, max_bytes=500)
        check(ending, served)
        assert "919812300001" not in {number for receipt in served.receipts() for number in receipt.phones}
    assert ending.counts == {"accepted": 20, "rejected": 1}


@both
def test_n39_a_platform_that_takes_less_than_we_send_gets_less_from_then_on(workers):
    table = people(1500)
    with sandbox(max_bytes=2_000) as served:
        ending = deliver(table, served.base_url, workers=workers, batch=100)
        check(ending, served)
        statuses = [receipt.status for receipt in served.receipts()]
    assert (ending.code, ending.counts) == (0, {"accepted": 1500})
    assert 0 < statuses.count(413) <= 7 * workers
    assert 413 not in statuses[len(statuses) // 2 :]


@both
def test_n39_a_request_that_is_refused_before_it_was_read_is_halved(workers):
    with sandbox(named("too-large", nth=3)) as served:
        ending = deliver(people(ROWS), served.base_url, workers=workers)
        check(ending, served)
    assert (ending.code, ending.counts, ending.account.resent_rows) == (0, {"accepted": ROWS}, 0)


@both
def test_b9_too_many_rejected_rows_stop_the_run_and_without_the_limit_it_goes_on(workers):
    table = people(100)
    refuse = picked(table, *range(10, 41))
    with folder_in_memory() as folder, sandbox(refuse=refuse) as served:
        journal = Path(folder) / "journal"
        line = Line(served.base_url)
        tripped = deliver(table, line, workers=workers, max_reject=21, journal=journal)
        check(tripped, served)
        passed = deliver(table, line, workers=workers, max_reject=100, journal=journal)
        check(passed, served)
    assert isinstance(tripped.stop.reason, InputProblem)
    assert (tripped.code, tripped.counts["rejected"] >= 22) == (7, True)
    assert (passed.code, passed.counts) == (3, {"accepted": 69, "rejected": 31})


@both
def test_b10_with_another_batch_size_the_rest_is_sent_and_nothing_twice(workers):
    table = people(ROWS)
    with folder_in_memory() as folder, sandbox(named("token-refused", nth=3)) as served:
        journal = Path(folder) / "journal"
        line = Line(served.base_url)
        first = deliver(table, line, journal=journal)
        second = deliver(table, line, workers=workers, batch=7, journal=journal)
        check(second, served)
        taken = [number for receipt in served.receipts() if receipt.status == 200 for number in receipt.phones]
    assert (first.code, first.counts) == (5, {"accepted": 11, "not_sent": 39})
    assert (second.code, second.counts) == (0, {"accepted": ROWS})
    assert sorted(taken) == sorted(second.outcomes)


def test_b11_when_one_of_four_is_refused_the_token_no_row_is_left_in_between():
    with sandbox(named("token-refused", nth=5), latency=0.02) as served:
        ending = deliver(people(200), served.base_url, workers=4)
        check(ending, served)
        taken = {number for receipt in served.receipts() if receipt.status == 200 for number in receipt.phones}
    assert ending.code == 5
    assert set(ending.counts) == {"accepted", "not_sent"}
    assert {number for number, outcome in ending.outcomes.items() if outcome == "accepted"} == taken
    assert len(ending.sizes) <= 5 + 3


@both
def test_b12_a_list_without_rows_is_finished_before_anything_is_sent(workers):
    with sandbox() as served:
        ending = deliver([], served.base_url, workers=workers)
        assert served.receipts() == []
    assert (ending.code, ending.counts) == (0, {})


@both
def test_b13_where_phones_are_not_matched_the_rows_that_may_be_there_twice_are_counted(workers):
    table = people(ROWS)
    with sandbox(named("lost-answer", key=phone(table, PICKED), times=2), match_on_phone=False) as served:
        ending = deliver(table, served.base_url, workers=workers)
        check(ending, served, copies=True)
        copies = {number: len(found) for number, found in names(served).items() if len(found) > 1}
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert set(copies.values()) == {3}
    assert ending.account.resent_rows == len(copies) == 10


@pytest.mark.parametrize("merge", [True, False], ids=["merge", "replace"])
@both
def test_b14_what_the_list_does_not_say_is_not_in_a_request(workers, merge):
    table = [("", "9812300001"), ("Asha", "9812300002"), *people(20)]
    known = [
        {"contact": {"email": "asha@example.com", "phone": {"prefix": "91", "number": number}}, "tags": ["vip"]}
        for number in ("9812300001", "9812300002")
    ]
    with sandbox(merge=merge) as served:
        body = [{"profile": {"userDetails": {"userProvidedName": "Known before", **details}}} for details in known]
        token = {"Authorization": f"Bearer {Behaviour().token}"}
        httpx.post(f"{served.base_url}/inbox/users/import", json=body, headers=token, trust_env=False)
        ending = deliver(table, served.base_url, workers=workers)
        sent = [contact["profile"]["userDetails"] for receipt in served.receipts()[1:] for contact in receipt.contacts]
        after = {
            details["whatsAppNumber"]: (details["userProvidedName"], details["contact"]["email"], details["tags"])
            for details in (contact["profile"]["userDetails"] for contact in served.contacts())
        }
    assert ending.counts == {"accepted": 22}
    assert {key for details in sent for key in details} == {"contact", "userProvidedName"}
    assert [details for details in sent if "" in (details.get("userProvidedName"), *details["contact"].values())] == []
    assert after["919812300001"] == (("Known before", "asha@example.com", ["vip"]) if merge else ("", "", []))
    assert after["919812300002"] == (("Asha", "asha@example.com", ["vip"]) if merge else ("Asha", "", []))


@both
def test_b15_rows_that_are_confirmed_and_not_stored_are_called_no_more_than_accepted(workers):
    table = people(ROWS)
    dropped = picked(table, 7, PICKED)
    with sandbox(lose=dropped) as served:
        ending = deliver(table, served.base_url, workers=workers)
        receipts = served.receipts()
        assert set(names(served)) == set(ending.outcomes) - dropped
    assert (ending.code, ending.counts) == (0, {"accepted": ROWS})
    assert all(confirmed(number, receipts) for number in dropped)


@both
def test_b16_the_success_of_the_other_envelope_is_one(workers):
    with sandbox(envelope="success") as served:
        ending = deliver(people(ROWS), served.base_url, workers=workers)
        check(ending, served)
    assert (ending.code, ending.counts, ending.account.resent_rows) == (0, {"accepted": ROWS}, 0)
