"""Places on the form of a question that slices above fill; see `inforo.places`."""

from inforo.places import Place

SIMILAR: Place[str] = Place()  # below the title: what there is already about it
