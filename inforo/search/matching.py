"""Writes a question in the languages of the two databases.

What reaches MATCH and tsquery are stems of [0-9a-z] only (`german.fold` sees to it, and
`word` refuses anything else), so no syntax of either language can be typed in.
"""

import re
from collections.abc import Callable, Sequence

from inforo.search.question import Question
from inforo.search.synonyms import Phrase
from inforo.search.terms import Alternative, Term

STEM = re.compile(r"[0-9a-z]+")


def word(stem: str) -> str:
    """Return the stem; the gate before both query languages."""
    if not STEM.fullmatch(stem):
        raise ValueError(f"not a stem: {stem!r}")
    return stem


def sqlite_phrase(phrase: Phrase) -> str:
    quoted = '"' + " ".join(map(word, phrase)) + '"'
    return quoted if len(phrase) == 1 else f"{{title_stems body_stems}} : {quoted}"


def sqlite_title_phrase(phrase: Phrase) -> str:
    quoted = '"' + " ".join(map(word, phrase)) + '"'
    return quoted if len(phrase) == 1 else f"{{title_stems}} : {quoted}"


def postgres_phrase(phrase: Phrase) -> str:
    if len(phrase) == 1:
        return f"'{word(phrase[0])}'"
    return "(" + " <-> ".join(f"'{word(stem)}':AB" for stem in phrase) + ")"


def postgres_title_phrase(phrase: Phrase) -> str:
    return "(" + " <-> ".join(f"'{word(stem)}'" for stem in phrase) + ")"


def sqlite(question: Question, terms: Sequence[Term], *, in_title: bool = False) -> str:
    """Return the FTS5 expression for these terms, for `search_index` or `search_titles`."""
    phrase, columns = sqlite_phrase, "title_stems body_stems title_parts"
    if in_title:
        phrase, columns = sqlite_title_phrase, "title_stems title_parts"
    wanted = write(terms, phrase, " AND ", " OR ")
    unwanted = " OR ".join(f"{{{columns}}} : {phrase((stem,))}" for stem in question.excluded)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def postgres(question: Question, terms: Sequence[Term], *, in_title: bool = False) -> str:
    """Return the tsquery for these terms of the question."""
    phrase = postgres_title_phrase if in_title else postgres_phrase
    wanted = write(terms, phrase, " & ", " | ")
    label = "" if in_title else ":ABC"
    unwanted = "".join(f" & !'{word(stem)}'{label}" for stem in question.excluded)
    return f"({wanted}){unwanted}"


def write(
    terms: Sequence[Term],
    phrase: Callable[[Phrase], str],
    all_word: str,
    any_word: str,
) -> str:
    """Write that all terms are wanted, each in one of its alternatives."""

    def joined(parts: list[str], by: str) -> str:
        return parts[0] if len(parts) == 1 else f"({by.join(parts)})"

    def alternative(conditions: Alternative) -> str:
        return joined(
            [joined(list(map(phrase, condition)), any_word) for condition in conditions],
            all_word,
        )

    def written(term: Term) -> str:
        return joined(list(map(alternative, term.alternatives)), any_word)

    return joined(list(map(written, terms)), all_word)


def sqlite_beginnings(stems: Sequence[str], alternatives: Sequence[Sequence[str]]) -> str:
    """Return the FTS5 expression for a title that is still being typed."""
    whole, begun = alternatives
    last = [f'"{word(stem)}"' for stem in whole] + [f'"{word(stem)}" *' for stem in begun]
    wanted = [f'"{word(stem)}"' for stem in stems] + [f"({' OR '.join(last)})"]
    return " AND ".join(wanted)


def postgres_beginnings(stems: Sequence[str], alternatives: Sequence[Sequence[str]]) -> str:
    """Return the tsquery for a title that is still being typed."""
    whole, begun = alternatives
    last = [f"'{word(stem)}'" for stem in whole] + [f"'{word(stem)}':*" for stem in begun]
    wanted = [f"'{word(stem)}'" for stem in stems] + [f"({' | '.join(last)})"]
    return " & ".join(wanted)
