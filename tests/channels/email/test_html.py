"""HTML mail as text: laid out, without what hides, quotes known by the marks of each program."""

import pytest

from bot.channels.email.html import Page
from tests.support.rawmail import read, words

QUOTE = "Bonjour,<br>Essayez ceci.<br>Le support"
HEADER = (
    "<b>De :</b> Support &lt;s@x.fr&gt;<br><b>Envoyé :</b> lundi 5 janvier 2026 10:02<br><b>À :</b> C<br>"
    "<b>Objet :</b> VPN"
)


def text_of(html: str) -> str:
    return Page(html).text()


def test_a_page_is_laid_out_in_lines() -> None:
    html = """<html><head><style>p {}</style><title>x</title></head><body>Bonjour,<br><br>Mon  VPN
      ne marche <b>plus</b>.<p>Deux essais :</p><ol><li>redémarré</li><li>relancé</li></ol><ul><li>rien</li></ul>
      <table><tr><td>Code</td><td>809</td></tr><tr><td>Poste</td><td>12</td></tr></table><pre>a
  b</pre><!-- caché --><script>x()</script></body></html>"""
    assert text_of(html) == (
        "Bonjour,\n\nMon VPN ne marche plus.\n\nDeux essais :\n\n1. redémarré\n2. relancé\n- rien\n\n"
        "Code  809\nPoste  12\n\na\n  b"
    )


def test_an_empty_paragraph_is_an_empty_line() -> None:
    lines = "".join(f'<p class="MsoNormal">{line}<o:p></o:p></p>' for line in ("Un", "Deux", "&nbsp;", "Trois"))
    assert text_of(lines) == "Un\nDeux\n\nTrois"
    assert text_of("<div>Un</div><div>Deux</div><div><br></div><div>Trois</div>") == "Un\nDeux\n\nTrois"


@pytest.mark.parametrize(
    "hidden", ["display:none", "DISPLAY : none", "visibility:hidden", "mso-hide:all", "font-size:0px;color:red"]
)
def test_what_hides_is_not_told(hidden: str) -> None:
    assert text_of(f'<div>Vu <span style="{hidden}">caché <b>aussi</b></span>encore</div>') == "Vu encore"


def test_where_a_link_leads_is_told_where_its_words_do_not() -> None:
    assert text_of('<a href="https://evil.example/x">www.banque.fr</a>') == "www.banque.fr <https://evil.example/x>"
    assert text_of('<a href="https://x.example/">x.example</a>') == "x.example"
    assert text_of('<a href="javascript:x()">ici</a> <a href="mailto:a@b.c">a@b.c</a>') == "ici a@b.c"


PROGRAMS = {
    "gmail": f"""<div dir="ltr">Ça marche.</div><br><div class="gmail_quote gmail_quote_container">
        <div class="gmail_attr">Le lun. 5 janv., S &lt;s@x.fr&gt; a écrit :</div>
        <blockquote class="gmail_quote">{QUOTE}</blockquote></div>""",
    "outlook": f"""<div class="WordSection1"><p class="MsoNormal">Ça marche.</p><div>
        <div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p>{HEADER}</p></div></div>
        <p>{QUOTE}</p></div>""",
    "outlook-web": f"""<div>Ça marche.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{HEADER}</div>
        <div>{QUOTE}</div>""",
    "outlook-web-without-a-mark": f"""<div>Ça marche.</div><hr tabindex="-1"><div id="divRplyFwdMsg">{HEADER}</div>
        <div>{QUOTE}</div>""",
    "outlook-mobile": f"""<div>Ça marche.</div><div id="ms-outlook-mobile-signature">Obtenez Outlook pour iOS</div>
        <div id="mail-editor-reference-message-container">{HEADER}<br>{QUOTE}</div>""",
    "apple": f"""Ça marche.<br><div><br><blockquote type="cite">
        <div>Le 5 janv. 2026 à 10:02, S &lt;s@x.fr&gt; a écrit :</div>
        <div>{QUOTE}</div></blockquote></div>""",
    "thunderbird": f"""<p>Ça marche.</p><div class="moz-cite-prefix">Le 05/01/2026 à 10:02, S a écrit :<br></div>
        <blockquote type="cite">{QUOTE}</blockquote><div class="moz-signature">-- <br>Claire</div>""",
    "yahoo": f"""<div>Ça marche.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>Le lundi, S a écrit :</div>
        {QUOTE}</div>""",
    "proton": f"""<div>Ça marche.</div><div class="protonmail_quote">Le lundi 5 janvier 2026 à 10:02, S &lt;s@x.fr&gt;
        a écrit :<br><blockquote class="protonmail_quote" type="cite">{QUOTE}</blockquote></div>""",
    "zimbra": f"""<div>Ça marche.</div><hr id="zwchr" data-marker="__DIVIDER__">
        <div data-marker="__HEADERS__">{HEADER}</div><div data-marker="__QUOTED_TEXT__">{QUOTE}</div>""",
    "samsung": f"""<div>Ça marche.</div><div>-------- Message d’origine --------</div><div>{HEADER}</div>
        <div>{QUOTE}</div>""",
}


