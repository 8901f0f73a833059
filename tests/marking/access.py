"""Who may open which page of marking; see tests/test_access.py for the columns."""

ACCESS = {
    ("GET", "marking.index"): (200,) * 8,
    ("GET", "marking.mark"): (200,) * 8,
    ("POST", "marking.mark"): (303,) * 8,
    ("GET", "marking.put"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("POST", "marking.put"): (302, 403, 422, 422, 422, 422, 422, 422),
}
ARGUMENTS = {
    f"marking.{name}": lambda world: {"beispiel": world.example.id} for name in ("mark", "put")
}
