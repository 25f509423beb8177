import json
import socket
import statistics
from datetime import UTC, datetime

import pytest

from contact_import.sandbox.contacts import stamp
from contact_import.sandbox.endpoints import Throttle

STATUS = {"status": "success", "message": "User profiles imported successfully."}
ENVELOPE = {"success": True, "message": "User profiles imported successfully.", "code": 200, "data": None}
NOT_AN_ARRAY = "the body must be a JSON array of contacts, sent as JSON"
PREFIX = "row 1: phone.prefix must be a string of digits, without a plus"
NUMBER = "row 1: phone.number must be a string of digits"
ATTRIBUTES = "row 1: attributes must be an array of {key, value}, keys of lowercase letters, digits and _"
NO_PHONE = "row 1: profile.userDetails.contact.phone is missing"


@pytest.mark.parametrize(
    ("envelope", "body"),
    [
        pytest.param("status", STATUS, id="status"),
        pytest.param("success", ENVELOPE, id="success, as its siblings answer"),
    ],
)
def test_success_has_the_documented_shape(start, person, envelope, body):
    answer = start(envelope=envelope).post(person())
    assert (answer.status_code, answer.json()) == (200, body)


def test_answers_carry_the_headers_of_express_and_tell_a_sandbox(inbox, person):
    headers = inbox.post(person()).headers
    assert {name: value for name, value in headers.items() if name != "date"} == {
        "x-powered-by": "Express",
        "x-sandbox": "1",
        "content-type": "application/json; charset=utf-8",
        "content-length": "69",
        "etag": 'W/"45-/5pDEO4BNA4+Dl/3RUcT5NGwju4"',
    }


