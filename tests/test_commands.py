"""How the words of a command line become groups of options, and these a job."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.main import get_command

from contact_import import advice, api
from contact_import.api import Wire
from contact_import.cli import app
from contact_import.commands import jobs, options, remote, settings
from contact_import.commands.flat import flat
from contact_import.commands.options import Upload
from contact_import.errors import UsageProblem
from contact_import.intake import Job
from contact_import.pace import Patience
from contact_import.readers import ReadOptions


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch):
    for name in [name for name in os.environ if name.startswith("CONTACT_IMPORT_")]:
        monkeypatch.delenv(name)


# Groups


@dataclass(frozen=True)
class Size:
    width: Annotated[int, typer.Option("--width")] = 2
    height: Annotated[int, typer.Option("--height")] = 3


@dataclass(frozen=True)
class Picture:
    title: Annotated[str, typer.Option("--title")]
    size: Size = Size()
    colours: Annotated[list[str] | None, typer.Option("--colour")] = None


def draw(
    path: Annotated[str, typer.Argument()],
    *,
    picture: Picture,
    dark: Annotated[bool, typer.Option("--dark")] = False,
) -> tuple[str, Picture, bool]:
    """Draw a picture."""
    return path, picture, dark


def as_typer_has_it(command):
    only = typer.Typer(add_completion=False)
    only.command()(flat(command))
    return get_command(only)


def told(command, *words):
    """Return what *command* returns for *words*."""
    return as_typer_has_it(command)(list(words), standalone_mode=False)


def test_the_options_of_groups_stand_where_the_groups_do():
    command = as_typer_has_it(draw)
    assert command.help == "Draw a picture."
    assert [(option.name, option.required, option.default) for option in command.params] == [
        ("path", True, None),
        ("title", True, None),
        ("width", False, 2),
        ("height", False, 3),
        ("colours", False, None),
        ("dark", False, False),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(("p", "--title", "t"), ("p", Picture("t"), False), id="defaults"),
        pytest.param(
            ("p", "--title", "t", "--height", "9", "--colour", "red", "--colour", "blue", "--dark"),
            ("p", Picture("t", Size(2, 9), ["red", "blue"]), True),
            id="a group in a group",
        ),
    ],
)
def test_a_command_gets_its_groups_from_the_words(words, expected):
    assert told(draw, *words) == expected


def test_a_flat_command_can_be_called_with_the_values_of_its_options():
    assert flat(draw)(path="p", title="t", width=1) == ("p", Picture("t", Size(1, 3)), False)
    with pytest.raises(TypeError, match="'wdth'"):
        flat(draw)(path="p", title="t", wdth=1)


def test_an_option_that_two_groups_have_is_refused():
    def twice(*, size: Size, width: Annotated[int, typer.Option("--width")] = 1) -> None: ...

    with pytest.raises(ValueError, match="duplicate parameter name: 'width'"):
        flat(twice)


# The options of `upload`


def test_every_option_of_upload_is_named_in_settings_files_as_on_the_command_line():
    _files, *others = get_command(app).commands["upload"].params
    assert [option.name for option in others if f"--{option.name.replace('_', '-')}" not in option.opts] == []


def test_advice_knows_which_options_of_upload_take_no_value():
    flags = [option for option in get_command(app).commands["upload"].params if getattr(option, "is_flag", False)]
    assert {word for option in flags if not option.hidden for word in option.opts} == advice._FLAGS


def test_contacts_go_to_the_platform_unless_another_address_is_given():
    assert Upload(["w.csv"]).base_url == api.DEFAULT_BASE_URL


def asked(given: Upload) -> Upload:
    return given


def asked_with_files(given: Upload, settled: settings.Settled = False) -> Upload:
    return given


@pytest.fixture
def config(tmp_path):
    """A settings file with a profile."""
    path = tmp_path / "own.toml"
    path.write_text(
        '[upload]\ncountry = "IN"\ntag = ["a", "b"]\nmax_outage = 5\njson = true\nproxy = "http://file.example.com"\n'
        'base_url = "https://file.example.com"\ntoken_file = "from-file"\n[upload.map]\nphone = ["A", "B"]\n'
        '[profiles.night]\ncountry = "BR"\nfiles = ["w.csv"]\n'
    )
    return str(path)


@pytest.mark.parametrize(
    ("words", "environment", "profile", "expected"),
    [
        pytest.param(("w.csv",), {}, None, "IN", id="file"),
        pytest.param(("--profile", "night"), {}, "night", "BR", id="profile, with the files to send"),
        pytest.param(
            ("w.csv", "--profile", "night"), {"CONTACT_IMPORT_COUNTRY": "AE"}, "night", "AE", id="environment"
        ),
        pytest.param(("--country", "ZA", "w.csv"), {"CONTACT_IMPORT_COUNTRY": "AE"}, None, "ZA", id="command line"),
    ],
)
def test_the_command_line_wins_over_the_environment_which_wins_over_files(
    config, monkeypatch, words, environment, profile, expected
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert told(asked_with_files, *words, "--config", config) == Upload(
        ["w.csv"],
        mapping=options.Mapping(country=expected, map=["phone=A", "phone=B"], tag=["a", "b"]),
        base_url="https://file.example.com",
        token=options.Token(Path("from-file")),
        sending=options.Sending(max_outage=5.0),
        network=options.Network("http://file.example.com"),
        output=options.FullOutput(json=True),
        settings=options.Settings(Path(config), profile),
    )


@pytest.mark.parametrize("name", ["config", "profile", "yes", "ask", "settled", "token_stdin", "n", "help"])
def test_no_settings_file_says_where_settings_are_or_answers_for_the_user(tmp_path, name):
    path = tmp_path / "own.toml"
    path.write_text(f"[upload]\n{name} = true\n")
    with pytest.raises(UsageProblem, match=rf"own\.toml: {name} (is no option of upload|has no place here)"):
        settings.kept(options.Settings(path))


@pytest.mark.parametrize(
    ("token", "network", "base_url", "expected"),
    [
        pytest.param(
            *(options.Token(), options.Network(), None),
            ("https://file.example.com", Path("from-file"), False, "http://file.example.com", None),
            id="all from the file",
        ),
        pytest.param(
            options.Token(Path("own")),
            options.Network("http://own.example.com", Path("own.pem")),
            "https://own.example.com",
            ("https://own.example.com", Path("own"), False, "http://own.example.com", Path("own.pem")),
            id="all from the options",
        ),
        pytest.param(
            *(options.Token(token_stdin=True), options.Network(), None),
            ("https://file.example.com", None, True, "http://file.example.com", None),
            id="the token from standard input alone",
        ),
    ],
)
def test_commands_that_ask_a_platform_take_the_way_of_upload(config, token, network, base_url, expected):
    access = options.Access(token, network, options.Settings(Path(config)))
    assert remote.way(access, base_url) == remote.Way(*expected)


# From options to a job

PLAIN = Job(files=(), endpoint=api.DEFAULT_BASE_URL)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("", {}, id="nothing but files"),
        pytest.param("-n --strict --fresh", {"dry_run": True, "strict": True, "fresh": True}, id="flags"),
        pytest.param("--sandbox --proxy http://p.example.com", {"endpoint": "sandbox"}, id="sandbox, past any proxy"),
        pytest.param(
            "--base-url https://o.example.com/ --proxy http://p.example.com:3128",
            {"endpoint": "https://o.example.com", "proxy": "http://p.example.com:3128"},
            id="proxy",
        ),
        pytest.param(
            "--sheet S --encoding cp1252 --delimiter ; --header-row 0",
            {"reading": ReadOptions("S", "cp1252", ";", 0)},
            id="reading",
        ),
        pytest.param(
            "--country IN --map phone=A --map phone=B=C --attribute city=Town --tag x --tag y --tag x "
            "--save-mapping s.toml",
            {
                "region": "IN",
                "given": {"phone": ["A", "B=C"]},
                "attributes": {"city": "Town"},
                "tags": ("x", "y"),
                "save_mapping": Path("s.toml"),
            },
            id="mapping",
        ),
        pytest.param(
            "--where City=Pune --where City=Goa --limit 9 --sample 3 --require-consent OK=yes "
            "--suppress a --suppress b --include-opted-out",
            {
                "where": {"City": ["Pune", "Goa"]},
                "limit": 9,
                "sample": 3,
                "consent": {"OK": ["yes"]},
                "suppress": (Path("a"), Path("b")),
                "include_opted_out": True,
            },
            id="choice",
        ),
        pytest.param(
            "--batch-size 7 --max-bytes 2000 --concurrency 2 --rate 5 --max-outage 1 --deadline 60",
            {"limits": (7, 2000), "concurrency": 2, "patience": Patience(rate=5, max_outage=1, deadline=60)},
            id="pace",
        ),
        pytest.param(
            "--send-empty --no-authtype --bot-id b1 --accept-success ok=true",
            {"wire": Wire(send_empty=True, authtype=False, bot_id="b1", successes=(api.success("ok=true"),))},
            id="wire",
        ),
        pytest.param("--on-unconfirmed hold", {"hold_unconfirmed": True}, id="what is in doubt stays"),
        pytest.param("--resend-unconfirmed", {"resend_unconfirmed": True}, id="what is in doubt goes out"),
        pytest.param(
            "--max-reject 5 --expect-rows 9 --failures f.csv --outcomes o.csv",
            {"max_reject": 5, "expect_rows": 9, "failures": Path("f.csv"), "outcomes": Path("o.csv")},
            id="guards and reports",
        ),
    ],
)
def test_the_words_of_the_command_line_make_a_job(words, expected):
    assert jobs.uploading(told(asked, "w.csv", *words.split())) == replace(PLAIN, **expected)


def test_what_is_given_wins_over_a_saved_mapping(tmp_path):
    path = tmp_path / "saved.toml"
    path.write_text(
        '[map]\nphone = "Saved"\nname = "Saved name"\n[attribute]\ncity = "Saved city"\nage = "Saved age"\n'
    )
    mapping = options.Mapping(map=["phone=A"], attribute=["city=Town"], mapping=path)
    expected = {"phone": ["A"], "name": "Saved name"}
    job = jobs.uploading(Upload(["w.csv"], mapping=mapping))
    assert (job.given, job.attributes) == (expected, {"city": "Town", "age": "Saved age"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("--map phone", 'takes NAME=COLUMN, such as --map phone="Mobile No."', id="map"),
        pytest.param("--attribute a=", "--attribute takes NAME=COLUMN", id="attribute without a column"),
        pytest.param("--attribute a=A --attribute a=B", "--attribute a is given twice", id="attribute twice"),
        pytest.param("--where Pune", "--where takes COLUMN=VALUE, such as --where City=Pune", id="where"),
        pytest.param("--require-consent yes", "--require-consent takes COLUMN=VALUE", id="consent"),
        pytest.param("--country Atlantis", "--country takes the two letters", id="country"),
        pytest.param("--base-url http://example.com", "--base-url must be https", id="address"),
        pytest.param("--proxy p.example.com", "--proxy must be an address", id="proxy"),
        pytest.param("--on-unconfirmed hold --resend-unconfirmed", "say the opposite of each other", id="doubt"),
        pytest.param("--ca-file no.pem", "--ca-file cannot be used", id="certificates"),
    ],
)
def test_words_that_make_no_sense_are_refused_before_anything_is_read(words, said):
    with pytest.raises(UsageProblem) as problem:
        jobs.uploading(told(asked, "w.csv", *words.split()))
    assert said in str(problem.value)
