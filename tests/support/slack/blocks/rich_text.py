"""Schema of `rich_text`, element by element."""

from tests.support.slack.blocks.rules import Rule, flag, items, kind, number, one_of, shape, string, typed

MOST = 4000  # characters in one leaf; Slack names no smaller limit
STYLE = shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight", "unlink"), flag))
MENTION_STYLE = shape(
    {}, dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink", "underline"), flag)
)
ID = string(255, 1)

LEAVES: dict[str, Rule] = {
    "text": typed("text", {"text": string(MOST, 1)}, {"style": STYLE}),
    "link": typed("link", {"url": string(3000, 1)}, {"text": string(MOST), "unsafe": flag, "style": STYLE}),
    "emoji": typed(
        "emoji",
        {"name": string(255, 1)},
        {"unicode": string(255), "skin_tone": number(1, 6), "url": string(3000), "style": STYLE},
    ),
    "user": typed("user", {"user_id": ID}, {"style": MENTION_STYLE}),
    "usergroup": typed("usergroup", {"usergroup_id": ID}, {"style": MENTION_STYLE}),
    "channel": typed("channel", {"channel_id": ID}, {"style": MENTION_STYLE}),
    "broadcast": typed("broadcast", {"range": one_of("here", "channel", "everyone")}, {"style": MENTION_STYLE}),
    "color": typed("color", {"value": string(255, 1)}, {"style": STYLE}),
    "date": typed(
        "date",
        {"timestamp": number(0, 2**53), "format": string(255, 1)},
        {"url": string(3000), "fallback": string(MOST), "style": STYLE},
    ),
    "team": typed("team", {"team_id": ID}, {"style": MENTION_STYLE}),
}
# Code shows no styles and pings nobody.
IN_CODE: dict[str, Rule] = {name: LEAVES[name] for name in ("text", "link")}

LINE = items(kind(LEAVES, "rich text element"), 10_000, 0)
SECTION = typed("rich_text_section", {"elements": LINE})
PARTS: dict[str, Rule] = {
    "rich_text_section": SECTION,
    "rich_text_quote": typed("rich_text_quote", {"elements": LINE}, {"border": number(0, 1)}),
    "rich_text_preformatted": typed(
        "rich_text_preformatted",
        {"elements": items(kind(IN_CODE, "rich text element"), 10_000, 0)},
        {"border": number(0, 1), "language": string(255)},
    ),
    "rich_text_list": typed(
        "rich_text_list",
        {
            "style": one_of("bullet", "ordered"),
            "elements": items(kind({"rich_text_section": SECTION}, "list item"), 10_000),
        },
        {"indent": number(0, 8), "border": number(0, 1), "offset": number(0, 2**31)},
    ),
}
RICH_TEXT = typed("rich_text", {"elements": items(kind(PARTS, "rich text part"), 1000)}, {"block_id": string(255)})
