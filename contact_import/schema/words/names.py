"""Headers of names: the full one, its parts, and those that the columns beside them decide."""

from contact_import.schema.words import table

FULL_NAMES = table("""
    Full Name | Display Name | Person - Name | Complete Name | userProvidedName | First and Last Name
    First & Last Name | First Name Last Name | Name and Surname | Name Surname | Nome completo | Nome e sobrenome
    Nombre completo | Nombre y apellidos | Nombre y apellido | Apellidos y nombre | Nom complet | Nom et prénom
    Nom prénom | Prénom et nom | Prénom nom | Vollständiger Name | Vor- und Nachname | Vorname Nachname
    Vorname und Nachname | Vor- und Zuname | Name, Vorname | Nome e cognome | Nome cognome | Cognome e nome
    Cognome nome | Nominativo | Volledige naam | Voor- en achternaam | Imię i nazwisko | Nazwisko i imię | Adı Soyadı
    Ad Soyad | İsim Soyisim | Tam Adı | ФИО | Полное имя | Имя и фамилия | Имя Фамилия | Фамилия Имя
    Фамилия Имя Отчество | ПІБ | Прізвище та ім'я | الاسم الكامل | الاسم بالكامل | الاسم الثلاثي | الاسم الرباعي
    نام کامل | نام و نام خانوادگی | پورا نام | पूरा नाम | পূর্ণ নাম | முழு பெயர் | పూర్తి పేరు | पूर्ण नाव
    Nama Lengkap | Nama Penuh | 氏名 | お名前 | フルネーム | 성명 | 이름(성명) | 姓名 | 全名 | Fullständigt namn
    Fulde navn | Fullt navn | Teljes név | Celé jméno | Jméno a příjmení | Nume complet | Nume și prenume
    Ονοματεπώνυμο | Họ và tên | Họ tên | שם מלא | ชื่อ-นามสกุล | Anzeigename | Weergavenaam | Nombre mostrado
    Nombre en pantalla | Nome visualizzato | Nome de exibição | Nom à afficher | Nom affiché | Wyświetlana nazwa
    Отображаемое имя | Görüntülenecek isim | Görünen ad | اسم العرض | प्रदर्शन नाम | Nama Tampilan | 表示名 | 표시명
    표시 이름 | 显示姓名 | 显示名称 | 顯示名稱 | Tên hiển thị | Visningsnamn | Mailing Name
    Vis navn | Visningsnavn | Zobrazené jméno | Megjelenő név | Nom a mostrar | Mostrar nome
""")
PERSONS = table("""
    Contact Name | Contact Person | Contact?
    Contact Person Name | Customer Name | Client Name | Lead Name
    Person? | Guest Name | Member Name | Student Name | Patient Name | Buyer Name | Party Name | Ledger Name
    Subscriber Name | Attendee Name | Recipient Name | Passenger Name | User Full Name | Your Name | Name of Customer
    Name of Contact | Name of the Customer | Customer Full Name | Contact Full Name | Public Display Name
    Saved Name | WhatsApp Name | Profile Name | Push Name | Candidate Name | Applicant Name | Participant Name
    Customer? | Client? | Nome do cliente | Nome do contato | Cliente? | Contato nome | Nombre del cliente
    Nombre de contacto | Nombre del contacto | Nom du client | Nom du contact | Kundenname | Kunde? | Ansprechpartner
    Kontaktname | Nome cliente | Nome contatto | Referente? | Klantnaam | Contactpersoon | Imię klienta | Klient?
    Müşteri Adı | Müşteri? | Kişi Adı | Имя клиента | Клиент? | Контактное лицо | اسم العميل | اسم الزبون
    ग्राहक का नाम | ग्राहक नाम | संपर्क व्यक्ति | Nama Pelanggan | Nama Customer | Nama Kontak | Nama Konsumen
    Nama Klien | 顧客名 | お客様名 | 担当者名 | 고객명 | 고객 이름 | 담당자? | 客户姓名 | 客户名称 | 联系人
    联系人姓名 | Kontaktperson | Your Full Name | Name of Student | Name of the Student | Name of Patient
    Name of the Patient | Patient Full Name | Student Full Name | Patient? | Student? | Learner Name | Pupil Name
    Insured Name | Name of Insured | Cust. Name | Consignee Name | Nome do aluno | Nome da aluna | Aluno? | Aluna?
    Nome do paciente | Paciente? | Nombre del alumno | Nombre del paciente | Alumno? | Nama Siswa | Nama Pasien
    Nama Murid | Siswa? | Pasien? | Pelanggan? | اسم الطالب | اسم الطالبة | اسم المريض | सदस्य का नाम
    छात्र का नाम | विद्यार्थी का नाम | मरीज का नाम | रोगी का नाम
""")
BARE_NAMES = table("""
    Name | Names | Nome | Nombre | Nombres | Nom | Naam | Nama | Namn | Navn | Név | Jméno | Nume | Όνομα | Tên
    Nimi | Ad | Adı | İsim | Imię | Имя | Ім'я | Име | الاسم | اسم | نام | नाम | नाव | பெயர் | పేరు | નામ | 名 | 名前
    이름 | 名字 | שם | ชื่อ | নাম
""") + table("""
    Employee Name | Name of Employee | Name of the Employee | Delivery Partner Name | Nama Karyawan | Nome do funcionário
    कर्मचारी का नाम | اسم الموظف
""")
"""Full name or first name (in some languages surname): what the other columns and the values leave it to be.

And the name of somebody who is the contact in a list of staff, and beside a customer's name is not.
"""

