"""Password hashes: Argon2id over the NFKC form, with a bounded number at a time.

And which passwords are refused: no rules about kinds of characters, but nothing that is made
of repetitions, rows of keys, or words one would try first. All of it works offline.
"""

import os
import re
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from inforo.config import settings
from inforo.i18n import _

ENOUGH_LEFT = 6  # characters that must remain when everything guessable is taken out
FEW_DIFFERENT = 6
RUN = 4
LINES = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1234567890ß",
    "qwertzuiopü",
    "asdfghjklöä",
    "yxcvbnm",
    "qwertyuiop",
    "zxcvbnm",
    "1qay2wsx3edc4rfv5tgb6zhn7ujm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)
ROWS = tuple(row for line in LINES for row in (line, line[::-1]))
DISGUISES = str.maketrans({"@": "a", "€": "e", "$": "s", "!": "i"})

# Each hash takes its memory for 20 ms; more at once than cores only makes all of them wait.
slots = threading.BoundedSemaphore(os.cpu_count() or 1)


def hasher() -> PasswordHasher:
    return PasswordHasher(
        time_cost=settings.argon2_time_cost,
        memory_cost=settings.argon2_memory_kib,
        parallelism=1,
    )


def normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """Return the hash with its parameters and salt; takes about 20 ms."""
    with slots:
        return hasher().hash(normal(password))


def verify_password(hashed: str, password: str) -> bool:
    """Tell whether the password fits. Costs the same for unknown accounts (empty hash)."""
    with slots:
        try:
            return hasher().verify(hashed or dummy(), normal(password)) and bool(hashed)
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(hashed: str) -> bool:
    """Tell whether the hash was made with weaker settings than today's."""
    return hasher().check_needs_rehash(hashed)


def dummy() -> str:
    """Return a hash of nothing anybody knows, made once per set of parameters."""
    key = (settings.argon2_memory_kib, settings.argon2_time_cost)
    if key not in dummies:
        dummies[key] = hasher().hash(os.urandom(16).hex())
    return dummies[key]


dummies: dict[tuple[int, int], str] = {}


# What is easy to guess ------------------------------------------------------------------


def weakness(password: str, *personal: str) -> str:
    """Return in a sentence why a password is easy to guess or unusable; "" if it is good.

    `personal` are name, address, municipality …: what somebody would try first.
    """
    length, least = len(normal(password)), settings.password_min_length
    found: Any = ""
    if length < least:
        found = _(
            "Dieses Passwort hat %(length)s Zeichen. Bitte nehmen Sie mindestens %(least)s, "
            "zum Beispiel vier Wörter, die nichts miteinander zu tun haben.",
            length=length,
            least=least,
        )
    elif length > settings.password_max_length:
        most = settings.password_max_length
        found = _("Bitte nehmen Sie höchstens %(most)s Zeichen.", most=most)
    else:
        found = pattern(plain_letters(password), personal)
    return str(found)


def pattern(letters: str, personal: tuple[str, ...]) -> Any:
    """Return which pattern makes up nearly the whole password, "" if none does."""
    if is_repetition(letters):
        return _(
            "In diesem Passwort wiederholt sich immer dasselbe. Bitte wählen Sie ein anderes."
        )
    if len(without_runs(letters)) < ENOUGH_LEFT:
        return _(
            "Dieses Passwort folgt der Tastatur, dem Alphabet oder den Zahlen. "
            "Bitte wählen Sie ein anderes."
        )
    if letters in weak_words()[1]:
        return _("Diesen Satz kennen viele. Bitte wählen Sie ein anderes Passwort.")
    if len(without_words(letters, own_words(personal))) < ENOUGH_LEFT:
        return _(
            "Dieses Passwort besteht aus Wörtern, die man bei Ihnen zuerst versuchen würde "
            "(Name, Ort, Plattform, häufige Wörter). Bitte wählen Sie ein anderes."
        )
    return ""


def plain_letters(password: str) -> str:
    """Return letters and digits only, small, with the usual disguises (p@ssw0rt) undone."""
    small = normal(password).casefold().translate(DISGUISES)
    return "".join(char for char in small if char.isalnum()) or small


def is_repetition(letters: str) -> bool:
    """Tell whether few different characters, or one short part again and again, make it up."""
    if len(set(letters)) < FEW_DIFFERENT:
        return True
    halves = range(1, len(letters) // 2 + 1)
    return any((letters[:size] * len(letters))[: len(letters)] == letters for size in halves)


def without_runs(letters: str) -> str:
    """Return what is left when runs of keys, letters or digits are taken out."""
    for row in ROWS:
        for size in range(min(len(row), len(letters)), RUN - 1, -1):
            for start in range(len(row) - size + 1):
                letters = letters.replace(row[start : start + size], "")
    return letters


def without_words(letters: str, words: frozenset[str]) -> str:
    """Return what is left when known words, years and digits are taken out."""
    for word in sorted(words, key=len, reverse=True):
        letters = letters.replace(word, "")
    return re.sub(r"\d+", "", without_runs(letters))


def own_words(personal: tuple[str, ...]) -> frozenset[str]:
    parts = (re.split(r"[\W_]+", normal(text).casefold()) for text in personal)
    return weak_words()[0] | frozenset(
        part for words in parts for part in words if len(part) > 2
    )


@cache
def weak_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words and the whole phrases nobody should build a password from."""
    source = (Path(__file__).parent / "data" / "weak_words.txt").read_text()
    words, _blank, phrases = source.partition("\n\n")
    listed = [word for word in words.splitlines() if not word.startswith("#")]
    return frozenset(listed), frozenset(phrases.split())
