"""Who may open which page of the toolbox; see tests/test_access.py for the columns."""

PUBLIC = (200,) * 8
CURRENT_ADDRESS = (301,) * 8  # the address without title leads everybody to the one with it
MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)

ACCESS = {
    ("GET", "toolbox.index"): PUBLIC,
    ("GET", "toolbox.show_example"): CURRENT_ADDRESS,
    ("GET", "toolbox.example_file"): (404,) * 8,
    ("GET", "toolbox.example_history"): (302, 403, 404, 404, 200, 404, 200, 200),
    ("GET", "toolbox.tools"): PUBLIC,
    ("GET", "toolbox.show_tool"): CURRENT_ADDRESS,
    ("GET", "toolbox.tool_file"): (404,) * 8,
    ("GET", "toolbox.example_preview"): (404,) * 8,
    ("GET", "toolbox.tool_preview"): (404,) * 8,
    ("POST", "toolbox.remember_order"): (302, 403, 400, 400, 400, 400, 400, 400),
}
ARGUMENTS = {
    "toolbox.show_example": lambda world: {"example_id": world.example.id},
    "toolbox.example_file": lambda world: {"example_id": world.example.id, "file_id": 1},
    "toolbox.example_history": lambda world: {"example_id": world.example.id},
    "toolbox.show_tool": lambda world: {"tool_id": world.tool.id},
    "toolbox.tool_file": lambda world: {"tool_id": world.tool.id, "number": 9},
    "toolbox.example_preview": lambda world: {"example_id": world.example.id, "file_id": 1},
    "toolbox.tool_preview": lambda world: {"tool_id": world.tool.id, "number": 9},
}
