"""The page of an example's impact sheets: this year's numbers, and the files there are."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, files
from inforo.adoptions import actions, policy, queries
from inforo.adoptions import impact as figures
from inforo.adoptions.views import address_of
from inforo.authz import actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.municipalities.queries import states
from inforo.security import limit
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example

bp = Blueprint("impacts", __name__)


def get_own(example_id: int) -> Example:
    """Return an example for who may read what came of it; for others there is no such page."""
    example = toolbox.get_example(actor(), example_id)
    if not policy.may_read_impact(actor(), example):
        raise NotFound
    return example


@bp.get("/werkzeugkiste/beispiele/<int:example_id>/wirkung")
def show(example_id: int) -> ResponseReturnValue:
    """Show the numbers of this year as they stand, and the sheets there are."""
    example = get_own(example_id)
    year = clock.today().year
    names = {state.code: state.name for state in states()}
    return render_template(
        "impacts/show.html",
        example=example,
        address=address_of(example),
        year=year,
        figures=figures.named(figures.figures_of(example, year), names),
        sheets=queries.sheets_of(example),
    )


@bp.post("/werkzeugkiste/beispiele/<int:example_id>/wirkung")
@limit("edits", methods=["POST"])
def order(example_id: int) -> ResponseReturnValue:
    example = get_own(example_id)
    actions.order_sheet(actor(), example, clock.today().year)
    session.commit()
    flash(_("Das Blatt wird erstellt. Sobald es fertig ist, steht es hier."), "success")
    return redirect(url_for(".show", example_id=example.id), 303)


@bp.get("/werkzeugkiste/beispiele/<int:example_id>/wirkung/<int:year>.pdf")
def load(example_id: int, year: int) -> ResponseReturnValue:
    example = get_own(example_id)
    sheet = queries.find_sheet(example.id, min(year, 9999))
    if sheet is None or sheet.file is None:
        raise NotFound(_("Dieses Blatt gibt es (noch) nicht."))
    return files.deliver(sheet.file, is_public=False)
