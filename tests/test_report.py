"""The failures file and the outcomes file: whole files compared, and what may never be overwritten."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import.errors import UsageProblem
from contact_import.formulas import guard, unguard
from contact_import.models import Frame, Layout, Mapping
from contact_import.pipeline import Chunk, Source
from contact_import.report import Failures, Outcomes, is_report, sha256, without

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Headed:
    """A table of which only its name and its headers matter."""

    path: Path
    layout: Layout


def source(*headers: str, name: str = "contacts.csv") -> Source:
    return Source(Headed(Path(name), Layout("csv", headers, 1)), Mapping(()))  # type: ignore[arg-type]


def chunk(cells: Sequence[Sequence[str]], outcomes: Sequence[str], *, file: int = 0, surplus=None, start=2) -> Chunk:
    """Return a chunk whose rows ended as *outcomes* says, with a reason and a suggestion made of them."""
    rows = np.arange(start, start + len(cells), dtype=np.int64)
    sheet = pd.DataFrame(
        {
            "row": rows,
            "outcome": outcomes,
            "reason": [f"why-{outcome}: words" for outcome in outcomes],
            "level": "H",
            "rule": "some-rule",
            "prefix": "91",
            "number": [f"98123{row:05d}" for row in rows],
            "suggestion": [
                f"+91 {row}" if outcome == "held" else "" for row, outcome in zip(rows, outcomes, strict=True)
            ],
        }
    )
    width = len(cells[0]) if cells else 0
    frame = Frame(rows, pd.DataFrame(cells, columns=range(width), dtype=object), surplus or {})
    return Chunk(0, file, frame, sheet, (none := np.array([], np.int64)), (), none)


ALL = "accepted ready rejected held duplicate unchanged unconfirmed not_sent".split()


def test_the_failures_file_has_the_rows_to_correct_and_nothing_else(tmp_path):
    path = tmp_path / "failures.csv"
    failures = Failures(path, [source("Name", "Phone", "")])
    failures.write(chunk([[f"Person {i}", f"{i}", "x"] for i in range(8)], ALL))
    failures.write(chunk([["Asha", '5"', "a,b\nc"], ["", "", ""]], ["rejected", "accepted"], start=10))
    assert not path.exists()
    assert failures.finish() == path
    assert path.read_bytes().decode() == (
        '\ufeff"row","outcome","reason","suggestion","Name","Phone",""\r\n'
        '"4","rejected","why-rejected: words","","Person 2","2","x"\r\n'
        '"5","held","why-held: words","\'+91 5","Person 3","3","x"\r\n'
        '"8","unconfirmed","why-unconfirmed: words","","Person 6","6","x"\r\n'
        '"10","rejected","why-rejected: words","","Asha","5""","a,b\nc"\r\n'
    )
    assert [found.name for found in tmp_path.iterdir()] == ["failures.csv"]
    assert failures.rows == 4


def test_several_files_share_the_columns_that_have_the_same_header(tmp_path):
    failures = Failures(
        tmp_path / "f.csv",
        [source("Name", "Phone", name="a.csv"), source("Phone", "City", "Phone", "Name", name="b.csv")],
    )
    failures.write(chunk([["Asha", "1"]], ["rejected"]))
    failures.write(chunk([["2", "Pune", "3", "Rohan"]], ["held"], file=1))
    failures.finish()
    assert (tmp_path / "f.csv").read_bytes().decode() == (
        '\ufeff"file","row","outcome","reason","suggestion","Name","Phone","City","Phone"\r\n'
        '"a.csv","2","rejected","why-rejected: words","","Asha","1","",""\r\n'
        '"b.csv","2","held","why-held: words","\'+91 2","Rohan","2","Pune","3"\r\n'
    )


def test_a_failures_file_that_was_uploaded_again_leaves_one_of_the_same_columns(tmp_path):
    failures = Failures(tmp_path / "f.csv", [source("row", "outcome", "reason", "suggestion", "'=Name", "Phone")])
    failures.write(chunk([["7", "held", "why-held: words", "+91 7", "Asha", "1"]], ["rejected"]))
    failures.finish()
    assert (tmp_path / "f.csv").read_bytes().decode() == (
        '\ufeff"row","outcome","reason","suggestion","\'=Name","Phone"\r\n'
        '"2","rejected","why-rejected: words","","Asha","1"\r\n'
    )


