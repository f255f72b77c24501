"""Model card: what predicts admissions here, how well it did, for whom, and why scores are not shown where they are not."""

import json
from datetime import date

import dash

from dashboard.access import current_viewer
from dashboard.components.elements import html
from dashboard.components.prediction import card_section, meaning
from dashboard.components.states import empty
from dashboard.components.words import day
from dashboard.queries import ask

NOTHING = "Nothing is predicted here. The person who runs the computer trains a model by “huddleboard predict train” and “huddleboard predict score”."


def layout(**_):
    """The screen: one section a predicted event, then what to keep in mind."""
    models = ask("prediction_models", current_viewer("prediction"))
    if not models:
        return html.Div([html.H1("Model card"), empty(NOTHING)], className="page")
    about, scored = json.loads(models[0].about), max(model.scored for model in models)
    heading = [html.Strong(f"{scored:,}"), " adults have a predicted risk", html.Span(f", as of {day(models[0].as_of)}", className="quiet")]
    return html.Div([
        html.H1(heading if scored else "No predicted risk is shown"),
        html.P(html.Strong(about["note"])) if about["note"] else None,
        html.P(_days(about["windows"])) if about["windows"] else None,
        *[card_section(model, json.loads(model.card)) for model in models],
        meaning(),
        html.Section([html.H2("What to keep in mind"), html.Ul([html.Li(limit) for limit in about["limits"]])]),
    ], className="page")


def _days(windows: dict) -> str:
    train, test = windows["train"], windows["test"]
    return (f"Learned from people as of {day(date.fromisoformat(train['index']))} and the year after; judged by people as of "
            f"{day(date.fromisoformat(test['index']))} and the year after. "
            "The three months before each day are left out: their claims are still arriving.")


dash.register_page(__name__, path="/prediction", name="Model card", title="Model card - Huddleboard", layout=layout, pickers=())
