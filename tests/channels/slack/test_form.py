"""The form: drawn, filled in, read back, and told in words that are understood as anybody's."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack import modal
from bot.dialog.choices import hinted
from bot.ports.understander import Hints
from tests.channels.slack.drawn import LANGS, accepted, anything
from tests.support.house import mind

PARIS = ZoneInfo("Europe/Paris")


def sent(view: dict, **fields: str) -> dict:
    """The form as Slack posts it once it was filled in: text fields by their text, choices by their value."""
    state: dict = {}
    for block in view["blocks"]:
        element, given = block["element"], fields.get(block["block_id"])
        filled: dict = {"type": element["type"]}
        if element["type"] == "static_select":
            chosen = [option for option in element["options"] if option["value"] == given]
            filled["selected_option"] = chosen[0] if given else None
        else:
            filled["value"] = given if given is not None else element.get("initial_value")
        state[block["block_id"]] = {element["action_id"]: filled}
    told = {"id": "V1", **view, "state": {"values": state}}
    return {"type": "view_submission", "user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}, "view": told}


@pytest.mark.parametrize("lang", [*LANGS, "de"])
def test_the_form_is_sent_and_read(lang: str) -> None:
    view = accepted(modal.details_view(lang), "modal")
    fields = {"work": "no", "affected": "several", "since": "today", "phone": "06 12 34 56 78"}
    read = modal.read_details(sent(view, problem="  Outlook ne s’ouvre plus.\n", **fields))
    known = "fr" if lang == "fr" else "en"
    assert read == modal.Details("Outlook ne s’ouvre plus.", lang=known, user="U1", view="V1", **fields)


def test_a_form_with_its_problem_alone_says_no_more() -> None:
    read = modal.read_details(sent(modal.details_view("fr", problem="Mon écran est noir")))
    assert isinstance(read, modal.Details) and read.text == "Mon écran est noir"


def test_a_form_is_told_as_a_person_would() -> None:
    details = modal.Details("Teams plante", "yesterday", "partly", "everyone", "1234", lang="fr")
    assert details.text == (
        "Teams plante\n\nJe ne peux travailler qu’en partie. Tout le monde est touché, depuis hier. "
        "Mon numéro\u00a0: 1234."
    )
    assert modal.Details("Teams", since="days", lang="en").text == "Teams\n\nIt has been like this for a few days."


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("problem", "phone", "wrong"),
    [
        (" \n\u200b", "", {"problem"}),
        ("", "call me", {"problem", "phone"}),
        ("Teams", "12", {"phone"}),
        ("Teams", "1" * 16, {"phone"}),
        ("Teams", "----", {"phone"}),
    ],
)
def test_a_form_that_cannot_be_taken_says_why_at_the_field(lang: str, problem: str, phone: str, wrong: set) -> None:
    read = modal.read_details(sent(modal.details_view(lang), problem=problem, phone=phone))
    assert isinstance(read, modal.Refused) and set(read.errors) == wrong
    assert read.response == {"response_action": "errors", "errors": read.errors}
    assert all(("ez" in text) == (lang == "fr") for text in read.errors.values())


@pytest.mark.parametrize("phone", ["1234", "+33 (0)6 12-34.56/78", "0612345678"])
def test_numbers_of_all_kinds_are_taken(phone: str) -> None:
    assert isinstance(modal.read_details(sent(modal.details_view("fr"), problem="Teams", phone=phone)), modal.Details)


@pytest.mark.parametrize("metadata", ["", "[]", "{", '{"lang": 3}', "null", "[" * 2000])
def test_a_form_whose_language_is_lost_is_taken_all_the_same(metadata: str) -> None:
    payload = sent(modal.details_view("fr"), problem="Teams", work="no")
    payload["view"]["private_metadata"] = metadata
    payload["view"]["state"]["values"]["work"]["work"]["selected_option"]["value"] = "whatever"
    read = modal.read_details(payload)
    assert isinstance(read, modal.Details) and (read.lang, read.work) == ("en", "")


def test_another_view_is_not_ours() -> None:
    payload = sent(modal.details_view("fr"), problem="Teams")
    assert modal.read_details({**payload, "type": "view_closed"}) is None
    payload["view"]["callback_id"] = "other"
    assert modal.read_details(payload) is None


@given(lang=anything, problem=st.text(max_size=4000))
@settings(deadline=None, max_examples=60)
def test_any_problem_fits_the_form(lang, problem) -> None:
    view = accepted(modal.details_view(lang, problem), "modal")
    read = modal.read_details(sent(view))
    assert read is not None and (isinstance(read, modal.Refused) or len(read.text) <= modal.LONGEST)


PROBLEMS = {
    "fr": {"vpn": "Mon VPN ne se connecte plus, erreur 809.", "printer": "L’imprimante du 3e n’imprime plus."},
    "en": {"vpn": "My VPN does not connect any more, error 809.", "printer": "The printer no longer prints."},
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("work", ["no", "partly", "yes"])
@pytest.mark.parametrize("affected", ["one", "several", "everyone"])
def test_what_was_chosen_is_understood_as_anybodys_words(lang: str, work: str, affected: str) -> None:
    now, known = datetime(2026, 11, 26, 10, 0, tzinfo=PARIS), mind()
    days = {"today": 0, "yesterday": 1, "days": 2, "weeks": 7}
    for (topic, problem), (since, least) in ((one, day) for one in PROBLEMS[lang].items() for day in days.items()):
        text = modal.Details(problem, since, work, affected, "06 12 34 56 78", lang=lang).text
        meant = known.understander.understand(text, Hints(now, lang=lang, channel="slack"))
        found = {entity.name: entity.value for entity in meant.entities}
        assert (meant.intent, meant.lang, found["affected"], found["phone"]) == (topic, lang, affected, "0612345678")
        assert now.date() - datetime.fromisoformat(found["since"]).date() >= timedelta(days=least)
        assert not meant.frustrated and not meant.wants_human
        assert hinted(text, known.playbook.slots["work_meanwhile"]) == work
