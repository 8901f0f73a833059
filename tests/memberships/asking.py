"""What tests of groups press and look up."""

from sqlalchemy import select

from inforo.db import session
from inforo.groups.models import Membership
from inforo.notifications.models import Notification


def press(page, url, **data):
    """Press the button of the small form on the page that leads to the address."""
    forms = [form for form in page.html.select("form.action") if form["action"] == url]
    for form in forms:
        fields = {field["name"]: field.get("value", "") for field in form.select("[name]")}
        if all(fields.get(name) == value for name, value in data.items()):
            answer = page.browser.client.post(url, data=fields, follow_redirects=True)
            assert answer.status_code in {200, 409}, answer.status
            return answer
    raise AssertionError(f"no button for {url} {data}")


def is_in(account, group) -> bool:
    statement = select(Membership).filter_by(account_id=account.id, group_id=group.id)
    return session.scalar(statement) is not None


def told(account) -> list[str]:
    statement = select(Notification.title).where(Notification.account_id == account.id)
    return list(session.scalars(statement.order_by(Notification.id)))
