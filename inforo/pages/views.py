"""Start, help and legal pages, language and appearance, and what operators look at."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from sqlalchemy.exc import SQLAlchemyError

from inforo import schema, security, storage, text, web
from inforo.accounts import actions as accounts
from inforo.accounts import queries as accounts_queries
from inforo.agenda import queries as agenda_queries
from inforo.authz import actor, admin, public
from inforo.config import settings
from inforo.db import session
from inforo.discussions import listing as discussions
from inforo.discussions.listing import Filters
from inforo.errors import NotFound
from inforo.i18n import LANGUAGES, _l, language
from inforo.pages import queries
from inforo.pages.forms import SampleForm, refused_sample
from inforo.pages.news import news
from inforo.paths import queries as paths_queries
from inforo.templating import THEMES
from inforo.toolbox import queries as toolbox_queries

bp = Blueprint("pages", __name__)
MOST_NEWS = 3
MOST_POINTS = 3

TEXTS = Path(__file__).resolve().parent.parent / "data" / "pages"
TITLES = {
    "impressum": _l("Impressum"),
    "datenschutz": _l("Datenschutz"),
    "barrierefreiheit": _l("Erklärung zur Barrierefreiheit"),
    "nutzungsbedingungen": _l("Nutzungsbedingungen"),
    "netiquette": _l("Netiquette"),
    "hilfe": _l("Hilfe"),
    "ueber": _l("Über inforo"),
}
OPERATOR = ("operator_name", "operator_address", "operator_email", "operator_phone")


@bp.get("/<any({}):name>".format(", ".join(TITLES)))
@public
def legal(name: str) -> ResponseReturnValue:
    return render_template("pages/legal.html", title=TITLES[name], body=page_text(name))


def page_text(name: str) -> Markup:
    """Return one of the texts that come with the platform, or the operator's own one."""
    own = settings.instance / "pages" / f"{name}.{language()}.md"
    path = own if own.exists() else TEXTS / f"{name}.{language()}.md"
    operator = tuple(str(getattr(settings, key)) for key in OPERATOR)
    return rendered(path, path.stat().st_mtime_ns, operator)


@lru_cache(maxsize=64)
def rendered(path: Path, _changed_at: int, operator: tuple[str, ...]) -> Markup:
    """Return a text as HTML with the operator's data in it."""
    source = re.sub(r"\AFassung: .*\n", "", path.read_text(encoding="utf-8"))
    for key, value in zip(OPERATOR, operator, strict=True):
        source = source.replace("{{ " + key + " }}", str(escape(value)))
    return Markup(text.render_markdown(source, headings_from=1))  # noqa: S704 (cleaned)


