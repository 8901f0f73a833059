"""Who gets which answer from the addresses of this slice."""

OK = (200,) * 8
DONE = (303,) * 8
# guest, applicant, anna, bernd, clara, doris, emil, frieda
SIGNED_IN = (302, 200, 200, 200, 200, 200, 200, 200)
BAD_FORM = (302, 422, 422, 422, 422, 422, 422, 422)
SECRET = (404,) * 8

ACCESS = {
    ("GET", "accounts.sign_in"): (200, 303, 303, 303, 303, 303, 303, 303),
    ("POST", "accounts.sign_in"): (422, 303, 303, 303, 303, 303, 303, 303),
    ("POST", "accounts.sign_out"): DONE,
    ("GET", "accounts.enter_code"): DONE,
    ("POST", "accounts.enter_code"): DONE,
    ("GET", "accounts.forgot_password"): OK,
    ("POST", "accounts.forgot_password"): (422,) * 8,
    ("GET", "accounts.reset_sent"): OK,
    ("GET", "accounts.reset_password"): SECRET,
    ("POST", "accounts.reset_password"): SECRET,
    ("GET", "accounts.confirm_email"): SECRET,
    ("POST", "accounts.confirm_email"): SECRET,
    ("GET", "accounts.security"): SIGNED_IN,
    ("GET", "accounts.confirm_identity"): SIGNED_IN,
    ("POST", "accounts.confirm_identity"): BAD_FORM,
    ("POST", "accounts.change_password"): BAD_FORM,
    ("POST", "accounts.change_email"): BAD_FORM,
    ("GET", "accounts.second_factor"): SIGNED_IN,
    ("POST", "accounts.second_factor"): BAD_FORM,
    ("POST", "accounts.recovery_codes"): (302, 404, 404, 404, 404, 404, 404, 404),
    ("POST", "accounts.remove_second_factor"): (302, 303, 303, 303, 303, 303, 303, 303),
    ("POST", "accounts.end_session"): (302, 303, 303, 303, 303, 303, 303, 303),
}
ARGUMENTS = {
    "accounts.reset_password": lambda world: {"secret": "unbekannt"},
    "accounts.confirm_email": lambda world: {"secret": "unbekannt"},
    "accounts.end_session": lambda world: {"handle": "andere"},
}
