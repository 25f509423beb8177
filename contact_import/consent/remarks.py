"""What a cell of a column about anything else says: "DND" in a status, "do not call" in a note, "opt-out" among tags.

Only well-known phrases count, as the whole cell or at the beginning of one of its clauses: people write a no down
wherever there is room, and everything else as well. What may be said of a thing, as an order that is blocked, is for a
person to look at.
"""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.consent.forms import in_words, wholes
from contact_import.consent.says import Says

if TYPE_CHECKING:
    from collections.abc import Iterable

NOES = schema.table("""
    dnd | dnc | ndnc | ncpr | unsub | unsubscrib* | opt out | opts out | opted out | opting out | optout*
    optedout* | stop messag* | stop contacting | stop calling | stop sending | stop texting | stop whatsapp
    stop sms | stop marketing | stop promo* | no marketing | no promotion* | no promo | no messages | no calls
    no sms | not to be contacted | not to be called | not to be messaged | not to contact | not to call
    not to message | does not want to be | does not want messages | does not want calls | does not wish to be
    doesnt want to be | doesnt want messages | blacklist* | black list* | withdrew consent | withdrawn consent
    consent withdrawn | consent revoked | revoked consent | consent refused | refused consent | consent declined
    consent denied | no consent | not consented | blocked us | blocked me | blocked by user | blocked by contact
    blocked by customer | user blocked | remove me | remove from list | removed from list | take me off
    suppressed | deceased | passed away | reported spam | reported as spam | marked as spam | spam complaint
    descadastr* | pediu descadastro | cancelou inscrição | cancelou a inscrição | inscrição cancelada
    saiu da lista | sair da lista | remover da lista | removido da lista | removida da lista | lista negra
    pediu para não | pediu para sair | pediu para parar | parar de enviar | não quer receber
    não deseja receber | não deseja contato | não quer contato | não quer mensagens | não aceita mensagens
    não autoriza contato | sem consentimento | dado de baja | dada de baja | dar de baja | pidió baja
    solicitó baja | desuscri* | no desea recibir | no desea ser | no desea mensajes | no quiere recibir
    no quiere mensajes | no quiere que | no acepta mensajes | no acepta publicidad | canceló suscripción
    canceló la suscripción | sin consentimiento | berhenti langganan | berhenti berlangganan | stop langganan
    tidak mau dihubungi | tidak ingin dihubungi | tidak bersedia dihubungi | tidak setuju dihubungi
    menolak dihubungi | minta dihapus | daftar hitam | डीएनडी | अनसब्सक्राइब* | सदस्यता रद्द | सदस्यता समाप्त
    لا تتصل* | لا ترسل* | لا تتواصل* | لا تزعج* | عدم الاتصال | عدم الإرسال | عدم ارسال | عدم الإزعاج
    عدم التواصل | لا يرغب | لا ترغب | لا يريد رسائل | رفض الرسائل | رافض الرسائل | ألغى الاشتراك
    إلغاء الاشتراك | تم إلغاء الاشتراك | ألغت الاشتراك | ممنوع التواصل | ممنوع الاتصال | القائمة السوداء
    إيقاف الرسائل | uitgeskryf | uitgeteken | afgemeld | geen bemarking | nie kontak nie | wil nie gekontak
    abgemeldet | abbestellt | werbesperre | werbewiderspruch | widerrufen | widersprochen | keine werbung
    keine anrufe | keine nachrichten | kein kontakt gewünscht | kein kontakt erwünscht | keine einwilligung
    wünscht keine | möchte keine | schwarze liste | désabonn* | désinscri* | ne souhaite pas | ne veut pas être
    ne veut plus | liste noire | pas de publicité | pas de pub | pas de démarchage | stop pub
    sans consentement | disiscritt* | revocato il consenso | non desidera ricevere | non vuole ricevere
    non vuole essere | lista nera | uitgeschreven | geen reclame | geen berichten | aboneliği iptal*
    abonelik iptal* | abonelikten çıktı | rahatsız etmeyin | aramayın | mesaj atmayın | mesaj göndermeyin
    istemiyor | kara liste | отписан* | отписал* | отписка | отказ от рассылк* | отказался от рассылк*
    черный список | чёрный список | відписан* | відписал* | чорний список | wypisan* | czarna lista | usipige
    usitume | 退订* | 退訂* | 勿扰* | 免打扰* | 请勿联系* | 请勿打扰* | 不要联系* | 拒收* | 黑名单* | 配信停止*
    配信不要* | 連絡不要* | 連絡不可*
    受信拒否* | 수신거부* | 수신 거부* | 연락금지* | 연락 금지*
""")
"""What nobody says but of people who want no messages; with "*" how a word begins."""
NOT_TO = {
    "do not | dont | donot": """
        call | contact | message | messages | msg | disturb | text | sms | whatsapp | wa | email | mail | market
        promote | ping | send message* | send msg* | send sms | send whatsapp | send promo* | send offers
        send anything | send marketing
    """,
    "não": "perturb* | contatar | contactar | ligar | enviar | mandar | chamar",
    "no": "molestar | contactar | llamar | enviar | escribir",
    "jangan": "hubungi | dihubungi | kirim* | telepon | telpon | chat | wa | di wa | ganggu",
    "moenie": "kontak* | bel* | boodskap* | stuur* | pla | steur",
    "nicht": "kontaktieren | anrufen | anschreiben | stören | mehr kontaktieren | mehr anrufen",
    "ne pas | ne plus": "contacter | appeler | déranger | envoyer | solliciter | joindre",
    "non": "contattare | chiamare | disturbare | inviare",
    "niet": "bellen | contacteren | benaderen | mailen | storen",
    "nie": "kontaktować | dzwonić | pisać | wysyłać",
    "не": "звонить | писать | беспокоить | отправлять | присылать | контактировать | дзвонити | писати",
}
"""Words for not, and what is not to be done."""
OBJECTS = schema.table("""
    संपर्क | सम्पर्क | फोन | कॉल | मैसेज | संदेश | सन्देश | परेशान | व्हाट्सएप | व्हाट्सऐप | call | phone | msg
    message | whatsapp
""")
NOT = "न | ना | मत | नहीं | नही | mat | na | nahi"
DONE = "करें | करे | करो | करना | भेजें | भेजे | भेजो | भेजना | karo | kare | karein | karna | bhejo | bheje | bhejna"
"""What is not to be done in Hindi, where the not stands in between."""
BARE = schema.table("""
    stop | blocked | removed | remove | exclude | excluded | bloqueado | bloqueada | removido | removida
    gesperrt | bloqué | bloquée | bloccato | bloccata | diblokir | blokir | geblokkeer | geblokkeerd
    engellendi | заблокирован | заблокована | заблокирована | محظور | محظورة | ब्लॉक
""")
"""What says so only where there is nothing more in the clause."""
WRONG = schema.table("""
    wrong number | wrong no | wrong num | wrong nos | wrong person | wrong contact | rong number | number wrong
    wrong phone | wrong mobile | wrong ph
    number is wrong | incorrect number | not his number | not her number | not their number | not my number
    not this person | someone elses number | somebody elses number | belongs to someone else
    belongs to somebody else | number belongs to someone else | number belongs to somebody else | number changed
    número errado | telefone errado | tel errado | fone errado | celular errado | número de outra pessoa
    telefone de outra pessoa | numero trocado | não é o número | não é dele | não é dela | mudou de número
    trocou de número | teléfono equivocado | teléfono incorrecto | número de otra persona
    número equivocado | número incorrecto | cambió de número | numero sbagliato | falsche nummer | mauvais numéro
    faux numéro | salah nomor | salah sambung | nomor salah | ganti nomor | गलत नंबर | नंबर गलत | galat number
    galat no | رقم خاطئ | الرقم خطأ | رقم خطأ | verkeerde nommer | verkeerd nummer | неверный номер
    не тот номер | yanlış numara
""")
"""What says that the number may be somebody else's."""
DOUBTS = schema.table("""
    not interested | não interessado | não tem interesse | no interesado | no le interesa | tidak tertarik
    nicht interessiert | kein interesse | pas intéressé | non interessato
""")
"""What a person must look at: it is no plain no."""
FILLERS = schema.table("""
    please | pls | plz | kindly | customer | client | user | lead | contact | person | subscriber | member | he
    she | they | has | have | is | was | been | said | says | asked | asks | requested | requests | wants | want
    wishes | to | be | on | in | the | status | under | registered | now | already | whatsapp | wa | sms | email
    e | mail | marketing | call | text | message | por | favor | cliente | o | el | la | se | bitte | kunde
    mohon | tolong | svp | veuillez | merci | de | कृपया | ग्राहक | يرجى | الرجاء | العميل | asseblief
    пожалуйста
""")
"""Words that may go before."""
THINGS = schema.table("""
    order | orders | payment | payments | card | account | invoice | shipment | delivery | courier | kyc
    cheque | loan | credit | product | item | stock | bus | route | stop | address | pedido | pagamento | pago
    entrega | conta | cuenta | tarjeta | cartão | bestellung | konto | lieferung | commande | livraison
    paiement | ordine | pesanan | pembayaran | alamat | pengiriman | rekening | ऑर्डर | भुगतान | खाता | पता
    الطلب | الدفع | الحساب | العنوان | заказ | оплата | счет | доставка
""")
"""Words of headers under which the same phrases may speak of a thing."""
_DENIALS = schema.table("0 | n | no | f | false | off | não | nein | non | nee | tidak | нет | नहीं | لا | none | never")
"""What takes a phrase back behind a colon: "unsubscribed: no"."""
_AGREED = schema.table("consent | consented | opt in | opted in | optin | subscribed | opted")
"""What these say no of: "consent: no"."""

