"""What is read otherwise than the list looks is told before anything is sent."""

import json

import pytest
import xlsxwriter

BESIDE = (
    'columns 4 to 5 ("Name", "Phone") look like another list beside the first: 2 rows are filled there, and only the '
    "first list is read; copy the other one below it, or save it as a file of its own"
)
STRUCK = (
    "2 rows are struck out in the spreadsheet, as people do with who has left, and are read all the same; delete those "
    "who are to get no messages"
)


@pytest.fixture
def lists(command):
    """Two lists beside each other, and a list with struck-out cells: of two people, a price, and a blank name."""
    (command.folder / "beside.csv").write_text(
        "Name,Phone,,Name,Phone\nAsha,9812300101,,Ravi,9812300103\nUma,9812300102,,,\n,,,Bela,9812300104\n"
    )
    with xlsxwriter.Workbook(command.folder / "struck.xlsx") as book:
        sheet, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ("Name", "Phone", "Price"))
        for row, out in enumerate(((), (0, 1), (1,), (2,)), 1):
            for column, cell in enumerate((f"P{row}", 919812300110 + row, 100)):
                sheet.write(row, column, cell, struck if column in out else None)
        sheet.write_blank(5, 0, None, struck)
        sheet.write(5, 1, 919812300115)


@pytest.mark.parametrize(("name", "said"), [("beside.csv", BESIDE), ("struck.xlsx", STRUCK)])
def test_inspect_notes_what_is_overlooked(command, lists, name, said):
    (file,) = json.loads(command("inspect", name, "--json", "--country", "IN").out)["files"]
    assert file["notes"] == [said]


@pytest.mark.parametrize(
    ("name", "words", "ready", "said"),
    [
        pytest.param("beside.csv", (), 2, BESIDE, id="another list"),
        pytest.param("struck.xlsx", (), 5, STRUCK, id="struck out"),
        pytest.param("struck.xlsx", ("--where", "Name=P1"), 1, "", id="struck out and not chosen"),
        pytest.param("beside.csv", ("--map", "name=Name (2)", "--map", "phone=Phone (2)"), 2, "", id="the other list"),
    ],
)
def test_upload_warns_of_what_is_overlooked(command, lists, name, words, ready, said):
    ran = command.upload(name, None, *words)
    assert (ran.account["ready"], ran.err) == (ready, f"warning: {name}: {said}\n" if said else "")
