"""What reaches the screen, and what does not: silence, progress, the summary, help, cells that try to be commands."""

import ast
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest

import contact_import.__main__ as door

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_terminal(command, *words, **env):
    """Run the command on a terminal of 30 by 110; return its exit code and all it wrote there."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 110, 0, 0))
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), follower)
    process = command.start(*words, env={"TERM": "xterm-256color", **env}, **streams)
    os.close(follower)
    written = b""
    try:
        while chunk := os.read(leader, 65536):
            written += chunk
    except OSError:  # Linux's way to say that nobody has the other end any more
        pass
    finally:
        os.close(leader)
    return process.wait(), written.decode().replace("\r\n", "\n")


def through_shell(command, redirection, *words):
    """Run the command with *redirection* in a shell's words."""
    line = f'exec "$0" "$@" {redirection}'
    return subprocess.run(
        ["sh", "-c", line, sys.executable, "-m", "contact_import", *map(str, words)],
        cwd=command.folder,
        env=command.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


def to(served):
    return ("--country", "IN", "--base-url", served.base_url, "--token-file", "token")


OFTEN = "from contact_import.console import progress\nprogress.SECONDS_A_LINE = 0.1\n"
"""For a run that takes less than ten seconds."""


def test_success_without_a_terminal_says_nothing_and_quiet_says_nothing_at_all(command, platform):
    command.people(200)
    command.write("bad.csv", [("Name", "Mobile"), ("Asha", "98123")])
    served = platform(latency=0.05)

    fine = command("upload", "people.csv", *to(served), "--batch-size", 10, env=command.early(OFTEN))
    quiet = command("upload", "bad.csv", *to(served), "-q")

    assert (fine.code, fine.out, fine.err) == (0, "", "")
    assert (quiet.code, quiet.out, quiet.err) == (3, "", "")


SUMMARY = """\

people.csv, [red]b[/red].csv would go to ADDRESS (0 requests, TIME)
         ready          1  would be sent
      rejected          2  cannot be sent as they are
     duplicate          1  same phone as an earlier row
     rows read          4
  reasons: phone-blank 1, phone-short 1
  countries: IN 1
  A valid number is one that is well formed; nobody checked that it is the right person's.
→ correct people-failures.csv, then: contact-import upload people-failures.csv --country IN
→ nothing was sent; to send: contact-import upload people.csv '[red]b[/red].csv' --country IN
"""


def test_rows_to_correct_are_summed_up_on_standard_error_with_the_next_command(command):
    command.write("people.csv", [("Name", "Mobile"), ("Asha", "9812300101"), ("\x1b[31m[bold]", "98123")])
    (command.folder / "[red]b[").mkdir()  # half of the name that comes is a folder
    command.write("[red]b[/red].csv", [("Name", "Mobile"), ("[/red]", ""), ("Asha", "+91 98123 00101")])

    ran = command("upload", "people.csv", "[red]b[/red].csv", "--country", "IN", "--dry-run")

    assert (ran.code, ran.out) == (3, "")
    shown = re.sub(r"https://\S+", "ADDRESS", re.sub(r"[\d.]+ s, [\d,]+ rows/s", "TIME", ran.err))
    assert "".join(f"{line.rstrip()}\n" for line in shown.splitlines()) == SUMMARY


def test_verbose_without_a_terminal_writes_plain_lines_of_progress(command, platform):
    command.people(200)
    environment = {**command.early(OFTEN), "TERM": "xterm-256color"}

    ran = command("upload", "people.csv", *to(platform(latency=0.05)), "--batch-size", 10, "-v", env=environment)

    assert (ran.code, ran.out) == (0, "")
    assert "people.csv: Mobile → phone" in ran.err
    assert re.search(r"^\d+ of 200 rows, 0 failures, \d+ s$", ran.err, re.MULTILINE)
    assert "rows read" in ran.err
    assert "\x1b" not in ran.err
    assert "\r" not in ran.err


@pytest.mark.parametrize(
    ("words", "env", "bar", "escapes", "colours"),
    [
        ((), {}, True, True, True),
        ((), {"NO_COLOR": "1"}, True, True, False),
        (("--no-color",), {}, True, True, False),
        ((), {"TERM": "dumb"}, False, False, False),
        (("-q",), {}, False, False, False),
    ],
    ids=["as-it-comes", "NO_COLOR", "no-color", "dumb", "quiet"],
)
def test_a_terminal_gets_a_bar_and_a_summary_as_it_can_bear(command, platform, words, env, bar, escapes, colours):
    command.people(200)
    served = platform(latency=0.03)

    code, shown = on_terminal(command, "upload", "people.csv", *to(served), "--batch-size", 10, *words, **env)

    assert code == 0
    assert (re.search(r"[1-9]\d* of 200 rows, 0 failures", shown) is not None) == bar
    assert ("\x1b[" in shown) == escapes
    assert bool(re.search(r"\x1b\[(?:\d+;)*3\d", shown)) == colours
    plain = ESCAPE.sub("", shown)
    assert bool(re.search(r"accepted +200 ", plain)) == (escapes or env.get("TERM") == "dumb")


HOSTILE = "\x1b]0;owned\x07\x1b[31mEVIL[link=https://x.example.com]\u202egnp"


def test_cells_and_headers_and_names_of_files_are_never_commands_to_the_terminal(command):
    header = (f"Name {HOSTILE}", "Mobile", f"[/bold] {HOSTILE}", "[red]:smile:")
    rows = [(HOSTILE, "9812300101", "[/]", "x"), ("[blink]" + HOSTILE, HOSTILE, "[/]", "x")]
    command.write("[red]people\x1b[31mEVIL.csv", [header, *rows])
    named = ("[red]people\x1b[31mEVIL.csv", "--country", "IN", "--map", "phone=Mobile")

    code, shown = on_terminal(command, "upload", *named, "--dry-run", "-v")
    inspected, screen = on_terminal(command, "inspect", *named)

    assert (code, inspected) == (3, 0)
    for text in (shown, screen):
        assert "EVIL" in text, "nothing of the sort was shown, which proves little"
        assert "\x1b]" not in text
        assert "\x07" not in text
        assert "\u202e" not in text
        assert "\x1b[31mEVIL" not in text
        assert "[red]people" in text
        assert ":smile:" in text


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", ">/dev/full 2>/dev/full", "2>&1 | head -c 1"])
@pytest.mark.parametrize("words", [("--json", "-v")])
def test_an_output_that_is_closed_full_or_gone_stops_no_import(command, platform, stored, redirection, words):
    phones = command.people(30)
    served = platform()

    ran = through_shell(command, redirection, "upload", "people.csv", *to(served), *words)

    assert stored(served) == sorted(phones)
    assert ran.returncode == 0
    assert b"Traceback" not in ran.stderr + ran.stdout


def test_an_import_goes_on_when_its_terminal_is_closed_to_it(command, platform, wait_for, stored):
    phones = command.people(300)
    served = platform(latency=0.03)
    leader, follower = pty.openpty()
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), follower)
    process = command.start(
        *("upload", "people.csv", *to(served), "--batch-size", 20), env={"TERM": "xterm-256color"}, **streams
    )
    os.close(follower)
    wait_for(lambda: len(served.receipts()) >= 3)

    os.close(leader)

    assert process.wait(30) == 0
    assert stored(served) == sorted(phones)


