"""Text in any encoding is read as it was written, or the user is told what does not fit."""

import codecs
import io
import re

import pytest

from contact_import.errors import InputProblem
from contact_import.readers import encoding

LISTS = [
    pytest.param(
        "cp1252 mac_roman cp850",
        "Nombre;Teléfono;Ciudad",
        "José Núñez;Málaga|María Peña;León|Ángel Gutiérrez;Cádiz|Begoña Ibáñez;Logroño|Raúl Muñoz;Córdoba|"
        "Andrés Martín;Ávila|Sofía Hernández;Cáceres|Íñigo López;A Coruña",
        id="Spanish",
    ),
    pytest.param(
        "cp1252 mac_roman cp850",
        "Nome;Telefone;Cidade",
        "João Conceição;São Paulo|Antônio Gonçalves;Brasília|Luís Araújo;Goiânia|Inês Simões;Évora|"
        "Letícia Assunção;Maceió|Márcia Falcão;Belém|Tomé Magalhães;Niterói",
        id="Portuguese",
    ),
    pytest.param(
        "cp1252 mac_roman cp850",
        "Prénom;Téléphone;Ville",
        "Hélène Lefèvre;Orléans|François Noël;Saint-Étienne|Zoé Bérenger;Nîmes|Jérôme Côté;Besançon|"
        "Anaïs Guérin;Béziers|Gaëlle Maître;Évry|Benoît Châtelain;Créteil",
        id="French",
    ),
    pytest.param(
        "cp1252 mac_roman cp850",
        "Name;Telefon;Straße",
        "Jürgen Groß;Königstraße|Käthe Müller;Düsseldorf|Björn Schäfer;Nürnberg|Günther Weiß;Köln|"
        "Änne Höfer;Würzburg|Sören Krüger;Lübeck",
        id="German",
    ),
    pytest.param(
        "cp1252 mac_roman cp850",
        "Nome;Cellulare;Città",
        "Nicolò Rossi;Forlì|Noè Cantù;Cantù|Niccolò D'Alò;Mondovì|Josuè Pelù;Cefalù|Salomè Libertà;Città di Castello",
        id="Italian",
    ),
    pytest.param(
        "cp1252",
        "Naam;Telefoon;Plaats",
        "Daniël de Vries;Coöperatie|Zoë van Loon;België|Chloé Bäcker;Zeeuws|Michaël Smit;Oriënt|Renée Jansen;Ruïne",
        id="Dutch",
    ),
    pytest.param(
        "cp1252 mac_roman cp850",
        "Namn;Telefon;Ort",
        "Åsa Sjöberg;Malmö|Göran Åkesson;Västerås|Märta Öberg;Örebro|Björn Ström;Umeå|Pär Hägg;Skövde",
        id="Swedish",
    ),
    pytest.param(
        "cp1252 mac_roman cp850",
        "Navn;Telefon;By",
        "Søren Kjær;Århus|Jørgen Møller;Køge|Åse Bækgaard;Tønder|Øyvind Næss;Ålborg|Bjørn Høeg;Rødovre",
        id="Danish",
    ),
    pytest.param(
        "cp1252",
        "Nimi;Puhelin;Kaupunki",
        "Väinö Mäkelä;Jyväskylä|Päivi Hämäläinen;Hämeenlinna|Yrjö Pöyhönen;Seinäjoki|Mikä Järvinen;Äänekoski",
        id="Finnish",
    ),
    pytest.param(
        "cp1252",
        "Nafn;Sími;Staður",
        "Þór Guðmundsson;Ísafjörður|Guðrún Sigurðardóttir;Reykjavík|Ægir Jónsson;Hafnarfjörður|"
        "Hólmfríður Þórsdóttir;Seyðisfjörður|Ólöf Björnsdóttir;Akureyri",
        id="Icelandic",
    ),
    pytest.param(
        "cp1252",
        "Nom;Telèfon;Ciutat",
        "Mercè Solà;Vilafranca del Penedès|Òscar Puigcercós;Lleó|Núria Fàbregas;Mataró|Gonçal Llàcer;Alcúdia",
        id="Catalan",
    ),
    pytest.param(
        "cp1250 iso8859_2 cp852",
        "Imię;Telefon;Miasto",
        "Łukasz Żak;Łódź|Małgorzata Wójcik;Śrem|Paweł Dąbrowski;Kraków|Agnieszka Wiśniewska;Poznań|"
        "Bożena Zając;Gdańsk|Stanisław Gołębiewski;Częstochowa|Józef Ćwikła;Świdnica",
        id="Polish",
    ),
    pytest.param(
        "cp1250 iso8859_2 cp852",
        "Jméno;Telefon;Město",
        "Jiří Dvořák;Plzeň|Kateřina Nováková;Děčín|Tomáš Růžička;Třebíč|Zdeněk Šťastný;Žďár|"
        "Lucie Kučerová;Přerov|Ondřej Němec;Ústí nad Labem|Věra Čermáková;Litoměřice",
        id="Czech",
    ),
    pytest.param(
        "cp1250",
        "Jmeno;Telefon;Mesto",
        "Jana Kučera;Praha|Pavel Horáček;Brno|Anna Nováčková;Praha",
        id="Czech, few",
    ),
    pytest.param(
        "cp1250 iso8859_2 cp852",
        "Meno;Telefón;Mesto",
        "Ján Kováč;Košice|Ľubomír Šťastný;Žilina|Mária Tóthová;Liptovský Mikuláš|Jozef Kôň;Nové Zámky|"
        "Dušan Ďurica;Trenčín|Zuzana Vŕbová;Prešov",
        id="Slovak",
    ),
    pytest.param(
        "cp1250 iso8859_2 cp852",
        "Név;Telefon;Város",
        "László Erdős;Győr|Zsófia Szűcs;Pécs|Gergő Kővári;Kőszeg|Ágnes Fűrész;Gödöllő|"
        "Örs Bíró;Hódmezővásárhely|Éva Tóth;Nagykőrös|István Győri;Fertőd",
        id="Hungarian",
    ),
    pytest.param(
        "cp1250 iso8859_2 cp852",
        "Nume;Telefon;Oraş",
        "Ştefan Păunescu;Bucureşti|Ioana Bălan;Galaţi|Ţuţea Măriuca;Timişoara|Răzvan Gârbea;Iaşi|"
        "Mădălina Niţă;Piteşti|Cătălin Câmpeanu;Târgu Mureş",
        id="Romanian",
    ),
    pytest.param(
        "cp1250 iso8859_2 cp852",
        "Ime;Telefon;Grad",
        "Đurđica Božić;Šibenik|Željko Marković;Čakovec|Nikolina Šarić;Požega|Krešimir Đurić;Đakovo|"
        "Ivana Čačić;Križevci",
        id="Croatian",
    ),
    pytest.param(
        "cp1254 cp857",
        "Adı;Telefon;Şehir",
        "Ayşe Yılmaz;İzmir|Gökhan Çağlar;Muğla|Şükrü Öztürk;Eskişehir|Işıl Doğan;Şanlıurfa|"
        "Oğuz Güneş;Çanakkale|İbrahim Kılıç;Ağrı",
        id="Turkish",
    ),
    pytest.param(
        "cp1257",
        "Vardas;Telefonas;Miestas",
        "Žydrūnas Kazlauskas;Šiauliai|Rūta Žukauskaitė;Panevėžys|Jonas Šimkevičius;Telšiai|"
        "Jūratė Ąžuolaitė;Kėdainiai|Mindaugas Grįžas;Alytus",
        id="Lithuanian",
    ),
    pytest.param(
        "cp1257",
        "Vārds;Tālrunis;Pilsēta",
        "Jānis Bērziņš;Rīga|Līga Kalniņa;Jūrmala|Mārtiņš Ozoliņš;Cēsis|Ģirts Šķēle;Ķegums|Ināra Zariņa;Valmiera",
        id="Latvian",
    ),
    pytest.param(
        "cp1257 cp1252",
        "Nimi;Telefon;Linn",
        "Jüri Mägi;Võru|Õnne Pärn;Jõgeva|Külli Rebane;Põlva|Mart Kütt;Pärnu|Väino Sõerd;Jõhvi",
        id="Estonian",
    ),
    pytest.param(
        "cp1251 koi8_r cp866 mac_cyrillic iso8859_5",
        "Имя;Телефон;Город",
        "Иван Петров;Москва|Мария Иванова;Казань|Алексей Смирнов;Самара|Ольга Кузнецова;Уфа|"
        "Дмитрий Соколов;Пермь|Юлия Щербакова;Тюмень|Сергей Жуков;Челябинск",
        id="Russian",
    ),
    pytest.param(
        "cp1251 koi8_u",
        "Ім'я;Телефон;Місто",
        "Олексій Шевченко;Київ|Іван Бойко;Львів|Юлія Коваленко;Чернігів|Наталія Бондаренко;Рівне|"
        "Сергій Єременко;Миколаїв",
        id="Ukrainian",
    ),
    pytest.param(
        "cp1251",
        "Име;Телефон;Град",
        "Георги Димитров;София|Мария Тодорова;Пловдив|Ивайло Ангелов;Варна|Ваня Стоянова;Русе|Цветан Щерев;Търново",
        id="Bulgarian",
    ),
    pytest.param(
        "cp1253 iso8859_7",
        "Όνομα;Τηλέφωνο;Πόλη",
        "Γιώργος Παπαδόπουλος;Αθήνα|Ελένη Νικολάου;Θεσσαλονίκη|Κώστας Γεωργίου;Πάτρα|"
        "Μαρία Δημητρίου;Ηράκλειο|Βασίλης Αντωνίου;Λάρισα|Άννα Οικονόμου;Βόλος",
        id="Greek",
    ),
    pytest.param(
        "cp1255 iso8859_8",
        "שם;טלפון;עיר",
        "משה כהן;ירושלים|שרה לוי;תל אביב|דוד מזרחי;חיפה|רחל פרץ;באר שבע|יוסף ביטון;נתניה|חנה אברהם;אשדוד|"
        "יעקב פרידמן;רמת גן",
        id="Hebrew",
    ),
    pytest.param(
        "cp1256 iso8859_6",
        "الاسم;الهاتف;المدينة",
        "محمد علي;القاهرة|فاطمة حسن;الرياض|أحمد عبد الله;دبي|نورة السعيد;جدة|خالد إبراهيم;عمان|مريم يوسف;بيروت",
        id="Arabic",
    ),
    pytest.param(
        "",
        "نام;تلفن;شهر",
        "پرویز احمدپور;تهران|ژاله چمن;اصفهان|گلناز رضا;گرگان|پروانه حسن;شيراز",
        id="Persian",
    ),
    pytest.param(
        "cp874",
        "ชื่อ;โทรศัพท์;จังหวัด",
        "สมชาย ใจดี;กรุงเทพ|สมหญิง รักไทย;เชียงใหม่|วิชัย แก้วมณี;ขอนแก่น|นภา ศรีสุข;ภูเก็ต|ประเสริฐ ทองดี;นครราชสีมา",
        id="Thai",
    ),
    pytest.param(
        "cp932 euc_jp iso2022_jp",
        "氏名;電話;市",
        "山田太郎;東京|佐藤花子;大阪|鈴木一郎;名古屋|高橋健;札幌|田中美咲;福岡|渡辺直樹;京都|伊藤さくら;神戸|小林ユキ;広島",
        id="Japanese",
    ),
    pytest.param(
        "cp932 euc_jp",
        "氏名;電話;市",
        "山田太郎;東京|佐藤花子;大阪|鈴木一郎;名古屋|高橋健;札幌|田中美咲;福岡",
        id="Japanese, kanji only",
    ),
    pytest.param(
        "cp932",
        "ｼﾒｲ;TEL;ｼ",
        "ﾔﾏﾀﾞ ﾀﾛｳ;ﾄｳｷｮｳ|ｻﾄｳ ﾊﾅｺ;ｵｵｻｶ|ｽｽﾞｷ ｲﾁﾛｳ;ﾅｺﾞﾔ",
        id="Japanese, half-width",
    ),
    pytest.param(
        "gb18030 gb2312",
        "姓名;电话;城市",
        "张伟;北京|王芳;上海|李娜;广州|刘洋;深圳|陈静;杭州|杨勇;成都|赵敏;武汉|黄强;西安",
        id="Chinese, simplified",
    ),
    pytest.param(
        "big5 cp950",
        "姓名;電話;城市",
        "陳志明;台北|林雅婷;高雄|黃建宏;台中|張淑芬;新竹|李俊傑;台南|王美玲;桃園|吳怡君;基隆|劉家豪;花蓮",
        id="Chinese, traditional",
    ),
    pytest.param(
        "euc_kr cp949",
        "이름;전화;도시",
        "김민수;서울|이지은;부산|박서준;대구|최유진;인천|정현우;광주|강은영;대전|조성민;울산|윤아름;수원",
        id="Korean",
    ),
    pytest.param(
        "cp1252",
        "Naam;Sel;Dorp",
        "Danïel Süs;Môreson|Hélène Böhm;Reënboog|André Crûywagen;Skêr",
        id="Afrikaans",
    ),
    pytest.param(
        "cp1252",
        "Emri;Telefoni;Qyteti",
        "Besë Çela;Tiranë|Përparim Hoxhë;Durrës|Çlirim Lumë;Korçë",
        id="Albanian",
    ),
    pytest.param(
        "cp1252",
        "Name;Telefon;Ort",
        "Jürg Müller;Zürich|René Dépraz;Genève|Nicolò Bär;Thônex|Gaël Bühler;Neuchâtel",
        id="Swiss mix",
    ),
    pytest.param(
        "cp1252",
        "Name;Phone;Note",
        "Asha;it’s “fine”|Ravi;5° – ok|Uma;£20…",
        id="English quotes",
    ),
    pytest.param("cp1252", "Name;Phone;Note", "Asha;it’s “fine”|Ravi;5° – ok|Uma;£20…", id="English, quotes"),
]


