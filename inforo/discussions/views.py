"""Pages of discussions: list, thread, post and what was changed in it."""

from collections.abc import Sequence
from typing import Any

from flask import (
    Blueprint,
    Flask,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import audit, refusals, templating, text, web
from inforo.authz import actor, public
from inforo.config import settings
from inforo.db import session
from inforo.discussions import (
    actions,
    linked_data,
    listing,
    mentioning,
    policy,
    queries,
    quoting,
    thread_page,
)
from inforo.discussions.forms import ReplyForm
from inforo.discussions.history import change_between, shown_versions
from inforo.discussions.listing import Filters
from inforo.discussions.models import Thread, page_of, post_path, thread_path
from inforo.discussions.naming import name_of
from inforo.discussions.places import THREAD_QUESTION
from inforo.drafts.views import draft_for, has_no_drafts
from inforo.errors import DomainError, NotFound
from inforo.groups import queries as groups
from inforo.groups.models import Group
from inforo.i18n import _, _l
from inforo.notifications.actions import mark_subject_read
from inforo.uploads.queries import files_on_page
from inforo.uploads.views import FormFiles
from inforo.vocabularies import queries as vocabularies
from inforo.watching.models import label_of, levels_of

bp = Blueprint("discussions", __name__)


def init_app(app: Flask) -> None:
    """Give templates the addresses of threads, groups their latest threads, levels words."""
    app.jinja_env.globals["thread_path"] = thread_path
    app.jinja_env.globals["post_path"] = post_path
    app.jinja_env.globals.update(levels_of=levels_of, level_label=label_of)
    app.jinja_env.globals["latest_threads"] = listing.latest_threads


@bp.errorhandler(NotFound)
def offer_sign_in(error: NotFound) -> ResponseReturnValue:
    """Lead guests to the sign-in, whether or not there is something behind it."""
    if actor().is_signed_in:
        return refusals.show_refusal(error)
    session.rollback()
    answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    return answer


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
    page, count = web.page_number(), listing.count_threads(actor(), filters)
    return render_template(
        "discussions/index.html",
        threads=listing.list_threads(actor(), filters, page),
        count=count,
        counted=listing.COUNTED,
        page=page,
        pages=max(-(-min(count, listing.COUNTED) // settings.page_size), page if count else 1),
        filters=filters,
        **choices_of(filters),
    )


VIEWS = {
    "": _l("Alle"),
    "unbeantwortet": _l("Unbeantwortet"),
    "beantwortet": _l("Beantwortet"),
    "mit-ergebnis": _l("Mit Ergebnis"),
    "mein-land": _l("Mein Land"),
    "meine": _l("Denen ich folge"),
    "neues": _l("Neues für mich"),
}
# The others are about oneself.
GUEST_VIEWS = ("", "unbeantwortet", "beantwortet", "mit-ergebnis")


def choices_of(filters: Filters) -> dict[str, Any]:
    """Return what the list may be narrowed to, and what it is narrowed to."""
    states = [(row.code, row.name) for row in groups.states()]
    programmes = [(item.key, item.label) for item in vocabularies.programmes()]
    topics = list(vocabularies.labels(actions.TOPICS).items())
    shown = VIEWS if actor().is_member else {key: VIEWS[key] for key in GUEST_VIEWS}
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
    """Return the view of the list that guests may choose."""
    wanted = request.args.get("ansicht", "")
    return wanted if wanted in GUEST_VIEWS else ""


@bp.get("/diskussionen/<int:thread_id>")
@bp.get("/diskussionen/<int:thread_id>-<slug>")
@public
def show(thread_id: int, slug: str = "") -> ResponseReturnValue:
    thread = queries.get_thread(actor(), thread_id)
    if request.path != thread.path:
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        return redirect(thread.path + query, 301)
    around = thread_page.around(actor(), thread)
    note_seen(thread, around)
    return render_thread(thread, around=around)


def note_seen(thread: Thread, around: thread_page.Around) -> None:
    """Mark as read what the person was told about the thread; only then this page writes."""
    if actor().is_member and around.unread:
        web.begin_writing()
        mark_subject_read(actor(), audit.subject_of(thread))
        session.commit()


def render_thread(
    thread: Thread,
    form: ReplyForm | None = None,
    code: int = 200,
    preview: str = "",
    around: thread_page.Around | None = None,
    files: FormFiles | None = None,
) -> ResponseReturnValue:
    """Show one page of a thread; what may be done is asked once, not per post."""
    who, pages = actor(), page_of(thread.post_count)
    around = around or thread_page.around(who, thread)
    if form is None and policy.may_reply(who, thread):
        form = begun_reply(thread, around)
    number = min(web.page_number(), pages)
    posts = thread_page.posts(thread, number)
    top = above_question(thread, posts) if number == 1 else {}
    on_page = files_shown(thread, posts, around)
    page = render_template(
        "discussions/show.html",
        thread=thread,
        page=number,
        pages=pages,
        posts=posts,
        top=top,
        on_page=on_page,
        files=files
        or FormFiles(thread_page.reply_target(thread), pending=on_page.get(None, ())),
        around=around,
        form=form,
        preview=preview,
        told=count_told(form, thread.group) if preview and form else 0,
        can=allowed(thread, number, is_replying=form is not None),
        below_question=THREAD_QUESTION,
    )
    return page, code


def allowed(thread: Thread, page: int, *, is_replying: bool) -> thread_page.Allowed:
    """Return what may be done with the posts of a page, and where their quotes lead."""
    who, here = actor(), "" if request.method == "GET" else thread.path
    return thread_page.Allowed(
        member=who.is_member,
        reply=is_replying,
        moderate=policy.may_moderate(who, thread),
        mark=policy.may_mark_answer(who, thread),
        edit=not thread.is_locked and not thread.is_hidden,
        quote_at=f"{here}?seite={page}&zitat=" if page > 1 else f"{here}?zitat=",
    )


def above_question(thread: Thread, posts: Sequence[Any]) -> dict[str, Any]:
    """Return what the first page begins with: the answer, the outcome, words for machines."""
    answer = thread_page.one_post(thread, thread.answer_post_id, posts)
    return {
        "answer": answer,
        "outcome": thread_page.one_post(thread, thread.outcome_post_id, posts),
        "linked_data": ""  # machines read as guests do
        if actor().is_signed_in
        else linked_data.of_thread(thread, posts, answer, whole_url(thread)),
    }


def whole_url(thread: Thread) -> str:
    return url_for("pages.start", _external=True).rstrip("/") + thread.path


def files_shown(
    thread: Thread, posts: Sequence[Any], around: thread_page.Around
) -> dict[int | None, list[Any]]:
    """Return post → its files, and None → those of one's own answer; most pages have none."""
    with_files = [row.id for row in posts if row.has_files]
    if not with_files and not around.unsent:
        return {}
    return files_on_page(with_files, actor().account_id, thread_page.reply_target(thread))


def begun_reply(thread: Thread, around: thread_page.Around) -> ReplyForm:
    """Return the form to answer, with what was typed before and what is to be quoted."""
    form, target = ReplyForm(), thread_page.reply_target(thread)
    if not around.drafts:
        has_no_drafts(target)
    draft_for(form, target)
    quoted = web.given_id(request.args.get("zitat", ""))
    if quoted is not None:
        post = queries.get_post(actor(), quoted)
        if post.thread_id == thread.id and policy.may_see_text(actor(), post):
            form.body.data = quoting.with_quote(form.body.data or "", quoting.quote_of(post))
    return form


def count_told(form: Any, group: Group) -> int:
    """Return how many people the names in a form would tell."""
    me, names = actor().account_id, text.mentions(form.body.data or "")
    return mentioning.count_told(me, mentioning.find(me, names, group), group)


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
    entries = shown_versions(actor(), shown)
    older: list[Any] = [*entries[1:], None]
    changes = [
        (entry, change_between(before.fields if before else None, entry.fields))
        for entry, before in zip(entries, older, strict=False)
    ]
    return render_template(
        "discussions/history.html", post=shown, changes=changes, name_of=name_of
    )
