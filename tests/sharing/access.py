"""Who may open which page of links and files; see tests/test_access.py for the columns."""

from inforo.sessions import digest
from inforo.sharing.models import ShareLink
from tests.collections.access import NOBODY_ELSE, PERSONAL, collection
from tests.factories import save

ACCESS = {
    ("GET", "sharing.share"): NOBODY_ELSE,
    ("POST", "sharing.share"): NOBODY_ELSE,
    ("POST", "sharing.renew"): NOBODY_ELSE,
    ("POST", "sharing.revoke"): NOBODY_ELSE,
    ("GET", "sharing.shared"): (200,) * 8,
    ("GET", "sharing.csv_file"): PERSONAL,
    ("GET", "sharing.shared_csv"): (200,) * 8,
    ("POST", "sharing.order"): PERSONAL,
    ("POST", "sharing.shared_order"): (303,) * 8,
    ("GET", "sharing.export"): (404,) * 8,
    ("GET", "sharing.export_file"): (404,) * 8,
}


def token(world) -> dict:
    secret = "ein-langes-zeichen"
    save(ShareLink(collection_id=collection(world).id, token_hash=digest(secret)))
    return {"token": secret}


ARGUMENTS = {
    **{
        f"sharing.{name}": lambda world: {"collection_id": collection(world).id}
        for name in ("share", "csv_file", "order")
    },
    **{f"sharing.{name}": token for name in ("shared", "shared_csv", "shared_order")},
    **{
        f"sharing.{name}": lambda world: {"collection_id": collection(world).id, "link_id": 1}
        for name in ("renew", "revoke")
    },
    "sharing.export": lambda _world: {"key": "gibt-es-nicht"},
    "sharing.export_file": lambda _world: {"key": "gibt-es-nicht"},
}
