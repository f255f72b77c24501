"""What stands of patients for the version that a request shows, and the people of a list that goes by it."""

from dashboard.access.selection import current_selection
from dashboard.house import house
from dashboard.queries import ask_one
from dashboard.worklog.contacts import Standing

OUTREACH = "outreach"  # the chip of My panel


def moment_shown(viewer):
    """Up to which moment (UTC) the screen knows what people noted; None: now."""
    return ask_one("release", viewer).published_at if current_selection().as_of else None


def contacts(viewer) -> dict[int, Standing]:
    """What stands of every patient, by person: of far more people than the viewer's, so look up only those whom a question gave."""
    until = moment_shown(viewer)
    return house().contacts.until(until) if until else house().contacts.now()


def limited(viewer, show: str, limit: list | None) -> list | None:
    """The people to whom a list is limited: by a cohort (None: it is not), and, for the outreach list, to who stands on it."""
    if show != OUTREACH:
        return limit
    listed = {person for person, standing in contacts(viewer).items() if standing.listed}
    return sorted(listed if limit is None else listed.intersection(limit))
