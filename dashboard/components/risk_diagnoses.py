"""Which diagnoses of this year's claims count in the score of a person, and why the others do not."""

from dashboard.components.elements import html
from dashboard.components.listing import listed
from dashboard.components.words import day, place

HEADS = [("Diagnosis", ""), ("Condition of the model", ""), ("In the score", ""), ("Last claim", ""), ("File", "quiet")]
RULE = ("A diagnosis counts when a paid claim of this year names it, of a face-to-face visit (CPT or HCPCS codes that CMS lists for the year) or "
        "of a hospital stay, and no graver condition of the same kind counts already.")


def diagnoses(rows: list) -> html.Details | None:
    """rows: of patient_risk_diagnoses; nothing where no claim of this year names a diagnosis that the models know."""
    if not rows:
        return None
    counted = sum(row.counts for row in rows)
    others = ", and why not the others" if counted < len(rows) else ""
    said = f"Which diagnoses count: {counted:,} of {len(rows):,} on claims of this year{others}"
    told = [[dotted(row.code), row.label, _standing(row), day(row.last_date), place(row)] for row in rows]
    table = listed("Diagnoses on claims of this year", HEADS, told)
    return html.Details([html.Summary(said), html.P(RULE, className="quiet"), table], className="folded")


def _standing(row) -> str:
    return "counts" if row.counts else f"does not count: {row.why_not}"


def dotted(code: str) -> str:
    """E11.42, as a record has it."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
