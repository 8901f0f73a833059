"""Where editors keep the vocabularies and the synonyms of the search."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import text, versions, web
from inforo.authz import actor, require, staff
from inforo.db import session
from inforo.i18n import _, _l
from inforo.vocabularies import editing, merging, policy, queries, unmerging
from inforo.vocabularies.catalogue import vocabularies
from inforo.vocabularies.forms import FixedTermForm, MergeForm, TermForm
from inforo.vocabularies.models import SynonymRing, Term
from inforo.vocabularies.references import count_uses

bp = Blueprint("vocabularies", __name__, url_prefix="/redaktion")
QUERY_LENGTH = 100
FIELDS = {
    "label_de": _l("Bezeichnung"),
    "label_en": _l("Englische Bezeichnung"),
    "aliases": _l("Andere Namen"),
    "position": _l("Stelle in der Liste"),
    "words": _l("Wörter, die dasselbe bedeuten"),
}


def matching(terms: Iterable[Term], q: str) -> list[Term]:
    """Return the terms that have the words in one of their names."""
    wanted = q.casefold()
    return [term for term in terms if any(wanted in name.casefold() for name in names_of(term))]


def names_of(term: Term) -> list[str]:
    return [*term.names(), term.label_en, term.key]


def asked() -> str:
    return text.clean(request.args.get("q"))[:QUERY_LENGTH]


@bp.get("/schlagwoerter/")
@staff
def index() -> ResponseReturnValue:
    require(policy.may_edit)
    return render_template(
        "vocabularies/index.html",
        vocabularies=vocabularies().values(),
        counts=queries.count_terms(),
        merges=queries.merges(limit=20),
    )


@bp.get("/schlagwoerter/<vocabulary>/")
@staff
def show(vocabulary: str) -> ResponseReturnValue:
    require(policy.may_edit)
    found, q = queries.get_vocabulary(vocabulary), asked()
    terms = matching(queries.all_terms(vocabulary), q)
    return render_template(
        "vocabularies/show.html",
        vocabulary=found,
        terms=terms,
        uses=count_uses(vocabulary, terms),
        q=q,
    )


@bp.route("/schlagwoerter/<vocabulary>/neu", methods=["GET", "POST"])
@staff
def add(vocabulary: str) -> ResponseReturnValue:
    found = queries.get_vocabulary(vocabulary)
    require(policy.may_add_to, vocabulary)
    form = TermForm()
    if form.validate_on_submit():
        try:
            editing.add(actor(), vocabulary, form.values())
        except editing.NameTaken as taken:
            form.label_de.errors = [taken.message]
        else:
            flash(_("Das Schlagwort ist angelegt."), "success")
            return web.created(url_for(".show", vocabulary=vocabulary))
    page = render_template("vocabularies/add.html", vocabulary=found, form=form)
    return page, 422 if form.errors else 200


@bp.route("/schlagwoerter/begriffe/<int:term_id>", methods=["GET", "POST"])
@staff
def edit(term_id: int) -> ResponseReturnValue:
    require(policy.may_edit)
    term = queries.get_term(term_id)
    form = term_form(term)
    if form.validate_on_submit():
        try:
            editing.edit(actor(), term, form.values(), form.version.data)
        except editing.NameTaken as taken:
            session.rollback()
            form.aliases.errors = [taken.message]
        except versions.Conflict:
            form.version.data = term.version
            return edit_page(term, form, conflict=True), 409
        else:
            session.commit()
            flash(_("Gespeichert. Die Suche zieht in wenigen Minuten nach."), "success")
            return redirect(url_for(".show", vocabulary=term.vocabulary), 303)
    return edit_page(term, form), 422 if form.errors else 200


def term_form(term: Term) -> FixedTermForm:
    kind = TermForm if policy.may_change(actor(), term) else FixedTermForm
    return kind(
        data={
            "label_de": term.label_de,
            "label_en": term.label_en,
            "aliases": "\n".join(map(str, term.aliases)),
            "position": term.position,
            "version": term.version,
        }
    )


def edit_page(term: Term, form: FixedTermForm, *, conflict: bool = False) -> str:
    return render_template(
        "vocabularies/edit.html",
        term=term,
        vocabulary=queries.get_vocabulary(term.vocabulary),
        form=form,
        conflict=conflict,
        uses=count_uses(term.vocabulary, [term])[term.id],
        follows=queries.followed_by(term),
        may_change=policy.may_change(actor(), term),
    )


@bp.get("/schlagwoerter/begriffe/<int:term_id>/verlauf")
@staff
def history(term_id: int) -> ResponseReturnValue:
    require(policy.may_edit)
    term = queries.get_term(term_id)
    return render_template(
        "vocabularies/history.html",
        title=term.label_de,
        back=(_("Schlagwort"), url_for(".edit", term_id=term.id)),
        entries=changes_of(term),
        merges=queries.merges_of(term),
        names=queries.names_of_people(term),
    )


def changes_of(content: Term | SynonymRing) -> list[tuple[versions.Version, list[Any]]]:
    """Return each saved version with (label, difference) of the fields that changed."""
    saved = versions.history(content)
    older = [*saved[1:], None] if saved else []
    return [
        (version, differences(before.fields if before else {}, version.fields))
        for version, before in zip(saved, older, strict=True)
    ]


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [
        (FIELDS[name], text.diff(str(old.get(name, "")), str(value)))
        for name, value in new.items()
        if str(old.get(name, "")) != str(value)
    ]


@bp.post("/schlagwoerter/begriffe/<int:term_id>/<any(archivieren, anbieten, loeschen):verb>")
@staff
def change(term_id: int, verb: str) -> ResponseReturnValue:
    """Archive a term, offer it again, or delete one nothing uses."""
    term = queries.get_term(term_id)
    require(policy.may_change, term)
    VERBS[verb](actor(), term)
    session.commit()
    flash(str(SAID[verb]), "success")
    return redirect(url_for(".show", vocabulary=term.vocabulary), 303)


VERBS = {
    "archivieren": editing.archive,
    "anbieten": editing.offer_again,
    "loeschen": editing.remove,
}
SAID = {
    "archivieren": _l("Das Schlagwort wird nicht mehr angeboten. Was es hat, behält es."),
    "anbieten": _l("Das Schlagwort wird wieder angeboten."),
    "loeschen": _l("Das Schlagwort ist gelöscht."),
}


# Merging


@bp.route("/schlagwoerter/begriffe/<int:term_id>/zusammenfuehren", methods=["GET", "POST"])
@staff
def merge(term_id: int) -> ResponseReturnValue:
    source = queries.get_term(term_id)
    require(policy.may_change, source)
    target_id = web.given_id(request.values.get("ziel", ""))
    target = queries.get_term(target_id) if target_id else None
    form = MergeForm()
    if target is not None:
        merging.check(source, target)
    if target is not None and form.validate_on_submit():
        made = merging.merge(actor(), source, target, form.reason.data)
        flash(_("Zusammengeführt. Die Suche zieht in wenigen Minuten nach."), "success")
        return web.created(url_for(".show_merge", merge_id=made.id))
    page = render_template(
        "vocabularies/merge.html",
        source=source,
        target=target,
        targets=[term for term in queries.all_terms(source.vocabulary) if term is not source],
        preview=merging.preview(source, target) if target else [],
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.get("/schlagwoerter/zusammenfuehrungen/<int:merge_id>")
@staff
def show_merge(merge_id: int) -> ResponseReturnValue:
    require(policy.may_edit)
    return merge_page(merge_id, MergeForm())


def merge_page(merge_id: int, form: MergeForm) -> ResponseReturnValue:
    made = queries.get_merge(merge_id)
    page = render_template(
        "vocabularies/show_merge.html",
        merge=made,
        links=unmerging.described(made),
        undoing=None if made.undone_at else unmerging.undoing(made),
        names=queries.names_of_people(made.source),
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.post("/schlagwoerter/zusammenfuehrungen/<int:merge_id>/aufheben")
@staff
def undo(merge_id: int) -> ResponseReturnValue:
    require(policy.may_edit)
    form = MergeForm()
    if not form.validate_on_submit():
        return merge_page(merge_id, form)
    found = unmerging.undo(actor(), queries.get_merge(merge_id), form.reason.data)
    session.commit()
    if lost := found.lost.total():
        said = _("Aufgehoben. %(count)s Verknüpfungen gab es nicht mehr.", count=lost)
        flash(said, "warning")
    else:
        flash(_("Aufgehoben. Alles ist wieder wie vorher."), "success")
    return redirect(url_for(".show_merge", merge_id=merge_id), 303)
