"""Who may open which page of papers; see tests/test_access.py for the columns."""

PUBLIC = (200,) * 8

ACCESS = {
    ("GET", "papers.one_page"): PUBLIC,
    ("GET", "papers.full"): PUBLIC,
    ("GET", "papers.council"): PUBLIC,
    ("POST", "papers.council"): (422,) * 8,
}
ARGUMENTS = {
    "papers.one_page": lambda world: {"example_id": world.example.id},
    "papers.full": lambda world: {"example_id": world.example.id},
}
