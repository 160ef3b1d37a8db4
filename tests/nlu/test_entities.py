"""Entities are read with their places, and look-alikes (years, counts, versions) are not."""

from datetime import datetime

import pytest

from bot.nlu.entities import read_entities
from bot.nlu.fold import fold

NOW = datetime.fromisoformat("2026-01-05T09:00+01:00")  # a Monday

NAMED = [
    (
        "Bonjour, mon VPN ne marche plus depuis ce matin, erreur 809, Windows 11",
        ["error_code=809", "os=windows", "os_version=11", "since=2026-01-05T08:00+01:00"],
    ),
    ("erreur 0x80070005 sur win10", ["error_code=0X80070005", "os=windows", "os_version=10"]),
    ("AADSTS50076", ["error_code=AADSTS50076"]),
    ("aadsts 50126 when I log in", ["error_code=AADSTS50126"]),
    ("ERR_NAME_NOT_RESOLVED", ["error_code=ERR_NAME_NOT_RESOLVED"]),
    ("http 502 on the portal", ["error_code=HTTP 502"]),
    ("erreur 404", ["error_code=404"]),
    ("550 5.7.1 rejected", ["error_code=5.7.1"]),
    ("809", ["error_code=809"]),
    ("c'est 809", ["error_code=809"]),
    ("code d'erreur : 691", ["error_code=691"]),
    ("le message affiche 720", ["error_code=720"]),
    ("erreur (-14) forticlient", ["application=FortiClient", "error_code=-14"]),
    ("forticlient bloque à 98%", ["application=FortiClient", "error_code=98%"]),
    ("CRITICAL_PROCESS_DIED", ["error_code=CRITICAL_PROCESS_DIED"]),
    ("pas maintenant, je réessaie à 15h", ["later=2026-01-05T15:00+01:00"]),
    ("not now, tomorrow afternoon", ["later=2026-01-06T14:00+01:00"]),
    ("I can't connect at home", []),
    ("depuis 2024", []),
    ("j'ai eu l'erreur 3 fois", []),
    ("appelez-moi au 06 12 34 56 78", ["phone=0612345678"]),
    ("+33 6 12 34 56 78", ["phone=+33612345678"]),
    ("macOS 14.5", ["os=macos", "os_version=14.5"]),
    ("MacBook Pro sous Sonoma", ["device=laptop", "os=macos"]),
    ("pas windows, mac", ["os=macos"]),
    ("no I meant macOS", ["os=macos"]),
    ("ça marche sur mon iphone mais pas sur le pc windows", ["device=phone", "os=windows"]),
    ("iPhone iOS 17", ["device=phone", "os=ios", "os_version=17"]),
    ("android 14", ["os=android", "os_version=14"]),
    ("Ubuntu 22.04", ["os=linux", "os_version=22.04"]),
    ("adresse mac inconnue", []),
    ("depuis hier", ["since=2026-01-04T00:00+01:00"]),
    ("since yesterday", ["since=2026-01-04T00:00+01:00"]),
    ("depuis lundi", ["since=2025-12-29T00:00+01:00"]),
    ("depuis vendredi matin", ["since=2026-01-02T00:00+01:00"]),
    ("depuis 2 jours", ["since=2026-01-03T00:00+01:00"]),
    ("since 8am", ["since=2026-01-05T08:00+01:00"]),
    ("depuis 8h30", ["since=2026-01-05T08:30+01:00"]),
    ("for 20 minutes", ["since=2026-01-05T08:40+01:00"]),
    ("il y a une heure", ["since=2026-01-05T08:00+01:00"]),
    ("depuis le 3 janvier", ["since=2026-01-03T00:00+01:00"]),
    ("since 12/12/2025", ["since=2025-12-12T00:00+01:00"]),
    ("2 days ago", ["since=2026-01-03T00:00+01:00"]),
    ("depuis la mise à jour", ["changed=update"]),
    ("depuis que j'ai changé mon mot de passe", ["changed=password"]),
    ("after the update", ["changed=update"]),
    ("toute l'équipe est touchée", ["affected=several"]),
    ("my colleagues too", ["affected=several"]),
    ("moi seul", ["affected=one"]),
    ("juste moi", ["affected=one"]),
    ("just me", ["affected=one"]),
    ("everyone is affected", ["affected=everyone"]),
    ("tout le site", ["affected=everyone"]),
    ("plusieurs collègues aussi", ["affected=several"]),
    ("mes collègues ont le même problème", ["affected=several"]),
    ("personne n'arrive à imprimer", ["affected=everyone"]),
    ("personne d'autre", ["affected=one"]),
    ("réunion dans 10 minutes", ["deadline=2026-01-05T09:10+01:00"]),
    ("meeting in 10 min", ["deadline=2026-01-05T09:10+01:00"]),
    ("j'ai une réunion à 14h30", ["deadline=2026-01-05T14:30+01:00"]),
    ("I have a call at 2pm", ["deadline=2026-01-05T14:00+01:00"]),
    ("dans une demi-heure j'ai une visio", ["deadline=2026-01-05T09:30+01:00"]),
    ("I need it before noon", ["deadline=2026-01-05T12:00+01:00"]),
    ("my presentation is in half an hour", ["deadline=2026-01-05T09:30+01:00"]),
    ("commande n° 4500123", ["order_number=4500123"]),
    ("Where is my order CMD-2024-0012?", ["order_number=CMD-2024-0012"]),
    ("facture FAC-2024-001", ["invoice_number=FAC-2024-001"]),
    ("invoice number 88123", ["invoice_number=88123"]),
    ("commande de 2 écrans", ["device=screen"]),
    ("imprimante IMP-RH-02 bloquée", ["asset=IMP-RH-02", "device=printer"]),
    ("printer PRN-3F-01 on 3rd floor", ["asset=PRN-3F-01", "device=printer", "site=3rd floor"]),
    ("imprimante hp laserjet 1020", ["asset=HP LASERJET 1020", "device=printer"]),
    ("salle B204, 2e étage", ["site=salle B204, 2e étage"]),
    ("site de Lyon", ["site=Lyon"]),
    ("the Paris office", ["site=Paris"]),
    ("jean.dupont@example.org", ["email=jean.dupont@example.org"]),
    ("mon pc PC-0123 est lent", ["asset=PC-0123", "device=computer"]),
    ("outlook plante", ["application=Outlook"]),
    ("teams et outlook", ["application=Outlook", "application=Teams"]),
    ("Excel 2016 crash", ["application=Excel"]),
    ("windows update is stuck", ["os=windows"]),
    ("erreur windows 10", ["os=windows", "os_version=10"]),
    ("je suis au 3e", ["site=3e"]),
    ("version 5.1.2", []),
    ("192.168.1.1", []),
    ("le 12/01/2026", []),
    ("3", []),
    ("le code 80090016 TPM", ["error_code=80090016"]),
    ("wifi au bureau 312", ["site=bureau 312"]),
    ("TLS key negotiation failed", []),
    ("print job error 79", ["error_code=79"]),
    ("Stop code: 0x0000007e", ["error_code=0X0000007E"]),
    ("caa2000b in teams", ["application=Teams", "error_code=CAA2000B"]),
    ("erreur inconnue depuis ce matin 9h", ["since=2026-01-05T09:00+01:00"]),
    ("hier soir", ["since=2026-01-04T18:00+01:00"]),
]


