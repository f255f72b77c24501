"""How dates, people and numbers are written on screen."""

from collections.abc import Iterable
from datetime import date, datetime

LANGUAGES = {"en": "English", "es": "Spanish", "zh": "Chinese", "vi": "Vietnamese", "tl": "Tagalog", "ko": "Korean", "ru": "Russian",
             "ar": "Arabic", "hy": "Armenian", "fa": "Persian", "hi": "Hindi", "pa": "Punjabi", "ja": "Japanese", "fr": "French",
             "de": "German", "pt": "Portuguese", "it": "Italian", "km": "Khmer", "hmn": "Hmong", "th": "Thai", "uk": "Ukrainian"}
SEX = {"female": "F", "male": "M"}


def day(value: date | None) -> str:
    """12 Feb 2026."""
    return f"{value.day} {value:%b %Y}" if value else ""


def moment(value: datetime | None) -> str:
    """12 Feb 2026 08:20."""
    return f"{day(value)} {value:%H:%M}" if value else ""


def now() -> str:
    """The clock on the wall: 06:12."""
    return f"{datetime.now().astimezone():%H:%M}"


def person_name(row) -> str:
    """Lopez, Maria; a word where the source sends no name."""
    return ", ".join(part for part in (row.last_name, row.first_name) if part) or "Name not sent"


def age_and_sex(row) -> str:
    """67 F."""
    return " ".join(str(part) for part in (row.age, SEX.get(row.sex, "")) if part not in (None, ""))


def language(code: str | None) -> str:
    """A BCP 47 tag as a word; English is the silent default only where a language is known."""
    return LANGUAGES.get((code or "").split("-")[0].lower(), code or "")


UNITS = {"mm[Hg]": "mmHg", "kg/m2": "kg/m²", "{score}": "", "1": "", "mL/min/{1.73_m2}": "mL/min/1.73 m²"}
METHODS = {"roster": "by the plan's roster", "general_practitioner": "named in the record", "visits": "seen most in two years"}


def method(name: str | None) -> str:
    """Why a patient is on a clinician's list."""
    return METHODS.get(name or "", name or "")


def unit(code: str | None) -> str:
    """A UCUM unit as it is written by hand."""
    return UNITS.get(code or "", code or "")


def number(value: float | None) -> str:
    """9.4, 87.6, 120, 1,200: as many digits as a reading means."""
    if value is None or value in (float("inf"), float("-inf")):
        return ""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def reading(values: Iterable[float | None]) -> str:
    """9.4, or 152/77: two values of one day are the two of a blood pressure, the higher first."""
    told = sorted((value for value in values if number(value)), reverse=True)  # a reading without bounds is none
    return "/".join(number(value) for value in told)


def count(number_of: int, one: str, many: str) -> str:
    """1 gap, 2 gaps."""
    return f"{number_of:,} {one if number_of == 1 else many}"


def claims_in_words(lines: int | None) -> str:
    """1.2 M claims, 340 K claims, 12 claims; 'claims' where none are known."""
    if not lines:
        return "claims"
    size, letter = next(((size, letter) for size, letter in ((1_000_000, " M"), (1_000, " K")) if lines >= size), (1, ""))
    return f"{number(lines / size if lines / size < 100 else round(lines / size))}{letter} claims"


def sentence(text: str) -> str:
    """With a capital at the front."""
    return text[:1].upper() + text[1:]


def place(row) -> str:
    """The row of a file that says so; nothing where none is known."""
    return f"{row.file_name} row {row.row_number:,}" if row.file_name else ""
