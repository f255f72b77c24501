"""Predicted risk on screens: the model card's tables, and the block of one patient."""

from dashboard.cohorts.facts import WORDS
from dashboard.components.elements import dcc, html
from dashboard.components.listing import listed
from dashboard.components.words import day, language

ARROWS = {True: " ↑ rising", False: ""}


def card_section(model, card: dict) -> html.Section:
    """One predicted event: whether it is shown, figures beside the baseline, subgroups."""
    said = f"No scores are shown. {model.reason}" if model.reason else f"Scores are shown, by {model.method} (model {model.model})."
    body = [html.H2(f"{model.title.capitalize()} in the next 12 months"), html.P(html.Strong(said) if model.reason else said)]
    if "figures" not in card:
        return html.Section(body)
    names = list(card["figures"])
    body.append(listed(f"{model.title}: how well it did in the later year", [("In the later year", ""), *((name, "number") for name in names)],
                       [[words, *(make(card["figures"][name]) for name in names)] for words, make in FIGURES]))
    body += [html.P(line) for line in card.get("notes", ())]
    heads = [("Subgroup", ""), ("People", "number"), ("Had it", "number"), ("Expected", "number"), ("Found in the top 5 % (recall)", ""),
             ("Calibration", "")]
    body += [html.H3("By subgroup"), listed(f"{model.title}: by subgroup", heads, [_subgroup(row) for row in card["subgroups"]]),
             html.P("Found: of those who had the event, how many were among the one in twenty with the highest predicted risk. Off: the expected "
                    "number lies outside the 95 % interval of the number that happened.", className="quiet")]
    return html.Section(body)


def meaning() -> html.Section:
    """What the figures of a model say, for those who do not work with them every day."""
    return html.Section([html.H2("What the figures say"), html.Ul([html.Li(words) for words in MEANING])])


def _top(share: str):
    def words(one: dict) -> str:
        found = one["ppv"][share]
        return f"{found['events']:,} of {found['people']:,} ({found['events'] / found['people']:.0%})"
    return words


def _number(name: str):
    return lambda one: "not computed" if one[name] is None else f"{one[name]:.2f}"


MEANING = (
    "AUC: of one patient who had the event and one who had not, how often the first had the higher predicted risk; 0.5 is a coin, 1 is always.",
    "Brier score: the mean square of predicted risk less what happened; 0 is best.",
    "Calibration: of 100 patients with a predicted risk of 20 %, do about 20 have the event? A slope below 1 says that high risks are told too "
    "high and low ones too low; an intercept below 0, that all are told too high.")
FIGURES = (("People", lambda one: f"{one['people']:,}"), ("Had the event", lambda one: f"{one['events']:,}"),
           ("Expected", lambda one: f"{one['expected']:,.0f}"), ("AUC", _number("auc")), ("Brier score", lambda one: f"{one['brier']:.4f}"),
           ("Calibration slope (1 is right)", _number("slope")), ("Calibration intercept (0 is right)", _number("intercept")),
           ("Had it, of the top 1 %", _top("1%")), ("Had it, of the top 5 %", _top("5%")))


def _subgroup(row: dict) -> list:
    first = f"{row['aspect']}: {_named(row)}"
    if not row["judged"]:
        return [first, f"{row['people']:,}", "too few to judge", "", "", ""]
    low, high = row["recall_interval"]
    return [first, f"{row['people']:,}", f"{row['events']:,}", f"{row['expected']:,.0f}",
            f"{row['found']:,} of {row['events']:,} ({row['recall']:.0%}; {low:.0%} to {high:.0%})", "off" if row["off"] else "in line"]


def _named(row: dict) -> str:
    value = row["value"]
    return language(value) if row["aspect"] == "Language" else WORDS["plan"].get(value, value) if row["aspect"] == "Product line" else value


def patient_block(rows: list, card: str) -> html.Section | None:
    """What is predicted for one patient, in words; None where nothing is. card: address of the model card."""
    if not rows:
        return None
    lines = [html.Li([html.Strong(f"{row.title.capitalize()} in 12 months: {row.tier} risk{ARROWS[bool(row.rising)]}"),
                      f" ({row.probability:.0%}{_earlier(row)}). ", _drivers(row.drivers)])
             for row in rows]
    link = dcc.Link("How this is computed", href=card, className="tap")
    since = html.P([f"As of {day(rows[0].as_of)}, from claims up to three months before. ", link], className="quiet")
    return html.Section([html.H2("Predicted risk"), html.Ul(lines), since], className="predicted")


def _earlier(row) -> str:
    return f"; {row.earlier_probability:.0%} half a year before" if row.earlier_probability is not None else ""


def _drivers(drivers: list) -> str:
    if not drivers:
        return "Nothing on file moves it much."
    return "Moved by " + ", ".join(f"{one['title']} ({'more' if one['log_odds'] > 0 else 'less'})" for one in drivers) + "."
