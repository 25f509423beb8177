"""The words by which a report's last rows say that they are no people: totals, page numbers, notices.

Only what says so is a footer. A row with a name alone is none, and nothing with a phone or an address in it is.
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
    gesamtsumme | gesamtzahl | insgesamt | zwischensumme | endsumme | totale | totale generale | subtotale
    jumlah | jumlah {total keseluruhan} | total keseluruhan | toplam | {genel ara} toplam | कुल
    कुल {योग जोड़ संख्या} | المجموع | الإجمالي | إجمالي | المجموع الكلي | الإجمالي العام | العدد الكلي | итого
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
    तم {الإنشاء إنشاء التصدير تصدير الطباعة} | طبع {في بواسطة} | تاريخ {الطباعة التصدير الإنشاء التقرير}
    copyright | © | all rights reserved | do not distribute | powered by | confidential | strictly confidential
    private and confidential | internal use only | for internal use | end of {report list file data export}
    end of the {report list file data export} | vertraulich | nur für den internen | alle rechte vorbehalten
    ende {des der} {berichts liste datei} | confidentiel | usage interne | tous droits réservés
    fin {du de} {rapport fichier la liste} | confidencial | uso interno | fim {do da} {relatório arquivo lista}
    todos {os los} {direitos derechos} | fin {del de} {informe reporte archivo la} | riservato
    fine {del della} {rapporto report lista} | tutti i diritti | rahasia perusahaan
    akhir {laporan daftar data} | hak cipta | gizlidir | {rapor liste} sonu | tüm hakları | конфиденциально
    конец {отчёта списка файла} | все права | गोपनीय | {रिपोर्ट सूची} समाप्त | सर्वाधिकार | سري للغاية
    نهاية {التقرير القائمة} | جميع الحقوق
"""
"""How reports begin to say when they were made, whose they are, and that they end."""

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


@dataclass(frozen=True, slots=True)
class _Patterns:
    says: re.Pattern[str]
    """Begins so: a footer, whatever else is in the row."""
    total: re.Pattern[str]
    """The whole of it: a footer, where the other cells are numbers and what is counted."""
    noun: re.Pattern[str]
    counted: re.Pattern[str]
    """How many of what: 57 contacts, (57 rows affected)."""
    ends: re.Pattern[str]


def is_footer(row: Sequence[str], columns: int) -> bool:
    """Tell whether *row* of a table of so many *columns* says that it is no person."""
    cells = [cell for cell in map(str.strip, row) if cell]
    if not cells or sum(map(len, cells)) > LONGEST or any(map(_holds_contact, cells)):
        return False
    worded = [_folded(cell) for cell in cells if LETTER.search(cell)]
    if not worded:
        return all(map(RULER.fullmatch, cells))
    patterns, said = _patterns(), worded[0].lstrip(DECORATION)
    if patterns.says.match(said) or (said != worded[0] and patterns.ends.fullmatch(said)):
        return True
    if patterns.total.fullmatch(said):
        return all(map(patterns.noun.fullmatch, worded[1:]))
    alone = len(cells) == 1 and columns > 2
    return alone and bool(patterns.counted.search(said) or SENTENCE.fullmatch(cells[0]))


def _holds_contact(cell: str) -> bool:
    """Tell whether a phone or an address may be in *cell*."""
    rest = DATES.sub("", cell)
    if AMOUNT.fullmatch(rest):
        return False
    return bool(CONTACT.search(rest)) or (not LETTER.search(rest) and sum(map(str.isdigit, rest)) >= 7)


def _folded(text: str) -> str:
    """Return *text* without case, and without the accents that exports lose."""
    apart = unicodedata.normalize("NFKD", text.casefold()).replace("ı", "i")
    return "".join(char for char in apart if not 0x300 <= ord(char) < 0x370 and not 0x653 <= ord(char) < 0x656)


@cache
def _patterns() -> _Patterns:
    totals, counts, nouns, pages, notices, ends = map(_either, (TOTALS, COUNTS, NOUNS, PAGES, NOTICES, ENDS))
    number = r"\(?\d[\d.,\s]*"
    return _Patterns(
        says=re.compile(
            rf"{notices}"
            rf"|{pages}\.?\s*:?\s*\d+(?:\D{{1,12}}\d+)?\s*$"
            rf"|{counts}(?:\s+{nouns})?\s*[:=]\s*{number}"
        ),
        total=re.compile(rf"{totals}(?:\s+(?:\w+\s+)?{nouns})?(?:\s*[:=-].*|\s*{number}.*|\s*\(.*\))?", re.DOTALL),
        noun=re.compile(rf"{nouns}"),
        counted=re.compile(rf"^{number}\s*{nouns}|\({number}\s*{nouns}"),
        ends=re.compile(rf"{ends}[{re.escape(DECORATION)}]+"),
    )


def _either(table: str) -> str:
    """Return the pattern of the phrases in *table*."""
    phrases = (phrase for line in _folded(table).split("\n") for cell in line.split("|") if (phrase := cell.strip()))
    patterns = (
        re.sub(r"\\\{(.*?)\\\}", lambda words: "(?:" + words[1].replace("\\ ", "|") + ")", re.escape(phrase))
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    return "(?:" + "|".join(pattern.replace("\\ ", r"\s+") for pattern in patterns) + r")(?!\w)"
