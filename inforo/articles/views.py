"""Meldungen: reading, writing, deciding."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import clock, files, templating, text, web
from inforo.articles import actions, queries
from inforo.articles.forms import ArticleForm
from inforo.articles.models import KEYWORDS, Article
from inforo.articles.queries import NATIONWIDE, Filters
from inforo.authz import actor, public, require, staff
from inforo.config import settings
from inforo.editorial import policy
from inforo.editorial import views as shared
from inforo.editorial.fields import READERS, TEXTS, Field, Kept, say_day
from inforo.editorial.forms import AttachForm
from inforo.editorial.views import Conflict
from inforo.forms import ReasonForm
from inforo.i18n import _, _l
from inforo.security import limit
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("articles", __name__)
FIELDS: Kept = {
    **TEXTS,
    "dated_on": Field(_l("Datum"), say_day),
    "keywords": Field(_l("Stichworte")),
    **READERS,
}


# Reading


@bp.get("/meldungen/")
@public
def index() -> ResponseReturnValue:
    filters = Filters(
        keyword=vocabularies.current_key(KEYWORDS, request.args.get("stichwort", "")[:100]),
        state=request.args.get("land", "")[:2],
        year=request.args.get("jahr", 0, type=int),
    )
    page, count = web.page_number(), queries.count_articles(actor(), filters)
    size = settings.page_size
    return render_template(
        "articles/index.html",
        articles=queries.list_articles(actor(), filters, page, size),
        count=count,
        page=page,
        pages=-(-count // size),
        filters=filters,
        **choices_of(filters),
    )


def choices_of(filters: Filters) -> dict[str, Any]:
    """Return what the list may be narrowed to, and what it is narrowed to."""
    keywords = list(vocabularies.labels(KEYWORDS).items())
    states = shared.state_choices()
    years = [(str(year), str(year)) for year in queries.years(actor())]
    names = {
        "stichwort": dict(keywords),
        "land": dict(states) | {NATIONWIDE: _("bundesweit")},
        "jahr": dict(years),
    }
    given = {
        "stichwort": filters.keyword,
        "land": filters.state,
        "jahr": str(filters.year or ""),
    }
    chosen = [
        (names[name].get(value, value), templating.url_without(name))
        for name, value in given.items()
        if value
    ]
    return {"keywords": keywords, "states": states, "years": years, "chosen": chosen}


@bp.get("/meldungen/meldungen.atom")
@public
def feed() -> ResponseReturnValue:
    """Answer with the newest public articles as an Atom feed (RFC 4287)."""
    articles = queries.for_feed()
    newest = max((article.changed_at for article in articles), default=clock.now())
    page = render_template("articles/feed.xml", articles=articles, newest=newest)
    return Response(page, mimetype="application/atom+xml")


@bp.get("/meldungen/<int:article_id>")
@bp.get("/meldungen/<int:article_id>-<slug>")
@public
def show(article_id: int, slug: str = "") -> ResponseReturnValue:
    article = queries.get_article(actor(), article_id)
    if slug != text.slug(article.title):
        return redirect(article.path, 301)
    return show_page(article, ReasonForm(prefix="return", formdata=None))


def show_page(article: Article, return_form: ReasonForm) -> str:
    return render_template("articles/show.html", article=article, return_form=return_form)


@bp.get("/meldungen/<int:article_id>/dateien/<int:file_id>")
@public
def file(article_id: int, file_id: int) -> ResponseReturnValue:
    article = queries.get_article(actor(), article_id)
    attached = queries.get_file(article, file_id)
    return files.deliver(attached.file)


# Writing


@bp.route("/meldungen/neu", methods=["GET", "POST"])
@limit("edits", methods=["POST"])
def new() -> ResponseReturnValue:
    require(policy.may_submit_new)
    form = ArticleForm(data={"dated_on": clock.today(), "state_code": actor().state_code})
    offer(form)
    preview = shared.preview_of(form)
    if preview or not form.validate_on_submit():
        return edit_page(form, None, preview=preview)
    article = actions.create(actor(), form.values())
    flash(_("Gespeichert. Sie können Dateien anhängen und die Meldung einreichen."), "success")
    return web.created(article.path)


def offer(form: ArticleForm, article: Article | None = None) -> None:
    form.offer_states(shared.state_choices())
    kept = article.terms if article else ()
    form.offer(vocabularies.terms_of(KEYWORDS, keep=kept)[KEYWORDS])


def edit_page(
    form: ArticleForm,
    article: Article | None,
    *,
    preview: str = "",
    conflict: Conflict | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "articles/edit.html", form=form, article=article, preview=preview, conflict=conflict
    )
    return page, 409 if conflict else 200 if preview else shared.status(form)


@bp.route("/meldungen/<int:article_id>/bearbeiten", methods=["GET", "POST"])
@limit("edits", methods=["POST"])
def edit(article_id: int) -> ResponseReturnValue:
    article = queries.get_article(actor(), article_id)
    require(policy.may_edit, article)
    form = ArticleForm(data=stored_values(article))
    offer(form, article)
    preview = shared.preview_of(form)
    if preview or not form.validate_on_submit():
        return edit_page(form, article, preview=preview)
    conflict = shared.save(article, form, FIELDS)
    if conflict:
        return edit_page(form, article, conflict=conflict)
    return redirect(article.path, 303)


def stored_values(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "body": article.body,
        "dated_on": article.dated_on,
        "keywords": [term.key for term in article.terms],
        "audience": article.audience.value,
        "state_code": article.state_code or "",
        "version": article.version,
    }


@bp.route("/meldungen/<int:article_id>/dateien", methods=["GET", "POST"])
@files.takes_files
@limit("uploads", methods=["POST"])
def edit_files(article_id: int) -> ResponseReturnValue:
    article = queries.get_article(actor(), article_id)
    return shared.files_page(article, AttachForm(), actions.attach)


@bp.post("/meldungen/<int:article_id>/dateien/<int:file_id>/entfernen")
def remove_file(article_id: int, file_id: int) -> ResponseReturnValue:
    article = queries.get_article(actor(), article_id)
    return shared.remove_file(article, queries.get_file(article, file_id))


@bp.get("/meldungen/meine")
def mine() -> ResponseReturnValue:
    new = (_("Meldung schreiben"), url_for(".new"))
    return shared.mine_page(Article, _("Meine Meldungen"), back(), new)


def back() -> tuple[str, str]:
    return _("Meldungen"), url_for(".index")


# Deciding


@bp.get("/redaktion/meldungen")
@staff
def desk() -> ResponseReturnValue:
    return shared.desk_page(Article, ".desk", title=_("Meldungen prüfen"), back=back())


@bp.post("/meldungen/<int:article_id>/loeschen")
def delete(article_id: int) -> ResponseReturnValue:
    return shared.delete(queries.get_article(actor(), article_id), ".mine")


@bp.post(f"/meldungen/<int:article_id>/<any({shared.VERBS}):verb>")
def take_step(article_id: int, verb: str) -> ResponseReturnValue:
    return shared.take_step(queries.get_article(actor(), article_id), verb)


@bp.post("/meldungen/<int:article_id>/zurueckgeben")
def give_back(article_id: int) -> ResponseReturnValue:
    article = queries.get_article(actor(), article_id)
    form = ReasonForm(prefix="return")
    return shared.give_back(article, form) or (show_page(article, form), 422)


@bp.get("/meldungen/<int:article_id>/verlauf")
def history(article_id: int) -> ResponseReturnValue:
    return shared.history_page(queries.get_article(actor(), article_id), FIELDS, back())
