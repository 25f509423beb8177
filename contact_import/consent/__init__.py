"""Which rows say that their person wants no messages: a pure function of what their cells say.

`answers` reads the columns about consent, `remarks` all others that people write a no into; `rows` puts both together.
"""

from contact_import.consent.answers import only_answers, opt_in, opt_out
from contact_import.consent.remarks import is_of_wrong_numbers, remark
from contact_import.consent.rows import Wishes, refusals, wishes
from contact_import.consent.says import Says

__all__ = ["Says", "Wishes", "is_of_wrong_numbers", "only_answers", "opt_in", "opt_out", "refusals", "remark", "wishes"]
