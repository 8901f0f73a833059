"""Words that say the same in another part of speech: impfen, Impfung; evaluieren, Evaluation.

They are looked for with a question, never written into the index. Which nouns on -ung belong
to a verb of their own, the lexicon knows: "Zeitung" has nothing to do with "Zeit".
"""

from collections import defaultdict
from collections.abc import Iterable

from inforo.search.german import stem

SHORTEST_ROOT = 4
OF_NOUN = "lich"  # arztlich, kindlich, ehrenamtlich
OTHER_NOUNS = frozenset(["end", "freund", "haus", "herr", "sach", "wirk"])
IEREN = stem("evaluieren").removeprefix("evalu")  # what the stemmer leaves of it


class Relatives:
    """Stems of verbs and of their nouns, each leading to the other."""

    def __init__(self, verbs: Iterable[str] = ()) -> None:
        self.others: dict[str, set[str]] = defaultdict(set)
        for verb in verbs:
            root = verb.removesuffix("en" if verb.endswith("en") else "n")
            one, other = stem(verb), stem(f"{root}ung")
            if one != other:
                self.others[one].add(other)
                self.others[other].add(one)

    def of(self, stemmed: str) -> tuple[str, ...]:
        """Return the stems that belong to this one, the same for all processes."""
        found = sorted(self.others.get(stemmed, ()))
        if stemmed.endswith("ation") and len(stemmed) >= len("ation") + SHORTEST_ROOT:
            found.append(stemmed.removesuffix("ation") + IEREN)
        if stemmed.endswith(IEREN) and len(stemmed) >= len(IEREN) + SHORTEST_ROOT:
            found.append(stemmed.removesuffix(IEREN) + "ation")
        if stemmed.endswith(OF_NOUN) and stemmed.removesuffix(OF_NOUN) not in OTHER_NOUNS:
            root = stemmed.removesuffix(OF_NOUN)
            found += [root] if len(root) >= SHORTEST_ROOT else []
        return tuple(found)
