"""Where the bot wants its updates delivered."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from tests.support.telegram.arguments import Arguments
from tests.support.telegram.errors import bad_request
from tests.support.telegram.shapes import Json
from tests.support.telegram.updates import BY_DEFAULT
from tests.support.telegram.world import Webhook, World

MOST_SECRET = 256
PORTS = (443, 80, 88, 8443)


def set_webhook(world: World, arguments: Arguments) -> bool:
    """Deliver there from now on. Raises RefusalError."""
    if arguments.flag("drop_pending_updates"):
        world.queue.clear()
    remember_kinds(world, arguments)
    url, secret = arguments.text("url"), arguments.text("secret_token")
    if not url:
        world.webhook = None
        return True
    check_url(urlsplit(url))
    if len(secret) > MOST_SECRET:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    world.webhook = Webhook(url, secret, max(1, min(100, arguments.integer("max_connections", 40))))
    return True


def check_url(url: SplitResult) -> None:
    """Raises RefusalError for an address that the platform would not call. Plain http is taken on loopback only."""
    if url.scheme not in ("http", "https") or not url.hostname:
        raise bad_request("invalid webhook URL specified")
    if loopback(url.hostname):
        return
    if url.scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if url.port not in (None, *PORTS):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    raise bad_request("bad webhook: Failed to resolve host: No address associated with hostname")


def loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def delete_webhook(world: World, arguments: Arguments) -> bool:
    """The bot asks for its updates again; what waits stays, unless it says otherwise."""
    if arguments.flag("drop_pending_updates"):
        world.queue.clear()
    world.webhook = None
    return True


def get_webhook_info(world: World, arguments: Arguments) -> Json:
    """How delivering goes."""
    world.queue.forget_old()
    hook = world.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.queue.waiting),
    }
    if hook:
        info |= {"max_connections": hook.connections, "ip_address": hook.address}
        if hook.error:
            info |= {"last_error_date": hook.error_date, "last_error_message": hook.error}
    if world.queue.allowed != BY_DEFAULT:
        info["allowed_updates"] = sorted(world.queue.allowed)
    return info


def remember_kinds(world: World, arguments: Arguments) -> None:
    """Kinds of updates that the bot asks for; not said means as before."""
    kinds = arguments.structured("allowed_updates", "allowed updates")
    if isinstance(kinds, list):
        world.queue.allow([str(kind).lower() for kind in kinds])


METHODS = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