@pytest.mark.parametrize("html", PROGRAMS.values(), ids=PROGRAMS)
def test_what_programs_quote_is_cut(html: str) -> None:
    mail = read(html, content_type="text/html; charset=utf-8", subject="Re: VPN")
    assert mail.text == "Ça marche."
    assert "Essayez ceci." in mail.full_text


GREEK = "<b>Από:</b> Support<br><b>Στάλθηκε:</b> Δευτέρα<br><b>Προς:</b> C<br><b>Θέμα:</b> VPN"


@pytest.mark.parametrize(
    "mark",
    [
        '<div id="divRplyFwdMsg">',
        '<div><div style="border: none; border-top: solid #B5C4DF 1.0pt; padding: 3.0pt 0cm 0cm 0cm">',
        '<div id="mail-editor-reference-message-container">',
        '<hr id="stopSpelling">',
        '<hr data-marker="__DIVIDER__">',
    ],
)
def test_the_mark_of_a_program_is_enough_in_any_language(mark: str) -> None:
    html = f"<div>Ça marche.</div>{mark}{GREEK}</div></div><div>{QUOTE}</div>"
    assert read(html, content_type="text/html; charset=utf-8", subject="Re: VPN").text == "Ça marche."


def test_a_line_of_the_writers_own_above_words_is_no_mark() -> None:
    html = '<div>Ça.</div><div style="border:none;border-top:solid #E1E1E1 1.0pt">Marche.</div>'
    assert words(read(html, content_type="text/html; charset=utf-8", subject="Re: VPN").text) == "Ça. Marche."


def test_answers_between_quotes_stay() -> None:
    html = f'<div class="gmail_quote"><blockquote class="gmail_quote">{QUOTE}</blockquote></div><div>Depuis hier.</div>'
    assert read(html + f'<blockquote type="cite">{QUOTE}</blockquote>À Lyon.', content_type="text/html").text == (
        "Depuis hier.\nÀ Lyon."
    )


def test_indented_words_of_the_writer_stay() -> None:
    assert words(read("Il affiche :<blockquote>Erreur 809</blockquote>", content_type="text/html").text) == (
        "Il affiche : Erreur 809"
    )


def test_what_would_leave_nothing_is_not_cut() -> None:
    assert "Essayez" in read(f'<blockquote type="cite">{QUOTE}</blockquote>', content_type="text/html").text


def test_a_forwarded_page_is_kept_whole() -> None:
    html = f'<div>Voir dessous</div><div id="divRplyFwdMsg">{HEADER}</div><div>Panne chez Paul</div>'
    mail = read(html, content_type="text/html; charset=utf-8", subject="TR: VPN")
    assert mail.forwarded and "Panne chez Paul" in mail.text


@pytest.mark.parametrize(
    "html", ["", " ", "<", "<>", "<!-- x", "\x00", "<body>", "</p></div>", "<?xml version='1.0'?>", "&#xD800;"]
)
def test_no_page_is_too_broken(html: str) -> None:
    page = Page(html)
    page.cut()
    page.text().encode()
