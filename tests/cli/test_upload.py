"""What `upload` does with its options, its files and the platform's answers."""

import hashlib
import json
import math
import shutil
from collections import Counter

import pytest

from contact_import.sandbox import Fault

ALWAYS_DIFFERENT = ("run", "seconds", "dry_run", "endpoint", "requests", "failures_file")


def test_a_dry_run_gives_the_account_of_the_real_run_and_leaves_nothing_but_its_files(command, sample):
    environment, sockets = command.watched()
    messy = sample / "messy.csv"
    given = {"failures": "real-failures.csv", "outcomes": "real.csv"}

    dry = command.upload(messy, None, "--outcomes", "dry.csv", env=environment)
    after_dry = command.files()
    real = command(
        *("upload", messy, "--country", "IN", "--sandbox", "--json"),
        *(word for name, file in given.items() for word in (f"--{name}", file)),
        env=environment,
    )

    assert after_dry == {"token", "early/sitecustomize.py", "dry.csv", "messy-failures.csv"}
    assert not command.state.joinpath("runs").exists() or sockets.exists(), "the watch over sockets does not watch"
    assert (dry.code, real.code) == (3, 3)
    assert dry.account["ready"] == real.account["accepted"] > 30
    alike = {key: value for key, value in dry.account.items() if key not in {*ALWAYS_DIFFERENT, "ready", "accepted"}}
    assert {key: real.account[key] for key in alike} == alike
    assert [(dry.account[key], real.account[key]) for key in ("dry_run", "requests", "accepted")] == [
        (True, False),
        (0, 3),
        (0, dry.account["ready"]),
    ]
    rehearsed = [{**row, "outcome": row["outcome"].replace("ready", "accepted")} for row in command.rows("dry.csv")]
    assert command.rows("real.csv") == rehearsed
    assert len(rehearsed) == dry.account["read"] == 61
    assert Counter(row["outcome"] for row in rehearsed) == Counter(real.counts)
    assert command.rows("messy-failures.csv") == command.rows("real-failures.csv")


def test_fifteen_refused_rows_of_ten_thousand_are_found_in_few_requests(command, platform, stored, received):
    phones = command.people(10_000)
    refused = phones[::667]
    served = platform(refuse=frozenset(refused))

    ran = command.upload("people.csv", served, "--outcomes", "outcomes.csv")

    assert len(refused) == 15
    assert (ran.code, ran.counts) == (3, {"accepted": 9_985, "rejected": 15})
    assert ran.account["reasons"] == {"api-refused": 15}
    assert stored(served) == sorted(set(phones) - set(refused))
    named = command.rows(ran.account["failures_file"])
    assert [f"91{row['Mobile']}" for row in named] == refused
    assert [int(row["row"]) for row in named] == [phones.index(phone) + 2 for phone in refused]
    assert {row["outcome"] for row in named} == {"rejected"}
    assert all(row["reason"].startswith("api-refused: ") for row in named)
    assert len(served.receipts()) == ran.account["requests"] <= 450
    assert ran.account["resent_rows"] == 0, "a refused request stored nothing"
    assert max(received(served.receipts()).values()) <= 2 + math.ceil(math.log2(100))
    outcomes = command.rows("outcomes.csv")
    assert [(row["row"], row["prefix"] + row["number"]) for row in outcomes] == [
        (str(index), phone) for index, phone in enumerate(phones, 2)
    ]
    assert {row["prefix"] + row["number"] for row in outcomes if row["outcome"] == "rejected"} == set(refused)


def test_a_fault_free_upload_sends_each_row_once_first_one_then_ten(command, platform, sample, received):
    served = platform()

    ran = command.upload(sample / "contacts.csv", served)

    assert (ran.code, ran.out[-1], ran.err) == (0, "\n", "")
    assert ran.counts == {"accepted": 20}
    assert ran.account["endpoint"] == f"{served.base_url}/inbox/users/import"
    assert ran.account["files"] == [str(sample / "contacts.csv")]
    assert ran.account["countries"] == {"IN": 20}
    assert ran.account["failures_file"] is None
    assert set(received(served.receipts()).values()) == {1}
    assert [len(receipt.phones) for receipt in served.receipts()] == [1, 10, 9]


