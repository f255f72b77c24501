"""Passwords: argon2id, with the library's current parameters."""

import functools
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dashboard.errors import Fault

MIN_LENGTH = 12
hasher = PasswordHasher()


@functools.cache
def nobody() -> str:
    """The hash compared against when no such user exists, so that the answer takes as long. Made once; who serves makes it before the first try."""
    return hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str, least: int = MIN_LENGTH) -> str:
    """The argon2id hash to store; Fault when the password has fewer than `least` characters."""
    if len(password) < least:
        raise Fault("password", f"{len(password)} characters.", f"Use at least {least}; a few words make a good one.")
    return hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; None (no such user) takes the same time and never matches."""
    try:
        return hasher.verify(stored or nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def made_password() -> str:
    """A random password that can be read out and typed."""
    return "-".join(secrets.token_hex(2) for _ in range(4))
