"""Which rows say that their person wants no messages: a pure function of the columns about consent.

A no counts whatever it is a no to: somebody who wants no e-mail is not to be surprised on WhatsApp. But where the same
row says yes to a channel that is nearer to WhatsApp, that yes is the better knowledge and goes before it: yes to
WhatsApp before no to SMS, yes to either before no to e-mail. A no to everything, or to WhatsApp, is final. Only a yes
goes before a no: an opt-out column that is not ticked says nothing.

In an opt-in column a yes must be known as one: what is neither yes nor no nor silence is for a person to look at. In an
opt-out column every text that is no known no or silence is an opt-out: a date, a reason, a tick.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from contact_import import schema

if TYPE_CHECKING:
    from contact_import.models import Column, Frame, Mapping


class Says(IntEnum):
    """What a cell of a column about consent says."""

    UNCLEAR = -2
    NO = -1
    NOTHING = 0
    YES = 1


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


def refusals(frame: Frame, mapping: Mapping) -> np.ndarray:
    """Return for each row the position of the column that says no for good: int16, shape (n,); -1 where none does."""
    return _final(frame, mapping, Says.NO)


def unclear(frame: Frame, mapping: Mapping) -> np.ndarray:
    """Return for each row the position of the column that is unclear: int16, shape (n,); -1 where none is.

    As with a no, a yes to a channel nearer to WhatsApp goes before it.
    """
    return _final(frame, mapping, Says.UNCLEAR)


def _final(frame: Frame, mapping: Mapping, wanted: Says) -> np.ndarray:
    columns = [column for name in ("opt_out", "opt_in") for column in _feeding(mapping, name)]
    said = {column.index: _said(frame, column) for column in columns}
    found = np.full(len(frame.rows), -1, dtype=np.int16)
    for column in reversed(columns):  # of several, the first one is named
        there = said[column.index] == wanted
        if there.any():
            for other in columns:
                if schema.nearer(other.channel, column.channel):
                    there &= said[other.index] != Says.YES
            found[there] = column.index
    return found


def _feeding(mapping: Mapping, name: str) -> list[Column]:
    return [mapping.columns[index] for index in mapping.feeding(name)]


def _said(frame: Frame, column: Column) -> np.ndarray:
    """Return what each cell of *column* says, as the numbers of `Says`."""
    texts = frame.cells[column.index].tolist()
    reads = opt_out if column.field == "opt_out" else opt_in
    known = {text: int(reads(text)) for text in set(texts)}
    return np.fromiter(map(known.__getitem__, texts), dtype=np.int8, count=len(texts))


def opt_out(cell: str) -> Says:
    """Return what *cell* of an opt-out column says: NO or NOTHING."""
    text = _plain(cell)
    silent = text in SILENCE or text in _NOT_OUT or _ZERO.fullmatch(text) or text in _plains(NO)
    return Says.NOTHING if silent else Says.NO


def opt_in(cell: str) -> Says:
    """Return what *cell* of an opt-in column says."""
    text = _plain(cell)
    if text in SILENCE or _NO_DATE.fullmatch(text):
        return Says.NOTHING
    if _DATE.fullmatch(text) or _ONE.fullmatch(text):
        return Says.YES
    words = _words(text)
    if not words:
        return _sign(text)
    if _ZERO.fullmatch(text) or _begins(NO).match(words) or _begins(REFUSED).match(words):
        return Says.NO
    agreed = words in _wholes(YES_ALONE) or (_begins(YES).match(words) and not _taken_back(words))
    return Says.YES if agreed and _DOUBTS.isdisjoint(text) else Says.UNCLEAR


def _plain(cell: str) -> str:
    return " ".join(cell.casefold().replace("_", " ").replace("\ufe0f", "").split())


def _sign(text: str) -> Says:
    """Return what a text without letters and figures says."""
    yes, no = not _YES_SIGNS.isdisjoint(text), not _NO_SIGNS.isdisjoint(text)
    if yes == no:
        return Says.UNCLEAR
    return Says.YES if yes else Says.NO


def _words(text: str) -> str:
    """Return the words of *text* as `schema.normal` has them, one space between two: "dont call" of "Don't call!"."""
    kept = (char if unicodedata.category(char)[0] in "LMN" else " " for char in text.replace("'", "").replace("’", ""))
    return " ".join(filter(None, map(schema.normal, "".join(kept).split())))


def _taken_back(words: str) -> bool:
    """Tell whether a later word of *words* takes something back from the yes they begin with: "yes, until 2023"."""
    rest = words.partition(" ")[2].split(" ")
    tables = [_begins(table) for table in (REFUSED, NO, _BUT)]
    return any(table.match(" ".join(rest[place:])) for place in range(len(rest)) for table in tables)


@cache
def _plains(table: tuple[str, ...]) -> frozenset[str]:
    """Return the words of *table* as they are typed: with accents, and without."""
    return frozenset(map(_plain, table)) | frozenset(map(schema.normal, table))


@cache
def _wholes(table: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_words, table))


@cache
def _begins(table: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches a text of words that begins with one of *table*; "*" is how a word begins."""
    ends = (re.escape(_words(word)) + ("" if word.endswith("*") else r"(?!\S)") for word in table)
    return re.compile("|".join(ends))
