"""The wire format byte for byte, what each answer means, and how long to wait."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import import api
from contact_import.api import Answer, Kind, NoAnswer, Verdict
from contact_import.errors import NotTheApi, TokenRefused, UsageProblem

OK = b'{"status": "success", "message": "User profiles imported successfully."}'
OTHER_OK = b'{"success": true, "message": "", "data": null, "code": 200}'
DATE = "Wed, 21 Oct 2015 07:28:00 GMT"


def each(table):
    """Return the cases of a *table* of what they come to → name → case."""
    return [pytest.param(case, end, id=name) for end, cases in table.items() for name, case in cases.items()]


# Answers ------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(OK, id="documented"),
        pytest.param(OTHER_OK, id="other envelope"),
        pytest.param(b'{"status": "success"}', id="status alone"),
        pytest.param(b'{"success": true}', id="success alone"),
        pytest.param(b'{"code": 200, "status": "success"}', id="status and code"),
        pytest.param(b'{"success": true, "status": "success"}', id="both"),
        pytest.param(b' {"code":200,"success":true,"status":"success","data":[]} \n', id="all three, padded"),
        pytest.param('{"status": "success", "message": "संपर्क"}'.encode(), id="words in Hindi"),
        pytest.param(b'{"success": true, "data": [{"_id": "1"}]}', id="a result for the one row"),
    ],
)
def test_the_documented_successes_are_accepted(body):
    assert api.judge(Answer(200, {}, body)) == Verdict(Kind.ACCEPTED, "HTTP 200")


NO_OBJECT = Verdict(Kind.STRANGE, "HTTP 200, but no JSON object of this API", maybe_stored=True)
NOT_SUCCESS = Verdict(Kind.STRANGE, "HTTP 200, but not the documented success", maybe_stored=True)
NEAR_MISSES = {
    NO_OBJECT: {
        "empty": b"",
        "captive portal": b"<html>Please log in</html>",
        "cut": OK[:-1],
        "two objects": OK + OK,
        "array": b"[" + OK + b"]",
        "string": b'"success"',
        "null": b"null",
        "byte order mark": b'\xef\xbb\xbf{"status": "success"}',
        "UTF-16": '{"status": "success"}'.encode("utf-16"),
        "not UTF-8": b'{"status": "success", "message": "\xff"}',
        "status said twice": b'{"status": "success", "status": "error"}',
        "success said twice": b'{"status": "success", "status": "success"}',
        "inner key said twice": b'{"status": "success", "data": {"a": 1, "a": 1}}',
        "NaN": b'{"status": "success", "data": NaN}',
        "infinity": b'{"status": "success", "data": -Infinity}',
        "5,000 digits": b'{"status": "success", "data": ' + b"9" * 5000 + b"}",
        "deep": b'{"status": "success", "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    },
    NOT_SUCCESS: {
        "empty object": b"{}",
        "capital": b'{"status": "Success"}',
        "trailing space": b'{"status": "success "}',
        "capital in the key": b'{"Status": "success"}',
        "ok": b'{"status": "ok"}',
        "queued": b'{"status": "queued"}',
        "status in an array": b'{"status": ["success"]}',
        "status true": b'{"status": true}',
        "success 1": b'{"success": 1}',
        "success in quotes": b'{"success": "true"}',
        "code alone": b'{"code": 200}',
        "code 200.0": b'{"success": true, "code": 200.0}',
        "code in quotes": b'{"success": true, "code": "200"}',
        "code 201": b'{"success": true, "code": 201}',
        "code 500": b'{"success": true, "code": 500}',
        "code null": b'{"success": true, "code": null}',
        "success null": b'{"success": null, "status": "success"}',
        "one level down": b'{"data": {"status": "success"}}',
        "words alone": b'{"message": "User profiles imported successfully."}',
    },
}


@pytest.mark.parametrize(("body", "verdict"), each(NEAR_MISSES))
def test_a_near_miss_of_success_is_no_success_and_leaves_doubt(body, verdict):
    assert api.judge(Answer(200, {}, body)) == verdict


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ('"errors": ["row 2"]', Kind.STRANGE),
        *((f'"{key}": 2', Kind.STRANGE) for key in ("failedCount", "failed_count", "failureCount", "failures")),
        *((f'"{key}": ["+91"]', Kind.STRANGE) for key in ("invalid", "rejected", "Errors", "error")),
        ('"data": {"imported": 1, "failed": 2}', Kind.STRANGE),
        ('"data": {"imported": 3, "failed": 0, "errors": []}', Kind.ACCEPTED),
        ('"data": [{"success": true}, {"success": false}, {"success": true}]', Kind.STRANGE),
        ('"data": [{"status": "success"}, {"status": "failed"}, {}]', Kind.STRANGE),
        ('"data": [{"phone": "1"}, {"phone": "2", "error": "no"}, {"phone": "3", "error": null}]', Kind.STRANGE),
        ('"data": [{"phone": "1"}, {"phone": "2"}, {"phone": "3", "error": null}]', Kind.ACCEPTED),
        ('"error": null, "message": "no failures"', Kind.ACCEPTED),
    ],
)
def test_a_success_that_says_of_rows_that_they_failed_is_none(said, kind):
    verdict = api.judge(Answer(200, {}, f'{{"status": "success", {said}}}'.encode()), rows=3)
    assert (verdict.kind, verdict.maybe_stored) == (kind, kind is Kind.STRANGE)


@pytest.mark.parametrize(
    "body",
    [
        *(f'{{"status": "{word}", "data": ["no"]}}'.encode() for word in ("error", "fail", "failed", "failure")),
        b'{"success": false, "message": "no"}',
        b'{"success": false, "code": 200}',
    ],
)
def test_a_200_that_says_it_failed_is_a_refusal(body):
    assert api.judge(Answer(200, {}, body)) == Verdict(Kind.REFUSED, "HTTP 200, but the answer says that it failed")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"status": "success", "success": false}', Kind.STRANGE),
        (b'{"status": "error", "success": true}', Kind.REFUSED),
    ],
)
def test_an_answer_that_contradicts_itself_is_never_a_success(body, kind):
    assert api.judge(Answer(200, {}, body)).kind is kind


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, gzip", "identity, gzip"])
def test_an_encoding_that_was_not_asked_for_is_no_success(encoding):
    verdict = Verdict(Kind.STRANGE, "HTTP 200 in an encoding that was not asked for", maybe_stored=True)
    assert api.judge(Answer(200, {"content-encoding": encoding}, OK)) == verdict


@pytest.mark.parametrize("encoding", ["identity", "Identity"])
def test_the_encoding_asked_for_may_be_named(encoding):
    assert api.judge(Answer(200, {"content-encoding": encoding}, OK)).kind is Kind.ACCEPTED


STATUSES = [
    ("201 202 203 204 205 206 207 226", Kind.STRANGE, True),
    ("300 301 302 303 304 307 308", Kind.NOT_THE_API, False),
    ("400 409 422", Kind.REFUSED, False),
    ("401", Kind.TOKEN, False),
    ("402 404 405 406 410 411 412 414 415 416 417 418 421 424 426 428 431 451 499", Kind.NOT_THE_API, False),
    ("408 425", Kind.FAILED, True),
    ("413", Kind.TOO_LARGE, False),
    ("429", Kind.BUSY, False),
    ("500", Kind.BROKEN, True),
    ("502 503 504 507 508 510 511 520 521 522 523 524 525 526 527 530 599", Kind.FAILED, True),
    ("501 505", Kind.NOT_THE_API, False),
]


@pytest.mark.parametrize(
    ("status", "kind", "maybe_stored"),
    [(int(status), kind, maybe) for statuses, kind, maybe in STATUSES for status in statuses.split()],
)
@pytest.mark.parametrize("body", [b"", OK, b"<html>no</html>"], ids=["empty", "success", "HTML"])
def test_the_status_alone_decides_unless_it_is_200(status, kind, maybe_stored, body):
    assert api.judge(Answer(status, {}, body)) == Verdict(kind, f"HTTP {status}", None, maybe_stored)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        pytest.param(403, b"", "HTTP 403", id="403"),
        pytest.param(403, b'{"message": "no"}', "HTTP 403", id="403 in JSON"),
        pytest.param(
            *(403, b"\n<html>Blocked</html>", "HTTP 403 with a web page, so perhaps a firewall and not the token"),
            id="403, a web page",
        ),
        pytest.param(407, b"<html>", "HTTP 407, the proxy wants to know who asks", id="407"),
    ],
)
def test_who_refuses_the_token_is_told_as_far_as_it_shows(status, body, reason):
    assert api.judge(Answer(status, {}, body)) == Verdict(Kind.TOKEN, reason)


@pytest.mark.parametrize("status", [100, 101, 199, 600, 999, 0])
def test_a_status_that_no_answer_may_have_is_not_the_apis(status):
    assert api.judge(Answer(status)).kind is Kind.NOT_THE_API


@pytest.mark.parametrize("status", [400, 429, 503, 404])
def test_what_the_answer_asks_to_wait_is_part_of_the_verdict(status):
    assert api.judge(Answer(status, {"retry-after": "7"})).wait == 7.0


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        pytest.param(NoAnswer("w", sent=True), Verdict(Kind.FAILED, "w", None, maybe_stored=True), id="sent"),
        pytest.param(NoAnswer("w", sent=False), Verdict(Kind.AWAY, "w"), id="not sent"),
        pytest.param(NoAnswer("w", sent=False, hopeless=True), Verdict(Kind.NOT_THE_API, "w"), id="hopeless"),
        pytest.param(
            *(NoAnswer("w", sent=True, foreign=True), Verdict(Kind.STRANGE, "w", None, maybe_stored=True)),
            id="no HTTP",
        ),
        pytest.param(
            NoAnswer("w", sent=True, stale=True), Verdict(Kind.FAILED, "w", None, maybe_stored=True), id="stale"
        ),
    ],
)
def test_without_an_answer_it_counts_whether_the_request_left(answer, verdict):
    assert api.judge(answer) == verdict


values = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 999) | st.sampled_from(["success", "error", "200", "true", ""]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["status", "data"]), inner, max_size=2),
    max_leaves=4,
)
envelopes = st.dictionaries(st.sampled_from(["status", "success", "code", "message", "data"]), values)


@given(st.integers(200, 599), st.one_of(envelopes.map(lambda value: json.dumps(value).encode()), st.binary()))
def test_only_a_200_with_exactly_the_known_marks_is_accepted(status, body):
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    marks = said if isinstance(said, dict) else {}
    good = (
        status == 200
        and {repr(marks.get("status")), repr(marks.get("success"))} & {"'success'", "True"}
        and repr(marks.get("status", "success")) == "'success'"
        and repr(marks.get("success", True)) == "True"
        and repr(marks.get("code", 200)) == "200"
    )
    assert (api.judge(Answer(status, {}, body)).kind is Kind.ACCEPTED) == bool(good)


LISTS = Verdict(Kind.STRANGE, "HTTP 200, but its list is not that of the rows sent", maybe_stored=True)
OK_200 = Verdict(Kind.ACCEPTED, "HTTP 200")
RESULTS = {
    OK_200: {
        "null": "null",
        "an object": "{}",
        "text": '"done"',
        "empty": "[]",
        "an object for each row": '[{"_id": "1"}, {"_id": "2"}, {"_id": "3"}]',
    },
    LISTS: {
        "shorter": '[{"_id": "1"}, {"_id": "2"}]',
        "longer": '[{"_id": "1"}, {"_id": "2"}, {"_id": "3"}, {"_id": "4"}]',
        "one error": '["row 3: no"]',
        "an error for each row": '["row 1: no", "row 2: no", "row 3: no"]',
    },
}


@pytest.mark.parametrize(("data", "verdict"), each(RESULTS))
def test_n34_a_list_of_results_must_be_that_of_the_rows_sent(data, verdict):
    assert api.judge(Answer(200, {}, f'{{"success": true, "data": {data}}}'.encode()), rows=3) == verdict


# Successes that the user knows ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("success=true", {"success": True}),
        ("success=True", {"success": "True"}),
        (" result = OK ", {"result": "OK"}),
        ("code=0,message=", None),
        ("code=0,msg=ok", {"code": 0, "msg": "ok"}),
        ('code="0"', {"code": "0"}),
        ("code=1.5", {"code": 1.5}),
        ("data=null", {"data": None}),
        ("a=b=c", {"a": "b=c"}),
        ("data=[]", {"data": "[]"}),
        ("data={}", {"data": "{}"}),
        ("code=NaN", {"code": "NaN"}),
        ("", None),
        ("success", None),
        ("=true", None),
        ("success=", None),
        ("success=true,", None),
        ("success=false", None),
        ("status=error", None),
        ("status=failed,code=200", None),
    ],
)
def test_a_success_of_the_users_own_is_pairs_that_do_not_speak_of_failure(text, shape):
    if shape is not None:
        assert json.dumps(api.success(text)) == json.dumps(shape)
    else:
        with pytest.raises(UsageProblem, match="--accept-success"):
            api.success(text)


@pytest.mark.parametrize(
    ("text", "body", "is_one"),
    [
        pytest.param("result=OK", '{"result": "OK"}', True, id="just that"),
        pytest.param("result=OK", '{"result": "OK", "more": [1, {"a": null}]}', True, id="and more"),
        pytest.param("result=OK", '{"result": "OK", "code": 200}', True, id="and a known mark"),
        pytest.param("result=OK", '{"result": "OK", "code": 500}', False, id="a mark that contradicts"),
        pytest.param("result=OK", '{"result": "OK", "success": false}', False, id="a failure"),
        pytest.param("result=OK", '{"result": "ok"}', False, id="another case"),
        pytest.param("result=OK", '[{"result": "OK"}]', False, id="in an array"),
        pytest.param("code=0", '{"code": 0}', True, id="a code of theirs"),
        pytest.param("code=0", '{"code": 0, "status": "success"}', True, id="which wins over ours"),
        pytest.param("code=0", '{"code": false}', False, id="false is not 0"),
        pytest.param("code=0", '{"code": 0.0}', False, id="0.0 is not 0"),
        pytest.param("code=0,msg=ok", '{"code": 0}', False, id="half of it"),
        pytest.param("status=queued", '{"status": "queued"}', True, id="what is none by itself"),
        pytest.param("status=queued", '{"status": "success"}', True, id="the documented one is one still"),
    ],
)
def test_an_answer_with_a_success_of_the_users_own_is_accepted(text, body, is_one):
    verdict = api.judge(Answer(200, {}, body.encode()), successes=[api.success(text)])
    assert (verdict.kind is Kind.ACCEPTED) is is_one


@pytest.mark.parametrize("status", [201, 202, 204, 206, 400, 500])
def test_no_success_of_the_users_own_makes_another_status_one(status):
    assert api.judge(Answer(status, {}, b'{"a": 1}'), successes=[{"a": 1}]).kind is not Kind.ACCEPTED


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        pytest.param(b"", "nothing", id="empty"),
        pytest.param(b"  <!doctype html><p>Asha", "a web page", id="HTML"),
        pytest.param(b"Asha 9812300001", "no JSON", id="text"),
        pytest.param(b'{"status": "OK", "ok": true, "n": null}', '{"status": "OK", "ok": true, "n": null}', id="words"),
        pytest.param(b'{"name": "Asha", "phone": 919812300001}', '{"name": text, "phone": number}', id="people"),
        pytest.param(
            b'{"code": 200, "took": 0.25, "id": -1000}', '{"code": 200, "took": number, "id": number}', id="n"
        ),
        pytest.param(b'{"919812300001": 1, "Asha R.": 2}', "{…: 1, …: 2}", id="people for keys"),
        pytest.param(b'[{"a": "Asha"}, {"a": "Rohan"}]', '[{"a": text}, …]', id="a list"),
        pytest.param(b'{"a": [], "b": {}}', '{"a": [], "b": {}}', id="empty ones"),
        pytest.param(
            json.dumps(dict.fromkeys("abcdefgh")).encode(),
            "{" + ", ".join(f'"{key}": null' for key in "abcdefgh") + "}",
            id="as many as are shown",
        ),
        *(
            pytest.param(f'{{"a": "{word}"}}'.encode(), f'{{"a": "{word}"}}', id=word)
            for word in ("success", "successful", "true", "queued")
        ),
        pytest.param(b'{"a": {"b": {"c": {"d": 1}}}}', '{"a": {"b": {"c": {…}}}}', id="deep"),
        pytest.param(b'"Asha"', "text", id="a text alone"),
        pytest.param(
            json.dumps(dict.fromkeys("abcdefghij")).encode(),
            "{" + ", ".join(f'"{key}": null' for key in "abcdefgh") + ", …}",
            id="many",
        ),
    ],
)
def test_an_answer_is_shown_by_its_keys_and_kinds(body, shown):
    assert api.outline(body) == shown


@given(st.text(st.characters(categories=["L", "N"]), min_size=1), st.integers(1000))
def test_nothing_that_may_be_somebodys_data_is_shown(text, number):
    shown = api.outline(json.dumps({"to": f"{text}1", f"{text}1": number, "list": [number]}).encode())
    assert shown == '{"to": text, …: number, "list": [number, …]}'


# Retry-After ------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({}, None, id="absent"),
        pytest.param({"retry-after": "0"}, 0.0, id="zero"),
        pytest.param({"retry-after": " 120 "}, 120.0, id="padded"),
        pytest.param({"retry-after": "007"}, 7.0, id="zeros before"),
        pytest.param({"retry-after": "999999999"}, 999999999.0, id="thirty years"),
        pytest.param({"retry-after": "1000000001"}, 1e9, id="longer"),
        pytest.param({"retry-after": "9" * 10_000}, 1e9, id="10 kB of digits"),
        pytest.param({"retry-after": "-1"}, None, id="negative"),
        pytest.param({"retry-after": "1.5"}, None, id="fraction"),
        pytest.param({"retry-after": "1e400"}, None, id="exponent"),
        pytest.param({"retry-after": "٧"}, None, id="Arabic digit"),
        pytest.param({"retry-after": "²"}, None, id="superscript"),
        pytest.param({"retry-after": "soon"}, None, id="word"),
        pytest.param({"retry-after": "\0" * 10_000}, None, id="10 kB of nothing"),
        pytest.param({"retry-after": DATE, "date": "Wed, 21 Oct 2015 07:27:30 GMT"}, 30.0, id="date"),
        pytest.param({"retry-after": DATE, "date": "Wed, 21 Oct 2015 07:29:00 GMT"}, 0.0, id="past date"),
        pytest.param({"retry-after": DATE, "date": "Wed, 21 Oct 2015 12:57:30 +0530"}, 30.0, id="another zone"),
        pytest.param({"retry-after": DATE.replace("2015", "9999"), "date": DATE}, 1e9, id="thousands of years"),
        pytest.param({"retry-after": DATE}, None, id="date without Date"),
        pytest.param({"retry-after": DATE, "date": "today"}, None, id="Date is no date"),
        pytest.param({"retry-after": DATE, "date": "Wed, 21 Oct 2015 07:27:30 -0000"}, None, id="Date without zone"),
        pytest.param({"retry-after": "Wed, 21 Oct 99999999999 07:28:00 GMT", "date": DATE}, None, id="no year"),
        pytest.param({"retry-after": "Wed, 99 Oct 2015 07:28:00 GMT", "date": DATE}, None, id="no day"),
    ],
)
def test_retry_after_is_seconds_or_a_date_by_the_answers_own_clock(headers, seconds):
    assert api.retry_after(headers) == seconds


@given(st.text(), st.text() | st.just(DATE))
def test_no_retry_after_breaks_anything(text, date):
    wait = api.retry_after({"retry-after": text, "date": date})
    assert wait is None or wait >= 0


@pytest.mark.parametrize(
    ("failures", "chance", "seconds"),
    [(1, 1.0, 1.0), (2, 1.0, 2.0), (3, 0.5, 2.0), (6, 1.0, 32.0), (7, 1.0, 60.0), (5000, 1.0, 60.0), (5000, 0.0, 0.0)],
)
def test_backoff_doubles_up_to_a_minute_and_is_all_jitter(failures, chance, seconds):
    assert api.backoff(failures, chance) == seconds


def test_a_failure_costs_more_where_something_may_have_been_stored():
    assert {kind.name: cost for kind, cost in api.COST.items()} == {
        "AWAY": 5,
        "BUSY": 5,
        "FAILED": 10,
        "BROKEN": 10,
        "STRANGE": 10,
    }


# What was said ------------------------------------------------------------


def test_the_words_of_the_platform_are_added_to_a_refusal_where_there_are_any():
    verdict = Verdict(Kind.REFUSED, "HTTP 400")
    plain = "api-refused: the platform refused this contact (HTTP 400)"
    with_words = api.refusal_with_words(verdict, Answer(400, {}, b'{"message": "no"}'))
    assert [with_words, api.refusal_with_words(verdict, Answer(400)), api.refusal_with_words(verdict, None)] == [
        f"{plain}: no",
        plain,
        plain,
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(b'{"message": "phone is taken", "code": 400}', "phone is taken", id="message"),
        pytest.param(b'{"error": "e", "message": "m"}', "m; e", id="message and error"),
        pytest.param(b'{"data": ["row 1", 2, "row 3", "row 1"]}', "row 1; row 3", id="data: strings, once each"),
        pytest.param(b'{"data": "no"}', "no", id="data: a string"),
        pytest.param(b'{"message": {"a": "b"}, "data": null}', "", id="no text"),
        pytest.param(b'{"message": "\\u001b[31mred\\u001b[0m\\n\\u202e"}', "[31mred [0m", id="terminal codes"),
        pytest.param(b"<html>no</html>", "", id="HTML"),
        pytest.param(b"", "", id="empty"),
        pytest.param(json.dumps({"message": "x" * 9999}).encode(), "x" * 500, id="long"),
    ],
)
def test_the_words_of_a_refusal_are_kept_short_and_printable(body, words):
    assert api.said(Answer(400, {}, body)) == words


@pytest.mark.parametrize(
    ("verdict", "answer", "kind", "words"),
    [
        pytest.param(
            Verdict(Kind.TOKEN, "HTTP 401"),
            Answer(401),
            TokenRefused,
            "the platform refused the token (HTTP 401); nothing is lost: give the current token and run the same "
            "command",
            id="the token",
        ),
        pytest.param(
            Verdict(Kind.STRANGE, "HTTP 200, odd"),
            Answer(200, {}, b'{"name": "Asha"}'),
            NotTheApi,
            "the address does not answer as the API does: HTTP 200, odd; check --base-url, then run the same command; "
            'it says {"name": text}: if that is how your platform says success, add --accept-success KEY=VALUE',
            id="a strange answer, shown without its contents",
        ),
        pytest.param(
            Verdict(Kind.STRANGE, "it is no HTTP"),
            NoAnswer("it is no HTTP", sent=True, foreign=True),
            NotTheApi,
            "the address does not answer as the API does: it is no HTTP; check --base-url, then run the same command",
            id="no HTTP, of which nothing can be shown",
        ),
        pytest.param(
            Verdict(Kind.NOT_THE_API, "HTTP 404"),
            Answer(404, {}, b'{"error": "no"}'),
            NotTheApi,
            "the address does not answer as the API does: HTTP 404; check --base-url, then run the same command",
            id="a wrong address, whose words are of no use",
        ),
    ],
)
def test_what_ends_a_run_is_told_with_what_to_do_about_it(verdict, answer, kind, words):
    reason = api.stopped_by(verdict, answer)
    assert (type(reason), str(reason)) == (kind, words)


def test_a_platform_that_refuses_the_first_contacts_is_told_with_what_to_do_about_it():
    reason = api.refuses_everything(Verdict(Kind.REFUSED, "HTTP 422"))
    assert (type(reason), str(reason)) == (
        NotTheApi,
        "the platform refused each of the first 5 contacts (HTTP 422), so it is not about them: check the account, the "
        "address and the mapping, then run the same command; if it is about them all the same, add --max-reject 100",
    )


def test_without_an_answer_the_words_are_our_own():
    assert api.said(NoAnswer("the connection broke", sent=True)) == "the connection broke"


# Bytes out ------------------------------------------------------------


def sheet(name="Asha", email="", prefix="91", number="9812300001", tags=(), **attributes):
    row = {"name": name, "email": email, "prefix": prefix, "number": number, "tags": tags}
    return pd.DataFrame([row | {f"attribute:{key}": value for key, value in attributes.items()}], dtype=object)


PHONE = '{"phone":{"number":"9812300001","prefix":"91"}}'


@pytest.mark.parametrize(
    ("person", "keys", "full", "text"),
    [
        pytest.param(
            sheet(), (), False, '{"contact":' + PHONE + ',"userProvidedName":"Asha"}', id="omits what is empty"
        ),
        pytest.param(sheet(name=""), (), False, '{"contact":' + PHONE + "}", id="phone alone"),
        pytest.param(
            sheet(name=""),
            (),
            True,
            '{"contact":{"phone":{"number":"9812300001","prefix":"91"},"email":""},"userProvidedName":"","tags":[],'
            '"attributes":[]}',
            id="send_empty",
        ),
        pytest.param(
            sheet(email="a@b.co", tags=("vip", "ना"), city="Pune", plan=""),
            ("city", "plan"),
            False,
            '{"contact":{"phone":{"number":"9812300001","prefix":"91"},"email":"a@b.co"},"userProvidedName":"Asha",'
            '"tags":["vip","ना"],"attributes":[{"key":"city","value":"Pune"}]}',
            id="everything; an empty attribute is omitted",
        ),
        pytest.param(
            sheet(plan="", city="Pune"),
            ("plan", "city"),
            True,
            '{"contact":{"phone":{"number":"9812300001","prefix":"91"},"email":""},"userProvidedName":"Asha",'
            '"tags":[],"attributes":[{"key":"city","value":"Pune"}]}',
            id="send_empty sends no attribute without a value",
        ),
        pytest.param(
            sheet(plan="b", city="a"),
            ("plan", "city"),
            False,
            '{"contact":' + PHONE + ',"userProvidedName":"Asha",'
            '"attributes":[{"key":"plan","value":"b"},{"key":"city","value":"a"}]}',
            id="attributes in the order asked for",
        ),
        pytest.param(
            sheet(name='"\\/\u2028\x7f</script>👩‍👩‍👧 𝒜'),
            (),
            False,
            '{"contact":' + PHONE + ',"userProvidedName":"\\"\\\\/\u2028\x7f</script>👩‍👩‍👧 𝒜"}',
            id="JSON specials and emoji",
        ),
        pytest.param(
            sheet(number="0098", prefix="39"),
            (),
            False,
            '{"contact":{"phone":{"number":"0098","prefix":"39"}},"userProvidedName":"Asha"}',
            id="zeros are kept",
        ),
    ],
)
def test_a_contact_is_these_bytes(person, keys, full, text):
    wanted = ('{"profile":{"userDetails":' + text + "}}").encode()
    assert api.encode(person, keys, send_empty=full) == [wanted]


def test_a_body_is_the_array_of_its_contacts():
    people = pd.concat([sheet(name="A"), sheet(name="B", number="2")])
    assert api.body(api.encode(people)) == (
        b'[{"profile":{"userDetails":{"contact":{"phone":{"number":"9812300001","prefix":"91"}},'
        b'"userProvidedName":"A"}}},{"profile":{"userDetails":{"contact":{"phone":{"number":"2","prefix":"91"}},'
        b'"userProvidedName":"B"}}}]'
    )


def test_nobody_is_no_bytes():
    assert api.encode(sheet().iloc[:0], send_empty=True) == []


text = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.text('",\\\n [{'))
people = st.lists(st.tuples(text, text, st.lists(text), text, text), max_size=5)


@given(people, text.filter(lambda key: key != "city"), st.booleans())
def test_what_was_written_reads_back_as_it_was(people, key, full):
    rows = [
        sheet(name, email, tags=tuple(tags), **{key: first, "city": city}) for name, email, tags, first, city in people
    ]
    none = sheet(**{key: "", "city": ""}).iloc[:0]
    contacts = api.encode(pd.concat([none, *rows]), [key, "city"], send_empty=full)
    assert [json.loads(contact)["profile"]["userDetails"] for contact in contacts] == [
        details(name, email, tags, {key: first, "city": city}, full=full) for name, email, tags, first, city in people
    ]


def details(name, email, tags, attributes, *, full):
    pairs = [{"key": key, "value": value} for key, value in attributes.items() if value]
    contact = {"phone": {"number": "9812300001", "prefix": "91"}, "email": email}
    wanted = {"contact": contact, "userProvidedName": name, "tags": tags, "attributes": pairs}
    if full:
        return wanted
    filled = {key: value for key, value in contact.items() if value}
    return {key: value for key, value in wanted.items() if value} | {"contact": filled}
