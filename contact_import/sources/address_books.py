"""Address books. Facts: the exports themselves as published in tests of roundcube, Zimbra's table of contact fields."""

from __future__ import annotations

from contact_import.sources.export import Verified, export

_GOOGLE_GROUPS = "myContacts | My Contacts"
_GOOGLE_NOTE = "several phones a contact are tried in the order of their labels; fax and pager numbers are never used"
_OUTLOOK_PHONES = """
    phone: Mobile Phone | Primary Phone | Business Phone | Business Phone 2 | Home Phone | Home Phone 2
    phone: Other Phone | Car Phone | Radio Phone
"""
_OUTLOOK_PERSON = """
    first_name: First Name
    last_name: Last Name
    email: E-mail Address | E-mail 2 Address | E-mail 3 Address
"""
_OUTLOOK_DECOYS = "Assistant's Phone | Company Main Phone | Callback | Title"

EXPORTS = (
    export(
        "Google Contacts",
        Verified.TWICE,
        "First Name | Last Name | Phonetic First Name | File As | Labels",
        """
            phone: Phone # - Value
            first_name: First Name
            last_name: Last Name
            email: E-mail # - Value
            country: Address # - Country
            tags: Labels
        """,
        dropped_tags=_GOOGLE_GROUPS,
        note=_GOOGLE_NOTE,
    ),
    export(
        "Google Contacts, older",
        Verified.MAKER,
        "Name | Given Name | Family Name | Yomi Name | Group Membership",
        """
            phone: Phone # - Value
            name: Name
            first_name: Given Name
            last_name: Family Name
            email: E-mail # - Value
            country: Address # - Country
            tags: Group Membership
        """,
        dropped_tags=_GOOGLE_GROUPS,
        note=_GOOGLE_NOTE,
    ),
    export(
        "Outlook",
        Verified.TWICE,
        "First Name | Last Name | Mobile Phone | Assistant's Phone | E-mail Address | E-mail Display Name",
        f"""
            {_OUTLOOK_PHONES}
            {_OUTLOOK_PERSON}
            country: Home Country/Region | Home Country | Business Country/Region | Business Country
            country: Other Country/Region | Other Country
            tags: Categories
        """,
        decoys=f"{_OUTLOOK_DECOYS} | E-mail Type | E-mail Display Name",
    ),
    export(
        "Outlook.com",
        Verified.ONCE,
        "First Name | Last Name | Given Name Yomi | Family Name Yomi | Mobile Phone | E-mail Address",
        f"""
            {_OUTLOOK_PHONES}
            {_OUTLOOK_PERSON}
            country: Home Country/Region | Business Country/Region | Other Country/Region
            tags: Categories
        """,
        decoys=f"{_OUTLOOK_DECOYS} | E-mail Type",
    ),
    export(
        "Google Contacts as Outlook CSV",
        Verified.ONCE,
        "First Name | Last Name | Internet Free Busy | E-mail Address | Primary Phone | Mobile Phone",
        f"""
            phone: Mobile Phone | Primary Phone | Home Phone | Home Phone 2 | Business Phone | Business Phone 2
            phone: Other Phone | Car Phone | Radio Phone
            {_OUTLOOK_PERSON}
            tags: Categories
        """,
        without="E-mail Display Name | Given Name Yomi",
        decoys=_OUTLOOK_DECOYS,
    ),
    export(
        "Windows Live Mail",
        Verified.MAKER,
        "First Name | Last Name | Name | Nickname | E-mail Address | Home Fax | Mobile Phone | Office Location",
        """
            phone: Mobile Phone | Home Phone | Business Phone
            name: Name
            first_name: First Name
            last_name: Last Name
            email: E-mail Address
            country: Home Country/Region | Business Country/Region
        """,
        without="E-mail Display Name",
    ),
    export(
        "Yahoo",
        Verified.MAKER,
        "First | Last | Messenger ID | Yahoo! Phone",
        """
            phone: Mobile | Primary | Home | Work | Yahoo! Phone | Other
            first_name: First
            last_name: Last
            email: Email | Alternate Email 1 | Alternate Email 2
            country: Home Country | Work Country
            tags: Category
        """,
        decoys="Title | Messenger ID*",
    ),
    export(
        "Thunderbird",
        Verified.MAKER,
        "First Name | Last Name | Display Name | Primary Email | Secondary Email | Screen Name | Mobile Number",
        """
            phone: Mobile Number | Home Phone | Work Phone
            name: Display Name
            first_name: First Name
            last_name: Last Name
            email: Primary Email | Secondary Email
            country: Home Country | Work Country
        """,
        decoys="Screen Name",
    ),
)
