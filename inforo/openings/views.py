"""Proposing to open something, answering, closing, and what is open to read."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import files, refusals, security, web
from inforo.accounts.views import private
from inforo.audit import subject_of
from inforo.authz import Actor, actor, public, require
from inforo.db import session
from inforo.discussions import queries as discussions
from inforo.discussions.models import Thread
from inforo.errors import BadInput, NotFound
from inforo.groups import policy as groups
from inforo.groups.models import GroupAudience
from inforo.i18n import _, ngettext
from inforo.libraries import models as libraries_models
from inforo.libraries import queries as libraries
from inforo.notifications.actions import mark_subject_read
from inforo.openings import actions, agreeing, beside, jobs, policy, queries, things
from inforo.openings.forms import ProposeForm, ProposeThreadForm
from inforo.openings.models import Opening, OpeningConsent, Thing
from inforo.wiki import models as wiki_models
from inforo.wiki import queries as wiki
from inforo.wiki import rendering
from inforo.wiki.views import offer_sign_in

bp = Blueprint("openings", __name__)
LINK = "openings.answer_by_link"
SWEEPS = (jobs.check_openings,)  # named here so that the worker knows them
# And so that pages have them.
BESIDE = (beside.beside_page, beside.beside_file, beside.below_question)


@bp.errorhandler(NotFound)
def explain_missing(error: NotFound) -> ResponseReturnValue:
    """Lead guests to the sign-in, but not from a link of a mail: that one works without."""
    return refusals.show_refusal(error) if request.endpoint == LINK else offer_sign_in(error)


# Proposing


@bp.route("/gruppen/<slug>/seiten/<int:page_id>/veroeffentlichen", methods=["GET", "POST"])
def propose_page(slug: str, page_id: int) -> ResponseReturnValue:
    return propose(wiki.get_page(actor(), slug, page_id))


@bp.route("/gruppen/<slug>/dateien/<int:file_id>/veroeffentlichen", methods=["GET", "POST"])
def propose_file(slug: str, file_id: int) -> ResponseReturnValue:
    return propose(libraries.get_file(actor(), slug, file_id))


@bp.route("/diskussionen/<int:thread_id>/veroeffentlichen", methods=["GET", "POST"])
def propose_thread(thread_id: int) -> ResponseReturnValue:
    """Propose to open a thread; where that was done already, lead to how it stands."""
    thread = discussions.get_thread(actor(), thread_id)
    require(policy.may_propose, thread)
    opening = queries.current(thread) if request.method == "GET" else None
    if opening is not None:
        return redirect(url_for(".show", opening_id=opening.id), 302)
    return propose(thread)


def propose(thing: Thing) -> ResponseReturnValue:
    require(policy.may_propose, thing)
    form = ProposeThreadForm() if isinstance(thing, Thread) else ProposeForm()
    form.offer(audiences())
    form.until_at_most(things.last_number(thing))
    if not form.validate_on_submit():
        return render_propose(thing, form, 422 if form.errors else 200)
    try:
        opening = actions.propose(
            actor(), thing, GroupAudience(form.audience.data), form.note.data, form.last
        )
    except actions.SomebodyGone as error:
        form.audience.errors = [error.message]
        return render_propose(thing, form, 422)
    return web.created(url_for(".show", opening_id=opening.id))


def audiences() -> list[tuple[str, Any]]:
    """Return who could read it, each with how many that are."""
    count = queries.count_people()
    people = ngettext("sichtbar für %(num)s Person", "sichtbar für %(num)s Personen", count)
    return [
        ("members", f"{_('Alle Mitglieder der Plattform')} – {people}"),
        ("public", f"{_('Alle im Internet')} – {_('öffentlich lesbar')}"),
    ]


def render_propose(thing: Thing, form: ProposeForm, code: int) -> ResponseReturnValue:
    wrote = things.authors(thing, form.last)
    shown = render_template(
        "openings/propose.html",
        thing=thing,
        form=form,
        authors=queries.accounts([key for key in wrote if key is not None]),
        all_here=agreeing.all_here(wrote),
        posts=things.copies(thing, form.last) if isinstance(thing, Thread) else [],
    )
    return shown, code


# Following it, answering


@bp.get("/veroeffentlichungen/<int:opening_id>")
def show(opening_id: int) -> ResponseReturnValue:
    opening, consent = queries.get_opening(actor(), opening_id)
    web.begin_writing()
    mark_subject_read(actor(), subject_of(opening))
    session.commit()
    leads = policy.may_see_names(actor(), opening)
    return render_template(
        "openings/show.html",
        opening=opening,
        consent=consent,
        reads=groups.may_read(actor(), opening.group),
        consents=queries.consents(opening) if leads else [],
        may_answer=consent is not None and policy.may_answer(actor(), consent),
        may_close=policy.may_close(actor(), opening),
        **own_part(opening, consent),
    )


def own_part(opening: Opening, consent: OpeningConsent | None) -> dict[str, Any]:
    """Return what a person wrote or brought, to be looked at again before they agree."""
    if consent is None:
        return {"words": "", "brought": []}
    return {
        "words": things.own_words(opening, consent.account_id),
        "brought": things.own_versions(opening.thing, consent.account_id),
    }


@bp.post("/veroeffentlichungen/<int:opening_id>/antwort")
def answer(opening_id: int) -> ResponseReturnValue:
    """Agree, refuse, or take the consent back: `decision` is yes or no."""
    _opening, consent = queries.get_opening(actor(), opening_id)
    if consent is None:
        raise NotFound
    require(policy.may_answer, consent)
    take(actor(), consent)
    session.commit()
    flash(thanks(consent), "success")
    return redirect(url_for(".show", opening_id=opening_id), 303)


def take(who: Actor, consent: OpeningConsent) -> None:
    act = {"yes": actions.grant, "no": actions.refuse}.get(request.form.get("decision", ""))
    if act is None:
        raise BadInput(_("Bitte wählen Sie, ob Sie zustimmen."))
    act(who, consent)


def thanks(consent: OpeningConsent) -> str:
    if consent.granted_at is not None:
        return str(_("Danke, Ihre Zustimmung ist notiert."))
    return str(_("Ihr Nein ist notiert. Es wird nichts veröffentlicht."))


@bp.post("/veroeffentlichungen/<int:opening_id>/schliessen")
def close(opening_id: int) -> ResponseReturnValue:
    """Let only the group read it again."""
    opening = queries.find_opening(opening_id)
    if opening is None or not policy.may_close(actor(), opening):
        raise NotFound
    actions.close(actor(), opening)
    session.commit()
    flash(_("Das liest jetzt wieder nur die Gruppe."), "success")
    back = url_for(".show", opening_id=opening_id)
    return redirect(back if policy.leads(actor(), opening.group) else "/", 303)


@bp.route("/veroeffentlichung/<secret>", methods=["GET", "POST"])
@public
@security.against_guessing
def answer_by_link(secret: str) -> ResponseReturnValue:
    """Take an author's answer from the link of a mail, without an account being open."""
    consent = queries.get_by_secret(secret)
    if request.method == "POST":
        take(Actor(account_id=consent.account_id), consent)
        session.commit()
        return redirect(url_for(".thanked"), 303)
    opening, account = consent.opening, consent.account
    page = render_template(
        "openings/by_link.html",
        secret=secret,
        opening=opening,
        consent=consent,
        title=agreeing.shown_title(account, opening) if account else "",
        **own_part(opening, consent),
    )
    return private(page)


