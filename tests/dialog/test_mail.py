"""By mail the questions that stand together are asked at once, and answered shortly, by labels or in prose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialog.conversation import Owner
from bot.dialog.flow import Collect
from bot.dialog.numbered import LETTERS, parts
from bot.dialog.texts import in_language
from bot.dialog.together import answers
from tests.support.talk import Talk, library, reading, says

PROSE = {"affected": "only me", "place": "at home", "os": "Windows"}


def mail(text: str = "the VPN does not connect", topic: str = "vpn") -> Talk:
    """A mail that reports a problem."""
    talk = Talk(channel="email")
    talk.say(text, topic=topic)
    return talk


def choices(talk: Talk) -> list[tuple[str, list[str]]]:
    """The questions of the last mail: slot and values, in order."""
    assert talk.waiting
    steps = [step for flow in talk.book.flows.values() for step in flow.steps.values() if isinstance(step, Collect)]
    found = []
    for slot in talk.waiting.slots:
        step = next(step for step in steps if step.slot == slot)
        found.append((slot, [one.value for one in talk.book.responses[step.utter][0].buttons]))
    return found


def test_questions_that_stand_together_are_asked_in_one_numbered_list() -> None:
    talk = mail()
    text = talk.says[-1].text
    assert talk.waiting and talk.waiting.what == "together" and len(talk.waiting.slots) > 1
    assert all(f"\n{number}. " in text for number in range(1, len(talk.waiting.slots) + 1))
    assert "a) " in text and says(text, "utter_together_help")


def test_a_chat_asks_one_question_a_message() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    assert talk.waiting and talk.waiting.what == "collect"


@pytest.mark.parametrize("form", ["{n}{l}", "{n}. {l}", "{n}) {l})", "{n}: {l}", "{n}{L}"])
@pytest.mark.parametrize("between", [" ", ", ", "\n"])
def test_numbers_and_letters_answer(form: str, between: str) -> None:
    talk = mail()
    asked = [(number, slot, values) for number, (slot, values) in enumerate(choices(talk), 1) if values]
    parts = [
        form.format(n=number, l=LETTERS[-1 + len(values)], L=LETTERS[-1 + len(values)].upper())
        for number, _, values in asked
    ]
    talk.say(between.join(parts))
    assert {slot: talk.value(slot) for _, slot, _ in asked} == {slot: values[-1] for _, slot, values in asked}


def test_labels_answer() -> None:
    talk = mail()
    asked = choices(talk)
    first = next(iter(talk.book.responses["utter_ask_affected"])).buttons[0]
    talk.say(f"1. {in_language(first.title, 'en')}")
    assert talk.value(asked[0][0]) == first.value


def test_prose_answers() -> None:
    talk = mail()
    asked = [slot for slot, _ in choices(talk) if slot in PROSE]
    talk.say(". ".join(PROSE[slot] for slot in asked))
    told = {"affected": "one", "place": "home", "os": "windows"}
    assert {slot: talk.value(slot) for slot in asked} == {slot: told[slot] for slot in asked}


def test_what_is_known_is_not_in_the_list() -> None:
    talk = mail("the VPN does not connect at home on Windows 11, only me")
    assert talk.waiting is None or not {"os", "place", "affected"} & {talk.waiting.slot, *talk.waiting.slots}


def test_what_was_answered_is_not_asked_by_the_second_mail() -> None:
    talk = mail()
    first = [slot for slot, _ in choices(talk)]
    talk.say("1a")
    assert talk.waiting
    assert first[0] not in (talk.waiting.slot, *talk.waiting.slots)


def test_after_two_mails_with_questions_people_take_over() -> None:
    talk = mail()
    talk.say("I do not see what you mean by that")
    talk.say("I still do not see what you mean")
    talk.press("human") if not talk.request or not talk.request.handoff else talk.wait(1)
    assert talk.opened[0].reason == "not_understood" and talk.owner is Owner.HUMAN


def test_one_i_dont_know_answers_them_all() -> None:
    talk = mail()
    asked = [slot for slot, _ in choices(talk)]
    talk.say("I don't know")
    assert {talk.value(slot) for slot in asked} == {"unknown"}


def test_a_list_never_asks_more_than_the_budget_allows() -> None:
    for topic in ("vpn", "printer", "network_wifi", "email_outlook"):
        talk = mail("it does not work", topic)
        assert talk.last.questions <= talk.book.policy.questions


def test_a_human_is_one_word_away() -> None:
    talk = mail()
    talk.say("a human please")
    assert talk.owner is Owner.HUMAN


def french_mail(text: str = "Mon VPN ne marche plus depuis ce matin", topic: str = "vpn", lang: str = "fr") -> Talk:
    """A mail in either language that reports a problem."""
    talk = Talk(channel="email", lang=lang)
    talk.say(text, topic=topic)
    return talk


FOUR = ("affected", "place", "vpn_symptom", "os")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1a 2a 3a 4a, merci", {"affected": "one", "place": "home", "os": "windows"}),
        ("1a\n2a\n3a\n4a\n\nMerci d'avance\nBob", {"affected": "one", "place": "home", "os": "windows"}),
        ("4a, erreur 809", {"os": "windows", "error_code": "809"}),
        ("1a 2b, et bonne journée", {"affected": "one", "place": "office"}),
        ("1a 2a 3 erreur 809 4a", {"affected": "one", "place": "home", "os": "windows", "error_code": "809"}),
        ("1a 2a 3a 4 Windows", {"affected": "one", "place": "home", "os": "windows"}),
        ("1a2b3a4b", {"affected": "one", "place": "office", "os": "macos"}),
        ("1 a, 2 c\n3 coupures fréquentes\n4 Mac", {"affected": "one", "place": "away", "os": "macos"}),
        (
            "Bonjour,\n\n1) moi uniquement\n2) domicile\n4) Windows\n\nCordialement",
            {"affected": "one", "place": "home"},
        ),
        ("1a 2a 3a 4 je ne sais pas, désolé", {"affected": "one", "place": "home", "os": "unknown"}),
        ("Je suis dans la salle 9b, 1a et 2b", {"affected": "one", "place": "office"}),
        ("1a 2 d'accord 4 à voir", {"affected": "one"}),
    ],
)
def test_a_numbered_answer_is_taken_whatever_follows_it(text: str, told: dict[str, str]) -> None:
    talk = french_mail()
    assert talk.waiting and talk.waiting.slots == FOUR
    talk.say(text)
    assert {slot: talk.value(slot) for slot in told} == told


def test_what_is_added_behind_a_letter_answers_the_only_question_that_takes_any_words() -> None:
    talk = french_mail("l'imprimante ne marche pas", "printer")
    assert talk.waiting and talk.waiting.slots[0] == "printer_name"
    talk.say("2a 3b 4b, c'est IMP-PARIS-3, merci d'avance\nBob")
    assert (talk.value("printer_name"), talk.value("printer_symptom")) == ("IMP-PARIS-3", "queue")


def test_a_signature_answers_nothing() -> None:
    talk = french_mail("l'imprimante ne marche pas", "printer")
    talk.say("2a 3b 4b, merci d'avance\nBob Durand\nComptabilité")
    assert talk.value("printer_name") is None


BEFORE = {
    "fr": ["", "Bonjour,\n\n", "Bonjour, voici mes réponses : ", "Merci pour votre aide. ", "Re-bonjour\n"],
    "en": ["", "Hello,\n\n", "Hi, here are my answers: ", "Thank you for your help. ", "Dear all\n"],
}
AFTER = {
    "fr": ["", ", merci", " merci d’avance", "\n\nMerci d'avance\nBob", ", et bonne journée",
           ".\nCordialement,\nA. Roux",
           " ; très bonne soirée à vous", "\n-- \nClaire Petit\nComptabilité"],
    "en": ["", ", thanks", " thank you", "\n\nThanks in advance\nBob", ", and have a nice day",
           ".\nKind regards,\nA. Roux",
           "; have a good evening", "\n-- \nClaire Petit\nAccounts"],
}  # fmt: skip
SEPARATORS = [" ", ", ", "; ", "\n", " / ", " and ", " et ", "", ". ", " | "]
FORMS = ["{n}{l}", "{n} {l}", "{n}. {l}", "{n}) {l})", "{n}: {l}", "{n}-{l}", "{n}{l}.", "{n} = {l}"]


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_letters_answer_in_any_order_however_they_are_parted_and_whatever_is_polite(data: st.DataObject) -> None:
    lang = data.draw(st.sampled_from(["fr", "en"]))
    book, choices_of = library(), ("affected", "place", "vpn_symptom", "os")
    asked = tuple((slot, book.responses[f"utter_ask_{slot}"][0].buttons) for slot in choices_of)
    numbers = data.draw(st.lists(st.sampled_from(range(1, 5)), min_size=1, unique=True))
    chosen = {number: data.draw(st.sampled_from(range(len(asked[number - 1][1])))) for number in numbers}
    form, between = data.draw(st.sampled_from(FORMS)), data.draw(st.sampled_from(SEPARATORS))
    upper = data.draw(st.booleans())
    letters = [form.format(n=n, l=LETTERS[at].upper() if upper else LETTERS[at]) for n, at in chosen.items()]
    before, after = data.draw(st.sampled_from(BEFORE[lang])), data.draw(st.sampled_from(AFTER[lang]))
    text = before + between.join(letters) + after
    found = answers(book, text, reading(text, lang, "vpn", "email"), asked)
    assert found == {asked[n - 1][0]: asked[n - 1][1][at].value for n, at in chosen.items()}


@given(st.text(max_size=300), st.lists(st.integers(0, 8), max_size=6))
@settings(deadline=None)
def test_no_text_is_too_odd_to_look_for_answers_in(text: str, choices: list[int]) -> None:
    found = parts(text, tuple(choices))
    assert len({one.number for one in found}) == len(found)
    assert all(one.begins <= one.start <= one.end <= len(text) for one in found)
