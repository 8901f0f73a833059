"""Places on the page of a group that slices above fill; see `inforo.places`.

The fillers of the body are asked only for people who may read the group.
"""

from inforo.groups.models import Group
from inforo.places import Place

DIRECTORY_TOP: Place[None] = Place()  # above the list of groups
GROUP_BODY: Place[Group] = Place()  # below the latest threads
GROUP_LINKS: Place[Group] = Place()  # more list items for those who manage the group