def a_list(header, rows):
    lines = (f"{name};0981234567{index};{town}" for index, row in enumerate(rows) for name, town in [row.split(";")])
    return "".join(f"{line}\r\n" for line in (header, *lines))


def read(data):
    """Return the text of *data* as it is understood, and the encoding it is taken for."""
    codec = encoding.detect(io.BytesIO(data), "list.csv")
    return data.decode(codec), codec


@pytest.mark.parametrize(("encodings", "header", "rows"), LISTS)
def test_a_list_is_read_as_it_was_written(encodings, header, rows):
    rows = rows.split("|")
    parts = [rows, rows[: len(rows) // 2], rows[len(rows) // 2 :]]
    texts = [text for part in parts for text in (a_list(header, part), a_list(header, part).upper())]
    wrong = {}
    for name in encodings.split():
        for text in texts:
            data = text.encode(name, "ignore")  # not every capital is there: Ÿ in cp850
            found, codec = read(data)
            if found != data.decode(name):
                wrong[name, text] = codec
    assert wrong == {}


UNICODE = {
    "utf-8": (b"", "utf-8"),
    "utf-8-sig": (b"", "utf-8-sig"),
    "utf-16-le": (b"", "utf-16-le"),
    "utf-16-be": (b"", "utf-16-be"),
    "UTF-16-LE": (codecs.BOM_UTF16_LE, "utf-16"),
    "UTF-16-BE": (codecs.BOM_UTF16_BE, "utf-16"),
    "UTF-32-LE": (codecs.BOM_UTF32_LE, "utf-32"),
    "UTF-32-BE": (codecs.BOM_UTF32_BE, "utf-32"),
}
"""How the text is written, the mark before it, and what it is taken for."""


@pytest.mark.parametrize("name", UNICODE)
@pytest.mark.parametrize(("encodings", "header", "rows"), LISTS)
def test_unicode_is_read_in_every_script(encodings, header, rows, name):
    mark, expected = UNICODE[name]
    rows = rows.split("|")
    names_alone = "".join(f"{row.split(';')[0]}\n" for row in rows)
    for text in (a_list(header, rows), names_alone, a_list(header, rows).replace("\r\n", "\r")):
        assert read(mark + text.encode(name)) == (text, expected)


WORDS = {
    "cp1252": "Jürgen François Søren Åsa João Muñoz Zoë Hélène Nicolò Agnès Jesús Lefèvre Gaëlle Øyvind Groß Ångström "
    "Simões Camões Peña Íñigo Antônio Forlì Saint-Étienne Güell Cœur Über £20 5° “fine” it’s",
    "cp1250": "Małgorzata Dąbrowski Żak Jiří Dvořák Růžička Šťastný Kučerová Horáček Tomáš Kováč László Kővári Božić",
    "cp1251": "Иван МАРИЯ Юлия Щербаков Дмитрий",
    "cp1253": "Γιώργος Παπαδόπουλος Ελένη ΜΑΡΙΑ",
    "cp1254": "Yılmaz Gökhan Çağlar Şükrü İbrahim Işıl Doğan Güneş Ayşe Kılıç Şahin",
    "cp1256": "محمد أحمد",
    "cp874": "สมชาย วิชัย",
    "cp932": "山田太郎 佐藤 さくら タナカ",
    "gb18030": "张伟 王芳 李娜",
    "cp950": "陳志明 林雅婷",
    "cp949": "김민수 이지은",
}


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in WORDS.items() for word in words.split()])
def test_one_word_is_often_enough(name, word):
    text = f"Name,Phone\r\n{word} Rao,98765\r\n"
    assert read(text.encode(name))[0] == text


