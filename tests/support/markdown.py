"""Documents that mean harm, or are merely odd, and what a reader must find of them."""

from hypothesis import strategies as st

from bot.channels.render.splitting import visible
from bot.channels.render.tree import tree_of

PIECES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[", "](", ")",
    "![x](https://e.invalid/p.png)", "<https://e.invalid>", "**", "*", "_", "~~", "`", "```\n", "> ", "- ", "1. ", "\n",
    "\n\n", "   ", "[a](/ok)", "[a](//e.invalid)", "[a](data:text/html,x)", "|a|b|\n|-|-|\n", '" onclick="', "\x1b[31m",
    "[a]: javascript:x\n", "<!channel>", "<!here|here>", "<@U123>", "<#C1>", "<!subteam^S1>", "@here", "@channel",
    "@a_name", "&lt;!channel&gt;", "[a](tg://user?id=1)", "[@bob](https://e.invalid/@bob)", "https://e.invalid/@bob",
    "[mail](mailto:a@b.invalid)", "[x](https://e.invalid/a|b>c)", "\u202e", "http://[", "[a](http://[)", "\x00", "&",
    "👩‍👩‍👧‍👦", "🇫🇷", "👍🏽", "e\u0301", "שלום עולם", "مرحبا", "\u200b", "\u00a0", "# ", "---\n", "word " * 40,
]  # fmt: skip

hostile = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=30).map("".join)
# Long enough for several parts.
lengthy = st.tuples(hostile, st.integers(1, 400)).map(lambda told: (told[0] + "\n") * told[1])


def readable(document):
    """Every character a reader sees, in order; an @ may be encoded."""
    leaves = (
        node.content
        for node in tree_of(document).walk(include_self=False)
        if not node.children and node.type != "inline"
    )
    return [char for leaf in leaves for char in leaf if char != "@" and visible(char)]


def in_order(wanted, told):
    """Whether `told` holds everything that is wanted, in order."""
    rest = iter(told)
    return all(one in rest for one in wanted)