@bp.post("/sprache")
@public
@security.without_token
def choose_language() -> ResponseReturnValue:
    """Remember the language, for mails too. Harmless from anywhere, so guests need no token."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES and actor().is_signed_in:
        accounts.choose_language(accounts_queries.get_account(actor().account_id), chosen)
        session.commit()
    return remember("language", chosen, tuple(LANGUAGES))


@bp.post("/darstellung")
@public
@security.without_token
def choose_theme() -> ResponseReturnValue:
    return remember("theme", request.form.get("theme", ""), THEMES)


def remember(name: str, value: str, allowed: tuple[str, ...]) -> Response:
    target = security.safe_path(request.form.get("next")) or url_for("pages.start")
    answer = make_response(redirect(target, 303))
    if value in allowed:
        web.keep_choice(answer, name, value)
    return answer


@bp.get("/betrieb/")
@admin
def operations() -> ResponseReturnValue:
    waiting, failed = queries.count_jobs()
    return render_template(
        "pages/operations.html",
        waiting_jobs=waiting,
        failed_jobs=failed,
        waiting_mails=queries.count_waiting_mails(),
        free_disk=queries.free_disk(settings.instance) // 1_000_000,
        revision=queries.schema_revision(),
        head=schema.head(),
    )


def only_in_demo_or_for_admins() -> None:
    if not settings.demo and not actor().is_admin:
        raise NotFound


@bp.route("/betrieb/bausteine", methods=["GET", "POST"])
@public
def building_blocks() -> ResponseReturnValue:
    only_in_demo_or_for_admins()
    form = SampleForm()
    status = 422 if form.is_submitted() and not form.validate() else 200
    return render_template(
        "pages/building_blocks.html", form=form, refused=refused_sample()
    ), status


@bp.get("/betrieb/postausgang")
@public
def outbox() -> ResponseReturnValue:
    """Show what the platform mails; in the demo to everybody, as nothing leaves it there."""
    only_in_demo_or_for_admins()
    return render_template("pages/outbox.html", mails=queries.latest_mails())


@bp.get("/betrieb/postausgang/<int:mail_id>")
@public
def outbox_mail(mail_id: int) -> ResponseReturnValue:
    only_in_demo_or_for_admins()
    mail = queries.find_mail(mail_id)
    if mail is None or not settings.demo:
        raise NotFound
    return render_template("pages/outbox_mail.html", mail=mail)


@bp.get("/healthz")
@public
@security.limiter.exempt
def healthz() -> ResponseReturnValue:
    return jsonify(status="ok"), {"Cache-Control": "no-store"}


@bp.get("/readyz")
@public
@security.limiter.exempt
def readyz() -> ResponseReturnValue:
    """Answer 200 when requests are welcome, 503 with the names of what is wrong.

    Without the storage of files the pages still work: that is a warning.
    """
    try:
        found = queries.problems(schema.head())
    except SQLAlchemyError:
        session.rollback()
        found = ["database"]
    if current_app.extensions.get("is_stopping"):
        found.append("stopping")
    warnings = [] if storage.is_reachable() else ["files"]
    status = "not ready" if found else "ok"
    answer = jsonify(status=status, problems=found, warnings=warnings)
    return answer, 503 if found else 200, {"Cache-Control": "no-store"}


@bp.post("/csp-bericht")
@public
@security.without_token
@security.limit("csp_reports")
def csp_report() -> ResponseReturnValue:
    """Log what a browser refused to load, without anything about the person."""
    try:
        report: Any = json.loads(request.get_data(cache=False)[:10_000] or "{}")
    except (ValueError, RecursionError):
        abort(400)
    current_app.logger.warning("csp: %s", blocked(report))
    return "", 204


def blocked(report: Any) -> str:
    """Return directive and blocked address of a report, in both formats browsers send."""
    first = report[0] if isinstance(report, list) and report else report
    body = first.get("csp-report") or first.get("body") or {} if isinstance(first, dict) else {}
    if not isinstance(body, dict):
        return "unreadable"
    directive = body.get("violated-directive") or body.get("effectiveDirective", "")
    address = body.get("blocked-uri") or body.get("blockedURL", "")
    return " ".join(text.clean(f"{directive} {address}"[:200]).split())


@bp.get("/.well-known/security.txt")
@public
def security_txt() -> ResponseReturnValue:
    lines = [
        f"Contact: mailto:{settings.operator_email}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
        "Expires: 2027-12-31T23:00:00.000Z",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/.well-known/change-password")
@public
def change_password() -> ResponseReturnValue:
    return redirect(url_for("accounts.security"), 302)


@bp.get("/robots.txt")
@public
def robots_txt() -> ResponseReturnValue:
    lines = ["User-agent: *", "Disallow: /suche", "Disallow: /konto/", "Disallow: /betrieb/"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    return overview() if actor().is_member else welcome()


def welcome() -> str:
    """Show guests what there is to find, and who is here."""
    return render_template(
        "pages/start.html",
        figures=queries.figures(),
        news=news(actor(), MOST_NEWS),
        state_code="",
        examples=toolbox_queries.latest_examples(actor(), 6),
        threads=discussions.list_threads(actor(), Filters(), 1, size=5),
        paths=paths_queries.published(actor(), limit=3),
    )


def overview() -> str:
    """Show members what is new for them and what they may go on with."""
    found = news(actor(), MOST_NEWS, with_drafts=True)
    mine, unanswered = discussions.newest_of_views(actor(), 5, "meine", "unbeantwortet")
    return render_template(
        "pages/overview.html",
        points=agenda_queries.points(actor(), MOST_POINTS),
        groups=queries.own_groups(actor()),
        news=found,
        state_code="",
        drafts=found.drafts,
        threads=mine,
        questions=unanswered,
        examples=toolbox_queries.latest_examples(actor(), 3),
        paths=paths_queries.published(actor(), limit=3),
    )