def test_surplus_cells_stand_behind_the_others(tmp_path):
    failures = Failures(tmp_path / "f.csv", [source("Name")])
    failures.write(chunk([["A"], ["B"], ["C"]], ["held", "accepted", "held"], surplus={1: ("b",), 2: ("=c", "d")}))
    failures.finish()
    assert (tmp_path / "f.csv").read_bytes().decode() == (
        '\ufeff"row","outcome","reason","suggestion","Name"\r\n'
        '"2","held","why-held: words","\'+91 2","A"\r\n'
        '"4","held","why-held: words","\'+91 4","C","\'=c","d"\r\n'
    )


def test_the_outcomes_file_has_every_row(tmp_path):
    outcomes = Outcomes(tmp_path / "o.csv", [source("Name")])
    outcomes.write(chunk([["A"], ["B"]], ["accepted", "held"]))
    outcomes.finish()
    assert (tmp_path / "o.csv").read_bytes().decode() == (
        '\ufeff"row","outcome","reason","level","rule","prefix","number"\r\n'
        '"2","accepted","why-accepted: words","H","some-rule","91","9812300002"\r\n'
        '"3","held","why-held: words","H","some-rule","91","9812300003"\r\n'
    )


def test_the_outcomes_of_several_files_name_the_file(tmp_path):
    outcomes = Outcomes(tmp_path / "o.csv", [source(name="a.csv"), source(name="=b.csv")])
    outcomes.write(chunk([["A"]], ["accepted"]))
    outcomes.write(chunk([["B"]], ["not_sent"], file=1))
    outcomes.finish()
    assert (tmp_path / "o.csv").read_bytes().decode() == (
        '\ufeff"file","row","outcome","reason","level","rule","prefix","number"\r\n'
        '"a.csv","2","accepted","why-accepted: words","H","some-rule","91","9812300002"\r\n'
        '"\'=b.csv","2","not_sent","why-not_sent: words","H","some-rule","91","9812300002"\r\n'
    )


