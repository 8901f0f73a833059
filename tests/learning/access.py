"""Who may open which page of learning; see tests/test_access.py for the columns."""

PUBLIC = (200,) * 8
BACK_TO_THE_FORM = (303,) * 8
MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
MEMBERS_ACT = (302, 403, 303, 303, 303, 303, 303, 303)

ACCESS = {
    ("GET", "learning.self_check"): PUBLIC,
    ("POST", "learning.self_check"): (422,) * 8,
    ("POST", "learning.self_check_pdf"): BACK_TO_THE_FORM,
    ("POST", "learning.keep_self_check"): MEMBERS_ACT,
    ("POST", "learning.begin_example"): MEMBERS_ACT,
    ("GET", "learning.self_checks"): MEMBERS,
    ("POST", "learning.forget_self_check"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("GET", "learning.newcomer"): PUBLIC,
    ("POST", "learning.take_step"): MEMBERS_ACT,
    ("GET", "learning.recommendations"): PUBLIC,
    ("POST", "learning.recommend"): (302, 403, 404, 404, 403, 403, 422, 422),
    ("GET", "learning.edit_recommendation"): (302, 403, 404, 404, 403, 403, 404, 404),
    ("POST", "learning.edit_recommendation"): (302, 403, 404, 404, 403, 403, 404, 404),
    ("POST", "learning.change_recommendation"): (302, 403, 404, 404, 403, 403, 404, 404),
}
ARGUMENTS = {
    "learning.forget_self_check": lambda world: {"check_id": 1},
    "learning.newcomer": lambda world: {"number": 1},
    "learning.change_recommendation": lambda world: {"recommendation_id": 1, "verb": "hoch"},
    "learning.edit_recommendation": lambda world: {"recommendation_id": 1},
    "learning.take_step": lambda world: {"number": 1},
}
