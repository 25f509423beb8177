"""Where the token comes from, which ones are refused, and that no text ever shows it."""

from __future__ import annotations

import base64
import io
import json
import os
import sys
import traceback
from pathlib import Path
from types import ModuleType

import pytest

from contact_import.credentials import Secret, find_token, in_the_open
from contact_import.errors import UsageProblem

FILE, STDIN, NAMED, ENVIRONMENT, KEYRING = (
    f"token-of-{name}" for name in "file stdin named environment keyring".split()
)


class KeyringError(Exception):
    """What the library raises where there is no keyring to ask."""


@pytest.fixture
def keyring(monkeypatch):
    """Stand in for the keyring library; call it with what it answers."""

    def install(answer: str | KeyringError | None) -> None:
        def get_password(service: str, user: str) -> str | None:
            assert (service, user) == ("contact-import", "token")
            if isinstance(answer, KeyringError):
                raise answer
            return answer

        library, errors = ModuleType("keyring"), ModuleType("keyring.errors")
        vars(library).update(get_password=get_password, errors=errors)
        vars(errors).update(KeyringError=KeyringError)
        monkeypatch.setitem(sys.modules, "keyring", library)
        monkeypatch.setitem(sys.modules, "keyring.errors", errors)

    return install


@pytest.fixture
def no_keyring(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)  # importing it fails from now on


def token_file(path: Path, content: str | bytes = FILE, mode: int = 0o600) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(mode)
    return path


def find(file=None, *, stdin: str | None = None, environment=None) -> str:
    environment = {} if environment is None else environment
    token = find_token(file, from_stdin=stdin is not None, environment=environment, stdin=io.StringIO(stdin or ""))
    return token.reveal()


# Sources ------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "found"),
    [(0, FILE), (1, STDIN), (2, NAMED), (3, ENVIRONMENT), (4, KEYRING)],
    ids=["file", "standard input", "file named by the environment", "environment", "keyring"],
)
def test_the_first_place_that_has_a_token_is_the_one(tmp_path, keyring, missing, found):
    keyring(KEYRING)
    named = token_file(tmp_path / "named", NAMED)
    environment = {"CONTACT_IMPORT_TOKEN_FILE": str(named), "CONTACT_IMPORT_TOKEN": ENVIRONMENT}
    assert (
        find(
            token_file(tmp_path / "file") if missing < 1 else None,
            stdin=f"{STDIN}\n" if missing < 2 else None,
            environment=dict(list(environment.items())[max(0, missing - 2) :]),
        )
        == found
    )


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize("environment", [{}, {"CONTACT_IMPORT_TOKEN": "", "CONTACT_IMPORT_TOKEN_FILE": ""}])
def test_without_any_token_the_words_say_where_to_put_one(environment):
    with pytest.raises(UsageProblem, match=r"no token: .*--token-file.*CONTACT_IMPORT_TOKEN.*--sandbox or --dry-run"):
        find(environment=environment)


@pytest.mark.parametrize("answer", [None, "", KeyringError("locked")], ids=["nothing", "empty", "locked"])
def test_a_keyring_that_has_none_is_passed_over(keyring, answer):
    keyring(answer)
    with pytest.raises(UsageProblem, match="no token: "):
        find()


def test_a_source_that_was_named_is_never_passed_over(tmp_path, keyring):
    keyring(KEYRING)
    with pytest.raises(UsageProblem):
        find(tmp_path / "missing", environment={"CONTACT_IMPORT_TOKEN": ENVIRONMENT})
    with pytest.raises(UsageProblem):
        find(stdin="", environment={"CONTACT_IMPORT_TOKEN": ENVIRONMENT})
    with pytest.raises(UsageProblem):
        find(environment={"CONTACT_IMPORT_TOKEN": "bad token", "CONTACT_IMPORT_TOKEN_FILE": str(tmp_path / "missing")})


# Shapes ------------------------------------------------------------

