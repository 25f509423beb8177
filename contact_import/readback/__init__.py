"""What the platform has of a run: compared with what it confirmed, taken back, and whether it knows people by phone.

It lists the platform's contacts and makes of each phone the mark that a journal keeps: neither the input nor a phone is
needed. The calls are documented by the platform; nobody has tried them against a live one from here.
"""

from contact_import.readback.inbox import Inbox, asked
from contact_import.readback.probe import Probed, contact, probe
from contact_import.readback.sent import Sent
from contact_import.readback.undo import Claim, claim, delete
from contact_import.readback.verify import Verified, verify

__all__ = ["Claim", "Inbox", "Probed", "Sent", "Verified", "asked", "claim", "contact", "delete", "probe", "verify"]
