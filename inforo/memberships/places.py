"""Places on the list of members that slices above fill; see `inforo.places`."""

from inforo.groups.models import Group
from inforo.places import Place

MEMBERS_TOP: Place[Group] = Place()  # above requests and members, for who manages the group
