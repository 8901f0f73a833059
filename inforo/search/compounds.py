"""Takes German compounds apart: Familienhebamme -> familien, hebamme.

The knowledge is a lexicon that `lexicon.build` counts out of a word list: which words
stand in front of others, which stand behind, which are nouns of their own. A word is cut
where the parts are likeliest; a word the lexicon cannot explain stays whole.
"""

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from inforo.search.german import fold, place, stem, without_gender
from inforo.search.statenames import STATE_OF_SPELLING

SHORTEST_COMPOUND = 7
SHORTEST_PART = 3
LONGEST_WORD = 64
SHORTEST_TORN, SHORTEST_BESIDE = 5, 4  # a misspelt part, and the known one beside it
ENOUGH = 6  # a part must have been seen in so many compounds
MOST_COST = 4.4  # about three good parts
SHORTEST_MISLINKED, SHORTEST_OTHERWISE = 5, 6
MISLINKED_COST, MOST_MISLINKED = 1.6, 4.2

LINKING = ("", "s", "es", "n", "en", "e", "er")
INFLECTION = ("", "n", "en", "e", "er", "s", "es", "nen")


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words of our subject that are short or new, and missing in a general word list.
DOMAIN_PARTS = words_of("""
    baby cafe cafes center hort kiez kita kitas laie laien lots lotse lotsen pate paten peer
    putz treff treffs vorlese zentren
""")
THREE_LETTER_PARTS = words_of("""
    alt amt arm bad bau bio bus ehe gut hof job kur not neu ohr ort ost rad rat rot see sud
    tag tee tod tor tun uhr uni weg zug
""")
# Behind another short noun they name a thing of its own: the rail of a Zahn|rad|bahn.
OTHER_THING = words_of("bau hof ohr rad tor uhr zug")
# Words with a meaning of their own: a Landkreis is no circle on the land.
WHOLE = words_of("landkreis landkreise landkreisen landkreises")
# What looks like a word behind another one, and only makes a new word of it.
SUFFIXES = words_of("""
    los lose losem losen loser loses massig massige massigen schaft schafts schaften weise
""")
# A verb or noun that merely begins with one of these is not a compound.
PREFIXES = words_of("""
    ab an auf aus bei durch ein ent gegen hinter inter mini mit nach neben ober uber
    unter ver vor wieder zer zu zuge zusammen zwischen
""")


@dataclass(frozen=True)
class Lexicon:
    """How often folded words were seen as the front or the back part of a compound."""

    front: dict[str, int] = field(default_factory=dict)
    back: dict[str, int] = field(default_factory=dict)
    adjectives: dict[str, int] = field(default_factory=dict)
    nouns: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()  # of nouns on -ung: impfen
    forms: dict[str, str] = field(default_factory=dict)  # infinitive -> stems of its forms

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        """Read what `lexicon.build` wrote."""
        data = json.loads(path.read_text(encoding="utf-8"))
        nouns, verbs = frozenset(data["nouns"]), frozenset(data.get("verbs", ()))
        forms = data.get("forms", {})
        return cls(data["front"], data["back"], data["adjectives"], nouns, verbs, forms)


