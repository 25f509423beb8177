"""The words by which a report's last rows say that they are no people: totals, page numbers, notices.

Only what says so is a footer. A row with a name alone is none, and nothing with a phone or an address in it is: who
says in such words that they are no contact, and has a phone, is for a person to look at.
In the tables below a bar or a line end parts two phrases, and braces hold words of which one stands there. Case and
accents do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TOTALS = """
    total | totals | {grand sub overall report} {total totals} | {record row} count | sub-total | subtotal
    number of {records rows contacts} | total geral | total general | total général | sous-total | gesamt
    gesamtsumme | gesamtzahl | gesamtergebnis | insgesamt | zwischensumme | endsumme | totale | totale generale
    totale complessivo | subtotale | {gran sum suma soma} total | total {amount sum}
    jumlah | jumlah {total keseluruhan} | total keseluruhan | toplam | {genel ara} toplam | कुल
    कुल {योग जोड़ संख्या} | المجموع | الإجمالي | إجمالي | {المجموع الإجمالي العدد} الكلي | الإجمالي العام | итого
    всего | общий итог | общее количество
"""
"""Words that nobody is called. They may stand alone, or beside numbers."""

COUNTS = """
    sum | summe | summa | soma | suma | somme | somma | योग | जोड़ | сумма | count | anzahl | cantidad
    quantidade | número de | nombre de | numero di | sayısı | {kayıt kişi} sayısı | संख्या | عدد | количество
"""
"""Words with other meanings, Suma and Yog are names: believed where a colon and a number follow."""

NOUNS = """
    record | records | row | rows | line | lines | entries | contact | contacts | customers | clients | members
    leads | people | persons | results | items | users | registros | linhas | contatos | clientes | pessoas
    itens | resultados | filas | contactos | entradas | personas | enregistrements | lignes | personnes
    résultats | datensätze | zeilen | kontakte | einträge | personen | kunden | righe | contatti | risultati
    voci | clienti | persone | baris | kontak | orang | pelanggan | transaksi | kayıt | satır | kişi | müşteri
    रिकॉर्ड | पंक्तियाँ | संपर्क | लोग | ग्राहक | سجل | سجلات | صف | صفوف | جهة اتصال | جهات اتصال | عميل
    عملاء | записей | записи | запись | строк | строки | контактов | контакта | человек | клиентов
"""
"""What is counted."""

PAGES = "page | pg | pag | página | seite | sayfa | halaman | hal | страница | стр | पृष्ठ | पेज | صفحة | الصفحة"

SIGNED = """
    {prepared compiled collated submitted issued verified checked approved reviewed authorised authorized} by
    {list report file data} {prepared compiled submitted verified} by | {authorised authorized} signatory
    for {queries query enquiries inquiries clarifications clarification} | for {any more further} {query queries}
    for {more further} {details information info} | in case of any | please {contact call}
    {elaborado preparado compilado conferido revisado verificado aprovado autorizado} {por pelo pela}
    responsável: | para {mais maiores} informações | em caso de dúvidas
    {elaborado preparado compilado revisado verificado aprobado autorizado} {por el} | {elaboró preparó revisó aprobó}:
    para {más mayor} información | {préparé élaboré rédigé compilé vérifié approuvé} par
    pour {toute tout plus} {question renseignement information}
    {erarbeitet zusammengestellt vorbereitet geprüft genehmigt bearbeitet} {von durch} | erstellt {von durch}
    bei {fragen rückfragen} | ansprechpartner: | {preparato elaborato redatto compilato verificato approvato} {da dal}
    a cura di | per {informazioni maggiori ulteriori}
    {dibuat disusun disiapkan disediakan diperiksa disetujui diketahui diverifikasi dilaporkan} oleh
    {info informasi} lebih lanjut | untuk {info informasi pertanyaan} | hubungi: | {hazırlayan düzenleyen onaylayan}
    {подготовил подготовила подготовлено составил составила составлено проверил проверила утвердил утвердила}
    {исполнитель ответственный ответственная}: | ответственный исполнитель | по всем вопросам
    {तैयारकर्ता प्रस्तुतकर्ता}: | {तैयार प्रस्तुत संकलित} करने वाले | अधिक जानकारी | संपर्क करें
    تم {الإعداد إعداد إعداده إعدادها التحضير} | {أعده أعدها} | من إعداد | إعداد: | {للاستفسار للتواصل للاستفسارات}
    لمزيد من {المعلومات التفاصيل}
