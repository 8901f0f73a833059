"""What slices above do with an account."""

from collections.abc import Callable

# Called with the id in the transaction in which an account is closed.
ACCOUNT_CLOSED: list[Callable[[int], None]] = []
