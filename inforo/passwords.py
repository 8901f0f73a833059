"""Password hashes: Argon2id over the NFKC form, with a bounded number at a time."""

import os
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from inforo.config import settings

# Each hash takes its memory for 20 ms; more at once than cores only makes all of them wait.
slots = threading.BoundedSemaphore(os.cpu_count() or 1)


def hasher() -> PasswordHasher:
    return PasswordHasher(
        time_cost=settings.argon2_time_cost,
        memory_cost=settings.argon2_memory_kib,
        parallelism=1,
    )


def normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """Return the hash with its parameters and salt; takes about 20 ms."""
    with slots:
        return hasher().hash(normal(password))


def verify_password(hashed: str, password: str) -> bool:
    """Tell whether the password fits. Costs the same for unknown accounts (empty hash)."""
    with slots:
        try:
            return hasher().verify(hashed or dummy(), normal(password)) and bool(hashed)
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(hashed: str) -> bool:
    """Tell whether the hash was made with weaker settings than today's."""
    return hasher().check_needs_rehash(hashed)


def dummy() -> str:
    """Return a hash of nothing anybody knows, made once per set of parameters."""
    key = (settings.argon2_memory_kib, settings.argon2_time_cost)
    if key not in dummies:
        dummies[key] = hasher().hash(os.urandom(16).hex())
    return dummies[key]


dummies: dict[tuple[int, int], str] = {}
