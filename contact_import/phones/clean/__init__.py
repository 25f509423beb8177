"""The first layer: cell texts → plain digits with or without a plus, or a refusal. It knows no countries."""

from contact_import.phones.clean.column import clean

__all__ = ["clean"]
