"""The second layer: digits and a region → what `phonenumbers` says of them, a whole column at once."""

from contact_import.phones.read.engine import read

__all__ = ["read"]