_CLAUSE = re.compile(r":::|[,;|/\n\r\t.!?()\[\]{}\"•+]| [-–—] |\d{5,}")
_SIGN = re.compile("[:=]")
_APART = str.maketrans(dict.fromkeys(string.punctuation + string.digits + "–—", " ") | {"'": None, "’": None})
"""What stands between words, and what stands in one. None, for a translation to "" is no quick one.

Figures are in no phrase; as words they would be as many as there are rows."""
LONGEST = 4000
"""Characters of a cell that are looked at."""


def remarks(texts: Iterable[str], header: str, *, are_names: bool = False) -> dict[str, int]:
    """Return which of *texts*, the cells under *header*, say NO, WRONG or are UNCLEAR, and what they do; no others.

    People write a no behind a name too, but a name may sound like one: there it is UNCLEAR. All cells are looked at in
    one go first: hardly any column says anything.
    """
    distinct = set(texts)
    seen = _keys().among(_spoken(distinct))
    if not seen:
        return {}
    said = {text: remark(text, is_name=are_names) for text in distinct if not seen.isdisjoint(_tokens(text))}
    unclear = Says.UNCLEAR if are_names or schema.said(header, THINGS) else Says.NO
    return {text: int(unclear if says is Says.NO else says) for text, says in said.items() if says is not Says.NOTHING}