"""
"""How reports begin to say who made them, and whom to ask."""

NOTICES = """
    {generated printed exported downloaded produced} {on at by from with}
    {report file list data} was {generated printed exported} | report {generated printed exported}
    this {report list file} {was contains includes is}
    {generated printed exported downloaded prepared created}:
    {report print export generation run} {date time}: | {gerado impresso emitido exportado} {em por pelo pela}
    {generado impreso emitido exportado} {el por en desde}
    {généré imprimé édité exporté établi} {le par depuis}
    {erstellt gedruckt exportiert generiert} {am von um mit} | {generato stampato esportato} {il da con}
    {dicetak dibuat diekspor diunduh} {pada oleh dari tanggal}
    {oluşturma oluşturulma yazdırma rapor} {tarihi zamanı}
    {сформировано создано распечатано выгружено напечатано} | отчёт {сформирован создан}
    дата {печати формирования выгрузки отчёта} | {तैयार मुद्रित निर्यात जनरेट} {किया की} | रिपोर्ट दिनांक
    تم {الإنشاء إنشاء التصدير تصدير الطباعة} | طبع {في بواسطة} | تاريخ {الطباعة التصدير الإنشاء التقرير}
    © | all rights reserved | do not distribute | powered by | strictly confidential | private and confidential
    internal use only | for internal use | end of {report list file data export}
    end of the {report list file data export} | nur für den internen | alle rechte vorbehalten
    ende {des der} {berichts liste datei} | usage interne | tous droits réservés
    fin {du de} {rapport fichier liste} | fin de la liste | uso interno | fim {do da} {relatório arquivo lista}
    todos {os los} {direitos derechos} | fin {del de} {informe reporte archivo lista} | fin de la lista
    fine {del della} {rapporto report lista} | tutti i diritti | rahasia perusahaan
    akhir {laporan daftar data} | hak cipta | {rapor liste} sonu | tüm hakları
    конец {отчёта списка файла} | все права | {रिपोर्ट सूची} समाप्त | سري للغاية
    نهاية {التقرير القائمة} | جميع الحقوق
"""
"""How reports begin to say when they were made, whose they are, and that they end."""

SECRETS = """
    copyright | confidential | vertraulich | confidentiel | confidencial | riservato | gizlidir | конфиденциально
    गोपनीय | सर्वाधिकार
"""
"""Words with which reports, and the names of firms, begin: not believed where a phone stands beside them."""

LABELS = """
    {contact contacts phone phones tel telephone mobile mob helpline whatsapp email e-mail}:
    {contato contatos contacto contactos telefone telefones teléfono teléfonos celular dúvidas}:
    {téléphone portable tél kontakt telefon mobil handy rückfragen telefono cellulare contatti contatto}:
    {telepon kontak telp hp narahubung iletişim cep контакты контакт телефон тел फ़ोन फोन मोबाइल संपर्क}:
    {هاتف الهاتف جوال الجوال واتساب التواصل}:
"""
"""What stands alone before somebody's phone, in the place of a name."""

ENDS = "end | ende | fin | fim | fine | akhir | son | конец | समाप्त | نهاية"
"""Between signs: *** END ***."""

LONGEST = 300
"""Characters of a footer; what is longer is somebody's text."""
DECORATION = " \t\r\n\"'*=#~_>-–—•"
RULER = re.compile(r"[-=_*~+|.─━═\s]{3,}")
LETTER = re.compile(r"[^\W\d_]")
YEAR = r"(?:19|20)\d\d"
DATES = re.compile(
    rf"(?<![\d./-])"
    rf"(?:{YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{YEAR}|{YEAR}\s?[-–]\s?{YEAR}|\d{{1,2}}(?::\d\d){{1,2}})"
    rf"(?![./-]?\d)"
)
"""Dates, pairs of years, and times: digits that are no phone."""
AMOUNT = re.compile(r"\D{0,4}(?:\d{1,3}(?:,\d{2,3})+|\d{1,6})(?:\.\d{1,2})?\D{0,4}")
CONTACT = re.compile(r"\d(?:[ ().+/–-]{0,3}\d){6}|\S@\S")
SENTENCE = re.compile(r"(?:\S+\s+){3,}\S*[^\W_]{4}[\"')\]]*[.!?。।]")
"""Four words, the last of them long and with a full stop: not "Martin Luther King Jr."."""


CODE = "footer-phone"
"""The code of the reason that a row is held for which says what a footer says, and holds a phone."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    says: re.Pattern[str]
    """Begins so: a footer, whatever else is in the row."""
    secret: re.Pattern[str]
    """Begins so: a footer, where no phone is in the row."""
    total: re.Pattern[str]
    """The whole of it: a footer, where the other cells are numbers and what is counted."""
    bare: re.Pattern[str]
    """The whole of it, and no name: a footer's, also where one of the numbers is a phone."""
    noun: re.Pattern[str]
    counted: re.Pattern[str]
    """How many of what: 57 contacts, (57 rows affected)."""
    ends: re.Pattern[str]


