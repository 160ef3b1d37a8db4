"""Articles are cut into paragraphs and passages that can be cited, and long ones are quoted around the answer."""

from hypothesis import given
from hypothesis import strategies as st

from bot.kb.passages import LONGEST, MOST, paragraphs, passages, plain, quote

BODY = """\
Intro **bold** with a [link](https://example.org/x).

## Steps

1. Open *Settings*.
2. Choose Network.


Last words."""


def test_a_heading_stays_with_what_follows_it():
    assert paragraphs(BODY)[1] == "## Steps\n1. Open *Settings*.\n2. Choose Network."
    assert len(paragraphs(BODY)) == 3


def test_passages_name_their_paragraph_and_hold_no_marks():
    told = [(one.paragraph, one.text) for one in passages(BODY)]
    assert told == [
        (1, "Intro bold with a link."),
        (2, "Steps Open Settings. Choose Network."),
        (3, "Last words."),
    ]


def test_a_long_paragraph_is_cut_between_sentences():
    told = list(passages(" ".join(f"Sentence number {at} is here." for at in range(40))))
    assert len(told) > 5
    assert all(len(one.text) <= LONGEST and one.text.endswith(".") and one.paragraph == 1 for one in told)


def test_a_short_article_is_quoted_whole_and_a_long_one_around_the_answer():
    assert quote(BODY, 2) == BODY
    long = "\n\n".join(f"Paragraph {at}. " + "word " * 60 for at in range(20))
    told = quote(long, 8)
    assert told.startswith("Paragraph 7.")
    assert len(told) < 1_300


@given(st.text(max_size=400), st.integers(-5, 400))
def test_any_text_may_be_cut_and_quoted(body, paragraph):
    told = list(passages(body))
    assert len(told) <= MOST
    assert all(1 <= one.paragraph <= max(1, len(paragraphs(body))) for one in told)
    quote(body * 20, paragraph)
    plain(body)