def _spoken(texts: set[str]) -> set[str]:
    """Return the words of all *texts*. One beyond ASCII would make all that it is joined to slow to take apart."""
    everything = "\n".join(texts)
    if everything.isascii():
        return _tokens(everything)
    plain = set(filter(str.isascii, texts))
    return _tokens("\n".join(plain)) | _tokens("\n".join(texts - plain))


def _tokens(text: str) -> set[str]:
    plain = text if text.isascii() else unicodedata.normalize("NFC", text)
    return set(plain.casefold().translate(_APART).split())


def is_of_wrong_numbers(header: str) -> bool:
    """Tell whether a yes under *header* says that the number is somebody else's: "Wrong number?"."""
    return remark(schema.spaced(header)) is Says.WRONG


def remark(cell: str, *, is_name: bool = False) -> Says:
    """Return what *cell* says as a remark: NO, WRONG, UNCLEAR or NOTHING. Stop may be a name, and Block."""
    found = {_clause(clause, is_name=is_name) for clause in _CLAUSE.split(cell[:LONGEST]) if clause}
    return min(found, key=_ORDER.index, default=Says.NOTHING)


@lru_cache(maxsize=4096)
def _clause(clause: str, *, is_name: bool) -> Says:
    *before, last = map(in_words, _SIGN.split(clause))
    if last in wholes(_DENIALS):
        return Says.NO if before and before[-1] in wholes(_AGREED) else Says.NOTHING
    return min((_said(words, is_name=is_name) for words in (*before, last)), key=_ORDER.index)


