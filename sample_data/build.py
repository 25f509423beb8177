"""Writes contacts.csv, contacts.xlsx, messy.csv, optouts.csv. Every person is made up; run it again: `make sample`."""

from __future__ import annotations

import csv
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent

HEADER = ("Name", "Mobile No.", "E-mail", "City", "Tags")
PEOPLE = (
    ("Asha Verma", "9812300101", "asha.verma@example.com", "Pune", "vip, newsletter"),
    ("Rohan Iyer", "9812300102", "rohan.iyer@example.com", "Chennai", "newsletter"),
    ("Meera Nair", "9812300103", "", "Kochi", ""),
    ("Kabir Singh Gill", "9812300104", "kabir.gill@example.com", "Ludhiana", "wholesale"),
    ("Fatima Sheikh", "9812300105", "fatima.sheikh@example.com", "Mumbai", "vip"),
    ("Devika Rao", "9812300106", "devika.rao@example.com", "Hyderabad", "newsletter"),
    ("Arjun Mehta", "9812300107", "", "Ahmedabad", "wholesale; vip"),
    ("Neha Kulkarni", "9812300108", "neha.kulkarni@example.com", "Nagpur", ""),
    ("Imran Qureshi", "9812300109", "imran.qureshi@example.com", "Lucknow", "newsletter"),
    ("Lakshmi Subramaniam", "9812300110", "lakshmi.s@example.com", "Madurai", "vip"),
    ("Joseph D'Mello", "9812300111", "joseph.dmello@example.com", "Panaji", ""),
    ("अनिता शर्मा", "9812300112", "anita.sharma@example.com", "Jaipur", "newsletter"),
    ("Suresh Patil", "9812300113", "", "Kolhapur", "wholesale"),
    ("Tara Banerjee", "9812300114", "tara.banerjee@example.com", "Kolkata", "vip"),
    ("Vikram Chauhan", "9812300115", "vikram.chauhan@example.com", "Dehradun", ""),
    ("Zoya Khan", "9812300116", "zoya.khan@example.com", "Bhopal", "newsletter"),
    ("Ananya Das", "9812300117", "ananya.das@example.com", "Guwahati", "newsletter | vip"),
    ("Harpreet Kaur", "9812300118", "", "Amritsar", ""),
    ("Manoj Pillai", "9812300119", "manoj.pillai@example.com", "Thrissur", "wholesale"),
    ("Ritu Agarwal", "9812300120", "ritu.agarwal@example.com", "Indore", "vip"),
)

OPTOUTS = (("Phone", "Since"), ("+91 98123 00103", "2026-02-01"), ("098123-00105", "2026-03-01"))
"""Who asked for no messages, written as people write numbers."""

