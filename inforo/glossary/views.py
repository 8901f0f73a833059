"""The glossary: for everybody to read, for editors to keep."""

from collections import defaultdict
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import text, versions, web
from inforo.authz import actor, public, require, staff
from inforo.db import session
from inforo.forms import options
from inforo.glossary import actions, linking, policy, queries
from inforo.glossary.forms import EntryForm
from inforo.glossary.models import GlossaryEntry
from inforo.i18n import _, _l

bp = Blueprint("glossary", __name__)
QUERY_LENGTH = 100
FIELDS = {
    "title": _l("Begriff"),
    "forms": _l("Andere Schreibweisen und gebeugte Formen"),
    "definition": _l("Erklärung"),
    "source": _l("Quelle"),
    "see_also": _l("Siehe auch"),
}


def init_app(app: Flask) -> None:
    """Let templates link words of the glossary in the texts they show."""
    app.jinja_env.globals.update(link_terms=linking.link_terms, glossary_stamp=linking.stamp)


@bp.get("/glossar/")
@public
def index() -> ResponseReturnValue:
    q = text.clean(request.args.get("q"))[:QUERY_LENGTH]
    letters: dict[str, list[GlossaryEntry]] = defaultdict(list)
    for entry in queries.entries(actor(), q):
        letters[entry.initial].append(entry)
    return render_template("glossary/index.html", letters=letters, q=q)


@bp.get("/glossar/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    return render_template("glossary/show.html", entry=queries.get_entry(actor(), slug))


@bp.route("/redaktion/glossar/neu", methods=["GET", "POST"])
@staff
def add() -> ResponseReturnValue:
    require(policy.may_edit)
    form = EntryForm()
    offer_others(form)
    if form.validate_on_submit():
        try:
            entry = actions.add(actor(), form.values())
        except actions.TitleTaken as taken:
            form.title.errors = [taken.message]
        else:
            flash(_("Der Eintrag steht im Glossar."), "success")
            return web.created(entry.path)
    return edit_page(form, None)


def offer_others(form: EntryForm, but: GlossaryEntry | None = None) -> None:
    others = [entry for entry in queries.entries(actor()) if entry is not but]
    form.see_also.choices = options((entry.slug, entry.title) for entry in others)


def edit_page(
    form: EntryForm, entry: GlossaryEntry | None, *, conflict: bool = False
) -> ResponseReturnValue:
    page = render_template("glossary/edit.html", form=form, entry=entry, conflict=conflict)
    return page, 409 if conflict else 422 if form.errors else 200


@bp.route("/redaktion/glossar/<slug>", methods=["GET", "POST"])
@staff
def edit(slug: str) -> ResponseReturnValue:
    require(policy.may_edit)
    entry = queries.get_entry(actor(), slug)
    form = EntryForm(data=stored_values(entry))
    offer_others(form, entry)
    if form.validate_on_submit():
        try:
            actions.edit(actor(), entry, form.values(), form.version.data)
        except versions.Conflict:
            form.version.data = entry.version
            return edit_page(form, entry, conflict=True)
        session.commit()
        flash(_("Der Eintrag ist gespeichert."), "success")
        return redirect(entry.path, 303)
    return edit_page(form, entry)


def stored_values(entry: GlossaryEntry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "definition": entry.definition,
        "forms": "\n".join(map(str, entry.forms)),
        "source": entry.source,
        "see_also": [other.slug for other in entry.see_also],
        "version": entry.version,
    }


@bp.post("/redaktion/glossar/<slug>/archivieren")
@staff
def archive(slug: str) -> ResponseReturnValue:
    """Take an entry out, or put it back."""
    require(policy.may_edit)
    entry = queries.get_entry(actor(), slug)
    actions.archive(actor(), entry)
    session.commit()
    flash(_("Gespeichert."), "success")
    return redirect(entry.path, 303)


@bp.get("/redaktion/glossar/<slug>/verlauf")
@staff
def history(slug: str) -> ResponseReturnValue:
    require(policy.may_edit)
    entry = queries.get_entry(actor(), slug)
    saved = versions.history(entry)
    older = [*saved[1:], None] if saved else []
    return render_template(
        "vocabularies/history.html",
        title=entry.title,
        back=(_("Glossar"), url_for(".index")),
        entries=[
            (version, differences(before.fields if before else {}, version.fields))
            for version, before in zip(saved, older, strict=True)
        ],
        merges=[],
        names=queries.names_of(saved),
    )


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [
        (FIELDS[name], text.diff(str(old.get(name, "")), str(value)))
        for name, value in new.items()
        if str(old.get(name, "")) != str(value)
    ]
