"""What a cell of a column about consent says.

In an opt-in column a yes must be known as one: what is neither yes nor no nor silence is for a person to look at. In an
opt-out column every text that is no known no or silence is an opt-out: a date, a reason, a tick.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.consent import remarks
from contact_import.consent.forms import begins, in_words, plain, plains, wholes
from contact_import.consent.says import Says

if TYPE_CHECKING:
    from collections.abc import Collection

NO = schema.table("""
    0 | n | no | f | false | off | não | nein | nee | nej | nie | hayır | tidak | bukan | нет | नहीं | لا | 否
    いいえ | 아니요 | never | falso | faux | falsch | onwaar | fałsz | yanlış | ложь | falskt | falsk | epätosi
    hamis | nepravda | fals | ψευδές | ні | не | όχι | לא | không | ไม่
""")
"""What says no in a column about consent, FALSE in the languages of spreadsheets among it."""
REFUSED = schema.table("""
    not | nope | nah | none | nunca | jamais | mai | nie | nicht | kein* | nooit | никогда | jangan | نہیں | না
    இல்லை | కాదు | nay | non | nem | ne | nu | ei | pas | sans | sin | sem | ohne | bez | без | niet | geen
    belum | गलत | मत | ना | do not | dont | donot | dnd | dnc | ndnc | no consent | stop* | opt out*
    opted out* | optout* | optedout* | unsub* | deni* | deny | declin* | refus* | revo* | withdr* | remov*
    cancel* | expir* | retir* | block* | bloq* | blocc* | blacklist* | suppress* | complain* | disagree*
    disallow* | prohibit* | forbidden | reject* | deceased | died | dead | baja | dado de baja | dada de baja
    rechaz* | recus* | negad* | bloccat* | rifiut* | disiscri* | scadut* | désabon* | désinscri* | annul*
    supprim* | abgelehnt | abgemeldet | abgelaufen | verweiger* | widerruf* | widerspr* | gesperrt | gelöscht
    geweigerd | ingetrokken | afgemeld | odmow* | odmów* | wycof* | reddet* | iptal* | istemiyor* | отказ*
    отозв* | отпис* | запре* | против | відмов* | відпис* | menolak | tolak* | ditolak | berhenti* | batal*
    رفض* | مرفوض* | غير | إلغاء | ملغي | محظور | अस्वीकार* | असहमत* | 不* | 未* | 拒* | 退订* | 取消* | 配信停止*
    同意しない* | 同意しません* | 同意していません* | 希望しない* | 希望しません* | 거부* | 거절* | 미동의*
    동의하지* | 동의 안* | 수신거부* | 안 함 | 아니오
""")
"""What says there that somebody said no; with "*" how such a word begins."""
YES = schema.table("""
    yes | yep | yeah | true | sim | sí | si | oui | ja | sì | tak | evet | ya | iya | да | हाँ | हां | जी | نعم
    أجل | بله | ہاں | 是 | はい | 예 | 네 | haan | tá | kyllä | igen | ano | áno | ναι | כן | có | ใช่ | হ্যাঁ
    ஆம் | అవును | होय | હા | так | verdadero | verdadeiro | vrai | wahr | waar | vero | истина | prawda | doğru
    sant | sand | tosi | igaz | pravda | adevărat | αληθές | benar | подтверждено | subscribed | opted in
    opt in | optin | single opt in | double opt in | consented | consents | consent given | consent granted
    permission given | permission granted | granted | given | accepted | accepts | accept | agreed | agrees
    agree | i agree | i consent | i accept | allowed | confirmed | approved | ok | okay | aceito | aceita
    aceitou | autorizado | autorizou | autoriza | acepto | acepta | aceptó | suscrito | suscrita | de acuerdo
    de acordo | j accepte | accepté | d accord | abonné | einverstanden | zugestimmt | erteilt | abonniert
    accetto | accettato | acconsento | d accordo | iscritto | akkoord | ingeschreven | zgoda | zgadzam się
    onaylandı | onaylıyorum | kabul ediyorum | согласен | согласна | подписан | подписана | згоден | згодна
    setuju | ya setuju | bersedia | موافق | أوافق | موافقة | सहमत
""")
"""What says yes there, alone or as the first word of more."""
YES_ALONE = schema.table("""
    1 | y | s | j | t | д | x | on | da | active | in | 同意 | 同意する | 同意します | 希望 | 希望する | 可 | 有
    愿意 | 동의 | 동의함 | 확인 | 수신 | 配信可 | 已同意 | 接受 | 允许 | 真
