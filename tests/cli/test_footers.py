"""Whoever made a list, and its totals, are not among the people it is sent to."""

from contact_import.prepare import FOOTER_PHONE

PEOPLE = [("Name", "Mobile"), ("Asha", "9812300101"), ("Total Energies", "9812300102"), ("Total", "9812300103")]
END = [("Rohan", "9812300104"), ("Total", "9812300410"), ("", ""), ("Prepared by Meera", "98123 00105")]


def test_a_footer_with_a_phone_is_held_again_until_it_is_corrected(command, platform, stored):
    command.write("people.csv", PEOPLE + END)
    served = platform()

    first = command.upload("people.csv", served)
    again = command.upload("people-failures.csv", served)
    failures = command.folder / "people-failures.csv"
    failures.write_text(failures.read_text("utf-8-sig").replace("Prepared by Meera", "Meera"), encoding="utf-8")
    corrected = command.upload("people-failures.csv", served, "--failures", "left.csv")

    assert (first.code, first.counts) == (3, {"accepted": 4, "held": 2})
    assert first.account["reasons"] == {"footer-phone": 2}
    assert [list(row.values()) for row in command.rows("left.csv")] == [["2", "held", FOOTER_PHONE, "", *END[1]]]
    assert (again.code, again.counts) == (3, {"held": 2})
    assert (corrected.code, corrected.counts) == (3, {"accepted": 1, "held": 1})
    assert stored(served) == [f"91981230010{n}" for n in range(1, 6)]
