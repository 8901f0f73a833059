"""Council papers (Ratsvorlagen): first texts from examples, and the finished file.

A council paper is public. So it says nothing that is for members only: no addresses, no
stumbling blocks; whoever writes it may add them.
"""

from collections.abc import Callable, Sequence

from inforo import pdf, text
from inforo.i18n import _
from inforo.municipalities.models import Municipality
from inforo.templating import show_number
from inforo.toolbox import outlines
from inforo.toolbox.models import Example
from inforo.word import WordFile

EXCERPT = 900
SECTIONS = ("situation", "benefit", "costs", "examples", "decision", "sources")


def first_texts(
    examples: Sequence[Example], place: Municipality | None, citation: Callable[[Example], str]
) -> dict[str, str]:
    """Return what the fields of the form begin with."""
    if not examples:
        return {}
    return {
        "title": title_of(examples, place),
        "situation": joined(examples, situation_of),
        "benefit": joined(examples, benefit_of),
        "costs": joined(examples, costs_of),
        "examples": joined(examples, example_of),
        "decision": decision_of(examples, place),
        "sources": joined(examples, lambda example: sources_of(example, citation)),
    }


def joined(examples: Sequence[Example], words_of: Callable[[Example], str]) -> str:
    return "\n\n".join(words for example in examples if (words := words_of(example)))


def title_of(examples: Sequence[Example], place: Municipality | None) -> str:
    subject = (
        _("„%(title)s“", title=examples[0].title)
        if len(examples) == 1
        else _("Gesundheitsförderung nach %(count)s Praxisbeispielen", count=len(examples))
    )
    return f"{subject}: {place.display_name}" if place else subject


def situation_of(example: Example) -> str:
    parts = [example.summary]
    if example.problem:
        parts.append(
            _(
                "Ausgangslage in %(place)s: %(words)s",
                place=outlines.places(example) or _("der Kommune des Beispiels"),
                words=short(example, "problem"),
            )
        )
    return "\n\n".join(part for part in parts if part)


def benefit_of(example: Example) -> str:
    return "\n\n".join(
        short(example, name)
        for name in ("goals", "reach", "evaluation_result")
        if getattr(example, name)
    )


def costs_of(example: Example) -> str:
    """Return the costs of an example as a list, with where they arose."""
    known = [
        (_("Kosten"), outlines.costs(example)),
        (_("Personal"), example.staff_share),
        (_("Finanzierung"), example.funding),
    ]
    lines = [f"- {word}: {meaning}" for word, meaning in known if meaning]
    if not lines:
        return ""
    head = _("In %(place)s:", place=outlines.places(example) or example.title)
    return "\n".join([head, "", *lines])


def example_of(example: Example) -> str:
    place = outlines.places(example)
    parts = [f"**{example.title}**" + (f" ({place})" if place else ""), example.summary]
    for name, label in (
        ("approach", _("So läuft es:")),
        ("transfer_core", _("Das muss gleich bleiben:")),
        ("transfer_adapt", _("Das ist anzupassen:")),
    ):
        if getattr(example, name):
            parts.append(f"{label} {short(example, name)}")
    return "\n\n".join(part for part in parts if part)


def decision_of(examples: Sequence[Example], place: Municipality | None) -> str:
    where = place.display_name if place else _("unserer Kommune")
    if len(examples) == 1:
        return _(
            "Die Verwaltung wird beauftragt zu prüfen, wie das Vorhaben „%(title)s“ in "
            "%(place)s umgesetzt werden kann, und dem Ausschuss zu berichten.",
            title=examples[0].title,
            place=where,
        )
    return _(
        "Die Verwaltung wird beauftragt zu prüfen, welche der genannten Vorhaben in "
        "%(place)s umgesetzt werden können, und dem Ausschuss zu berichten.",
        place=where,
    )


def sources_of(example: Example, citation: Callable[[Example], str]) -> str:
    return "\n\n".join(part for part in (citation(example), example.literature) if part)


def short(example: Example, name: str) -> str:
    return outlines.excerpt(example, name, EXCERPT)


# The file


def facts_of(place: Municipality | None) -> list[tuple[str, str]]:
    """Return the master data of the municipality whose council decides."""
    if place is None:
        return []
    found = [
        (_("Kommune"), place.display_name),
        (_("Art"), str(place.kind.label)),
        (_("Land"), place.state.name),
        (_("Einwohnerinnen und Einwohner"), show_number(place.population or 0)),
        (_("Größenklasse"), str(place.size_class.label) if place.size_class else ""),
    ]
    return [(word, meaning) for word, meaning in found if meaning and meaning != "0"]


def as_page(texts: dict[str, str], labels: dict[str, str], place: Municipality | None) -> str:
    """Return the page the PDF is made of."""
    return pdf.fill(
        "papers/council.pdf.html",
        title=texts["title"],
        author=texts["author"],
        facts=facts_of(place),
        sections=[(labels[name], text.render_markdown(texts[name])) for name in filled(texts)],
    )


def as_word(texts: dict[str, str], labels: dict[str, str], place: Municipality | None) -> bytes:
    """Return the document as a Word file, to be written on."""
    word = WordFile(texts["title"], texts["author"], _("Vorlage für den Rat"))
    if texts["author"]:
        word.paragraph(_("Vorgelegt von: %(author)s", author=texts["author"]))
    facts = facts_of(place)
    if facts:
        word.heading(_("Unsere Kommune"))
        word.table(_("Stammdaten der Kommune"), (_("Angabe"), _("Wert")), facts)
    for name in filled(texts):
        word.heading(labels[name])
        word.html(text.render_markdown(texts[name]), heading=2)
    return word.bytes()


def filled(texts: dict[str, str]) -> list[str]:
    return [name for name in SECTIONS if texts[name]]
