"""Words that say the same in another form: erreichen, erreicht; impfen, Impfung; evaluieren,
Evaluation.

They are looked for with a question, never written into the index. Which forms a verb has, and
which nouns on -ung belong to one of their own, the lexicon knows: "Zeitung" has nothing to do
with "Zeit".
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from inforo.search.german import stem

SHORTEST_ROOT = 4
OF_NOUN = "lich"  # arztlich, kindlich, ehrenamtlich
# partizipativ, Partizipation; Koordinator, Koordination
PAIRS = (("iv", "ion"), ("ion", "iv"), ("ator", "ation"), ("ation", "ator"))
# Roots of words that only look like such a pair: positiv, Position.
NO_PAIRS = frozenset(
    ["alternat", "attrakt", "fass", "indik", "kollekt", "konservat", "operat", "pass"]
    + ["posit", "relat", "ventil"]
)
OTHER_NOUNS = frozenset(["end", "freund", "haus", "herr", "land", "sach", "wirk"])
IEREN = stem("evaluieren").removeprefix("evalu")  # what the stemmer leaves of it


class Relatives:
    """Stems of verbs and of their nouns, each leading to the other."""

    def __init__(
        self,
        verbs: Iterable[str] = (),
        forms: Mapping[str, str] = MappingProxyType({}),
        nouns: Collection[str] = (),
    ) -> None:
        self.others: dict[str, set[str]] = defaultdict(set)
        self.forms: dict[str, str] = {}  # stem of one form -> all stems of the verb
        for verb in verbs:
            root = verb.removesuffix("en" if verb.endswith("en") else "n")
            one, other = stem(verb), stem(f"{root}ung")
            if one != other:
                self.others[one].add(other)
                self.others[other].add(one)
        for verb, stems in forms.items():
            self.add_forms(stems, f"{verb.removesuffix('en')}ung", nouns)

    def add_forms(self, stems: str, noun: str, nouns: Collection[str]) -> None:
        """Note which stems are one verb, and that "geplant" leads to "Planung"."""
        for one in stems.split():
            known = self.forms.get(one)
            self.forms[one] = f"{known} {stems}" if known else stems
            if noun in nouns and one.startswith("ge"):
                self.others[one].add(stem(noun))

    def forms_of(self, stemmed: str) -> tuple[str, ...]:
        """Return the other stems of the same verb: erreicht -> erreich."""
        return tuple(sorted({*self.forms.get(stemmed, "").split()} - {stemmed}))

    def of(self, stemmed: str) -> tuple[str, ...]:
        """Return the stems that belong to this one, the same for all processes."""
        found = sorted(self.others.get(stemmed, ()))
        if stemmed.endswith("ation") and len(stemmed) >= len("ation") + SHORTEST_ROOT:
            found.append(stemmed.removesuffix("ation") + IEREN)
        if stemmed.endswith(IEREN) and len(stemmed) >= len(IEREN) + SHORTEST_ROOT:
            found.append(stemmed.removesuffix(IEREN) + "ation")
        found += paired(stemmed)
        if stemmed.endswith(OF_NOUN) and stemmed.removesuffix(OF_NOUN) not in OTHER_NOUNS:
            root = stemmed.removesuffix(OF_NOUN)
            found += [root] if len(root) >= SHORTEST_ROOT else []
        return tuple(found)


def paired(stemmed: str) -> Iterator[str]:
    """Yield what differs by an ending of Latin words only: inklusiv, Inklusion."""
    for ending, other in PAIRS:
        root = stemmed.removesuffix(ending)
        if root != stemmed and len(root) >= SHORTEST_ROOT and root not in NO_PAIRS:
            yield root + other
