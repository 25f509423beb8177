"""Whether a header speaks of consent, by its words: there are more ways to write one than a table of headers holds.

To take a column for consent that is none keeps messages from people, and the mapping says so; to overlook one sends
messages to people who said no. So words are enough here, where any other field wants a header that is known.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from contact_import import schema

LONGEST = 400
"""Characters of a header that are looked at: the questions of a survey are long."""

OUT = schema.table("""
    opt out | opted out | opting out | opt outs | unsub* | dnd | ndnd | dnc | ndnc | dncr | blacklist*
    black list | block list | blocklist* | blocked | suppress* | stop receiving | stop sms | stop marketing
    stop messages | is deceased | deceased flag | deceased date | date deceased | no calls | no messages
    no marketing | no promotions | does not want | does not wish | no consent | bloctel | robinsonliste
    robinson list | de baja | fecha baja | no desea | no quiere | no acepta | no autoriza | lista negra
    bloquead* | descadastr* | cancelou inscrição | não deseja | não quer | não aceita | não autoriza | désabonn*
    désinscri* | liste noire | ne souhaite pas | n accepte pas | abgemeldet | abbestellt | widerruf*
    widersprochen | werbesperre | gesperrt | disiscritt* | disiscrizione | non desidera | non vuole | afgemeld*
    uitgeschreven | wypisan* | rezygnacja | czarna lista | abonelik iptal* | aboneliği iptal* | kara liste
    istemiyor | отписк* | отписа* | отказ от | черный список | не хочет | відписк* | відписа* | чорний список
    berhenti langganan | daftar hitam | tidak mau | tidak ingin | إلغاء الاشتراك | محظور | عدم الإزعاج
    القائمة السوداء | avregistrerad | afmeldt | avmeldt | 配信停止 | 配信拒否 | 受信拒否 | 購読解除 | 수신거부
    수신 거부 | 차단 | 退订 | 退訂 | 拒收 | 黑名单 | 勿扰 | 取消订阅 | 免打扰 | ncpr | stop promo* | bloquear envio*
    sair da lista | saiu da lista | remover da lista | رفض الرسائل | رفض استقبال | رفض التواصل | عدم الإرسال
    عدم إرسال | عدم الاتصال | عدم التواصل
""")
"""What speaks of people who said no, wherever it stands in the header."""
NEGATIONS = {
    "do not | dont | don t | never": """
        call* | contact* | message* | msg | send | disturb* | text* | mail* | email* | e mail | sms | whatsapp* | wa
        market* | promot* | phone | ring | solicit* | want | wish | reach | follow up | broadcast*
    """,
    "no": "contactar | llamar | molestar | enviar | escribir | contacten | llamen",
    "não": "perturb* | contatar | contactar | ligar | enviar | mandar",
    "ne pas | ne plus": "contacter | appeler | déranger | envoyer | solliciter",
    "nicht": "kontaktieren | anrufen | anschreiben | stören",
    "non": "contattare | chiamare | disturbare | inviare",
    "niet": "bellen | mailen | benaderen | contacteren | storen",
    "nie": "kontaktować | dzwonić | przeszkadzać | wysyłać",
    "не": "звонить | беспокоить | писать | отправлять | присылать",
    "jangan": "hubungi | dihubungi | kirim* | dikirim* | telepon | telpon | chat | wa | di wa | ganggu",
    "moenie": "kontak* | bel | boodskap* | stuur* | pla | steur",
    "لا": "تتصل | ترسل | ترغب | يرغب",
    "संपर्क | फोन | कॉल | मैसेज | संदेश": """
        न करें | ना करें | मत करें | नहीं करें | नहीं करना | न करना | न भेजें | ना भेजें | मत भेजें | नहीं भेजें
        नहीं भेजना | न भेजना | नहीं चाहिए
    """,
}
"""Words for not, and what is not to be done."""
WHOLE_OUT = schema.table("stop | baja | unsub | deceased | отписка | rejected marketing | removed | exclude | excluded")
"""What speaks of a no where it is the whole header."""

IN = schema.table("""
    opt in | opted in | opting in | opt ins | consent* | subscribed | subscription status | subscriber status
    permission | ok to | okay to | can we | may we | can contact | may contact | like to receive
    want to receive | wants to receive | wish to receive | wishes to receive | agree to receive
    agrees to receive | happy to receive | willing to receive | agree to be contacted | happy to be contacted
    receive marketing | receive promo* | receive offers | receive newsletter* | receive whatsapp | receive sms
    receive messages | receive updates | gdpr | dsgvo | rgpd | lgpd | popia | popi | pdpa | dpdp | dpdpa | tcpa
    kvkk | iys | etk | rodo | consenso | consensi | suscrito | suscrita | suscripto | desea recibir
    quiere recibir | deseja receber | quer receber | aceita receber | souhaite recevoir | accepte de recevoir
    einwilligung* | zustimmung* | werbeeinwilligung* | kontakterlaubnis | abonniert | toestemming* | zgoda
    zgody | zgodę | согласие | согласия | согласен | согласна | згода | разрешение на | дозвіл на | موافقة
    الموافقة | موافق | رضایت | رضامندی | सहमति | अनुमति | संमती | সম্মতি | சம்மதம் | సమ్మతి | સંમતિ | setuju
    persetujuan | bersedia | samtycke* | samtykke* | suostumus* | hozzájárulás* | souhlas* | súhlas*
    aceito receber | aceitou receber | receber ofertas | receber promo* | receber novidades | receber mensagens
    pode mandar | pode enviar | podemos enviar | pode contatar | podemos contatar | recibir ofertas
    recibir promo* | recibir mensajes | recevoir des offres | recevoir les offres | recevoir nos | contactable
    contact allowed | contact permitted | allow contact | boleh dihubungi | boleh kirim* | boleh dikirim*
    boleh di wa | bisa dihubungi | संदेश भेजें | मैसेज भेजें | संदेश भेज सकते | मैसेज भेज सकते | संपर्क कर सकते
    هل توافق | توافق على | يوافق على | أوافق على | استقبال الرسائل | استلام الرسائل
    consimțământ* | συγκατάθεση | συναίνεση | consentiment | đồng ý | ยินยอม | ความยินยอม | הסכמה | 配信可否
    配信希望 | 配信許可 | 受信許可 | 受信可否 | 同意 | 承諾 | 동의 | 수신여부 | 수신 여부 | 允许 | 愿意接收
