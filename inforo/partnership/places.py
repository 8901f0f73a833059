"""Places on the page of a Land that slices above fill; see `inforo.places`."""

from inforo.municipalities.models import State
from inforo.places import Place

STATE_BODY: Place[State] = Place()  # below the municipalities that take part
