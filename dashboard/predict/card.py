"""The model card: what clinicians should know before they trust a score, from the figures alone."""

from dashboard.predict.features import OUTCOMES, titles
from dashboard.predict.verdict import BETTER_EVENTS

SYNTHETIC = "The people of this home directory are made up: the figures show that the path works and say nothing about real patients."
LIMITS = (
    "The event is predicted, never the cost: cost under-identifies patients who get less care than they need (Obermeyer et al., Science "
    "2019;366:447-453).",
    "Race, ethnicity, language and plan are not features. Age and sex are: 45 CFR 92.210 asks those who use such a tool to look for "
    "discrimination by the variables that it uses, and to mitigate it. The tables by subgroup are for that; a subgroup marked “off” needs a "
    "person's judgement before scores are used for it.",
    "Only what a claim or visit tells is known: no housing, no support at home, no function beyond what is coded. Planned admissions count; stays "
    "for a delivery do not.",
    "Adults only, covered on the day of the score and on most days of the look-back. Everybody else is not scored, which is not a low risk.",
    "Where the people are made up (huddleboard demo, huddleboard generate), these figures show that the path works and say nothing about real "
    "patients.",
    "Use: to decide whom to call first. Not for denying, delaying or pricing anything.",
)


def figures_of(trained: dict, synthetic: bool) -> dict:
    """The card as data: what the screen and the report show."""
    windows = trained.get("windows", {})
    return {"as_of": trained["as_of"], "seed": trained["seed"], "windows": windows, "note": SYNTHETIC if synthetic else None, "limits": list(LIMITS),
            "outcomes": {outcome: _with_notes(found["card"] | {"reason": found["reason"]}) for outcome, found in trained["outcomes"].items()}}


def _with_notes(found: dict) -> dict:
    return found | {"notes": notes(found)} if "figures" in found else found


def words_of(card: dict) -> str:
    """The card as Markdown."""
    lines = [f"# Predicting admissions: model card as of {card['as_of']}", ""]
    lines += [f"**{card['note']}**", ""] if card["note"] else []
    lines += [days(card["windows"]), ""] if card["windows"] else []
    for outcome, found in card["outcomes"].items():
        lines += [f"## {OUTCOMES[outcome].capitalize()} in the next 12 months", "", *_outcome(found)]
    limits = [f"- {limit}" for limit in card["limits"]]
    return "\n".join([*lines, "## What to keep in mind", "", *limits, f"- Seed {card['seed']}: the same files give the same model.", ""])


def _outcome(found: dict) -> list[str]:
    lines = [f"**No scores are shown.** {found['reason']}" if found["reason"] else f"Scores are shown: {found['served']}.", ""]
    if "figures" not in found:
        return lines
    lines += [*_figures(found), *_subgroups(found["subgroups"]), f"Features: {_named(found['columns'])}.", ""]
    return lines + ([f"Left out, because too few people have them: {_named(found['left_out'])}.", ""] if found["left_out"] else [])


def _named(columns) -> str:
    return ", ".join(titles()[name] for name in columns)


def days(windows: dict) -> str:
    """Which days taught and which judged, in sentences."""
    train, test = windows["train"], windows["test"]
    said = ("{begin} people as they were on {index}, from claims of {from} to {cut}, and what happened by {until}. ".format(begin=begin, **window)
            for begin, window in (("Learned from", train), ("Judged on", test)))
    return ("".join(said) +
            "The three months before each day, and the newest three months of outcomes, are left out: their claims are still arriving.")


def _figures(found: dict) -> list[str]:
    head = ["| in the later year | " + " | ".join(found["figures"]) + " |", "|---" * (len(found["figures"]) + 1) + "|"]
    rows = {name: [] for name in ("people", "with the event", "expected", "AUC", "Brier score", "calibration slope (1 is right)",
                                  "calibration intercept (0 is right)", "had the event, of the top 1 %", "had the event, of the top 5 %")}
    for one in found["figures"].values():
        ppv = [f"{top['events']:,} of {top['people']:,} ({top['events'] / top['people']:.0%})" for top in one["ppv"].values()]
        values = (f"{one['people']:,}", f"{one['events']:,}", f"{one['expected']:,.0f}", _number(one["auc"]), f"{one['brier']:.4f}",
                  _number(one["slope"]), _number(one["intercept"]), *ppv)
        for cells, value in zip(rows.values(), values, strict=True):
            cells.append(value)
    table = [f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows.items()]
    return [*head, *table, "", *(f"{line}\n" for line in found["notes"])]


def notes(found: dict) -> list[str]:
    """What the figures come to, in sentences."""
    served, baseline = found["figures"][found["served"]], found["figures"][found["baseline"]]
    better = baseline["brier"] - served["brier"]
    role = "judged" if found.get("reason") else "served"
    lines = [f"The model {role} is {found['served']}. Against the baseline (age, sex, earlier stays) its Brier score is "
             + (f"{better:.4f} better." if better > 0.00005 else "no better: the other features add nothing that this year shows.")]
    if found["test"]["events"] < BETTER_EVENTS:
        lines.append(f"{found['test']['events']} events judge it; {BETTER_EVENTS} or more would judge better.")
    return lines


def _subgroups(rows: list[dict]) -> list[str]:
    lines = ["| subgroup | people | with the event | expected | found in the top 5 % | calibration |", "|---|---|---|---|---|---|"]
    for row in rows:
        start = f"| {row['aspect']}: {row['value']} | {row['people']:,} | "
        if row["judged"]:
            low, high = row["recall_interval"]
            recall = f"{row['found']:,} of {row['events']:,} ({row['recall']:.0%}; {low:.0%} to {high:.0%})"
            lines.append(start + f"{row['events']:,} | {row['expected']:,.0f} | {recall} | {'off' if row['off'] else 'in line'} |")
        else:
            lines.append(start + "too few to judge | | | |")
    return [*lines, "", "“Off”: the expected number lies outside the 95 % interval (Wilson) of the number that happened.", ""]


def _number(value) -> str:
    return "not computed" if value is None else f"{value:.2f}"
