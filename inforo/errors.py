"""What can go wrong. Messages are written for the people who read them."""

from inforo.i18n import _


class DomainError(Exception):
    """The platform refuses to do something, and says why."""

    status = 409
    retry_after = 0  # seconds, where trying again helps

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(DomainError):
    """It is not there – or not there for the person asking."""

    status = 404

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("Diese Seite gibt es nicht (mehr)."))


class Forbidden(DomainError):
    """The person may see it, but may not do this with it."""

    status = 403

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("Dafür fehlt Ihnen die Berechtigung."))


class BadInput(DomainError):
    """The request holds something no form of ours would send."""

    status = 400


class TooMany(DomainError):
    """Somebody does something more often than the platform allows."""

    status = 429

    def __init__(self, message: str, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class CommandFailed(Exception):
    """A command line call that cannot be carried out; one sentence for stderr."""