# Help, and the door


OPTIONS = {
    "upload": """--dry-run --sandbox --base-url --token-file --token-stdin --country --map --attribute --mapping
        --save-mapping --tag --sheet --encoding --delimiter --header-row --strict --batch-size --max-bytes
        --concurrency --rate --max-outage --deadline --send-empty --no-authtype --bot-id --fresh --max-reject
        --expect-rows --failures --outcomes --json --quiet --verbose --no-color --yes --profile --config --state-dir
        -n, -q, -v,""",
    "inspect": "--sheet --encoding --delimiter --header-row --country --json",
    "sandbox": "--port --store --faults --strict-authtype --list --json",
}
HEAVY = {"pandas", "numpy", "httpx", "phonenumbers", "rich.console", "starlette", "uvicorn"}


@pytest.mark.parametrize("name", OPTIONS)
def test_help_names_the_options_and_imports_nothing_heavy(command, name):
    ran = command(name, "--help", python=("-X", "importtime"))

    assert ran.code == 0
    assert [option for option in OPTIONS[name].split() if option not in ran.out] == []
    imported = {line.rpartition("|")[2].strip() for line in ran.err.splitlines()}
    assert "contact_import.cli" in imported
    assert not HEAVY & imported


def test_help_names_the_commands_and_the_exit_codes(command):
    ran, upload = command("--help"), command("upload", "--help")

    assert (ran.code, ran.err) == (0, "")
    assert [name for name in OPTIONS if f"\n  {name} " not in ran.out] == []
    for text in (ran.out, upload.out):
        words = " ".join(text.partition("Exit codes:")[2].split())
        assert re.findall(r"(?:^|· )([\d, ]+?) [a-z]", words) == [*"0123456789", "130, 143"]


def test_the_door_can_be_read_by_an_old_python_and_turns_it_away_in_one_line(command):
    for file in (door.__file__, door.__file__.replace("__main__", "__init__")):
        with open(file, encoding="utf-8") as source:  # noqa: PTH123
            ast.parse(source.read(), feature_version=(3, 4))
    early = command.early("import sys\nsys.version_info = (3, 8, 19, 'final', 0)\n")

    ran = command("upload", "--help", env=early)

    assert ran.code != 0
    assert (ran.out, ran.err) == ("", "contact-import needs Python 3.11 or newer; this is 3.8\n")
