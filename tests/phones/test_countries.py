import subprocess
import sys

import pytest

from contact_import.phones.countries import NAMES, region_of
from contact_import.phones.prefixes import BLANK, UNKNOWN, UNREADABLE, Prefix, prefix_of
from contact_import.phones.regions import CODE_OF
from tests.phones.country_names import table


@pytest.mark.parametrize(
    ("name", "region"),
    [
        *((name, "IN") for name in ("India", "INDIA", " india ", "भारत", "IN", "IND", "Bharat", "Indien", "Inde")),
        *((name, "CI") for name in ("Côte d’Ivoire", "Cote d'Ivoire", "Ivory Coast", "CIV")),
        *((name, "AE") for name in ("UAE", "Émirats arabes unis", "emirats arabes unis", "الإمارات", "الامارات")),
        *((name, "US") for name in ("USA", "U.S.A.", "United States", "us")),
        *((name, "GB") for name in ("UK", "England", "Great Britain", "GBR")),
        *((name, "SA") for name in ("KSA", "المملكة العربية السعودية", "Saudi Arabia")),
        *((name, "BR") for name in ("Brasil", "Brazil", "BRA")),
        *((name, "CD") for name in ("DR Congo", "COD")),
        ("NA", "NA"),
        ("Namibia", "NA"),
        ("Россия", "RU"),
        ("Deutschland", "DE"),
        ("Türkiye", "TR"),
        ("RSA", "ZA"),
        ("Macau", "MO"),
        ("", ""),
        ("Wakanda", ""),
        ("XX", ""),
    ],
)
def test_a_country_in_any_language_is_a_region(name, region):
    assert region_of(name) == region


def test_every_region_is_its_own_name():
    assert [region_of(region) for region in CODE_OF] == list(CODE_OF)


def test_the_names_are_those_that_phonenumbers_has():
    assert NAMES.read_text(encoding="utf-8") == table(), "run `make countries`"


def test_naming_a_country_does_not_load_the_names_of_phonenumbers():
    code = "import sys; from contact_import.phones.countries import region_of; print(region_of('Brasil'), *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    region, *modules = done.stdout.split()
    assert region == "BR"
    assert "phonenumbers.geodata.locale" not in modules


INDIA = Prefix(91, "IN")


@pytest.mark.parametrize(
    ("cell", "prefix"),
    [
        *((cell, INDIA) for cell in ("91", "+91", "0091", "91.0", "(+91)", "'91", "९१", " 91 ")),
        *((cell, INDIA) for cell in ("IN", "IND", "India", "India (+91)", "IN +91", "भारत", "भारत +91")),
        *((cell, Prefix(1, "US", "242")) for cell in ("1242", "1-242", "+1 242", "1 (242)", "001242")),
        ("Canada +1", Prefix(1, "CA")),
        ("225", Prefix(225, "CI")),
        ("7", Prefix(7, "RU")),
        ("NA", Prefix(264, "NA")),
        *((cell, BLANK) for cell in ("", " ", "-", "nan", "N/A", "None")),
        *((cell, UNREADABLE) for cell in ("home", "+", "x" * 300, "\ud800")),
        *((cell, UNKNOWN) for cell in ("022", "999", "0", "911234", "Germany +91", "4420", "882")),
    ],
)
def test_a_prefix_cell_is_a_calling_code(cell, prefix):
    assert prefix_of(cell) == prefix
