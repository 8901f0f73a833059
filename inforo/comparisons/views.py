"""Examples side by side, and the municipalities most like one."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import text
from inforo.authz import actor, public
from inforo.comparisons import queries, table
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.municipalities import likeness
from inforo.municipalities.queries import get_municipality, register
from inforo.toolbox import queries as toolbox
from inforo.toolbox import shelves
from inforo.toolbox.facets import Filters
from inforo.toolbox.models import Example
from inforo.vocabularies import queries as vocabularies
from inforo.web import LARGEST_ID

bp = Blueprint("comparisons", __name__)
MOST_EXAMPLES = 3
MOST_FOUND = 6
MOST_SIMILAR = 20
QUERY_LENGTH = 200


def asked_ids() -> list[int]:
    """Return the ids in the address, each once."""
    given = request.args.getlist("beispiel", type=int)
    return list(dict.fromkeys(key for key in given if 0 < key <= LARGEST_ID))


def address(ids: list[int], **more: Any) -> str:
    """Return the address of a comparison, which is all there is to keep of it."""
    if request.args.get("nur") == "unterschiede":
        more = {"nur": "unterschiede"} | more
    return url_for(".show", beispiel=ids, **more)


@bp.get("/werkzeugkiste/vergleich")
@public
def show() -> ResponseReturnValue:
    asked = asked_ids()
    examples = queries.examples_to_compare(actor(), asked[:MOST_EXAMPLES])
    ids = [example.id for example in examples]
    only_differences = request.args.get("nur") == "unterschiede" and len(examples) > 1
    q = text.clean(request.args.get("q"))[:QUERY_LENGTH]
    return render_template(
        "comparisons/show.html",
        examples=examples,
        parts=parts_of(examples, differences=only_differences),
        without={key: address([other for other in ids if other != key]) for key in ids},
        only_differences=only_differences,
        all_rows=url_for(".show", beispiel=ids),
        differing_rows=url_for(".show", beispiel=ids, nur="unterschiede"),
        too_many=len(asked) > MOST_EXAMPLES,
        missing=len(asked[:MOST_EXAMPLES]) - len(examples),
        can_add=len(examples) < MOST_EXAMPLES,
        q=q,
        found=[(teaser, address([*ids, teaser.id])) for teaser in find_more(q, ids)],
    )


def parts_of(examples: list[Example], *, differences: bool) -> list[table.Part]:
    if not examples:
        return []
    rated = any(example.criteria for example in examples)
    criteria = dict(vocabularies.choices("criterion")) if rated else {}
    return table.make_table(actor(), examples, criteria, differences=differences)


def find_more(q: str, ids: list[int]) -> list[toolbox.Teaser]:
    """Return examples with these words that are not in the table yet."""
    if not q or len(ids) >= MOST_EXAMPLES:
        return []
    found = shelves.shelf().catalogue.find(Filters(q=q))
    wanted = [key for key in found if key not in ids][:MOST_FOUND]
    return toolbox.find_examples_by_ids(actor(), wanted)


@bp.get("/kommunen/<ags:ags>/aehnliche")
@bp.get("/kommunen/<ags:ags>-<slug>/aehnliche")
@public
def similar(ags: str, slug: str = "") -> ResponseReturnValue:
    """Show which municipalities are most like one, and why."""
    municipality = get_municipality(ags)
    if municipality.successor_ags:
        return redirect(url_for(".similar", ags=municipality.successor_ags), 301)
    names = register()
    place = names.by_ags.get(ags)
    if place is None:
        raise NotFound(_("Diese Kommune gibt es nicht mehr."))
    if slug != text.slug(place.name):
        return redirect(url_for(".similar", ags=ags, slug=text.slug(place.name)), 301)
    found = likeness.most_alike(names, ags)[:MOST_SIMILAR]
    return render_template(
        "comparisons/similar.html",
        place=place,
        rows=[(entry, likeness.reasons(place, entry.place)) for entry in found],
        weights=weights(),
    )


def weights() -> list[tuple[str, int]]:
    """Return what counts how much, as the page explains it."""
    return [
        (_("Art der Kommune"), likeness.KIND),
        (_("Größenklasse"), likeness.SIZE),
        (_("Einwohnerzahl"), likeness.POPULATION),
        (_("Land"), likeness.LAND),
        (_("Besiedlungsdichte"), likeness.DENSITY),
    ]
