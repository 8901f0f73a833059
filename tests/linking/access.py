"""Who may link; tool, draft and published example belong to Olga of Mannheim, in Land A."""

TOOL = (302, 403, 403, 403, 200, 403, 200, 200)
EXAMPLE = (302, 403, 404, 404, 403, 404, 200, 200)


def sent(row):
    """Nothing was chosen: the same page with an error."""
    return tuple(422 if status == 200 else status for status in row)


ACCESS = {
    ("GET", "linking.examples"): TOOL,
    ("POST", "linking.examples"): sent(TOOL),
    ("GET", "linking.tools"): EXAMPLE,
    ("POST", "linking.tools"): sent(EXAMPLE),
    ("POST", "linking.unlink"): (302, 403, 403, 403, 303, 403, 303, 303),
}
ARGUMENTS = {
    "linking.examples": lambda world: {"tool_id": world.tool.id},
    "linking.tools": lambda world: {"example_id": world.submitted.id},
    "linking.unlink": lambda world: {
        "tool_id": world.tool.id,
        "example_id": world.example.id,
    },
}