def test_what_is_stored_is_the_documented_object(inbox, person):
    inbox.post(
        person("Asha", "09876", "91", "a@b.example", tags=["vip"], attributes=[{"key": "city", "value": "Pune"}])
    )
    (contact,) = inbox.sandbox.contacts()
    assert len(contact.pop("_id")) == 24
    assert contact.pop("createdAt") == contact.pop("updatedAt")
    assert contact == {
        "platform": ["WHATSAPP"],
        "isSubscriber": True,
        "status": "OPEN",
        "isContact": True,
        "isImported": True,
        "segments": [],
        "profile": {
            "userDetails": {
                "contact": {"email": "a@b.example", "phone": {"number": "09876", "prefix": "91"}},
                "userProvidedName": "Asha",
                "tags": ["vip"],
                "attributes": [{"key": "city", "value": "Pune"}],
                "country": "",
                "whatsAppNumber": "9109876",
            }
        },
    }


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Authorization": ""}, id="none"),
        pytest.param({"Authorization": "Bearer other"}, id="another"),
        pytest.param({"Authorization": "Basic sandbox-token"}, id="not a bearer"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/inbox/users/import"),
        ("POST", "/inbox/users"),
        ("GET", "/inbox/segments"),
        ("PUT", "/inbox/users/status-update"),
    ],
)
def test_a_wrong_token_is_answered_401_in_text(inbox, headers, method, path):
    answer = inbox.client.request(method, path, headers=headers)
    assert (answer.status_code, answer.text) == (401, "Unauthorized")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("strict", "headers", "status"),
    [
        pytest.param(False, {}, 200, id="lenient"),
        pytest.param(True, {}, 401, id="strict, missing"),
        pytest.param(True, {"authtype": "Token"}, 401, id="strict, wrong"),
        pytest.param(True, {"authtype": "Key"}, 200, id="strict, right"),
    ],
)
def test_authtype_is_asked_for_only_when_strict(start, person, strict, headers, status):
    assert start(strict_authtype=strict).post(person(), headers=headers).status_code == status


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param({"json": {"profile": {}}}, id="an object"),
        pytest.param({"json": []}, id="an empty array"),
        pytest.param({"json": None, "content": b"[{", "headers": {"Content-Type": "application/json"}}, id="cut JSON"),
        pytest.param({"json": None, "content": b"[NaN]", "headers": {"Content-Type": "application/json"}}, id="NaN"),
        pytest.param({"json": None, "content": b"", "headers": {"Content-Type": "application/json"}}, id="nothing"),
        pytest.param({"headers": {"Content-Type": "text/plain"}}, id="another content type"),
    ],
)
def test_a_body_that_is_no_json_array_is_refused(inbox, person, request_):
    answer = inbox.post(person(), **request_)
    assert (answer.status_code, answer.json()["data"]) == (400, [NOT_AN_ARRAY])
    assert inbox.sandbox.contacts() == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("text", NO_PHONE, id="not an object"),
        pytest.param({"userDetails": {}}, NO_PHONE, id="no profile"),
        pytest.param({"profile": {"userDetails": {"contact": []}}}, NO_PHONE, id="no phone"),
        pytest.param({"prefix": "+91"}, PREFIX, id="plus"),
        pytest.param({"prefix": ""}, PREFIX, id="no prefix"),
        pytest.param({"prefix": 91}, PREFIX, id="prefix as a number"),
        pytest.param({"number": "98 76"}, NUMBER, id="space"),
        pytest.param({"number": "٩٨٧٦"}, NUMBER, id="Arabic digits"),
        pytest.param({"number": 9876543210}, NUMBER, id="number as a number"),
        pytest.param({"number": "98765432101234"}, "row 1: phone.prefix and phone.number have more than 15 digits"),
        pytest.param({"email": 5}, "row 1: email must be a string"),
        pytest.param({"name": None}, "row 1: userProvidedName must be a string"),
        pytest.param({"tags": "vip"}, "row 1: tags must be an array of strings", id="tags as text"),
        pytest.param({"tags": [1]}, "row 1: tags must be an array of strings", id="a tag as a number"),
        pytest.param({"attributes": ["city"]}, ATTRIBUTES, id="attribute as text"),
        pytest.param({"attributes": [{"key": "My City", "value": "Pune"}]}, ATTRIBUTES, id="attribute key"),
        pytest.param({"attributes": [{"key": "city", "value": 5}]}, ATTRIBUTES, id="attribute value"),
        pytest.param({"number": "x", "prefix": "+1"}, f"{PREFIX}; {NUMBER[7:]}", id="two at once"),
    ],
)
def test_a_wrong_row_is_refused_with_every_reason_and_no_value(inbox, person, row, reason):
    is_a_person = isinstance(row, dict) and not row.keys() & {"profile", "userDetails"}
    answer = inbox.post(person(**row) if is_a_person else row)
    assert (answer.status_code, answer.json()) == (
        400,
        {"success": False, "message": "Validation failed", "code": 400, "data": [reason]},
    )


@pytest.mark.parametrize(
    ("whole", "stored"),
    [pytest.param(True, [], id="whole batches"), pytest.param(False, ["A", "C"], id="row by row")],
)
def test_a_bad_row_refuses_its_batch_or_only_itself(start, person, whole, stored):
    inbox = start(whole_batch=whole, refuse=frozenset({"9144"}))
    answer = inbox.post(person("A", "1"), person("B", "44"), person("C", "3"), person("D", "x"))
    assert answer.status_code == 400
    assert answer.json()["data"] == ["row 2: this number cannot be imported", f"row 4: {NUMBER[7:]}"]
    assert inbox.names() == stored


def test_a_lost_row_is_answered_with_success_and_not_stored(start, person):
    inbox = start(lose=frozenset({"9144"}))
    assert inbox.post(person("A", "1"), person("B", "44")).json() == STATUS
    assert inbox.names() == ["A"]


def test_a_body_over_the_limit_is_answered_413_unread(start, person):
    inbox = start(max_bytes=1000)
    fits, exceeds = json.dumps([person("x" * 850)]), json.dumps([person("x" * 950)])
    typed = {"headers": {"Content-Type": "application/json"}}
    assert [inbox.post(content=text, json=None, **typed).status_code for text in (fits, exceeds)] == [200, 413]
    assert inbox.post(content=iter([exceeds.encode()]), json=None, **typed).status_code == 413  # chunked
    assert [receipt.sha256 is None for receipt in inbox.sandbox.receipts()] == [False, True, True]
    assert inbox.post(person()).status_code == 200


