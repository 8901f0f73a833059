"""All one wants to hear of, on one page; and the level of a topic."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import security, web
from inforo.authz import actor
from inforo.db import session
from inforo.errors import BadInput
from inforo.i18n import _
from inforo.watching import actions as watching
from inforo.watching.forms import LevelForm
from inforo.watching.models import Level, Target
from inforo.watching.queries import level_by_answering
from inforo.wishes import queries
from inforo.wishes.forms import HabitForm

bp = Blueprint("wishes", __name__)
ROWS = 10


def init_app(app: Flask) -> None:
    """Let the list of discussions about a topic show what one chose for it."""
    app.jinja_env.globals["topic_level"] = queries.topic_level


@bp.get("/konto/folgen")
def index() -> ResponseReturnValue:
    return render(HabitForm(by_answering=level_by_answering(actor()).value))


def render(form: HabitForm, code: int = 200) -> ResponseReturnValue:
    page = web.page_number()
    found, topics = queries.threads(actor(), page, ROWS), queries.topics(actor())
    shown = render_template(
        "wishes/index.html",
        form=form,
        groups=queries.groups(actor()),
        topics=[(term, level) for term, level in topics if level],
        other_topics=[term for term, level in topics if not level],
        threads=found[:ROWS],
        page=page,
        has_more=len(found) > ROWS,
    )
    return shown, code


@bp.post("/konto/folgen")
def edit() -> ResponseReturnValue:
    """Choose what answering does."""
    form = HabitForm()
    if not form.validate_on_submit():
        return render(form, 422)
    watching.choose_habit(actor(), Level(form.by_answering.data))
    session.commit()
    flash(_("Das ist gespeichert."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/themen/<key>/folgen")
def follow_topic(key: str) -> ResponseReturnValue:
    """Choose how much one hears of a topic."""
    topic, form = queries.get_topic(key), LevelForm()
    if not form.validate_on_submit():
        raise BadInput(_("Bitte wählen Sie, wie viel Sie von dem Thema erfahren."))
    watching.choose(actor(), Target.TOPIC, topic.id, form.chosen)
    session.commit()
    flash(_("Das ist gespeichert."), "success")
    back = security.safe_path(request.args.get("next"))
    return redirect(back or url_for("discussions.index", thema=topic.key), 303)