CLIENTS = [
    ("Client", "Mobile", "Alternate", "Town", "VAT"),
    ("Asha", "9812300101", "9812300102", "Pune", "A1"),
    ("Rohan", "9812300103", "9812300104", "Kochi", ""),
]


def details_of(served):
    found = [contact["profile"]["userDetails"] for contact in served.contacts()]
    return sorted(found, key=lambda details: details["whatsAppNumber"])


def test_map_attribute_and_tag_say_what_is_sent_and_a_saved_mapping_says_it_again(command, platform):
    command.write("clients.csv", CLIENTS)
    served, again = platform(), platform()
    named = ("--map", "phone=Alternate", "--map", "name=Client", "--attribute", "city=Town", "--attribute", "vat=#5")

    first = command.upload("clients.csv", served, *named, "--tag", "diwali", "--tag", "vip", "--save-mapping", "m.toml")
    mapping = (command.folder / "m.toml").read_text("utf-8")
    second = command.upload("clients.csv", again, "--mapping", "m.toml", "--tag", "diwali", "--tag", "vip")

    assert (first.counts, second.counts) == ({"accepted": 2}, {"accepted": 2})
    assert details_of(served) == details_of(again)
    assert [
        (one["userProvidedName"], one["whatsAppNumber"], one["tags"], one["attributes"]) for one in details_of(served)
    ] == [
        (
            *("Asha", "919812300102", ["diwali", "vip"]),
            [{"key": "city", "value": "Pune"}, {"key": "vat", "value": "A1"}],
        ),
        ("Rohan", "919812300104", ["diwali", "vip"], [{"key": "city", "value": "Kochi"}]),
    ]
    assert "Asha" not in mapping
    assert mapping == ('[map]\nname = "Client"\nphone = "Alternate"\n\n[attribute]\ncity = "Town"\nvat = "VAT"\n')
    assert (command.folder / "m.toml").stat().st_mode & 0o777 == 0o600


ASHA = {"profile": {"userDetails": {"contact": {"phone": {"number": "9812300101", "prefix": "91"}}}}}
FULL = {
    "profile": {
        "userDetails": {
            "contact": {"phone": {"number": "9812300101", "prefix": "91"}, "email": ""},
            "userProvidedName": "",
            "tags": [],
            "attributes": [],
        }
    }
}


@pytest.mark.parametrize(
    ("words", "code", "contact", "headers"),
    [
        ((), 0, ASHA, {"authtype"}),
        (("--send-empty",), 0, FULL, {"authtype"}),
        (("--no-authtype",), 5, ASHA, set()),
        (("--bot-id", "5f00"), 0, ASHA, {"authtype", "botid"}),
    ],
    ids=["as-it-comes", "send-empty", "no-authtype", "bot-id"],
)
def test_the_wire_options_alter_bytes_and_headers(command, platform, words, code, contact, headers):
    command.write("one.csv", [("Name", "Mobile", "Email"), ("", "9812300101", "")])
    served = platform(strict_authtype=True)

    ran = command.upload("one.csv", served, *words)

    (receipt,) = served.receipts()
    body = json.dumps([contact], separators=(",", ":")).encode()
    assert ran.code == code
    assert receipt.sha256 == hashlib.sha256(body).hexdigest()
    assert headers == {"authtype", "botid"}.intersection(receipt.headers)
    assert {"authorization", "content-type"} <= set(receipt.headers)
    assert not {"origin", "referer", "cookie", "proxy-authorization"}.intersection(receipt.headers)


def test_the_environment_sets_options_and_the_command_line_wins_over_it(command, platform):
    command.people(36)
    served = platform()
    environment = {
        "CONTACT_IMPORT_COUNTRY": "IN",
        "CONTACT_IMPORT_BATCH_SIZE": "3",
        "CONTACT_IMPORT_CONCURRENCY": "1",
        "CONTACT_IMPORT_BASE_URL": served.base_url,
        "CONTACT_IMPORT_TOKEN_FILE": "token",
        "CONTACT_IMPORT_JSON": "1",
    }

    ran = command("upload", "people.csv", "--batch-size", 12, "--rate", 10, env=environment)

    sizes = [len(receipt.phones) for receipt in served.receipts()]
    times = [receipt.time for receipt in served.receipts()]
    assert ran.counts == {"accepted": 36}
    assert sizes == [1, 10, 12, 12, 1]
    assert times[-1] - times[0] > 0.3, "four pauses of 0.1 s, less what the first connection took"


