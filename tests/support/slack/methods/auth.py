"""Web API: who the app is, and its tokens."""

import hmac

from tests.support.slack.app import TOKEN_LIFE
from tests.support.slack.calls import Call, Method
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.world import World


def test(world: World, call: Call) -> Json:
    """auth.test"""
    app = world.app
    token = app.tokens[call.token or ""]
    answer: Json = {
        "url": f"https://{world.domain}.slack.com/", "team": world.team_name, "user": app.name, "team_id": world.team,
        "user_id": app.bot_user, "bot_id": app.bot_id, "is_enterprise_install": world.is_org_install,
    }  # fmt: skip
    if world.enterprise:
        answer["enterprise_id"] = world.enterprise
    if token.expires is not None:
        answer["expires_in"] = int(token.expires - world.clock.now())
    return answer


def access(world: World, call: Call) -> Json:
    """oauth.v2.access with grant_type=refresh_token: a refresh token serves once"""
    app = world.app
    if call.text("client_id") != app.client_id:
        raise RefusalError("invalid_client_id")
    if not hmac.compare_digest(call.text("client_secret"), app.client_secret):
        raise RefusalError("bad_client_secret")
    if call.text("grant_type") != "refresh_token":
        raise RefusalError("invalid_grant_type")
    old = app.tokens.get(call.text("refresh_token"))
    if old is None or old.kind != "refresh" or old.revoked:
        raise RefusalError("invalid_refresh_token")
    old.revoked = True
    bot, refresh = app.expiring(world.clock.now())
    return {
        "access_token": bot, "refresh_token": refresh, "expires_in": TOKEN_LIFE, "token_type": "bot",
        "scope": ",".join(sorted(app.scopes)), "bot_user_id": app.bot_user, "app_id": app.id,
        "team": {"id": world.team, "name": world.team_name},
        "enterprise": {"id": world.enterprise, "name": "Corp"} if world.enterprise else None,
        "is_enterprise_install": world.is_org_install, "authed_user": {},
    }  # fmt: skip


def revoke(world: World, call: Call) -> Json:
    """auth.revoke"""
    world.app.tokens[call.token or ""].revoked = True
    return {"revoked": True}


METHODS = {
    "auth.test": Method(test),
    "auth.revoke": Method(revoke, takes_json=False),
    "oauth.v2.access": Method(access, token=None, takes_json=False),
}
