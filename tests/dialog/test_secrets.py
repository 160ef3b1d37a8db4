"""Secrets are found and masked, ordinary talk about passwords is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.secrets import MASK, find, mask

PRIVATE_KEY = "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----"
RECOVERY_KEY = "123456-234567-345678-456789-567890-678901-789012-890123"

TOLD = [
    ("mon mot de passe est Soleil2024!", "Soleil2024!", "password"),
    ("mdp : azerty", "azerty", "password"),
    ("MDP Azerty123 pas accepté", "Azerty123", "password"),
    ("password is hunter2", "hunter2", "password"),
    ("pwd=Tr0ub4dor&3", "Tr0ub4dor&3", "password"),
    ("my password is banana", "banana", "password"),
    ("mon mdp c'est Toto1234", "Toto1234", "password"),
    ("mot de passe : Bonjour123, merci", "Bonjour123", "password"),
    ("le mot de passe de ma session est Paris75011!", "Paris75011!", "password"),
    ("j'ai mis Soleil2024! comme mot de passe", "Soleil2024!", "password"),
    ("Soleil2024! est mon mot de passe", "Soleil2024!", "password"),
    ('Mon mot de passe : "ma phrase à moi"', "ma phrase à moi", "password"),
    ("identifiants : jdupont / Soleil2024!", "Soleil2024!", "password"),
    ("I changed my password to Summer2025!", "Summer2025!", "password"),
    ("mot de passe wifi : Guest-4821", "Guest-4821", "password"),
    ("mon mot de passe Soleil2024! ne marche pas", "Soleil2024!", "password"),
    ("mon mot de passe est hunter et mon login jdupont", "hunter", "password"),
    ("code pin : 4821", "4821", "password"),
    ("https://jean:secret1@intranet.example.org/x", "secret1", "password"),
    ("carte 4111 1111 1111 1111", "4111 1111 1111 1111", "card"),
    ("amex 378282246310005 refused", "378282246310005", "card"),
    ("IBAN FR76 3000 6000 0112 3456 7890 189 merci", "FR76 3000 6000 0112 3456 7890 189", "iban"),
    ("DE89370400440532013000", "DE89370400440532013000", "iban"),
    ("xoxb-123456789012-abcdefGHIJ", "xoxb-123456789012-abcdefGHIJ", "token"),
    ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "token"),
    ("token: 9f86d081884c7d659a2feaa0c55ad015", "9f86d081884c7d659a2feaa0c55ad015", "token"),
    ("clé api = abcdEFGH12345678ijkl", "abcdEFGH12345678ijkl", "token"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefgh", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefgh", "token"),
    ("key AKIAIOSFODNN7EXAMPLE here", "AKIAIOSFODNN7EXAMPLE", "token"),
    (f"voici\n{PRIVATE_KEY}\nmerci", PRIVATE_KEY, "private_key"),
    (f"the screen wants {RECOVERY_KEY}", RECOVERY_KEY, "recovery_key"),
    ("mon code de vérification est 482913", "482913", "code"),
    ("the verification code is 482 913", "482 913", "code"),
    ("OTP: 552211", "552211", "code"),
]

HARMLESS = [
    "mon mot de passe ne marche plus",
    "my password is expired",
    "mon mot de passe est expiré depuis hier",
    "mon mot de passe est toujours refusé",
    "my password is not working",
    "password: expired",
    "mot de passe : impossible de le changer",
    "mot de passe Office365 perdu",
    "password AADSTS50126",
    "mot de passe et mon compte est bloqué",
    "my password and my laptop is slow",
    "my password is too short",
    "the password is case-sensitive",
    "Mon mot de passe est bloqué !",
    "mon mot de passe c'est bizarre il marche pas",
    "changed my password to something longer",
    "J'ai changé mon mot de passe en janvier",
    "code d'erreur 50076",
    "error code is 500121",
    "le code est 809",
    "commande 2024001234",
    "réunion à 14h30",
    "06 12 34 56 78",
    "IMEI 356938035643809",
    "carte 4111 1111 1111 1112",
    "IBAN FR76 3000 6000 0112 3456 7890 188",
]


@pytest.mark.parametrize(("text", "secret", "kind"), TOLD)
def test_a_secret_that_is_told_is_masked_and_nothing_around_it(text: str, secret: str, kind: str) -> None:
    masked, secrets = mask(text)
    assert [(text[one.start : one.end], one.kind) for one in secrets] == [(secret, kind)]
    assert masked == text.replace(secret, MASK)


@pytest.mark.parametrize("text", HARMLESS)
def test_talk_about_passwords_numbers_and_codes_is_no_secret(text: str) -> None:
    assert find(text) == ()


def test_several_secrets_in_one_message_are_all_masked() -> None:
    masked, secrets = mask("mdp : Toto1234! et ma carte 4111 1111 1111 1111")
    assert masked == f"mdp : {MASK} et ma carte {MASK}"
    assert [one.kind for one in secrets] == ["password", "card"]


WORDS = st.sampled_from(
    [part for text, *_ in TOLD for part in text.split()] + ["•••••", "\n", ":", "=", "est", "is", "\ud800"]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=12).map(" ".join))
def test_masking_a_masked_text_changes_nothing(text: str) -> None:
    masked, secrets = mask(text)
    assert mask(masked) == (masked, ())
    assert all(0 <= one.start < one.end <= len(text) for one in secrets)


def test_a_long_text_is_searched_in_good_time() -> None:
    assert find("mot de passe de " * 60_000) == ()
