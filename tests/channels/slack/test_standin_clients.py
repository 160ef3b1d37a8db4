"""Slack's own frameworks, in two languages and over both ways in, find the stand-in to be Slack."""

from tests.support.slack.workspace import Workspace


def test_a_direct_message_is_echoed(echoed: Workspace) -> None:
    ana = echoed.person("Ana Li", "ana@corp.test")
    ana.say("fish & <chips>")
    echo = echoed.wait_for(echoed.written)[0]
    assert echo.words == "ana@corp.test said fish &amp; &lt;chips&gt;"
    assert echo.labels == ("More",)


def test_a_thread_stays_a_thread(echoed: Workspace) -> None:
    ana = echoed.person("Ana Li", "ana@corp.test")
    room = echoed.channel("help", ana)
    call = ana.mention("are you there", room)
    answer = echoed.wait_for(lambda: [each for each in ana.sees(room, call) if each.words == "You called?"])[0]
    assert answer.thread == call.ts


def test_a_button_a_modal_and_its_answer(echoed: Workspace) -> None:
    ana = echoed.person("Ana Li", "ana@corp.test")
    said = ana.say("hello")
    echoed.wait_for(echoed.written)
    ana.press("More")
    echoed.wait_for(ana.modal)
    assert ana.now(echoed.written()[0]).words == f"pressed {said.ts}"
    assert echoed.written()[0].labels == ()

    ana.submit(words="bad")
    modal = ana.modal()
    assert modal
    echoed.wait_for(lambda: modal.errors)
    assert modal.errors == {"line": "Better words, please"}

    ana.submit(words="good")
    echoed.wait_for(lambda: any(each.words == "form says good" for each in echoed.written()))
    echoed.wait_for(lambda: not ana.modal())


def test_a_command_is_answered_at_once_and_later(echoed: Workspace) -> None:
    ana = echoed.person("Ana Li", "ana@corp.test")
    ana.command("/echo", "x")
    echoed.wait_for(lambda: len(ana.sees()) == 2)
    assert {each.words for each in ana.sees()} == {"at once x", "later x"}
    assert all(each.is_private for each in ana.sees())


def test_the_home_tab(echoed: Workspace) -> None:
    ana = echoed.person("Ana Li", "ana@corp.test")
    ana.open_home()
    home = echoed.wait_for(ana.home)
    assert home and home["blocks"][0]["text"]["text"] == f"Home of {ana.id}"


def test_a_stopped_platform_comes_back(echoed: Workspace) -> None:
    ana = echoed.person("Ana Li", "ana@corp.test")
    echoed.stop()
    ana.say("into the dark")
    echoed.start()
    assert echoed.wait_for(echoed.written, most=30)[0].words == "ana@corp.test said into the dark"
