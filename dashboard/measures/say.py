"""Lines of cards in plain English: the screen's reasons come from the same words as the logic, so that they cannot disagree."""

from __future__ import annotations

from dashboard.measures.phrases import SOURCES
from dashboard.measures.windows import Point, day_of, parse_window

BENEFIT = {"medical": "medical", "pharmacy": "pharmacy", "mental_health": "mental health", "chemical_dependency": "substance use"}


def say_line(said, cards, lines) -> str:
    """One line of a role as a sentence without a full stop."""
    if isinstance(said, str):
        named = lines._named(said)
        return named["say"] if isinstance(named, dict) and "say" in named else _words(said)
    if "say" in said:
        return said["say"]
    key = next(iter(said))
    speaker = globals().get(f"_speak_{key}")
    return speaker(said[key], cards, lines) if speaker else _speak_events(said, cards, lines)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _join(parts: list[str], word: str) -> str:
    return f" {word} ".join(part[:1].lower() + part[1:] if place and not part[:2].isupper() else part for place, part in enumerate(parts))


def _speak_all(said, cards, lines):
    return _join([say_line(one, cards, lines) for one in said], "and")


def _speak_any(said, cards, lines):
    return _join([say_line(one, cards, lines) for one in said], "or")


def _speak_none(said, cards, lines):
    return "No " + _join([say_line(one, cards, lines) for one in (said if isinstance(said, list) else [said])], "or")


def _speak_aged(said, cards, lines):
    low, high = said.get("from"), said.get("to")
    ages = f"{low} to {high}" if low is not None and high is not None else f"{low} or older" if low is not None else f"up to {high}"
    if "from_months" in said:
        ages = f"{said['from_months']} months or older"
    days = {"start": f"on {_day(lines.statement.start)}", "end": f"on {_day(lines.statement.end)}"}
    where = days.get(said.get("at", "end"), f"at the {_words(said.get('at', '')).lower()}")
    return f"Aged {ages} {where}"


def _speak_sex(said, cards, lines):
    return said.capitalize()


_speak_us_core_sex = _speak_sex


def _speak_flag(said, cards, lines):
    return f"Coverage marked {said.replace('_', ' ')}"


def _speak_turns(said, cards, lines):
    parts = [f"{number} {unit}" for unit, number in said.items() if number]
    return f"Reaches {' and '.join(parts)} of age in the year"


def _speak_product_line(said, cards, lines):
    return "Covered by " + " or ".join(said if isinstance(said, list) else [said])


def _speak_enrolled(said, cards, lines):
    benefits = said.get("benefit", "medical")
    names = " and ".join(BENEFIT[b] for b in (benefits if isinstance(benefits, list) else [benefits]))
    window = "" if "in" in said else f" for {said.get('years', 1)} year{'s' if said.get('years', 1) > 1 else ''}"
    gap = said.get("max_gap_days", 45)
    return f"Enrolled with {names} benefit{window}, " + (f"no more than one gap of up to {gap} days a year" if gap else "without a gap")


def _speak_count(said, cards, lines):
    least, most = said.get("least"), said.get("most")
    many = f"at least {least}" if least is not None else f"at most {most}"
    on = "" if said.get("distinct") == "events" else " on different days"
    return f"{_speak_events({k: v for k, v in said.items() if k not in ('least', 'most', 'distinct')}, cards, lines)}: {many}{on}"


def _speak_covered_days(said, cards, lines):
    phrase = {k: v for k, v in said.items() if k not in ("in", "least", "share")}
    return f"{_speak_events(phrase, cards, lines)}: at least {said.get('least')} days covered"


def _speak_exists(said, cards, lines):
    return _speak_events(said if isinstance(said, dict) else {"of": said}, cards, lines)


def _speak_events(said, cards, lines) -> str:
    source = next(said[key] for key in SOURCES if key in said)
    text = _name(source, cards, lines)
    if "valued" in said:
        text += " with a result" if said["valued"] == "present" else f" ({_name(said['valued'], cards, lines).lower()})"
    if "value" in said:
        text += " " + " and ".join(_bound(key, number) for key, number in said["value"].items())
    return text + _when(said, lines)


def _bound(key: str, number) -> str:
    return {"below": f"below {number}", "above": f"above {number}", "at_least": f"of at least {number}", "at_most": f"of at most {number}"}[key]


def _name(source, cards, lines) -> str:
    if isinstance(source, list):
        names = [_name(one, cards, lines) for one in source]
        return names[0] + " or similar" if len(names) > 3 else " or ".join(names)
    if isinstance(source, dict):
        return _speak_events(source, cards, lines)
    return cards.titles.get(source) or _words(source)


def _when(said: dict, lines) -> str:
    if "within_years" in said:
        return _between(parse_window({"years": [1 - said["within_years"], 0]}), lines)
    if "had" in said:
        return _between(parse_window("period"), lines)
    for key in ("starts", "ends", "latest", "during", "overlaps"):
        if key in said and not isinstance(said[key], list):
            return _between(parse_window(said[key]), lines)
    if "from" in said:
        low, high = said["days"]
        origin = _words(said["from"]).lower()
        return f" {low} to {high} days after {origin}" if low >= 0 else f" within {abs(low)} days before {origin}"
    return ""


def _between(window, lines) -> str:
    points = (window.low, window.high)
    if window.anchor or window.of_life:
        return "" if window.anchor else " by " + _age(window.high) if window.high else ""
    if window.low is None:
        return f" by {_fixed(window.high, lines)}"
    if window.high is None:
        return f" since {_fixed(window.low, lines)}"
    return f" from {_fixed(points[0], lines)} to {_fixed(points[1], lines)}"


def _age(point: Point) -> str:
    years, months = divmod(point.months, 12)
    parts = [f"{years} years"] * bool(years) + [f"{months} months"] * bool(months) + [f"{point.days} days"] * bool(point.days)
    return "age " + " ".join(parts)


def _fixed(point: Point, lines) -> str:
    text = day_of(point, lines.statement.start, lines.statement.end, "")
    return _day(type(lines.statement.start).fromisoformat(text.split("'")[1]))


def _day(day) -> str:
    return f"{day.day} {day:%b %Y}"