""")
"""What speaks of people who said yes, wherever it stands."""
WILL = schema.table("""
    accept | accepts | accepted | accepting | allow | allows | allowed | agree | agrees | agreed | ok | okay
    permit | permits | permitted | permissions | subscribe | subscribes | subscription | subscriptions
    subscriber | subscribers | authorise | authorises | authorised | authorize | authorizes | authorized
    approved | opted | enrolled | wants | aceita | aceito | aceitou | aceite | autoriza | autorizo | autorizou
    autorização | inscrito | acepta | acepto | aceptó | autorizó | autorización | suscripción | accepte
    autorise | abonné | inscrit | erlaubt | erlaubnis | angemeldet | accetta | accettato | autorizza | iscritto
    akkoord | aangemeld | ingeschreven | izin | izni | onay | onayı | rıza | подписан | подписка | подписался
    підписка | разрешил | разрешение | الاشتراك | مشترك | izinkan | langganan | berlangganan | mau
""")
"""What does so beside one of `WHAT` only: "Subscription" alone is also a plan that costs so much a month."""
WHAT = schema.table("""
    whatsapp | wa | sms | texts | text messages | messages | messaging | calls | email | emails | newsletter*
    mailing* | marketing | promo* | offers | broadcast* | communication* | notifications | contacted
    to contact | to call | to text | to message | to email | contato | contacto | mensagens | comunicaç*
    ligações | ofertas | mensajes | comunicacion* | llamadas | publicidad | communications | publicité | werbung
    nachrichten | anrufe | messaggi | comunicazioni | pubblicità | berichten | reclame | iletişim | mesaj
    ileti | pazarlama | arama | reklam | ticari | kampanya | bülten | eposta | рассылк* | сообщени* | розсилк*
    реклам* | رسائل | واتساب | الواتساب | dihubungi | pesan | promosi
""")
"""What people are asked about."""
WHOLE_IN = schema.table("""
    newsletter | newsletters | newsletter y n | newsletter status | рассылка | рассылки | розсилка | メルマガ
    permission | allow broadcast | marketing | marketing status | whatsapp marketing | marketing whatsapp
    sms marketing | marketing sms | email marketing | marketing email | marketing emails | marketing messages
    whatsapp promotions | promotional messages | promotional whatsapp | promotional sms | promotional emails
    send whatsapp | send sms | send messages | send promotions | send offers
""")
"""What speaks of a yes where it is the whole header."""

_EITHER = schema.table("""
    in out | opt in opt out | opted in opted out | opt out opt in | opt out in | opted in out
    subscribed unsubscribed | unsubscribed subscribed