# Formulas ------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        *((sign + "1", f"'{sign}1") for sign in "=+-@\t\r\n\0＝＋－＠"),
        ("", ""),
        ("Asha", "Asha"),
        ("a=1", "a=1"),
        (" =1", " =1"),
        ("'", "'"),
        ("'quoted'", "'quoted'"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded(cell, guarded):
    assert guard(cell) == guarded


@given(st.text() | st.text("'=+-@\t\r\n\0＝＋－＠a", max_size=5))
def test_a_guard_is_taken_off_as_it_was_put_on(cell):
    assert unguard(guard(cell)) == cell
    assert guard(cell)[:1] not in set("=+-@\t\r\n\0＝＋－＠")


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.text(
    "'=+-@,;\"\t\r\na", max_size=6
)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_a_failures_file_gives_back_the_cells_it_was_given(tmp_path_factory, table):
    path = tmp_path_factory.mktemp("f") / "f.csv"
    failures = Failures(path, [source("=Name", "Phone")])
    failures.write(chunk(table, ["held"] * len(table)))
    failures.finish()
    header, *rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    assert header == ["row", "outcome", "reason", "suggestion", "'=Name", "Phone"]
    assert [tuple(unguard(cell) for cell in row[4:]) for row in rows] == table
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r\n＝＋－＠")]


# Files ------------------------------------------------------------


@pytest.fixture
def no_umask():
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("no_umask")
@pytest.mark.parametrize("kind", [Failures, Outcomes])
def test_a_report_is_for_the_user_alone_while_written_and_after(tmp_path, kind):
    report = kind(tmp_path / "r.csv", [source("Name")])
    report.write(chunk([["A"]], ["held"]))
    assert [oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == ["0o600"]
    report.finish()
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()} == {"r.csv": "0o600"}


def test_an_earlier_report_is_replaced_only_when_the_new_one_is_whole(tmp_path):
    path = tmp_path / "f.csv"
    for name in ("First", "Second"):
        before = path.read_bytes() if path.exists() else b""
        failures = Failures(path, [source("Name")])
        failures.write(chunk([[name]], ["held"]))
        assert (path.read_bytes() if path.exists() else b"") == before
        failures.finish()
        assert name in path.read_text(encoding="utf-8")
    assert "First" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("table", [[], [["A"]]], ids=["no rows", "nothing to correct"])
def test_nothing_is_written_when_there_is_nothing(tmp_path, table):
    failures = Failures(tmp_path / "f.csv", [source("Name")])
    failures.write(chunk(table, ["accepted"] * len(table)))
    assert failures.finish() is None
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_is_given_up_leaves_nothing_and_an_earlier_one_as_it_was(tmp_path):
    path = tmp_path / "f.csv"
    first = Failures(path, [source("Name")])
    first.write(chunk([["First"]], ["held"]))
    first.finish()
    before = path.read_bytes()
    second = Failures(path, [source("Name")])
    second.write(chunk([["Second"]], ["held"]))
    second.discard()
    assert [found.read_bytes() for found in tmp_path.iterdir()] == [before]


def test_half_a_report_that_a_crash_left_is_in_nobodys_way(tmp_path):
    crashed = Failures(tmp_path / "f.csv", [source("Name")])
    crashed.write(chunk([["Half"]], ["held"]))
    report = Failures(tmp_path / "f.csv", [source("Name")])
    report.write(chunk([["Whole"]], ["held"]))
    report.finish()
    crashed.discard()
    assert [path.name for path in tmp_path.iterdir()] == ["f.csv"]
    assert "Whole" in (tmp_path / "f.csv").read_text(encoding="utf-8")


def test_a_link_laid_where_the_half_report_goes_is_not_followed(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    (tmp_path / ".f.csv.part").symlink_to(victim)
    report = Failures(tmp_path / "f.csv", [source("Name")])
    report.write(chunk([["A"]], ["held"]))
    report.finish()
    assert victim.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "f.csv").is_symlink()


def a_link(path: Path) -> None:
    target = path.with_name("elsewhere.csv")
    target.write_text("row,outcome,reason,suggestion\n", encoding="utf-8")
    path.symlink_to(target)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: path.write_text("Name,Phone\nAsha,1\n", encoding="utf-8"), id="contacts"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(b"\xff\xfe\0\0PK"), id="not text"),
        pytest.param(lambda path: path.write_text("row,outcome,reason\n", encoding="utf-8"), id="like ours"),
        pytest.param(Path.mkdir, id="folder"),
        pytest.param(a_link, id="link to one of ours"),
        pytest.param(lambda path: path.symlink_to(path.with_name("nowhere")), id="link to nowhere"),
    ],
)
def test_a_file_that_is_not_ours_is_never_overwritten(tmp_path, make):
    path = tmp_path / "f.csv"
    make(path)
    before = {found.name: found.read_bytes() if found.is_file() else None for found in tmp_path.iterdir()}
    with pytest.raises(UsageProblem) as caught:
        Failures(path, [source("Name")])
    assert str(caught.value) == f"{path} exists and is not a report of ours; move it away or name another file"
    assert {found.name: found.read_bytes() if found.is_file() else None for found in tmp_path.iterdir()} == before


def test_one_kind_of_report_does_not_overwrite_the_other(tmp_path):
    outcomes = Outcomes(tmp_path / "r.csv", [source("Name")])
    outcomes.write(chunk([["A"]], ["accepted"]))
    outcomes.finish()
    with pytest.raises(UsageProblem):
        Failures(tmp_path / "r.csv", [source("Name")])


def test_a_failures_file_of_one_input_may_be_followed_by_one_of_several(tmp_path):
    for sources in ([source("Name")], [source("Name"), source("City", name="b.csv")], [source("Name")]):
        failures = Failures(tmp_path / "f.csv", sources)
        failures.write(chunk([["A"]], ["held"]))
        failures.finish()
    assert [path.name for path in tmp_path.iterdir()] == ["f.csv"]


def test_a_folder_that_is_not_there_is_named_before_anything_is_sent(tmp_path):
    with pytest.raises(UsageProblem) as caught:
        Failures(tmp_path / "no" / "f.csv", [source("Name")])
    assert str(caught.value) == f"{tmp_path / 'no'} is no folder; the report f.csv cannot be written there"


# What an earlier run left ------------------------------------------------------------


def written(path: Path, *headers: str, name: str = "contacts.csv") -> Path:
    failures = Failures(path, [source(*headers, name=name)])
    failures.write(chunk([["A"] * len(headers)], ["held"]))
    failures.finish()
    return path


