"""The table of known exports: each is told by its real header row, and read as it is known to be."""

from __future__ import annotations

import pandas as pd
import pytest

from contact_import import schema, sources
from contact_import.errors import InputProblem
from contact_import.mapping import choose
from contact_import.sources import EXPORTS, Verified, recognise


def numbered(pattern: str, *numbers: int) -> str:
    return ",".join(pattern.replace("#", str(number)) for number in numbers)


OUTLOOK_ADDRESSES = ",".join(
    f"{place} {part}"
    for place in ("Business", "Home", "Other")
    for part in ("Street", "Street 2", "Street 3", "City", "State", "Postal Code", "Country/Region")
)

# name → header row as the program writes it, "position:field …" in the order of preference
HEADERS: dict[str, tuple[str, str]] = {
    "Google Contacts": (
        "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
        "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,"
        "Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,"
        "Phone 1 - Value,Phone  2 - Label,Phone  2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - City,"
        "Address 1 - Postal Code,Address 1 - Country,Relation 1 - Label,Relation 1 - Value,Website 1 - Value,"
        "Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value",
        "22:phone 24:phone 0:first_name 2:last_name 18:email 29:country 16:tags",
    ),
    "Google Contacts, older": (
        "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,"
        "Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,"
        "Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,"
        "Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
        "Organization 1 - Name,Website 1 - Value",
        "32:phone 0:name 1:first_name 3:last_name 30:email 28:tags",
    ),
    "Outlook": (
        f"Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,{OUTLOOK_ADDRESSES},"
        "Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,"
        "Home Fax,Home Phone,Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,"
        "TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,Billing Information,Birthday,"
        "Business Address PO Box,Categories,Children,Directory Server,E-mail Address,E-mail Type,"
        "E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,Gender,Government ID Number,Hobby,"
        "Manager's Name,Notes,Organizational ID Number,Referred By,Spouse,User 1,Web Page",
        "40:phone 44:phone 31:phone 32:phone 37:phone 38:phone 42:phone 34:phone 45:phone "
        "1:first_name 3:last_name 57:email 21:country 54:tags",
    ),
    "Outlook.com": (
        "Title,First Name,Middle Name,Last Name,Suffix,Given Name Yomi,Family Name Yomi,Home Street,"
        "Assistant's Phone,Business Fax,Business Phone,Home Phone,Mobile Phone,Primary Phone,E-mail Address,"
        "E-mail Type,E-mail 2 Address,Notes,Spouse,Web Page",
        "12:phone 13:phone 10:phone 11:phone 1:first_name 3:last_name 14:email",
    ),
    "Google Contacts as Outlook CSV": (
        "First Name,Middle Name,Last Name,Title,Suffix,Initials,Web Page,Gender,Birthday,Anniversary,Location,"
        "Language,Internet Free Busy,Notes,E-mail Address,E-mail 2 Address,E-mail 3 Address,Primary Phone,"
        "Home Phone,Home Phone 2,Mobile Phone,Pager",
        "20:phone 17:phone 18:phone 19:phone 0:first_name 2:last_name 14:email",
    ),
    "Windows Live Mail": (
        "First Name,Last Name,Middle Name,Name,Nickname,E-mail Address,Home Street,Home City,Home Phone,Home Fax,"
        "Mobile Phone,Personal Web Page,Business Street,Business Phone,Business Fax,Pager,Company,Job Title,"
        "Department,Office Location,Notes",
        "10:phone 8:phone 13:phone 3:name 0:first_name 1:last_name 5:email",
    ),
    "Yahoo": (
        "First,Middle,Last,Nickname,Email,Category,Distribution Lists,Messenger ID,Home,Work,Pager,Fax,Mobile,Other,"
        "Yahoo! Phone,Primary,Alternate Email 1,Alternate Email 2,Personal Website,Business Website,Title,Company,"
        "Work Address,Home Country,Birthday,Anniversary,Custom 1,Comments,Messenger ID1,Skype ID,QQ ID",
        "12:phone 15:phone 8:phone 9:phone 14:phone 13:phone 0:first_name 2:last_name 4:email 23:country 5:tags",
    ),
    "Thunderbird": (
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,"
        "Fax Number,Pager Number,Mobile Number,Home Address,Home ZipCode,Home Country,Job Title,Organization,"
        "Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Notes,",
        "11:phone 8:phone 7:phone 2:name 0:first_name 1:last_name 4:email 14:country",
    ),
    "HubSpot": (
        "Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Create Date,Associated Company,"
        "Mobile Phone Number,Contact owner,Lifecycle Stage,Job Title,Company Name,Country/Region,Postal Code,"
        "Associated Company IDs,Work email,WhatsApp Phone Number",
        "17:phone 8:phone 4:phone 1:first_name 2:last_name 3:email 13:country",
    ),
    "Salesforce report": (
        "Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mailing State/Province,"
        "Mailing Zip/Postal Code,Mailing Country,Phone,Mobile,Fax,Email,Account Owner,Contact ID,Home Phone,"
        "Other Phone,Asst. Phone,Do Not Call,Email Opt Out",
        "11:phone 10:phone 16:phone 17:phone 1:first_name 2:last_name 13:email 9:country 19:opt_out 20:opt_out",
    ),
    "Salesforce Data Loader": (
        "Id,FirstName,LastName,Email,Phone,MobilePhone,AccountId,Title,OwnerId,CreatedDate",
        "5:phone 4:phone 1:first_name 2:last_name 3:email",
    ),
    "Zoho CRM contacts": (
        "Record Id,Contact Owner.id,Contact Owner,Lead Source,First Name,Last Name,Account Name.id,Account Name,"
        "Vendor Name.id,Vendor Name,Email,Title,Department,Phone,Mobile,Created By.id,Created By,Modified By.id,"
        "Modified By,Created Time,Modified Time,Contact Name,Description,Email Opt Out,Salutation,"
        "Last Activity Time,Tag,Reporting To.id,Unsubscribed Mode,Unsubscribed Time",
        "14:phone 13:phone 21:name 4:first_name 5:last_name 10:email 26:tags 23:opt_out 28:opt_out 29:opt_out",
    ),
    "Zoho CRM leads": (
        "Record Id,Lead Owner.id,Lead Owner,Company,First Name,Last Name,Email,Phone,Mobile,Lead Source,Lead Status,"
        "Lead Name,Tag,Country",
        "8:phone 7:phone 11:name 4:first_name 5:last_name 6:email 13:country 12:tags",
    ),
    "Pipedrive": (
        "Person - ID,Person - Name,Person - Email,Person - Phone - Work,Person - Phone - Mobile,Person - Phone,"
        "Organization - Name,Deal - Title,Activity - Subject",
        "4:phone 5:phone 3:phone 1:name 2:email",
    ),
    "ACT!": (
        "Company,Name Suffix,Address 1,City,Phone,Phone Ext-,Mobile Phone,Alt Phone,Fax,E-mail Login,E-mail",
        "6:phone 4:phone 7:phone 10:email",
    ),
    "Jobber": (
        "Client Name,First Name,Last Name,Email,Phone Number,Company Name,City,State,Zip",
        "4:phone 0:name 1:first_name 2:last_name 3:email",
    ),
    "Shopify customers": (
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
        "Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,"
        "Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,"
        "Total Spent,Total Orders,Note,Tax Exempt,Tags,Accepts WhatsApp Marketing,"
        "Birthday (customer.metafields.facts.birth_date)",
        "13:phone 12:phone 1:first_name 2:last_name 3:email 10:country 19:tags 20:opt_in 14:opt_in 4:opt_in",
    ),
    "Shopify customers, older": (
        "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,"
        "Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt",
        "13:phone 0:first_name 1:last_name 2:email 11:country 17:tags 14:opt_in 3:opt_in",
    ),
    "Shopify import template": (
        "First Name,Last Name,Email,Phone,Company,Address1,Address2,City,Province,Province Code,Country,"
        "Country Code,Zip,Tags",
        "3:phone 0:first_name 1:last_name 2:email 11:country 13:tags",
    ),
    "WooCommerce Analytics customers": (
        "Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code,"
        "Billing Phone,Shipping Phone,Role",
        "12:phone 13:phone 0:name 4:email 8:country",
    ),
    "WooCommerce orders": (
        "order_id,billing_first_name,billing_last_name,billing_company,billing_country,billing_email,billing_phone",
        "6:phone 1:first_name 2:last_name 5:email 4:country",
    ),
    "Stripe customers": (
        "id,Email,Name,Phone,Description,Created (UTC),Default Card,Card Number,Card Last 4,Card Exp Month,"
        "plan (metadata)",
        "3:phone 2:name 1:email",
    ),
    "Eventbrite attendees": (
        "Order #,Order Date,Prefix,First Name,Last Name,Email,Quantity,Ticket Type,Attendee #,Barcode #,"
        "Attendee Status,Cell Phone",
        "11:phone 3:first_name 4:last_name 5:email",
    ),
    "Eventbrite orders": (
        "Order No.,Order Date,Buyer First Name,Buyer Last Name,Buyer Email,Ticket Type,Cell Phone",
        "6:phone 2:first_name 3:last_name 4:email",
    ),
    "Meta lead ads": (
        "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,form_name,is_organic,"
        "platform,best_number?,full_name,phone_number,email,inbox_url,lead_status",
        "14:phone 13:name 15:email",
    ),
    "Google Ads lead form": (
        "Lead ID,GCLID,Campaign Name,Ad Group Name,Lead Form Name,Date Submitted,User Phone,User Email",
        "6:phone 7:email",
    ),
    "Mailchimp": (
        "Email Address,First Name,Last Name,Address,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,"
        "CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,UNSUB_TIME,"
        "UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,LAST_CHANGED,LEID,EUID,NOTES,TAGS",
        "4:phone 1:first_name 2:last_name 0:email 26:tags 18:opt_out 21:opt_out",
    ),
    "Klaviyo": (
        "Email,Klaviyo ID,First Name,Last Name,Organization,Title,Phone Number,Address,City,State / Region,Country,"
        "Zip Code,Latitude,Longitude,Source,IP Address,Email Marketing Consent,Email Marketing Consent Timestamp,"
        "Historic Customer Lifetime Value,Email Suppressions",
        "6:phone 2:first_name 3:last_name 0:email 10:country 16:opt_in 19:opt_out",
    ),
    "Brevo": (
        "EMAIL,LASTNAME,FIRSTNAME,SMS,EMAIL_BLACKLISTED,SMS_BLACKLISTED,ADDED_TIME,MODIFIED_TIME",
        "3:phone 2:first_name 1:last_name 0:email 5:opt_out 4:opt_out",
    ),
    "ActiveCampaign": (
        "Email,First Name,Last Name,Phone,Tags,Date Created,IP,Status",
        "3:phone 1:first_name 2:last_name 0:email 4:tags 7:opt_in",
    ),
    "systeme.io": (
        "Email,First name,Surname,Phone number,Country,Tags,Date registered",
        "3:phone 1:first_name 2:last_name 0:email 4:country 5:tags",
    ),
    "Interakt": (
        "Name,Country Code,Phone Number,Email,WhatsApp Opted,User ID,Area,City",
        "2:phone 1:prefix 0:name 3:email 4:opt_in",
    ),
    "AiSensy": ("Name,Mobile Number,First Message,city", "1:phone 0:name"),
    "Chatwoot": (
        "id,name,email,identifier,document_number,phone_number,labels,ip_address,company_name,custom_attribute_1",
        "5:phone 1:name 2:email 6:tags",
    ),
    "RapidPro and TextIt": ("URN:Tel,Name,Language,Field:team,Group:Testers,URN:Tel", "0:phone 5:phone 1:name"),
    "Engati": (
        "phone_no,first_name,last_name,email,username,city,state,country,amount_paid||NUMBER",
        "0:phone 1:first_name 2:last_name 3:email 7:country",
    ),
    "OneSignal": ("phone_number,external_id,subscribed", "0:phone 2:opt_in"),
    "Salesforce MobileConnect": ("_MobileNumber,_Locale,_ContactKey", "0:phone"),
    "WhatsApp group exporter": (
        "Country Code,Country,Phone Number,Public Display Name,Saved Name,Group Name,Is My Contact,Is Business",
        "2:phone 0:prefix 1:country 4:name 5:tags",
    ),
}

