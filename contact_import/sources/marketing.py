"""Marketing lists and lead forms. Facts: the makers' help pages, exports in public repositories."""

from __future__ import annotations

from contact_import.sources.export import Verified, export

EXPORTS = (
    export(
        "Meta lead ads",
        Verified.TWICE,
        "id | created_time | ad_id | campaign_id | form_id | platform",
        """
            phone: phone_number | phone
            name: full_name
            first_name: first_name
            last_name: last_name
            email: email
            country: country
        """,
        decoys="ad_name | adset_name | campaign_name | form_name | inbox_url | lead_status | best_number",
        transports="p: | l: | ag: | as: | c: | f:",
        note="Meta's own test leads may be in it",
    ),
    export(
        "Google Ads lead form",
        Verified.ONCE,
        "Lead ID | GCLID | Campaign Name | User Phone",
        """
            phone: User Phone
            name: Full Name
            first_name: First Name
            last_name: Last Name
            email: User Email
        """,
        decoys="Campaign Name | Ad Group Name | Lead Form Name",
    ),
    export(
        "Mailchimp",
        Verified.TWICE,
        "Email Address | MEMBER_RATING | OPTIN_TIME | LEID | EUID",
        """
            phone: Phone Number | Phone
            first_name: First Name
            last_name: Last Name
            email: Email Address
            tags: TAGS
            opt_in email: STATUS
            opt_out email: UNSUB_TIME | UNSUB_REASON
        """,
        decoys="CC | REGION | OPTIN_IP | CONFIRM_IP",
        note="CC is the country of an IP address, and no dial code",
    ),
    export(
        "Klaviyo",
        Verified.TWICE,
        "Email | Klaviyo ID | First Name | Last Name | Email Marketing Consent",
        """
            phone: Phone Number
            first_name: First Name
            last_name: Last Name
            email: Email
            country: Country
            tags: Tags
            opt_in email: Email Marketing Consent
            opt_out email: Email Suppressions
        """,
        decoys="Organization | Title | Source",
    ),
    export(
        "Brevo",
        Verified.ONCE,
        "EMAIL | SMS | EMAIL_BLACKLISTED | SMS_BLACKLISTED",
        """
            phone: WHATSAPP | SMS | LANDLINE_NUMBER | LANDLINE
            first_name: FIRSTNAME
            last_name: LASTNAME
            email: EMAIL
            opt_out whatsapp: WHATSAPP_BLACKLISTED
            opt_out sms: SMS_BLACKLISTED
            opt_out email: EMAIL_BLACKLISTED
        """,
        note="the phone is in the column SMS, with the country code and without its plus",
    ),
    export(
        "ActiveCampaign",
        Verified.ONCE,
        "Email | First Name | Last Name | Phone | Tags | Date Created | IP | Status",
        """
            phone: Phone
            first_name: First Name
            last_name: Last Name
            email: Email
            tags: Tags
            opt_in email: Status
        """,
    ),
    export(
        "Kit",
        Verified.ONCE,
        "first_name | email | created_at | status",
        """
            first_name: first_name
            email: email
            tags: tags
            opt_in email: status
        """,
        without="phone | phone_number | mobile | last_name | id | name",
        phoneless=True,
        note="this export has no phone column, unless you keep phones in a custom field of your own",
    ),
    export(
        "systeme.io",
        Verified.ONCE,
        "Email | First name | Surname | Phone number | Tags | Date registered",
        """
            phone: Phone number
            first_name: First name
            last_name: Surname
            email: Email
            country: Country
            tags: Tags
        """,
    ),
    export(
        "LinkedIn connections",
        Verified.TWICE,
        "First Name | Last Name | URL | Email Address | Company | Position | Connected On",
        """
            first_name: First Name
            last_name: Last Name
            email: Email Address
        """,
        phoneless=True,
        note="LinkedIn exports no phone numbers, so there is nothing here that WhatsApp could reach",
    ),
)
