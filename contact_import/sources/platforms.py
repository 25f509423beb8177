"""Messaging platforms, whose lists a switcher brings. Facts: the platforms' own help pages and samples."""

from __future__ import annotations

from contact_import.sources.export import Verified, export

EXPORTS = (
    export(
        "Interakt",
        Verified.MAKER,
        "Country Code | Phone Number | WhatsApp Opted",
        """
            phone: Phone Number
            prefix: Country Code
            name: Name
            first_name: First Name
            last_name: Last Name
            email: Email
            tags: Tags
            opt_in whatsapp: WhatsApp Opted
        """,
        decoys="User ID | Area",
    ),
    export(
        "AiSensy",
        Verified.MAKER,
        "Name | Mobile Number | First Message",
        """
            phone: Mobile Number
            name: Name
            tags: Tags
        """,
    ),
    export(
        "respond.io",
        Verified.MAKER,
        "",
        """
            phone: Phone Number
            first_name: First Name
            last_name: Last Name
            email: Email
            tags: Tags
        """,
        note="phones have their plus and country code",
    ),
    export(
        "Chatwoot",
        Verified.MAKER,
        "name | email | identifier | phone_number",
        """
            phone: phone_number
            name: name
            email: email
            tags: labels
        """,
        decoys="document_number | identifier | company_name | ip_address",
        note="many of its contacts may share one phone: only the first of them is sent",
    ),
    export(
        "RapidPro and TextIt",
        Verified.MAKER,
        "URN:Tel | Name",
        """
            phone: URN:Tel
            name: Name
        """,
    ),
    export(
        "Engati",
        Verified.MAKER,
        "phone_no | first_name | last_name | username",
        """
            phone: phone_no
            first_name: first_name
            last_name: last_name
            email: email
            country: country
        """,
        decoys="username",
    ),
    export(
        "OneSignal",
        Verified.MAKER,
        "phone_number | external_id",
        """
            phone: phone_number
            email: email
            country: country
            opt_in sms: subscribed
        """,
    ),
    export(
        "flow.ai",
        Verified.MAKER,
        "",
        """
            phone: phone number
            name: full name
            first_name: first name
            last_name: last name
        """,
    ),
    export(
        "MyOperator",
        Verified.MAKER,
        "",
        """
            phone: Phone number | Phone
            name: Name
        """,
    ),
    export(
        "SwiftMsg",
        Verified.MAKER,
        "",
        """
            phone: phone
            name: name
        """,
    ),
    export(
        "Salesforce MobileConnect",
        Verified.MAKER,
        "_MobileNumber | _Locale | _ContactKey",
        """
            phone: _MobileNumber
            first_name: _FirstName
            last_name: _LastName
        """,
        decoys="_ContactKey",
    ),
    export(
        "WhatsApp group exporter",
        Verified.ONCE,
        "Country Code | Phone Number | Public Display Name | Saved Name | Is My Contact",
        """
            phone: Phone Number
            prefix: Country Code
            country: Country
            name: Saved Name | Public Display Name
            tags: Group Name
        """,
    ),
)
