"""Who may end the digest: whoever has the link of a mail."""

from inforo.digests.queries import unsubscribe_token


def token_of_olga(world):
    return {"token": unsubscribe_token(world.owner.id)}


EVERYBODY = (200,) * 8

ACCESS = {
    ("GET", "digests.unsubscribe"): EVERYBODY,
    ("POST", "digests.unsubscribe"): EVERYBODY,
}
ARGUMENTS = {"digests.unsubscribe": token_of_olga}
