"""Who may open what in search. Everybody: what is found depends on who asks."""

EVERYBODY = (200,) * 8
EDITORS = (302, 403, 404, 404, 403, 403, 200, 403)

ACCESS = {
    ("GET", "search.index"): EVERYBODY,
    ("GET", "search.suggestions"): EVERYBODY,
    ("GET", "search.explained"): EVERYBODY,
    ("GET", "search.consent"): EVERYBODY,
    ("POST", "search.choose_consent"): (303,) * 8,
    ("GET", "search.missed"): EDITORS,
}
ARGUMENTS = {}
