"""What is new in a mail: quotes and signatures of the programs people use are cut, and nothing else."""

from pathlib import Path

import pytest

from bot.channels.email.replies import new_text
from tests.support.rawmail import words

PAIRS = sorted((Path(__file__).parent / "replies").glob("*.txt"))
LEAST_PUBLIC = 62  # of 64; what is missing are two decisions: see the test below

OURS = """Bonjour Claire,

Sur quel système êtes-vous exactement ?
1. Windows
2. macOS

Essayez aussi de redémarrer le poste puis de relancer le client."""


def pair(file: Path) -> tuple[str, str]:
    mail, _, new = file.read_text().removeprefix("=== mail ===\n").partition("\n=== new ===\n")
    return mail, new


@pytest.mark.parametrize("file", PAIRS, ids=lambda file: file.stem)
def test_a_reply_from_a_common_program(file: Path) -> None:
    mail, new = pair(file)
    assert words(new) and words(new_text(mail)) == words(new)


def test_there_are_pairs_in_french_from_many_programs() -> None:
    assert len([file for file in PAIRS if file.name.startswith("fr-")]) >= 20


def test_the_public_pairs(shared: Path) -> None:
    folder = shared / "data" / "mails" / "reply-trimmer"
    files = sorted((folder / "emails").glob("*.txt"))
    right = {
        file.name
        for file in files
        if words(new_text(file.read_text())) == words((folder / "trimmed" / file.name).read_text())
    }
    assert len(files) == 64
    assert len(right) >= LEAST_PUBLIC, sorted({file.name for file in files} - right)
    assert {name for name in right if "french" in name} == {
        "embedded_email_french_1.txt",
        "embedded_email_french_2.txt",
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bonjour",
        "👍",
        "> tout est cité",
        "-- \nClaire",
        "Envoyé de mon iPhone",
        "Répondez au-dessus de cette ligne",
        "On Mon, 5 Jan 2026 at 10:02, Ann <ann@example.com> wrote:\n> all of it",
        "From: a@b.c\nSent: Monday 10:02\nTo: d@e.f\nSubject: x",
    ],
)
def test_where_nothing_would_be_left_all_is_kept(text: str) -> None:
    assert new_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "On 3 PCs I wrote:\n\n> del *.tmp\n\nand nothing happened.",
        "On Monday 5 January 2026 we wrote:\nthe same three mails.",
        "Le 3 mai 2026 à 10:15 j'ai écrit :\n« rien ne va »\net toujours rien.",
        "Le 3 mai 2026, Paul m'a écrit :\nviens vite, plus rien ne marche.",
        "Voici les étapes :\n- ouvrir\n- fermer\n--\n" + "et encore une ligne\n" * 40 + "fin",
        "Le message d'origine :\nje ne le trouve plus.",
        "De : Paris\nA : Lyon\nDate : 3 mai",
        "5 > 3 et 3 < 5\nc'est ce que dit l'écran",
        "Il a envoyé de mon compte trois mails\nque faire ?",
        "```\n# a comment\n####\n```\nEnd of it.",
    ],
)
def test_own_words_are_never_cut(text: str) -> None:
    assert words(new_text(text)) == words(text)


def test_answers_between_quoted_lines_keep_them() -> None:
    quoted = "Le 05/01/2026 à 10:02, Support a écrit :\n> Depuis quand ?\n\nHier.\n\n> Quel site ?\n\nLyon."
    assert words(new_text(f"Voir plus bas.\n\n{quoted}")) == "Voir plus bas. > Depuis quand ? Hier. > Quel site ? Lyon."


def test_the_end_of_a_wrapped_quote_is_no_answer() -> None:
    long = "> Pourriez-vous nous dire sur quel système vous êtes et depuis quand le\nproblème existe\n> Merci"
    assert new_text(f"Windows.\n\nLe 05/01/2026 à 10:02, Support a écrit :\n{long}") == "Windows."


@pytest.mark.parametrize("marked", ["", "> ", "| ", "    "])
def test_our_own_last_text_is_taken_off_in_any_language(marked: str) -> None:
    quoted = "\n".join(marked + line for line in OURS.split("\n"))
    text = f"C'est Windows 11.\n\nKohteesta 5.1.2026 klo 10:02 tuki@desk.example:\n\n{quoted}\n"
    assert new_text(text, OURS) == "C'est Windows 11."


def test_our_own_last_text_is_taken_off_above_the_answer() -> None:
    assert (
        new_text(f"{OURS}\n\nC'est macOS, et le redémarrage n'a rien changé.", OURS).strip().startswith("C'est macOS")
    )


def test_a_choice_that_is_copied_as_the_answer_is_kept() -> None:
    ours = "Que voulez-vous faire ?\n1. Redémarrer le poste maintenant et réessayer\n2. Parler à quelqu'un du support"
    assert (
        new_text("Redémarrer le poste maintenant et réessayer", ours) == "Redémarrer le poste maintenant et réessayer"
    )
    assert new_text("Merci.\nParler à quelqu'un du support\nsi possible", ours).count("Parler") == 1


def test_other_words_than_ours_stay_with_ours_given() -> None:
    assert new_text("Mon écran reste noir.\nDepuis hier.", OURS) == "Mon écran reste noir.\nDepuis hier."