class Splitter:
    """Cuts words with one lexicon and remembers the cuts of frequent words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.split = lru_cache(100_000)(self.cheapest_cut)
        self.words = lru_cache(50_000)(self.words_of_parts)

    def stems(self, folded: str) -> tuple[str, ...]:
        """Return the stems of the parts a person sees at once; () for a plain word."""
        parts = self.split(folded)
        return tuple(dict.fromkeys(map(stem, parts))) if len(parts) > 1 else ()

    def all_stems(self, folded: str) -> tuple[str, ...]:
        """Return the stems of the parts and of the parts of parts, for the index."""
        parts = self.split(folded)
        if len(parts) < 2:
            return ()
        inner = [deeper for part in parts for deeper in self.parts_of_part(part)]
        joined = [
            "".join(side) for at in range(1, len(parts)) for side in (parts[:at], parts[at:])
        ]
        return tuple(dict.fromkeys(map(stem, [*parts, *inner, *joined])))

    def parts_of_part(self, part: str) -> tuple[str, ...]:
        """Return the parts of a part, unless they are so short that they say another thing."""
        parts = self.split(part)
        return () if self.is_one_idea(parts) else parts

    def is_one_idea(self, parts: tuple[str, ...]) -> bool:
        """Tell whether two short nouns name one thing, which neither of them says."""
        if len(parts) != 2 or parts[1] not in OTHER_THING or parts[0] in DOMAIN_PARTS:
            return False
        return len(parts[0]) <= SHORTEST_PART + 1 and self.is_noun(parts[0], is_last=True)

    def words_of_parts(self, written: str) -> tuple[tuple[str, str], ...]:
        """Return the parts that are words of their own, folded and as they are shown."""
        parts, at, found = self.split(fold(written)), 0, []
        for part in parts if len(parts) > 1 else ():
            start = place(written, at)
            at += len(part)
            is_last = at >= len("".join(parts))
            end = len(written) if is_last else place(written, at - self.link_of(part))
            shown = written[start:end]
            found.append((fold(shown), shown[:1].upper() + shown[1:]))
        return tuple(word for word in found if len(word[0]) > SHORTEST_PART)

    def link_of(self, part: str) -> int:
        """Return how many letters of a part in front only link it: the s of Bewegungs-."""
        return next(
            (
                len(link)
                for link in LINKING[1:]
                if part.endswith(link) and part.removesuffix(link) in self.lexicon.nouns
            ),
            0,
        )

    def cheapest_cut(self, folded: str) -> tuple[str, ...]:
        """Return the parts of a folded word, or the word alone."""
        word = without_gender(folded)
        is_whole = word in WHOLE or word in STATE_OF_SPELLING  # Niedersachsen is no Sachsen
        if is_whole or not SHORTEST_COMPOUND <= len(word) <= LONGEST_WORD:
            return (word,)
        cost, parts = cheapest(word, self.cost)
        if cost > MOST_COST:
            cost, parts = cheapest(word, self.mislinked_cost)
            parts = parts if cost <= MOST_MISLINKED else ()
        if not parts or PREFIXES.intersection(parts[:-1]):
            return (word,)
        if len(parts) > 2 and self.is_one_idea(parts[:2]):
            return ("".join(parts[:2]), *parts[2:])
        return parts

    def torn(self, folded: str) -> Iterator[tuple[str, str, str]]:
        """Yield what stands before, what behind, and the rest that no part explains.

        Once behind the longest known part in front, once before the longest known one behind.
        """
        length = len(folded)
        fronts = (
            at
            for at in range(length - SHORTEST_TORN, SHORTEST_BESIDE - 1, -1)
            if self.is_part(folded[:at], is_last=False)
        )
        backs = (
            at
            for at in range(SHORTEST_TORN, length - SHORTEST_BESIDE + 1)
            if self.is_part(folded[at:], is_last=True)
        )
        if at := next(fronts, None):
            yield folded[:at], "", folded[at:]
        if at := next(backs, None):
            front = folded[:at]
            link = "s" if front.endswith("s") else ""
            yield "", link + folded[at:], front.removesuffix("s")

    def is_part(self, part: str, *, is_last: bool) -> bool:
        return self.cost(part, is_last=is_last) is not None

    def cost(self, part: str, *, is_last: bool) -> float | None:
        """Return how unlikely this part is in this place; None if it is no part at all."""
        if part in SUFFIXES:
            return None
        if part in DOMAIN_PARTS:
            return 1.1
        if len(part) == SHORTEST_PART:
            return 1.35 if part in THREE_LETTER_PARTS else None
        seen = self.seen_last(part) if is_last else self.lexicon.front.get(part, 0)
        wanted = ENOUGH * (4 if is_last else 3) if len(part) == 4 else ENOUGH
        if seen >= wanted:
            return 1.25 - min(0.25, math.log10(seen) / 12)
        return 1.45 if self.is_inflected_noun(part, is_last=is_last) else None

    def mislinked_cost(self, part: str, *, is_last: bool) -> float | None:
        """Return the cost of a part that lacks a linking element, or has a needless one."""
        cost = self.cost(part, is_last=is_last)
        if cost is None and not is_last and self.is_mislinked(part):
            return MISLINKED_COST
        return cost

    def is_mislinked(self, part: str) -> bool:
        """Tell whether a part in front is usual there with another link: Schwangerschaft|s."""
        if len(part) < SHORTEST_MISLINKED or part in SUFFIXES:
            return False
        usual = [part + "s"]
        if len(part) >= SHORTEST_OTHERWISE:
            usual += [part + "n", part + "en", part.removesuffix("s")]
        return any(self.lexicon.front.get(one, 0) >= ENOUGH for one in usual)

    def seen_last(self, part: str) -> int:
        return self.lexicon.back.get(part, 0) or self.lexicon.adjectives.get(part, 0)

    def is_inflected_noun(self, part: str, *, is_last: bool) -> bool:
        """Tell whether the part is a noun with an ending that links or inflects it."""
        for ending in INFLECTION if is_last else LINKING:
            base = part.removesuffix(ending)
            if len(base) + len(ending) == len(part) and self.is_noun(base, is_last=is_last):
                return True
        return False

    def is_noun(self, base: str, *, is_last: bool) -> bool:
        seen = self.lexicon.back.get(base, 0) if is_last else 0
        if len(base) == SHORTEST_PART:
            return base in THREE_LETTER_PARTS
        if len(base) == 4:
            return seen >= ENOUGH * 4
        return len(base) >= 5 and (base in self.lexicon.nouns or seen >= ENOUGH)


def cheapest(word: str, cost_of: Callable[..., float | None]) -> tuple[float, tuple[str, ...]]:
    """Return what the likeliest cut of a word costs, and its parts; none: infinity."""
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for end in range(SHORTEST_PART, len(word) + 1):
        ways = [
            (best[start][0] + cost, (*best[start][1], word[start:end]))
            for start in range(end - SHORTEST_PART + 1)
            if start in best and end - start < len(word)
            if (cost := cost_of(word[start:end], is_last=end == len(word))) is not None
        ]
        if ways:
            best[end] = min(ways)
    return best.get(len(word), (math.inf, ()))


PLAIN = Splitter(Lexicon())
