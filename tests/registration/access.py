"""Who gets which answer from the addresses of this slice."""

OK = (200,) * 8
SECRET = (404,) * 8
# guest, applicant, anna, bernd, clara, doris, emil, frieda

ACCESS = {
    ("GET", "registration.register"): OK,
    ("POST", "registration.register"): (422,) * 8,
    ("GET", "registration.check_mail"): OK,
    ("GET", "registration.resend"): OK,
    ("POST", "registration.resend"): (422,) * 8,
    ("GET", "registration.confirm"): SECRET,
    ("POST", "registration.confirm"): SECRET,
}


def secret(_world) -> dict[str, str]:
    return {"secret": "unbekannt"}


ARGUMENTS = {
    "registration.confirm": secret,
}
