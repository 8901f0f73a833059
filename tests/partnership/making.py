"""Profiles for tests. Name what the test is about; the rest has sensible defaults."""

from inforo import clock, text
from inforo.db import session
from inforo.municipalities.models import Municipality
from inforo.partnership.models import (
    BlockStage,
    BuildingBlock,
    HurdleAudience,
    MunicipalityProfile,
    ProfileContact,
)
from inforo.vocabularies.queries import terms_by_key
from tests.factories import save
from tests.reference import MANNHEIM


def make_profile(
    ags=MANNHEIM, *, focus=(), blocks=None, hurdles="", audience="members", **values
):
    """Make a published profile; `published_at=None` makes a draft."""
    defaults = {
        "motto": "Gesund groß werden",
        "published_at": clock.now(),
        "confirmed_at": clock.now(),
        "portrait": "Wir **arbeiten** daran.",
        "portrait_html": text.render_markdown("Wir **arbeiten** daran."),
        "contacts": [
            ProfileContact(name="Mira Amt", office="Jugendamt", email="m@amt.example")
        ],
    }
    return save(
        MunicipalityProfile(
            ags=ags,
            municipality=session.get(Municipality, ags),
            hurdles=hurdles,
            hurdles_html=text.render_markdown(hurdles),
            hurdles_audience=HurdleAudience(audience),
            terms=terms_by_key("field_of_action", focus),
            blocks=[
                BuildingBlock(block_key=key, position=position, stage=BlockStage(stage))
                for position, (key, stage) in enumerate((blocks or {}).items())
            ],
            **(defaults | values),
        )
    )
