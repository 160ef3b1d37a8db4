"""The words by which mail programs announce what they quote, in the languages they do it in; all matched folded."""

import re

from bot.nlu.fold import fold

EMAIL = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2} ?[:.h] ?\d\d\b|\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|\d年|\d月")
TIME = re.compile(r"\b\d{1,2} ?[:.h] ?\d\d\b")
QUOTED = re.compile(r"[ \t]{0,3}[>|]")


def _folded(words: str) -> str:
    """A list of phrases, one a line or divided by `|`, as alternatives, the longest first."""
    phrases = {re.escape(fold(one.strip())) for one in re.split(r"[|\n]", words) if one.strip()}
    return "|".join(sorted(phrases, key=len, reverse=True))


_WROTE = _folded(
    """
    wrote | a écrit | avez écrit | schrieb | geschrieben | schreef | geschreven | escribió | escreveu | ha scritto
    skrev | napisał(a) | napisał | napisała | написал(а) | написал | написала | пишет | пише | написав | kirjoitti
    napsal(a) | napsal | napsala | yazdı | írta | a scris | έγραψε | va escriure
    """
)
_WROTE_IN_SIGNS = _folded("写道 | 寫道 | のメール | 書きました | 님이 작성")
WROTE = re.compile(rf"(?:(?<!\w)(?:{_WROTE})(?!\w)|{_WROTE_IN_SIGNS})")
# "On 3 PCs I wrote:", "il m'a écrit ceci :" are the writer's own words.
OWN_WORDS = re.compile(
    r"(?:\b(?:i|we|i've|we've|i have|we have|je|j'|ich|wir|nous|on|m'|t'|l'|me|lui|leur|(?:^|[^,\"»)>] )vous)"
    rf" ?(?:{_WROTE})(?!\w)|\b(?:j'ai|nous avons|on a|i just|ai) (?:deja |bien |just )?(?:ecrit|wrote))"
)
# "On Mon, 5 Jan", "Le 5 janv.", "понедельник, 6": a few words, then the first figure of a date.
STARTS = re.compile(r"[\W_]*(?:[^\W\d_]+\W+){0,4}?\d")

ORIGINAL = _folded(
    """
    original message | message d'origine | message original | mail original | courriel original | message initial
    mail d'origine | ursprüngliche nachricht
    originalnachricht | oorspronkelijk bericht | mensaje original | mensagem original | messaggio originale
    ursprungligt meddelande | originalmeddelande | opprinnelig melding | oprindelig meddelelse | oryginalna wiadomość
    wiadomość oryginalna | исходное сообщение | оригінальне повідомлення | 原始邮件 | 原始郵件 | 元のメッセージ
    réponse au message | original appointment | rendez-vous d'origine | reply message
    """
)
FORWARD = _folded(
    """
    forwarded message | begin forwarded message | message transféré | courriel transféré | mail transféré
    message réexpédié | début du message réexpédié | début du message transféré | weitergeleitete nachricht
    anfang der weitergeleiteten nachricht | doorgestuurd bericht | begin doorgestuurd bericht | mensaje reenviado
    inicio del mensaje reenviado | mensagem encaminhada | mensagem reencaminhada | início da mensagem reencaminhada
    messaggio inoltrato | inizio messaggio inoltrato | vidarebefordrat meddelande | vidarebefordrat brev
    videresendt melding | videresendt meddelelse | przekazana wiadomość | wiadomość przekazana
    пересылаемое сообщение | переслане повідомлення | 转发邮件 | 轉寄郵件
    """
)
SEPARATOR = re.compile(rf"[ \t>*]{{0,6}}[-_=]{{2,}}[ *]*(?P<words>{ORIGINAL}|{FORWARD})[ *:]*(?:[-_=]{{2,}}|$)")
BARE_SEPARATOR = re.compile(rf"[ \t>*]{{0,6}}(?P<words>{ORIGINAL}|{FORWARD})[ *]*:?[ *]*$")
FORWARDS = re.compile(FORWARD)