""")
"""What says yes only where there is nothing more: "on hold", "da verificare" and "Y. Rao" are none."""
SILENCE = frozenset(
    "|-|–|—|.|none|-none-|null|(null)|nan|nat|n/a|#n/a|na|n.a.|nil|<na>|[]|{}|never subscribed|not set|not asked"
    "|unknown|pending|non-subscribed|nonsubscribed|unconfirmed|bounced|cleaned|transactional".split("|")
)
"""What says nothing there; a mailbox that bounced is no wish of anybody."""

_YES_SIGNS = frozenset("✓✔☑✅👍√🗸🆗")
_NO_SIGNS = frozenset("✗✘❌×✖🚫⛔☐✕⨯❎👎")
_DOUBTS = _NO_SIGNS | {"?"}
_ZERO = re.compile(r"[+-]?0+(?:[.,]0+)?")
_ONE = re.compile(r"\+?1(?:[.,]0+)?")
_NO_DATE = re.compile(r"(?:0000|0001|1900|1970)-0[01]-0[01]\b.*|0?[01]/0?[01]/(?:0000|0001|1900|1970)\b.*")
"""What programs write for a date that there is none of."""
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = "|".join(
    (
        r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}",
        r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})",
        r"(?:19|20)\d{6}",
        r"\d{4}年\d{1,2}月\d{1,2}日",
        rf"\d{{1,2}}(?:st|nd|rd|th)?[ .-]{{1,2}}{_MONTH}[ .,-]{{1,2}}\d{{2,4}}",
        rf"{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
    )
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?"
_TIME = rf"(?:t|,? (?:at )?){_CLOCK}(?: ?(?:z|utc|gmt|[+-]\d{{2}}:?\d{{2}}))?"
_DATE = re.compile(rf"(?:(?:on|at) )?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?(?:{_DAY})(?:{_TIME})?")
"""A day, in figures or with an English month, and the time of day behind it: when somebody opted in."""

_NOT_OUT = frozenset(
    "subscribed|active|opted in|opted-in|opt-in|allowed|not unsubscribed|not opted out|not blocked".split("|")
)
"""What says in an opt-out column that nobody opted out."""
_BUT = schema.table("""
    but | only | except | until | till | pending | awaiting | waiting | maybe | later | solo | sólo | só | nur
    seulement | alleen | только | hasta | até | bis | pendiente | pendente | nanti
""")
"""What takes something back from a yes."""


def opt_out(cell: str) -> Says:
    """Return what *cell* of an opt-out column says: NO or NOTHING."""
    text = plain(cell)
    silent = text in SILENCE or text in _NOT_OUT or _ZERO.fullmatch(text) or text in plains(NO)
    return Says.NOTHING if silent else Says.NO


def opt_in(cell: str) -> Says:
    """Return what *cell* of an opt-in column says."""
    text = plain(cell)
    if text in SILENCE or _NO_DATE.fullmatch(text):
        return Says.NOTHING
    if _DATE.fullmatch(text) or _ONE.fullmatch(text):
        return Says.YES
    words = in_words(text)
    if not words:
        return _sign(text)
    if _ZERO.fullmatch(text) or begins(NO).match(words) or begins(REFUSED).match(words):
        return Says.NO
    agreed = words in wholes(YES_ALONE) or (begins(YES).match(words) and not _taken_back(words))
    if agreed and _DOUBTS.isdisjoint(text):
        return Says.YES
    return remarks.remark(cell) or Says.UNCLEAR


def only_answers(cells: Collection[str]) -> bool:
    """Tell whether all of *cells*, none of them blank, are a bare yes or no, and one at least is a no."""
    said = {in_words(cell) for cell in cells}
    noes, yeses = said & wholes(NO), said & (wholes(YES) | wholes(YES_ALONE))
    # A column of zeros counts something; of zeros and ones it answers.
    return said == noes | yeses and bool(noes) and said != {"0"}


def _sign(text: str) -> Says:
    """Return what a text without letters and figures says."""
    yes, no = not _YES_SIGNS.isdisjoint(text), not _NO_SIGNS.isdisjoint(text)
    if yes == no:
        return Says.UNCLEAR
    return Says.YES if yes else Says.NO


def _taken_back(words: str) -> bool:
    """Tell whether a later word of *words* takes something back from the yes they begin with: "yes, until 2023"."""
    rest = words.partition(" ")[2].split(" ")
    tables = [begins(table) for table in (REFUSED, NO, _BUT)]
    return any(table.match(" ".join(rest[place:])) for place in range(len(rest)) for table in tables)
