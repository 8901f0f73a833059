"""Only who asked tells what came of it; Olga asked."""

from tests.discussions.access import AUTHOR_ONLY, opened

ACCESS = {
    ("GET", "outcomes.tell"): AUTHOR_ONLY,
    ("POST", "outcomes.tell"): AUTHOR_ONLY,
    ("POST", "outcomes.tell_nothing"): AUTHOR_ONLY,
    ("POST", "outcomes.refuse"): AUTHOR_ONLY,
}
ARGUMENTS = {
    "outcomes.tell": opened,
    "outcomes.tell_nothing": opened,
    "outcomes.refuse": opened,
}
