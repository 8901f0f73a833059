"""The work basket of the coordination offices, its items, and the log of decisions."""

from typing import Any, TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, web
from inforo.authz import actor, require, staff
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.forms import options, with_blank
from inforo.i18n import _, ngettext
from inforo.moderation import actions, labels, queries
from inforo.moderation.forms import HandOverForm, NoteForm
from inforo.moderation.log_filters import read_filters
from inforo.moderation.queries import Filters, Holder, Stage
from inforo.offices import actions as offices
from inforo.offices import policy, standing_in
from inforo.offices import queries as offices_queries
from inforo.offices.models import CoordinationOffice, WorkItem, WorkKind
from inforo.offices.workdays import working_days_between
from inforo.reviews import queries as reviews

bp = Blueprint("moderation", __name__)
Choice = TypeVar("Choice")


@bp.get("/arbeitskorb/")
@staff
def index() -> ResponseReturnValue:
    states = queries.states_of(actor())
    absent = standing_in.absent_for(actor(), clock.today())
    filters = chosen_filters({state.code for state in states}, frozenset(absent))
    counts = queries.count_items(actor(), filters)
    total = counts[filters.kind] if filters.kind else sum(counts.values())
    page = web.page_number()
    items = queries.items(actor(), filters, page, settings.page_size)
    return render_template(
        "moderation/index.html",
        items=items,
        conflicted=reviews.conflicts_among(actor(), items),
        absent=absent,
        places=offices_queries.offices_with_states(),
        filters=filters,
        entries=tabs(filters, counts),
        states=states,
        page=page,
        pages=-(-total // settings.page_size),
        **words(),
    )


def chosen_filters(known_states: set[str], absent: frozenset[int]) -> Filters:
    """Read the filters from the address; what does not exist filters nothing.

    A Land outside the own scope does not exist here, however often it is asked for.
    """
    wanted = [code for code in request.args.getlist("land") if code in known_states]
    return Filters(
        kind=one_of(WorkKind, "art"),
        stage=one_of(Stage, "stand") or Stage.OPEN,
        holder=one_of(Holder, "wer"),
        state_code=wanted[0] if wanted else None,
        only_overdue=request.args.get("frist") == "ueberfaellig",
        absent=absent,
    )


def tabs(filters: Filters, counts: dict[WorkKind, int]) -> list[tuple[Any, str, int, bool]]:
    """Return the kinds of items with their numbers; the other filters stay."""
    kept: dict[str, Any] = request.args.to_dict() | {"seite": None}
    kinds = [
        (
            kind.label,
            url_for("moderation.index", **(kept | {"art": kind.value})),
            counts[kind],
            kind is filters.kind,
        )
        for kind in WorkKind
    ]
    everything = url_for("moderation.index", **(kept | {"art": None}))
    return [(_("Alle"), everything, sum(counts.values()), filters.kind is None), *kinds]


def one_of(choices: type[Choice], name: str) -> Choice | None:
    """Return the choice an argument of the address names, or None."""
    try:
        return choices(request.args.get(name, ""))  # type: ignore[call-arg]
    except ValueError:
        return None


def words() -> dict[str, Any]:
    """Return what the templates of items need beside the items."""
    return {
        "stages": list(Stage),
        "holders": list(Holder),
        "responsible": offices_queries.responsible_office,
        "days_since": lambda moment, state: working_days_between(moment, now(), state),
        "today": clock.today(),
        "label_of": labels.label_of,
    }


@bp.post("/arbeitskorb/uebernehmen")
@staff
def take_many() -> ResponseReturnValue:
    """Take several items: all of them, or none if one is gone, taken or not one's own."""
    given = [web.given_id(item) or 0 for item in request.form.getlist("item")]
    numbers = given[: settings.page_size]
    if not numbers:
        flash(_("Bitte wählen Sie mindestens einen Vorgang."), "warning")
        return redirect(url_for("moderation.index"), 303)
    items = offices_queries.get_items_to_change(actor(), numbers)
    actions.take(actor(), items)
    session.commit()
    flash(
        ngettext("%(num)s Vorgang übernommen.", "%(num)s Vorgänge übernommen.", len(items)),
        "success",
    )
    return redirect(url_for("moderation.index", wer=Holder.ME.value), 303)


@bp.get("/arbeitskorb/vorgaenge/<int:item_id>")
@staff
def show(item_id: int) -> ResponseReturnValue:
    return item_page(item_id)


def item_page(item_id: int, **forms: Any) -> str:
    """Show an item with its notes and history, and forms that may hold errors."""
    item = offices_queries.get_item(actor(), item_id)
    places = offices_queries.offices_with_states()
    given = {"note_form": NoteForm(formdata=None), "hand_over_form": None} | forms
    given["hand_over_form"] = given["hand_over_form"] or hand_over_form(
        item, places, empty=True
    )
    return render_template(
        "moderation/show.html",
        item=item,
        places=places,
        notes=offices_queries.notes_of(item),
        is_conflicted=bool(reviews.conflicts_among(actor(), [item])),
        absent=standing_in.absent_for(actor(), clock.today()),
        history=queries.history_of(item),
        **given,
        **words(),
    )


def hand_over_form(
    item: WorkItem, places: offices_queries.OfficePlaces, *, empty: bool = False
) -> HandOverForm:
    """Return the form with all offices but the one that has the item now."""
    form = HandOverForm(formdata=None) if empty else HandOverForm()
    form.office.choices = options(office_choices(item, places))
    return form


def office_choices(
    item: WorkItem, places: offices_queries.OfficePlaces
) -> list[tuple[str, str]]:
    """Return the other offices: first those of the same Land, then nationwide, then others."""
    here = item.office or offices_queries.responsible_office(places, item.scope)

    def rank(place: tuple[CoordinationOffice, str | None]) -> tuple[bool, bool]:
        return place[1] != item.state_code, place[1] is not None

    nearest = sorted(places, key=rank)
    offices = {str(office.id): office.name for office, _code in nearest if office != here}
    return with_blank(offices.items())


def item_to_change(item_id: int) -> WorkItem:
    """Return the locked item if it is still in the own basket and not decided."""
    [item] = offices_queries.get_items_to_change(actor(), [item_id])
    require(policy.may_change, item)
    return item


def back_to(item: WorkItem) -> ResponseReturnValue:
    """Commit and lead to the item, or to the list when it left the own basket."""
    session.commit()
    if policy.may_work_on(actor(), item):
        return redirect(url_for("moderation.show", item_id=item.id), 303)
    return redirect(url_for("moderation.index"), 303)


@bp.post("/arbeitskorb/vorgaenge/<int:item_id>/uebernehmen")
@staff
def take(item_id: int) -> ResponseReturnValue:
    item = item_to_change(item_id)
    instead_of = web.given_id(request.form.get("instead_of", ""))
    actions.take(actor(), [item], instead_of=instead_of)
    return back_to(item)


@bp.post("/arbeitskorb/vorgaenge/<int:item_id>/zuruecklegen")
@staff
def give_back(item_id: int) -> ResponseReturnValue:
    item = item_to_change(item_id)
    require(policy.may_give_back, item)
    actions.give_back(actor(), item)
    return back_to(item)


@bp.post("/arbeitskorb/vorgaenge/<int:item_id>/notiz")
@staff
def add_note(item_id: int) -> ResponseReturnValue:
    item = item_to_change(item_id)
    form = NoteForm()
    if form.validate_on_submit():
        offices.add_note(actor(), item, form.text.data)
        return web.created(url_for("moderation.show", item_id=item.id))
    return item_page(item_id, note_form=form), 422


@bp.post("/arbeitskorb/vorgaenge/<int:item_id>/abgeben")
@staff
def hand_over(item_id: int) -> ResponseReturnValue:
    item = item_to_change(item_id)
    form = hand_over_form(item, offices_queries.offices_with_states())
    if form.validate_on_submit():
        office = offices_queries.get_office(int(form.office.data))
        actions.hand_over(actor(), item, office, form.reason.data)
        flash(_("Abgegeben an %(office)s.", office=office.name), "success")
        return back_to(item)
    return item_page(item_id, hand_over_form=form), 422


@bp.get("/arbeitskorb/protokoll")
@staff
def log() -> ResponseReturnValue:
    states = queries.states_of(actor())
    filters = read_filters(request.args, {state.code for state in states})
    page = web.page_number()
    entries = queries.entries(actor(), filters, page, settings.page_size)
    return render_template(
        "moderation/log.html",
        entries=entries,
        closed=queries.unreadable_subjects(actor(), [entry for entry, _name in entries]),
        filters=filters,
        states=states,
        actions=labels.ACTIONS,
        label_of=labels.label_of,
        page=page,
        pages=-(-queries.count_entries(actor(), filters) // settings.page_size),
    )
