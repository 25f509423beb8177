"""Headers of a no and of a yes, and words for what it is to."""

from contact_import.schema.words import table

OPT_OUTS = table("""
    opt_out | Opted Out | WhatsApp Opt Out | Email Opt Out | SMS Opt Out | HasOptedOutOfEmail | Do Not Call
    Do Not Contact | Do Not Message | Do Not Disturb | Do Not WhatsApp | Do Not SMS | DND | DNC | DND Status
    Unsubscribed | Unsubscribe | Unsubscribed Time | Unsubscribed Mode | UNSUB_TIME | Unsubscribed At
    Unsubscribe Date | Unsubscribed On | SMS_BLACKLISTED | EMAIL_BLACKLISTED | WHATSAPP_BLACKLISTED | Blacklisted
    Blacklist | Email Suppressions | SMS Suppressions | Opt-out Date | Opted Out At | Blocked | Is Blocked
    Descadastrado | Não perturbe | Cancelou inscrição | No molestar | No contactar | Dado de baja | Désabonné
    Désinscrit | Ne pas contacter | Abgemeldet | Nicht kontaktieren | Disiscritto | Non contattare | Afgemeld
    Niet bellen | Wypisany | Nie kontaktować | Aboneliği İptal | Отписан | Отписался | Не звонить | إلغاء الاشتراك
    Berhenti Langganan | 配信停止 | 수신거부 | 退订
""")
OPT_INS = table("""
    opt_in | Opted In | WhatsApp Opted | WhatsApp Opt In | WhatsApp Opted In | Accepts WhatsApp Marketing
    WhatsApp Consent | WhatsApp Marketing Consent | Accepts WhatsApp | AllowBroadcast | Consent to WhatsApp
    Subscribed to WhatsApp | WhatsApp Subscribed | Broadcast Allowed | Aceita WhatsApp | Aceita receber WhatsApp
    Acepta WhatsApp | Accepte WhatsApp | WhatsApp-Einwilligung | WhatsApp izni | Accepts SMS Marketing | SMS Consent
    SMS Marketing Consent | SMS Opt In | SMS Opted In | Accepts Email Marketing | Email Marketing Consent | Email Consent
    Email Opt In | Email Opted In | Accepts Marketing | Marketing Consent | Marketing Opt In | Marketing Permission
    Consent | Consent Given | Subscribed | Is Subscribed | Subscription Status | Newsletter Opt In | GDPR Consent
    Person - Marketing Status | Einwilligung | Consentimiento | Consentimento | Consentement | Consenso | Toestemming
    Zgoda | Onay | İzin | Согласие | موافقة | सहमति | Persetujuan | 同意 | 동의
""")
CHANNELS = {
    "whatsapp": table("whatsapp | wa | واتساب | الواتساب | व्हाट्सएप | व्हाट्सऐप | ватсап | 왓츠앱"),
    "sms": table("sms | text | texts | texting"),
    "call": table("call | calls | calling | phone | telephone | anruf* | bellen | llamar | ligar | appel* | звонить"),
    "email": table("""
        email | mail | mails | emails | newsletter | newsletters | メルマガ | correo* | courriel* | posta | почт* | البريد | ईमेल
        メール | 이메일 | 邮件
    """),
}
"""What consent can be for, the nearest to a WhatsApp message first, and the words of a header that say so."""