def test_no_request_holds_more_contacts_than_batch_size_or_more_bytes_than_max_bytes(command, platform):
    command.people(60)
    few, small = platform(), platform(max_bytes=1_000)

    by_count = command.upload("people.csv", few, "--batch-size", 5)
    by_bytes = command.upload("people.csv", small, "--max-bytes", 1_000)

    assert by_bytes.counts == {"accepted": 60}
    assert {receipt.status for receipt in small.receipts()} == {200}, "no request was too large"
    assert len(small.receipts()) < 20
    assert by_count.counts == {"accepted": 60}
    assert max(len(receipt.phones) for receipt in few.receipts()) == 5


def test_a_platform_that_takes_less_than_we_send_is_given_less(command, platform, stored):
    phones = command.people(300)
    served = platform(max_bytes=4_000)

    ran = command.upload("people.csv", served)

    assert (ran.code, ran.counts) == (0, {"accepted": 300})
    assert stored(served) == sorted(phones)
    assert Counter(receipt.status for receipt in served.receipts())[413] <= 12


PASSING = [
    Fault(do="answer", status=502, when="after-commit", nth=4),
    Fault(do="reset", nth=8),
    Fault(do="cut", when="mid-answer", nth=12),
    Fault(do="answer", status=429, headers=(("retry-after", "0"),), nth=16),
]


def test_what_goes_wrong_for_a_moment_is_survived_and_counted(command, platform, stored, received):
    phones = command.people(400)
    served = platform(*PASSING)

    ran = command.upload("people.csv", served, "--batch-size", 20, "--concurrency", 2)

    assert (ran.code, ran.counts) == (0, {"accepted": 400})
    assert stored(served) == sorted(phones)
    assert ran.account["requests"] == len(served.receipts())
    again = received(served.receipts()) - Counter(phones)
    assert set(again.values()) == {1}
    # What was answered with 429 was refused as a whole; everything else may have been stored by the first request.
    (busy,) = [receipt for receipt in served.receipts() if receipt.status == 429]
    assert ran.account["resent_rows"] == len(again.keys() - set(busy.phones)) == 60


def test_strict_holds_what_is_otherwise_sent_with_a_warning(command):
    command.write("people.csv", [("Name", "Mobile"), ("Asha", "9812300101"), ("Shop", "022 2456 7890")])

    lenient, strict = command.upload("people.csv"), command.upload("people.csv", None, "--strict")

    assert (lenient.code, lenient.counts) == (0, {"ready": 2})
    assert lenient.account["warnings"] == {"landline": 1}
    assert (strict.code, strict.counts) == (3, {"ready": 1, "held": 1})
    assert [(row["row"], row["outcome"]) for row in command.rows("people-failures.csv")] == [("3", "held")]


def test_the_reading_options_win_over_detection(command, sample):
    text = "made by;the till\nNàme;Mobile;City, State\nAsha;9812300101;Pune, MH\nRohan;9812300102;Kochi, KL\n"
    (command.folder / "till.txt").write_bytes(text.encode("cp1252"))
    numbers = [("2", "ready", "9812300101"), ("3", "ready", "9812300102")]

    ran = command.upload(
        *("till.txt", None, "--delimiter", ";", "--encoding", "cp1252", "--header-row", "2"),
        *("--map", "name=Nàme", "--outcomes", "o.csv"),
    )
    headless = command.upload(
        *("till.txt", None, "--delimiter", ";", "--header-row", "0", "--map", "phone=#2", "--outcomes", "o2.csv")
    )
    sheet = command.upload(sample / "contacts.xlsx", None, "--sheet", "Contacts", "--outcomes", "o3.csv")
    no_sheet = command.upload(sample / "contacts.xlsx", None, "--sheet", "Kontakte")

    assert (ran.code, ran.counts) == (0, {"ready": 2})
    assert [(row["row"], row["outcome"], row["number"]) for row in command.rows("o.csv")] == [
        (str(int(row) + 1), *rest) for row, *rest in numbers
    ]
    assert [row["row"] for row in command.rows("o2.csv")] == ["1", "2", "3", "4"]
    assert (headless.code, headless.counts) == (3, {"ready": 2, "rejected": 2})
    assert (sheet.code, sheet.counts) == (0, {"ready": 20})
    assert (no_sheet.code, "Contacts" in no_sheet.err) == (7, True)


