"""Shops, payments and tickets. Facts: WooCommerce's source, the makers' help pages, exports in public repositories."""

from __future__ import annotations

from contact_import.sources.export import Verified, export

_SHOPIFY_PERSON = """
    first_name: First Name
    last_name: Last Name
    email: Email
"""
_SHOPIFY_CONSENT = """
    tags: Tags
    opt_in whatsapp: Accepts WhatsApp Marketing
    opt_in sms: Accepts SMS Marketing
    opt_in email: Accepts Email Marketing
"""
_SHOPIFY_NOTE = (
    "who accepts marketing is said for each channel: a yes to WhatsApp goes before a no to SMS, and both before e-mail"
)
_CARDS = (
    "Card Number | Card Last 4 | Card Last4 | Card ID | Card Name | Card Brand | Card Funding | Card Exp* |"
    "Card Address* | Card CVC* | Card AVS* | Card Issue Country | Card Tokenization Method | Default Card"
)
_TICKETS_NOTE = "refunded tickets are in it, and who bought several tickets is there several times"

EXPORTS = (
    export(
        "Shopify customers",
        Verified.TWICE,
        "First Name | Last Name | Email | Phone | Default Address Phone | Accepts Email Marketing | Total Spent",
        f"""
            phone: Phone | Default Address Phone
            {_SHOPIFY_PERSON}
            country: Default Address Country Code
            {_SHOPIFY_CONSENT}
        """,
        decoys="Customer ID | Default Address Company",
        note=_SHOPIFY_NOTE,
    ),
    export(
        "Shopify customers, older",
        Verified.TWICE,
        "First Name | Last Name | Email | Address1 | Province Code | Country Code | Phone | Total Spent | Tax Exempt",
        f"""
            phone: Phone
            {_SHOPIFY_PERSON}
            country: Country Code | Country
            {_SHOPIFY_CONSENT}
            opt_in email: Accepts Marketing
        """,
        decoys="Customer ID | Company",
        note=_SHOPIFY_NOTE,
    ),
    export(
        "Shopify import template",
        Verified.ONCE,
        "First Name | Last Name | Email | Phone | Address1 | Address2 | Province Code | Country Code | Zip | Tags",
        f"""
            phone: Phone
            {_SHOPIFY_PERSON}
            country: Country Code | Country
            {_SHOPIFY_CONSENT}
        """,
        without="Total Spent",
        note=_SHOPIFY_NOTE,
    ),
    export(
        "WooCommerce Analytics customers",
        Verified.MAKER,
        "Name | Username | Last Active | Email | AOV | Billing Phone",
        """
            phone: Billing Phone | Shipping Phone
            name: Name
            email: Email
            country: Country / Region
        """,
        decoys="Username",
    ),
    export(
        "WooCommerce Analytics customers, older",
        Verified.MAKER,
        "Name | Username | Last Active | Email | AOV",
        """
            name: Name
            email: Email
            country: Country / Region
        """,
        without="Billing Phone | Shipping Phone",
        decoys="Username",
        phoneless=True,
        note="this export has no phone column; update WooCommerce or use the order export",
    ),
    export(
        "WooCommerce orders",
        Verified.ONCE,
        "billing_first_name | billing_last_name | billing_phone",
        """
            phone: billing_phone | shipping_phone
            first_name: billing_first_name | shipping_first_name
            last_name: billing_last_name | shipping_last_name
            email: billing_email
            country: billing_country | shipping_country
        """,
        note="a customer of several orders is there several times",
    ),
    export(
        "Stripe customers",
        Verified.TWICE,
        "id | Email | Name | Phone | Created (UTC) | Card Last 4",
        """
            phone: Phone
            name: Name
            email: Email
        """,
        decoys="Description",
        secrets=_CARDS,
        note="card columns are never read",
    ),
    export(
        "Stripe customers, short",
        Verified.TWICE,
        "id | Description | Email | Name | Created (UTC) | Delinquent",
        """
            name: Name
            email: Email
        """,
        without="Phone",
        decoys="Status | Plan",
        secrets=_CARDS,
        phoneless=True,
        note="this export has no phone column; export the customers with all columns",
    ),
    export(
        "Eventbrite attendees",
        Verified.TWICE,
        "Order # | Order Date | First Name | Last Name | Ticket Type | Attendee #",
        """
            phone: Cell Phone | Mobile Phone | Home Phone | Work Phone
            first_name: First Name
            last_name: Last Name
            email: Email
        """,
        decoys="Prefix | Barcode #",
        note=_TICKETS_NOTE,
    ),
    export(
        "Eventbrite orders",
        Verified.TWICE,
        "Order No. | Buyer First Name | Buyer Last Name | Buyer Email",
        """
            phone: Cell Phone | Mobile Phone | Home Phone | Work Phone
            first_name: First Name | Buyer First Name
            last_name: Last Name | Buyer Last Name
            email: Email | Buyer Email
        """,
        note=_TICKETS_NOTE,
    ),
)
