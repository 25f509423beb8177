"""What the label of a number says: how early it is tried, or that it never is."""

from __future__ import annotations

from functools import lru_cache

from contact_import import schema

BEST: tuple[tuple[str, ...], ...] = (
    schema.table("whatsapp | whats app | wa | واتساب | व्हाट्सएप | whatsapp business"),
    schema.table("""
        mobile | mobil | cell | cellular | iphone | handy | móvil | movil | celular | telemóvel | portable | cellulare
        mobiel | mobiele | komórka | komórkowy | cep | gsm | сотовый | мобильный | мобільний | جوال | الجوال | محمول
        موبايل | मोबाइल | ponsel | hp | handphone | seluler | 携帯 | 휴대폰 | 휴대전화 | 手机 | 移动电话 | 手機
    """),
)
"""Words of a label that put its number first, the best ones first."""
FIRSTS = schema.table("main | principal | principale | primary | haupt* | hoofd* | основной | الرئيسي | मुख्य | utama")
OTHERS = schema.OTHER_PEOPLE + schema.NO_LONGER + ("company main",)
"""Words of a label whose number is never the contact's."""

WHATSAPP = 0
STARRED, MAIN, OTHER = range(len(BEST), len(BEST) + 3)
NEVER = 98
"""From here on a number is not tried."""
NOT_THEIRS, FAX = NEVER, NEVER + 1


@lru_cache(maxsize=4096)
def rank(label: str) -> int:
    """Return how early a number with *label* is tried, from 0; never at `NOT_THEIRS`, somebody else's, and at `FAX`."""
    if schema.said(label, schema.FAXES):
        return FAX
    if schema.said(label, OTHERS):
        return NOT_THEIRS
    for tier, words in enumerate(BEST):
        if schema.said(label, words):
            return tier
    if label.strip().startswith("*"):
        return STARRED
    return MAIN if schema.said(label, FIRSTS) else OTHER
