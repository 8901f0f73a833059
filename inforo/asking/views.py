"""Pages to ask a question and to change its title, topics and links."""

from typing import Any

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from inforo import security, text, versions, web
from inforo.asking import queries
from inforo.asking.forms import EditThreadForm, ThreadDetails, ThreadForm
from inforo.asking.places import SIMILAR
from inforo.authz import actor, require
from inforo.confidences import actions as confidences
from inforo.confidences import policy as confidences_policy
from inforo.db import session
from inforo.discussions import actions, holding, mentioning, policy
from inforo.discussions import queries as discussions
from inforo.discussions.models import Thread
from inforo.discussions.patience import patience, seconds_to_wait
from inforo.drafts.views import draft_for, fields_for
from inforo.errors import NotFound
from inforo.files import takes_files
from inforo.forms import Form, options
from inforo.groups import queries as groups
from inforo.groups.member_queries import count_all_members
from inforo.groups.models import Group, GroupAudience
from inforo.i18n import _, ngettext
from inforo.uploads.actions import TooManyFiles
from inforo.uploads.views import FormFiles, files_for
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("asking", __name__)
DRAFT = "question"
SHORTEST_TITLE = 8
MOST_NAMES = 20
MOST_TYPED = 80
MOST_GIVEN = 500  # of a text an address of ours begins a question with


def status(form: Form) -> int:
    return 422 if form.errors else 200


@bp.route("/diskussionen/neu", methods=["GET", "POST"])
@takes_files
def new() -> ResponseReturnValue:
    require(policy.may_start_thread)
    form = ThreadForm(data=prefilled()) if request.method == "GET" else ThreadForm()
    offered = queries_for_form(form)
    draft_for(form, DRAFT)
    use_template(form)
    files = files_for(DRAFT)
    if request.method == "GET" or is_step() or files.is_step:
        return render_new(form, offered, files, 422 if files.errors else 200)
    refuse_telling_files(form, files)
    if not all((form.validate_on_submit(), files.are_complete())):
        return render_new(form, offered, files, 422)
    wait = seconds_to_wait(is_question=True)
    if wait:
        form.body.errors = [patience(wait)]
        return web.ask_to_wait(wait, render_new(form, offered, files, 429))
    try:
        return web.created(send(form, files.ids))
    except (actions.TooMuchInIt, TooManyFiles) as error:
        session.rollback()
        form.body.errors = [error.message]
        return render_new(form, offered, files, 422)


def refuse_telling_files(form: ThreadForm, files: FormFiles) -> None:
    """Keep files away from confidential questions: most name who wrote them."""
    if form.confidential.data and files.pending:
        files.errors["files"] = _(
            "Eine vertrauliche Frage kann keine Dateien haben, denn sie verraten oft, von wem "
            "sie sind. Bitte entfernen Sie die Dateien."
        )


def send(form: ThreadForm, files: list[int]) -> str:
    """Give the question to the office if that is wanted, else publish it."""
    group, values = chosen_group(form), values_of(form) | {"files": files}
    if not form.confidential.data:
        return ask(group, values, with_poll=form.with_poll.data)
    require(confidences_policy.may_ask)
    return confidences.ask(actor(), group, values).path


def ask(group: Group, values: dict[str, Any], *, with_poll: bool) -> str:
    """Publish the question, or hold it back for approval; return where to go on."""
    if holding.must_wait(actor(), group):
        return holding.hold_question(actor(), group, values).path
    thread = actions.start_thread(actor(), group, values)
    return url_for("polls.new", thread_id=thread.id) if with_poll else thread.path


def prefilled() -> dict[str, Any]:
    return {
        "title": request.args.get("title", "")[:200],
        "body": request.args.get("text", "")[:MOST_GIVEN],
        "confidential": "vertraulich" in request.args,
    }


