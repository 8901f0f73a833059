"""How well somebody fits a question: words of what they can help with, and topics."""

from zlib import crc32

from inforo.accounts.models import search_key

STEM = 6  # so many letters of a word must agree: "Hebammen", "Hebammennetz"
SHORTEST = 4
WORD, TOPIC, NEAR = 3, 2, 1
# Words of questions that say nothing about what they are about.
EMPTY = frozenset(
    search_key(
        "aber alle andere auch beim bitte dann dass denn dies diese durch eine einen einem "
        "einer erfahrung erfahrungen erreichen fragen gern gibt haben habt hallo helfen "
        "hilfe ihnen ihre ihren jemand kann kennt können machen macht mehr mein nach nicht "
        "noch oder sich sind über unser unsere vom wann warum weiß welche wenn werden wer "
        "wird wollen zum zur"
    ).split()
)


def stems(words: str) -> set[str]:
    """Return the beginnings of the words that say something, for comparing."""
    found = (word for word in search_key(words).split() if len(word) >= SHORTEST)
    return {word[:STEM] for word in found if word not in EMPTY}


def score(wanted: set[str], topics: set[int], helps: str, known: set[int]) -> int:
    """Return how well what somebody knows fits what is wanted; 0: not at all."""
    return WORD * len(wanted & stems(helps)) + TOPIC * len(topics & known)


def turn(thread_id: int, account_id: int) -> int:
    """Return a number that spreads questions over people who fit equally well."""
    return crc32(f"{thread_id}:{account_id}".encode())