def test_standard_input_is_a_file_like_any_other(command, sample):
    ran = command.upload("-", given=(sample / "contacts.csv").read_text("utf-8"))

    assert (ran.code, ran.counts) == (0, {"ready": 20})


def test_several_files_are_one_run(command, platform, sample, stored):
    shutil.copy(sample / "contacts.csv", command.folder / "a.csv")
    command.write(
        *("b.csv", [("Phone", "Who"), ("+91 98123 00101", "Asha again"), ("98123", "Short"), ("9812300901", "New")])
    )
    served = platform()

    ran = command.upload("a.csv", served, "b.csv", sample / "contacts.xlsx", "--outcomes", "o.csv")

    assert (ran.code, ran.counts) == (3, {"accepted": 21, "rejected": 1, "duplicate": 21})
    assert ran.account["files"] == ["a.csv", "b.csv", str(sample / "contacts.xlsx")]
    assert len(stored(served)) == 21
    assert len(command.journals()) == 1
    outcomes = command.rows("o.csv")
    assert list(outcomes[0]) == ["file", "row", "outcome", "reason", "level", "rule", "prefix", "number"]
    assert [(row["file"], row["row"], row["outcome"], row["reason"]) for row in outcomes[20:23]] == [
        ("b.csv", "2", "duplicate", "duplicate: same phone as row 2 of a.csv"),
        ("b.csv", "3", "rejected", outcomes[21]["reason"]),
        ("b.csv", "4", "accepted", ""),
    ]
    (failure,) = command.rows("a-failures.csv")
    assert (failure["file"], failure["row"], failure["Phone"], failure["Who"]) == ("b.csv", "3", "98123", "Short")


def test_the_failures_file_corrected_and_uploaded_again_is_accepted(command, platform, stored):
    rows = [
        ("Notes", "Name", "Mobile", "Tags"),
        ("-", "Asha", "9812300101", "vip"),
        ("=1+1", "+Rohan", "98123O0102", "vip, @new"),
        ("", "-Meera", "", ""),
    ]
    command.write("people.csv", rows)
    served = platform()

    first = command.upload("people.csv", served)
    text = (command.folder / "people-failures.csv").read_text("utf-8-sig")
    failures = command.rows("people-failures.csv")
    (command.folder / "people-failures.csv").write_text(
        text.replace("98123O0102", "9812300102").replace('"\'-Meera",""', '"\'-Meera","9812300103"'), encoding="utf-8"
    )
    second = command.upload("people-failures.csv", served)

    assert (first.code, first.counts) == (3, {"accepted": 1, "rejected": 2})
    assert list(failures[0]) == ["row", "outcome", "reason", "suggestion", *rows[0]]
    assert [row["Name"] for row in failures] == ["'+Rohan", "'-Meera"]
    assert failures[0]["Notes"] == "'=1+1"
    assert (second.code, second.counts) == (0, {"accepted": 2})
    assert stored(served) == ["919812300101", "919812300102", "919812300103"]
    assert [(one["userProvidedName"], one["tags"]) for one in details_of(served)[1:]] == [
        ("+Rohan", ["vip", "@new"]),
        ("-Meera", []),
    ]


def test_the_failures_file_has_a_name_of_its_own_where_one_is_given_and_a_strangers_file_is_left_alone(command):
    command.write("people.csv", [("Name", "Mobile"), ("Asha", "98123")])
    (command.folder / "people-failures.csv").write_text("mine\n")

    refused = command.upload("people.csv")
    named = command.upload("people.csv", None, "--failures", "to-correct.csv")

    assert (refused.code, "people-failures.csv" in refused.err) == (2, True)
    assert (command.folder / "people-failures.csv").read_text() == "mine\n"
    assert named.account["failures_file"] == "to-correct.csv"
    assert command.files() == {"people.csv", "people-failures.csv", "to-correct.csv", "token"}
