"""Writes the twins: for every export that is known, and every quirk of homemade lists, a small file of made-up people.

`python -m tests.twins.build` writes files/ and manifest.toml anew; the files are committed, so that a change shows.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import tomli_w
import xlsxwriter

from tests.readers import writers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HERE = Path(__file__).parent
FILES = HERE / "files"
MOMENT = datetime(2026, 1, 2)


@dataclass(frozen=True)
class Twin:
    """One file and what it shows."""

    name: str
    content: bytes
    shows: str
    source: str = ""
    """The export that is to be recognised; "" for none."""
    options: dict[str, str] = field(default_factory=dict)


def text(headers: str, *rows: str | dict[str, str], tail: str = "", encoding: str = "utf-8", **dialect: str) -> bytes:
    """Return a delimited text: *headers* with commas between, rows as dicts of header → cell."""
    names = next(csv.reader([headers]))
    out = io.StringIO(newline="")
    writer = csv.writer(out, **{"lineterminator": "\r\n", **dialect})
    writer.writerow(names)
    for row in rows:
        assert isinstance(row, dict)
        assert row.keys() <= set(names), row.keys() - set(names)
        writer.writerow([row.get(name, "") for name in names])
    return (out.getvalue() + tail).encode(encoding)


def cells(rows: Iterable[Sequence[str]], encoding: str = "utf-8", **dialect: str) -> bytes:
    """Return a delimited text of *rows*."""
    out = io.StringIO(newline="")
    csv.writer(out, **{"lineterminator": "\r\n", **dialect}).writerows(rows)
    return out.getvalue().encode(encoding)


IN = {"country": "IN"}
BR = {"country": "BR"}
ZA = {"country": "ZA"}
ID = {"country": "ID"}
AE = {"country": "AE"}

# Address books

GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,"
    "Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,"
    "Phone 2 - Value,Phone 3 - Label,Phone 3 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,"
    "Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,"
    "Address 1 - Extended Address,Relation 1 - Label,Relation 1 - Value,Website 1 - Label,Website 1 - Value,"
    "Event 1 - Label,Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,Name Prefix,"
    "Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,"
    "Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,"
    "E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Address 1 - Type,Address 1 - Formatted,"
    "Address 1 - Country,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,"
    "Organization 1 - Department,Organization 1 - Symbol,Organization 1 - Location,Organization 1 - Job Description,"
    "Relation 1 - Type,Relation 1 - Value,Website 1 - Type,Website 1 - Value"
)
OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,"
    "Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home Street 2,"
    "Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other Street 2,Other Street 3,"
    "Other City,Other State,Other Postal Code,Other Country/Region,Assistant's Phone,Business Fax,Business Phone,"
    "Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,Home Phone 2,ISDN,Mobile Phone,Other Fax,"
    "Other Phone,Pager,Primary Phone,Radio Phone,TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,"
    "Billing Information,Birthday,Business Address PO Box,Categories,Children,Directory Server,E-mail Address,E-mail Type,"
    "E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Address,E-mail 3 Type,"
    "E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box,Initials,Internet Free Busy,Keywords,"
    "Language,Location,Manager's Name,Mileage,Notes,Office Location,Organizational ID Number,Other Address PO Box,Priority,"
    "Private,Profession,Referred By,Sensitivity,Spouse,User 1,User 2,User 3,User 4,Web Page"
)


def address_books() -> Iterable[Twin]:
    """Yield the address books."""
    yield Twin(
        "google.csv",
        text(
            GOOGLE,
            {
                "First Name": "Asha",
                "Last Name": "Rao",
                "Labels": "Diwali ::: * myContacts",
                "E-mail 1 - Label": "* Home",
                "E-mail 1 - Value": "asha@example.com",
                "Phone 1 - Label": "Home Fax",
                "Phone 1 - Value": "022 2345 6701",
                "Phone 2 - Label": "* Mobile",
                "Phone 2 - Value": "+91 98123 00101",
                "Notes": "two\nlines, and a comma",
                "Address 1 - Country": "India",
            },
            {
                "First Name": "Bela",
                "Phone 1 - Label": "Mobile",
                "Phone 1 - Value": "+91 98123 00102 ::: +91 98123 00103",
            },
            {"First Name": "Carl", "E-mail 1 - Value": "carl@example.com"},
            {"Phone 1 - Label": "Work Fax", "Phone 1 - Value": "+91 22 2345 6702", "First Name": "Only a fax"},
            {
                "First Name": "Dev",
                "Phone 1 - Label": "Home",
                "Phone 1 - Value": "+91 22 2345 6703",
                "Phone 2 - Label": "WhatsApp",
                "Phone 2 - Value": "+91 98123 00104",
                "Phone 3 - Label": "Pager",
                "Phone 3 - Value": "+91 98123 00105",
            },
            encoding="utf-8-sig",
        ),
        "labels: fax and pager never, WhatsApp before mobile before home; groups; quoted line breaks",
        "Google Contacts",
    )
    yield Twin(
        "google-older.csv",
        text(
            GOOGLE_OLD,
            {
                "Name": "Asha Rao",
                "Given Name": "Asha",
                "Family Name": "Rao",
                "Group Membership": "* coworkers ::: * myContacts",
                "E-mail 1 - Type": "* Work",
                "E-mail 1 - Value": "asha@example.com",
                "Phone 1 - Type": "Work",
                "Phone 1 - Value": "+4131 350 01 01 ::: +4179 350 01 02",
            },
            {"Name": "Bela", "Phone 1 - Type": "Mobile", "Phone 1 - Value": "+41793500103"},
            {
                "Name": "Carl",
                "Phone 1 - Type": "Home Fax",
                "Phone 1 - Value": "+41313500104",
                "Phone 2 - Type": "Mobile",
                "Phone 2 - Value": "079 350 01 05",
            },
        ),
        "the older headers; several values in a cell; the primary group's star",
        "Google Contacts, older",
        {"country": "CH"},
    )
    yield Twin(
        "outlook.csv",
        text(
            OUTLOOK,
            {
                "Title": "Dr.",
                "First Name": "José",
                "Last Name": "Pérez",
                "Mobile Phone": "+34 612 34 56 01",
                "Business Fax": "+34 912 34 56 01",
                "Categories": "VIP;Madrid",
                "E-mail Address": "jose@example.com",
                "E-mail Type": "SMTP",
                "E-mail Display Name": "José Pérez (jose@example.com)",
                "Anniversary": "0/0/00",
            },
            {"First Name": "Ana", "Business Phone": "+34 912 34 56 02", "Assistant's Phone": "+34 612 34 56 99"},
            {"First Name": "Only fax", "Home Fax": "+34 912 34 56 03"},
            encoding="cp1252",
        ),
        "92 columns in the Windows code page; decoys: title, assistant's phone, faxes",
        "Outlook",
    )
    nospace = "".join(part for part in OUTLOOK.replace("E-mail", "Email").split(" "))
    yield Twin(
        "outlook-nospace.csv",
        text(
            nospace,
            {
                "FirstName": "Asha",
                "LastName": "Rao",
                "MobilePhone": "+919812300101",
                "EmailAddress": "asha@example.com",
            },
        ),
        "the same headers without spaces",
        "Outlook",
    )
    french = "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Titre,Rue (bureau),Ville (bureau),Pays/Région (bureau),Télécopie (bureau),Téléphone (bureau),Téléphone (domicile),Tél. mobile,Adresse de messagerie,Catégories"
    yield Twin(
        "outlook-french.csv",
        cells(
            [
                french.split(","),
                [
                    "Mme",
                    "Éloïse",
                    "",
                    "Duval",
                    "",
                    "Atelier",
                    "",
                    "",
                    "",
                    "Lyon",
                    "France",
                    "04 72 00 00 01",
                    "04 72 00 00 02",
                    "",
                    "06 12 34 56 01",
                    "eloise@example.com",
                    "Client",
                ],
                [
                    "M.",
                    "Noël",
                    "",
                    "Petit",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "01 42 00 00 03",
                    "",
                    "noel@example.com",
                    "",
                ],
            ],
            "cp1252",
            delimiter=";",
        ),
        "French Outlook: semicolons, the Windows code page; Nom is the surname beside Prénom",
        options={"country": "FR"},
    )
    brazil = "Título,Nome,Segundo nome,Sobrenome,Empresa,Estado,Endereço residencial,Estado,Endereço residencial,País/Região da residência,Fax comercial,Telefone comercial,Telefone residencial,Telefone celular,Endereço de Email"
    yield Twin(
        "outlook-brazil.csv",
        cells(
            [
                brazil.split(","),
                [
                    "Sr.",
                    "João",
                    "",
                    "Silva",
                    "Loja",
                    "SP",
                    "Rua A",
                    "SP",
                    "Rua B",
                    "Brasil",
                    "(11) 3456-0001",
                    "(11) 3456-0002",
                    "",
                    "(11) 91234-0001",
                    "joao@example.com",
                ],
                ["", "Márcia", "", "Souza", "", "RJ", "", "RJ", "", "", "", "", "(21) 3456-0003", "", ""],
            ],
            "cp1252",
        ),
        "Brazilian Outlook: repeated headers; Nome is the first name beside Sobrenome",
        options=BR,
    )
    yield Twin(
        "outlook-com.csv",
        text(
            "Title,First Name,Middle Name,Last Name,Suffix,Given Name Yomi,Family Name Yomi,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Assistant's Phone,Business Fax,Business Phone,Home Phone,Mobile Phone,Primary Phone,E-mail Address,E-mail Type,E-mail 2 Address,Notes,Spouse,Web Page",
            {
                "First Name": "Asha",
                "Last Name": "Rao",
                "Primary Phone": "+912223456701",
                "Mobile Phone": "+919812300101",
            },
            {"First Name": "Bela", "Home Phone": "+912223456702", "E-mail Address": "bela@example.com"},
        ),
        "Outlook.com's own columns",
        "Outlook.com",
    )
    yield Twin(
        "google-as-outlook.csv",
        text(
            "First Name,Middle Name,Last Name,Title,Suffix,Initials,Web Page,Gender,Birthday,Anniversary,Location,Language,Internet Free Busy,Notes,E-mail Address,E-mail 2 Address,E-mail 3 Address,Primary Phone,Home Phone,Home Phone 2,Mobile Phone,Pager",
            {"First Name": "Asha", "Mobile Phone": "+91 98123 00101", "Pager": "+91 98123 00999"},
            {"First Name": "Bela", "Pager": "+91 98123 00998"},
        ),
        "the Outlook form that Google writes; a pager is no phone",
        "Google Contacts as Outlook CSV",
    )
    yield Twin(
        "windows-live-mail.csv",
        text(
            "First Name,Last Name,Middle Name,Name,Nickname,E-mail Address,Home Street,Home City,Home Postal Code,Home State,Home Country/Region,Home Phone,Home Fax,Mobile Phone,Personal Web Page,Business Street,Business City,Business Phone,Business Fax,Pager,Company,Job Title,Department,Office Location,Notes",
            {"First Name": "Asha", "Last Name": "Rao", "Name": "Asha Rao", "Mobile Phone": "+919812300101"},
        ),
        "name and its parts side by side",
        "Windows Live Mail",
    )
    yield Twin(
        "yahoo.csv",
        text(
            "First,Middle,Last,Nickname,Email,Category,Distribution Lists,Messenger ID,Home,Work,Pager,Fax,Mobile,Other,Yahoo! Phone,Primary,Alternate Email 1,Alternate Email 2,Personal Website,Business Website,Title,Company,Work Address,Work City,Work State,Work ZIP,Work Country,Home Address,Home City,Home State,Home ZIP,Home Country,Birthday,Anniversary,Custom 1,Custom 2,Custom 3,Custom 4,Comments,Messenger ID1,Skype ID,Google ID",
            {
                "First": "Asha",
                "Last": "Rao",
                "Email": "asha@example.com",
                "Mobile": "+919812300101",
                "Fax": "+912223456701",
            },
            {"First": "Bela", "Home": "+912223456702", "Pager": "+919812300998"},
            {"First": "Carl", "Fax": "+912223456703"},
        ),
        "bare words as headers: First, Last, Home, Mobile",
        "Yahoo",
    )
    yield Twin(
        "thunderbird.csv",
        text(
            "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,Work Address,Work City,Work Country,Job Title,Department,Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes,",
            {
                "First Name": "Asha",
                "Last Name": "Rao",
                "Display Name": "Asha Rao",
                "Mobile Number": "+919812300101",
                "Birth Year": "1990",
            },
            {"Display Name": "Bela", "Work Phone": "+912223456702", "Fax Number": "+912223456703"},
        ),
        "ends in an empty header",
        "Thunderbird",
    )


def crm() -> Iterable[Twin]:
    """Yield the exports of CRM programs."""
    yield Twin(
        "hubspot.csv",
        text(
            "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Lifecycle Stage,Lead Status,Create Date,Associated Company,Associated Company IDs,Country/Region,Original Source",
            {
                "Record ID": "70123456789",
                "First Name": "Asha",
                "Last Name": "Rao",
                "Email": "asha@example.com",
                "Phone Number": "022 2345 6701",
                "Mobile Phone Number": "+91 98123 00101",
                "Contact owner": "Otto Owner",
                "Associated Company IDs": "1;2",
                "Country/Region": "India",
            },
            {"Record ID": "70123456790", "First Name": "Bela", "Phone Number": "9812300102", "Country/Region": "India"},
        ),
        "mobile before phone; a country column; ids and owners left alone",
        "HubSpot",
    )
    yield Twin(
        "salesforce-report.csv",
        text(
            "Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mailing State/Province,Mailing Zip/Postal Code,Mailing Country,Phone,Mobile,Fax,Email,Account Owner,Do Not Call,Email Opt Out",
            {
                "Salutation": "Ms.",
                "First Name": "Asha",
                "Last Name": "Rao",
                "Account Name": "Rao Mills",
                "Phone": "022 2345 6701",
                "Mobile": "98123 00101",
                "Mailing Country": "India",
                "Do Not Call": "0",
                "Email Opt Out": "0",
            },
            {
                "First Name": "Bela",
                "Mobile": "98123 00102",
                "Mailing Country": "India",
                "Do Not Call": "1",
                "Email Opt Out": "0",
            },
            {
                "First Name": "Carl",
                "Fax": "022 2345 6703",
                "Mailing Country": "India",
                "Do Not Call": "0",
                "Email Opt Out": "0",
            },
            tail='\r\n\r\n"Grand Totals (3 records)"\r\n\r\n"Confidential Information - Do Not Distribute"\r\n"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\r\n',
        ),
        "footers are no people; Do Not Call is heeded; a fax is no phone",
        "Salesforce report",
    )
    yield Twin(
        "salesforce-dataloader.csv",
        text(
            "Id,FirstName,LastName,Email,Phone,MobilePhone,AccountId,Title,OwnerId,CreatedDate",
            {
                "Id": "0035g00000AbCdEAAV",
                "FirstName": "Asha",
                "LastName": "Rao",
                "Phone": "(022) 2345-6701",
                "MobilePhone": "+91-98123-00101",
                "CreatedDate": "2026-01-02T03:04:05.000Z",
            },
            {"Id": "0035g00000AbCdFAAV", "FirstName": "Bela", "LastName": "Shah", "MobilePhone": "09812300102"},
            quoting=csv.QUOTE_ALL,  # type: ignore[arg-type]
        ),
        "API names as headers; every cell quoted",
        "Salesforce Data Loader",
        IN,
    )
    yield Twin(
        "zoho.csv",
        text(
            "Record Id,Contact Owner.id,Contact Owner,Lead Source,First Name,Last Name,Account Name.id,Account Name,Vendor Name.id,Vendor Name,Email,Title,Department,Phone,Mobile,Created By.id,Created By,Modified By.id,Modified By,Created Time,Modified Time,Contact Name,Description,Email Opt Out,Salutation,Last Activity Time,Tag,Reporting To.id,Reporting To,Unsubscribed Mode,Unsubscribed Time",
            {
                "Record Id": "zcrm_4876876000000123001",
                "Contact Owner": "Otto Owner",
                "First Name": "Asha",
                "Last Name": "Rao",
                "Contact Name": "Asha Rao",
                "Account Name": "Rao Mills",
                "Mobile": "9812300101",
                "Email Opt Out": "false",
                "Tag": "vip",
            },
            {
                "Record Id": "zcrm_4876876000000123002",
                "First Name": "Bela",
                "Contact Name": "Bela",
                "Mobile": "9812300102",
                "Unsubscribed Mode": "Manual",
                "Unsubscribed Time": "2026-02-03 04:05:06",
            },
        ),
        "ids in columns ending in .id; unsubscribed people are left out",
        "Zoho CRM contacts",
        IN,
    )
    yield Twin(
        "zoho-leads.csv",
        text(
            "Record Id,Lead Owner.id,Lead Owner,Company,First Name,Last Name,Lead Name,Email,Phone,Mobile,Lead Source,Lead Status,Email Opt Out",
            {
                "Record Id": "zcrm_4876876000000123001",
                "Lead Owner": "Otto Owner",
                "Company": "Rao Mills",
                "Lead Name": "Asha Rao",
                "Last Name": "Rao",
                "First Name": "Asha",
                "Mobile": "9812300101",
                "Email Opt Out": "false",
            },
        ),
        "leads: the lead's name, not its owner's",
        "Zoho CRM leads",
        IN,
    )
    yield Twin(
        "pipedrive.csv",
        text(
            "Person - ID,Person - Name,Person - Email - Work,Person - Email - Home,Person - Phone - Work,Person - Phone - Home,Person - Phone - Mobile,Organization - Name,Person - Owner,Person - Labels",
            {
                "Person - ID": "17",
                "Person - Name": "Asha Rao",
                "Person - Phone - Work": "022 2345 6701, 022 2345 6702",
                "Person - Phone - Mobile": "9812300101",
                "Organization - Name": "Rao Mills",
            },
            {"Person - ID": "18", "Person - Name": "Bela", "Person - Phone - Mobile": "9812300102, 9812300103"},
        ),
        "several phones with commas in a cell; the mobile before the office",
        "Pipedrive",
        IN,
    )
    yield Twin(
        "act.csv",
        text(
            "Company,Contact,Name Suffix,Address 1,Address 2,City,State,Zip,Country,Phone,Phone Ext-,Mobile Phone,Alt Phone,Fax,E-mail Login,E-mail",
            {
                "Company": "Rao Mills",
                "Contact": "Asha Rao",
                "Phone": "022 2345 6701",
                "Phone Ext-": "12",
                "Mobile Phone": "98123 00101",
                "E-mail": "asha@example.com",
                "E-mail Login": "asha",
            },
        ),
        "an extension in a column of its own",
        "ACT!",
        IN,
    )
    yield Twin(
        "jobber.csv",
        text(
            "Client Name,First Name,Last Name,Email,Phone Number,Company Name,City,State,Zip",
            {
                "Client Name": "Asha Rao",
                "First Name": "Asha",
                "Last Name": "Rao",
                "Phone Number": "98123 00101",
                "Company Name": "Rao Mills",
            },
        ),
        "a company beside the client",
        "Jobber",
        IN,
    )
    yield Twin(
        "tally.csv",
        cells(
            [
                ["Sunrise Traders"],
                ["12 Market Road, Pune"],
                ["1-Apr-2026 to 31-Mar-2027"],
                [],
                [
                    "Ledger Name",
                    "Group",
                    "Mailing Name",
                    "Address1",
                    "State",
                    "Country",
                    "Pincode",
                    "MobileNo",
                    "TelephoneNo",
                    "Email",
                    "GSTIN",
                    "PAN",
                ],
                [
                    "Asha Rao",
                    "Sundry Debtors",
                    "Asha Rao",
                    "1 Road",
                    "MH",
                    "India",
                    "411001",
                    "9812300101",
                    "",
                    "asha@example.com",
                    "27ABCDE1234F1Z5",
                    "ABCDE1234F",
                ],
                [
                    "Bela Stores",
                    "Sundry Debtors",
                    "Bela",
                    "2 Road",
                    "MH",
                    "India",
                    "411002",
                    "",
                    "02023456702",
                    "",
                    "",
                    "",
                ],
            ]
        ),
        "titles above the header; tax numbers are decoys",
    )


def shops() -> Iterable[Twin]:
    """Yield the exports of shops and payment services."""
    shopify = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags"
    yield Twin(
        "shopify.csv",
        text(
            shopify,
            {
                "Customer ID": "'7210448301122",
                "First Name": "Asha",
                "Last Name": "Rao",
                "Email": "asha@example.com",
                "Accepts Email Marketing": "yes",
                "Default Address Country Code": "IN",
                "Default Address Phone": "022 2345 6701",
                "Phone": "'+919812300101",
                "Accepts SMS Marketing": "yes",
                "Total Spent": "120.00",
                "Tags": "vip, pune",
            },
            {
                "Customer ID": "'7210448301123",
                "First Name": "Bela",
                "Accepts Email Marketing": "no",
                "Default Address Country Code": "IN",
                "Default Address Phone": "98123 00102",
                "Accepts SMS Marketing": "yes",
            },
            {
                "Customer ID": "'7210448301124",
                "First Name": "Carl",
                "Phone": "'+15417543003",
                "Accepts Email Marketing": "yes",
                "Accepts SMS Marketing": "no",
            },
        ),
        "apostrophes before ids and phones; the address's phone as a second choice; the country's letters; consent by SMS",
        "Shopify customers",
    )
    yield Twin(
        "shopify-whatsapp.csv",
        text(
            shopify.replace("Accepts SMS Marketing", "Accepts SMS Marketing,Accepts WhatsApp Marketing")
            + ",Loyalty (customer.metafields.custom.loyalty)",
            {
                "Customer ID": "'1",
                "First Name": "Asha",
                "Phone": "'+919812300101",
                "Accepts SMS Marketing": "no",
                "Accepts WhatsApp Marketing": "yes",
            },
            {
                "Customer ID": "'2",
                "First Name": "Bela",
                "Phone": "'+919812300102",
                "Accepts SMS Marketing": "yes",
                "Accepts WhatsApp Marketing": "no",
            },
        ),
        "of several consents the one for WhatsApp decides",
        "Shopify customers",
    )
    yield Twin(
        "shopify-older.csv",
        text(
            "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt",
            {
                "First Name": "Asha",
                "Last Name": "Rao",
                "Country": "India",
                "Country Code": "IN",
                "Phone": "'+919812300101",
                "Accepts Email Marketing": "no",
                "Accepts SMS Marketing": "yes",
                "Total Spent": "12.50",
            },
        ),
        "the columns of some years ago",
        "Shopify customers, older",
    )
    yield Twin(
        "shopify-template.csv",
        text(
            "First Name,Last Name,Email,Phone,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Tags",
            {"First Name": "Asha", "Phone": "98123 00101", "Country": "India", "Country Code": "IN", "Tags": "a, b"},
        ),
        "the import template: other headers than the export",
        "Shopify import template",
    )
    yield Twin(
        "woocommerce.csv",
        text(
            "Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code,Billing Phone,Shipping Phone,Role",
            {
                "Name": "Asha Rao",
                "Username": "asha",
                "Email": "asha@example.com",
                "Orders": "3",
                "Country / Region": "IN",
                "Billing Phone": "98123 00101",
                "Role": "customer",
            },
            {"Name": "Bela", "Username": "bela", "Country / Region": "IN", "Shipping Phone": "98123 00102"},
        ),
        "the country's letters; the shipping phone as a second choice",
        "WooCommerce Analytics customers",
    )
    yield Twin(
        "woocommerce-older.csv",
        text(
            "Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code",
            {
                "Name": "Asha Rao",
                "Username": "asha",
                "Email": "asha@example.com",
                "Orders": "3",
                "Country / Region": "IN",
            },
        ),
        "no phone column: says which export has one",
        "WooCommerce Analytics customers, older",
    )
    yield Twin(
        "woocommerce-orders.csv",
        text(
            "order_id,order_date,status,billing_first_name,billing_last_name,billing_company,billing_country,billing_email,billing_phone",
            {
                "order_id": "1001",
                "order_date": "2026-01-02",
                "billing_first_name": "Asha",
                "billing_last_name": "Rao",
                "billing_country": "IN",
                "billing_phone": "9812300101",
            },
            {
                "order_id": "1002",
                "order_date": "2026-01-03",
                "billing_first_name": "Asha",
                "billing_last_name": "Rao",
                "billing_country": "IN",
                "billing_phone": "09812300101",
            },
        ),
        "an order a row: the same person twice",
        "WooCommerce orders",
    )
    yield Twin(
        "stripe.csv",
        text(
            "id,Email,Name,Phone,Description,Created (UTC),Default Card,Card Number,Card Last 4,Card Brand,tag (metadata)",
            {
                "id": "cus_1",
                "Email": "asha@example.com",
                "Name": "Asha Rao",
                "Phone": "+919812300101",
                "Card Number": "4242424242424242",
                "Card Last 4": "4242",
                "tag (metadata)": "vip",
            },
        ),
        "columns of cards are never read",
        "Stripe customers",
    )
    yield Twin(
        "stripe-short.csv",
        text(
            "id,Description,Email,Name,Created (UTC),Delinquent,Plan,Status,Total Spend,Payment Count,Refunded Volume,Dispute Losses,tag (metadata)",
            {
                "id": "cus_1",
                "Email": "asha@example.com",
                "Name": "Asha Rao",
                "Created (UTC)": "2026-01-02 03:04",
                "Total Spend": "1200.00",
            },
        ),
        "no phone column",
        "Stripe customers, short",
    )
    yield Twin(
        "eventbrite-orders.csv",
        text(
            "Order No.,Order Date,Buyer First Name,Buyer Last Name,Buyer Email,Ticket Quantity,Cell Phone",
            {
                "Order No.": "123456789",
                "Buyer First Name": "Asha",
                "Buyer Last Name": "Rao",
                "Buyer Email": "asha@example.com",
                "Cell Phone": "98123 00101",
            },
        ),
        "the buyer of tickets",
        "Eventbrite orders",
        IN,
    )
    yield Twin(
        "eventbrite.csv",
        text(
            "Order #,Order Date,Prefix,First Name,Last Name,Email,Quantity,Ticket Type,Attendee #,Barcode #,Attendee Status,Cell Phone,How did you hear of us?",
            {
                "Order #": "123456789",
                "First Name": "Asha",
                "Last Name": "Rao",
                "Attendee #": "987654321",
                "Barcode #": "12345678901234567",
                "Attendee Status": "Attending",
                "Cell Phone": "98123 00101",
            },
            {
                "Order #": "123456789",
                "First Name": "Guest of Asha",
                "Attendee #": "987654322",
                "Attendee Status": "Attending",
                "Cell Phone": "98123 00101",
            },
        ),
        "order, attendee and barcode numbers are decoys; two tickets of one phone",
        "Eventbrite attendees",
        IN,
    )


def marketing() -> Iterable[Twin]:
    """Yield marketing lists and lead forms."""
    lead = "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,form_name,is_organic,platform,Qual seu orçamento?,full_name,phone_number,email,inbox_url,lead_status"
    leads = (
        {
            "id": "l:1234567890123456",
            "created_time": "2026-10-01T10:00:00-03:00",
            "ad_id": "ag:120210000000001",
            "campaign_id": "c:120210000000002",
            "form_id": "f:120210000000003",
            "is_organic": "false",
            "platform": "ig",
            "Qual seu orçamento?": "até R$ 500",
            "full_name": "João Silva",
            "phone_number": "p:+5511912340001",
            "email": "joao@example.com",
            "lead_status": "CREATED",
        },
        {
            "id": "l:1234567890123457",
            "platform": "fb",
            "full_name": "Márcia Souza",
            "phone_number": "p : +55 21 91234-0002",
        },
        {
            "id": "l:1234567890123458",
            "full_name": "<test lead: dummy data for full_name>",
            "phone_number": "<test lead: dummy data for phone_number>",
        },
    )
    yield Twin(
        "meta-leads.csv",
        text(lead, *leads),
        "p: before the phones; a question as a header; the test lead",
        "Meta lead ads",
    )
    yield Twin(
        "meta-leads-utf16.csv",
        text(lead, *leads, encoding="utf-16", delimiter="\t"),
        "the same in UTF-16 with tabs",
        "Meta lead ads",
    )
    yield Twin(
        "meta-leads-utf16-nobom.csv",
        text(lead, *leads, encoding="utf-16-le", delimiter="\t"),
        "the same without a byte order mark",
        "Meta lead ads",
    )
    yield Twin(
        "google-ads-leads.csv",
        text(
            "Lead ID,GCLID,Campaign Name,Ad Group Name,Lead Form Name,Date Submitted,User Phone,User Email,Full Name",
            {
                "Lead ID": "9876543210123",
                "GCLID": "EAIaIQ",
                "User Phone": "+27 82 123 4501",
                "User Email": "thandi@example.com",
                "Full Name": "Thandi",
            },
        ),
        "a lead's id is no phone",
        "Google Ads lead form",
    )
    yield Twin(
        "mailchimp.csv",
        text(
            "Email Address,First Name,Last Name,Address,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS",
            {
                "Email Address": "asha@example.com",
                "First Name": "Asha",
                "Last Name": "Rao",
                "Phone Number": "98123 00101",
                "MEMBER_RATING": "2",
                "CC": "IN",
                "LEID": "512345678",
                "TAGS": '"VIP","Blog"',
            },
        ),
        "CC is the country of an IP address; tags in quotes within a cell",
        "Mailchimp",
        IN,
    )
    yield Twin(
        "mailchimp-unsubscribed.csv",
        text(
            "Email Address,First Name,Last Name,Phone Number,MEMBER_RATING,OPTIN_TIME,CC,LEID,EUID,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON",
            {
                "Email Address": "asha@example.com",
                "First Name": "Asha",
                "Phone Number": "9812300101",
                "UNSUB_TIME": "2026-03-04 05:06:07",
                "UNSUB_REASON": "NORMAL",
            },
            lineterminator="\r",
        ),
        "people who unsubscribed are left out; line ends of old Macs",
        "Mailchimp",
        IN,
    )
    yield Twin(
        "klaviyo.csv",
        text(
            "Email,Klaviyo ID,First Name,Last Name,Organization,Title,Phone Number,Address,Address 2,City,State / Region,Country,Zip Code,Latitude,Longitude,Source,IP Address,Email Marketing Consent,Email Marketing Consent Timestamp,Historic Customer Lifetime Value,Email Suppressions",
            {
                "Email": "asha@example.com",
                "Klaviyo ID": "01ABC",
                "First Name": "Asha",
                "Phone Number": "+919812300101",
                "Country": "India",
                "Email Marketing Consent": "SUBSCRIBED",
            },
            {
                "Email": "bela@example.com",
                "First Name": "Bela",
                "Phone Number": "+919812300102",
                "Email Marketing Consent": "UNSUBSCRIBED",
                "Email Suppressions": "[USER_SUPPRESSED]",
            },
            {
                "Email": "carl@example.com",
                "First Name": "Carl",
                "Phone Number": "+919812300103",
                "Email Marketing Consent": "NEVER_SUBSCRIBED",
            },
            encoding="utf-8-sig",
        ),
        "consent in words",
        "Klaviyo",
    )
    yield Twin(
        "brevo.csv",
        text(
            "EMAIL,LASTNAME,FIRSTNAME,SMS,EMAIL_BLACKLISTED,SMS_BLACKLISTED,ADDED_TIME,MODIFIED_TIME",
            {
                "EMAIL": "asha@example.com",
                "LASTNAME": "Rao",
                "FIRSTNAME": "Asha",
                "SMS": "919812300101",
                "EMAIL_BLACKLISTED": "0",
                "SMS_BLACKLISTED": "0",
            },
            {"FIRSTNAME": "Bela", "SMS": "919812300102", "EMAIL_BLACKLISTED": "0", "SMS_BLACKLISTED": "1"},
            delimiter=";",
        ),
        "the phone is called SMS and has no plus; a blacklist",
        "Brevo",
        IN,
    )
    yield Twin(
        "activecampaign.csv",
        text(
            "Email,First Name,Last Name,Phone,Tags,Date Created,IP,Status",
            {
                "Email": "asha@example.com",
                "First Name": "Asha",
                "Phone": "+919812300101",
                "Tags": "a, b",
                "IP": "203.0.113.7",
                "Status": "Active",
            },
            {"Email": "bela@example.com", "First Name": "Bela", "Phone": "+919812300102", "Status": "Unsubscribed"},
        ),
        "a status that says unsubscribed",
        "ActiveCampaign",
    )
    yield Twin(
        "kit.csv",
        text(
            "first_name,email,created_at,status",
            {"first_name": "Asha", "email": "asha@example.com", "status": "active"},
        ),
        "no phone column",
        "Kit",
    )
    yield Twin(
        "linkedin.csv",
        b'Notes:\r\n"When exporting your connection data, you may notice that some of the email addresses are missing."\r\n\r\n'
        + text(
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            {"First Name": "Asha", "Last Name": "Rao", "Company": "Rao Mills", "Connected On": "01 Sep 2026"},
        ),
        "notes above the header; no phone column at all",
        "LinkedIn connections",
    )
    yield Twin(
        "systeme.csv",
        text(
            "Email,First name,Surname,Phone number,Country,Tags,Date registered",
            {
                "Email": "asha@example.com",
                "First name": "Asha",
                "Surname": "Rao",
                "Phone number": "9812300101",
                "Country": "India",
                "Tags": "new",
            },
        ),
        "a surname by that name",
        "systeme.io",
    )


def platforms() -> Iterable[Twin]:
    """Yield what people bring from other WhatsApp platforms."""
    yield Twin(
        "interakt.csv",
        text(
            "Name,Country Code,Phone Number,Email,WhatsApp Opted,User ID,Area,City",
            {
                "Name": "Asha",
                "Country Code": "91",
                "Phone Number": "9812300101",
                "WhatsApp Opted": "TRUE",
                "User ID": "100200300",
            },
            {"Name": "Bela", "Country Code": "91", "Phone Number": "9812300102", "WhatsApp Opted": "FALSE"},
        ),
        "the calling code in a column of its own; consent",
        "Interakt",
    )
    yield Twin(
        "aisensy.csv",
        text(
            "Name,Mobile Number,First Message,Tags,City",
            {"Name": "Asha", "Mobile Number": "+919812300101", "First Message": "hi", "Tags": "a"},
            {"Name": "Bela", "Mobile Number": "9812300102"},
        ),
        "with and without the calling code",
        "AiSensy",
        IN,
    )
    yield Twin(
        "respond.csv",
        text(
            "First Name,Last Name,Phone Number,Email,Tags,Language,Country",
            {"First Name": "Siti", "Phone Number": "+60123450001", "Tags": "vip"},
        ),
        "international numbers",
    )
    yield Twin(
        "chatwoot.csv",
        text(
            "id,name,email,identifier,document_number,phone_number,labels,ip_address,company_name,custom_attribute_1,custom_attribute_2",
            {
                "id": "1",
                "name": "Asha",
                "email": "asha@example.com",
                "identifier": "bb4e11cd",
                "document_number": "12345678901",
                "phone_number": "+919812300101",
                "labels": "customer,vip",
                "ip_address": "203.0.113.7",
                "company_name": "Rao Mills",
            },
            {"id": "2", "name": "Bela", "phone_number": "+919812300101"},
        ),
        "an identity number beside the phone; one phone for several rows",
        "Chatwoot",
    )
    yield Twin(
        "rapidpro.csv",
        text("URN:Tel,URN:Tel,Name,Language,Field:team,Group:Testers"),
        "headers alone: a list of nobody",
        "RapidPro and TextIt",
    )
    yield Twin(
        "rapidpro-two.csv",
        cells(
            [
                ["URN:Tel", "URN:Tel", "Name", "Language", "Field:team", "Group:Testers"],
                ["+250788382301", "+250788382302", "Eric", "eng", "a", "true"],
                ["", "+250788382303", "Marie", "fra", "b", ""],
            ]
        ),
        "two phone columns of one name",
        "RapidPro and TextIt",
    )
    yield Twin(
        "engati.csv",
        text(
            "phone_no,first_name,last_name,email,username,city,state,country,amount_paid||NUMBER",
            {
                "phone_no": "919812300101",
                "first_name": "Asha",
                "username": "asha1",
                "country": "India",
                "amount_paid||NUMBER": "1200",
            },
        ),
        "types behind two bars in a header",
        "Engati",
    )
    yield Twin(
        "onesignal.csv",
        text(
            "phone_number,external_id,subscribed",
            {"phone_number": "+919812300101", "external_id": "1001", "subscribed": "true"},
            {"phone_number": "+919812300102", "external_id": "1002", "subscribed": "false"},
        ),
        "a column that says subscribed",
        "OneSignal",
    )
    yield Twin(
        "mobileconnect.csv",
        text(
            "_MobileNumber,_Locale,_ContactKey",
            {"_MobileNumber": "919812300101", "_Locale": "en-IN", "_ContactKey": "0031"},
        ),
        "headers that begin with a line",
        "Salesforce MobileConnect",
        IN,
    )
    yield Twin(
        "whatsapp-group.csv",
        text(
            "Country Code,Country,Phone Number,Public Display Name,Saved Name,Group Name,Is My Contact,Is Business",
            {
                "Country Code": "91",
                "Country": "India",
                "Phone Number": "9812300101",
                "Public Display Name": "~Asha",
                "Saved Name": "Asha Rao",
                "Group Name": "Society",
                "Is My Contact": "true",
            },
            {
                "Country Code": "971",
                "Country": "United Arab Emirates",
                "Phone Number": "501234502",
                "Public Display Name": "Omar",
                "Group Name": "Society",
            },
        ),
        "a code, a country and the name that people saved",
        "WhatsApp group exporter",
    )


# Homemade lists


def homemade() -> Iterable[Twin]:
    """Yield lists that people keep by hand, in many languages."""
    yield Twin(
        "india-transport.csv",
        cells(
            [
                ["S.No", "Contact Person", "Mobile No.", "Transport Name", "City", "Vehicle No"],
                ["1", "Asha Rao", "9812300101.0", "Rao Roadways", "Pune", "MH12AB1234"],
                ["2", "Bela", "98765 43210, 9812300102", "", "Agra", "UP80CD5678"],
                ["3", "Carl", "9.8123E+09", "", "", ""],
                ["4", "Dev", "NA", "", "", ""],
            ]
        ),
        "serial and vehicle numbers are decoys; a float, two numbers in a cell, a ruined one",
        options=IN,
    )
    yield Twin(
        "hindi.csv",
        cells(
            [
                ["नाम", "मोबाइल नंबर", "शहर", "राज्य"],
                ["आशा", "९८१२३००१०१", "पुणे", "महाराष्ट्र"],
                ["बेला", "9812300102", "आगरा", ""],
            ]
        ),
        "Hindi headers, Devanagari digits",
        options=IN,
    )
    yield Twin(
        "hindi-nukta.csv",
        cells([["नाम", "फ़ोन", "ईमेल"], ["आशा", "9812300101", "asha@example.com"]]),
        "a letter with its dot apart",
        options=IN,
    )
    yield Twin(
        "agency-chaos.csv",
        b",,,\r\n,,,\r\n\xe2\x98\x8e Contact,Whatsapp Number,Lead Name,Email / Phone\r\n,+91 98123 00101,Asha,raj@example.com / 9876501234\r\n,,,\r\n,,Bela,bela@example.com / 9812300102\r\n,,,\r\n",
        "rows of commas alone, the header in row 3, an address and a phone in one cell",
        options=IN,
    )
    yield Twin(
        "title-rows.csv",
        cells(
            [
                ["=== Inquiries Master ==="],
                [],
                ["Name", "Phone", "City"],
                ["Asha", "9812300101", "Pune"],
                ["Bela", "9812300102", "Agra"],
                ["Total: 2"],
            ]
        ),
        "a title above, a total below",
        options=IN,
    )
    yield Twin(
        "no-header.csv",
        cells(
            [
                ["Asha Rao", "9812300101", "asha@example.com"],
                ["Bela Shah", "9876543210", "bela@example.com"],
                ["Carl Dias", "9812377103", ""],
            ]
        ),
        "no header at all",
        options=IN,
    )
    yield Twin("one-column.csv", cells([["+919812300101"], ["+919812300102"], ["+27821234503"]]), "nothing but numbers")
    yield Twin(
        "indonesia.csv",
        cells(
            [
                ["Nama", "No HP", "Email", "Bank", "No Rekening", "Nama Rekening"],
                ["Ibu Sari", "0812-3456-7801", "sari@example.com", "BCA", "1234567890", "Sari Dewi"],
                ["Pak Budi", "62 812 3456 7802", "", "BRI", "0987654321", "Budi"],
            ]
        ),
        "a bank account beside the phone, its holder beside the name",
        options=ID,
    )
    yield Twin(
        "indonesia-laporan.csv",
        cells(
            [
                ["LAPORAN HARIAN 2 Januari 2026"],
                ["Cabang: Bandung"],
                [],
                ["Nama", "No. WA"],
                ["Ibu Sari", "081234567801"],
                ["Mbak Ani", "085700001111"],
                ["Jumlah: 2"],
            ]
        ),
        "a report's head and foot",
        options=ID,
    )
    yield Twin(
        "indonesia-pasted.csv",
        b"Ibu Sari,081234567890\nMbak Ani,085700001111\nPak Budi,081234567803\n",
        "pasted lines without a header",
        options=ID,
    )
    yield Twin(
        "arabic.csv",
        cells(
            [
                ["الاسم", "البريد", "الهاتف", "Company", "Notes"],
                ["عمر", "omar@example.com", "٠٥٠١٢٣٤٥٠١", "Rao Mills", ""],
                ["ليلى", "", "+971 50 123 4502", "", ""],
            ]
        ),
        "Arabic headers and digits beside English ones",
        options=AE,
    )
    yield Twin(
        "arabic-cp1256.csv",
        cells(
            [
                ["الاسم", "رقم الجوال", "المدينة"],
                ["عمر", "0501234501", "دبي"],
                ["ليلى", "0501234502", "الشارقة"],
                ["سالم الهاشمي", "0501234503", "العين"],
            ],
            "cp1256",
        ),
        "an old Arabic encoding",
        options=AE,
    )
    yield Twin(
        "french.csv",
        cells(
            [
                ["Nom", "Email", "Téléphone", "Ville"],
                ["Éloïse Duval", "eloise@example.com", "06 12 34 56 01", "Lyon"],
                ["Noël Petit", "", "+33 6 12 34 56 02", "Nîmes"],
            ],
            delimiter=";",
        ),
        "semicolons; Nom alone is the whole name",
        options={"country": "FR"},
    )
    yield Twin(
        "french-two.csv",
        cells(
            [
                ["Prénom", "Nom", "E-mail", "Téléphone", "Ville"],
                ["Éloïse", "Duval", "eloise@example.com", "0612345601", "Lyon"],
            ],
            "cp1252",
            delimiter=";",
        ),
        "Nom beside Prénom is the surname",
        options={"country": "FR"},
    )
    yield Twin(
        "brazil.csv",
        cells(
            [
                ["Nome", "Celular", "CPF", "Cidade"],
                ["João", "(11) 91234-0001", "123.456.789-09", "São Paulo"],
                ["Márcia", "11 1234-0002", "987.654.321-00", "Itu"],
                ["Zé", "5511912340003", "", ""],
            ],
            "cp1252",
            delimiter=";",
        ),
        "a tax number beside the phone; a mobile without its ninth digit",
        options=BR,
    )
    yield Twin(
        "spain.csv",
        cells(
            [
                ["Nombre", "Apellidos", "Móvil", "Correo electrónico"],
                ["José", "Pérez", "612 345 601", "jose@example.com"],
            ],
            "cp1252",
            delimiter=";",
        ),
        "Spanish headers",
        options={"country": "ES"},
    )
    yield Twin(
        "german.csv",
        cells(
            [
                ["Vorname", "Nachname", "Handynummer", "E-Mail", "Kundennummer"],
                ["Jürgen", "Groß", "0151 23456701", "juergen@example.com", "10012345"],
            ],
            "cp1252",
            delimiter=";",
        ),
        "a customer number beside the phone",
        options={"country": "DE"},
    )
    yield Twin(
        "italian.csv",
        cells(
            [
                ["Cognome", "Nome", "Cellulare", "Codice Fiscale"],
                ["Rossi", "Niccolò", "347 123 4501", "RSSNCC80A01F205X"],
            ],
            "cp1252",
            delimiter=";",
        ),
        "Nome beside Cognome is the first name",
        options={"country": "IT"},
    )
    yield Twin(
        "turkish.csv",
        cells(
            [
                ["Adı Soyadı", "Cep Telefonu", "Şehir"],
                ["Işıl Çağ", "0532 123 45 01", "İzmir"],
                ["Gökhan Şen", "5321234502", "Muğla"],
            ],
            "cp1254",
            delimiter=";",
        ),
        "Turkish letters in an old encoding",
        options={"country": "TR"},
    )
    yield Twin(
        "russian.csv",
        cells(
            [
                ["ФИО", "Мобильный телефон", "Город"],
                ["Иванова Анна", "8 912 345-67-01", "Пермь"],
                ["Петров Олег", "+7 912 345-67-02", "Тула"],
            ],
            "cp1251",
            delimiter=";",
        ),
        "Cyrillic in an old encoding; the 8 of long distance",
        options={"country": "RU"},
    )
    yield Twin(
        "japanese.csv",
        cells(
            [
                ["氏名", "携帯電話", "メールアドレス"],
                ["山田 花子", "090-1234-5601", "hanako@example.com"],
                ["佐藤 太郎", "０９０１２３４５６０２", ""],
            ],
            "cp932",
        ),
        "Shift JIS, full-width digits",
        options={"country": "JP"},
    )
    yield Twin(
        "chinese.csv",
        cells(
            [
                ["姓名", "手机号码", "城市"],
                ["王芳", "13812345601", "北京"],
                ["李伟", "13812345602", "上海"],
                ["张敏", "13812345603", "广州"],
            ],
            "gb18030",
        ),
        "Chinese in an old encoding",
        options={"country": "CN"},
    )
    yield Twin(
        "korean.csv",
        cells([["이름", "휴대폰 번호"], ["김민지", "010-1234-5601"]], "utf-8-sig"),
        "Korean headers",
        options={"country": "KR"},
    )
    yield Twin(
        "south-africa.csv",
        cells(
            [
                ["Client Name", "Cell No", "ID Number"],
                ["Thandi", "821234501", "8001015009087"],
                ["Sipho", "082 123 4502", "7502025009088"],
            ]
        ),
        "a leading zero that a spreadsheet took; an identity number",
        options=ZA,
    )
    yield Twin(
        "gulf-countries.csv",
        cells(
            [
                ["Name", "Country", "Mobile"],
                ["Omar", "UAE", "0501234501"],
                ["Salem", "Saudi Arabia", "0501234502"],
                ["Huda", "الكويت", "50012303"],
                ["Nobody", "Atlantis", "0501234504"],
            ]
        ),
        "a country column in words and languages; one that is no country",
    )
    yield Twin(
        "code-column.csv",
        cells(
            [
                ["Name", "Country Code", "Mobile"],
                ["Asha", "+91", "9812300101"],
                ["Carl", "27", "0821234502"],
                ["João", "55", "11912340003"],
            ]
        ),
        "the calling code in a column of its own",
    )
    yield Twin(
        "consent.csv",
        cells(
            [
                ["Name", "Mobile", "Opt-out", "DND"],
                ["Asha", "9812300101", "", "N"],
                ["Bela", "9812300102", "yes", ""],
                ["Carl", "9812300103", "2026-01-02", ""],
                ["Dev", "9812300104", "", "Y"],
            ]
        ),
        "opt-outs of every kind",
        options=IN,
    )
    yield Twin(
        "candidates.csv",
        cells(
            [
                ["Name", "Phone", "Mobile", "WhatsApp No", "Fax"],
                ["Asha", "022 2345 6701", "9812300101", "", "022 2345 6799"],
                ["Bela", "022 2345 6702", "", "9812300102", ""],
                ["Carl", "022 2345 6703", "12345", "", ""],
                ["Dev", "", "", "", "022 2345 6704"],
            ]
        ),
        "several phone columns are tried in order; the fax never",
        options=IN,
    )
    yield Twin(
        "decoys.csv",
        cells(
            [
                ["Company Name", "GST Number", "Father's Name", "Phone Model", "Name", "Contact"],
                ["Rao Mills", "27ABCDE1234F1Z5", "Ravi", "A52", "Asha", "9812300101"],
            ]
        ),
        "headers that look like a contact's",
        options=IN,
    )
    yield Twin(
        "mojibake.csv",
        cells([["Name", "Mobile"], ["JosÃ©", "9812300101"]]),
        "a name that was read in the wrong encoding before it came here",
        options=IN,
    )
    yield Twin(
        "formulas.csv",
        cells(
            [
                ["Name", "Mobile", "Email"],
                ["=SUM(A1)", '="09812300101"', "a@example.com"],
                ["@cmd", "'+919812300102", "-x@example.com"],
                ["+Asha", "+919812300103", ""],
            ]
        ),
        "formulas and what Excel writes to keep a number a text",
        options=IN,
    )
    yield Twin(
        "markup.csv",
        cells(
            [
                ["Name", "Mobile"],
                ["[red]Asha[/red]", "9812300101"],
                ["\x1b[31mBela", "9812300102"],
                ["C\u202earl", "9812300103"],
            ]
        ),
        "markup and control codes in names",
        options=IN,
    )


def shapes() -> Iterable[Twin]:
    """Yield what happens to the shape of a file."""
    yield Twin(
        "sep-line.csv",
        b"sep=;\r\nName;Mobile\r\nAsha;9812300101\r\nBela, of Pune;9812300102\r\n",
        "sep=; as Excel writes it",
        options=IN,
    )
    yield Twin("pipe.txt", b"name|phone\nAsha|9812300101\nBela|9812300102\n", "bars between the cells", options=IN)
    yield Twin("tabs.txt", b"Name\tMobile\nAsha\t9812300101\nBela\t9812300102\n", "tabs between the cells", options=IN)
    yield Twin("cr-only.csv", b"Name,Mobile\rAsha,9812300101\rBela,9812300102\r", "line ends of old Macs", options=IN)
    yield Twin(
        "quoted-lines.csv",
        b'Name,Mobile,Notes\r\nAsha,9812300101,"two\r\nlines"\r\nBela,9812300102,"a ""quoted"" word"\r\n',
        "line ends and quotes within cells",
        options=IN,
    )
    yield Twin("closing-sub.csv", b"Name,Mobile\r\nAsha,9812300101\r\n\x1a", "the end mark of old systems", options=IN)
    yield Twin(
        "trailing-commas.csv",
        b"Name,Mobile,,,\r\nAsha,9812300101,,,\r\nBela,9812300102,,,\r\n",
        "commas at every end",
        options=IN,
    )
    yield Twin(
        "ragged.csv",
        b"Name,Mobile,City\r\nAsha,9812300101\r\nBela,9812300102,Pune,surplus\r\nCarl,9812300103,Agra,,\r\n",
        "rows that are too short and too long",
        options=IN,
    )
    yield Twin(
        "repeated-header.csv",
        cells(
            [
                ["Name", "Mobile", "City"],
                ["Asha", "9812300101", "Pune"],
                ["Name", "Mobile", "City"],
                ["Bela", "9812300102", "Agra"],
                ["Page 1 of 1"],
            ]
        ),
        "a header on every page",
        options=IN,
    )
    yield Twin(
        "two-header-rows.csv",
        cells(
            [
                ["Customer", "", "Contact", ""],
                ["First Name", "Last Name", "Mobile", "Email"],
                ["Asha", "Rao", "9812300101", "asha@example.com"],
                ["Bela", "Shah", "9812300102", ""],
            ]
        ),
        "a row of groups above the header",
        options=IN,
    )
    yield Twin(
        "padded-headers.csv",
        " Name ,\u00a0Mobile\u200b,  \r\nAsha,9812300101,x\r\n".encode(),
        "spaces of every kind around the headers",
        options=IN,
    )
    yield Twin(
        "twin-headers.csv",
        cells(
            [
                ["Name", "Phone", "Phone", "Phone"],
                ["Asha", "", "9812300101", "022 2345 6701"],
                ["Bela", "9812300102", "", ""],
            ]
        ),
        "one header three times",
        options=IN,
    )
    yield Twin(
        "utf16.txt",
        cells([["नाम", "मोबाइल"], ["आशा", "9812300101"]], "utf-16", delimiter="\t"),
        "what Excel calls Unicode text",
        options=IN,
    )
    yield Twin(
        "latin.csv",
        cells([["Nombre", "Teléfono"], ["Begoña Núñez", "612345601"], ["Íñigo Peña", "612345602"]], "latin-1"),
        "an old encoding",
        options={"country": "ES"},
    )
    yield Twin(
        "people.csv.gz", gzip.compress(b"Name,Mobile\nAsha,9812300101\n", mtime=0), "packed with gzip", options=IN
    )
    yield Twin(
        "people.zip",
        zipped({"people.csv": b"Name,Mobile\nAsha,9812300101\n", "__MACOSX/._people.csv": b"junk"}),
        "packed with zip by a Mac",
        options=IN,
    )
    yield Twin(
        "xlsx-named.csv",
        workbook([["Name", "Mobile"], ["Asha", 9812300101]]),
        "a workbook that is called CSV",
        options=IN,
    )
    yield Twin(
        "numbers.xlsx",
        workbook(
            [
                ["Name", "Mobile", "Joined"],
                ["Asha", 919812300101, "2026-01-02"],
                ["Bela", 9812300102.0, ""],
                ["Carl", 9.8123e9, ""],
            ]
        ),
        "phones kept as numbers",
        options=IN,
    )
    yield Twin(
        "sheets.xlsx",
        workbook(
            [["Read me first"], ["The list is on the second sheet"]],
            Contacts=[["Name", "Mobile"], ["Asha", "9812300101"]],
        ),
        "a cover sheet before the list",
        options=IN,
    )
    yield Twin(
        "report.xlsx",
        workbook([["Sales report"], [], ["Name", "Mobile"], ["Asha", "9812300101"], ["Total", 1]]),
        "a title, a blank row and a total in a workbook",
        options=IN,
    )
    yield Twin(
        "old.xls",
        writers.xls({"List": [["Name", "Mobile"], ["Asha", 9812300101], ["Bela", "98123 00102"]]}),
        "a workbook of the nineties",
        options=IN,
    )
    yield Twin(
        "binary.xlsb",
        writers.xlsb({"List": {(0, 0): "Name", (0, 1): "Mobile", (1, 0): "Asha", (1, 1): 9812300101}}),
        "a binary workbook",
        options=IN,
    )
    yield Twin(
        "office.ods",
        writers.ods({"List": [["Name", "Mobile"], ["Asha", 9812300101], ["Bela", "98123 00102"]]}),
        "an OpenDocument sheet",
        options=IN,
    )
    yield Twin(
        "leads.jsonl",
        b"".join(
            json.dumps(lead, ensure_ascii=False).encode() + b"\n"
            for lead in (
                {"name": "Asha", "contact": {"phone": "9812300101"}},
                {"name": "Bela", "contact": {"phone": 9812300102, "email": "bela@example.com"}, "tags": ["a", "b"]},
            )
        ),
        "JSON Lines, cells within cells",
        options=IN,
    )
    yield Twin("iphone.vcf", IPHONE, "vCard 3.0 as phones write it: groups, labels, folded lines")
    yield Twin("android.vcf", ANDROID, "vCard 2.1: quoted-printable with soft line breaks")
    yield Twin("whatsapp.vcf", WHATSAPP, "WhatsApp's own cards: the number it knows")
    yield Twin(
        "failures.csv",
        cells(
            [
                ["row", "outcome", "reason", "suggestion", "Name", "Mobile"],
                ["2", "rejected", "phone-letters: it holds letters", "", "Asha", "9812300101"],
                ["5", "held", "phone-no-country: no country code", "", "'=Bela", "9812300102"],
            ],
            "utf-8-sig",
        ),
        "a failures file of this program, corrected",
        options=IN,
    )


IPHONE = """BEGIN:VCARD
VERSION:3.0
N:Rao;Asha;;;
FN:Asha Rao
item1.EMAIL;type=INTERNET:asha@example.com
TEL;type=CELL;type=VOICE;type=pref:+91 98123 00101
TEL;type=HOME;type=FAX:022-23456701
item2.TEL:+91 22 2345 6702
item2.X-ABLabel:_$!<AssistantPhone>!$_
NOTE:a long note that is folded over
  two lines
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;;;;
FN:Rao Mills
ORG:Rao Mills;
TEL;type=WORK;type=FAX:+91 22 2345 6703
END:VCARD
""".replace("\n", "\r\n").encode()
ANDROID = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=52=61=6F;=C3=81=73=68=
=61;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=81=73=68=61=20=52=61=6F
TEL;CELL;PREF:+919812300101
TEL;HOME:02223456701
CATEGORIES:My Contacts
END:VCARD
""".replace("\n", "\r\n").encode()
WHATSAPP = b"""BEGIN:VCARD
VERSION:3.0
N:;Asha;;;
FN:Asha
item1.TEL;waid=919812300101:+91 98123 00101
item1.X-ABLabel:Mobile
END:VCARD
"""


def workbook(rows: Sequence[Sequence[object]], **more: Sequence[Sequence[object]]) -> bytes:
    """Return an XLSX workbook of *rows* and *more* sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": MOMENT})
        for name, sheet in {"Sheet1": rows, **more}.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(sheet):
                page.write_row(number, 0, row)
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


TWINS = tuple(twin for group in (address_books, crm, shops, marketing, platforms, homemade, shapes) for twin in group())


def main() -> None:
    """Write every file and the manifest."""
    FILES.mkdir(exist_ok=True)
    for twin in TWINS:
        (FILES / twin.name).write_bytes(twin.content)
    manifest = {
        twin.name: {"shows": twin.shows, **({"source": twin.source} if twin.source else {}), **twin.options}
        for twin in TWINS
    }
    (HERE / "manifest.toml").write_text(tomli_w.dumps(manifest), encoding="utf-8")


if __name__ == "__main__":
    main()
