"""What the list of the platform says of a run: which contacts are whose, and which may be deleted."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from contact_import import api
from contact_import.errors import NotTheApi, TokenRefused, Unfinished
from contact_import.journal import Attempt, Journal
from contact_import.marks import MARK
from contact_import.readback import Claim, Probed, Sent, Verified, claim, contact, delete, probe, verify
from contact_import.readback.inbox import Inbox
from contact_import.readback.wire import EVERYBODY, Contact, list_body, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

PHONE = 919812300101


def entry(phone: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return a contact as the platform stores it."""
    details = {"contact": {"phone": {"prefix": "91", "number": "9812300101"} if phone is None else phone}}
    details["whatsAppNumber"] = more.pop("whatsapp", "")
    return {"_id": "a" * 24, "createdAt": "2026-01-02T03:04:05.678Z", "profile": {"userDetails": details}, **more}


def answer(data: object, status: int = 200, **headers: str) -> api.Answer:
    return api.Answer(status, headers, json.dumps({"success": True, "message": "", "code": 200, "data": data}).encode())


# Contacts ------------------------------------------------------------

MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678000, UTC).timestamp()


@pytest.mark.parametrize(
    ("phone", "found"),
    [
        pytest.param({"prefix": "91", "number": "9812300101"}, PHONE, id="as documented"),
        pytest.param({"prefix": "+91", "number": "98123 00101"}, PHONE, id="plus and spaces"),
        pytest.param({"prefix": 91, "number": 9812300101}, PHONE, id="numbers"),
        pytest.param({"prefix": "39", "number": "0669812345"}, 390669812345, id="a zero that is part of it"),
        pytest.param({"prefix": "", "number": "9812300101"}, None, id="no prefix"),
        pytest.param({}, None, id="no phone"),
        pytest.param({"prefix": "91", "number": "unknown"}, None, id="no number"),
        pytest.param({"prefix": "91", "number": "9" * 20}, None, id="too long"),
    ],
)
def test_the_phone_of_a_contact_is_read_in_whatever_way_it_is_stored(phone, found):
    assert listed(answer([entry(phone)])) == [Contact("a" * 24, found, MOMENT)]


def test_where_a_contact_has_no_prefix_its_whatsapp_number_tells():
    assert listed(answer([entry({}, whatsapp="+919812300101")])) == [Contact("a" * 24, PHONE, MOMENT)]


@pytest.mark.parametrize(
    ("created", "found"),
    [
        ("2026-01-02T03:04:05.678Z", MOMENT),
        ("2026-01-02T08:34:05.678+05:30", MOMENT),
        ("2026-01-02T03:04:05.678", MOMENT),
        ("yesterday", None),
        (None, None),
        (1767323045678, None),
    ],
)
def test_when_a_contact_was_made_is_read_or_not_known(created, found):
    assert listed(answer([entry(createdAt=created)])) == [Contact("a" * 24, PHONE, found)]


@pytest.mark.parametrize("data", [None, {}, "users", 3])
def test_an_answer_without_a_list_is_none(data):
    assert listed(answer(data)) is None


def test_what_is_no_contact_is_passed_over():
    odd = [None, 1, [], {}, {"_id": 5}, {"_id": "b", "profile": []}, {"_id": "c", "profile": {"userDetails": None}}]
    assert listed(answer(odd)) == [Contact("b", None, None), Contact("c", None, None)]


def test_a_page_of_which_nothing_is_a_contact_is_no_list():
    assert listed(answer([entry(_id=5), entry(_id=6)])) is None


def test_a_page_is_asked_for_with_every_documented_field():
    assert json.loads(list_body(3)) == {**EVERYBODY, "page": 3}
    assert len(EVERYBODY) == 19


# The connection ------------------------------------------------------------


class Line:
    """A connection that gives the *answers* in turn, and notes what was asked."""

    def __init__(self, answers: Iterable[api.Answer | api.NoAnswer]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str, Any]] = []

    async def call(self, method: str, path: str, content: bytes = b"", _largest: int = 0) -> Any:
        self.asked.append((method, path, json.loads(content or b"null")))
        return self.answers.pop(0)


