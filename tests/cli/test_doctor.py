"""The doctor: what it finds in order, what not, and what it never shows."""

import base64
import json
import os
import resource

import pytest

from contact_import.sandbox import Fault


@pytest.fixture
def doctor(command, platform):
    """Run the doctor with a token for a platform that works, or for *served*."""

    def run(*words, served=None, code=0, token=True, **more):
        served = served or platform()
        given = ("--token-file", "token") if token else ()
        ran = command("doctor", "--json", "--base-url", served.base_url, *given, *words, **more)
        assert ran.code == code, ran.out + ran.err
        found = json.loads(ran.out)
        assert found["exit_code"] == code
        return {check["name"]: check for check in found["checks"]}

    return run


NAMES = ("program phones environment certificates state-folder disk lock runs address token platform clock").split()


def test_where_all_is_well_it_says_so_and_makes_one_call_that_only_reads(command, platform, doctor):
    served = platform()

    found = doctor(served=served)
    shown = command("doctor", "--base-url", served.base_url, "--token-file", "token")

    assert [name.replace(" ", "-") for name in found] == NAMES
    assert {check["state"] for check in found.values()} == {"ok"}
    assert found["token"]["words"] == f"the token file: an opaque text of {len(command.token)} characters"
    assert [(receipt.method, receipt.path) for receipt in served.receipts()] == [("GET", "/inbox/segments")] * 2
    assert [line.split()[0] for line in shown.out.splitlines()] == ["✓"] * len(NAMES)
    assert (shown.code, shown.err) == (0, "")
    assert command.files() == {"token"}


def test_offline_it_makes_no_call(command, platform):
    served = platform()
    environment, log = command.watched()

    ran = command("doctor", "--offline", "--base-url", served.base_url, "--token-file", "token", env=environment)

    assert (ran.code, log.exists(), served.receipts()) == (0, False, [])


def test_without_a_token_there_is_something_to_look_at_and_no_call(platform, doctor):
    served = platform()

    found = doctor(served=served, token=False, code=3)

    assert (found["token"]["state"], found["platform"]["state"], served.receipts()) == ("look", "off", [])
    assert "--token-file" in found["token"]["words"]


def jwt(**claims):
    middle = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJIUzI1NiJ9.{middle}.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"


EXPIRED = jwt(exp=1_700_000_000)


@pytest.mark.parametrize(
    ("fault", "choices", "code", "name", "words"),
    [
        pytest.param(None, {"token": "another-token"}, 5, "platform", "refused the token", id="5-token"),
        pytest.param(Fault(do="answer", status=404, path="/inbox/segments"), {}, 6, "platform", "HTTP 404", id="6"),
        pytest.param(Fault(do="answer", status=503, path="/inbox/segments"), {}, 4, "platform", "HTTP 503", id="4"),
    ],
)
def test_a_platform_that_does_not_answer_so_ends_with_its_code(platform, doctor, fault, choices, code, name, words):
    served = platform(*([fault] if fault else []), **choices)

    found = doctor(served=served, code=code)

    assert (found[name]["state"], words in found[name]["words"]) == ("bad", True)
    assert len(served.receipts()) == 1


def test_an_expired_token_is_told_before_it_is_refused(command, platform, doctor):
    command.token_file.write_text(EXPIRED)

    found = doctor(served=platform(token=EXPIRED), code=3)

    assert found["token"]["state"] == "look"
    assert "a JSON web token of" in found["token"]["words"]
    assert "expired at 2023-11-14 22:13 UTC" in found["token"]["words"]
    assert EXPIRED not in json.dumps(found)


def test_a_clock_that_is_wrong_is_told(platform, doctor):
    late = (("date", "Fri, 02 Jan 2026 03:04:05 GMT"),)
    body = b'{"success": true, "code": 200, "data": []}'
    fault = Fault(do="answer", status=200, path="/inbox/segments", headers=late, body=body)

    found = doctor(served=platform(fault), code=3)

    assert (found["platform"]["state"], found["clock"]["state"]) == ("ok", "look")
    assert "set this one right" in found["clock"]["words"]