@pytest.mark.parametrize(("text", "named"), NAMED)
def test_what_a_message_names_is_read(text: str, named: list[str]) -> None:
    entities = read_entities(text, fold(text), NOW)
    assert sorted(f"{one.name}={one.value}" for one in entities) == named
    assert all(text[one.start : one.end] == one.text for one in entities)


def test_a_time_told_is_never_in_the_future() -> None:
    early = datetime.fromisoformat("2026-01-05T06:30+01:00")
    (since,) = read_entities("depuis ce matin", "depuis ce matin", early)
    assert since.value == "2026-01-05T06:30+01:00"


MORE = [
    ("49.4C02", ["error_code=49.4C02"]),
    ("l'imprimante dit 79.00FE", ["device=printer", "error_code=79.00FE"]),
    ("VPN failed with 789", ["error_code=789"]),
    ("il refuse ma connexion (812)", ["error_code=812"]),
    ("kernel security check failure", ["error_code=KERNEL_SECURITY_CHECK_FAILURE"]),
    ("my zip code 94107 is wrong", []),
    ("référence de dossier 88213746", []),
    ("je dois envoyer un dossier dans 20 minutes", ["deadline=2026-01-05T09:20+01:00"]),
    ("I must send the file in half an hour", ["deadline=2026-01-05T09:30+01:00"]),
    ("il me le faut d'ici 17h", ["deadline=2026-01-05T17:00+01:00"]),
    ("by the end of the day please", ["deadline=2026-01-05T18:00+01:00"]),
    ("demo tomorrow at 11am", ["due=2026-01-06T11:00+01:00"]),
    ("avant vendredi 12h", ["due=2026-01-09T12:00+01:00"]),
    ("la réunion de 14h d'hier était très bien", []),
    ("joignable jusqu'à 17h", []),
    ("pas avant 15h", ["later=2026-01-05T15:00+01:00"]),
    ("I can't test before 2pm", ["later=2026-01-05T14:00+01:00"]),
    ("je retenterai jeudi", ["later=2026-01-08T09:00+01:00"]),
    ("could we test Tuesday at 2pm?", ["later=2026-01-06T14:00+01:00"]),
    ("let's look at it next Monday", ["later=2026-01-12T09:00+01:00"]),
    ("je serai absente jeudi", []),
    ("depuis noël", ["since=2025-12-25T00:00+01:00"]),
    ("since 7:50am", ["since=2026-01-05T07:50+01:00"]),
    ("depuis 8 heures ce matin", ["since=2026-01-05T08:00+01:00"]),
    ("c'est arrivé hier vers 16h", ["since=2026-01-04T16:00+01:00"]),
    ("it happened on Saturday", ["since=2026-01-03T00:00+01:00"]),
    ("un stagiaire arrive lundi", []),
    ("it worked yesterday", []),
    ("the licence is for 12 months", []),
    ("cannot mount the share for two weeks now", ["since=2025-12-22T00:00+01:00"]),
    ("what is on tonight", []),
    ("everybody is waiting", []),
    ("tout le monde attend", []),
    ("hello everyone", []),
    ("personne ne m'a répondu", []),
    ("nobody can hear me", []),
    ("everybody lost the network", ["affected=everyone"]),
    ("tout le monde est bloqué", ["affected=everyone"]),
    ("the entire Leeds site is down", ["affected=everyone", "site=Leeds"]),
    ("it works for everybody else", ["affected=one"]),
    ("ça marche chez mes collègues", ["affected=one"]),
    ("mes collègues non plus", ["affected=several"]),
    ("a coworker has the very same problem", ["affected=several"]),
    ("ERR_NAME_NOT_RESOLVED sur tous les sites", ["error_code=ERR_NAME_NOT_RESOLVED"]),
    ("je suis passé en télétravail", ["changed=place"]),
    ("no network since our department moved", ["changed=place"]),
    ("they replaced my computer", ["changed=equipment", "device=computer"]),
    ("I reset my password yesterday", ["changed=password", "since=2026-01-04T00:00+01:00"]),
    ("how do I reset my password?", []),
    ("I have a new phone number", []),
    ("impossible de me connecter depuis chez moi", []),
    ("We opened two windows", []),
    ("Both teams get on well", []),
    ("how do I zoom in", []),
    ("cut me some slack, I excel at it", []),
    ("teams plante", ["application=Teams"]),
    ("la surface de stockage", []),
    ("screenshot, screen sharing, by phone", []),
    ("écran bleu", ["device=computer"]),
    ("un poste ouvert de responsable", []),
    ("souris et clavier", ["device=keyboard", "device=mouse"]),
    ("copieur Ricoh MP C3004", ["asset=RICOH MP C3004", "device=printer"]),
    ("HP LaserJet M404 prints pale", ["asset=HP LASERJET M404", "device=printer"]),
    ("asset tag 0077125", ["asset=0077125"]),
    ("numéro d'inventaire INV-PC-0771", ["asset=INV-PC-0771"]),
    ("windows 10 home 22H2", ["os=windows", "os_version=10 22H2"]),
    ("the invoice in question is FV-2025-773", ["invoice_number=FV-2025-773"]),
    ("facture n° 90 233 118", ["invoice_number=90233118"]),
    ("à Nantes", ["site=Nantes"]),
    ("Lyon, 3e étage, bureau 312", ["site=Lyon, 3e étage, bureau 312"]),
    ("je suis au 4e étage", ["site=4e étage"]),
    ("l'imprimante du siège", ["device=printer", "site=siège"]),
    ("meeting room Einstein", ["site=meeting room Einstein"]),
]