TOKEN = "Az09._~+/=-0"


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(TOKEN, id="bare"),
        pytest.param(f"{TOKEN}\n", id="line"),
        pytest.param(f"  {TOKEN}\r\n", id="padded"),
        pytest.param(f"Bearer {TOKEN}\n", id="Bearer"),
        pytest.param("\ufeff" + TOKEN, id="byte order mark"),
    ],
)
def test_a_token_is_found_in_what_people_write(tmp_path, written):
    assert find(token_file(tmp_path / "t", written)) == TOKEN


@pytest.mark.parametrize("count", [8, 4096])
def test_short_and_long_tokens(count):
    assert find(environment={"CONTACT_IMPORT_TOKEN": "t" * count}) == "t" * count


BAD = [
    pytest.param("", 0, id="empty"),
    pytest.param("secret7", 7, id="too short"),
    pytest.param("secret-" * 585 + "12", 4097, id="too long"),
    pytest.param("secret-one secret-two", 21, id="space"),
    pytest.param("secret-one\nsecret-two", 21, id="two lines"),
    pytest.param('"secret-one"', 12, id="quotes"),
    pytest.param("secret-öne", 10, id="not ASCII"),
    pytest.param("secret\0one", 10, id="NUL"),
    pytest.param("Token secret-one", 16, id="another scheme"),
]


def shown(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error)


@pytest.mark.parametrize(("text", "length"), BAD)
def test_what_is_no_token_is_refused_by_its_length_alone(tmp_path, text, length):
    words = f"the token file does not hold a token: {length} characters, some that no token has"
    with pytest.raises(UsageProblem) as caught:
        find(token_file(tmp_path / "t", text))
    assert str(caught.value) == words
    assert "secret" not in shown(caught.value)


@pytest.mark.parametrize(
    ("where", "arguments"),
    [
        ("the token on standard input", {"stdin": "secret one"}),
        ("CONTACT_IMPORT_TOKEN", {"environment": {"CONTACT_IMPORT_TOKEN": "secret one"}}),
    ],
)
def test_the_place_of_a_bad_token_is_named(where, arguments):
    with pytest.raises(UsageProblem) as caught:
        find(**arguments)
    assert str(caught.value) == f"{where} does not hold a token: 10 characters, some that no token has"
    assert "secret" not in shown(caught.value)


# Files ------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o601, 0o660, 0o777])
def test_a_token_file_that_others_can_use_is_refused(tmp_path, mode):
    path = token_file(tmp_path / "t", mode=mode)
    with pytest.raises(UsageProblem) as caught:
        find(path)
    assert str(caught.value) == "the token file must be yours, and readable by you alone: chmod 600 it"
    assert FILE not in shown(caught.value)


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_token_file_for_its_owner_alone_is_read(tmp_path, mode):
    assert find(token_file(tmp_path / "t", mode=mode)) == FILE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_a_token_file_of_somebody_else_is_refused(tmp_path):
    path = token_file(tmp_path / "t")
    os.chown(path, 65534, 65534)
    with pytest.raises(UsageProblem, match="must be yours"):
        find(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda path: None, "No such file or directory", id="missing"),
        pytest.param(Path.mkdir, "Is a directory", id="folder"),
        pytest.param(lambda path: token_file(path, b"secret-\xff\xfe"), "it is not text", id="not text"),
    ],
)
def test_a_token_file_that_cannot_be_read_is_refused(tmp_path, make, words):
    make(tmp_path / "t")
    with pytest.raises(UsageProblem) as caught:
        find(tmp_path / "t")
    assert str(caught.value) == f"the token file cannot be read: {words}"
    assert "secret" not in shown(caught.value)


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize("arguments", [{}, {"stdin": f"{STDIN}\n"}], ids=["used", "not used"])
def test_the_token_is_gone_from_the_environment_once_it_was_looked_for(arguments):
    environment = {"CONTACT_IMPORT_TOKEN": ENVIRONMENT, "PATH": "/bin"}
    find(environment=environment, **arguments)
    assert environment == {"PATH": "/bin"}


