"""Who may compare; see tests/test_access.py. Comparing is for everybody."""

from tests.reference import MANNHEIM

ACCESS = {
    ("GET", "comparisons.show"): (200,) * 8,
    ("GET", "comparisons.similar"): (301,)
    * 8,  # the address without name leads to the one with it
}
ARGUMENTS = {"comparisons.similar": lambda world: {"ags": MANNHEIM}}