def count_told(form: ThreadForm) -> int:
    """Return how many people the names in the text would tell, in the group it is for."""
    key = web.given_id(form.group_id.data or "")
    names = text.mentions(form.body.data or "")
    if key is None or not names:
        return 0
    return told_in(groups.get_group_by_id(actor(), key), names)


def told_in(group: Group, names: list[str]) -> int:
    me = actor().account_id
    return mentioning.count_told(me, mentioning.find(me, names, group), group)


@bp.get("/diskussionen/erwaehnen")
@security.limit("suggest")
def mentions() -> ResponseReturnValue:
    """Offer who may be mentioned in a group, and say how many people some names tell."""
    key = web.given_id(request.args.get("gruppe", ""))
    group = groups.get_group_by_id(actor(), key) if key is not None else None
    if group is None or not policy.may_ask_in(actor(), group):
        raise NotFound
    names = request.args.getlist("name")[:MOST_NAMES]
    count = told_in(group, names)
    words = ngettext("benachrichtigt %(num)s Person", "benachrichtigt %(num)s Personen", count)
    typed = request.args.get("q", "")[:MOST_TYPED]
    return jsonify(found=mentioning.suggest(actor(), group, typed), told=words if count else "")


def is_step() -> bool:
    """Tell whether a button was pressed that shows or searches, but does not send."""
    return any(
        name in request.form
        for name in ("preview", "template", "municipality_search", "example_search")
    )


def queries_for_form(form: ThreadForm) -> list[Any]:
    """Offer the groups with the number of their readers, and the topics."""
    offered = groups.writable_groups(actor())
    everybody = count_all_members()
    form.group_id.choices = {
        label: options(
            (str(row.id), f"{row.name} – {audience_of(row, everybody)}") for row in rows
        )
        for label, rows in (
            (_("Meine Gruppen"), [row for row in offered if row.is_own]),
            (_("Weitere Gruppen"), [row for row in offered if not row.is_own]),
        )
        if rows
    }
    g.has_template = any(row.has_template for row in offered)
    form.offer_terms(vocabularies.choices(actions.TOPICS))
    if request.method == "GET":
        wanted = request.args.get("gruppe", "")
        form.group_id.data = next(
            (str(row.id) for row in offered if row.slug == wanted), form.group_id.data
        )
    return [(str(row.id), audience_of(row, everybody)) for row in offered]


def audience_of(row: Any, everybody: int) -> str:
    """Return who will read it, in words: "sichtbar für 37 Personen"."""
    if row.audience is GroupAudience.PUBLIC:
        return str(_("öffentlich lesbar"))
    count = everybody if row.readers is None else row.readers
    return str(ngettext("sichtbar für %(num)s Person", "sichtbar für %(num)s Personen", count))


def use_template(form: ThreadForm) -> None:
    """Put how the group likes to be asked into the text: by a button, or if it is empty."""
    key = web.given_id(form.group_id.data or "")
    is_opened = request.method == "GET" and "gruppe" in request.args and not form.body.data
    if key is None or not (is_opened or "template" in request.form):
        return
    template = groups.get_group_by_id(actor(), key).question_template
    if template not in (form.body.data or ""):
        form.body.data = f"{form.body.data or ''}\n\n{template}".strip()


def similar_to(form: ThreadForm) -> str:
    """Return what there is already about the title; looked up in steps, not when sending."""
    title = (form.title.data or "").strip()
    is_wanted = request.method == "GET" or is_step()
    return SIMILAR.html(actor(), title) if is_wanted and len(title) >= SHORTEST_TITLE else ""


def render_new(
    form: ThreadForm, offered: list[Any], files: FormFiles, code: int
) -> ResponseReturnValue:
    wants_preview = request.method == "POST" and "preview" in request.form
    page = render_template(
        "asking/new.html",
        form=form,
        files=files,
        audience=dict(offered).get(str(form.group_id.data), ""),
        audiences=offered,
        has_template=g.has_template,
        similar=similar_to(form),
        told=count_told(form) if wants_preview else 0,
        preview=text.preview(form.body.data) if wants_preview else None,
        **picked(fields_for(DRAFT)),
    )
    return page, code


