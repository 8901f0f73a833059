"""Who may open what in search. Everybody: what is found depends on who asks."""

ACCESS = {
    ("GET", "search.index"): (200,) * 8,
    ("GET", "search.suggestions"): (200,) * 8,
}
ARGUMENTS = {}