@bp.get("/veroeffentlichung/danke")
@public
def thanked() -> ResponseReturnValue:
    return private(render_template("openings/thanked.html"))


# What is open to read


@bp.get("/veroeffentlicht/seiten/<int:page_id>")
@bp.get("/veroeffentlicht/seiten/<int:page_id>-<title>")
@public
def page(page_id: int, title: str = "") -> ResponseReturnValue:
    """Show a page of a protected group to those it was opened to, and nothing around it."""
    found = wiki.get_opened(actor(), page_id)
    address = wiki_models.opened_path(found.id, found.title)
    return show_opened(
        found, address, "openings/page.html", body=rendering.on_paper(found.body_html)
    )


@bp.get("/veroeffentlicht/dateien/<int:file_id>")
@bp.get("/veroeffentlicht/dateien/<int:file_id>-<title>")
@public
def file(file_id: int, title: str = "") -> ResponseReturnValue:
    """Show the newest version of a file to those it was opened to."""
    found = libraries.get_opened(actor(), file_id)
    version = libraries.get_version(found, found.number)
    return show_opened(
        found,
        libraries_models.opened_path(found.id, found.title),
        "openings/file.html",
        version=version,
        preview=libraries.find_preview(version.file),
    )


@bp.get("/veroeffentlicht/diskussionen/<int:opening_id>")
@bp.get("/veroeffentlicht/diskussionen/<int:opening_id>-<title>")
@public
def thread(opening_id: int, title: str = "") -> ResponseReturnValue:
    """Show what was copied of a thread; nobody is named, and nothing can be answered."""
    opening = queries.get_opened_thread(actor(), opening_id)
    return show_opened(
        opening.thing,
        opening.outside_path,
        "openings/thread.html",
        opening=opening,
        posts=queries.opened_posts(opening),
    )


def show_opened(thing: Thing, path: str, template: str, **shown: Any) -> ResponseReturnValue:
    """Lead who reads the group into it; show all others one thing, as long as it is open."""
    if groups.may_read(actor(), thing.group):
        return redirect(thing.path, 302)
    g.cacheable = False  # it may be closed again: from the next request on
    if request.path != path:
        return redirect(path, 301)
    knows = groups.may_know(actor(), thing.group)
    group = thing.group if knows else None
    return render_template(
        template, thing=thing, group=group, closable=closable(thing), **shown
    )


def closable(thing: Thing) -> Opening | None:
    """Return what the office that reads this may close."""
    opening = queries.current(thing) if actor().is_staff else None
    return opening if opening and policy.may_close(actor(), opening) else None


@bp.get("/veroeffentlicht/dateien/<int:file_id>/datei")
@public
def download(file_id: int) -> ResponseReturnValue:
    """Deliver the newest version, named as the group calls the file."""
    found = libraries.get_opened(actor(), file_id)
    g.cacheable = False
    return files.deliver(libraries.get_version(found, found.number).named(found))


@bp.get("/veroeffentlicht/dateien/<int:file_id>/vorschau")
@public
def preview(file_id: int) -> ResponseReturnValue:
    found = libraries.get_opened(actor(), file_id)
    g.cacheable = False
    stored = libraries.get_version(found, found.number).named(found)
    picture = libraries.find_preview(stored)
    if picture is None:
        raise NotFound(_("Von dieser Datei gibt es keine Vorschau."))
    return files.deliver(picture.picture_of(stored), as_attachment=False)