_LABELS = {
    "from": """
        from | de | von | van | da | från | fra | od | от | від | 发件人 | 寄件者 | 差出人 | expéditeur
        lähettäjä | kimden
        """,
    "sent": """
        sent | date | sent at | message du | envoyé | envoyé le | envoyé par | date d'envoi | gesendet | datum
        verzonden | enviado | enviado el | enviada em | enviado em | fecha | data | inviato | data invio | skickat
        sendt | dato | wysłano | отправлено | дата | надіслано | 发送时间 | 日期 | 時間 | 送信日時 | lähetetty
        päivämäärä
        """,
    "to": """
        to | à | pour | destinataire | destinataires | an | aan | naar | para | per | till | til | do | кому | 收件人
        宛先 | vastaanottaja
        """,
    "copy": "cc | bcc | cci | copie | copie à | copie cachée | kopie | kopi | kopia | копия | 抄送 | copia",
    "subject": """
        subject | objet | sujet | betreff | onderwerp | asunto | oggetto | assunto | ämne | emne | temat | тема | 主题
        主旨 | 件名 | aihe
        """,
    "other": """
        reply-to | répondre à | risposta | antwort an | antwoord aan | responder a | importance | priority | priorité
        attachments | pièces jointes | organization | organisation | newsgroups | rispondi a
        """,
}
LABELS = {kind: re.compile(rf"[ \t>*_]{{0,8}}(?:{_folded(words)})[ *_]*[:：][ *_]*") for kind, words in _LABELS.items()}

MARKER = re.compile(
    r"\b(?:reply|respond|answer|write|type)\b[^\n]{0,60}\babove (?:this|the) line\b"
    r"|\brepond(?:re|ez|s)?\b[^\n]{0,80}\bau[- ]dessus de (?:cette|la) ligne\b"
)

DELIMITER = re.compile(r"(?:--|—|–|_{5,}) ?$")
RULE = re.compile(r"[\s\-_=*#~+·•ᐧ—–]+$")  # a line of strokes
_SENT = _folded(
    """
    sent | envoyé | envoyée | message envoyé | gesendet | verzonden | verstuurd | enviado | enviada | inviato | skickat
    sendt | wysłane | wysłano | отправлено | надіслано | lähetetty | écrit | typed | composed | trimis | enviat
    """
)
_DEVICES = (
    r"\b(?:my|mon|ma|mein|meinem|mijn|mi|meu|mio|min|moj\w*|моего|мого)\b|mail|phone|mobile|mobiel|android|ipad|ipod|galaxy"
    r"|samsung|huawei|xiaomi|windows|outlook|yahoo|blackberry|appareil|tablette|proton|orange|laposte|sfr\b|free\b|gmx"
)
MOBILE = re.compile(
    rf"[\W_]*(?:(?:{_SENT}) (?:from|via|with|by|on|using|de|depuis|a partir d[eu']|a l'aide d[eu']|avec|sur|von|mit|met"
    rf"|vanaf|van|uit|desde|do|da|dal|con|fran|fra|z|ze|с|со|з|із)\b[^\n]{{0,40}}(?:{_DEVICES})[^\n]{{0,80}}"
    r"|(?:diese nachricht wurde )?(?:von|mit)\b[^\n]{3,60}\bgesendet[\W_]*"
    r"|(?:ce|this) (?:message|mail|e-mail|courriel) (?:a ete|was) (?:envoye|sent) (?:depuis|de|from)\b[^\n]{0,60}"
    r"|从我的[^\n]{1,30}发送|從我的[^\n]{1,30}傳送|发自我的[^\n]{1,30}|[^\n]{1,30}から送信"
    r"|(?:get|obtenez|obtenir|telecharge[rz]|obtener|obtenga|scarica|ottieni|obter|hamta|hent|download)\b.{0,3}"
    r"(?:outlook|proton|spark|aol|yahoo|bluemail|k-9|nine)[^\n]{0,90}"
    r"|outlook fur [^\n]{2,30}(?:beziehen|herunterladen)[^\n]{0,60}"
    r"|provenance ?: ?(?:courrier|outlook)[^\n]{0,60}"
    r"|from (?:my|a) \w*(?:phone|mobile|ipad)[^\n]{0,20}|(?:\w+ ){1,3}from (?:my )?(?:mobile|i?phone)[\W_]*"
    r"|(?:garanti sans virus|sans virus|virus-free)\b[^\n]{0,80})$"
)
