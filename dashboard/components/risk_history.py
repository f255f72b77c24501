"""What earlier versions said of a person's risk: the same month of last year in a sentence, every month behind a line."""

from decimal import Decimal
from types import SimpleNamespace

from dashboard.components.elements import html
from dashboard.components.listing import listed
from dashboard.components.words import day

HEADS = [("Said", ""), ("Risk", ""), ("Charlson", "number"), ("HCC score", "number"), ("Drug score", "number"),
         ("What changed since the line below", "")]


def as_said(row, factors: list, earlier: list, names: dict) -> list:
    """row: of patient_risk; factors: of V28; earlier: of patient_risk_history, oldest first; names: what factors are called by their tables."""
    if not earlier:
        return []
    now = SimpleNamespace(tier=row.tier, charlson=row.charlson, release=row.release, raw_score=row.raw_score, rx_score=row.rx_score, factors=[
        {"factor": one.factor, "coefficient": one.now} for one in factors if one.now is not None])
    then = next((one for one in earlier if one.year_ago_date), None)
    lines = [_line(one, before, names) for one, before in zip([*earlier, now], [None, *earlier], strict=True)]
    table = listed("What was said of the risk, newest first", HEADS, lines[::-1])
    dated = {one.label: f": found {day(one.first_date)}" for one in factors if one.is_condition and one.now is not None and one.first_date}
    return [html.P(_year_ago(then, now, names, dated)) if then else None,
            html.Details([html.Summary("What was said in earlier months"), table], className="folded")]


def since(then, now, names: dict, dated: dict | None = None) -> list[str]:
    """'+0.360 Heart failure', greatest first: what moved the score between two versions; dated: what is known of when it was found. Nothing where one
    has no score."""
    if then is None or then.raw_score is None or now.raw_score is None:
        return []
    models = [one.release.partition("-")[0] for one in (then, now)]
    if models[0] != models[1]:
        return [f"model change: {models[0]} then, {models[1]} now"]
    changes: dict[str, Decimal] = {}
    for version, sign in ((then, -1), (now, 1)):
        for one in version.factors or []:
            words = names.get((version.release, one["factor"]), one["factor"])
            changes[words] = changes.get(words, Decimal(0)) + sign * one["coefficient"]
    ordered = sorted((words for words in changes if changes[words]), key=lambda words: (-abs(changes[words]), words))
    return [f"{signed(changes[words])} {words}{(dated or {}).get(words, '') if changes[words] > 0 else ''}" for words in ordered]


def signed(change) -> str:
    """+0.360 or −0.360."""
    return f"{'+' if change > 0 else '−'}{abs(change):.3f}"


def number(value) -> str:
    """0.360; nothing for what is not known."""
    return "" if value is None else f"{value:.3f}"


def _year_ago(then, now, names: dict, dated: dict) -> str:
    words = f"As said a year ago ({day(then.year_ago_date)}): risk {then.tier or 'not known'}"
    if then.raw_score is not None:
        words += f", HCC score {number(then.raw_score)}"
    if then.raw_score is not None and now.raw_score is not None:
        words += f", now {number(now.raw_score)}: {'; '.join(since(then, now, names, dated)) or 'of the same factors'}"
    return f"{words}."


def _line(one, before, names: dict) -> list:
    charlson = "" if one.charlson is None else str(one.charlson)
    return [_span(one), one.tier or "", charlson, number(one.raw_score), number(one.rx_score), "; ".join(since(before, one, names))]


def _span(one) -> str:
    if not hasattr(one, "from_date"):
        return "Now"
    return day(one.from_date) if one.from_date == one.to_date else f"{day(one.from_date)} to {day(one.to_date)}"