def test_a_body_over_the_limit_need_not_be_sent_to_be_refused(inbox):
    head = b"POST /inbox/users/import HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", inbox.sandbox.port), timeout=5) as client:
        client.sendall(head)
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("retry_after", [None, "7", "Wed, 21 Oct 2026 07:28:00 GMT", "nonsense"])
def test_more_requests_than_the_rate_are_answered_429(start, person, retry_after):
    inbox = start(rate=0.001, retry_after=retry_after)
    answers = [inbox.post(person()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 429, 429]
    assert answers[-1].headers.get("retry-after") == retry_after


@pytest.mark.parametrize(
    ("rate", "times", "expected"),
    [
        pytest.param(2, (9.0, 9.0, 9.0, 9.4, 9.5, 9.6), (True, True, False, False, True, False), id="as many at once"),
        pytest.param(0.5, (9.0, 10.0, 11.0), (True, False, True), id="less than one a second"),
        pytest.param(1, (9.0, 99.0, 99.0), (True, True, False), id="nothing is saved up"),
        pytest.param(None, (9.0,) * 99, (True,) * 99, id="no rate"),
    ],
)
def test_the_rate_is_so_many_a_second(rate, times, expected):
    assert tuple(map(Throttle(rate).admits, times)) == expected


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        pytest.param({}, [("New", "a@b.example", ["x", "y"], {"city": "Goa", "size": "L"})], id="merge"),
        pytest.param({"merge": False}, [("New", "", ["y"], {"city": "Goa"})], id="replace"),
        pytest.param(
            {"match_on_phone": False},
            [("Old", "a@b.example", ["x"], {"city": "Pune", "size": "L"}), ("New", "", ["y"], {"city": "Goa"})],
            id="append",
        ),
    ],
)
@pytest.mark.parametrize("requests", [pytest.param(1, id="one request"), pytest.param(2, id="two requests")])
def test_a_phone_sent_again_merges_replaces_or_appends(start, person, choices, expected, requests):
    inbox = start(**choices)
    city, size = {"key": "city", "value": "Pune"}, {"key": "size", "value": "L"}
    old = person("Old", email="a@b.example", tags=["x"], attributes=[city, size])
    new = person("New", email="", tags=["y"], attributes=[{"key": "city", "value": "Goa"}])
    for batch in [[old, new]] if requests == 1 else [[old], [new]]:
        assert inbox.post(*batch).status_code == 200
    found = [
        (d["userProvidedName"], d["contact"]["email"], d["tags"], {p["key"]: p["value"] for p in d["attributes"]})
        for d in inbox.details()
    ]
    assert found == expected


def test_merging_keeps_the_identity_and_the_day_of_birth_of_a_contact(inbox, person):
    inbox.post(person("Old"))
    (before,) = inbox.sandbox.contacts()
    inbox.post(person(""))
    (after,) = inbox.sandbox.contacts()
    assert after | {"updatedAt": ""} == before | {"updatedAt": ""}


def test_merging_takes_what_is_new(inbox, person):
    inbox.post(person("Old", email="old@b.example"))
    inbox.post(person("New", email="new@b.example"))
    assert [(d["userProvidedName"], d["contact"]["email"]) for d in inbox.details()] == [("New", "new@b.example")]


