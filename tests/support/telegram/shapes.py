"""The platform's objects as they travel: plain JSON, exactly the fields that it would send."""

import hashlib
from typing import Any

Json = dict[str, Any]

SIZES = ((90, 67), (320, 240), (800, 600), (1280, 960))
MEMBER_RIGHTS = {
    "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True, "can_delete_messages": True,
    "can_manage_video_chats": False, "can_restrict_members": True, "can_promote_members": False,
    "can_change_info": True, "can_invite_users": True, "can_post_stories": False, "can_edit_stories": False,
    "can_delete_stories": False, "can_pin_messages": True, "can_manage_topics": True,
}  # fmt: skip
GIFTS = {
    "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False, "premium_subscription": False,
    "gifts_from_channels": False,
}  # fmt: skip


def person_user(number: int, name: str, username: str, language: str) -> Json:
    """A human being. The language stands in what the person sends, not in member lists."""
    first, _, last = name.partition(" ")
    user: Json = {"id": number, "is_bot": False, "first_name": first}
    return user | present(last_name=last, username=username, language_code=language)


def bot_user(token: str, username: str, name: str) -> Json:
    """The bot as others see it; its number is the token's first part."""
    return {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": name, "username": username}


def bot_self(bot: Json, reads_groups: bool) -> Json:
    """The bot as getMe describes it."""
    return bot | {
        "can_join_groups": True, "can_read_all_group_messages": reads_groups, "supports_inline_queries": False,
        "can_connect_to_business": False, "has_main_web_app": False, "has_topics_enabled": False,
        "allows_users_to_create_topics": False, "can_manage_bots": False,
    }  # fmt: skip


def chat_member(user: Json, status: str) -> Json:
    """What somebody is in a chat."""
    member: Json = {"status": status, "user": {name: user[name] for name in user if name != "language_code"}}
    if status == "administrator":
        return member | MEMBER_RIGHTS
    if status == "creator":
        return member | {"is_anonymous": False}
    return member | ({"until_date": 0} if status == "kicked" else {})


def file_view(kind: str, content: bytes, serial: int) -> Json:
    """What every file has: an identifier for this bot, one for ever, and its size."""
    digest = hashlib.sha256(f"{kind}:{serial}:".encode() + content).hexdigest()
    return {
        "file_id": f"{kind[:2].upper()}AgAD{digest[:40]}{serial}",
        "file_unique_id": f"AQAD{digest[:12]}",
        "file_size": len(content),
    }


def document_view(stored: Json, name: str, kind: str) -> Json:
    """A file sent as such."""
    return stored | present(file_name=name, mime_type=kind or "application/octet-stream")


def present(**fields: object) -> Json:
    """Only the fields that say something: the platform leaves the others out."""
    return {name: value for name, value in fields.items() if value not in ("", None, [], {}, False)}
