"""An example in words, for files: facts, texts and contact, as far as a reader may see."""

from dataclasses import dataclass

from markupsafe import Markup

from inforo import text
from inforo.authz import Actor
from inforo.i18n import _
from inforo.templating import show_date, show_number
from inforo.toolbox import fields
from inforo.toolbox.models import Example
from inforo.toolbox.policy import may_see_contact, may_see_obstacles


@dataclass(frozen=True)
class Section:
    """A heading with its texts: (label or "", safe HTML)."""

    title: str
    texts: list[tuple[str, Markup]]


def places(example: Example) -> str:
    return ", ".join(place.display_name for place in example.municipalities)


def terms(example: Example, *vocabularies: str) -> str:
    return ", ".join(term.label for name in vocabularies for term in example.terms_of(name))


def costs(example: Example) -> str:
    """Return "einmalig 12.000 €, im Jahr 5.000 €", or nothing."""
    parts = []
    if example.costs_once is not None:
        parts.append(_("einmalig %(euro)s €", euro=show_number(example.costs_once)))
    if example.costs_per_year is not None:
        parts.append(_("im Jahr %(euro)s €", euro=show_number(example.costs_per_year)))
    return ", ".join(parts).replace(" €", "\N{NO-BREAK SPACE}€")


def status(example: Example) -> str:
    """Return "laufend, seit 2019", with why it ended."""
    parts = [str(example.measure_status.label)] if example.measure_status else []
    if example.started:
        parts.append(_("seit %(start)s", start=example.started))
    if example.ended:
        parts.append(_("bis %(end)s", end=example.ended))
    words = ", ".join(parts)
    return f"{words} ({example.end_reason})" if example.end_reason else words


def evaluation(example: Example) -> str:
    if example.evaluation_kind is None:
        return ""
    level = example.evidence_level
    proof = f"; {fields.EVIDENCE[level]}" if level else ""
    return f"{example.evaluation_kind.label}{proof}"


def checked(example: Example) -> str:
    """Return how far the example was reviewed, and when."""
    if example.reviewed_at is None:
        return ""
    words = f"{example.tier.label}, " if example.tier else ""
    return words + str(show_date(example.reviewed_at).striptags())


def facts(example: Example) -> list[tuple[str, str]]:
    """Return (word, meaning) of what there is to know at a glance."""
    several = len(example.municipalities) > 1
    found = [
        (_("Kommunen") if several else _("Kommune"), places(example)),
        (_("Träger"), example.provider),
        (_("Stand"), status(example)),
        (_("Lebensphase"), terms(example, "age_phase", "transition")),
        (_("Themen"), terms(example, "field_of_action")),
        (_("Zielgruppen"), terms(example, "target_group")),
        (_("Lebenswelten"), terms(example, "setting")),
        (_("Kosten"), costs(example)),
        (_("Evaluation"), evaluation(example)),
        (_("Geprüft"), checked(example)),
    ]
    return [(word, meaning) for word, meaning in found if meaning]


def sections(actor: Actor, example: Example) -> list[Section]:
    """Return all texts of an example that this person may read, in the order of its page."""
    grouped = [
        (_("Ausgangslage und Ziele"), ("problem", "relevance", "goals")),
        (_("So läuft es"), ("approach", "partners", "participation", "reach")),
        (_("Was dabei herauskam"), ("evaluation_result",)),
        (_("Kosten und Personal"), ("staff_share", "funding", "existing")),
        (
            _("Wenn Sie das auch machen wollen"),
            ("transfer_adapt", "transfer_core", "obstacles", "lessons"),
        ),
        (_("Literatur und Links"), ("literature",)),
    ]
    found = []
    for title, names in grouped:
        shown = [name for name in names if may_read_text(actor, example, name)]
        texts = [
            (
                str(fields.label(name, example.kind)) if len(names) > 1 else "",
                html_of(example, name),
            )
            for name in shown
        ]
        if texts:
            found.append(Section(title, texts))
    return found


def may_read_text(actor: Actor, example: Example, name: str) -> bool:
    """Tell whether a text is there for this person."""
    is_open = name not in ("obstacles", "lessons") or may_see_obstacles(actor, example)
    return bool(getattr(example, name)) and is_open


def html_of(example: Example, name: str) -> Markup:
    """Return a text as safe HTML; short ones without Markdown as one paragraph."""
    if name in ("staff_share", "funding"):
        return Markup("<p>{}</p>").format(getattr(example, name))
    return example.rendered(name)


def excerpt(example: Example, name: str, length: int) -> str:
    """Return the beginning of a text without Markdown; points of a list become a sentence."""
    html = str(example.rendered(name)).replace("</li>", ";</li>")
    return text.excerpt(text.plain(html).rstrip(";"), length)


def contact(actor: Actor, example: Example) -> list[str]:
    """Return whom to ask, line by line; addresses are for members."""
    lines = [example.contact_name, example.contact_function, example.provider]
    if may_see_contact(actor):
        lines += [example.contact_email, example.contact_phone]
        if example.deputy_name:
            deputy = _("Vertretung: %(name)s", name=example.deputy_name)
            lines += [deputy, example.deputy_email]
    return [line for line in lines if line]
