"""Pages of discussions: list, thread, question, answer."""

from typing import Any

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from inforo import audit, clock, security, templating, text, versions, web
from inforo.authz import actor, public, require
from inforo.config import settings
from inforo.db import session
from inforo.discussions import actions, policy, queries
from inforo.discussions.forms import (
    EditPostForm,
    EditThreadForm,
    ReplyForm,
    ThreadDetails,
    ThreadForm,
)
from inforo.discussions.models import (
    FollowLevel,
    Post,
    Thread,
    page_of,
    thread_path,
)
from inforo.discussions.queries import Filters
from inforo.errors import BadInput, DomainError, NotFound
from inforo.forms import Form, options
from inforo.groups import queries as groups
from inforo.groups.models import GroupAudience
from inforo.i18n import _, _l, ngettext
from inforo.notifications.actions import mark_subject_read
from inforo.notifications.queries import unread_about
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("discussions", __name__)


def init_app(app: Flask) -> None:
    """Give templates the addresses of threads, and groups their latest threads."""
    app.jinja_env.globals["thread_path"] = thread_path
    app.jinja_env.globals["latest_threads"] = queries.latest_threads


@bp.errorhandler(NotFound)
def offer_sign_in(error: NotFound) -> ResponseReturnValue:
    """Lead guests to the sign-in, whether or not there is something behind it."""
    if actor().is_signed_in:
        return web.show_refusal(error)
    session.rollback()
    answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    return answer


def status(form: Form) -> int:
    return 422 if form.errors else 200


# --- reading ---------------------------------------------------------------------------


