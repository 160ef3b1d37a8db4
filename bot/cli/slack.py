"""`guichet slack`: the app that a Slack workspace is asked to install."""

import json
import re
from typing import Annotated

import typer

from bot.channels.slack.manifest import manifest

from .frame import Config, Json, WrongUseError, app, put, say, settings_from

slack_app = typer.Typer(help="Put the desk into Slack.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(slack_app, name="slack")

OWN = "-"  # the address of the settings
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?")
_LONGEST = 2000  # characters of an address


@slack_app.callback()
def about() -> None:
    """Keep `slack` a group of verbs."""


@slack_app.command("manifest")
def tell_manifest(
    http: Annotated[
        str | None,
        typer.Option(
            help="Public address to which Slack posts, - for server.public_url; else Socket Mode.", metavar="URL"
        ),
    ] = None,
    direct_only: Annotated[
        bool, typer.Option("--direct-only", help="No reading of channels: direct messages and mentions alone.")
    ] = False,
    rotation: Annotated[
        bool, typer.Option("--rotation", help="Tokens that expire and are renewed; cannot be undone.")
    ] = False,
    assistant_view: Annotated[
        bool, typer.Option("--assistant-view", help="For an app that has the older assistant pane; new ones cannot.")
    ] = False,
    as_json: Json = False,
    config: Config = None,
) -> int:
    """Write the app manifest, as JSON to be pasted where Slack asks for one; with --json in one line."""
    settings = settings_from(config)
    url = _address(http, settings.server.public_url)
    told = manifest(
        settings.desk.name, settings.desk.languages, not direct_only, url, rotation=rotation, assistant=assistant_view
    )
    put(told) if as_json else say(json.dumps(told, ensure_ascii=False, indent=2))
    return 0


def _address(http: str | None, own: str) -> str:
    """The address to which Slack posts, empty for none."""
    if http is None:
        return ""
    address = own if http == OWN else http
    if http == OWN and not own:
        raise WrongUseError("guichet slack manifest: server.public_url is empty: set it, or give an address to --http")
    if len(address) > _LONGEST or not _ADDRESS.fullmatch(address):
        mend = "give one that begins with https://, as --http https://support.example.org"
        raise WrongUseError(f"guichet slack manifest: --http: Slack posts to public https addresses alone; {mend}")
    return address.rstrip("/")
