"""What becomes of a batch after an answer, by what it has been through."""

from __future__ import annotations

import pytest

from contact_import import api
from contact_import.api import History, Kind, Step, Verdict

FRESH = History(failures=1, first=0)


def failed(*accepted: int, broken: bool = False) -> History:
    """Return the history of a batch that failed when so many rows were accepted."""
    found = History()
    for count in accepted:
        found = found.failed(count, broken=broken)
    return found


def step(kind: Kind, rows: int = 100, history: History = FRESH, **more: bool) -> Step:
    maybe = kind in {Kind.FAILED, Kind.BROKEN, Kind.STRANGE}
    told = {"proven": True, "last": False, "hold": False} | more
    return api.next_step(Verdict(kind, "", maybe_stored=maybe), rows, history, **told)


@pytest.mark.parametrize(
    ("kind", "more", "wanted"),
    [
        *((Kind.ACCEPTED, {"rows": rows}, Step.ACCEPT) for rows in (1, 100)),
        *((kind, {"rows": 2}, Step.HALVE) for kind in (Kind.REFUSED, Kind.TOO_LARGE)),
        *((kind, {"rows": 1}, Step.REJECT) for kind in (Kind.REFUSED, Kind.TOO_LARGE)),
        *((kind, {"proven": proven}, Step.STOP) for kind in (Kind.TOKEN, Kind.NOT_THE_API) for proven in (True, False)),
        (Kind.STRANGE, {"proven": False}, Step.STOP),
        (Kind.STRANGE, {}, Step.AGAIN),
        *((kind, {"proven": False}, Step.AGAIN) for kind in (Kind.AWAY, Kind.BUSY, Kind.FAILED, Kind.BROKEN)),
        *((kind, {"hold": True}, Step.LEAVE) for kind in (Kind.FAILED, Kind.BROKEN, Kind.STRANGE)),
        *((kind, {"hold": True}, Step.AGAIN) for kind in (Kind.AWAY, Kind.BUSY)),
        (Kind.FAILED, {"history": failed(*range(5))}, Step.AGAIN),
        (Kind.FAILED, {"history": failed(*range(6))}, Step.LEAVE),
        (Kind.FAILED, {"history": failed(0, 1, 2, 3, 4, 4)}, Step.AGAIN),
        (Kind.FAILED, {"history": failed(0, 1, 2, 3, 4, 4), "last": True}, Step.LEAVE),
        (Kind.FAILED, {"history": failed(*[7] * 20), "last": True}, Step.AGAIN),
        *((kind, {"history": failed(*[0] * 5, 1)}, Step.LEAVE) for kind in (Kind.STRANGE, Kind.BUSY)),
        (Kind.BROKEN, {"history": failed(5, 5, broken=True)}, Step.AGAIN),
        (Kind.BROKEN, {"history": failed(5, 5, 5, broken=True)}, Step.HALVE),
        (Kind.BROKEN, {"history": failed(5, 5, 5, broken=True), "proven": False}, Step.AGAIN),
        (Kind.BROKEN, {"history": failed(5, 5, 5, broken=True), "rows": 1}, Step.AGAIN),
        (Kind.BROKEN, {"history": failed(5, 6, 6, broken=True), "rows": 1}, Step.REJECT),
        (Kind.BROKEN, {"history": failed(5, 6, broken=True), "rows": 1}, Step.AGAIN),
        (Kind.BROKEN, {"history": failed(5, 6, 6), "rows": 1}, Step.AGAIN),
        (Kind.FAILED, {"history": failed(5, 6, 6, broken=True)}, Step.AGAIN),
    ],
)
def test_what_becomes_of_a_batch_follows_from_the_answer_and_from_what_it_has_been_through(kind, more, wanted):
    assert step(kind, **more) is wanted


@pytest.mark.parametrize(
    ("rows", "accepted", "wanted"),
    [
        pytest.param(50, (5,), Step.HALVE, id="a half needs one more failure"),
        pytest.param(1, (6, 6), Step.AGAIN, id="a row alone needs three, as any"),
        pytest.param(1, (5, 5, 5), Step.AGAIN, id="and others that got through"),
        pytest.param(1, (6, 6, 6), Step.REJECT, id="be it its other half, before it"),
        pytest.param(1, (5, 5, 6), Step.REJECT, id="or in between"),
    ],
)
def test_n9_what_is_cut_from_a_batch_that_broke_the_platform_is_suspected(rows, accepted, wanted):
    history = failed(3, 4, 5, broken=True).of_a_part(rows)
    for count in accepted:
        history = history.failed(count, broken=True)
    assert step(Kind.BROKEN, rows, history) is wanted


@pytest.mark.parametrize(
    ("history", "accepted", "is_next"),
    [
        pytest.param(History(), 0, True, id="never failed"),
        pytest.param(failed(5, 5), 5, True, id="twice"),
        pytest.param(failed(5, 5, 5), 5, False, id="three times"),
        pytest.param(failed(5, 5, 5), 6, True, id="three times, and others got through"),
        pytest.param(failed(5, 6, 7), 7, False, id="three times, and others got through before the last"),
    ],
)
def test_a_batch_that_failed_three_times_lets_others_go_first(history, accepted, is_next):
    assert history.is_next(accepted) is is_next


BETWEEN, BEFORE = failed(5, 6, broken=True), failed(5, 6, 6, broken=True)


@pytest.mark.parametrize(
    ("kind", "step", "history", "trouble"),
    [
        *((kind, Step.AGAIN, FRESH, True) for kind in (Kind.AWAY, Kind.BUSY, Kind.FAILED, Kind.BROKEN, Kind.STRANGE)),
        (Kind.FAILED, Step.LEAVE, FRESH, True),
        (Kind.BROKEN, Step.HALVE, BEFORE, True),
        (Kind.BROKEN, Step.HALVE, BETWEEN, False),
        (Kind.BROKEN, Step.REJECT, BEFORE, False),
        (Kind.STRANGE, Step.STOP, FRESH, False),
        (Kind.ACCEPTED, Step.ACCEPT, FRESH, False),
        (Kind.REFUSED, Step.HALVE, FRESH, False),
        (Kind.TOO_LARGE, Step.REJECT, FRESH, False),
    ],
)
def test_a_failure_is_trouble_unless_others_show_that_the_platform_is_well(kind, step, history, trouble):
    assert api.is_trouble(Verdict(kind, ""), step, history) is trouble


@pytest.mark.parametrize(
    ("accepted", "last", "others", "lately"),
    [
        pytest.param((5,), 5, False, False, id="a first failure, whatever got through before it"),
        pytest.param((5, 5), 5, False, False, id="nothing in between"),
        pytest.param((5, 6), 6, True, True, id="others in between"),
        pytest.param((5, 6, 6), 6, True, False, id="others, but not lately"),
    ],
)
def test_a_history_tells_whether_others_got_through_and_whether_lately(accepted, last, others, lately):
    assert failed(*accepted) == History(len(accepted), 0, accepted[0], last, others, lately)


def test_the_figures_of_the_api_are_those_that_the_documents_name():
    figures = (api.CANARY, api.PROBE, api.MAX_TRIES, api.SYSTEMIC, api.RESEND_WINDOW, api.GRACE)
    assert figures == ((1, 10), (10,), 6, 5, 86_400, 30)
    assert [api.backoff(failures, 1.0) for failures in (0, 1, 2, 6, 7, 1000)] == [0.5, 1, 2, 32, 60, 60]