def picked(form: MultiDict[str, str]) -> dict[str, Any]:
    """Return what the two search steps (place, example) found and what was chosen."""
    place_query, example_query = (
        form.get("municipality_query", ""),
        form.get("example_query", ""),
    )
    chosen = discussions.municipalities([form.get("municipality", "")[:8]])
    example = discussions.examples_by_id(one_id(form.get("example", "")))
    found_places = found_examples = None
    if "municipality_search" in form:
        found_places = [
            {"value": place.ags, "label": place.display_name, "hint": str(place.kind.label)}
            for place in queries.find_municipalities(place_query[:100])
        ]
    if "example_search" in form:
        found_examples = [
            {"value": row.id, "label": row.title, "hint": ""}
            for row in queries.find_examples(example_query[:100])
        ]
    return {
        "place": chosen[0] if chosen else None,
        "place_query": place_query,
        "found_places": found_places,
        "example": example[0] if example else None,
        "example_query": example_query,
        "found_examples": found_examples,
    }


def one_id(given: str) -> list[int]:
    """Return the id a field of the form holds, as a list of one or none."""
    return [int(given)] if given.isdecimal() and len(given) < 16 else []


def chosen_group(form: ThreadForm) -> Any:
    group = groups.get_group_by_id(actor(), int(form.group_id.data))
    require(policy.may_ask_in, group)
    return group


def values_of(form: Any) -> dict[str, Any]:
    """Return what the form says, as the parts of a thread."""
    return {
        "title": form.title.data,
        "body": form.body.data if "body" in form else "",
        "on_behalf": form.on_behalf.data if "on_behalf" in form else False,
        "quiet": form.quiet.data if "quiet" in form else False,
        "terms": form.terms.data,
        "municipalities": [*places()[:20], request.form.get("municipality", "")[:8]],
        "examples": form.example_ids + one_id(request.form.get("example", "")),
    }


def places() -> list[str]:
    """Return the municipalities a thread has and shall keep."""
    return request.form.getlist("places")


@bp.route("/diskussionen/<int:thread_id>/bearbeiten", methods=["GET", "POST"])
@security.limit("edits", methods=["POST"])
def edit(thread_id: int) -> ResponseReturnValue:
    """Change title, topics and links of a thread."""
    thread = discussions.get_thread(actor(), thread_id)
    require(policy.may_edit_thread, thread)
    form = EditThreadForm(data=None if request.method == "POST" else details_of(thread))
    kept = [term.key for term in thread.terms]
    form.offer_terms(vocabularies.choices(actions.TOPICS, keep=kept))
    if request.method == "GET" or is_step() or not form.validate_on_submit():
        return render_edit_thread(thread, form, 200 if is_step() else status(form))
    try:
        versions.check(thread, form.version.data)
    except versions.Conflict:
        form.version.data = thread.version
        return render_edit_thread(thread, form, 409, is_conflict=True)
    actions.edit_thread(actor(), thread, values_of(form))
    session.commit()
    return redirect(thread.path, 303)


def details_of(thread: Thread) -> dict[str, Any]:
    return {
        "title": thread.title,
        "terms": [term.key for term in thread.terms],
        "examples": ", ".join(str(example.id) for example in thread.examples),
        "version": thread.version,
    }


def render_edit_thread(
    thread: Thread, form: ThreadDetails, code: int, *, is_conflict: bool = False
) -> ResponseReturnValue:
    kept = places() if request.method == "POST" else [m.ags for m in thread.municipalities]
    page = render_template(
        "asking/edit.html",
        thread=thread,
        form=form,
        is_conflict=is_conflict,
        kept=kept,
        **picked(request.form),
    )
    return page, code
