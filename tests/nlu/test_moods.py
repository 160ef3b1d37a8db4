"""Threats, anger and how-to questions are told apart from ordinary faults."""

import pytest

from bot.nlu.fold import fold
from bot.nlu.moods import frustrated, how_to, threat

THREATS = {
    "received": [
        "j'ai reçu un mail suspect, comment le signaler ?",
        "I received a suspicious email",
        "j'ai reçu un mail suspect",
        "mail bizarre de ma banque",
        "est-ce que ce mail est du phishing",
        "is this email phishing",
        "signaler un hameçonnage",
        "report spam",
        "j'ai reçu un mail de phishing mais je n'ai pas cliqué",
        "I got a phishing mail, I did not click on the link",
        "dois-je cliquer sur le lien de ce mail suspect ?",
        "un mail douteux me demande de cliquer sur un lien",
        "j'ai reçu une facture bizarre",
        "je n'ai rien ouvert mais le mail est suspect",
    ],
    "acted": [
        "I clicked on a link in a suspicious email",
        "j'ai cliqué sur un lien bizarre",
        "j'ai cliqué sur le lien d'un mail frauduleux",
        "j'ai ouvert une pièce jointe avec un virus",
        "I opened a virus attachment",
        "I think I have been hacked",
        "je pense avoir été piraté",
        "mon compte a été piraté",
        "my laptop was lost",
        "my laptop was stolen",
        "on m'a volé mon ordinateur",
        "mon portable a été volé",
        "j'ai perdu mon téléphone pro",
        "I lost my phone",
        "I gave my password to a fake site",
        "j'ai donné mon mot de passe sur un faux site",
        "j'ai donné mon mot de passe à quelqu'un au téléphone",
        "je reçois des demandes MFA que je n'ai pas lancées",
        "I get MFA prompts I did not start",
        "des mails partent de ma boîte à mon insu",
        "j'ai envoyé le fichier client à la mauvaise personne",
        "I sent the payroll to the wrong recipient",
        "je me suis fait voler mon sac avec le pc",
        "I think my computer has a virus",
        "un virus détecté sur mon PC",
        "I approved an MFA prompt by mistake",
        "mon téléphone est perdu",
        "oublié mon badge à la maison",
    ],
    "active": [
        "ransomware message on my screen",
        "message de rançongiciel sur mon écran",
        "tous mes fichiers sont chiffrés",
        "my files are encrypted and they want bitcoin",
        "quelqu'un contrôle mon écran",
        "someone is controlling my computer",
        "j'ai fait un virement à un escroc",
        "j'ai donné mon numéro de carte bancaire sur un site",
        "Un inconnu a pris la main sur mon poste",
    ],
    "danger": [
        "there is smoke coming out of my pc",
        "ça sent le brûlé",
        "ma batterie est gonflée",
        "swollen battery",
        "my laptop battery is swollen",
        "l'imprimante fume",
        "mon chargeur fait des étincelles",
    ],
    "": [
        "comment signaler un mail suspect ?",
        "How do I report a phishing mail?",
        "je n'arrive pas à suivre la formation phishing",
        "where is the phishing training",
        "the phishing awareness module doesn't open",
        "mes mails arrivent dans les spams",
        "my mails go to junk",
        "j'ai perdu mes droits sur le lecteur",
        "j'ai perdu mon application d'authentification",
        "lost my authenticator app",
        "j'ai oublié mon mot de passe",
        "j'ai perdu mon mot de passe",
        "mon vpn ne marche plus",
        "le pare-feu bloque le site",
        "firewall blocks me",
        "mon PC est lent",
        "the printer is broken",
        "my account is locked",
        "comment changer mon mot de passe",
        "I forgot my laptop password",
        "mon antivirus est désactivé",
        "antivirus update fails",
        "my mouse is broken",
        "j'ai ouvert le fichier excel et il plante",
        "j'ai reçu le mauvais article",
        "I received the wrong item",
        "le lien de la réunion ne marche pas",
        "j'ai cliqué sur le bouton imprimer",
        "I clicked print and nothing happens",
        "j'ai cliqué sur le lien de la réunion mais rien",
        "j'ai perdu la connexion",
        "I lost my connection",
        "you asked me to enter my password on the page",
    ],
}
HOW_TO = [
    "comment installer le client VPN",
    "how do I install the VPN client",
    "how do I add a printer",
    "comment ajouter une imprimante",
    "set up an automatic reply",
    "configurer une réponse automatique d'absence",
    "comment récupérer un mail supprimé",
    "how do I recover a deleted email",
    "Je voudrais configurer un message d'absence",
    "comment changer mon mot de passe ?",
    "je ne sais pas comment installer le vpn",
    "where can I find the VPN client",
    "bonjour, pouvez-vous me dire comment me connecter au wifi invité ?",
]
FAULTS = [
    "comment ça se fait que mon vpn ne marche pas",
    "comment faire, mon vpn ne marche pas",
    "how do I fix my vpn",
    "mon vpn ne marche plus",
    "how are you",
    "how long does it take",
    "comment réparer mon imprimante",
    "printer broken",
]
ANGRY = [
    "c'est inadmissible",
    "ras le bol",
    "this is ridiculous",
    "MON VPN NE MARCHE TOUJOURS PAS",
    "RÉPONDEZ !!!",
    "vous servez à rien",
    "I'm fed up with this bot",
    "c'est nul",
]
CALM = [
    "mon vpn ne marche pas",
    "ERR_NAME_NOT_RESOLVED AADSTS50076",
    "WIFI",
    "thanks!",
    "résultat nul dans excel",
    "VPN CISCO AADSTS50076 ERROR 809",
]


@pytest.mark.parametrize(("text", "kind"), [(text, kind) for kind, texts in THREATS.items() for text in texts])
def test_a_threat_is_read_with_how_far_it_went(text: str, kind: str) -> None:
    assert (threat(fold(text)) or "") == kind


@pytest.mark.parametrize("text", HOW_TO)
def test_a_wish_for_instructions_is_a_how_to(text: str) -> None:
    assert how_to(fold(text))


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_no_how_to(text: str) -> None:
    assert not how_to(fold(text))


@pytest.mark.parametrize("text", ANGRY)
def test_anger_is_heard(text: str) -> None:
    assert frustrated(text)


@pytest.mark.parametrize("text", CALM)
def test_a_calm_report_is_not_taken_for_anger(text: str) -> None:
    assert not frustrated(text)
