"""Finds the forms of a verb that the stemmer leaves apart: erreicht, gefördert, gewonnen.

A word list knows the forms. What also is a noun is none of them ("Angebot" is not anbieten),
and a verb whose root is a noun does not lead to that noun: who is "geschult" needs no school.
"""

from collections.abc import Iterator

from inforo.search.compounds import words_of
from inforo.search.german import stem
from inforo.search.wordlist import WordList

SHORTEST_FORM = 5
SEPARATED = words_of("""
    ab an auf aus bei bereit durch ein fest mit nach teil uber um unter vor weiter wieder zu
    zuruck zusammen
""")


def stems_of_verbs(words: WordList) -> Iterator[tuple[str, str]]:
    """Yield infinitives with the stems of their forms, those with more than one."""
    for verb, known in words.verbs.items():
        if not any(form.endswith("t") for form in known):
            continue  # an adjective: offen, offenen
        root, own = root_of(verb), stem(verb)
        forms = {form for form in regular(root) if form in words.others}
        forms |= {form for form in known if is_irregular(form, known)}
        stems = {stem(form) for form in forms if not is_noun(words, form)}
        stems -= {own, stem(f"{root}ung")}
        if stems:
            leads_to_noun = root in words.base_nouns or f"{root}e" in words.base_nouns
            yield verb, " ".join([*([] if leads_to_noun else [own]), *sorted(stems)])


def root_of(verb: str) -> str:
    return verb.removesuffix("en" if verb.endswith("en") else "n")


def regular(root: str) -> Iterator[str]:
    """Yield the third person and the participle: fordert, gefordert; beugt vor, vorgebeugt."""
    ending = "et" if root.endswith(("t", "d")) else "t"
    yield root + ending
    yield f"ge{root}{ending}"
    for prefix in sorted(SEPARATED):
        if root.startswith(prefix):
            yield f"{prefix}ge{root.removeprefix(prefix)}{ending}"


def is_irregular(form: str, known: set[str]) -> bool:
    """Tell whether no other known form shows the stem: gewonnen, and not gewonnenen."""
    if form.endswith("st") and f"{form[:-2]}t" in known:
        return False
    if form.endswith("t"):
        return not known & {f"{form[:-1]}en", f"{form[:-2]}en"}
    return form[:-2] not in known


def is_noun(words: WordList, form: str) -> bool:
    """Tell whether the stem is that of a noun; one made of the form itself is none."""
    found = stem(form)
    if len(found) < SHORTEST_FORM or found in words.base_nouns:
        return True
    return f"{found}e" in words.base_nouns and not f"{found}e".startswith(form)
