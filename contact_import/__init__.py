"""Any contact list in, every contact in the WhatsApp inbox, and an exact account of every row."""

__version__ = "0.1.0"