FIRST_NAMES = table("""
    First Name | Given Name | Forename | FName | Buyer First Name | Contact First Name | Customer First Name
    Billing First Name | Person - First Name | Christian Name | Primeiro nome | Nome próprio | Primer nombre
    Nombre de pila | Prénom | Prénoms | Vorname | Rufname | Primo nome | Voornaam | Roepnaam | Pierwsze imię
    İlk Adı | İlk Ad | Ön Ad | Первое имя | الاسم الأول | प्रथम नाम | पहला नाम | पहिले नाव | Nama Depan
    Nama Pertama | 下の名前 | Förnamn | Fornavn | Keresztnév | Utónév | Křestní jméno | Prenume | Etunimi
    Μικρό όνομα | שם פרטי | First? | Given? | Primeiro? | Primero? | Premier?
""")
LAST_NAMES = table("""
    Last Name | Surname | Family Name | LName | Buyer Last Name | Contact Last Name | Customer Last Name
    Billing Last Name | Person - Last Name | Sobrenome | Último nome | Apellido | Apellidos
    Primer apellido | Nom de famille | Nachname | Familienname | Zuname | Cognome | Cognom | Cognoms | Achternaam
    Familienaam | Nazwisko | Soyadı | Soyad | Soyisim | Фамилия | Прізвище | Фамилно име | اسم العائلة | الاسم الأخير
    اللقب | نام خانوادگی | अंतिम नाम | कुलनाम | आडनाव | Nama Belakang | Nama Akhir
    Nama Keluarga | 姓 | 苗字 | 성 | 姓氏 | Efternamn | Efternavn | Etternavn | Vezetéknév | Příjmení | Sukunimi
    Επώνυμο | Επίθετο | שם משפחה | Họ | นามสกุล | Last? | Family? | Último?
""")
OR_NICKNAMES = table("Apelido | उपनाम")
"""Surnames, or nicknames where another column is the surname: in Brazil and Portugal, in one translation and another."""
SURNAME_BESIDE = table("""
    Prénom | Prénoms | Vorname | Rufname | Voornaam | Förnamn | Fornavn | Keresztnév | Utónév | Prenume
""")
"""First names beside which a bare name is the surname: Prénom;Nom, Name;Vorname."""