@bp.get("/diskussionen/")
@public
def index() -> ResponseReturnValue:
    wanted = request.args
    filters = Filters(
        view=wanted.get("ansicht", "") if actor().is_member else guest_view(),
        state=wanted.get("land", "")[:2],
        programme=wanted.get("fachmodul", ""),
        term=vocabularies.current_key(actions.TOPICS, wanted.get("thema", "")),
        group=wanted.get("gruppe", ""),
        sort=wanted.get("sortierung", ""),
    )
    page, count = web.page_number(), queries.count_threads(actor(), filters)
    return render_template(
        "discussions/index.html",
        threads=queries.list_threads(actor(), filters, page),
        count=count,
        counted=queries.COUNTED,
        page=page,
        pages=max(-(-min(count, queries.COUNTED) // settings.page_size), page if count else 1),
        filters=filters,
        **choices_of(filters),
    )


VIEWS = {
    "": _l("Alle"),
    "unbeantwortet": _l("Unbeantwortet"),
    "mein-land": _l("Mein Land"),
    "meine": _l("Denen ich folge"),
}


def choices_of(filters: Filters) -> dict[str, Any]:
    """Return what the list may be narrowed to, and what it is narrowed to."""
    states = [(row.code, row.name) for row in groups.states()]
    programmes = [(item.key, item.label) for item in vocabularies.programmes()]
    topics = list(vocabularies.labels(actions.TOPICS).items())
    shown = VIEWS if actor().is_member else dict(list(VIEWS.items())[:2])
    names = {"land": dict(states), "fachmodul": dict(programmes), "thema": dict(topics)}
    given = {"land": filters.state, "fachmodul": filters.programme, "thema": filters.term}
    chosen = [
        (names[name].get(value, value), templating.url_without(name))
        for name, value in given.items()
        if value
    ]
    if filters.group:
        chosen.append((group_name(filters.group), templating.url_without("gruppe")))
    return {
        "states": states,
        "programmes": programmes,
        "topics": topics,
        "chosen": chosen,
        "views": [
            (label, url_for(".index", ansicht=key or None), None, filters.view == key)
            for key, label in shown.items()
        ],
    }


def group_name(slug: str) -> str:
    """Return the name of a group for the list of filters; nothing where it is not known."""
    try:
        return groups.get_group(actor(), slug).name
    except DomainError:
        return str(_("unbekannte Gruppe"))


def guest_view() -> str:
    """Return the view of the list that guests may choose: the others are about oneself."""
    return "unbeantwortet" if request.args.get("ansicht") == "unbeantwortet" else ""


@bp.get("/diskussionen/<int:thread_id>")
@bp.get("/diskussionen/<int:thread_id>-<slug>")
@public
def show(thread_id: int, slug: str = "") -> ResponseReturnValue:
    thread = queries.get_thread(actor(), thread_id)
    if request.path != thread.path:
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        return redirect(thread.path + query, 301)
    note_seen(thread)
    return render_thread(thread)


def note_seen(thread: Thread) -> None:
    """Mark as read what the person was told about the thread; only then this page writes."""
    subject = audit.subject_of(thread)
    if actor().is_member and unread_about(actor(), subject):
        web.begin_writing()
        mark_subject_read(actor(), subject)
        session.commit()


def render_thread(
    thread: Thread, form: ReplyForm | None = None, code: int = 200, preview: str = ""
) -> ResponseReturnValue:
    """Show one page of a thread; what may be done is asked once, not per post."""
    who, pages = actor(), page_of(thread.post_count)
    may_reply = policy.may_reply(who, thread)
    page = render_template(
        "discussions/show.html",
        thread=thread,
        page=min(web.page_number(), pages),
        pages=pages,
        posts=queries.posts(thread, min(web.page_number(), pages)),
        around=queries.around(who, thread),
        form=form or (ReplyForm() if may_reply else None),
        preview=preview,
        moderates=policy.may_moderate(who, thread),
        marks=policy.may_mark_answer(who, thread),
    )
    return page, code


@bp.get("/beitraege/<int:post_id>")
@public
def post(post_id: int) -> ResponseReturnValue:
    """Lead to a post, on whatever page of which thread it stands by now."""
    return redirect(queries.get_post(actor(), post_id).path, 302)


@bp.get("/beitraege/<int:post_id>/verlauf")
@public
def history(post_id: int) -> ResponseReturnValue:
    """Show what was changed in a post."""
    shown = queries.get_post(actor(), post_id)
    if not policy.may_see_text(actor(), shown):
        raise NotFound
    entries = versions.history(shown)
    older: list[Any] = [*entries[1:], None]
    changes = [
        (entry, text.diff(before.fields["body"] if before else "", entry.fields["body"]))
        if before
        else (entry, entry.fields["body"])
        for entry, before in zip(entries, older, strict=False)
    ]
    return render_template("discussions/history.html", post=shown, changes=changes)


# --- asking and answering ----------------------------------------------------------------


@bp.route("/diskussionen/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    require(policy.may_start_thread)
    form = ThreadForm(data=prefilled()) if request.method == "GET" else ThreadForm()
    offered = queries_for_form(form)
    if request.method == "GET" or is_step():
        return render_new(form, offered)
    if not form.validate_on_submit():
        return render_new(form, offered, 422)
    wait = seconds_to_wait(is_question=True)
    if wait:
        form.body.errors = [patience(wait)]
        return ask_for_patience(wait, render_new(form, offered, 429))
    try:
        thread = actions.start_thread(actor(), chosen_group(form), values_of(form))
    except actions.TooMuchInIt as error:
        form.body.errors = [error.message]
        return render_new(form, offered, 422)
    return web.created(thread.path)


def prefilled() -> dict[str, Any]:
    return {"title": request.args.get("title", "")[:200]}


def is_step() -> bool:
    """Tell whether a button was pressed that shows or searches, but does not send."""
    return any(
        name in request.form for name in ("preview", "municipality_search", "example_search")
    )


def queries_for_form(form: ThreadForm) -> list[Any]:
    """Offer the groups with the number of their readers, and the topics."""
    offered = groups.writable_groups(actor())
    everybody = groups.count_all_members()
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


def render_new(form: ThreadForm, offered: list[Any], code: int = 200) -> ResponseReturnValue:
    wants_preview = request.method == "POST" and "preview" in request.form
    page = render_template(
        "discussions/new.html",
        form=form,
        audience=dict(offered).get(str(form.group_id.data), ""),
        audiences=offered,
        preview=text.preview(form.body.data) if wants_preview else None,
        **picked(),
    )
    return page, code


def picked() -> dict[str, Any]:
    """Return what the two search steps (place, example) found and what was chosen."""
    form = request.form
    place_query, example_query = (
        form.get("municipality_query", ""),
        form.get("example_query", ""),
    )
    chosen = queries.municipalities([form.get("municipality", "")[:8]])
    example = queries.examples_by_id(one_id("example"))
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


def one_id(name: str) -> list[int]:
    """Return the id a field of the form holds, as a list of one or none."""
    given = request.form.get(name, "")
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
        "terms": form.terms.data,
        "municipalities": [*places()[:20], request.form.get("municipality", "")[:8]],
        "examples": form.example_ids + one_id("example"),
    }


def places() -> list[str]:
    """Return the municipalities a thread has and shall keep."""
    return request.form.getlist("places")


def seconds_to_wait(*, is_question: bool) -> int:
    """Count a post against the limits; return how long to wait, 0 for go on."""
    age = clock.now() - (current_user.approved_at or clock.now())
    limits = [settings.limit_posts_new if age.days < 7 else settings.limit_posts]
    if age.days < 1:
        first = settings.limit_posts_first_day, settings.limit_replies_first_day
        limits.append(first[0] if is_question else first[1])
    kinds = ("posts", "questions" if is_question else "answers")
    for kind, limit in zip(kinds, limits, strict=False):
        wait = security.take(limit, kind, str(actor().account_id))
        if wait:
            return wait
    return 0


def ask_for_patience(wait: int, page: ResponseReturnValue) -> ResponseReturnValue:
    """Answer 429 with the same page: nothing typed is lost."""
    answer = make_response(page)
    answer.headers["Retry-After"] = str(wait)
    return answer


@bp.post("/diskussionen/<int:thread_id>/antworten")
def reply(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(actor(), thread_id)
    require(policy.may_reply, thread)
    form = ReplyForm()
    if "preview" in request.form:
        return render_thread(thread, form, preview=text.preview(form.body.data))
    if not form.validate_on_submit():
        return render_thread(thread, form, 422)
    wait = seconds_to_wait(is_question=False)
    if wait:
        form.body.errors = [patience(wait)]
        return ask_for_patience(wait, render_thread(thread, form, 429))
    try:
        written = actions.reply(actor(), thread, form.body.data)
    except actions.TooMuchInIt as error:
        form.body.errors = [error.message]
        return render_thread(thread, form, 422)
    return web.created(written.path)


def patience(wait: int) -> str:
    return str(
        _(
            "Das ging sehr schnell. Bitte warten Sie noch %(seconds)s Sekunden und senden Sie "
            "dann noch einmal; Ihr Text ist noch da.",
            seconds=wait,
        )
    )


@bp.route("/beitraege/<int:post_id>/bearbeiten", methods=["GET", "POST"])
@security.limit("edits", methods=["POST"])
def edit_post(post_id: int) -> ResponseReturnValue:
    edited = queries.get_post(actor(), post_id)
    require(policy.may_edit, edited)
    form = EditPostForm(obj=None if request.method == "POST" else edited)
    preview = text.preview(form.body.data) if "preview" in request.form else ""
    if not form.validate_on_submit() or preview:
        return render_edit(edited, form, status(form), preview)
    try:
        versions.check(edited, form.version.data)
        actions.edit_post(actor(), edited, form.body.data)
    except versions.Conflict:
        form.version.data = edited.version
        return render_edit(edited, form, 409, is_conflict=True)
    except actions.TooMuchInIt as error:
        form.body.errors = [error.message]
        return render_edit(edited, form, 422)
    session.commit()
    return redirect(edited.path, 303)


def render_edit(
    edited: Post, form: Form, code: int, preview: str = "", *, is_conflict: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "discussions/edit_post.html",
        post=edited,
        form=form,
        preview=preview,
        is_conflict=is_conflict,
        may_delete=policy.may_delete(actor(), edited),
    )
    return page, code


@bp.post("/beitraege/<int:post_id>/loeschen")
def delete_post(post_id: int) -> ResponseReturnValue:
    deleted = queries.get_post(actor(), post_id)
    require(policy.may_delete, deleted)
    actions.delete_post(actor(), deleted)
    session.commit()
    flash(_("Ihr Beitrag ist gelöscht."), "success")
    return redirect(deleted.path, 303)


@bp.route("/diskussionen/<int:thread_id>/bearbeiten", methods=["GET", "POST"])
@security.limit("edits", methods=["POST"])
def edit(thread_id: int) -> ResponseReturnValue:
    """Change title, topics and links of a thread."""
    thread = queries.get_thread(actor(), thread_id)
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
        "discussions/edit.html",
        thread=thread,
        form=form,
        is_conflict=is_conflict,
        kept=kept,
        **picked(),
    )
    return page, code


@bp.post("/beitraege/<int:post_id>/als-antwort")
def mark_answer(post_id: int) -> ResponseReturnValue:
    answer = queries.get_post(actor(), post_id)
    require(policy.may_mark_answer, answer.thread)
    actions.mark_answer(actor(), answer.thread, answer)
    session.commit()
    return redirect(answer.path, 303)


@bp.post("/diskussionen/<int:thread_id>/antwort-aufheben")
def unmark_answer(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(actor(), thread_id)
    require(policy.may_mark_answer, thread)
    actions.unmark_answer(actor(), thread)
    session.commit()
    return redirect(thread.path, 303)


@bp.post("/diskussionen/<int:thread_id>/folgen")
def follow(thread_id: int) -> ResponseReturnValue:
    """Follow, mute, or neither (`level` empty)."""
    thread = queries.get_thread(actor(), thread_id)
    require(policy.may_follow, thread)
    wanted = request.form.get("level", "")
    if wanted not in {"", *FollowLevel}:
        raise BadInput(_("Bitte wählen Sie, ob Sie der Diskussion folgen."))
    actions.set_follow(actor(), thread, FollowLevel(wanted) if wanted else None)
    session.commit()
    return redirect(thread.path, 303)
