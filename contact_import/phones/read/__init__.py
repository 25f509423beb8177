"""The second layer: digits and a region → what `phonenumbers` reads them as, a whole column at once. See docs/phones.md."""

from contact_import.phones.read.engine import read

__all__ = ["read"]
