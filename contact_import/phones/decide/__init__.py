"""The third layer: readings and evidence → the number that a row means, how sure that is, and by which rule."""

from contact_import.phones.decide.steps import decide

__all__ = ["decide"]
