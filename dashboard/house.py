"""What a request may reach: the served version, the state database, the key that hides people in URLs."""

from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app

from dashboard.answers.waiting import Waiting
from dashboard.database import Reader
from dashboard.kept import Kept
from dashboard.state import Store
from dashboard.worklog.contacts import Contacts


@dataclass(frozen=True)
class House:
    """One per application, made by make_app."""
    home: Path
    reader: Reader
    store: Store
    key: bytes
    kept: Kept = field(default_factory=Kept)  # answers of served versions, see dashboard.queries
    waiting: Waiting = field(init=False)  # answers that the served version does not know yet
    contacts: Contacts = field(init=False)  # who stands on the outreach list, and the last attempts

    def __post_init__(self):
        object.__setattr__(self, "waiting", Waiting(self.store))
        object.__setattr__(self, "contacts", Contacts(self.store))


def house() -> House:
    """The house of the application that serves this request."""
    return current_app.extensions["huddleboard"]
