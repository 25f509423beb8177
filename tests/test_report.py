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
from contact_import.report import CsvFile, Failures, Outcomes, is_report, sha256, without

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


def by_a_run(_sha256: str) -> bool:
    return True


def by_hand(_sha256: str) -> bool:
    return False


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
        failures.finish(by_a_run)
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


def test_half_a_report_that_a_crash_left_goes_when_the_next_one_begins(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from contact_import.report import CsvFile\n"
        "CsvFile(Path(sys.argv[1]), ['a']).add([['half']] * 10_000); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "f.csv"], check=False, timeout=60)
    (left,) = tmp_path.iterdir()
    with left.open("rb") as file:
        CsvFile(tmp_path / "f.csv", ["a"])
        assert list(tmp_path.iterdir()) == []
        assert set(file.read()) == {0}, "what was there is still on disk"


def test_two_that_write_the_same_report_end_with_a_file_of_their_own(tmp_path):
    path = tmp_path / "f.csv"
    reports = {name: Failures(path, [source("Name")]) for name in ("North", "South", "East")}
    for name, report in reports.items():
        report.write(chunk([[name]], ["held"]))
    paths = [report.finish(by_a_run) for report in reports.values()]
    assert paths == [report.path for report in reports.values()] == [path, tmp_path / "f.2.csv", tmp_path / "f.3.csv"]
    assert {found.name: found.read_text(encoding="utf-8").split('"')[-2] for found in tmp_path.iterdir()} == {
        "f.csv": "North",
        "f.2.csv": "South",
        "f.3.csv": "East",
    }
    assert [report.remarks for report in reports.values()] == [
        [],
        *([f"{path} was written by somebody else meanwhile; this report is in {other}"] for other in paths[1:]),
    ]


KEPT = "{0}/f.csv was changed since a run wrote it, or is of a dry run: it is kept as {0}/f.kept-1.csv"
STAYS = "{0}/f.csv is not of this dry run, and stays as it is; this report is in {0}/f.dry-run.csv"


@pytest.mark.parametrize(
    ("is_known", "others", "left", "remark"),
    [
        pytest.param(by_a_run, [], {"f.csv": "New"}, "", id="as a run wrote it"),
        pytest.param(by_hand, [], {"f.csv": "New", "f.kept-1.csv": "Old"}, KEPT, id="changed by hand"),
        pytest.param(
            by_hand,
            ["f.kept-1.csv"],
            {"f.csv": "New", "f.kept-1.csv": "Other", "f.kept-2.csv": "Old"},
            KEPT.replace("-1", "-2"),
            id="changed by hand again",
        ),
        pytest.param(None, [], {"f.csv": "Old", "f.dry-run.csv": "New"}, STAYS, id="dry run"),
        pytest.param(None, ["f.dry-run.csv"], {"f.csv": "Old", "f.dry-run.csv": "New"}, STAYS, id="dry run again"),
    ],
)
def test_rows_that_were_corrected_are_never_replaced(tmp_path, is_known, others, left, remark):
    for name, row in {"f.csv": "Old", **dict.fromkeys(others, "Other")}.items():
        written(tmp_path / name, row=row)
    failures = Failures(tmp_path / "f.csv", [source("Name")])
    failures.write(chunk([["New"]], ["held"]))
    failures.finish(is_known)
    assert {path.name: path.read_text(encoding="utf-8").split('"')[-2] for path in tmp_path.iterdir()} == left
    assert failures.remarks == ([remark.format(tmp_path)] if remark else [])


@pytest.mark.parametrize("is_known", [by_hand, None], ids=["run", "dry run"])
def test_the_same_rows_again_are_no_other_report(tmp_path, is_known):
    path = written(tmp_path / "f.csv", row="Same")
    failures = Failures(path, [source("Name")])
    failures.write(chunk([["Same"]], ["held"]))
    assert (failures.finish(is_known), failures.remarks) == (path, [])
    assert list(tmp_path.iterdir()) == [path]


def test_a_dry_run_does_not_write_over_somebodys_file_either(tmp_path):
    (tmp_path / "f.dry-run.csv").write_text("mine\n", encoding="utf-8")
    written(tmp_path / "f.csv", row="Old")
    failures = Failures(tmp_path / "f.csv", [source("Name")])
    failures.write(chunk([["New"]], ["held"]))
    assert failures.finish() == tmp_path / "f.dry-run.2.csv"
    assert (tmp_path / "f.dry-run.csv").read_text(encoding="utf-8") == "mine\n"


def test_what_became_of_every_row_is_nobodys_to_correct_and_stands_where_it_was_asked_for(tmp_path):
    for name in ("First", "Second"):
        outcomes = Outcomes(tmp_path / "o.csv", [source("Name")])
        outcomes.write(chunk([[name]], ["held"], start=len(name)))
        assert outcomes.finish() == tmp_path / "o.csv"
    assert [path.name for path in tmp_path.iterdir()] == ["o.csv"]
    assert '"6","held"' in (tmp_path / "o.csv").read_text(encoding="utf-8")


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
        failures.finish(by_a_run)
    assert [path.name for path in tmp_path.iterdir()] == ["f.csv"]


def test_a_folder_that_is_not_there_is_named_before_anything_is_sent(tmp_path):
    with pytest.raises(UsageProblem) as caught:
        Failures(tmp_path / "no" / "f.csv", [source("Name")])
    assert str(caught.value) == f"{tmp_path / 'no'} is no folder; the report f.csv cannot be written there"


# What an earlier run left ------------------------------------------------------------


def written(path: Path, *headers: str, row: str = "A") -> Path:
    headers = headers or ("Name",)
    failures = Failures(path, [source(*headers)])
    failures.write(chunk([[row] * len(headers)], ["held"]))
    failures.finish()
    return path


@pytest.mark.parametrize(
    ("headers", "wrote", "is_known", "removed"),
    [
        pytest.param(["Name", "=Phone"], False, by_a_run, True, id="of the same columns"),
        pytest.param(["Name", "=Phone"], False, by_hand, False, id="changed by hand"),
        pytest.param(["Name", "Telephone"], False, by_a_run, False, id="of another list"),
        pytest.param(["Name", "=Phone"], True, by_a_run, False, id="written by this run"),
        pytest.param(None, False, by_a_run, False, id="none there"),
    ],
)
def test_a_report_of_an_earlier_run_goes_where_this_one_wrote_none(tmp_path, headers, wrote, is_known, removed):
    path = tmp_path / "f.csv"
    if headers:
        written(path, *headers)
    failures = Failures(path, [source("Name", "=Phone")])
    failures.write(chunk([["A", "1"]], ["held" if wrote else "accepted"]))
    failures.finish(by_a_run)
    assert failures.remove_outdated(is_known) == (path if removed else None)
    assert path.exists() == (headers is not None and not removed)
    stays = [f"{path} was changed since a run wrote it, or is of a dry run, and stays"]
    assert failures.remarks == (stays if is_known is by_hand else [])


def test_a_report_that_is_the_input_itself_is_not_removed(tmp_path):
    path = written(tmp_path / "f.csv", "Name")
    failures = Failures(path, [source("row", "outcome", "reason", "suggestion", "Name", name=str(path))])
    failures.finish()
    assert failures.remove_outdated(by_a_run) is None
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
        "folder = Path(sys.argv[1]).parent\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "try:\n"
        f"    file.add([['y' * 100]] * {2000 if when == 'while it is written' else 2})\n"
        "    print(len(list(folder.iterdir())))\n"
        "    file.add([['z']]); file.finish()\n"
        "except JournalProblem as problem:\n"
        "    print(problem)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "r.csv"], capture_output=True, text=True, check=True, timeout=60
    )
    left = 0 if when == "while it is written" else 1
    assert ran.stdout == (
        f"{left}\n{tmp_path / 'r.csv'} cannot be written: File too large; nothing is lost: make room, and "
        "the same command writes it without sending anything again\n"
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
