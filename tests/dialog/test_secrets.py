"""Secrets are found and masked, ordinary talk about passwords is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.secrets import MASK, find, mask

PRIVATE_KEY = "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----"
CUT_KEY = f"-----BEGIN EC PRIVATE KEY-----\n{'MHcCAQEEIIGlRFF4' * 4}\nxYz7Q"
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
    (f"{CUT_KEY}\nPermission denied (publickey)", CUT_KEY, "private_key"),
    (f"the screen wants {RECOVERY_KEY}", RECOVERY_KEY, "recovery_key"),
    ("mon code de vérification est 482913", "482913", "code"),
    ("the verification code is 482 913", "482 913", "code"),
    ("OTP: 552211", "552211", "code"),
    ("db_password=Soleil24", "Soleil24", "password"),
    ('{"user": "jsmith", "password": "winter2023"}', "winter2023", "password"),
    ("<password>winter2023</password>", "winter2023", "password"),
    ("User Id=sa;Password=Winter2023;Encrypt=True", "Winter2023", "password"),
    ("curl -u jsmith:Winter2023! https://api.example.org", "Winter2023!", "password"),
    ("mon mot de passe est cheval bleu tulipe mais il est refusé", "cheval bleu tulipe", "password"),
    ("le mot de passe 'azerty' est refusé", "azerty", "password"),
    ("my creds are jsmith:Winter2023!", "Winter2023!", "password"),
    ("ftp://jean:P@ris/75@ftp.example.org:21/x?to=a@b.fr", "P@ris/75", "password"),
    ("https://example.org/reset?id=4&token=abc123def456", "abc123def456", "token"),
    ("carte 4111 1111 1111 1111 10/27", "4111 1111 1111 1111", "card"),
    ("AKIAPIBIMYZMGDRHTBFH ne marche pas", "AKIAPIBIMYZMGDRHTBFH", "token"),
    (
        "secret access key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1",
        "token",
    ),
    ("l'API me répond 403 avec 7b2f1c1e-93d4-4f4a-9a55-0d7c5bb0a7e2", "7b2f1c1e-93d4-4f4a-9a55-0d7c5bb0a7e2", "token"),
    ("le code que j'ai reçu par SMS est 4829", "4829", "code"),
    ("482913 is your sign-in code", "482913", "code"),
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
    "SIRET 36252187900034",
    "mot de passe : minimum 12 caractères",
    "avec le mot de passe provisoire, ça marche",
    "mot de passe **actuel**",
    "mot de passe #REQ0020931 toujours bloqué",
    "with a password of 8 characters or more",
    "my password expired while I was away",
    "my password is case sensitive",
    "voilà ce qui se passe : écran noir",
    "code erreur 500121 à la connexion MFA",
    "le code article 482913 est refusé",
    "SMS code never arrives on +44 7700 900123",
    "I did not get the text, call me on 4521",
    "l'API renvoie 500, X-Request-Id: 7b2f1c1e-93d4-4f4a-9a55-0d7c5bb0a7e2",
    "commit 9fceb02d0ae598e95dc970b74767f19372d61af8 broke the API",
    "the SSH key fingerprint is SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
    "product key VK7JG-NPHTM-C97JM-9MPGT-3V66T rejected",
    "https://example.org/docs/1A2b3C4d5E6f7G8h9I0jK1l2M3n4O5p6",
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