class Pauses(list[float]):
    """Pauses that are over at once, and how long they were to be."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


def inbox(*answers: api.Answer | api.NoAnswer, tries: int = 6, pause: Pauses | None = None) -> Inbox:
    return Inbox(Line(answers), tries=tries, pause=Pauses() if pause is None else pause)  # type: ignore[arg-type]


async def all_of(box: Inbox) -> list[str]:
    return [found.id async for found in box.contacts()]


def page(*ids: str) -> api.Answer:
    return answer([entry(_id=name) for name in ids])


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        pytest.param([page()], [], id="nobody"),
        pytest.param([page("a", "b"), page("c"), page()], ["a", "b", "c"], id="until empty"),
        pytest.param([page("a", "b"), page("a", "b")], ["a", "b"], id="the same page for ever"),
        pytest.param([page("a", "b"), page("c", "d"), page("b", "a")], list("abcd"), id="pages that go round"),
        pytest.param(
            [page("b", "c"), page("a", "b"), page("c", "d"), page()], list("bcad"), id="pushed on by new ones"
        ),
        pytest.param(
            [page("a"), *(page(f"{number}", "a") for number in range(10))],
            ["a", *map(str, range(10))],
            id="new ones on the first page for ever",
        ),
    ],
)
def test_the_list_is_read_page_after_page(pages, found):
    box = inbox(*pages)
    assert asyncio.run(all_of(box)) == found
    assert [body["page"] for _, _, body in box._sender.asked] == list(range(1, len(pages) + 1))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        pytest.param(api.Answer(401), TokenRefused, id="token"),
        pytest.param(api.Answer(404), NotTheApi, id="not found"),
        pytest.param(api.Answer(307, {"location": "https://elsewhere.example.com"}), NotTheApi, id="elsewhere"),
        pytest.param(api.Answer(200, {}, b"<html>"), NotTheApi, id="a page"),
        pytest.param(answer("no list"), NotTheApi, id="no list"),
        pytest.param(answer([entry(_id=5)]), NotTheApi, id="a list of something else"),
        pytest.param(api.Answer(429, {"retry-after": "86400"}), Unfinished, id="tomorrow"),
    ],
)
def test_an_answer_that_another_try_cannot_mend_stops_at_once(given, problem):
    pauses = Pauses()
    with pytest.raises(problem):
        asyncio.run(all_of(inbox(given, pause=pauses)))
    assert pauses == []


def test_only_a_success_tells_what_time_it_is_there():
    box = inbox(api.Answer(503, {"date": "Wed, 21 Oct 2015 07:28:00 GMT"}), page("a"), page())
    asyncio.run(all_of(box))
    assert box.ahead is None


def test_a_platform_that_stumbles_is_asked_again_and_one_that_is_away_is_given_up():
    pauses = Pauses()
    stumbles = [api.Answer(503), api.NoAnswer("reset", sent=True), api.Answer(429, {"retry-after": "7"})]
    assert asyncio.run(all_of(inbox(*stumbles, page("a"), page(), pause=pauses))) == ["a"]
    assert pauses[2] >= 7
    with pytest.raises(Unfinished, match="POST /inbox/users: HTTP 503; try again later"):
        asyncio.run(all_of(inbox(*[api.Answer(503)] * 6)))
    with pytest.raises(Unfinished):
        asyncio.run(all_of(inbox(api.Answer(503), tries=1)))


# Whose they are ------------------------------------------------------------


def sent(path: Path, *attempts: tuple[dict[int, int], str | None]) -> Sent:
    """Return what a journal with *attempts* (position → phone, outcome) has."""

    async def write(journal: Journal) -> None:
        for rows, outcome in attempts:
            number = await journal.attempt(rows.keys(), rows.values())
            if outcome:
                await journal.outcome(number, outcome, "", 1)

    with Journal(path) as journal:
        asyncio.run(write(journal))
        return Sent.of(journal)


def test_a_journal_tells_what_was_accepted_what_may_be_there_and_what_it_forgot(tmp_path):
    with Journal(tmp_path / "j") as journal:
        asyncio.run(journal.attempt([9], [9]))
    found = sent(
        tmp_path / "j",
        ({0: 10, 1: 11}, "halved"),
        ({0: 10}, "accepted"),
        ({1: 11}, "rejected"),
        ({2: 12}, "not_sent"),
        ({3: 13}, "unconfirmed"),
        ({4: 14}, None),
    )
    mark = found.mark
    assert found.accepted == {mark(10): 0}
    assert found.touched == {mark(phone) for phone in (9, 10, 11, 13, 14)}
    assert found.unmarked == []
    with Journal(tmp_path / "j") as journal:
        journal.blank(10)
        assert (Sent.of(journal).accepted, Sent.of(journal).unmarked) == ({}, [0])


EVEN = (0.0, 0.0)


@pytest.mark.parametrize(
    ("attempts", "spans"),
    [
        pytest.param([("accepted", 1000.0, 1002.0, EVEN)], [(1000.0, 1902.0)], id="accepted"),
        pytest.param([("unconfirmed", 1000.0, 1002.0, EVEN)], [(1000.0, 1902.0)], id="unconfirmed"),
        pytest.param([("halved", 1000.0, 1002.0, EVEN)], [(1000.0, 1902.0)], id="halved"),
        pytest.param([(None, 1000.0, None, EVEN)], [(1000.0, 1900.0)], id="without an outcome"),
        pytest.param([("rejected", 1000.0, 1002.0, EVEN), ("not_sent", 1.0, 2.0, EVEN)], [], id="not stored"),
        pytest.param(
            [("unconfirmed", 0.0, 1.0, EVEN), ("not_sent", 3000.0, 3001.0, EVEN), ("accepted", 5000.0, 5001.0, EVEN)],
            [(0.0, 901.0), (5000.0, 5901.0)],
            id="each for itself",
        ),
        pytest.param([("accepted", 1000.0, 1002.0, (-3600.0, 10.0))], [(1010.0, -1698.0)], id="set right meanwhile"),
        pytest.param([("accepted", 1000.0, 30_000.0, EVEN)], [(1000.0, 2800.0)], id="asleep meanwhile"),
        pytest.param([("accepted", 1000.0, 1002.0, None)], [], id="no clock"),
        pytest.param([("accepted", 1000.0, 1002.0, (-86_401.0, -86_401.0))], [], id="a clock a day off"),
        pytest.param(
            [("unconfirmed", 0.0, 1.0, None), ("accepted", 5000.0, 5001.0, (60.0, 61.0))],
            [(5061.0, 5961.0)],
            id="only where the session has a clock",
        ),
    ],
)
def test_the_platform_may_have_made_a_contact_while_an_attempt_may_have_stored_it(attempts, spans):
    mark = b"\1" * MARK
    found = Sent.told(lambda _: mark, [Attempt((0,), (mark,), *attempt) for attempt in attempts])
    assert list(found.spans.get(mark, ())) == spans


class Listing(Inbox):
    """An inbox that lists some contacts, others each time, and notes what is to be deleted."""

    def __init__(self, *times: Sequence[Contact], ahead: float | None = 0.0) -> None:
        self.times = list(times)
        self.pauses = self.pause = Pauses()
        self.ahead = ahead
        self.done: list[tuple[str, ...]] = []

    async def contacts(self):
        for found in self.times.pop(0) if len(self.times) > 1 else self.times[0]:
            yield found

    async def delete(self, contacts):
        self.done.append(tuple(contacts))

    async def put(self, content):
        self.done.append((content.decode(),))


def contacts(*phones: int | None, created: float | None = 1e12) -> list[Contact]:
    return [Contact(f"id-{phone}", phone, created) for phone in phones]


def looked(box: Inbox, run: Sent, sample: int | None = None, wait: float = 0.0) -> Verified:
    return asyncio.run(verify(box, run, sample=sample, wait=wait, tell=lambda _: None))


def test_each_accepted_row_is_there_or_missing_or_cannot_be_compared(tmp_path):
    run = sent(tmp_path / "j", ({0: 10, 1: 11, 5: 15}, "accepted"), ({2: 12}, "rejected"), ({3: 13}, None))
    run.unmarked.append(4)
    found = looked(Listing(contacts(15, None, 99, 10)), run)
    assert found == Verified((0, 5), (1,), (4,))
    assert list(found.symbols()) == [("=", 0), ("-", 1), ("!", 4), ("=", 5)]


def test_a_sample_is_spread_over_the_run(tmp_path):
    run = sent(tmp_path / "j", ({row: 100 + row for row in range(10)}, "accepted"))
    assert looked(Listing(contacts(*range(100, 110))), run, sample=3) == Verified((0, 3, 6), (), ())
    assert looked(Listing(contacts()), run, sample=99).missing == tuple(range(10))


def test_what_shows_up_late_is_waited_for_as_long_as_was_said(tmp_path):
    run = sent(tmp_path / "j", ({0: 10, 1: 11}, "accepted"))
    box = Listing(contacts(10), contacts(), contacts(11))
    assert looked(box, run, wait=1e6) == Verified((0, 1), (), ())
    assert box.pauses == [1.0, 2.0]
    assert looked(Listing(contacts(10)), run, wait=0.0) == Verified((0,), (1,), ())


# Undone ------------------------------------------------------------


def claimed(run: Sent, found: list[Contact], *others: Sent) -> Claim:
    return asyncio.run(claim(Listing(found), run, others))


@pytest.fixture
def run(tmp_path) -> Sent:
    """A run that accepted +10 and +11, which it may have made in two spans, refused +12, and is in doubt about +13.

    It accepted +14 too, and knows no clock for that.
    """
    found = sent(tmp_path / "run", ({0: 10, 1: 11, 4: 14}, "accepted"), ({2: 12}, "rejected"), ({3: 13}, None))
    found.spans = {found.mark(phone): ((1000.0, 1900.0), (5000.0, 5900.0)) for phone in (10, 11, 13)}
    return found


OLDER, LATER, SHARED, UNDATED, UNCOMPARED = (
    "they were there before this run",
    "they were made when this run was not sending them",
    "another run sent them too",
    "the platform does not say since when they are there",
    "this machine's clock and the platform's were more than a day apart, or no answer told, when they were sent",
)


@pytest.mark.parametrize(
    ("phone", "created", "ours", "kept"),
    [
        pytest.param(10, 1000.0, True, None, id="made by it"),
        pytest.param(10, 5900.0, True, None, id="made by a later attempt"),
        pytest.param(10, 1900.1, False, LATER, id="made between two attempts"),
        pytest.param(10, 5900.1, False, LATER, id="made long after it"),
        pytest.param(14, 1000.0, False, UNCOMPARED, id="nobody knows by which clock"),
        pytest.param(10, 999.9, False, OLDER, id="there before"),
        pytest.param(10, None, False, UNDATED, id="nobody knows since when"),
        pytest.param(12, 1000.0, False, None, id="a row that was refused"),
        pytest.param(13, 1000.0, False, None, id="a row in doubt"),
        pytest.param(99, 1000.0, False, None, id="a stranger"),
        pytest.param(None, 1000.0, False, None, id="no phone"),
    ],
)
def test_only_what_the_run_made_is_its_own(run, phone, created, ours, kept):
    found = claimed(run, contacts(phone, created=created))
    assert found == Claim([f"id-{phone}"] if ours else [], Counter([kept] if kept else []))


@pytest.mark.parametrize(
    ("outcome", "shared"),
    [
        ("accepted", True),
        ("unconfirmed", True),
        (None, True),
        ("halved", True),
        ("rejected", False),
        ("not_sent", False),
    ],
)
def test_a_contact_that_another_run_may_have_sent_stays(run, tmp_path, outcome, shared):
    other = sent(tmp_path / "other", ({0: 10}, outcome))
    found = claimed(run, contacts(10, 11, created=1000.0), other)
    assert found.ours == (["id-11"] if shared else ["id-10", "id-11"])
    assert found.kept == Counter([SHARED] * shared)


def test_deleting_goes_in_steps_that_the_journal_knows_of(tmp_path):
    names = [f"id-{number}" for number in range(120)]
    box = Listing([])
    with Journal(tmp_path / "j") as journal:
        asyncio.run(delete(box, names, journal))
        steps = journal._database.execute("SELECT contacts, ended IS NOT NULL FROM deletions").fetchall()
    assert box.done == [tuple(names[:50]), tuple(names[50:100]), tuple(names[100:])]
    assert steps == [(" ".join(step), 1) for step in box.done]


# Probed ------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "made_first", "after", "waited", "verdict"),
    [
        (0, True, 1, 0.0, "upsert"),
        (0, False, 1, 0.0, "unknown"),
        (0, False, 1, 900.0, "upsert"),
        (1, False, 1, 0.0, "unknown"),
        (1, False, 1, 899.0, "unknown"),
        (1, False, 1, 900.0, "upsert"),
        (2, False, 2, 900.0, "upsert"),
        (2, False, 1, 900.0, "unknown"),
        (0, True, 2, 0.0, "copies"),
        (0, False, 2, 0.0, "copies"),
        (1, True, 2, 0.0, "copies"),
        (1, False, 3, 900.0, "copies"),
        (0, False, 0, 900.0, "unseen"),
        (0, True, 0, 0.0, "unseen"),
    ],
)
def test_sending_again_is_called_harmless_only_where_a_copy_would_have_been_seen(
    before, made_first, after, waited, verdict
):
    assert Probed(before, made_first, after, waited).verdict == verdict


@pytest.mark.parametrize(
    ("looks", "wait", "found", "requests", "pauses"),
    [
        pytest.param([(), (PHONE,), (PHONE,)], 0.0, Probed(0, True, 1, 0.0), 2, [], id="known by phone"),
        pytest.param([(), (PHONE,), (5, PHONE, PHONE)], 0.0, Probed(0, True, 2, 0.0), 2, [], id="copies"),
        pytest.param(
            [(), (), (PHONE,), (PHONE,), (PHONE, PHONE)], 1e6, Probed(0, True, 2, 1e6), 2, [1.0, 1.0], id="late copies"
        ),
        pytest.param([(), ()], 0.0, Probed(0, False, 0, 0.0), 1, [], id="not shown, so not sent again"),
        pytest.param([(PHONE,), (PHONE,)], 0.0, Probed(1, False, 1, 0.0), 2, [], id="there before"),
    ],
)
def test_a_probe_sends_the_same_bytes_again_when_they_have_shown_up(looks, wait, found, requests, pauses):
    body = contact("91", "9812300101", "Asha")
    box = Listing(*(contacts(*phones) for phones in looks))
    assert asyncio.run(probe(box, PHONE, body, wait=wait, tell=lambda _: None)) == found
    assert (box.done, box.pauses) == ([(body.decode(),)] * requests, pauses)


@pytest.mark.parametrize(("created", "ahead"), [(1000.0, 0.0), (None, 0.0), (1e12, None)])
def test_a_contact_that_may_be_older_than_the_probe_is_no_evidence(created, ahead):
    body = contact("91", "9812300101", "Asha")
    box = Listing([], contacts(PHONE, created=created), ahead=ahead)
    assert asyncio.run(probe(box, PHONE, body, wait=0.0, tell=lambda _: None)).verdict == "unknown"


def test_the_contact_of_a_probe_is_as_those_of_an_import():
    body = contact("91", "9812300101", "Asha")
    assert json.loads(body) == [
        {"profile": {"userDetails": {
            "contact": {"phone": {"number": "9812300101", "prefix": "91"}}, "userProvidedName": "Asha",
        }}}
    ]  # fmt: skip
