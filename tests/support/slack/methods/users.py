"""Web API: people, bots and the team."""

from tests.support.slack.calls import Call, Method, page
from tests.support.slack.people import Person, user_of
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.shapes import ICONS
from tests.support.slack.world import World


def shown(world: World, person: Person, call: Call) -> Json:
    """The user object, as far as the app may see."""
    return user_of(person, "users:read.email" in world.app.scopes, call.flag("include_locale"))


def info(world: World, call: Call) -> Json:
    """users.info"""
    person = world.people.get(call.need("user"))
    if person is None:
        raise RefusalError("user_not_found")
    return {"user": shown(world, person, call)}


def look_up(world: World, call: Call) -> Json:
    """users.lookupByEmail: strangers are not found"""
    email = call.need("email").casefold()
    for person in world.people.values():
        if person.email and person.email.casefold() == email and person.kind != "stranger" and not person.deleted:
            return {"user": shown(world, person, call)}
    raise RefusalError("users_not_found")


def list_all(world: World, call: Call) -> Json:
    """users.list"""
    people, cursor = page([each for each in world.people.values() if each.kind != "stranger"], call)
    return {
        "members": [shown(world, each, call) for each in people],
        "cache_ts": int(world.clock.now()),
        "response_metadata": {"next_cursor": cursor},
    }


def team(world: World, call: Call) -> Json:
    """team.info"""
    sizes = (34, 44, 68, 88, 102, 132, 230)
    icon = {f"image_{size}": f"https://a.slack-edge.com/avatars-teams/ava_{size}.png" for size in sizes}
    shape: Json = {
        "id": world.team, "name": world.team_name, "domain": world.domain, "email_domain": f"{world.domain}.test",
        "icon": icon | {"image_default": True}, "is_verified": False, "url": f"https://{world.domain}.slack.com/",
        "avatar_base_url": "https://ca.slack-edge.com/", "lob_sales_home_enabled": False, "is_sfdc_auto_slack": False,
    }  # fmt: skip
    if world.enterprise:
        shape |= {"enterprise_id": world.enterprise, "enterprise_name": "Corp", "enterprise_domain": world.domain}
    return {"team": shape}


def bot(world: World, call: Call) -> Json:
    """bots.info"""
    ref = call.text("bot") or world.app.bot_id
    person = next((each for each in world.people.values() if each.bot_id == ref), None)
    if person is None:
        raise RefusalError("bot_not_found")
    shape = {
        "id": ref, "deleted": False, "name": person.name, "updated": person.updated, "app_id": person.app_id or "",
        "user_id": person.id, "icons": ICONS,
    }  # fmt: skip
    return {"bot": shape}


READ = ("users:read",)
METHODS = {
    "users.info": Method(info, READ, takes_json=False),
    "users.list": Method(list_all, READ, takes_json=False),
    "users.lookupByEmail": Method(look_up, ("users:read.email",), takes_json=False),
    "team.info": Method(team, ("team:read",), takes_json=False),
    "bots.info": Method(bot, READ, takes_json=False),
}
