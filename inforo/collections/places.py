"""Places on the page of a collection that slices above fill; see `inforo.places`."""

from inforo.collections.queries import Listing
from inforo.places import Place

LIST_SIDE: Place[Listing] = Place()  # beside the entries, above the lists of other collections
