"""The place on the page of a person that slices above fill."""

from inforo.accounts.models import Account
from inforo.places import Place

PERSON_SIDE: Place[Account] = Place()