PHONELESS = {
    "WooCommerce Analytics customers, older": (
        "Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code"
    ),
    "Stripe customers, short": (
        "id,Description,Email,Name,Created (UTC),Delinquent,Plan,Status,Total Spend,Payment Count,Refunded Volume,"
        "Dispute Losses,tag (metadata)"
    ),
    "Kit": "first_name,email,created_at,status",
    "LinkedIn connections": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
}

# Their headers are anybody's: lists like these are read by them, and no program is named.
PLAIN = {
    "respond.io": ("First Name,Last Name,Phone Number,Email,Tags", "2:phone 0:first_name 1:last_name 3:email 4:tags"),
    "flow.ai": (
        "full name,phone number,first name,last name,language",
        "1:phone 0:name 2:first_name 3:last_name",
    ),
    "MyOperator": ("Name,Phone number", "1:phone 0:name"),
    "SwiftMsg": ("phone,name,city", "0:phone 1:name"),
}


def mapped(row: str, *rows: tuple[str, ...], **options):
    headers = row.split(",")
    return choose(headers, pd.DataFrame(rows, columns=range(len(headers)), dtype=object), **options)


def fed(mapping) -> str:
    """Return "position:field …" of what is fed, sorted."""
    order = "phone prefix name first_name last_name email country tags".split()
    consents = sorted(mapping.feeding("opt_out") + mapping.feeding("opt_in"))
    found = [f"{index}:{field}" for field in order for index in mapping.feeding(field)]
    return " ".join(sorted([*found, *(f"{index}:{mapping.columns[index].field}" for index in consents)]))