PHONES = [
    ("ring (020) 7183 8750", "02071838750"),
    ("0470/12.34.56", "0470123456"),
    ("+41 (0)44 668 18 00", "+41446681800"),
    ("0032 470 12 34 56", "+32470123456"),
    ("514-987-6543", "5149876543"),
    ("appelez le 27 36 12 34", "27361234"),
    ("poste 4512", "4512"),
]
NO_PHONES = [
    "IMEI 356938035643809",
    "IBAN FR76 3000 6000 0112 3456 7890 189",
    "SIRET 732 829 320 00074",
    "matricule 0104582033",
    "bon de livraison 0033987654",
    "le 05-01-2026 08-30",
    "version 10.0.22621.1702",
    "carte 4970 1012 3456 7890",
    "USPS tracking 9400 1000 0000 0000 0000 00",
]


@pytest.mark.parametrize(("text", "named"), MORE)
def test_what_is_said_in_other_words_is_read_too(text: str, named: list[str]) -> None:
    entities = read_entities(text, fold(text), NOW)
    assert sorted(f"{one.name}={one.value}" for one in entities) == named
    assert all(text[one.start : one.end] == one.text for one in entities)


@pytest.mark.parametrize(("text", "number"), PHONES)
def test_phones_of_the_countries_nearby_are_read(text: str, number: str) -> None:
    assert [one.value for one in read_entities(text, fold(text), NOW) if one.name == "phone"] == [number]


@pytest.mark.parametrize("text", NO_PHONES)
def test_other_rows_of_digits_are_no_phones(text: str) -> None:
    assert not [one for one in read_entities(text, fold(text), NOW) if one.name == "phone"]