# The command line ------------------------------------------------------------

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
RUN = "20260102-030405-123456-0a1b2c3d4e5f"


@pytest.mark.parametrize(
    ("word", "found"),
    [
        pytest.param(JWT, True, id="JSON web token"),
        pytest.param("canary-8f14e45fceea167a5a36dedd4bea2543", True, id="hexadecimal"),
        pytest.param("q9X2mLr7TzB4vKc8WnY1sDf6HjP3aGe5", True, id="letters and digits"),
        pytest.param("QxLmRrTzBvKcWnYsDfHjPaGeUoIiZzTtRrEe", True, id="letters"),
        pytest.param("--token=canary-8f14e45fceea167a5a36dedd4bea2543", True, id="behind an option"),
        pytest.param("contacts_export_2024-01-15_final_version_of_the_list", False, id="name"),
        pytest.param("8f14e45f-ceea-167a-5a36-dedd4bea2543.csv", False, id="name of a file"),
        pytest.param("CustomersOfThePuneShopWhoBoughtSomething", False, id="capitals"),
        pytest.param("2024-01-01-to-2024-12-31-h1-h2-q1-q2-q3-q4", False, id="dates"),
        pytest.param("64b7f3a2c9d0e1f2a3b4c5d6", False, id="id of a bot"),
        pytest.param(RUN, False, id="run"),
        pytest.param("--map=phone=Mobile No. 1 or WhatsApp No. 2", False, id="column"),
        pytest.param(
            "https://example.com/q9X2mLr7TzB4vKc8WnY1sDf6HjP3aGe5?key=q9X2mLr7TzB4vKc8WnY1sDf6HjP3", False, id="link"
        ),
        pytest.param("+919812300101", False, id="phone"),
        pytest.param("--require-consent", False, id="option"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_word_of_the_command_line_is_known_to_be_a_token_as_far_as_one_can_tell(word, found):
    assert in_the_open(["upload", word, "--dry-run"]) is found


def test_what_is_a_file_is_no_token(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = "q9X2mLr7TzB4vKc8WnY1sDf6HjP3aGe5"
    assert in_the_open([name])
    (tmp_path / name).touch()
    assert not in_the_open([name])


# Silence ------------------------------------------------------------


def jwt(claims: object) -> str:
    middle = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJIUzI1NiJ9.{middle}.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"


@pytest.mark.parametrize(
    ("text", "shape", "expires"),
    [
        pytest.param("q9X2mLr7", "an opaque text", None, id="opaque"),
        pytest.param(jwt({"exp": 1750000000}), "a JSON web token", 1750000000.0, id="expires"),
        pytest.param(jwt({"sub": "somebody"}), "a JSON web token", None, id="never"),
        pytest.param(jwt({"exp": "tomorrow"}), "a JSON web token", None, id="nonsense"),
        pytest.param(jwt(["exp", 1, 2, 3]), "a JSON web token", None, id="no claims"),
    ],
)
def test_of_a_token_only_its_shape_is_said(tmp_path, text, shape, expires):
    token = find_token(token_file(tmp_path / "t", text), from_stdin=False, environment={})
    assert (token.where, token.shape, token.expires) == (
        *("the token file", f"{shape} of {len(text)} characters", expires),
    )


def test_nothing_that_prints_a_token_shows_it():
    secret = Secret(TOKEN)
    assert secret.reveal() == TOKEN
    texts = [str(secret), repr(secret), f"{secret}", f"{secret!r}", "%s" % secret, repr([secret]), repr({"a": secret})]  # noqa: UP031
    assert texts == [*["Secret(***)"] * 5, "[Secret(***)]", "{'a': Secret(***)}"]
    assert not hasattr(secret, "__dict__")
