"""Termine: reading, taking along, writing, deciding."""

from datetime import date
from itertools import groupby
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
from inforo.authz import Actor, actor, public, require, staff
from inforo.clock import BERLIN
from inforo.config import settings
from inforo.editorial import policy
from inforo.editorial import views as shared
from inforo.editorial.fields import READERS, TEXTS, Field, Kept, say_moment
from inforo.editorial.views import Conflict
from inforo.events import actions, ics, queries
from inforo.events.forms import DocumentForm, EventForm
from inforo.events.models import KINDS, Event, Mode
from inforo.events.queries import NATIONWIDE, Filters
from inforo.forms import ReasonForm
from inforo.groups import policy as group_rules
from inforo.groups.models import Group
from inforo.groups.places import GROUP_BODY
from inforo.i18n import _, _l
from inforo.security import limit
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("events", __name__)
FIELDS: Kept = {
    **TEXTS,
    "kind_key": Field(
        _l("Art des Termins"), lambda key: vocabularies.labels(KINDS).get(key, key)
    ),
    "starts_at": Field(_l("Beginn"), say_moment),
    "ends_at": Field(_l("Ende"), say_moment),
    "mode": Field(_l("Vor Ort oder online?"), lambda key: Mode(key).label if key else ""),
    "place": Field(_l("Ort")),
    "organiser": Field(_l("Veranstaltet von")),
    "registration_url": Field(_l("Link zur Anmeldung")),
    "video_url": Field(_l("Link zum Video")),
    "minutes": Field(_l("Protokoll")),
    **READERS,
}
PLAIN = ("title", "subtitle", "body", "kind_key", "place", "organiser", "minutes")
LINKS = ("registration_url", "video_url")
NEXT = 3  # events on the home of a group


@GROUP_BODY.filled(order=5)
def on_group(who: Actor, group: Group) -> str:
    """Show what comes next on the home of the group, or offer its members the first date."""
    found = queries.events_of_group(who, group, NEXT)
    begins = group_rules.is_member_of(who, group) and not group.is_archived
    if not found and not begins:
        return ""
    return templating.piece("events/_on_group.html", events=found, group=group, begins=begins)


# Reading


