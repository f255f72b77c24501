"""Passwords of tests cost next to nothing: each account and each sign-in would else take a third of a second of processor time.

PRODUCT is the hasher of the product, for the test of what it does (web/test_door.py).
"""

from argon2 import PasswordHasher

from dashboard.access import passwords

PRODUCT = passwords.hasher


def use() -> None:
    """Hash with the least cost from now on in this process. A hash says what it cost, so that any server can compare it."""
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