def test_the_list_has_pages_newest_first_until_an_empty_one(start, person):
    inbox = start(page_size=2)
    inbox.post(*(person(name, str(number)) for number, name in enumerate("ABCDE", 1)))
    assert [inbox.page(number) for number in (1, 2, 3, 4)] == [["E", "D"], ["C", "B"], ["A"], []]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("öz", ["Özil"], id="name, any case"),
        pytest.param("B.EXAMPLE", ["Bela"], id="e-mail"),
        pytest.param("4912", ["Özil"], id="prefix and number"),
        pytest.param("%", [], id="no wildcard"),
    ],
)
def test_the_list_is_filtered_by_text(inbox, person, text, expected):
    inbox.post(person("Özil", "123", "49"), person("Bela", "456", "36", "x@b.example"))
    assert inbox.page(1, text) == expected


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param({}, id="no page"),
        pytest.param({"page": 0}, id="page 0"),
        pytest.param({"page": True}, id="page true"),
        pytest.param({"page": 1, "searchText": 5}, id="number as text"),
        pytest.param({"page": 1, "tags": ["vip"]}, id="a filter that is not imitated"),
        pytest.param({"page": 1, "isOnline": True}, id="another such filter"),
        pytest.param({"page": 1, "isContact": False}, id="those who are no contacts"),
        pytest.param({"page": 1, "lastSeenAt": {"startAt": "2026-01-01"}}, id="a span that is not imitated"),
        pytest.param({"page": 1, "createdAt": "2026-01-01"}, id="a span that is none"),
        pytest.param({"page": 1, "createdAt": {"startAt": "yesterday"}}, id="a moment that is none"),
        pytest.param({"page": 1, "createdAt": {"startAt": 1760000000000}}, id="a moment as a number"),
        pytest.param([], id="not an object"),
    ],
)
def test_a_list_that_cannot_be_right_is_refused(inbox, wanted):
    assert inbox.client.post("/inbox/users", json=wanted).status_code == 400


NO_SPAN = {"startAt": "", "endsAt": ""}
LISTS = "tags status _botWebsite _botWhatsapp _botTelegram _botFacebook _agentAssigned segments applicableFilters"
WHOLE_LIST = {
    **{name: [] for name in [*LISTS.split(), "lastMessageBy"]},
    **dict.fromkeys(["isOnline", "userInteracted", "isLiveChatActive"], False),
    **dict.fromkeys(["lastSeenAt", "createdAt"], NO_SPAN),
    "hasOrdered": {"status": False, "lastAt": ""},
    "searchText": "",
    "isExport": "none",
    "isContact": True,
    "page": 1,
}


@pytest.mark.parametrize("missing", [None, *WHOLE_LIST])
def test_a_strict_list_wants_every_documented_field(start, missing):
    wanted = {name: value for name, value in WHOLE_LIST.items() if name != missing}
    answer = start(strict_list=True).client.post("/inbox/users", json=wanted)
    assert answer.status_code == (400 if missing else 200)
    assert missing is None or missing in answer.text


def test_the_list_is_filtered_by_the_moment_a_contact_was_created(inbox, person, wait_for):
    moments = []
    for number in range(1, 4):
        inbox.post(person(str(number), str(number)))
        moments.append(inbox.sandbox.contacts()[0]["createdAt"])
        wait_for(lambda: stamp(datetime.now(UTC)) > moments[-1])
    inbox.post(person("1 again", "1"))  # an update creates nobody

    def created(**span):
        listed = inbox.client.post("/inbox/users", json={"page": 1, "createdAt": span}).json()["data"]
        return [contact["profile"]["userDetails"]["whatsAppNumber"][2:] for contact in listed]

    first, second, third = moments
    assert created() == created(startAt=first, endsAt=third) == ["3", "2", "1"]
    assert created(startAt=second) == ["3", "2"]
    assert created(endsAt=second, startAt=None) == ["2", "1"]
    assert created(startAt=second.replace("Z", "+00:00"), endsAt=second) == ["2"]
    assert created(endsAt="2020-01-01") == []
    assert created(startAt="2020-01-01T00:00:00+05:30") == ["3", "2", "1"]


def test_a_new_contact_is_listed_late_where_the_platform_takes_its_time(start, person, wait_for):
    inbox = start(shown_after=0.1)
    inbox.post(person("A", "1"))
    assert (inbox.names(), inbox.page(1)) == (["A"], [])
    assert wait_for(lambda: inbox.page(1)) == ["A"]


