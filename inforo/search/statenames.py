"""How people write the names of the Länder: in full, short, and as an adjective.

These are facts of the language. "bayerische Beispiele", "in NRW" and "Meck-Pomm" name a Land
as well as the official name does; two letters only do so in capitals (BE, not "be"), or
behind a word that a place follows ("in sh").
"""

import re
from dataclasses import dataclass

from inforo.search.german import Token, fold

ADJECTIVE_ENDINGS = ("", "e", "en", "er", "es", "em")
WIDE = ("weit", "weite", "weiten", "weiter", "weites", "weitem")


@dataclass(frozen=True)
class StateNames:
    """Names of one Land, the official first; `adjectives` without their ending.

    `regions` are parts of it: they name it, but do not mean the same. `short`: two letters
    that texts use for it and hardly for anything else.
    """

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    inhabitants: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    short: tuple[str, ...] = ()

    @property
    def spellings(self) -> frozenset[str]:
        """Return the folded spellings, hyphens and spaces gone."""
        names = (*self.names, *self.regions)
        genitives = [f"{name}s" for name in names if len(name) > 3]
        genitives += [f"{name}es" for name in names if name.endswith("land")]
        inflected = [word + end for word in self.adjectives for end in ADJECTIVE_ENDINGS]
        wide = [name + end for name in self.names for end in WIDE]
        return frozenset(map(fold, [*names, *genitives, *inflected, *wide, *self.inhabitants]))

    @property
    def ring(self) -> tuple[str, ...]:
        """Return the spellings that mean the same in a text."""
        return (*self.names, *self.short, *self.adjectives, *self.inhabitants)


STATE_NAMES = (
    StateNames(
        "BW",
        ("Baden-Württemberg", "BaWü", "Ba-Wü", "Ländle"),
        ("baden-württembergisch",),
        ("Baden-Württemberger",),
        short=("BW",),
    ),
    StateNames("BY", ("Bayern", "Freistaat Bayern"), ("bayerisch", "bayrisch")),
    StateNames("BE", ("Berlin",), inhabitants=("Berliner",)),
    StateNames("BB", ("Brandenburg",), ("brandenburgisch",), ("Brandenburger",)),
    StateNames("HB", ("Bremen",), ("bremisch",), ("Bremer",)),
    StateNames("HH", ("Hamburg",), ("hamburgisch",), ("Hamburger",)),
    StateNames("HE", ("Hessen",), ("hessisch",)),
    StateNames(
        "MV",
        ("Mecklenburg-Vorpommern", "Meck-Pomm", "MeckPom", "McPomm"),
        ("mecklenburg-vorpommerisch", "mecklenburg-vorpommersch", "mecklenburgisch"),
        regions=("Mecklenburg", "Vorpommern"),
        short=("MV",),
    ),
    StateNames("NI", ("Niedersachsen", "NDS"), ("niedersächsisch",)),
    StateNames(
        "NW", ("Nordrhein-Westfalen", "NRW"), ("nordrhein-westfälisch",), regions=("Westfalen",)
    ),
    StateNames(
        "RP",
        ("Rheinland-Pfalz", "RLP"),
        ("rheinland-pfälzisch",),
        ("Rheinland-Pfälzer",),
        regions=("Pfalz",),
    ),
    StateNames("SL", ("Saarland",), ("saarländisch",), ("Saarländer",)),
    StateNames("SN", ("Sachsen", "Freistaat Sachsen"), ("sächsisch",)),
    StateNames(
        "ST",
        ("Sachsen-Anhalt", "LSA"),
        ("sachsen-anhaltisch", "sachsen-anhaltinisch"),
        ("Sachsen-Anhalter",),
    ),
    StateNames(
        "SH",
        ("Schleswig-Holstein",),
        ("schleswig-holsteinisch",),
        ("Schleswig-Holsteiner",),
        short=("SH",),
    ),
    StateNames("TH", ("Thüringen", "Freistaat Thüringen"), ("thüringisch",), ("Thüringer",)),
)
STATES_BY_CODE = {state.code: state for state in STATE_NAMES}
STATE_OF_SPELLING = {
    spelling: state.code for state in STATE_NAMES for spelling in state.spellings
}
MOST_WORDS = 2  # "Rheinland Pfalz", "Freistaat Bayern"
BEFORE_A_PLACE = re.compile(r"(?<!\w)(?:in|aus|für|fuer|land)\s+$", re.IGNORECASE)


def land_of(typed: str, word: Token) -> str | None:
    """Return the Land a word is short for: SH, S-H, hessenweit; in sh, not in st. ulrich."""
    letters = re.sub(r"(?<=^\w)[-‐‑](?=\w$)", "", word.text)  # noqa: RUF001
    if letters in STATES_BY_CODE:
        return letters
    is_place = BEFORE_A_PLACE.search(typed, 0, word.start) and typed[word.end :][:1] != "."
    if is_place and letters.upper() in STATES_BY_CODE:
        return letters.upper()
    return STATE_OF_SPELLING.get(word.folded) if word.folded.endswith(WIDE) else None
