"""What slices above add to pages of groups: a place beside the text, what follows a save."""

from collections.abc import Callable

from inforo.authz import Actor
from inforo.places import Place
from inforo.wiki.models import WikiPage

PAGE_SIDE: Place[WikiPage] = Place()  # beside the text, below what belongs to the page
# Called in the transaction in which somebody makes a page, or changes one.
PAGE_MADE: list[Callable[[Actor, WikiPage], None]] = []
PAGE_WRITTEN: list[Callable[[Actor, WikiPage], None]] = []