def table(expected: str) -> str:
    return " ".join(sorted(expected.split()))


@pytest.mark.parametrize(("name", "row", "expected"), [(name, *rest) for name, rest in HEADERS.items()], ids=HEADERS)
def test_an_export_is_told_by_its_header_and_read_as_it_is_known_to_be(name, row, expected):
    found = mapped(row)
    assert (found.source, fed(found)) == (name, table(expected))
    phones = tuple(int(each.partition(":")[0]) for each in expected.split() if each.endswith(":phone"))
    assert found.feeding("phone") == phones
    export = sources.named(name)
    reasons = {column.reason.partition(";")[0] for column in found.columns if column.field}
    assert export.name in reasons
    assert found.notes == ((export.note,) if export.note else ())
    sure = {"likely"} if export.verified is Verified.ONCE else {"sure"}
    assert {column.confidence for column in found.columns if column.reason.startswith(name)} == sure


@pytest.mark.parametrize(("name", "row"), PHONELESS.items(), ids=PHONELESS)
def test_an_export_without_phones_says_so_in_its_own_words(name, row):
    assert recognise(row.split(",")).name == name
    width = row.count(",") + 1
    with pytest.raises(InputProblem) as refused:
        # Numbers that look like phones are no phones here.
        mapped(row, *[("9812300001",) * width, ("9812300002",) * width])
    assert str(refused.value).startswith(
        f"no column is known to hold phones ({name}: {sources.named(name).note}). The columns are: "
    )


