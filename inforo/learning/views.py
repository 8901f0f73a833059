"""The self-check along the criteria, "Neu hier", and recommendations."""

import re
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import pdf, versions, web
from inforo.authz import Actor, actor, public, require, staff
from inforo.contributions import policy as contributions_policy
from inforo.db import session
from inforo.errors import NotFound
from inforo.forms import options
from inforo.i18n import _
from inforo.learning import actions, first_steps, queries, recommending
from inforo.learning.criteria import HIGH, guides, level_texts
from inforo.learning.forms import (
    RecommendationEditForm,
    RecommendationForm,
    SelfCheckForm,
    self_check_form,
)
from inforo.security import limit
from inforo.templating import piece
from inforo.toolbox.facets import Filters
from inforo.toolbox.fields import LEVELS
from inforo.toolbox.models import Example
from inforo.toolbox.places import LIST_TOP, TOOL_LIST_TOP
from inforo.toolbox.tool_models import Tool
from inforo.vocabularies import queries as vocabularies
from inforo.vocabularies.policy import may_edit

bp = Blueprint("learning", __name__)
THING = re.compile(r"/werkzeugkiste/(?P<part>beispiele|werkzeuge)/(?P<id>\d+)")


def criteria() -> dict[str, str]:
    return dict(vocabularies.choices("criterion"))


def read_form() -> SelfCheckForm:
    return self_check_form(criteria().items())


@bp.route("/werkzeugkiste/selbstcheck", methods=["GET", "POST"])
@public
def self_check() -> ResponseReturnValue:
    """Rate a project of one's own; the result is shown and nothing is stored."""
    form = read_form()
    if form.validate_on_submit():
        return render_template("learning/result.html", form=form, **result(form))
    page = render_template("learning/self_check.html", form=form, meanings=level_texts())
    return page, 422 if form.is_submitted() else 200


def result(form: SelfCheckForm) -> dict[str, Any]:
    """Return what the levels say: all of them, the strengths, and what could come next."""
    levels, names = form.levels(), criteria()
    rated = [(key, names[key], level) for key, level in levels.items()]
    return {
        "rated": rated,
        "words": LEVELS,
        "meanings": level_texts(),
        "strengths": [name for _key, name, level in rated if level >= HIGH],
        "next_steps": [
            (key, name, guides()[key].next_step(level))
            for key, name, level in sorted(rated, key=lambda row: row[2])
        ],
        "examples": queries.highlighting(list(levels)),
        "title": form.title.data or _("Mein Vorhaben"),
    }


def wrong_form() -> ResponseReturnValue:
    """Lead back to the empty form: these buttons only send what the page has checked."""
    return redirect(url_for(".self_check"), 303)


@bp.post("/werkzeugkiste/selbstcheck/pdf")
@public
@limit("documents", "documents_guest", methods=["POST"])
def self_check_pdf() -> ResponseReturnValue:
    form = read_form()
    if not form.validate_on_submit():
        return wrong_form()
    made = pdf.render("learning/result.pdf.html", **result(form))
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="selbstcheck.pdf"'
    return answer


@bp.post("/werkzeugkiste/selbstcheck/speichern")
def keep_self_check() -> ResponseReturnValue:
    form = read_form()
    if not form.validate_on_submit():
        return wrong_form()
    actions.keep(actor(), form.title.data or _("Mein Vorhaben"), form.levels())
    flash(_("Gespeichert. Nur Sie sehen das."), "success")
    return web.created(url_for(".self_checks"))


@bp.post("/werkzeugkiste/selbstcheck/entwurf")
def begin_example() -> ResponseReturnValue:
    """Begin a draft of an example with the levels as the author's own rating."""
    require(contributions_policy.may_contribute)
    form = read_form()
    if not form.validate_on_submit():
        return wrong_form()
    title = form.title.data or _("Mein Vorhaben")
    example = actions.begin_example(actor(), title, form.levels())
    flash(_("Der Entwurf ist angelegt; Ihre Einschätzung steht schon darin."), "success")
    return web.created(url_for("contributions.show", example_id=example.id))


@bp.get("/werkzeugkiste/selbstcheck/verlauf")
def self_checks() -> ResponseReturnValue:
    """Compare one's own checks over time."""
    return render_template(
        "learning/self_checks.html",
        checks=queries.self_checks(actor()),
        criteria=criteria(),
        words=LEVELS,
    )


@bp.post("/werkzeugkiste/selbstcheck/<int:check_id>/loeschen")
def forget_self_check(check_id: int) -> ResponseReturnValue:
    actions.forget(queries.get_self_check(actor(), check_id))
    session.commit()
    flash(_("Der Selbstcheck ist gelöscht."), "success")
    return redirect(url_for(".self_checks"), 303)


# Neu hier


@bp.get("/neu-hier")
@bp.get("/neu-hier/<int:number>")
@public
def newcomer(number: int = 0) -> ResponseReturnValue:
    """Show one first step; without a number the first that is not done yet."""
    done = queries.newcomer_steps(actor()) | first_steps.numbers_in(request.args)
    number = number or first_steps.next_open(done)
    if number > len(first_steps.STEPS):
        raise NotFound
    return render_template(
        "learning/newcomer.html",
        step=first_steps.STEPS[number - 1],
        steps=first_steps.STEPS,
        done=done,
        following=first_steps.following(number, done | {number}),
    )


