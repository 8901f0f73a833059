"""Builds the compound lexicon once, at set-up, from simplemma's German word list.

The list knows over a million forms. A noun of the list that is another noun with a word
in front of it tells us about both parts; counted over the whole list this is all the
splitter needs. The list also says which forms verbs have (`verbforms.py`). The result is a
file of about 2.5 MB in the instance folder.
"""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from inforo.search.compounds import SUFFIXES
from inforo.search.verbforms import stems_of_verbs
from inforo.search.wordlist import WordList

WORTH_KEEPING = 4  # counts below are noise
FREQUENT_FRONT = 20


def build(path: Path) -> int:
    """Write the lexicon file and return its number of entries; takes some seconds."""
    dictionary = DefaultDictionaryFactory(cache_max_size=1).get_dictionary("de")
    counts = count_parts(WordList(dictionary.items()))
    write_atomically(path, json.dumps(counts, separators=(",", ":")))
    return sum(map(len, counts.values()))


def is_current(path: Path) -> bool:
    """Tell whether there is a lexicon with all parts that are read of one today."""
    return path.exists() and '"forms":' in path.read_text(encoding="utf-8")


def count_parts(words: WordList) -> dict[str, dict[str, int] | dict[str, str] | list[str]]:
    """Return what `compounds.Lexicon` holds."""
    front: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for noun in words.base_nouns & words.nouns:
        for first, second in cuts(noun, shortest=3, word_from=8):
            if is_compound(words, first, second) and not is_twofold(words, first, second):
                front[first] += 1
                back[second] += 1
    adjectives = Counter(
        second
        for adjective in words.base_others
        for first, second in cuts(adjective, shortest=4, word_from=9)
        if second in words.others and front[first] >= FREQUENT_FRONT
    )
    return {
        "front": keep(front),
        "back": keep(back),
        "adjectives": {word: n for word, n in keep(adjectives).items() if word not in back},
        "nouns": sorted(plain_nouns(words.base_nouns, front, back)),
        "verbs": sorted(verbs_behind_nouns(words)),
        "forms": dict(sorted(stems_of_verbs(words))),
    }


def is_compound(words: WordList, first: str, second: str) -> bool:
    return second in words.nouns and words.is_front(first)


def is_twofold(words: WordList, first: str, second: str) -> bool:
    """Tell whether the s may link or begin a word: Volk|sport tells nothing about a port."""
    if first.endswith("s"):
        return is_compound(words, first[:-1], f"s{second}")
    return second.startswith("s") and is_compound(words, f"{first}s", second[1:])


def cuts(word: str, *, shortest: int, word_from: int) -> Iterator[tuple[str, str]]:
    if len(word) >= word_from:
        for at in range(shortest, len(word) - shortest + 1):
            if word[at:] not in SUFFIXES:
                yield word[:at], word[at:]


def keep(counts: Counter[str]) -> dict[str, int]:
    return {word: n for word, n in counts.items() if n >= WORTH_KEEPING}


def verbs_behind_nouns(words: WordList) -> Iterator[str]:
    """Yield the verbs of nouns on -ung, as impfen of Impfung; not bilden: Bild is another."""
    for noun in words.base_nouns:
        root = noun.removesuffix("ung")
        verb = root + ("n" if root.endswith(("er", "el")) else "en")
        if noun.endswith("ung") and verb in words.base_others and root not in words.nouns:
            yield verb


def plain_nouns(nouns: set[str], front: Counter[str], back: Counter[str]) -> Iterator[str]:
    """Yield the nouns of ordinary length that are not compounds themselves."""
    for noun in nouns:
        if 5 <= len(noun) <= 14 and not any(
            front[first] >= 10 and back[second] >= 10
            for first, second in cuts(noun, shortest=3, word_from=6)
        ):
            yield noun


def write_atomically(path: Path, text: str) -> None:
    """Replace the file in one step, so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