PASSWORD = "proxy-password-7"


def test_what_the_environment_says_of_the_way_is_seen_named_and_ignored(doctor):
    proxy = f"http://somebody:{PASSWORD}@127.0.0.1:1"
    environment = {"HTTPS_PROXY": proxy, "http_proxy": proxy, "SSLKEYLOGFILE": "keys.log", "SSL_CERT_FILE": "/nowhere"}

    found = doctor(env=environment)

    assert found["platform"]["state"] == "ok"
    assert found["environment"]["words"].startswith(
        "HTTP_PROXY, HTTPS_PROXY, SSL_CERT_FILE, SSLKEYLOGFILE: seen, and ignored"
    )
    assert PASSWORD not in json.dumps(found)


def test_a_phone_engine_that_fell_back_is_told(command, doctor):
    broken = command.early(
        "from contact_import.phones.read import engine\n"
        "def none():\n    raise LookupError('metadata as never met before')\n"
        "honest = engine.prepare\n"
        "engine.prepare = lambda folder, *_: honest(folder, none)\n"
    )
    cache = {"XDG_CACHE_HOME": str(command.folder / "cache")}

    found = doctor(code=3, env={**broken, **cache})

    assert found["phones"]["state"] == "look"
    assert "phonenumbers alone" in found["phones"]["words"]


def test_a_state_folder_that_others_can_look_into_is_told(command, doctor):
    command.state.mkdir()
    command.state.chmod(0o755)

    found = doctor(code=3)

    assert (found["state folder"]["state"], "chmod" in found["state folder"]["words"]) == ("look", True)


def test_past_runs_that_want_something_are_told(command, platform, doctor):
    command.people(12)
    assert command.upload("people.csv", platform(Fault(do="answer", status=401, nth=2))).code == 5
    assert doctor()["runs"]["words"] == "1 in all; 1 were left unfinished"
    damaged = command.state / "runs" / "20260102-030405-000000-aaaaaaaaaaaa.sqlite3"
    damaged.write_bytes(b"no journal")
    os.utime(damaged, (0, 0))

    found = doctor(code=3)["runs"]

    assert found["state"] == "look"
    assert found["words"].startswith("2 in all; 1 cannot be read; 1 were left unfinished; 1 are older than 30 days: ")


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (("--base-url", "http://example.com"), 2, "address"),
        (("--token-file", "nowhere"), 2, "token"),
        (("--state-dir", "token/state"), 8, "state folder"),
    ],
)
def test_what_a_run_could_not_begin_with_has_its_exit_code(command, words, code, name):
    ran = command("doctor", "--json", "--offline", "--token-file", "token", *words)

    checks = {check["name"]: check for check in json.loads(ran.out)["checks"]}
    assert (ran.code, checks[name]["state"], checks[name]["exit_code"]) == (code, "bad", code)
    assert "Traceback" not in ran.err


def full():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


@pytest.mark.skipif(os.name != "posix", reason="limits are POSIX")
def test_a_disk_that_takes_no_more_is_told(command, doctor):
    found = doctor(code=8, preexec_fn=full)

    assert (found["disk"]["state"], "--state-dir" in found["disk"]["words"]) == ("bad", True)


def test_settings_are_heeded_as_an_upload_does(command, platform):
    served = platform()
    settings = command.folder / ".config" / "contact-import"
    settings.mkdir(parents=True)
    (settings / "contact-import.toml").write_text(
        f'[upload]\ntoken_file = "{command.token_file}"\n[profiles.night]\nbase_url = "{served.base_url}"\n'
    )

    ran = command("doctor", "--profile", "night")

    assert (ran.code, len(served.receipts())) == (0, 1)
    assert served.base_url in ran.out