@pytest.mark.parametrize(
    ("word", "name", "taken_for"),
    [
        ("Gdańsk", "cp1250", "Gdañsk"),
        ("Szűcs", "cp1250", "Szûcs"),
        ("Galaţi", "cp1250", "Galaşi"),
        ("לוי", "cp1255", "μει"),
    ],
)
def test_one_word_may_be_one_of_two_languages(word, name, taken_for):
    assert read(f"Name\r\n{word} Rao\r\n".encode(name))[0] == f"Name\r\n{taken_for} Rao\r\n"


def test_the_only_letter_may_be_far_down():
    data = b"Name,Note\n" + b"Asha,x\n" * 200_000 + b"Jos\xe9,x\n"
    assert read(data) == (data.decode("cp1252"), "cp1252")


def test_a_legacy_file_of_carriage_returns_is_sampled_line_by_line():
    data = b"Name;Note\r" + b"Asha;x\r" * 300_000 + "Jiří Dvořák;x\r".encode("cp1250")
    assert read(data) == (data.decode("cp1250"), "cp1250")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            "José,1\n".encode() * 50 + b"Jos\xe9,1\n",
            "list.csv, line 51: the byte at offset 403 is not utf-8 (other lines are); "
            "save the file as UTF-8, or name its encoding with --encoding",
            id="one line of another encoding among UTF-8",
        ),
        pytest.param(
            "Nome;Situação;Não quer mensagens\nJosé;ok;Sim\nÂngela;ok;\n".encode() + b"Jo\xe3o;ok;\n",
            "list.csv, line 4: the byte at offset 63 is not utf-8 (other lines are); "
            "save the file as UTF-8, or name its encoding with --encoding",
            id="one line of another encoding in a short list",
        ),
        pytest.param(
            "Nome;Não quer mensagens\n".encode() + b"Jo\xe3o;\nJos\xe9;Sim\n",
            "list.csv, line 2: the byte at offset 27 is not utf-8 (other lines are); "
            "save the file as UTF-8, or name its encoding with --encoding",
            id="a header in UTF-8 over lines of another encoding",
        ),
        pytest.param(
            "José,1\n".encode("utf-16-le")[:-1],
            "list.csv, line 1: the byte at offset 12 is not utf-16-le (its first bytes promise); "
            "save the file as UTF-8, or name its encoding with --encoding",
            id="UTF-16 that is cut off",
        ),
        *(
            pytest.param(
                data,
                "list.csv is not text: its first byte is NUL, as in binary files; "
                "export the contacts again as CSV or .xlsx",
                id=f"NUL first: {name}",
            )
            for name, data in {
                "a list": b"\0Name,Phone\nAsha,98123 00101\n",
                "a short list": b"\0Name\nAsha\n",
                "a long list": b"\0Name,Phone\n" + b"Asha,98123 00101\n" * 1000,
                "a file that was never written": bytes(8192) + b"Name,Phone\n",
                "UTF-32 without a mark": "Name,Phone\nAsha,98123 00101\n".encode("utf-32-be"),
                "a video": b"\0\0\0\x18ftypmp42" + bytes(range(200)),
            }.items()
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(data, message):
    with pytest.raises(InputProblem, match=f"^{re.escape(message)}$"):
        read(data)
