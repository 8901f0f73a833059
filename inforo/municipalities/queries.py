"""Every SELECT on Länder and municipalities. All of it is public."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ScalarSelect, Text, cast, func, select
from sqlalchemy.orm import aliased, joinedload

from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.municipalities.models import Municipality, ReferenceImport, State
from inforo.municipalities.names import Place, Register

LONGEST_NAME = 100  # of what is typed; no place has a longer name
# The newest register built by this process; rebuilt from the database after an import.
registers: dict[str, Register] = {}


def newest_edition() -> ScalarSelect[str]:
    """Return what the names in the database stand at, as part of a statement."""
    token = select(ReferenceImport.token).order_by(ReferenceImport.id.desc()).limit(1)
    rows = select(func.count(Municipality.ags)).scalar_subquery()
    without_import = cast(rows, Text).concat(" rows")
    return select(func.coalesce(token.scalar_subquery(), without_import)).scalar_subquery()


def edition() -> str:
    """Return what the names in the database stand at: the newest import."""
    return session.scalar(select(newest_edition())) or ""


def register(current: str = "") -> Register:
    """Return all names, from memory unless the reference data was imported since.

    `current` is the edition, where a statement of the page has asked for it already.
    """
    current = current or edition()
    found = registers.get(current)
    if found is None:
        found = Register(places())
        registers.clear()
        registers[current] = found
    return found


def places() -> list[Place]:
    """Return every municipality that exists today, as columns."""
    district = aliased(Municipality)
    statement = (
        select(
            Municipality.ags,
            Municipality.display_name,
            Municipality.kind,
            Municipality.state_code,
            State.name,
            func.coalesce(district.display_name, ""),
            func.coalesce(Municipality.population, 0),
            Municipality.postal_code,
            Municipality.size_class,
            Municipality.area_km2,
            Municipality.latitude,
            Municipality.longitude,
        )
        .join(State, State.code == Municipality.state_code)
        .outerjoin(district, district.ags == Municipality.district_ags)
        .where(Municipality.dissolved_at.is_(None))
    )
    return [Place(*row) for row in session.execute(statement)]


def search_municipalities(text: str, limit: int = 20) -> list[Place]:
    """Return municipalities for what somebody typed: name, beginning, typo or postal code."""
    return register().search(text[:LONGEST_NAME], limit)


def find_municipality(ags: str) -> Municipality | None:
    """Return a municipality with its Land and Kreis, also one that was merged since."""
    return session.scalar(
        select(Municipality)
        .where(Municipality.ags == ags)
        .options(joinedload(Municipality.state), joinedload(Municipality.district))
    )


def get_municipality(ags: str) -> Municipality:
    municipality = find_municipality(ags)
    if municipality is None:
        raise NotFound(_("Diese Kommune gibt es nicht."))
    return municipality


def existing(ags: str) -> Municipality | None:
    """Return a municipality people may choose today: known and not dissolved."""
    municipality = find_municipality(ags)
    return municipality if municipality and municipality.dissolved_at is None else None


def municipalities_by_ags(keys: Iterable[str]) -> list[Municipality]:
    statement = select(Municipality).where(Municipality.ags.in_(list(keys)))
    return list(session.scalars(statement.order_by(Municipality.name)))


def states() -> Sequence[State]:
    """Return the Länder by name."""
    return session.scalars(select(State).order_by(State.name)).all()


def get_state(code: str) -> State:
    state = session.get(State, code.upper()) if len(code) == 2 else None
    if state is None:
        raise NotFound(_("Dieses Land gibt es nicht."))
    return state