_ORDER = (Says.NO, Says.WRONG, Says.UNCLEAR, Says.NOTHING)
"""Of several clauses the first of these counts."""


def _said(words: str, *, is_name: bool) -> Says:
    """Return what the words of a clause say that may have some fillers before them."""
    rest = words.split()
    for place, word in enumerate(rest):
        if _noes().begin(rest[place:]) or (not is_name and " ".join(rest[place:]) in wholes(BARE)):
            return Says.NO
        for says, phrases in ((Says.WRONG, _wrongs()), (Says.UNCLEAR, _doubts())):
            if phrases.begin(rest[place:]):
                return says
        if word not in wholes(FILLERS):
            break
    return Says.NOTHING


_HEAD = 2
"""Letters that the shortest open phrase has."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases that are quickly found: whole ones, and those whose last word may go on."""

    whole: frozenset[str]
    open: tuple[str, ...]
    most: int
    """Words of the longest one."""

    heads: frozenset[str]
    """How they begin, for those that do not to be told soon."""

    def begin(self, words: list[str]) -> bool:
        """Tell whether *words* begin with one of them."""
        if words[0][:_HEAD] not in self.heads:
            return False
        longest = min(self.most, len(words))
        whole = any(" ".join(words[:count]) in self.whole for count in range(1, longest + 1))
        return whole or " ".join(words).startswith(self.open)

    def among(self, tokens: set[str]) -> set[str]:
        """Return those of *tokens* that are one of them, each a word."""
        heads = {each[:_HEAD] for each in self.open}
        return tokens & self.whole | {
            token for token in tokens if token[:_HEAD] in heads and token.startswith(self.open)
        }


def _compiled(phrases: Iterable[str]) -> _Phrases:
    whole = frozenset(in_words(phrase) for phrase in phrases if not phrase.endswith("*"))
    open_ = tuple(sorted(in_words(phrase) for phrase in phrases if phrase.endswith("*")))
    return _Phrases(whole, open_, max(phrase.count(" ") + 1 for phrase in whole), _heads((*whole, *open_)))


def _heads(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase[:_HEAD] for phrase in phrases)


@cache
def _noes() -> _Phrases:
    return _compiled(_all_noes())


@cache
def _wrongs() -> _Phrases:
    return _compiled(WRONG)


@cache
def _doubts() -> _Phrases:
    return _compiled(DOUBTS)


@cache
def _keys() -> _Phrases:
    """Return a word of every phrase, as it is typed and as it is compared: without any, a cell is no remark."""
    keys = {max(phrase.split(), key=len) for phrase in (*_all_noes(), *BARE, *WRONG, *DOUBTS, *_AGREED)}
    compared, typed = _compiled(keys), {key.casefold() for key in keys}
    whole = compared.whole | {key for key in typed if not key.endswith("*")}
    open_ = (*compared.open, *(key.removesuffix("*") for key in typed if key.endswith("*")))
    return _Phrases(whole, open_, 1, _heads(open_))


@cache
def _all_noes() -> tuple[str, ...]:
    pairs = ((negation, verbs) for several, verbs in NOT_TO.items() for negation in schema.table(several))
    done = [f"{negation} {verb}" for negation, verbs in pairs for verb in schema.table(verbs)]
    hindi = [f"{thing} {no} {verb}" for thing in OBJECTS for no in schema.table(NOT) for verb in schema.table(DONE)]
    return (*NOES, *done, *hindi)
