"""Conversations that are handed over for a reason that cannot wait."""

from bot.dialog.events import WorkFailed
from tests.support.talk import Talk


def handed_over_for(reason: str) -> Talk:
    """Talk to the bot until it hands over for the reason."""
    talk = Talk()
    talk.say("the VPN does not connect at home, error 809, Windows 11, just me", topic="vpn")
    if reason == "security":
        talk.say("I clicked the link and gave my password")
    elif reason == "asked_for_human":
        talk.say("human")
    elif reason == "frustrated":
        talk.press_shown("no")
        talk.say("this is ridiculous, I am fed up with your useless bot")
    else:
        talk.feed(WorkFailed(at=talk.now, what="deciding"))
    return talk
