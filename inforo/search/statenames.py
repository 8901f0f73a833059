"""How people write the names of the Länder: in full, short, and as an adjective.

These are facts of the language. "bayerische Beispiele", "in NRW" and "Meck-Pomm" name a Land
as well as the official name does; two letters only do so in capitals (BE, not "be").
"""

from dataclasses import dataclass

from inforo.search.german import fold

ADJECTIVE_ENDINGS = ("", "e", "en", "er", "es", "em")


@dataclass(frozen=True)
class StateNames:
    """Names of one Land, the official first; `adjectives` without their ending."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    inhabitants: tuple[str, ...] = ()

    @property
    def spellings(self) -> frozenset[str]:
        """Return the folded spellings, hyphens and spaces gone."""
        genitives = [f"{name}s" for name in self.names if len(name) > 3]
        inflected = [word + end for word in self.adjectives for end in ADJECTIVE_ENDINGS]
        return frozenset(map(fold, [*self.names, *genitives, *inflected, *self.inhabitants]))


STATE_NAMES = (
    StateNames(
        "BW",
        ("Baden-Württemberg", "BaWü", "Ba-Wü"),
        ("baden-württembergisch",),
        ("Baden-Württemberger",),
    ),
    StateNames("BY", ("Bayern", "Freistaat Bayern"), ("bayerisch", "bayrisch")),
    StateNames("BE", ("Berlin",), inhabitants=("Berliner",)),
    StateNames("BB", ("Brandenburg",), ("brandenburgisch",), ("Brandenburger",)),
    StateNames("HB", ("Bremen",), ("bremisch",), ("Bremer",)),
    StateNames("HH", ("Hamburg",), ("hamburgisch",), ("Hamburger",)),
    StateNames("HE", ("Hessen",), ("hessisch",)),
    StateNames(
        "MV",
        ("Mecklenburg-Vorpommern", "Meck-Pomm", "MeckPom"),
        ("mecklenburg-vorpommerisch", "mecklenburg-vorpommersch", "mecklenburgisch"),
    ),
    StateNames("NI", ("Niedersachsen", "NDS"), ("niedersächsisch",)),
    StateNames("NW", ("Nordrhein-Westfalen", "NRW"), ("nordrhein-westfälisch",)),
    StateNames("RP", ("Rheinland-Pfalz", "RLP"), ("rheinland-pfälzisch",)),
    StateNames("SL", ("Saarland",), ("saarländisch",), ("Saarländer",)),
    StateNames("SN", ("Sachsen", "Freistaat Sachsen"), ("sächsisch",)),
    StateNames("ST", ("Sachsen-Anhalt", "LSA"), ("sachsen-anhaltisch", "sachsen-anhaltinisch")),
    StateNames("SH", ("Schleswig-Holstein",), ("schleswig-holsteinisch",)),
    StateNames("TH", ("Thüringen", "Freistaat Thüringen"), ("thüringisch",), ("Thüringer",)),
)
STATES_BY_CODE = {state.code: state for state in STATE_NAMES}
STATE_OF_SPELLING = {
    spelling: state.code for state in STATE_NAMES for spelling in state.spellings
}
MOST_WORDS = 2  # "Rheinland Pfalz", "Freistaat Bayern"
