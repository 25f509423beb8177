"""The words beside a number: which say no more than that it is one, and which may say that it is somebody else's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LETTER = re.compile(r"[^\W\d_]")

# A word is quiet only if it is in a table here: of "father", "wrong", "PNR" or a name no list is ever complete.

_PHONES = """
    mobile mobiles mob mo m cell cellphone cellular c phone phones ph p tel telephone telephones t contact contacts
    number numbers num numero numeros nr nos smartphone handphone hp gsm landline msisdn main primary direct call sms
    celular cel telefone telefones telemóvel móvel fone contato fixo principal móvil teléfono teléfonos telef telf tlf
    tfno fijo núm contacto portable mobil tél téléphone fixe numéro handy handynummer handynr mobilnummer mobilnr
    mobiltelefon mobilfunk mobilfunknummer telefon telefonnummer telefonnr telnr rufnummer festnetz festnetznummer
    nummer kontakt natel haupt haupttelefon cellulare telefono fisso contatto principale mobiel mobiele telefoon
    telefoonnummer telefoonnr vast vaste cep telefonu numara numarası sabit iletişim komórka komórkowy numer
    мобильный моб сотовый сот телефон тел номер городской контактный основной мобільний телефона мобильного
    جوال الجوال موبايل الموبايل محمول المحمول هاتف الهاتف رقم تليفون التليفون تلفون نقال النقال
    मोबाइल मोबाईल फ़ोन फोन नंबर नम्बर दूरभाष टेलीफ़ोन संपर्क
    ponsel telepon telp tlp nomor nomer kontak seluler utama
    携帯 携帯電話 携帯番号 携帯電話番号 電話 電話番号 連絡先 連絡先電話番号 固定電話 番号
    휴대폰 휴대폰번호 휴대전화 휴대전화번호 핸드폰 핸드폰번호 전화 전화번호 연락처 번호
    手机 手机号 手机号码 电话 电话号码 移动电话 联系电话 固定电话 座机 号码 手機 手機號碼 行動電話 電話號碼 聯絡電話
"""
_MESSENGERS = """
    whatsapp whatsap watsapp whats app wa wapp wp zap واتساب الواتساب واتس व्हाट्सएप व्हाट्सऐप वाट्सएप व्हाट्सप्प
    ватсап вотсап вацап 왓츠앱 ワッツアップ
"""
_PLACES = """
    office home res resi residence residential work personal private
    casa residencial residência trabalho escritório comercial pessoal trabajo oficina particular bureau maison domicile
    travail perso personnel professionnel pro privat büro geschäftlich dienstlich arbeit zuhause ufficio lavoro
    abitazione personale thuis werk kantoor privé ev iş ofis şahsi kişisel рабочий раб домашний дом личный
    المنزل العمل المكتب شخصي घर कार्यालय ऑफिस rumah kantor pribadi
    自宅 自宅電話 自宅電話番号 会社 会社電話 勤務先 勤務先電話
    집 자택 회사 직장 집전화 住宅电话 家庭电话 办公电话 单位电话 de di del
"""
_OWN = "self own próprio propio propre eigene proprio eigen kendi сам свой स्वयं खुद sendiri 本人 본인"
_PHRASES = ("whatsapp only", "only whatsapp", "on whatsapp", "what s app")
_LEADS: tuple[str, ...] = (
    "off",
    "n telephone",
    "n tel",
    "n de telephone",
    "no de telephone",
    "no телефона",
    "no telefone",
    "no celular",
)
_LEADS += tuple(f"numero do {word}" for word in ("celular", "telefone", "telemovel", "whatsapp"))
_LEADS += tuple(f"no {word}" for word in "hp wa telp tlp tel telepon whatsapp handphone ponsel kontak".split())
"""Words that are a label only as the whole of what stands before the number: "no wa" behind it is no WhatsApp."""
_JOINTS = ("or", "and", "ou", "y", "o", "e", "et", "und", "oder", "en", "of", "veya", "и", "или", "या", "और", "atau")
"""The whole of what stands between two numbers."""
_NUMBERED = ("no", "n", "न")
""""Number", where it is the last word before one; elsewhere it is a refusal."""
_FAXES = """
    fax telefax telecopie faks факс फैक्स فاكس الفاكس ファックス 팩스 传真 傳真 pager paging beeper пейджер पेजर telex
    呼叫器 호출기
"""
"""How such words begin: no messenger reaches these."""
_SIGNS = frozenset("☎☏✆📞📱📲📳🤙💬🟢✅✓✔☑°")
"""Signs that say as little as those words; of others, a cross or a face may say anything."""


@lru_cache(4096)
def _letters(word: str) -> str:
    """Return *word* without accents and vowel signs, which many leave out and a plain cell has lost."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", word.lower()) if mark.isalpha())


def _phrases(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(_letters, phrase.split())) for phrase in phrases)


_OWN_WORDS = frozenset(map(_letters, _OWN.split()))
_QUIET = _OWN_WORDS | frozenset(map(_letters, f"{_PHONES} {_MESSENGERS} {_PLACES}".split()))
_QUIET_PHRASES, _QUIET_LEADS, _QUIET_JOINTS = map(_phrases, (_PHRASES, _LEADS, _JOINTS))
_COUNTED = frozenset(map(_letters, _NUMBERED))
_FAX_WORDS = tuple(map(_letters, _FAXES.split()))

_DIGITS = re.compile(r"\d+")
_SLIP = re.compile(r"(?<=\d)[^\W\d_](?=\d)")
"""A letter typed for a digit: no word, and refused as what it is."""
_WORD = re.compile(r"[^\W\d_]+")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\.[a-z]+")


def words_rule(text: str, *, several: bool) -> str:
    """Return the rule that the words and signs of a plain cell meet, "" for none; *several*: it has several numbers."""
    if "?" in text:
        return "phone-words"
    if text.isascii() and not LETTER.search(text):
        return ""
    lead, *others = _DIGITS.split(_SLIP.sub("", without_mail(text)))
    gaps, tail = others[:-1], others[-1] if others else ""
    found = [_words(part) for part in (lead, *gaps, tail)]
    quiet = _is_quiet_before(found[0]) and all(map(_is_quiet_between, found[1:-1])) and _is_quiet(found[-1])
    if several and any(not _OWN_WORDS.isdisjoint(words) for words in found[1:]):
        quiet = False  # "…79 / self …80": then the first is somebody else's
    if quiet and not _has_loud_sign(text):
        return ""
    if not several and any(word.startswith(_FAX_WORDS) for words in found for word in words):
        return "phone-type"
    return "phone-words"


def without_mail(text: str) -> str:
    """Return *text* without e-mail addresses: beside a number, that is whose it is."""
    return _MAIL.sub(" ", text) if "@" in text else text


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_letters, _WORD.findall(text)))


def _is_quiet(words: tuple[str, ...]) -> bool:
    return _QUIET.issuperset(words) or words in _QUIET_PHRASES


def _is_quiet_before(words: tuple[str, ...]) -> bool:
    return _is_quiet(words[:-1] if words and words[-1] in _COUNTED else words) or words in _QUIET_LEADS


def _is_quiet_between(words: tuple[str, ...]) -> bool:
    # A "no" alone may belong to the number before it.
    return words in _QUIET_JOINTS or _is_quiet(words[:-1] if len(words) > 1 and words[-1] in _COUNTED else words)


def _has_loud_sign(text: str) -> bool:
    if text.isascii():
        return False
    signs = (mark for mark in text if not mark.isascii() and mark not in _SIGNS)
    return any(unicodedata.category(mark) in {"So", "Sm"} for mark in signs)
