"""Cohorts on screens: the filter above a list, the lines of a cohort as a sentence."""

from dashboard.components.elements import dbc, dcc, html

EVERYBODY = "everybody"  # no cohort by this name: a choice without a value would show as blank


def cohort_filter(cohorts: list, chosen, path: str, kept: dict[str, str], build: str, clear: str) -> html.Div:
    """The choice of a cohort above a list, sent as an address. cohorts: those on offer; chosen: the one that limits the list, or None;
    kept: what else stands in the address; build, clear: addresses."""
    options = [{"value": EVERYBODY, "label": "Everybody"}] + [{"value": one.id, "label": one.title} for one in cohorts]
    if chosen and chosen.id not in {one.id for one in cohorts}:
        options.append({"value": chosen.id, "label": chosen.title})
    hidden = [dcc.Input(id=f"cohort-kept-{name}", type="hidden", name=name, value=value) for name, value in kept.items() if value not in ("", None)]
    pick = dbc.Select(id="cohort-choice", name="cohort", options=options, value=chosen.id if chosen else EVERYBODY)
    send = html.Button("Show", type="submit", className="btn btn-outline-primary")
    form = html.Form([*hidden, html.Label("Cohort", htmlFor="cohort-choice"), pick, send], method="get", action=path, className="cohort-filter")
    links = [*([dcc.Link("Everybody", href=clear, className="tap")] if chosen else []), dcc.Link("Build a cohort", href=build, className="tap")]
    return html.Div([form, html.Span(links, className="cohort-links")], className="cohort-bar")


def sentence(lines: list[tuple[str, str]]) -> html.Ol:
    """The lines of a cohort: (words, address without the line)."""
    return html.Ol([html.Li([html.Span(words), " ", dcc.Link(["Remove", html.Span(f" {words}", className="visually-hidden")], href=without)])
                    for words, without in lines], className="cohort-lines")
