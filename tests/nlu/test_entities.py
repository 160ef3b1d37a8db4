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
