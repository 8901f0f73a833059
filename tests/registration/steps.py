"""Steps of a registration, as somebody takes them in a browser."""

import re

from sqlalchemy import select

from inforo.db import session
from inforo.mail import Mail
from tests import factories

TYPED = {
    "name": "Petra Neumann",
    "email": "petra.neumann@mannheim.example",
    "function": "Netzwerkkoordination",
    "reason": "Ich baue unsere Präventionskette auf.",
    "password": factories.PASSWORD,
    "terms": "y",
    "municipality_query": "Mannheim",
}


def mails_to(address: str) -> list[Mail]:
    found = session.scalars(select(Mail).where(Mail.address == address).order_by(Mail.id))
    return list(found)


def link_in(mail: Mail) -> str:
    return re.search(r"http://localhost(/\S+)", mail.text)[1]


def register(browser, **typed):
    page = browser.open("/konto/registrieren")
    return page.submit("register", **(TYPED | typed))


def confirm(browser, address: str = TYPED["email"]):
    page = browser.open(link_in(mails_to(address)[-1]))
    return page.submit("confirm", password=factories.PASSWORD)
