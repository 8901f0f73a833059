"""Papers to take along: Steckbrief and whole example as PDF, council papers as DOCX and PDF."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from inforo import clock, files, pdf, web, word
from inforo.authz import Actor, actor, public
from inforo.citations import formats, works
from inforo.citations.views import short_address
from inforo.contributions.place import Choice, read_choice
from inforo.db import session
from inforo.i18n import _, language
from inforo.municipalities.queries import existing
from inforo.papers import council as council_paper
from inforo.papers import queries, sheets
from inforo.papers.forms import CouncilForm
from inforo.security import limit
from inforo.templating import piece
from inforo.toolbox.fragments import Fragments
from inforo.toolbox.models import Example
from inforo.toolbox.places import EXAMPLE_ACTIONS
from inforo.toolbox.queries import get_example
from inforo.toolbox.views import criterion_labels

bp = Blueprint("papers", __name__)
PDF = "application/pdf"
kept = Fragments(limit=60)  # files of 30 to 80 KB, by version and kind of reader


@EXAMPLE_ACTIONS.filled(order=60)
def take_along(_actor: Actor, example: Example) -> str:
    return piece("papers/_actions.html", example=example)


@bp.get("/werkzeugkiste/beispiele/<int:example_id>/steckbrief.pdf")
@public
@limit("documents", "documents_guest")
def one_page(example_id: int) -> ResponseReturnValue:
    example = get_example(actor(), example_id)
    shown = shown_of(example)
    pages = [sheets.one_page(shown, letters) for letters in sheets.LETTERS]
    made = made_once("one_page", example, lambda: shortest(pages))
    return deliver(made, example, _("Steckbrief"))


def shown_of(example: Example) -> dict[str, Any]:
    """Return what both files show; the address in print is the lasting one."""
    address, labels = short_address(example), criterion_labels(example)
    return sheets.context(actor(), example, address, citation_of(example), labels)


def citation_of(example: Example) -> str:
    work = works.of_example(example, None)
    return formats.sentence(work, short_address(example), clock.today())


def shortest(pages: list[str]) -> bytes:
    """Return the first page that is one, else the last."""
    made = b""
    for page in pages:
        made = pdf.from_html(page)
        if pdf.count_pages(made) == 1:
            break
    return made


@bp.get("/werkzeugkiste/beispiele/<int:example_id>/beispiel.pdf")
@public
@limit("documents", "documents_guest")
def full(example_id: int) -> ResponseReturnValue:
    example = get_example(actor(), example_id)
    shown = shown_of(example)
    page = sheets.full(actor(), shown)
    made = made_once("full", example, lambda: pdf.from_html(page))
    return deliver(made, example, _("Praxisbeispiel"))


def made_once(kind: str, example: Example, make: Callable[[], bytes]) -> bytes:
    """Return the file of this version for this kind of reader, from memory if it is there."""
    key = (kind, example.id, example.version, example.updated_at, language())
    session.commit()  # everything is read; making the file takes a second
    return kept.remember((*key, actor().is_member), make)


def deliver(made: bytes, example: Example, kind: str) -> ResponseReturnValue:
    is_public = example.is_published and not actor().is_signed_in
    return files.deliver_made(made, f"{kind} {example.title}.pdf", PDF, is_public=is_public)


# Council papers


@bp.route("/werkzeugkiste/ratsvorlage", methods=["GET", "POST"])
@public
@limit("documents", "documents_guest", methods=["POST"])
def council() -> ResponseReturnValue:
    examples = queries.find_examples(actor(), wanted_ids())
    if request.method == "GET":
        place = own_place()
        texts = council_paper.first_texts(examples, place.municipality, citation_of)
        return show_council(CouncilForm(formdata=None, data=texts), place, examples)
    form, place = CouncilForm(), read_choice(request.form, "municipality")
    if place.wants_search:
        return show_council(form, place, examples)
    if not form.validate_on_submit() or place.errors:
        return show_council(form, place, examples), 422
    return council_file(form, place)


def wanted_ids() -> list[int]:
    given = (web.given_id(value) for value in request.values.getlist("beispiel"))
    return [example_id for example_id in given if example_id is not None]


def own_place() -> Choice:
    """Return the municipality of the address, or that of the person asking."""
    ags = request.args.get("kommune", "")[:8] or actor().municipality_ags
    place = existing(ags) if ags else None
    return Choice(place, place.display_name if place else "")


def show_council(form: CouncilForm, place: Choice, examples: list[Example]) -> str:
    return render_template("papers/council.html", form=form, place=place, examples=examples)


def council_file(form: CouncilForm, place: Choice) -> ResponseReturnValue:
    """Answer with the finished paper; nothing of it is kept."""
    names = ("title", "author", *council_paper.SECTIONS)
    texts = {name: form[name].data or "" for name in names}
    labels: dict[str, Any] = {name: str(form[name].label.text) for name in names}
    name = _("Ratsvorlage %(title)s", title=texts["title"])
    if request.form.get("format") == "pdf":
        page = council_paper.as_page(texts, labels, place.municipality)
        session.commit()  # nobody waits for the lock while the file is made
        return files.deliver_made(pdf.from_html(page), f"{name}.pdf", PDF, is_public=False)
    made = council_paper.as_word(texts, labels, place.municipality)
    return files.deliver_made(made, f"{name}.docx", word.CONTENT_TYPE, is_public=False)
