"""The packet as one XLSX: a sheet a page, the lists whole."""

import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from dashboard.components.as_of import late_in_words, moment_of
from dashboard.components.roll_up import (
    goal_words,
    missing_to_goal,
    rate_words,
    reason_words,
    shown_numerator,
    title_of,
)
from dashboard.components.words import age_and_sex, day, language, person_name, sentence
from dashboard.packet.gather import Focus, Packet
from dashboard.packet.words import KINDS, change_words, said

WIDEST = 60  # letters of a column
LINES = 12  # empty ones for what is promised
HEADS = {"counts": "Who counts", "excluded": "Left out", "closes": "What closes it"}


def workbook(packet: Packet) -> bytes:
    """The file."""
    book = Workbook(write_only=True)
    for title, heads, rows in sheets(packet):
        _sheet(book, title, heads, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheets(packet: Packet) -> list[tuple]:
    """(name, headings, rows) of each sheet."""
    return [
        ("Cover", ("Session packet", packet.place.name), _cover(packet)),
        ("Scorecard", ("Measure", "Rate", "Counted", "Open", "Likely done", "Goal", "To goal"), [_score(packet, row) for row in packet.rates]),
        ("Focus measures", ("Measure", "What", "Words", "Codes"), [line for one in packet.focus for line in _focus(one)]),
        ("Patients", ("Patient", "Born", "Age", "Plan", "Language", "What it takes", "Measure", "Why open", "Since", "Last day to close",
                      "Last visit", "Next visit"), [line for patient in packet.patients for line in _patient(patient)]),
        ("Claims to correct", ("Patient", "Born", "Service", "Day", "Received", "Claim", "Found in", "Row", "Would close"),
         [[person_name(row), row.birth_date, row.service, row.start_date, row.received_date, row.claim_id, row.file_name, row.row_number,
           row.measures] for row in packet.claims]),
        ("Documentation", ("What", "Patient", "Born", "Plan", "Condition", "Why", "Confidence", "Last named", "Next visit"),
         [[KINDS[row.kind], person_name(row), row.birth_date, row.plans, row.title, row.why, row.confidence, row.last_date, row.next_visit_at]
          for row in packet.prompts]),
        ("What changed", ("Measure", "What changed", "Source"), [[row.title, change_words(row, packet.year), row.source] for row in packet.changes]),
        ("Commitments", ("What", "Who", "By when"), [*[[one.what, one.who, one.due_date] for one in packet.promises], *[["", "", ""]] * LINES]),
    ]


def _cover(packet: Packet) -> list[list]:
    session = packet.session
    return [["Session", session.on_date], ["With", session.attendees], ["Focus", ", ".join(title_of(one.rate) for one in packet.focus)],
            ["Clinicians", "; ".join(packet.clinicians)], ["EMR", packet.emr or "not known"],
            ["Patients", packet.practice and packet.practice.people], ["Plans", packet.plan], ["Measurement year", packet.year],
            ["Data as of", moment_of(packet.release)], ["Late", late_in_words(packet.feeds)],
            ["Prepared by", packet.prepared_by], ["Questions to", packet.contact], ["", "CONFIDENTIAL - PHI - delete after use"]]


def _score(packet: Packet, row) -> list:
    goal = packet.goals.get(row.slug)
    return [title_of(row), rate_words(shown_numerator(row), row.denominator), row.denominator, row.open_people, row.likely_people,
            goal_words(goal) if goal else "no public target", missing_to_goal(goal) if goal else None]


def _focus(one: Focus) -> list[list]:
    title = title_of(one.rate)
    told = [[title, "Why it matters", sentence(one.rate.why or ""), ""], [title, "What to do", sentence(one.rate.action or ""), ""]]
    told += [[title, HEADS[kind], said(clause), ", ".join(clause.codes or [])] for kind, kept in one.clauses.items() for clause in kept]
    return [*told, *[[title, f"Why open: {reason_words(why)}", people, ""] for (_, why), people in one.reasons]]


def _patient(patient) -> list[list]:
    row = patient.row
    spoken = language(row.language) + (", interpreter" if row.interpreter_needed else "")
    return [[person_name(row), row.birth_date, age_and_sex(row), row.plans, spoken, gap.step, gap.title,
             reason_words(gap.reason), gap.reason_date, gap.last_day, row.last_visit_date, row.next_visit_at] for gap in patient.gaps]


def _sheet(book: Workbook, title: str, heads: tuple, rows: list[list]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth = "landscape", 0, 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    for place, head in enumerate(heads):
        texts = [head, *[_length(row[place]) for row in rows]]
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(WIDEST, max(len(text) for text in texts) + 2)
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _length(value) -> str:
    return "" if value is None else day(value) if hasattr(value, "year") else str(value)


def _cell(sheet, value, bold: bool = False) -> WriteOnlyCell:
    """A text is a text, whatever it begins with: none becomes a formula."""
    text = isinstance(value, str)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if text else value)
    if text:
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=bold)
    return cell