def test_a_phone_column_that_was_added_to_an_export_without_phones_is_used():
    assert mapped(PHONELESS["LinkedIn connections"] + ",Phone").feeding("phone") == (7,)
    assert mapped(PHONELESS["LinkedIn connections"] + ",n", given={"phone": "n"}).feeding("phone") == (7,)


@pytest.mark.parametrize(("name", "row", "expected"), [(name, *rest) for name, rest in PLAIN.items()], ids=PLAIN)
def test_a_list_with_anybodys_headers_is_read_and_ascribed_to_nobody(name, row, expected):
    found = mapped(row)
    assert (found.source, found.notes, fed(found)) == (None, (), table(expected))
    assert sources.named(name).markers == ()


def test_every_export_of_the_table_has_its_header_here():
    assert [export.name for export in EXPORTS if export.name not in {**HEADERS, **PHONELESS, **PLAIN}] == []
    assert {export.name for export in EXPORTS} == {*HEADERS, *PHONELESS, *PLAIN}


@pytest.mark.parametrize("export", [export for export in EXPORTS if export.markers], ids=lambda export: export.name)
def test_a_preset_needs_all_of_its_markers(export):
    assert recognise(export.markers) == export
    for marker in export.markers:
        found = recognise(header for header in export.markers if header != marker)
        assert found != export
    for header in export.without:
        assert recognise((*export.markers, header)) != export


