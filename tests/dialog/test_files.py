"""Files are attached and told, never claimed to be read, and none is lost on the way to people."""

import pytest

from bot.dialog.effects import Relay
from bot.dialog.events import AgentSaid, File, TicketChanged
from tests.support.talk import Talk, says


@pytest.mark.parametrize("text", ["human", "j'ai cliqué sur un lien et donné mon mot de passe"])
def test_a_file_that_comes_with_the_handoff_is_in_the_ticket(text: str) -> None:
    talk = Talk()
    talk.say(text, files=(File("error.png", "image/png", 10, "f1"),))
    assert talk.opened[0].files == ("f1",)
    assert says(talk.says[-1].text, "utter_picture")


def test_a_file_with_a_greeting_is_kept_for_the_request() -> None:
    talk = Talk()
    text = talk.say("hello", files=(File("error.png", "image/png", 10, "f1"),))
    assert says(text, "utter_picture") and talk.request and talk.request.files == ("f1",)


def test_a_file_after_the_handoff_goes_to_the_ticket() -> None:
    talk = Talk()
    talk.say("human")
    talk.say("here", files=(File("log.txt", "text/plain", 10, "f2"),))
    assert talk.comments[-1].files == ("f2",)


FILES = (File("procedure.pdf", "application/pdf", 10, "f3"), File("capture.png", "image/png", 20, "f4"))


@pytest.mark.parametrize("text", ["Follow this.", ""])
def test_the_files_of_an_agents_answer_go_to_the_person_behind_the_words(text: str) -> None:
    talk = Talk()
    talk.say("human")
    talk.feed(AgentSaid(at=talk.now, facts=talk.facts, name="Lea", text=text, files=FILES))
    assert list(talk.effects(Relay))[-1] == Relay("person", "Lea", text, FILES, talk.talk.lang)


@pytest.mark.parametrize("reply", ["Follow this.", ""])
def test_the_files_of_a_reply_in_the_ticketing_system_go_to_the_person_too(reply: str) -> None:
    talk = Talk()
    talk.say("human")
    talk.feed(TicketChanged(at=talk.now, facts=talk.facts, key="T-1", reply=reply, author="Lea", files=FILES))
    assert list(talk.effects(Relay))[-1] == Relay("person", "Lea", reply, FILES, talk.talk.lang)
    assert talk.talk.cases[-1].noted  # somebody is there: what the person answers needs no receipt
