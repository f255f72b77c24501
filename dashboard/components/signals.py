"""What needs a director: months out of the ordinary, late feeds, old disputes, practices clearly apart. Each opens where it is from."""

from itertools import groupby, zip_longest

from dashboard.access.selection import address, current_selection
from dashboard.components.as_of import late_words
from dashboard.components.elements import dcc
from dashboard.components.findings import centre_of, clearly_outside
from dashboard.components.months import signal
from dashboard.components.places import named_places
from dashboard.components.roll_up import shown_numerator

NAMED = 3  # measures of old disputes


def in_turn(kinds: list[list]) -> list:
    """The first of each kind, then the second of each, and so on: no kind hides the others."""
    return [one for turn in zip_longest(*kinds) for one in turn if one is not None]


def breaches(goals: list, months: dict[str, list]) -> list:
    """goals: rows of goals; months: slug -> (day, numerator, denominator). Those whose newest month lies outside the limits."""
    found = []
    for goal in goals:
        where = signal(months[goal.slug])
        whose = f" ({goal.product_line.capitalize()} plans)" if goal.product_line and current_selection().contract is None else ""
        good = (where == "above") == (goal.better == "higher")
        if where:
            found.append([dcc.Link(goal.title, href=address("/measure", rate=goal.slug)),
                          f"{whose}: this month lies {where} the control limits{' - a gain to explain' if good else ''}."])
    return found


def late(feeds: list) -> list:
    """Feeds that are late by their own rhythm."""
    return [[dcc.Link(late_words(feed), href=address("/data-health"))] for feed in feeds if feed.late_days]


def disputed(old: dict[str, int], rates, days: int) -> list:
    """old: measure -> gaps disputed for longer than so many days; rates: rows of rates.

    3 gaps disputed for more than 10 days: Blood sugar 2, Colorectal cancer screening 1; each opens those answered.
    """
    if not old:
        return []
    rows = {row.measure_id: row for row in rates}
    named = [(rows[measure], number) for measure, number in sorted(old.items(), key=lambda pair: -pair[1]) if measure in rows]
    links = [part for row, number in named[:NAMED]
             for part in (dcc.Link(row.title, href=address("/measure/people", rate=row.slug, show="answered")), f" {number:,}", ", ")][:-1]
    total = sum(old.values())
    return [[f"{total:,} {'gap' if total == 1 else 'gaps'} disputed for more than {days} days", *([": ", *links] if links else []), "."]]


def outliers(goals: list, places: list) -> list:
    """Practices beyond 99.8 % in measures with a goal; who does well is named first. places: rows of places, by practice, of all rates."""
    found, better = [], {goal.slug: goal for goal in goals}
    by_slug = groupby(sorted(places, key=lambda row: row.slug), key=lambda row: row.slug)
    for slug, rows in [(slug, named_places(list(rows), better[slug].better)) for slug, rows in by_slug if slug in better]:
        centre = centre_of(rows)
        for row in clearly_outside(rows, centre):
            well = (shown_numerator(row) / row.denominator > centre) == (row.better == "higher")
            words = f"{row.name} does clearly {'better' if well else 'worse'} than the others in "
            found.append((not well, [words, dcc.Link(better[slug].title, href=address("/measure", rate=slug)),
                                     "; thank them and ask how." if well else "."]))
    return [signal for _, signal in sorted(found, key=lambda pair: pair[0])]
