"""Area codes in a column of their own: whose they are, and which two cells are one number for certain."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from contact_import import schema
from contact_import.errors import InputProblem
from contact_import.mapping import choose
from contact_import.models import Frame
from contact_import.prepare import Rules, explain, prepare

MOBILE = "98765-4321"


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        pytest.param("DDD=area Telefone=phone", {1: 0}, id="before its phone"),
        pytest.param("Telefone=phone DDD=area", {0: 1}, id="behind its phone"),
        pytest.param("DDD=area Nome= Telefone=phone", {}, id="apart from it"),
        pytest.param("DDD=area Telefone=phone Celular=phone", {1: 0}, id="the next one alone"),
        pytest.param("Telefone=phone DDD=area Celular=phone", {}, id="between two"),
        pytest.param("DDD=area Telefone=phone DDD_(2)=area Celular=phone", {1: 0, 3: 2}, id="one before each"),
        pytest.param("Phone=phone Area_Code=area Mobile=phone Area_Code_(2)=area", {0: 1, 2: 3}, id="one behind each"),
        pytest.param("DDD1=area DDD2=area Fone1=phone Fone2=phone", {}, id="other numbers"),
        pytest.param("DDD1=area Fone1=phone DDD2=area Fone2=phone", {1: 0, 3: 2}, id="their numbers"),
        pytest.param("DDD_Celular=area DDD_Fixo=area Celular=phone Fixo=phone", {2: 0, 3: 1}, id="their names"),
        pytest.param("DDD_do_Celular=area Fone_Celular=phone Fixo=phone", {1: 0}, id="a part of its name"),
        pytest.param("DDD_Fixo=area Celular=phone", {}, id="another's name"),
        pytest.param("DDD_Fone=area Fone_Fixo=phone Fone_Celular=phone", {}, id="a part of two names"),
        pytest.param("DDD=area Fone=phone DDD_(2)=area Fax=", {1: 0}, id="a fax has its own"),
        pytest.param("Fax= DDD=area Fone=phone DDD_(2)=area", {2: 3}, id="a fax before"),
        pytest.param("Fone_da_mãe= DDD=area Fone=phone", {}, id="between somebody else's and the contact's"),
        pytest.param("DDD=area Fone=phone Area_Code=area", {}, id="two of one phone"),
        pytest.param("Area=area Phone=phone", {1: 0}, id="given by the user"),
    ],
)
def test_an_area_code_belongs_to_the_phone_it_is_next_to_or_named_after(headers, found):
    names, fields = zip(*(each.replace("_", " ").split("=") for each in headers.split()), strict=True)
    places = {field: [place for place, each in enumerate(fields) if each == field] for field in ("area", "phone")}
    assert schema.belonging(names, places["area"], places["phone"]) == found


@pytest.mark.parametrize(
    ("area", "number", "text"),
    [
        ("11", MOBILE, "11 98765-4321"),
        ("011", "3456-7890", "11 3456-7890"),
        (" (11) ", "34567890", "11 34567890"),
        ("11.0", "34567890.0", "11 34567890"),
        ("2652", "245678", "2652 245678"),
        ("11", "11 98765-4321", ""),
        ("11", "1198765432", ""),
        ("91", "91 3234-567", ""),
        ("11", "+55 3456-7890", ""),
        ("11", "3456-7890 / 98765-4321", ""),
        ("11", "3456-7890 ext 5", ""),
        ("11", "0 98765-4321", ""),
        ("11", "119876543", ""),
        ("11", "", ""),
        ("", MOBILE, ""),
        ("SP", MOBILE, ""),
        ("11987", MOBILE, ""),
    ],
)
def test_two_cells_are_joined_where_the_one_is_a_code_and_the_other_a_local_number(area, number, text):
    assert schema.with_area(area, number) == text


def told(headers, rows, **options):
    """Return field and reason of the first column."""
    found = choose(headers, pd.DataFrame(rows, dtype=object), **options).columns[0]
    return found.field, found.reason


FED = ("area", 'header "DDD": area code of "Celular"')
NO_CODES = (None, 'not mapped: header "DDD", but its values are no area codes')
VETOED = (None, 'vetoed by "DDD": never a phone')


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("11", MOBILE), ("021", "3456-7890")], FED, id="local numbers"),
        pytest.param([("11", MOBILE), ("", "3456-7890"), ("11", "")], FED, id="blank cells"),
        pytest.param([("11", MOBILE), ("11", MOBILE), ("11", "11987654321")], FED, id="most are local"),
        pytest.param([("11", MOBILE), ("11", "11987654321")], VETOED, id="half of them are not"),
        pytest.param([("11", "11 98765-4321")], VETOED, id="whole numbers"),
        pytest.param([("11", MOBILE), ("Rio", MOBILE)], NO_CODES, id="a town"),
        pytest.param([*((f"1{n}", f"98765-432{n}") for n in range(1, 10)), ("Rio", MOBILE)], FED, id="a town in ten"),
        pytest.param([("11", MOBILE), ("n/a", MOBILE), ("-", MOBILE)], FED, id="words for nothing"),
        pytest.param([("", MOBILE)], NO_CODES, id="no codes at all"),
    ],
)
def test_a_column_of_area_codes_feeds_a_phone_column_whose_numbers_are_without(rows, expected):
    assert told(["DDD", "Celular"], rows) == expected


def test_a_header_that_may_mean_much_is_offered_as_an_area_code():
    rows = [("11", "3456-7890"), ("21", "3456-7891")]
    assert told(["Area", "Phone"], rows) == (
        None,
        'not mapped: may be the area code of "Phone", or much else; if it is, add --map area="Area"',
    )
    assert told(["Area", "Phone"], rows, given={"area": "Area"}) == ("area", "given by --map")
    assert told(["Area", "Phone"], [("Andheri", "98123 00001")]) == (
        None,
        'vetoed by "Area": never a phone',
    )


@pytest.mark.parametrize(
    ("codes", "field"),
    [
        pytest.param(("55", "55"), None, id="Brazil, or Santa Maria"),
        pytest.param(("55", "11"), "area", id="a code of Brazil as well"),
        pytest.param(("31", "31"), "area", id="Belo Horizonte, as nobody takes it for the Netherlands"),
    ],
)
def test_one_code_in_all_cells_that_may_be_the_countrys_is_asked_about(codes, field):
    rows = [(code, MOBILE) for code in codes]
    assert told(["DDD", "Celular"], rows)[0] == field
    assert told(["DDD", "Celular"], rows, region="BR")[0] == field
    assert told(["Lada", "Celular"], rows, region="MX")[0] == "area"


def test_a_bare_code_with_a_zero_in_front_is_offered_as_an_area_code():
    rows = [("011", "123 4567"), ("012", "123 4568")]
    assert told(["Code", "Tel"], rows)[1].endswith('if it is, add --map area="Code"')
    assert told(["Code", "Tel"], [("91", "98123 00001")])[0] == "prefix"


def test_a_second_phone_without_its_area_code_is_told():
    rows = pd.DataFrame([("11", "3456-7890", MOBILE)], dtype=object)
    assert choose(["DDD", "Telefone", "Celular"], rows).warnings == (
        '"DDD" holds area codes that the numbers in "Celular" are without: put both together in one column',
    )
    whole = pd.DataFrame([("11", "3456-7890", "11 98765-4321")], dtype=object)
    assert choose(["DDD", "Telefone", "Celular"], whole).warnings == ()


def test_an_area_code_between_two_phones_is_left_and_told():
    rows = [("082 123 4567", "011", "123 4567"), ("082 123 4568", "012", "123 4568")]
    found = choose(["Cell", "Code", "Tel"], pd.DataFrame(rows, dtype=object)).columns[1]
    assert (found.field, found.reason) == (None, "not mapped: may hold area codes, and it is not clear of which phone")


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        pytest.param("Celular DDD Recado", ["phone", None, None], id="behind the phone, and before another number"),
        pytest.param("DDD Celular DDD Recado", ["area", "phone", None, None], id="the other number has its own"),
        pytest.param("Recado DDD Celular", [None, "area", "phone"], id="before the phone"),
    ],
)
def test_an_area_code_may_belong_to_a_number_that_no_header_calls_a_phone(headers, fields):
    cells = {"DDD": "11", "Celular": MOBILE, "Recado": "3456-7890"}
    rows = pd.DataFrame([[cells[header] for header in headers.split()]] * 2, dtype=object)
    assert [column.field for column in choose(headers.split(), rows).columns] == fields


def test_an_area_code_of_no_phone_is_refused():
    with pytest.raises(InputProblem, match=r'--map area="DDD": it is not clear of which phone; put the column right'):
        told(["DDD", "Nome", "Celular"], [("11", "Ana", MOBILE)], given={"area": "DDD"})


def verdict(area: str, number: str, region: str | None, **cells: str) -> tuple[str, ...]:
    """Return outcome, rule, phone and suggestion of a row, in a column of local numbers."""
    headers = ["DDD", "Telefone", *cells]
    rows = [(area, number, *cells.values()), *(("11", MOBILE, *cells.values()) for _ in range(3))]
    table = pd.DataFrame(rows, dtype=object)
    sheet = prepare(Frame(np.arange(2, 6), table), choose(headers, table, region=region), Rules(region=region))
    outcome, rule, prefix, number, suggestion = sheet.loc[0, ["outcome", "rule", "prefix", "number", "suggestion"]]
    return outcome, rule, f"{prefix} {number}".strip(), suggestion


@pytest.mark.parametrize(
    ("region", "area", "number", "expected"),
    [
        pytest.param("BR", "11", MOBILE, ("ready", "phone-area-joined", "55 11987654321", ""), id="Brazil"),
        pytest.param("BR", "51", MOBILE, ("ready", "phone-area-joined", "55 51987654321", ""), id="51 is not Peru"),
        pytest.param("BR", "55", MOBILE, ("ready", "phone-area-joined", "55 55987654321", ""), id="55 is a town"),
        pytest.param("BR", "011", "3456-7890", ("ready", "landline", "55 1134567890", ""), id="a landline"),
        pytest.param("BR", "11", "11 98765-4321", ("ready", "national", "55 11987654321", ""), id="never twice"),
        pytest.param("BR", "11", "+351 912 345 678", ("ready", "international", "351 912345678", ""), id="a plus"),
        pytest.param("BR", "11", "8765-4321", ("held", "phone-ninth-digit", "", "+55 11987654321"), id="an old mobile"),
        pytest.param("BR", "119", "8765-4321", ("held", "phone-area", "", "+55 11987654321"), id="no area code"),
        pytest.param("BR", "20", MOBILE, ("held", "phone-unverified", "", "+55 20987654321"), id="no area there"),
        pytest.param("BR", "11", "345 678", ("rejected", "phone-area", "", ""), id="too short"),
        pytest.param("BR", "", MOBILE, ("rejected", "phone-area-code", "", ""), id="blank"),
        pytest.param(None, "11", MOBILE, ("held", "phone-no-country", "", ""), id="no country"),
        pytest.param("MX", "55", "1234 5670", ("ready", "phone-area-joined", "52 5512345670", ""), id="Mexico"),
        pytest.param("ZA", "011", "123 4567", ("ready", "landline", "27 111234567", ""), id="South Africa"),
        pytest.param("ZA", "082", "123 4567", ("ready", "phone-area-joined", "27 821234567", ""), id="a mobile there"),
        pytest.param("ZA", "082", "123 456", ("held", "phone-digit-missing", "", "+27 82123456"), id="a digit short"),
        pytest.param("IN", "022", "2456 7890", ("ready", "landline", "91 2224567890", ""), id="India"),
        pytest.param("IN", "079", "9876 5432", ("held", "phone-area", "", "+91 7998765432"), id="a mobile cut short"),
        pytest.param("US", "212", "555-2368", ("ready", "phone-area-joined", "1 2125552368", ""), id="America"),
        pytest.param("AR", "11", "2345-6789", ("held", "phone-area", "", "+54 1123456789"), id="another country"),
    ],
)
def test_a_number_is_completed_where_its_country_makes_it_certain(region, area, number, expected):
    assert verdict(area, number, region) == expected


def test_the_rows_own_country_decides_too():
    assert verdict("11", MOBILE, None, País="Brasil") == ("ready", "phone-area-joined", "55 11987654321", "")
    assert verdict("11", MOBILE, "BR", País="Portugal")[0] in {"held", "rejected"}


def test_an_area_code_with_the_countrys_before_it_is_held():
    assert verdict("9122", "24567890", None, ISD="91") == ("held", "phone-area", "", "+91 2224567890")


def test_the_reason_names_both_columns():
    rows = [("11", "8765-4321", ""), ("11", "", "11 98765-4321"), ("11", "345 678", "")]
    table = pd.DataFrame(rows, dtype=object)
    sheet = prepare(Frame(np.arange(2, 5), table), choose(["DDD", "Telefone", "Celular"], table), Rules(region="BR"))
    joint = ' (the area code of "DDD" before the number of "Telefone")'
    other = ' (in the column "Telefone")'
    assert sheet["reason"].tolist() == [
        explain("phone-ninth-digit") + other + joint,
        "",
        explain("phone-area") + other + joint,
    ]
