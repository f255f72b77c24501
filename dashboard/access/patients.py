"""From an opaque token to a person whom the viewer may see, and back."""

from dashboard.access.selection import address
from dashboard.access.tokens import person_of, token_of
from dashboard.access.viewer import Viewer
from dashboard.house import house
from dashboard.queries import ask_one


def find(viewer: Viewer, token: str) -> int | None:
    """The person of a token, or None when the token is not this viewer's or the person is out of the viewer's scope."""
    person = person_of(house().key, viewer.user_id, token)
    return person if person is not None and ask_one("patient", viewer, person=person) else None


def address_of(viewer: Viewer, person: int, **values) -> str:
    """The path of a person's page for this viewer, with what the top bar selects: the way back leads to the same list."""
    return address(f"/patient/{token_of(house().key, viewer.user_id, person)}", **values)
