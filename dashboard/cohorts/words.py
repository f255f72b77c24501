"""The text of a cohort: read, written, said, compiled. Whatever arrives, only words of the catalogue come out."""

import re
from dataclasses import dataclass

from dashboard.cohorts.facts import OPEN_WORDS, WORDS, Fact, facts
from dashboard.errors import Fault

MOST_LINES, MOST_OTHERWISE, LONGEST = 12, 6, 1_000
PIECE = re.compile(r"([a-z_0-9]{1,40})(?:(>=|<=|=)([A-Za-z0-9_.\-]{1,40}))?")
NUMBER = re.compile(r"\d{1,6}(\.\d{1,3})?")


@dataclass(frozen=True)
class Piece:
    """One alternative: a fact, with a bound or a word where its kind asks for one."""
    fact: Fact
    sign: str = ""
    value: str = ""

    @property
    def text(self) -> str:
        return f"{self.fact.name}{self.sign}{self.value}"


@dataclass(frozen=True)
class Line:
    """Alternatives of which one suffices; with `absent` none may hold."""
    pieces: tuple[Piece, ...]
    absent: bool = False

    @property
    def text(self) -> str:
        return ("!" if self.absent else "") + "|".join(piece.text for piece in self.pieces)


def read(text: str) -> tuple[Line, ...]:
    """The lines of a text, none for ''; Fault that names the first piece which is no word of the catalogue."""
    if len(text) > LONGEST:
        raise Fault("cohort", "the text is too long.", f"At most {LONGEST} characters.")
    parts = [part for part in text.split(";") if part]
    if len(parts) > MOST_LINES:
        raise Fault("cohort", f"{len(parts)} lines.", f"At most {MOST_LINES}.")
    return tuple(dict.fromkeys(_line(part) for part in parts))


def _line(part: str) -> Line:
    pieces = part.removeprefix("!").split("|")
    if len(pieces) > MOST_OTHERWISE:
        raise Fault("cohort", f"{len(pieces)} alternatives in one line.", f"At most {MOST_OTHERWISE}.")
    return Line(tuple(_piece(piece) for piece in pieces), part.startswith("!"))


def _piece(text: str) -> Piece:
    found = PIECE.fullmatch(text)
    fact = facts().get(found[1]) if found else None
    if fact is None:
        raise Fault("cohort", "a word that no cohort knows.", "Choose from the list.")
    sign, value = found[2] or "", found[3] or ""
    fits = {"has": not sign, "number": sign in (">=", "<=") and NUMBER.fullmatch(value),
            "word": sign == "=" and (fact.name in OPEN_WORDS or value in WORDS.get(fact.name, ()))}[fact.kind]
    if not fits:
        raise Fault(fact.title, {"has": "takes no value.", "number": "needs a number.", "word": "needs one of its words."}[fact.kind],
                    {"has": "", "number": "Say at least or at most.", "word": "Choose from the list."}[fact.kind])
    return Piece(fact, sign, value)


def write(lines) -> str:
    """The text of lines: what `read` reads."""
    return ";".join(line.text for line in lines)


def say(line: Line, titles: dict[tuple[str, str], str] | None = None) -> str:
    """A line in words. titles: (fact, word) -> words, for what the served version names."""
    said = " or ".join(_say(piece, titles or {}) for piece in line.pieces)
    return f"not: {said}" if line.absent else said


def _say(piece: Piece, titles: dict) -> str:
    fact = piece.fact
    if fact.kind == "has":
        return fact.title
    if fact.kind == "word":
        word = WORDS.get(fact.name, {}).get(piece.value) or titles.get((fact.name, piece.value)) or piece.value
        return f"{fact.title}: {word}"
    bound = "at least" if piece.sign == ">=" else "at most"
    return f"{fact.title} {bound} {piece.value}{f' {fact.unit}' if fact.unit else ''}"


def compiled(lines) -> dict[str, list]:
    """The parameters of queries/page/cohort_people.sql: one entry an alternative."""
    rows = [(number, piece, line.absent) for number, line in enumerate(lines) for piece in line.pieces]
    return {"lines": [number for number, _, _ in rows], "fact": [piece.fact.name for _, piece, _ in rows],
            "low": [float(piece.value) if piece.sign == ">=" else None for _, piece, _ in rows],
            "high": [float(piece.value) if piece.sign == "<=" else None for _, piece, _ in rows],
            "word": [piece.value if piece.sign == "=" else None for _, piece, _ in rows], "absent": [absent for _, _, absent in rows]}