@pytest.mark.parametrize(("plus", "prefix"), [(False, "91"), (True, "+91")])
def test_the_list_may_write_prefixes_with_a_plus(start, person, plus, prefix):
    inbox = start(list_plus=plus)
    inbox.post(person())
    (listed,) = inbox.client.post("/inbox/users", json={"page": 1}).json()["data"]
    details = listed["profile"]["userDetails"]
    assert details["contact"]["phone"] == {"number": "9876543210", "prefix": prefix}
    assert details["whatsAppNumber"] == "919876543210"


def test_segments_tell_that_the_token_is_good(inbox):
    answer = inbox.client.get("/inbox/segments").json()
    assert (answer["success"], answer["code"], [sorted(segment) for segment in answer["data"]]) == (
        True,
        200,
        [["_id", "segmentName"]],
    )


def test_a_deleted_contact_is_gone(inbox, person):
    inbox.post(person("A", "1"), person("B", "2"))
    ids = [inbox.sandbox.contacts()[-1]["_id"]]  # newest first
    answer = inbox.client.put("/inbox/users/status-update", json={"ids": ids, "status": "DELETED"})
    assert (answer.status_code, answer.json()["success"], inbox.names()) == (200, True, ["B"])


@pytest.mark.parametrize(
    "wanted", [{"ids": [], "status": "DELETED"}, {"ids": [5], "status": "DELETED"}, {"ids": ["a"]}]
)
def test_a_wrong_status_update_is_refused(inbox, wanted):
    assert inbox.client.put("/inbox/users/status-update", json=wanted).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "shown"),
    [
        pytest.param("POST", "/x", "/x", id="unknown path"),
        pytest.param("GET", "/inbox/users/import", "/inbox/users/import", id="wrong method"),
        pytest.param("POST", "/inbox/users/import/", "/inbox/users/import/", id="slash at the end"),
        pytest.param("POST", "/%3Cscript%3E", "/&lt;script&gt;", id="markup"),
    ],
)
def test_everything_else_is_answered_404_as_express_does(inbox, method, path, shown):
    answer = inbox.client.request(method, path)
    assert answer.status_code == 404
    assert f"<pre>Cannot {method} {shown}</pre>" in answer.text


def test_a_receipt_tells_what_came_and_never_the_token(inbox, person):
    answer = inbox.post(person("A", "1"), person("B", "x"), headers={"authtype": "Key"})
    (receipt,) = inbox.sandbox.receipts()
    assert (receipt.seq, receipt.method, receipt.path, receipt.phones, receipt.status) == (
        1,
        "POST",
        "/inbox/users/import",
        ("911", "91x"),
        answer.status_code,
    )
    assert {"authorization", "authtype", "content-type"} <= set(receipt.headers)
    assert receipt.contacts == [person("A", "1"), person("B", "x")]
    assert "sandbox-token" not in repr(receipt)


@pytest.mark.parametrize(
    ("choices", "stored"),
    [
        pytest.param({}, [(), ("913",)], id="whole batches"),
        pytest.param({"whole_batch": False}, [("911",), ("913",)], id="row by row"),
        pytest.param({"lose": frozenset({"913"})}, [(), ()], id="lost"),
    ],
)
def test_a_receipt_tells_which_contacts_were_stored(start, person, choices, stored):
    inbox = start(**choices)
    inbox.post(person("A", "1"), person("B", "x"))
    inbox.post(person("C", "3"))
    assert [receipt.stored for receipt in inbox.sandbox.receipts()] == stored


@pytest.mark.parametrize("body", [b"", b"{", b"5", b'"text"', b"\xff"])
def test_a_receipt_of_a_body_that_is_no_array_holds_no_contacts(inbox, person, body):
    inbox.post(person(), json=None, content=body, headers={"Content-Type": "application/json"})
    (receipt,) = inbox.sandbox.receipts()
    assert (receipt.contacts, receipt.body) == ([], body)


def test_an_answer_takes_as_long_as_it_is_told_to(start, person):
    assert start(latency=0.1).post(person()).elapsed.total_seconds() >= 0.1


def test_no_answer_waits_for_the_clients_acknowledgement(inbox, person):
    took = [inbox.post(person()).elapsed.total_seconds() for _ in range(9)]
    assert statistics.median(took) < 0.03
