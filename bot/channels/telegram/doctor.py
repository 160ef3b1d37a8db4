"""A look at the bot from outside: what hinders it, and what to mend."""

import contextlib
from urllib.parse import urlsplit

from telegram import WebhookInfo
from telegram.error import TelegramError

from bot.channels.telegram.ends import fault
from bot.channels.telegram.line import Line, without_token

_PRIVACY = "@BotFather /setprivacy: Enable, then remove the bot from its groups and add it again"


async def examined(line: Line, hook_url: str) -> tuple[tuple[str, str], ...]:
    """Tell (what is wrong, what to mend), nothing where all is well. Changes nothing, and takes no updates away.

    Whether another program polls is not tried: whoever asks would end the poll of the house itself.
    """
    try:
        bot, me = await line.bot(), await line.me()
        hook = await bot.get_webhook_info()
    except TelegramError as error:
        return (fault(error),)
    finally:
        with contextlib.suppress(Exception):
            await line.close()
    found = [("the bot hears everything in its groups, and needs only what is said to it", _PRIVACY)] * me.reads_all
    return (*found, *_hook_faults(hook, hook_url))


def _hook_faults(hook: WebhookInfo, wanted: str) -> tuple[tuple[str, str], ...]:
    faults = []
    if hook.url and hook.url != wanted:
        host = urlsplit(hook.url).hostname or "another address"
        mend = "guichet run puts its own in its place; a program that needs that one needs a bot of its own"
        faults.append((f"the updates go to a webhook at {host}", mend))
    if hook.url and hook.url == wanted and hook.last_error_message:
        why = without_token(hook.last_error_message)[:200]
        mend = "server.public_url, its certificate, and the proxy in front of /channels/telegram"
        faults.append((f"the platform could not deliver to the webhook: {why}", mend))
    return tuple(faults)
