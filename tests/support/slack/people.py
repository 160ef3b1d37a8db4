"""People of the workspace, and what Slack tells an app about each."""

import datetime
import hashlib
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from tests.support.slack.refusal import Json

Kind = Literal["member", "guest", "stranger", "bot"]
PORTRAITS = (24, 32, 48, 72, 192, 512)


@dataclass
class Person:
    """An account; a stranger belongs to another company and is met in a shared channel."""

    id: str
    team: str
    name: str  # the handle
    real_name: str
    email: str | None = None
    locale: str = "en-US"
    tz: str = "Europe/Paris"
    kind: Kind = "member"
    deleted: bool = False
    enterprise: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    updated: int = 0

    @property
    def portrait(self) -> str:
        """Hash that stands for the picture."""
        return f"g{hashlib.sha256(self.id.encode()).hexdigest()[:11]}"


def profile_of(person: Person, with_email: bool) -> Json:
    """The `profile` of a user object; the address only for apps that may read it, never a stranger's."""
    first, _, last = person.real_name.partition(" ")
    profile: Json = {
        "title": "", "phone": "", "skype": "",
        "real_name": person.real_name, "real_name_normalized": person.real_name,
        "display_name": person.name, "display_name_normalized": person.name,
        "status_text": "", "status_text_canonical": "", "status_emoji": "", "status_emoji_display_info": [],
        "status_expiration": 0, "avatar_hash": person.portrait, "first_name": first, "last_name": last,
        "team": person.team, "is_custom_image": False, "pronouns": "", "huddle_state": "default_unset",
        "huddle_state_expiration_ts": 0,
        **{f"image_{size}": f"https://avatars.example.com/{person.portrait}-{size}.png" for size in PORTRAITS},
    }  # fmt: skip
    if person.kind == "bot":
        return profile | {"bot_id": person.bot_id, "api_app_id": person.app_id or "", "always_active": True}
    if with_email and person.email and person.kind != "stranger":
        profile["email"] = person.email
    return profile


def user_of(person: Person, with_email: bool, with_locale: bool = False) -> Json:
    """The user object of `users.info`, `users.list` and `user_change`."""
    here = datetime.datetime.now(ZoneInfo(person.tz))
    offset = here.utcoffset() or datetime.timedelta()
    user: Json = {
        "id": person.id, "team_id": person.team, "name": person.name, "deleted": person.deleted, "color": "9f69e7",
        "real_name": person.real_name, "tz": person.tz, "tz_label": here.tzname() or person.tz,
        "tz_offset": int(offset.total_seconds()), "profile": profile_of(person, with_email),
        "is_admin": False, "is_owner": False, "is_primary_owner": False, "is_restricted": person.kind == "guest",
        "is_ultra_restricted": False, "is_bot": person.kind == "bot", "is_app_user": False,
        "updated": person.updated, "is_email_confirmed": person.email is not None,
        "who_can_share_contact_card": "EVERYONE",
    }  # fmt: skip
    if person.kind == "stranger":
        user["is_stranger"] = True
    if with_locale:
        user["locale"] = person.locale
    if person.enterprise:
        user["enterprise_user"] = enterprise_user(person)
    return user


def enterprise_user(person: Person) -> Json:
    """What a user object adds on Enterprise Grid."""
    return {
        "id": person.id, "enterprise_id": person.enterprise, "enterprise_name": "Corp",
        "is_admin": False, "is_owner": False, "is_primary_owner": False, "teams": [person.team],
    }  # fmt: skip
