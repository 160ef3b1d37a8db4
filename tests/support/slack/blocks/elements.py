"""Schemas of what people press, choose and fill in."""

from tests.support.slack.blocks.rich_text import RICH_TEXT
from tests.support.slack.blocks.rules import Rule, either, flag, items, number, one_of, shape, string, typed


def plain(most: int) -> Rule:
    """A plain text object."""
    return typed("plain_text", {"text": string(most, 1)}, {"emoji": flag})


def words(most: int) -> Rule:
    """A text object, plain or mrkdwn."""
    mrkdwn = typed("mrkdwn", {"text": string(most, 1)}, {"verbatim": flag})
    return either(plain(most), mrkdwn)


ACTION = {"action_id": string(255)}
CONFIRM = shape(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = shape({"text": words(75), "value": string(150)}, {"description": words(75), "url": string(3000)})
GROUP = shape({"label": plain(75), "options": items(OPTION, 100)})
OPTIONS, GROUPS = items(OPTION, 100), items(GROUP, 100)
CHOICE = ACTION | {"confirm": CONFIRM, "focus_on_load": flag}
SELECT = CHOICE | {"placeholder": plain(150)}
TYPING = ACTION | {"focus_on_load": flag, "placeholder": plain(150), "dispatch_action_config": shape(
    {}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)}
)}  # fmt: skip
TEXT = TYPING | {"initial_value": string(3000)}
FEEDBACK = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

IMAGE = typed(
    "image",
    {"alt_text": string(2000)},
    {"image_url": string(3000), "slack_file": shape({}, {"id": string(255), "url": string(3000)})},
)

BUTTONS: dict[str, Rule] = {
    "button": typed("button", {"text": plain(75)}, ACTION | {
        "url": string(3000), "value": string(2000), "style": one_of("primary", "danger"), "confirm": CONFIRM,
        "accessibility_label": string(75),
    }),
    "overflow": typed("overflow", {"options": items(OPTION, 5)}, ACTION | {"confirm": CONFIRM}),
}  # fmt: skip
CHOICES: dict[str, Rule] = {
    "static_select": either(
        typed("static_select", {"options": OPTIONS}, SELECT | {"initial_option": OPTION}),
        typed("static_select", {"option_groups": GROUPS}, SELECT | {"initial_option": OPTION}),
    ),
    "multi_static_select": either(
        typed("multi_static_select", {"options": OPTIONS}, SELECT | {
            "initial_options": OPTIONS, "max_selected_items": number(1, 100)}),
        typed("multi_static_select", {"option_groups": GROUPS}, SELECT | {
            "initial_options": OPTIONS, "max_selected_items": number(1, 100)}),
    ),
    "external_select": typed("external_select", {}, SELECT | {
        "initial_option": OPTION, "min_query_length": number(0, 100)}),
    "users_select": typed("users_select", {}, SELECT | {"initial_user": string(255)}),
    "channels_select": typed("channels_select", {}, SELECT | {
        "initial_channel": string(255), "response_url_enabled": flag}),
    "radio_buttons": typed("radio_buttons", {"options": items(OPTION, 10)}, CHOICE | {"initial_option": OPTION}),
    "checkboxes": typed("checkboxes", {"options": items(OPTION, 10)}, CHOICE | {
        "initial_options": items(OPTION, 10)}),
    "datepicker": typed("datepicker", {}, SELECT | {"initial_date": string(10, 10)}),
    "timepicker": typed("timepicker", {}, SELECT | {"initial_time": string(5, 5), "timezone": string(100)}),
}  # fmt: skip
FIELDS: dict[str, Rule] = {
    "plain_text_input": typed("plain_text_input", {}, TEXT | {
        "multiline": flag, "min_length": number(0, 3000), "max_length": number(1, 3000)}),
    "email_text_input": typed("email_text_input", {}, TEXT),
    "url_text_input": typed("url_text_input", {}, TEXT),
    "number_input": typed("number_input", {"is_decimal_allowed": flag}, TEXT | {
        "min_value": string(50), "max_value": string(50)}),
    "rich_text_input": typed("rich_text_input", {}, TYPING | {"initial_value": RICH_TEXT}),
}  # fmt: skip
FILE_FIELD: dict[str, Rule] = {
    "file_input": typed("file_input", {}, ACTION | {
        "filetypes": items(string(50, 1), 100), "max_files": number(1, 10)}),
}  # fmt: skip
VERDICTS: dict[str, Rule] = {
    "feedback_buttons": typed("feedback_buttons", {"positive_button": FEEDBACK, "negative_button": FEEDBACK}, ACTION),
    "icon_button": typed("icon_button", {"icon": one_of("trash"), "text": plain(75)}, ACTION | {
        "value": string(2000), "confirm": CONFIRM, "accessibility_label": string(75),
        "visible_to_user_ids": items(string(255, 1), 100)}),
}  # fmt: skip