@bp.get("/termine/")
@public
def index() -> ResponseReturnValue:
    filters = Filters(
        kind=vocabularies.current_key(KINDS, request.args.get("art", "")[:100]),
        state=request.args.get("land", "")[:2],
        is_online=request.args.get("online") == "1",
        first=given_day("von"),
        last=given_day("bis"),
        past=request.args.get("vergangen") == "1",
        group=given_group(),
    )
    page, count = web.page_number(), queries.count_events(actor(), filters)
    size = settings.page_size
    events = queries.list_events(actor(), filters, page, size)
    return render_template(
        "events/index.html",
        months=[(month, list(some)) for month, some in groupby(events, lambda one: one.month)],
        count=count,
        page=page,
        pages=-(-count // size),
        filters=filters,
        **choices_of(filters),
    )


def given_group() -> Group | None:
    """Return the group of the address; one the person does not read filters nothing."""
    slug = request.args.get("gruppe", "")[:200]
    return queries.find_group(actor(), slug) if slug else None


def given_day(name: str) -> date | None:
    """Return a day of the address; what is no day filters nothing."""
    return clock.day_of(request.args.get(name, ""))


def choices_of(filters: Filters) -> dict[str, Any]:
    """Return what the list may be narrowed to, and what it is narrowed to."""
    kinds = vocabularies.labels(KINDS)
    states = shared.state_choices()
    names = {"art": kinds, "land": dict(states) | {NATIONWIDE: _("bundesweit")}}
    given = {"art": filters.kind, "land": filters.state}
    chosen = [
        (names[name].get(value, value), templating.url_without(name))
        for name, value in given.items()
        if value
    ]
    if filters.group:
        chosen.append((filters.group.name, templating.url_without("gruppe")))
    if filters.is_online:
        chosen.append((_("online"), templating.url_without("online")))
    for name, day in (("von", filters.first), ("bis", filters.last)):
        if day:
            chosen.append((f"{name} {day:%d.%m.%Y}", templating.url_without(name)))
    return {"kinds": kinds, "states": states, "chosen": chosen}


def calendar_file(events: Any, name: str) -> Response:
    answer = Response(ics.calendar(events, "inforo"), content_type=ics.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


@bp.get("/termine/termine.ics")
@public
def feed() -> ResponseReturnValue:
    """Answer with the public events, for calendars that subscribe."""
    return calendar_file(queries.for_feed(), "termine")


@bp.get("/termine/<int:event_id>.ics")
@public
def calendar(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(actor(), event_id)
    return calendar_file([event], text.slug(event.title) or "termin")


@bp.get("/termine/<int:event_id>")
@bp.get("/termine/<int:event_id>-<slug>")
@public
def show(event_id: int, slug: str = "") -> ResponseReturnValue:
    event = queries.get_event(actor(), event_id)
    if slug != text.slug(event.title):
        return redirect(event.path, 301)
    return show_page(event, ReasonForm(prefix="return", formdata=None))


def show_page(event: Event, return_form: ReasonForm) -> str:
    return render_template(
        "events/show.html",
        event=event,
        group=event.group
        if event.group and group_rules.may_read(actor(), event.group)
        else None,
        kind=vocabularies.labels(KINDS).get(event.kind_key, ""),
        return_form=return_form,
    )


@bp.get("/termine/<int:event_id>/dateien/<int:file_id>")
@public
def file(event_id: int, file_id: int) -> ResponseReturnValue:
    event = queries.get_event(actor(), event_id)
    attached = queries.get_file(event, file_id)
    return files.deliver(attached.file)


# Writing


@bp.route("/termine/neu", methods=["GET", "POST"])
@limit("edits", methods=["POST"])
def new() -> ResponseReturnValue:
    require(policy.may_submit_new)
    form = EventForm(data={"state_code": actor().state_code})
    offer(form)
    preview = shared.preview_of(form)
    if preview or not form.validate_on_submit():
        return edit_page(form, None, preview=preview)
    event = actions.create(actor(), form.values())
    flash(_("Gespeichert. Sie können Dateien anhängen und den Termin einreichen."), "success")
    return web.created(event.path)


def offer(form: EventForm, event: Event | None = None) -> None:
    form.offer_states(shared.state_choices())
    form.offer(vocabularies.choices(KINDS, [event.kind_key] if event else []))
    groups = queries.groups_for(actor(), event)
    form.offer_groups(
        [(str(row.id), row.name) for row in groups],
        protected=any(row.audience in group_rules.PROTECTED for row in groups),
    )
    wanted = request.args.get("gruppe", "") if request.method == "GET" else ""
    for row in groups:
        if row.slug == wanted and event is None:
            form.group.data = str(row.id)


def edit_page(
    form: EventForm, event: Event | None, *, preview: str = "", conflict: Conflict | None = None
) -> ResponseReturnValue:
    page = render_template(
        "events/edit.html", form=form, event=event, preview=preview, conflict=conflict
    )
    return page, 409 if conflict else 200 if preview else shared.status(form)


@bp.route("/termine/<int:event_id>/bearbeiten", methods=["GET", "POST"])
@limit("edits", methods=["POST"])
def edit(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(actor(), event_id)
    require(policy.may_edit, event)
    form = EventForm(data=stored_values(event))
    offer(form, event)
    preview = shared.preview_of(form)
    if preview or not form.validate_on_submit():
        return edit_page(form, event, preview=preview)
    conflict = shared.save(event, form, FIELDS)
    if conflict:
        return edit_page(form, event, conflict=conflict)
    return redirect(event.path, 303)


def stored_values(event: Event) -> dict[str, Any]:
    ends = event.ends_at.astimezone(BERLIN) if event.ends_at > event.starts_at else None
    return {name: getattr(event, name) for name in (*PLAIN, *LINKS)} | {
        "starts": event.starts_at.astimezone(BERLIN),
        "ends": ends,
        "mode": event.mode,
        "audience": event.audience.value,
        "state_code": event.state_code or "",
        "group": str(event.group_id or ""),
        "version": event.version,
    }


@bp.route("/termine/<int:event_id>/dateien", methods=["GET", "POST"])
@files.takes_files
@limit("uploads", methods=["POST"])
def edit_files(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(actor(), event_id)
    return shared.files_page(event, DocumentForm(), actions.attach)


@bp.post("/termine/<int:event_id>/dateien/<int:file_id>/entfernen")
def remove_file(event_id: int, file_id: int) -> ResponseReturnValue:
    event = queries.get_event(actor(), event_id)
    return shared.remove_file(event, queries.get_file(event, file_id))


@bp.get("/termine/meine")
def mine() -> ResponseReturnValue:
    new = (_("Termin melden"), url_for(".new"))
    return shared.mine_page(Event, _("Meine Termine"), back(), new)


def back() -> tuple[str, str]:
    return _("Termine"), url_for(".index")


# Deciding


@bp.get("/redaktion/termine")
@staff
def desk() -> ResponseReturnValue:
    return shared.desk_page(Event, ".desk", title=_("Termine prüfen"), back=back())


@bp.post("/termine/<int:event_id>/loeschen")
def delete(event_id: int) -> ResponseReturnValue:
    return shared.delete(queries.get_event(actor(), event_id), ".mine")


@bp.post(f"/termine/<int:event_id>/<any({shared.VERBS}):verb>")
def take_step(event_id: int, verb: str) -> ResponseReturnValue:
    return shared.take_step(queries.get_event(actor(), event_id), verb)


@bp.post("/termine/<int:event_id>/zurueckgeben")
def give_back(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(actor(), event_id)
    form = ReasonForm(prefix="return")
    return shared.give_back(event, form) or (show_page(event, form), 422)


@bp.get("/termine/<int:event_id>/verlauf")
def history(event_id: int) -> ResponseReturnValue:
    return shared.history_page(queries.get_event(actor(), event_id), FIELDS, back())
