"""The cohort that an address names, and its people within the viewer's reach."""

from dashboard.access.viewer import Viewer
from dashboard.cohorts import saved, words
from dashboard.errors import Fault
from dashboard.given import short_text
from dashboard.queries import ask


def chosen(viewer: Viewer, identity) -> saved.Named | None:
    """The cohort of `cohort=` in an address; None for none, and for one that the viewer may not use."""
    identity = short_text(identity, words.LONGEST)
    if not identity:
        return None
    return saved.find(viewer, identity) or _said(identity)


def _said(text: str) -> saved.Named | None:
    """A cohort that nobody keeps: its words stand in the address themselves."""
    try:
        lines = words.read(text)
    except Fault:
        return None
    return saved.Named(words.write(lines), "; ".join(words.say(line) for line in lines), words.write(lines)) if lines else None


def limit_of(viewer: Viewer, cohort: saved.Named | None) -> list[int] | None:
    """The people to whom a chosen cohort limits a list; None: nobody is left out."""
    return people_of(viewer, cohort.who) if cohort else None


def standing_of(viewer: Viewer, cohort: saved.Named) -> tuple[int, list]:
    """How many people a cohort has within the viewer's reach, and how they stand: rows of cohort_rates."""
    people = people_of(viewer, cohort.who)
    return len(people), ask("cohort_rates", viewer, people=people) if people else []


def people_of(viewer: Viewer, who: str) -> list[int]:
    """The people of a text of words, within the viewer's reach and what the top bar selects."""
    return [row.person for row in ask("cohort_people", viewer, **words.compiled(words.read(who)))]
