"""What slices above add to files of groups: a place beside one, what follows a change."""

from collections.abc import Callable

from inforo.authz import Actor
from inforo.libraries.models import FileVersion, GroupFile
from inforo.places import Place

FILE_SIDE: Place[GroupFile] = Place()  # beside the versions, below what is said of the file
# Called in the transaction in which somebody puts a content in front.
FILE_PUT: list[Callable[[Actor, GroupFile, FileVersion], None]] = []
# Called in the transaction in which somebody changes a file, or what is said of it.
FILE_WRITTEN: list[Callable[[Actor, GroupFile], None]] = []