MESSY_HEADER = ("Customer", "WhatsApp No", "Email", "Country", "Tags", "GST Number")
MESSY = (
    # What Excel, exports and people do to numbers that can be read all the same
    ("Plain", "9812300201", "plain@example.com", "", "", ""),
    ("Spaces and trunk zero", "0 98123-00202", "", "", "", ""),
    ("Country code", "+91 98123 00203", "", "", "vip, diwali", ""),
    ("Country code, no plus", "919812300204", "", "", "", ""),
    ("Trunk zero in brackets", "+91 (0) 98123 00205", "", "", "", ""),
    ("Double zero", "00919812300206", "", "", "", ""),
    ("Float column", "919812300207.0", "", "", "", ""),
    ("Thousands separators", "919,812,300,208", "", "", "", ""),
    ("Scientific, all digits there", "9.19812300209E+11", "", "", "", ""),
    ("Apostrophe", "'919812300210", "", "", "", ""),
    ("Formula guard", '="919812300211"', "", "", "", ""),
    ("Direction marks", "\u202a+91 98123 00212\u202c", "", "", "", ""),
    ("Narrow spaces", "+91\u202f98123\u200900213", "", "", "", ""),
    ("देवनागरी अंक", "९८१२३००२१४", "", "", "", ""),
    ("Full width", "９８１２３００２１５", "", "", "", ""),
    ("tel link", "tel:+91-98123-00216", "", "", "", ""),
    ("wa.me link", "https://wa.me/919812300217", "", "", "", ""),
    ("Chat id", "919812300218@s.whatsapp.net", "", "", "", ""),
    ("Label", "Mobile: 9812300219", "", "", "", ""),
    ("Minus", "-919812300220", "", "", "", ""),
    ("Mexico, the old 1", "+52 1 55 1234 5678", "", "", "", ""),
    ("Germany", "+49 1512 3456789", "", "Deutschland", "", ""),
    ("Emirates by country column", "050 123 4567", "", "UAE", "", ""),
    ("South Africa by country column", "082 123 4567", "", "ZA", "", ""),
    ("Italian zero", "+39 06 1234 5678", "", "", "", ""),
    # Sent, with a warning
    ("Two numbers", "9812300221 / 9812300222", "", "", "", ""),
    ("Extension", "+91 98123 00223 ext 5", "", "", "", ""),
    ("Zero and country code", "0919812300224", "", "", "", ""),
    ("Code twice", "91919812300225", "", "", "", ""),
    ("Plus before a national number", "+9812300226", "", "", "", ""),
    ("Landline", "022 2456 7890", "", "", "", ""),
    ("Bad e-mail", "9812300227", "not an address", "", "", ""),
    # Not sent: a person must look
    ("Round number", "919812000000", "", "", "", ""),
    ("Another round number", "919813000000", "", "", "", ""),
    ("Nothing but zeros", "919814000000", "", "", "", ""),
    ("Placeholder", "9999999999", "", "", "", ""),
    ("Brazil, ninth digit missing", "+55 11 8765-4321", "", "", "", ""),
    ("Ivory Coast, old length", "+225 07 12 34 56", "", "", "", ""),
    ("Italy, zero eaten", "+39 612345678", "", "", "", ""),
    # Cannot be sent
    ("Excel lost digits", "9.19812E+11", "", "", "", ""),
    ("Masked with X", "+91 98123 XXXXX", "", "", "", ""),
    ("Masked with stars", "98123*****", "", "", "", ""),
    ("Letter for zero", "98123O0228", "", "", "", ""),
    ("Too long", "12345678901234567890", "", "", "", ""),
    ("Too short", "98123", "", "", "", ""),
    ("A date", "2024-01-15", "", "", "", ""),
    ("An address", "someone@example.com", "", "", "", ""),
    ("A group", "120363001234567890@g.us", "", "", "", ""),
    ("Toll free", "1800 123 456", "", "", "", ""),
    ("Vanity", "1-800-FLOWERS", "", "", "", ""),
    ("Error cell", "#REF!", "", "", "", ""),
    ("Nothing there", "", "nobody@example.com", "", "", ""),
    ("nan", "nan", "", "", "", ""),
    # Rows out of shape
    ("Short row", "9812300229"),
    ("Long row", "9812300230", "", "", "", "", "one cell", "too many"),
    # Cells that are text and nothing else
    ('=HYPERLINK("http://example.com")', "9812300231", "", "", "", ""),
    ("[red]not red[/red]", "9812300232", "", "", "", ""),
    ("Two\nlines", "9812300233", "", "", "", ""),
    ("NA", "9812300234", "", "", "", "22AAAAA0000A1Z5"),
    # The same phone again, written in other ways
    ("Plain again", "+91-98123-00201", "", "", "", ""),
    ("Plain once more", "0091 98123 00201", "", "", "", ""),
)


def write_contacts() -> None:
    """Write the twenty people as text, and as a workbook whose phones are numbers."""
    with (HERE / "contacts.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((HEADER, *PEOPLE))
    with xlsxwriter.Workbook(HERE / "contacts.xlsx") as book:
        sheet = book.add_worksheet("Contacts")
        sheet.write_row(0, 0, HEADER)
        for row, (name, phone, *rest) in enumerate(PEOPLE, start=1):
            sheet.write_string(row, 0, name)
            sheet.write_number(row, 1, int(phone))
            sheet.write_row(row, 2, rest)
        sheet.set_column(0, 4, 24)


def write_optouts() -> None:
    """Write who asked for no messages."""
    with (HERE / "optouts.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(OPTOUTS)


def write_messy() -> None:
    """Write the list that has everything wrong: a preamble, blank lines, a byte order mark, ragged rows."""
    with (HERE / "messy.csv").open("w", encoding="utf-8-sig", newline="") as file:
        file.write("Customers of the Pune shop,,,,,\r\nexported 2026-11-01,,,,,\r\n\r\n")
        rows = csv.writer(file)
        rows.writerow(MESSY_HEADER)
        for number, row in enumerate(MESSY):
            rows.writerow(row)
            if number == 10:
                file.write("\r\n,,,,,\r\n")


if __name__ == "__main__":
    write_contacts()
    write_messy()
    write_optouts()
