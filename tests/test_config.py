"""Settings from files."""

from pathlib import Path

import pytest

from contact_import.config import load
from contact_import.errors import UsageProblem

OPTIONS = {"country", "tag", "map", "token_file", "base_url"}


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """The current folder and the user's configuration folder."""
    project, home = tmp_path / "project", tmp_path / "config" / "contact-import"
    project.mkdir()
    home.mkdir(parents=True)
    monkeypatch.chdir(project)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return project / "contact-import.toml", home / "contact-import.toml"


def test_a_profile_wins_over_the_project_which_wins_over_the_user(folders):
    project, user = folders
    user.write_text('[upload]\ncountry = "IN"\ntag = ["u"]\nbase_url = "https://u.example.com"\ntoken_file = "t"\n')
    project.write_text(
        '[upload]\ncountry = "BR"\ntag = ["p"]\n[profiles.night]\ntag = ["n"]\n[profiles.night.map]\n'
        'phone = ["A", "B"]\nname = "C"\n'
    )
    general = {"country": "BR", "base_url": "https://u.example.com", "token_file": "t"}
    assert load(OPTIONS) == {**general, "tag": ["p"]}
    assert load(OPTIONS, profile="night") == {**general, "tag": ["n"], "map": ["phone=A", "phone=B", "name=C"]}


def test_a_named_file_is_read_instead_of_both(folders, tmp_path):
    project, _ = folders
    project.write_text('[upload]\ncountry = "BR"\n')
    (tmp_path / "own.toml").write_text('[upload]\ntag = ["x"]\n')
    assert load(OPTIONS, path=tmp_path / "own.toml") == {"tag": ["x"]}


def test_no_file_is_no_setting(folders):
    assert load(OPTIONS) == {}


@pytest.mark.parametrize(
    ("text", "profile", "words"),
    [
        pytest.param(
            "[upload]\ncuontry = 1", None, "contact-import.toml: cuontry is no option of upload", id="misspelt"
        ),
        pytest.param('[upload]\ntoken = "x"', None, "token has no place here", id="a token"),
        pytest.param('[upload]\ntoken_file = "x"', None, "token_file has no place here", id="token file of a project"),
        pytest.param("upload = 1", None, "upload must be a table", id="no table"),
        pytest.param("[upload", None, "is not TOML", id="not TOML"),
        pytest.param("[upload]", "day", "no profile 'day' in contact-import.toml", id="unknown profile"),
    ],
)
def test_what_is_no_setting_is_named(folders, text, profile, words):
    folders[0].write_text(text)
    with pytest.raises(UsageProblem, match=words):
        load(OPTIONS, profile=profile)


def test_a_file_that_is_not_there_is_named(folders):
    with pytest.raises(UsageProblem, match=r"missing\.toml cannot be read"):
        load(OPTIONS, path=Path("missing.toml"))
