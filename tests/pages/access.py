"""Who may open the pages that belong to no slice."""

EVERYBODY = (200,) * 8
SWITCH = (303,) * 8
OPERATION = (404, 404, 404, 404, 404, 404, 404, 200)
NOBODY = (404,) * 8

ACCESS = {
    ("GET", "pages.start"): EVERYBODY,
    ("GET", "pages.legal"): EVERYBODY,
    ("POST", "pages.choose_language"): SWITCH,
    ("POST", "pages.choose_theme"): SWITCH,
    ("GET", "pages.operations"): (302, 403, 404, 404, 404, 404, 404, 200),
    ("GET", "pages.building_blocks"): OPERATION,
    ("POST", "pages.building_blocks"): (404, 404, 404, 404, 404, 404, 404, 422),
    ("GET", "pages.outbox"): OPERATION,
    ("GET", "pages.outbox_mail"): NOBODY,  # what is in mails is read in the demo only
    ("GET", "pages.healthz"): EVERYBODY,
    ("GET", "pages.readyz"): (503,) * 8,  # the tests' tables come from models, not migrations
    ("POST", "pages.csp_report"): (204,) * 8,
    ("GET", "pages.security_txt"): EVERYBODY,
    ("GET", "pages.change_password"): (302,) * 8,
    ("GET", "pages.robots_txt"): EVERYBODY,
}
ARGUMENTS = {
    "pages.legal": lambda _world: {"name": "hilfe"},
    "pages.outbox_mail": lambda _world: {"mail_id": 1},
}