def test_order_case_and_white_space_of_the_headers_do_not_matter():
    row = [f" {header.upper()}\t" for header in reversed(HEADERS["Zoho CRM contacts"][0].split(","))]
    assert recognise(row).name == "Zoho CRM contacts"
    assert recognise(["first  name", "LAST NAME", "Phonetic\nFirst Name", "File-As", "labels", "x"]).name == (
        "Google Contacts"
    )


def test_of_two_exports_the_one_with_more_markers_is_believed():
    both = (*sources.named("Pipedrive").markers, *sources.named("Thunderbird").markers)
    assert recognise(both).name == recognise(reversed(both)).name == "Thunderbird"


@pytest.mark.parametrize(
    "row",
    [
        "Name,Phone",
        "First Name,Last Name,Email,Phone,Tags",
        "Record ID,Deal Name,Amount",
        "id,Email,Name,Phone",
        "Name,Mobile Number,City",
        "phone_no,first_name,last_name",
        "Country Code,Phone Number,Name",
        "first_name,last_name,email,phone,created_at,status",
        "",
    ],
)
def test_a_list_of_no_known_program_is_ascribed_to_none(row):
    assert recognise(row.split(",")) is None


@pytest.mark.parametrize("name", "WATI Truecaller DoubleTick Gallabox Freshsales Odoo Tally".split())
def test_what_nobody_could_verify_is_no_preset(name):
    assert [export.name for export in EXPORTS if name.casefold() in export.name.casefold()] == []


def test_the_table_is_sound():
    assert len({export.name for export in EXPORTS}) == len(EXPORTS)
    fields = {field.name for field in schema.FIELDS}
    for export in EXPORTS:
        assert {rule.field for rule in export.rules} <= fields, export.name
        assert {rule.channel for rule in export.rules} <= {"", *schema.CHANNELS}, export.name
        assert export.phoneless == ("phone" not in export.fields), export.name
        assert not (export.phoneless and not export.note), export.name
        assert not {*export.decoys, *export.secrets} & {rule.header for rule in export.rules}, export.name


def test_the_fields_of_an_export_are_its_headers_preferred_ones_first():
    assert sources.named("Brevo").fields == {
        "phone": ("WHATSAPP", "SMS", "LANDLINE_NUMBER", "LANDLINE"),
        "first_name": ("FIRSTNAME",),
        "last_name": ("LASTNAME",),
        "email": ("EMAIL",),
        "opt_out": ("WHATSAPP_BLACKLISTED", "SMS_BLACKLISTED", "EMAIL_BLACKLISTED"),
    }


def test_card_columns_are_never_read_nor_shown():
    found = mapped(
        HEADERS["Stripe customers"][0],
        (
            "cus_1",
            "asha@example.com",
            "Asha Rao",
            "+919812300001",
            "",
            "2024-01-15",
            "card_1",
            "9812300007",
            "4242",
            "1",
            "",
        ),
    )
    cards = {column.header: (column.field, column.secret) for column in found.columns if "Card" in column.header}
    assert cards == dict.fromkeys(("Default Card", "Card Number", "Card Last 4", "Card Exp Month"), (None, True))
    assert [column.header for column in found.columns if column.secret] == list(cards)
    assert found.columns[7].reason == "never read: card data, as Stripe customers is known to have"


def test_the_user_s_word_wins_over_a_preset():
    row = "EMAIL,LASTNAME,FIRSTNAME,SMS,EMAIL_BLACKLISTED,SMS_BLACKLISTED,Festnetz"
    found = mapped(row, given={"phone": "Festnetz", "email": "SMS"})
    assert (found.source, found.feeding("phone"), found.feeding("email")) == ("Brevo", (6,), (3,))
    assert (found.columns[3].reason, found.columns[0].reason) == (
        "given by --map",
        "not mapped: another e-mail column is used",
    )


def test_a_users_own_whatsapp_column_goes_before_what_the_preset_prefers():
    row = HEADERS["Salesforce report"][0] + ",WhatsApp,Second Mobile"
    assert mapped(row).feeding("phone") == (21, 11, 10, 16, 17, 22)


def test_a_blank_column_leaves_a_field_to_the_next_one_of_the_preset():
    headers = "Country Code,Country,Phone Number,Public Display Name,Saved Name,Group Name,Is My Contact"
    assert mapped(headers, ("91", "India", "9812300001", "Asha", "", "", "no")).feeding("name") == (3,)
