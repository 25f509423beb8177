"""Headers of e-mail addresses, preferred ones first."""

from contact_import.schema.words import table

EMAILS = table("""
    Email | Mail | Email Address | Email ID | Mail ID | Emails | Email Addresses | E-mail - Value | Primary Email
    Primary Email Address | Contact Email | Customer Email | Person - Email | User Email | Buyer Email | Lead Email
    Client Email | Billing Email | Your Email | Gmail | Contact? | Email Add | Mail Address | Endereço de Email
    Correio eletrônico | Seu e-mail | E-mail do cliente | Dirección de correo electrónico | Correo electrónico
    Correo | Dirección de correo | Correo e | Adresse de messagerie | Adresse e-mail | Adresse mail | Courriel
    Courrier électronique | Mél | E-Mail-Adresse | Mailadresse | Indirizzo di posta elettronica | Indirizzo e-mail
    Indirizzo di posta | Posta elettronica | E-mailadres | Mailadres | Adres e-mail | Adres mailowy | E-posta Adresi
    E-posta | E-posta Adres | Mail Adresi | Адрес электронной почты | Электронная почта | Почта | Эл. почта | Имейл
    Емейл | E-mail адрес | Электронный адрес | Електронна пошта | عنوان البريد الإلكتروني | البريد الإلكتروني
    البريد | بريد إلكتروني | الإيميل | ایمیل | ई-मेल एड्रेस | ईमेल | ईमेल आईडी | ईमेल पता | ইমেইল | மின்னஞ்சல்
    ఇమెయిల్ | ઇમેઇલ | Alamat Email | Alamat Surel | Surel | Emel | 電子メール アドレス | メールアドレス | メール
    Eメール | 電子メール | 메일 주소 | 이메일 | 이메일 주소 | 메일 | 전자우편 | 电子邮件地址 | 电子邮件 | 邮箱
    邮箱地址 | 电子邮箱 | 電子郵件 | 電郵 | E-postadress | E-post | E-mail cím | E-mailová adresa | Adresă de e-mail
    Sähköposti | Ηλεκτρονικό ταχυδρομείο | אימייל | דוא"ל | Thư điện tử | อีเมล
""")
OTHER_EMAILS = table("""
    Work Email | Business Email | Office Email | Home Email | Personal Email | Other Email | Secondary Email
    Alternate Email | Alternative Email | Person - Email - Work | Person - Email - Home | Person - Email - Other
    E-mail profissional | E-mail pessoal | E-mail professionnel | E-mail geschäftlich | E-mail privat
""")
