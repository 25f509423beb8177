"""Customer files. Facts: the makers' help pages, SuiteCRM's import maps, exports in public repositories."""

from __future__ import annotations

from contact_import.sources.export import Verified, export

_ZOHO_PERSON = """
    first_name: First Name
    last_name: Last Name
    email: Email | Secondary Email
"""
_ZOHO_CONSENT = """
    tags: Tag
    opt_out email: Email Opt Out | Unsubscribed Mode | Unsubscribed Time
"""

EXPORTS = (
    export(
        "HubSpot",
        Verified.TWICE,
        "Record ID | First Name | Last Name | Email | Lead Status",
        """
            phone: Mobile Phone Number | Phone Number
            first_name: First Name
            last_name: Last Name
            email: Email | Work email
            country: Country/Region
        """,
        without="Lead Owner.id | Contact Owner.id",
        decoys="Contact owner | Company Name | Associated Company",
        note="the columns are those of the view that was exported",
    ),
    export(
        "Salesforce report",
        Verified.TWICE,
        "First Name | Last Name | Account Name | Account Owner",
        """
            phone: Mobile | Phone | Home Phone | Other Phone
            first_name: First Name
            last_name: Last Name
            email: Email
            country: Mailing Country | Other Country
            opt_out call: Do Not Call
            opt_out email: Email Opt Out
        """,
        without="Account Name.id",
        decoys="Account Name | Asst. Phone",
        note="the lines of totals and of copyright below the table are no contacts",
    ),
    export(
        "Salesforce Data Loader",
        Verified.ONCE,
        "Id | FirstName | LastName | AccountId | OwnerId",
        """
            phone: MobilePhone | Phone | HomePhone | OtherPhone
            first_name: FirstName
            last_name: LastName
            email: Email
            country: MailingCountry | OtherCountry
            opt_out call: DoNotCall
            opt_out email: HasOptedOutOfEmail
        """,
        decoys="AssistantPhone",
    ),
    export(
        "Zoho CRM contacts",
        Verified.TWICE,
        "Record Id | Contact Owner.id | First Name | Last Name",
        f"""
            phone: Mobile | Phone | Home Phone | Other Phone
            name: Contact Name
            {_ZOHO_PERSON}
            country: Mailing Country | Other Country
            {_ZOHO_CONSENT}
        """,
        decoys="Account Name | Vendor Name | Asst Phone | Title",
    ),
    export(
        "Zoho CRM leads",
        Verified.TWICE,
        "Record Id | Lead Owner.id",
        f"""
            phone: Mobile | Phone
            name: Lead Name
            {_ZOHO_PERSON}
            country: Country
            {_ZOHO_CONSENT}
        """,
        decoys="Company | Title",
    ),
    export(
        "Pipedrive",
        Verified.TWICE,
        "Person - Name",
        """
            phone: Person - Phone - WhatsApp | Person - Phone - Mobile | Person - Phone | Person - Phone - Work
            phone: Person - Phone - Home | Person - Phone - Other
            name: Person - Name
            first_name: Person - First Name
            last_name: Person - Last Name
            email: Person - Email | Person - Email - Work | Person - Email - Home | Person - Email - Other
            tags: Person - Labels | Person - Label
        """,
        decoys="Organization - Name | Deal - Title | Activity - Subject",
    ),
    export(
        "ACT!",
        Verified.MAKER,
        "Company | Phone | Phone Ext- | Mobile Phone | Alt Phone | E-mail",
        """
            phone: Mobile Phone | Phone | Alt Phone
            email: E-mail
        """,
        decoys="Phone Ext- | E-mail Login | Name Suffix",
        note="extensions have a column of their own and are left out",
    ),
    export(
        "Jobber",
        Verified.ONCE,
        "Client Name | First Name | Last Name | Phone Number | Company Name | Zip",
        """
            phone: Phone Number
            name: Client Name
            first_name: First Name
            last_name: Last Name
            email: Email
        """,
        decoys="Company Name",
    ),
)
