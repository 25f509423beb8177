"""The third layer: readings and evidence → for each row, the number that is meant, how sure that is, and by which rule."""

from contact_import.phones.decide.steps import decide

__all__ = ["decide"]
