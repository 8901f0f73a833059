"""Which passwords are refused, and how they are kept."""

import pytest

from inforo import passwords


@pytest.mark.parametrize(
    "weak",
    [
        "kurz",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "qwertzuiopasdfghjkl",
        "12345678901234567890",
        "1qay2wsx3edc4rfv",
        "Passwort123456789!",
        "inforo-Mannheim-2026",
        "Sommer2026Sommer2027",
        "HalloHalloWillkommen1",
        "Anna.Albrecht.1984!",
        "correct horse battery staple",
        "p@sswortp@sswort1234",
        "x" * 257,
    ],
)
def test_guessable_password_is_refused_with_a_reason(weak):
    assert passwords.weakness(weak, "Anna Albrecht", "anna@mannheim.example")


@pytest.mark.parametrize(
    "good",
    [
        "korrekt Pferd Batterie Klammer",
        "Tinte Gletscher Uhu 7 Waschbrett",
        "🙂 vier Tassen Grünkohl am Deich",
        "zkvqjwxhplrtnmbd",
    ],
)
def test_long_unusual_password_is_fine(good):
    assert passwords.weakness(good, "Anna Albrecht") == ""


def test_same_password_typed_on_another_keyboard_fits():
    composed, decomposed = (
        "Käsebrötchen mit Füllung",
        "Ka\u0308sebro\u0308tchen mit Fu\u0308llung",
    )

    assert passwords.verify_password(passwords.hash_password(composed), decomposed)


def test_nothing_fits_an_unknown_account():
    assert not passwords.verify_password("", "korrekt Pferd Batterie Klammer")