""")
"""Both in one header: the cells say which."""
_TAKEN_BACK = schema.table("""
    not | no | non | without | withdrawn | withdrew | withdrawal | revoked | revocation | refused | refusal
    denied | declined | rejected | removed | cancelled | canceled | expired | sin | sem | não | nicht | kein*
    ohne | ne | pas | sans | nie | bez | niet | geen | не | без | отказ* | отозван* | tidak | belum | لا | عدم
    رفض | बिना | न | ना | मत | नहीं | retirad* | revogad* | revocad* | cancelad* | retiré | refusé | refus
""")
"""What makes a no of the words for a yes: "Consent withdrawn"."""
_CHOICES = schema.table("""
    yes no | y n | yn | yes or no | no yes | n y | true false | t f | sim não | s n | sim ou não | sí o no
    oui non | oui ou non | o n | ja nein | j n | ja nee | ja nej | да нет | так ні | evet hayır | tak nie
    ya tidak | 1 0 | 0 1 | sì no | نعم لا
""")
"""The answers, as a header lists them: no part of the question."""

_NO_OPT_OUT = schema.table(
    "link | url | campaign | title | ip | id | template | page | amount | qty | rate | count | total"
)
"""What makes something else of the words for a no."""
_NO_OPT_IN = _NO_OPT_OUT + schema.table("""
    form | forms | level | levels | role | roles | group | set | plan | plans | price | prices | fee | fees
    tier | type | version | method | source | name | number | numbers | no of | document | file | sent | start
    end | renewal | renews | expiry | expires | time | timestamp | address | 書
""")
"""What makes something else of the words for a yes. Of "Opt-in source" the cells say how, and not whether."""
_SIGNS = schema.table("subscri* | permission* | newsletter*")

_SQUASHED = re.compile(
    r"(?<=\S)(?=consent|unsub|blacklist|(?<!un)subscribed)|(?<=opt)(?=in(?!g)|out)|(?<=opted)(?=in|out)"
)
_OPT = re.compile(r"(?<=\S)(?=opt(?:ed)? (?:in|out))|(?<=opt in)(?=\S)|(?<=opt out)(?=\S)|(?<=opted in)(?=\S)")


@lru_cache(maxsize=4096)
def field(header: str) -> str:
    """Return the field that the words of *header* speak of, "opt_out" or "opt_in"; "" where they speak of neither."""
    text = _text(header)
    if _pattern(_EITHER).search(text):
        return "opt_in"
    yes = _says_yes(text)
    if _says_no(text) or (yes and _pattern(_TAKEN_BACK).search(text)):
        return "" if _pattern(_NO_OPT_OUT).search(text) else "opt_out"
    return "opt_in" if yes and not _pattern(_NO_OPT_IN).search(text) else ""


def hints(header: str) -> bool:
    """Tell whether *header* has a word that people use of consent, understood or not."""
    text = _text(header)
    return _says_no(text) or _says_yes(text) or bool(_pattern(_SIGNS).search(text))


def channel(header: str) -> str:
    """Return what a consent under *header* is for, as `schema.channel` does, also where words are written as one."""
    return schema.channel(header) or schema.channel(_text(header))


def _says_no(text: str) -> bool:
    return bool(_pattern(OUT).search(text) or _pattern(_not_done()).search(text) or _pattern(WHOLE_OUT).fullmatch(text))


def _says_yes(text: str) -> bool:
    willing = _pattern(WILL).search(text) and _pattern(WHAT).search(text)
    return bool(_pattern(IN).search(text) or willing or _pattern(WHOLE_IN).fullmatch(text))


@lru_cache(maxsize=4096)
def _text(header: str) -> str:
    """Return the words of *header* with one space between them, without the answers it lists."""
    words = schema.spaced(header[:LONGEST]).replace("whats app", "whatsapp").replace("donot", "do not ")
    apart = _OPT.sub(" ", _SQUASHED.sub(" ", words))
    return " ".join(_pattern(_CHOICES).sub(" ", " ".join(apart.split())).split())


@cache
def _not_done() -> tuple[str, ...]:
    pairs = ((negation, verbs) for several, verbs in NEGATIONS.items() for negation in schema.table(several))
    return tuple(f"{negation} {verb}" for negation, verbs in pairs for verb in schema.table(verbs))


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of *phrases* in a text of words; "*" is how a word begins."""
    spaced: list[str] = []
    unspaced: list[str] = []
    for phrase in phrases:
        form = " ".join(schema.normal(word) for word in phrase.split())
        ending = r"\S*" if phrase.endswith("*") else ""
        (unspaced if schema.unspaced(form) else spaced).append(re.escape(form) + ending)
    return re.compile("|".join([rf"(?<!\S)(?:{'|'.join(spaced)})(?!\S)", *unspaced]))