@bp.post("/neu-hier/<int:number>")
def take_step(number: int) -> ResponseReturnValue:
    """Remember for members that a step is done, and go on."""
    if not 1 <= number <= len(first_steps.STEPS):
        raise NotFound
    actions.take_step(actor(), number)
    session.commit()
    done = queries.newcomer_steps(actor())
    if len(done) == len(first_steps.STEPS):
        flash(_("Alle fünf Schritte geschafft. Willkommen bei inforo!"), "success")
        return redirect(url_for("toolbox.index"), 303)
    return redirect(url_for(".newcomer", number=first_steps.next_open(done)), 303)


# Recommendations


@LIST_TOP.filled(order=10)
def recommended_list(_actor: Actor, filters: Filters) -> str:
    """Say what the editors recommend while the list is narrowed to a phase."""
    phases = filters.chosen.get("phase", ())
    found = recommending.for_phases(phases) if phases else []
    return piece("learning/_recommended.html", found=found) if found else ""


@TOOL_LIST_TOP.filled(order=10)
def recommended_tools(_actor: Actor, filters: Filters) -> str:
    """Say which tools the editors recommend for the chosen steps of the process."""
    steps = filters.chosen.get("schritt", ())
    found = recommending.tools_for_steps(steps) if steps else []
    return piece("learning/_recommended.html", found=found) if found else ""


@bp.get("/werkzeugkiste/empfehlungen")
@public
def recommendations() -> ResponseReturnValue:
    """Show what is recommended for each phase and step; editors also put it together."""
    return recommendations_page(RecommendationForm())


def recommendations_page(form: RecommendationForm) -> ResponseReturnValue:
    terms, found = recommending.terms(), recommending.recommended()
    form.term.choices = options((str(term.id), term.label) for term in terms)
    page = render_template(
        "learning/recommendations.html",
        groups=[(term, [row for row in found if row.term_id == term.id]) for term in terms],
        form=form,
        may_edit=may_edit(actor()),
    )
    return page, 422 if form.errors else 200


@bp.post("/redaktion/empfehlungen")
@staff
def recommend() -> ResponseReturnValue:
    require(may_edit)
    form = RecommendationForm()
    terms = {str(term.id): term for term in recommending.terms()}
    form.term.choices = options((key, term.label) for key, term in terms.items())
    thing = find_thing(form.address.data or "") if form.validate_on_submit() else None
    if thing is None:
        if not form.errors:
            form.address.errors = [_("Unter dieser Adresse steht nichts Öffentliches.")]
        return recommendations_page(form)
    recommending.add(actor(), terms[form.term.data], thing, form.reason.data)
    flash(_("Empfohlen."), "success")
    return web.created(url_for(".recommendations"))


def find_thing(address: str) -> Example | Tool | None:
    """Return the published example or tool an address of inforo leads to."""
    match = THING.search(address)
    thing_id = web.given_id(match["id"]) if match else None
    if match is None or thing_id is None:
        return None
    thing: Example | Tool | None = (
        session.get(Example, thing_id)
        if match["part"] == "beispiele"
        else session.get(Tool, thing_id)
    )
    return thing if thing is not None and thing.is_published else None


@bp.post("/redaktion/empfehlungen/<int:recommendation_id>/<any(hoch, entfernen):verb>")
@staff
def change_recommendation(recommendation_id: int, verb: str) -> ResponseReturnValue:
    """Let a recommendation stand one place higher, or take it away."""
    require(may_edit)
    row = recommending.get_recommendation(recommendation_id)
    if verb == "hoch":
        recommending.move_up(row)
    else:
        recommending.remove(actor(), row)
    session.commit()
    return redirect(url_for(".recommendations"), 303)


@bp.route("/redaktion/empfehlungen/<int:recommendation_id>", methods=["GET", "POST"])
@staff
def edit_recommendation(recommendation_id: int) -> ResponseReturnValue:
    """Change the sentence and the place of a recommendation."""
    require(may_edit)
    row = recommending.get_recommendation(recommendation_id)
    thing = recommending.get_shown(row)
    place = recommending.ids_beside(row).index(row.id) + 1
    form = RecommendationEditForm(reason=row.reason, place=place, version=row.version)
    conflict = False
    if form.validate_on_submit():
        try:
            values = (form.reason.data, form.place.data, form.version.data)
            recommending.edit(actor(), row, *values)
        except versions.Conflict:
            form.version.data, conflict = row.version, True
        else:
            session.commit()
            flash(_("Die Empfehlung ist gespeichert."), "success")
            return redirect(url_for(".recommendations"), 303)
    page = render_template(
        "learning/recommendation.html",
        form=form,
        row=row,
        thing=thing,
        place=place,
        conflict=conflict,
    )
    return page, 409 if conflict else 422 if form.errors else 200