def is_footer(row: Sequence[str], columns: int) -> bool:
    """Tell whether *row* of a table of so many *columns* says that it is no person."""
    cells = _filled(row)
    if not cells or sum(map(len, cells)) > LONGEST or any(map(_holds_contact, cells)):
        return False
    worded = _worded(cells)
    if not worded:
        return all(map(RULER.fullmatch, cells))
    patterns, said = _patterns(), worded[0].lstrip(DECORATION)
    if patterns.says.match(said) or patterns.secret.match(said):
        return True
    if said != worded[0] and patterns.ends.fullmatch(said):
        return True
    if patterns.total.fullmatch(said):
        return all(map(patterns.noun.fullmatch, worded[1:]))
    alone = len(cells) == 1 and columns > 2
    return alone and bool(patterns.counted.search(said) or SENTENCE.fullmatch(cells[0]))


def has_phone(row: Sequence[str]) -> bool:
    """Tell whether *row* says in the words of a footer that it is no contact, and holds a phone or an address."""
    cells = _filled(row)
    if sum(map(len, cells)) > LONGEST or not any(map(_holds_contact, cells)):
        return False
    patterns, worded = _patterns(), _worded(cells)
    said = worded[0].lstrip(DECORATION) if worded else ""
    if patterns.says.match(said):
        return True
    alone = patterns.bare.fullmatch(said) and not _holds_contact(said)
    return bool(alone) and all(map(patterns.noun.fullmatch, worded[1:]))


def is_reachable(row: Sequence[str]) -> bool:
    """Tell whether a phone or an address may be in *row*."""
    return any(map(_holds_contact, row))


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in map(str.strip, row) if cell]


def _worded(cells: Sequence[str]) -> list[str]:
    return [_folded(cell) for cell in cells if LETTER.search(cell)]


def _holds_contact(cell: str) -> bool:
    """Tell whether a phone or an address may be in *cell*."""
    rest = DATES.sub("", cell)
    if AMOUNT.fullmatch(rest):
        return False
    return bool(CONTACT.search(rest)) or (not LETTER.search(rest) and sum(map(str.isdigit, rest)) >= 7)


def _folded(text: str) -> str:
    """Return *text* without case, and without the accents and vowel signs that exports lose."""
    apart = unicodedata.normalize("NFKD", text.casefold()).replace("ı", "i")
    return "".join(char for char in apart if not 0x300 <= ord(char) < 0x370 and not 0x64B <= ord(char) < 0x660)


@cache
def _patterns() -> _Patterns:
    totals, counts, nouns, pages, ends = map(_either, (TOTALS, COUNTS, NOUNS, PAGES, ENDS))
    notices, signed, secrets, labels = map(_either, (NOTICES, SIGNED, SECRETS, LABELS))
    number = r"\(?\d[\d.,\s]*"
    return _Patterns(
        says=re.compile(
            rf"{notices}|{signed}"
            rf"|{pages}\.?\s*:?\s*\d+(?:\D{{1,12}}\d+)?\s*$"
            rf"|{counts}(?:\s+{nouns})?\s*[:=]\s*{number}"
        ),
        secret=re.compile(secrets),
        total=re.compile(rf"{totals}(?:\s+(?:\w+\s+)?{nouns})?(?:\s*[:=-].*|\s*{number}.*|\s*\(.*\))?", re.DOTALL),
        bare=re.compile(rf"(?:{totals}(?:\s+(?:(?:de|di|dei|of)\s+)?{nouns})?|{labels})[\W\d_]*"),
        noun=re.compile(rf"{nouns}"),
        counted=re.compile(rf"^{number}\s*{nouns}|\({number}\s*{nouns}"),
        ends=re.compile(rf"{ends}[{re.escape(DECORATION)}]+"),
    )


def _either(table: str) -> str:
    """Return the pattern of the phrases in *table*; a colon may have a space before it."""
    phrases = (phrase for line in _folded(table).split("\n") for cell in line.split("|") if (phrase := cell.strip()))
    escaped = (re.escape(phrase).replace(":", r"\s*:") for phrase in sorted(phrases, key=len, reverse=True))
    patterns = (
        re.sub(r"\\\{(.*?)\\\}", lambda words: "(?:" + words[1].replace("\\ ", "|") + ")", pattern)
        for pattern in escaped
    )
    spaced = (pattern.replace("\\ ", r"\s+") for pattern in patterns)
    return "(?:" + "|".join(spaced) + r")(?!(?<=\w)\w)"
