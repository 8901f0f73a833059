"""Who may open which page of the citations; see tests/test_access.py for the columns."""

PUBLIC = (200,) * 8
LED = (302,) * 8
NO_EDITION = (404,) * 8  # the example of the world was published without one

ACCESS = {
    ("GET", "citations.resolve"): LED,
    ("GET", "citations.cite_example"): PUBLIC,
    ("GET", "citations.cite_tool"): PUBLIC,
    ("GET", "citations.example_data"): PUBLIC,
    ("GET", "citations.tool_data"): PUBLIC,
    ("GET", "citations.versions"): PUBLIC,
    ("GET", "citations.edition"): NO_EDITION,
    ("GET", "citations.compare"): NO_EDITION,
}


def of_example(world):
    return {"example_id": world.example.id, "slug": "babybegruessung"}


ARGUMENTS = {
    "citations.resolve": lambda world: {"name": f"inforo:pb-{world.example.id:06}"},
    "citations.cite_example": lambda world: {
        "content_id": world.example.id,
        "extension": "bib",
    },
    "citations.cite_tool": lambda world: {"content_id": world.tool.id, "extension": "ris"},
    "citations.example_data": lambda world: {"example_id": world.example.id},
    "citations.tool_data": lambda world: {"tool_id": world.tool.id},
    "citations.versions": of_example,
    "citations.edition": lambda world: of_example(world) | {"number": 1},
    "citations.compare": of_example,
}
