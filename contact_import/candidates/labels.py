"""What the label of a number says: how early it is tried, or that it never is."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from contact_import import schema
from contact_import.schema.words import around

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

KINDS = schema.table("""
    phone | phones | telephone | tel | telefon | ph | mob | number | contact | custom | smartphone | landline | fixed
    line | text | sms | mms | voice | msg | video | voip | pref | preferred | default | direct | business | biz | google
    apple | watch | android | skype | telegram | viber | signal | dual | sim | new | current | own | self | my | me
    school | radio | internet | dom | intl | local | cel | zap | fone | fixo | profissional | pro | perso | hauptnummer
    hoofdnummer | festnetz | arbeit | beruf | berufl | geschäft | zuhause | dienst | natel | mobilfunk | tfno | fijo
    jobb | job | vast | vaste | kom | soukromý | شخصي | البيت | أخرى | व्यक्तिगत | काम | निजी | मोबाईल | その他 | 仕事
    勤務 | メイン | 기타 | 메인 | 其他 | 其它 | 公司 | sonstige | sonstiges | andere | otros | outros | другое | lainnya
    annat | andet | imessage | grand | central | c | h | l | m | o | p | r | w
""")
"""Words for what a number is: its device, its use, nothing in particular."""
CARRIERS = schema.table("""
    jio | airtel | vi | vodafone | idea | bsnl | mtnl | tata | docomo | reliance | claro | tim | vivo | oi | movistar
    telcel | tigo | entel | bitel | wom | digicel | etisalat | du | stc | mobily | zain | ooredoo | orange | sfr
    bouygues | telekom | telefonica | o2 | ee | mtn | glo | 9mobile | safaricom | telkom | telkomsel | indosat | xl
    smartfren | globe | dito | maxis | celcom | digi | singtel | starhub | grameenphone | robi | banglalink | jazz
    ufone | zong | mobitel | ncell | turkcell | verizon | att | tmobile | sprint | beeline | mts | megafon | kyivstar
    lifecell | vodacom | viettel | vinaphone | mobifone | билайн | мтс | мегафон
""")
"""Who carries a number: of a man with two, the labels are often these."""

_BREAKS = re.compile(r"[\s\d!-/:-@\[-`{-~]+")
"""What parts words; a vowel sign of Hindi does not."""

WHATSAPP = 0
STARRED, MAIN, OTHER, UNKNOWN = range(len(BEST), len(BEST) + 4)
"""`UNKNOWN` are labels with a word that no table has: it may be the person who answers, and a person must look."""
NEVER = 98
"""From here on a number is not tried."""
NOT_THEIRS, FAX = NEVER, NEVER + 1


@lru_cache(maxsize=4096)
def rank(label: str) -> int:
    """Return how early a number with *label* is tried, from 0; never at `NOT_THEIRS`, somebody else's, and at `FAX`.

    At `UNKNOWN` it is tried last, and held.
    """
    if schema.said(label, schema.FAXES):
        return FAX
    if schema.said(label, OTHERS):
        return NOT_THEIRS
    if not _is_known(label):
        return UNKNOWN
    for tier, words in enumerate(BEST):
        if schema.said(label, words):
            return tier
    if label.strip().startswith("*"):
        return STARRED
    return MAIN if schema.said(label, FIRSTS) else OTHER


def _is_known(label: str) -> bool:
    """Tell whether all words of *label* are of a table: names and what people do are no closed list."""
    words = (word for word in _BREAKS.split(label) if word)
    return all(schema.normal(word) in _known() or _is_hump(word) for word in words) or schema.says_phone(label)


def _is_hump(word: str) -> bool:
    """Tell whether *word* is made of known ones, as "MobilePhone" is."""
    return _known().issuperset(schema.spaced(word).split())


@cache
def _known() -> frozenset[str]:
    tables = (*BEST, FIRSTS, KINDS, CARRIERS, around.PLACES, around.FIRSTS, around.JOINTS, around.NUMBERS)
    return frozenset().union(*map(schema.normals, tables))