@pytest.mark.parametrize(
    ("headers", "wrote", "removed"),
    [
        pytest.param(["Name", "=Phone"], False, True, id="of the same columns"),
        pytest.param(["Name", "Telephone"], False, False, id="of another list"),
        pytest.param(["Name", "=Phone"], True, False, id="written by this run"),
        pytest.param(None, False, False, id="none there"),
    ],
)
def test_a_report_of_an_earlier_run_goes_where_this_one_wrote_none(tmp_path, headers, wrote, removed):
    path = tmp_path / "f.csv"
    if headers:
        written(path, *headers)
    failures = Failures(path, [source("Name", "=Phone")])
    failures.write(chunk([["A", "1"]], ["held" if wrote else "accepted"]))
    failures.finish()
    assert failures.remove_outdated() == (path if removed else None)
    assert path.exists() == (headers is not None and not removed)


def test_a_report_that_is_the_input_itself_is_not_removed(tmp_path):
    path = written(tmp_path / "f.csv", "Name")
    failures = Failures(path, [source("row", "outcome", "reason", "suggestion", "Name", name=str(path))])
    failures.finish()
    assert failures.remove_outdated() is None
    assert path.exists()


def test_a_name_that_is_too_long_is_a_problem_before_anything_is_sent(tmp_path):
    with pytest.raises(UsageProblem, match="File name too long; name another file"):
        Failures(tmp_path / f"{'n' * 250}.csv", [source("Name")])


@pytest.mark.parametrize("when", ["while it is written", "at its end"])
def test_a_full_disk_is_said_with_what_to_do_and_leaves_nothing(tmp_path, when):
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from contact_import.errors import JournalProblem\n"
        "from contact_import.report import CsvFile\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "file = CsvFile(Path(sys.argv[1]), ['a']); file.add([['x']])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "try:\n"
        f"    file.add([['y' * 100]] * {2000 if when == 'while it is written' else 2}); file.finish()\n"
        "except JournalProblem as problem:\n"
        "    print(problem); file.discard()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "r.csv"], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == (
        f"{tmp_path / 'r.csv'} cannot be written: File too large; nothing is lost: make room, and the same command "
        "writes it without sending anything again\n"
    )
    assert (ran.stderr, list(tmp_path.iterdir())) == ("", [])


# Rows taken out ------------------------------------------------------------


def has(word: str):
    return lambda row: word in row


def test_rows_are_taken_out_of_a_report_and_the_others_stay_as_they_are(tmp_path):
    failures = Failures(tmp_path / "f.csv", [source("Name", "Phone")])
    failures.write(chunk([["Asha", '=1"'], ["Rohan", "2"], ["a,b\nc", "3"]], ["held"] * 3, surplus={2: ("x",)}))
    failures.finish()
    lines = (tmp_path / "f.csv").read_bytes()
    old = os.open(tmp_path / "f.csv", os.O_RDONLY)
    assert without(tmp_path / "f.csv", has("Rohan")) == 1
    assert (tmp_path / "f.csv").read_bytes() == lines.replace(
        b'"3","held","why-held: words","\'+91 3","Rohan","2"\r\n', b""
    )
    assert oct((tmp_path / "f.csv").stat().st_mode & 0o777) == "0o600"
    assert os.read(old, 10_000) == bytes(len(lines)), "what was taken out is still on disk"
    os.close(old)
    assert [path.name for path in tmp_path.iterdir()] == ["f.csv"]


def test_a_report_without_any_such_row_is_not_touched(tmp_path):
    path = written(tmp_path / "f.csv", "Name")
    before = path.stat()
    assert without(path, has("Nobody")) == 0
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert list(tmp_path.iterdir()) == [path]


def test_a_report_that_loses_its_last_row_is_gone(tmp_path):
    assert without(written(tmp_path / "f.csv", "Name"), has("A")) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_known_by_its_header(tmp_path):
    outcomes = Outcomes(tmp_path / "o.csv", [source("Name"), source("City", name="b.csv")])
    outcomes.write(chunk([["A"]], ["accepted"]))
    outcomes.finish()
    (tmp_path / "c.csv").write_text("Name,Phone\nAsha,1\n", encoding="utf-8")
    (tmp_path / "l.csv").symlink_to(tmp_path / "o.csv")
    paths = [written(tmp_path / "f.csv", "Name"), *(tmp_path / name for name in ("o.csv", "c.csv", "l.csv", "none"))]
    assert [is_report(path) for path in paths] == [True, True, False, False, False]
    assert [len(sha256(path)) for path in paths] == [64, 64, 64, 0, 0]
