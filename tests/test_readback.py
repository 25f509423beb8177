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
from contact_import.journal import Journal
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


def inbox(*answers: api.Answer | api.NoAnswer, tries: int = 6) -> Inbox:
    return Inbox(Line(answers), tries=tries)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """Let every pause be over at once, and note how long it was to be."""
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", pause)
    return paused


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
        pytest.param([page("a"), answer([{"no": "contact"}])], ["a"], id="a page of no contacts"),
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
        pytest.param(api.Answer(429, {"retry-after": "86400"}), Unfinished, id="tomorrow"),
    ],
)
def test_an_answer_that_another_try_cannot_mend_stops_at_once(given, problem, no_waiting):
    with pytest.raises(problem):
        asyncio.run(all_of(inbox(given)))
    assert no_waiting == []


def test_a_platform_that_stumbles_is_asked_again_and_one_that_is_away_is_given_up(no_waiting):
    stumbles = [api.Answer(503), api.NoAnswer("reset", sent=True), api.Answer(429, {"retry-after": "7"})]
    assert asyncio.run(all_of(inbox(*stumbles, page("a"), page()))) == ["a"]
    assert no_waiting[2] >= 7
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
    assert found.began.keys() == found.touched | {mark(12)}
    assert found.unmarked == []
    with Journal(tmp_path / "j") as journal:
        times = [attempt.started for attempt in journal.attempts()]
        assert found.began[mark(10)] == times[1] < times[2], "not when it was first under way"
        journal.blank(10)
        assert (Sent.of(journal).accepted, Sent.of(journal).unmarked) == ({}, [0])


class Listing(Inbox):
    """An inbox that lists some contacts, others each time, and notes what is to be deleted."""

    def __init__(self, *times: Sequence[Contact], ahead: float | None = 0.0) -> None:
        self.times = list(times)
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


def test_what_shows_up_late_is_waited_for_as_long_as_was_said(tmp_path, no_waiting):
    run = sent(tmp_path / "j", ({0: 10, 1: 11}, "accepted"))
    assert looked(Listing(contacts(10), contacts(), contacts(11)), run, wait=1e6) == Verified((0, 1), (), ())
    assert no_waiting == [1.0, 2.0]
    assert looked(Listing(contacts(10)), run, wait=0.0) == Verified((0,), (1,), ())


# Undone ------------------------------------------------------------


def claimed(run: Sent, found: list[Contact], *others: Sent, ahead: float | None = 0.0, now: float = 0.0) -> Claim:
    return asyncio.run(claim(Listing(found, ahead=now), run, others, ahead))


@pytest.fixture
def run(tmp_path) -> Sent:
    """A run that accepted +10 and +11, each first under way at second 1000, refused +12, and is in doubt about +13."""
    found = sent(tmp_path / "run", ({0: 10, 1: 11}, "accepted"), ({2: 12}, "rejected"), ({3: 13}, None))
    found.began = dict.fromkeys(found.began, 1000.0)
    return found


OLDER, SHARED, UNDATED = (
    "they were there before this run",
    "another run sent them too",
    "the platform does not say since when they are there",
)


@pytest.mark.parametrize(
    ("phone", "created", "ours", "kept"),
    [
        pytest.param(10, 1000.0, True, None, id="made by it"),
        pytest.param(10, 5000.0, True, None, id="made later, as a copy"),
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
    found = claimed(run, contacts(10, 11), other)
    assert found.ours == (["id-11"] if shared else ["id-10", "id-11"])
    assert found.kept == Counter([SHARED] * shared)


def test_the_platforms_clock_decides_that_of_the_run_before_that_of_now(run):
    found = contacts(10, created=1005.0)
    assert claimed(run, found, ahead=10.0).ours == []
    assert claimed(run, found, ahead=None, now=10.0).ours == []
    assert claimed(run, found, ahead=None, now=5.0).ours == claimed(run, found, ahead=5.0, now=10.0).ours == ["id-10"]


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
    ("before", "after", "verdict"),
    [
        (0, 1, "upsert"),
        (1, 1, "upsert"),
        (2, 2, "upsert"),
        (0, 2, "copies"),
        (1, 2, "copies"),
        (1, 3, "copies"),
        (0, 0, "unseen"),
    ],
)
def test_the_count_tells_whether_people_are_known_by_phone(before, after, verdict):
    assert Probed(before, after).verdict == verdict


def test_a_probe_sends_the_same_bytes_twice_and_waits_for_copies(no_waiting):
    body = contact("91", "9812300101", "Asha")
    box = Listing(contacts(), contacts(PHONE), contacts(PHONE, 5, PHONE))
    found = asyncio.run(probe(box, PHONE, body, wait=1e6, tell=lambda _: None))
    assert (found, found.verdict) == (Probed(0, 2), "copies")
    assert box.done == [(body.decode(),)] * 2
    assert json.loads(body) == [
        {"profile": {"userDetails": {
            "contact": {"phone": {"number": "9812300101", "prefix": "91"}}, "userProvidedName": "Asha",
        }}}
    ]  # fmt: skip
    assert no_waiting == [1.0]
