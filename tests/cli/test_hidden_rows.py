"""Rows that a filter hides are read, and nobody is left to believe that they are not."""

import json

import pytest
import xlsxwriter

TOWNS = (("Name", "Phone", "Town"), *((f"P{row}", 919812300100 + row, ("Pune", "Kochi")[row % 2]) for row in range(6)))
HIDDEN = (
    "{} rows are hidden in the spreadsheet, as a filter does, and are read all the same; delete them, "
    "or choose rows with --where"
)


@pytest.fixture
def filtered(command):
    """The name of a list of which a filter shows the three people of Pune alone; its title is hidden too."""
    with xlsxwriter.Workbook(command.folder / "towns.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "All our towns")
        for row, cells in enumerate(TOWNS, 1):
            sheet.write_row(row, 0, cells)
        sheet.autofilter(1, 0, 7, 2)
        sheet.filter_column(2, "Town == Pune")
        for row in (0, 3, 5, 7):
            sheet.set_row(row, options={"hidden": True})
    return "towns.xlsx"


def test_inspect_notes_hidden_rows(command, filtered):
    (file,) = json.loads(command("inspect", filtered, "--json").out)["files"]
    assert file["notes"] == [HIDDEN.format(3)]
    assert f"  note: {HIDDEN.format(3)}\n" in command("inspect", filtered).out


@pytest.mark.parametrize(
    ("words", "ready", "warned"),
    [
        pytest.param((), 6, f"warning: towns.xlsx: {HIDDEN.format(3)}\n", id="read"),
        pytest.param(("--where", "Town=Kochi"), 3, f"warning: towns.xlsx: {HIDDEN.format(3)}\n", id="chosen"),
        pytest.param(("--where", "Town=Pune"), 3, "", id="not chosen"),
    ],
)
def test_upload_warns_of_hidden_rows_that_it_reads(command, filtered, words, ready, warned):
    ran = command.upload(filtered, None, *words)
    assert (ran.account["ready"], ran.err) == (ready, warned)
