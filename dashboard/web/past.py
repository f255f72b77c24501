"""The time machine: a screen as it was on a past day, and what is said of that."""

from dashboard.access.selection import current_selection, same_screen
from dashboard.build import publish
from dashboard.components.elements import dcc, html
from dashboard.components.words import day
from dashboard.errors import NotKept
from dashboard.house import house

NO_DAYS = "No earlier day is kept yet: from tomorrow's numbers on, today's can be shown again here."

def words(error: NotKept) -> tuple[str, str, list[tuple[str, str]]]:
    """Title, text and (words, address) of the nearest days, for a day of which nothing is kept."""
    nearest = [(f"As it was on {day(one)}", same_screen(one)) for one in error.nearest]
    if error.version:
        text = f"Version {int(error.version)} of that day is not on disk any more."
        return f"These numbers are no longer kept ({day(error.day)})", text, [*nearest, ("As it is now", same_screen(None))]
    text = "No version of that day is on disk." + (" The nearest that are kept:" if nearest else "")
    return f"Nothing is kept of {day(error.day)}", text, [*nearest, ("As it is now", same_screen(None))]


def instead(error: NotKept) -> html.Main:
    """What stands in the place of a page of such a day."""
    title, text, links = words(error)
    return html.Main([html.H1(title), html.P(text), *[html.P(dcc.Link(said, href=href)) for said, href in links]], id="page", tabIndex="-1")


def banner() -> html.P | None:
    """Says that the past is shown, and leads back."""
    shown = current_selection().as_of
    if shown is None:
        return None
    return html.P([html.Strong(f"As it was on {day(shown)}."), " You see the past; nothing can be answered or changed here. ",
                   dcc.Link("Back to now", href=same_screen(None))], className="past", role="status")


def choices() -> list[tuple[str, str]]:
    """(value, words) of the days that can be shown, newest first; without the newest, which is now."""
    return [(str(one), day(one)) for one in sorted(publish.days(house().home), reverse=True)[1:]]
