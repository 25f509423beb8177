"""What the README promises: its commands run, its tables are the program's, its picture is of this program."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from contact_import import errors
from contact_import.models import Outcome
from contact_import.sandbox import Behaviour, Sandbox

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOKEN = "readme-token-0123456789"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def shell(tmp_path):
    """A user's folder: the checkout's samples, a list with one bad row, a token in a file, a platform that answers."""
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    (tmp_path / "contacts.csv").write_text("Name,Phone\nAsha,9812300101\nRohan,98123\n", encoding="utf-8")
    (tmp_path / "contact-import.toml").write_text(blocks("toml")[0], encoding="utf-8")
    with Sandbox(tmp_path / "platform.sqlite3", Behaviour(token=TOKEN)) as platform:
        environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
            "LANG": "C.UTF-8",
            "CONTACT_IMPORT_BASE_URL": platform.base_url,
            "CONTACT_IMPORT_STATE_DIR": str(tmp_path / "state"),
        }

        def run(command: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                ["bash", "-c", command],
                cwd=tmp_path,
                env=environment,
                input=TOKEN,
                capture_output=True,
                text=True,
                check=False,
            )

        yield run


def test_every_contact_import_command_of_the_readme_runs_in_the_order_given(shell):
    found = []
    for block in blocks("sh") + [line.split(None, 5)[5] for line in blocks("cron")]:
        for line in block.replace("\\\n", " ").splitlines():
            command = line.partition("   #")[0].strip().replace("/srv/crm/export.csv", "contacts.csv")
            command = command.replace("/etc/contact-import.token", "~/.contact-import-token")
            if command.startswith(("contact-import", "install -m")):
                done = shell(command)
                found.append((" ".join(command.split()), done.returncode, "Traceback" in done.stderr))
    assert [(code, crashed) for _, code, crashed in found] == [
        (0, False),  # contact-import --help
        (0, False),  # inspect
        (3, False),  # dry run of the messy list
        (0, False),  # to the sandbox
        (0, False),  # its inbox
        (0, False),  # the token
        (3, False),  # for real, one bad row
        (3, False),  # the failures file, not corrected
        (0, False),  # --map, --attribute, --save-mapping
        (0, False),  # --mapping
        (0, False),  # --sample
        (0, False),  # --where, --suppress
        (0, False),  # --json
        (0, False),  # runs
        (0, False),  # show
        (0, False),  # verify
        (0, False),  # undo, rehearsed
        (0, False),  # purge
        (3, False),  # from cron
    ], found


def test_the_profile_of_the_readme_works(shell):
    assert shell("contact-import upload sample_data/contacts.csv --profile night --dry-run").returncode == 0


def test_the_exit_codes_of_the_readme_are_those_of_the_errors():
    listed = {int(code) for row in re.findall(r"^\| ([\d, ]+) \|", README, re.MULTILINE) for code in row.split(",")}
    stops = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.StoppedRun)]
    assert listed == {0, 3, 130, 143} | {kind.exit_code for kind in stops}


def test_the_outcomes_of_the_readme_are_all_there_are():
    listed = set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    assert listed | {"ready"} == {outcome.value for outcome in Outcome}


def test_every_room_stands_in_the_layout_of_the_readme():
    table = README.partition("## How the code is laid out")[2]
    listed = set(re.findall(r"`(\w+)(?:\.py|/)`", table))
    rooms = {path.stem for path in (ROOT / "contact_import").iterdir() if not path.name.startswith("_")}
    assert listed == rooms


def test_make_demo_uploads_the_messy_list_and_shows_the_inbox():
    done = subprocess.run(["make", "demo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    inbox = int(re.search(r"(\d+) contacts in the sandbox inbox", done.stdout)[1])
    accepted = int(re.search(r"accepted +(\d+)", done.stderr)[1])
    assert accepted == inbox > 30
    assert '"row","outcome","reason","suggestion","Customer"' in done.stdout


def test_the_picture_is_of_what_the_program_says_now(shell):
    now = json.loads(shell("contact-import upload sample_data/messy.csv --country IN --dry-run --json").stdout)
    drawn = (ROOT / "docs" / "run.svg").read_text(encoding="utf-8").replace("&#160;", " ")
    drawn = re.sub(r"<[^>]*>", "", drawn)
    expected = {"accepted": now["ready"], **{name: now[name] for name in ("rejected", "held", "duplicate")}}
    assert {name: int(re.search(rf"{name} +(\d+)", drawn)[1]) for name in expected} == expected
    assert f"{now['read']} of {now['read']} rows" in drawn
    assert f"{now['read']} rows of a messy list, {now['ready']} accepted" in README
