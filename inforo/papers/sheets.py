"""An example as a file: one page for the meeting, or all of it."""

from typing import Any

import segno
from markupsafe import Markup

from inforo import pdf
from inforo.authz import Actor
from inforo.i18n import _
from inforo.toolbox import fields, outlines
from inforo.toolbox.models import Example

# What the one page says; each text is cut to its share of the page.
ON_ONE_PAGE = ("problem", "goals", "approach", "evaluation_result", "transfer_adapt", "reach")
LETTERS = (620, 430, 260)  # of one text; the next number if the page overflows


def context(
    actor: Actor, example: Example, address: str, citation: str, criteria: dict[str, str]
) -> dict[str, Any]:
    """Return what both sheets show of an example; `criteria` are the names of all twelve."""
    best = ", ".join(criteria.get(c.criterion_key, "") for c in example.highlighted)
    return {
        "example": example,
        "criteria": criteria,
        "facts": outlines.facts(example) + ([(_("Besonders gelungen"), best)] if best else []),
        "contact": outlines.contact(actor, example),
        "address": address,
        "citation": citation,
        "levels": fields.LEVELS,
        "qr": qr_of(address),
    }


def one_page(shown: dict[str, Any], letters: int) -> str:
    """Return the page of a Steckbrief with texts of at most so many letters."""
    example = shown["example"]
    texts = [
        (fields.LABELS[name], outlines.excerpt(example, name, letters))
        for name in ON_ONE_PAGE
        if getattr(example, name)
    ]
    return pdf.fill("papers/one_page.pdf.html", texts=texts, **shown)


def full(actor: Actor, shown: dict[str, Any]) -> str:
    """Return the page of a whole example."""
    sections = outlines.sections(actor, shown["example"])
    return pdf.fill("papers/full.pdf.html", sections=sections, **shown)


def qr_of(address: str) -> Markup:
    """Return the address as a picture for the camera of a telephone."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=0,
        dark="#0b4650",
        omitsize=True,
        title=_("QR-Code mit der Adresse dieses Beispiels"),
    )
    return Markup(drawn)  # noqa: S704 (drawn by segno from our own address)
