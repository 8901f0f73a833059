"""Who may open which route of this slice, see tests/test_access.py."""

EVERYBODY = (200,) * 8

ACCESS = {("GET", "municipalities.suggest"): EVERYBODY}
ARGUMENTS: dict = {}
