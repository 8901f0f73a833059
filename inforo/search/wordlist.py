"""A German word list, read for what can be counted or looked up in it."""

import re
from collections import defaultdict
from collections.abc import Iterable

from inforo.search.german import fold

LINKS = ("", "s", "es", "n", "en", "e", "er", "ns", "ens")
PLAIN_WORD = re.compile(r"[A-ZÄÖÜa-zäöü][a-zäöüß]{2,39}")
TELLING = ("t", "en", "end")  # endings of the forms of a verb whose stem may be another


class WordList:
    """The folded words of a dictionary: nouns and others, all forms and base forms."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        self.nouns: set[str] = set()
        self.others: set[str] = set()
        self.base_nouns: set[str] = set()
        self.base_others: set[str] = set()
        self.verbs: dict[str, set[str]] = defaultdict(set)  # infinitive -> some of its forms
        for form, lemma in forms:
            if PLAIN_WORD.fullmatch(form):
                (self.nouns if form[0].isupper() else self.others).add(fold(form))
            if PLAIN_WORD.fullmatch(lemma):
                lemmas = self.base_nouns if lemma[0].isupper() else self.base_others
                lemmas.add(fold(lemma))
                if lemma.endswith("n") and form.endswith(TELLING) and (form + lemma).islower():
                    self.verbs[fold(lemma)].add(fold(form))

    def is_front(self, part: str) -> bool:
        """Tell whether the part may stand in front: a linked noun, or a verb or adjective."""
        if len(part) >= 4 and part in self.others and part not in self.nouns:
            return True
        return any(
            part.endswith(link)
            and len(part) - len(link) >= 3
            and part[: len(part) - len(link)] in self.nouns
            for link in LINKS
        )
