"""Every twin ends as its golden outcomes say: `UPDATE_GOLDEN=1 pytest tests/twins` writes these anew, to be read."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from contextlib import nullcontext
from pathlib import Path

import pytest

from contact_import import sources
from contact_import.errors import InputProblem
from contact_import.intake import Job, choose_columns, understand, with_reports
from contact_import.session import rehearse

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MANIFEST = tomllib.loads((HERE / "manifest.toml").read_text("utf-8"))
FILES = sorted(path.name for path in (HERE / "files").iterdir())


class Nobody:
    """Somebody who follows a run and does not care."""

    def say(self, text):
        pass

    detail = warn = say

    def follow(self, account):
        return nullcontext()


def rehearsed(name, folder):
    """Return the export that the twin called *name* is recognised as, and its outcomes as text."""
    told = MANIFEST[name]
    outcomes = folder / "outcomes.csv"
    job = Job(
        files=(HERE / "files" / name,),
        endpoint="",
        region=told.get("country"),
        dry_run=True,
        failures=folder / "failures.csv",
        outcomes=outcomes,
    )
    try:
        work = with_reports(understand(job))
    except InputProblem as problem:
        headers, _ = choose_columns(job.files[0], job)
        return sources.recognise(headers), f"stopped: {problem}\n"
    summary = rehearse(work, Nobody())
    text = outcomes.read_text("utf-8-sig") if outcomes.exists() else ""
    left_out = "".join(f"# {count} rows: {why}\n" for why, count in summary.left_out.items())
    fed = "".join(f"# {column.header} → {column.field}\n" for column in work.sources[0].mapping.columns if column.field)
    return sources.named(work.sources[0].mapping.source), fed + left_out + text.replace("\r\n", "\n")


@pytest.mark.parametrize("name", FILES)
def test_a_twin_is_recognised_and_ends_as_its_golden_outcomes(name, tmp_path):
    export, found = rehearsed(name, tmp_path)

    golden = HERE / "golden" / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert (export.name if export else None) == MANIFEST[name].get("source")
    assert found == golden.read_text("utf-8")


def test_there_is_a_twin_for_every_known_export_that_can_be_told_by_its_headers():
    shown = {told["source"] for told in MANIFEST.values() if "source" in told}

    assert {export.name for export in sources.EXPORTS if export.markers} - shown == set()


def test_files_and_manifest_are_the_same_list():
    assert sorted(MANIFEST) == FILES
    assert len(FILES) >= 80


def test_the_page_about_sources_is_written_from_the_same_tables():
    written = subprocess.run([sys.executable, ROOT / "docs" / "sources.py"], capture_output=True, check=True, cwd=ROOT)

    assert written.stdout.decode() == (ROOT / "docs" / "sources.md").read_text("utf-8")
