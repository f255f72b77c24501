"""What every screen says while nothing new is published: why, and whose numbers show."""

from datetime import date, timedelta

from dashboard.access.selection import current_selection
from dashboard.build import publish
from dashboard.components.elements import html
from dashboard.components.words import day, sentence
from dashboard.house import house
from dashboard.queries import ask_one


def banner(viewer) -> html.P | None:
    """File received 06:02 has 18 % rows rejected; we kept yesterday's numbers."""
    why = publish.held(house().home)
    if not why or current_selection().as_of:
        return None
    shown = ask_one("release", viewer).as_of
    return html.P(f"{sentence(why.splitlines()[0])}; we kept {whose(shown, date.today())}.", className="past", role="status")


def whose(shown: date, today: date) -> str:
    """yesterday's, today's earlier, or those of a day: which numbers are kept."""
    if shown == today:
        return "today's earlier numbers"
    return "yesterday's numbers" if shown == today - timedelta(days=1) else f"the numbers of {day(shown)}"


def rows() -> list[str]:
    """The refused rows of the file for which publishing waits, by rule."""
    return (publish.held(house().home) or "").splitlines()[1:]
