"""Words of roll-ups: rates, intervals, goals, reasons, subgroups. Too few are told so, and what is not computed is never 0."""


from dashboard.components.elements import dcc, html
from dashboard.components.words import LANGUAGES, count
from dashboard.statistics import enough, to_goal, wilson

REASONS = {
    "rejected": "Billed, but the claim was rejected",
    "pending": "Billed, claim not decided yet",
    "under way": "Ordered and done, or sample taken: result or claim not in yet",
    "value out of range": "Done, result out of range",
    "no value": "Done, no result on file",
    "too few days": "Filled, on too few days",
    "does not count alone": "Part of it is on file, not enough to count",
    "too late": "Done too late",
    "too early": "Done too long ago",
    "nothing found": "Nothing on file: not done, or not billed",
    # What people answered.
    "ordered": "Answered: ordered",
    "done": "Answered: done, without all that the plan asks for",
    "plan_counts": "Answered: the plan counts it closed",
    "refused": "Answered: patient refused",
    "not_applicable": "Answered: not applicable",
    "not_mine": "Answered: not my patient",
    "data_wrong": "Answered: data wrong",
}
LISTS = {"open": "open", "open_due_soon": "open", "likely_done": "likely", "answered": "answered"}  # status of a gap -> list that shows it
UNITS = {"person": ("patient", "patients"), "episode": ("stay or event", "stays or events"), "encounter": ("visit", "visits")}
ASPECTS = {"race": "Race", "ethnicity": "Ethnicity", "language": "Language"}
UNKNOWN = ("", "unknown", "asked-declined", "UNK", "ASKU")


def by_reason(found: list) -> list[tuple[tuple[str, str], int]]:
    """((list, reason), people) of rows of the page query reasons that still ask for something or were answered, most people first."""
    together: dict[tuple[str, str], int] = {}
    for line in found:
        if line.status in LISTS and line.people:
            key = LISTS[line.status], line.reason
            together[key] = together.get(key, 0) + line.people
    return sorted(together.items(), key=lambda pair: -pair[1])


def per_cent(fraction: float, digits: int = 0) -> str:
    """61 %."""
    return f"{100 * fraction:.{digits}f}\N{NO-BREAK SPACE}%"


def points(fraction: float) -> str:
    """+2.1 points, of a difference of two rates."""
    return f"{round(100 * fraction, 1) + 0.0:+.1f} points"  # what rounds to nothing has no minus


def shown_numerator(row) -> int:
    """What the rate counts: the closed, or where lower is better those who are not."""
    return row.denominator - row.closed if row.better == "lower" else row.closed


def rate_words(numerator: int, denominator: int) -> str:
    """62 %, or why there is none to show."""
    if not denominator:
        return "not computed: nobody counts"
    return per_cent(numerator / denominator) if enough(denominator) else too_few(denominator)


def rate_of(numerator: int, denominator: int) -> str:
    """62 % of 386."""
    words = rate_words(numerator, denominator)
    return f"{words} of\N{NO-BREAK SPACE}{denominator:,}" if enough(denominator) else words


def too_few(denominator: int) -> str:
    """12 patients: too few to compare."""
    return f"{count(denominator, 'patient', 'patients')}: too few to compare"


def likely_words(numerator: int, denominator: int) -> str:
    """58 to 66 %: where the rate of so many lies with 95 % confidence."""
    low, high = wilson(numerator, denominator)
    return f"{100 * low:.0f} to {per_cent(high)}"


def goal_words(row) -> str:
    """at least 80 % (4 stars, Medicare): of a row of goals."""
    return f"{bound_words(row)} ({basis_words(row)})"


def bound_words(row) -> str:
    """at least 80 %."""
    return f"{'at most' if row.better == 'lower' else 'at least'} {per_cent(row.goal)}"


def basis_words(row) -> str:
    """4 stars, Medicare: whose goal it is."""
    return f"{row.level}, {row.product_line.capitalize()}" if row.product_line else row.level


def missing_to_goal(row) -> int:
    """How many more patients bring a row of goals to its goal."""
    return to_goal(shown_numerator(row), row.denominator, row.goal, row.better)


def most_to_gain(rates: list, goals: dict) -> list[str]:
    """Slugs of rows of rates, those with most to gain first: patients to goal, times the weight of the measure. goals: rows of goals by slug."""
    def gain(row):
        return (-missing_to_goal(goals[row.slug]) * (goals[row.slug].weight or 1) if row.slug in goals else 0, -row.open_people)
    return [row.slug for row in sorted(rates, key=gain)]


def out_of_reach(row) -> str:
    """only 4 can still close this year, or none: of a row of goals that asks for more than can still happen; '' for all others."""
    few = f"only {row.closable:,}" if row.closable else "none"
    return f"{few} can still close this year" if missing_to_goal(row) > row.closable else ""


def goal_fact(row, everybody: int) -> str:
    """The goal of a row of goals and how far it is; where it holds for some plans only, so that `everybody` is more, with their rate."""
    missing, far = missing_to_goal(row), out_of_reach(row)
    there = f", where the rate is {rate_of(shown_numerator(row), row.denominator)}" if row.denominator != everybody else ""
    return f"{goal_words(row)}{there}: {f'{missing:,} more to go' if missing else 'reached'}{f', {far}' if far else ''}"


def reason_words(reason: str | None) -> str:
    """Why a gap is open, in words."""
    return REASONS.get(reason or "nothing found", reason or "")


def subgroup_words(aspect: str, value: str | None) -> str:
    """Hispanic or Latino; Spanish."""
    if (value or "") in UNKNOWN:
        return "Not known"
    return LANGUAGES.get(value.split("-")[0].lower(), value) if aspect == "language" else value


def counted(number: int, href: str, words: str = ""):
    """A count (and words after it) that opens its list; 0 opens nothing."""
    return dcc.Link(f"{number:,}{words}", href=href, className="count") if number else html.Span(f"0{words}", className="quiet")


def title_of(row) -> str:
    """The rate's title; visit-based variants say how they count."""
    return row.title if row.variant == "HEDIS" else f"{row.title} (by visits, {row.variant})"
