"""STU3 is another format under the same names: refused by name, because half of it would read and the other half vanish."""

from dashboard.intake.delivery import Delivery
from dashboard.intake.ledger import literal
from dashboard.intake.report import Problem, Refused

LOOKED_AT = 1000
# Resource type -> (condition on its text, what it shows).
SIGNS = {
    "Condition": ("json_type(text, '$.clinicalStatus') = 'VARCHAR' OR json_exists(text, '$.context')", "clinicalStatus as text, or context"),
    "AllergyIntolerance": ("json_type(text, '$.clinicalStatus') = 'VARCHAR'", "clinicalStatus as text"),
    "Observation": ("json_exists(text, '$.context')", "context"),
    "Procedure": ("json_exists(text, '$.context') OR json_exists(text, '$.notDone')", "context or notDone"),
    "MedicationRequest": ("json_exists(text, '$.context')", "context"),
    "Immunization": ("json_exists(text, '$.notGiven')", "notGiven"),
    "Encounter": ("json_exists(text, '$.reason')", "reason"),
    "ExplanationOfBenefit": ("json_exists(text, '$.item[0].service')", "item.service"),
    "Patient": ("contains(text, 'us-core-race') AND json_exists(text, '$.extension[0].valueCodeableConcept')", "race as one concept"),
}


def refuse(connection, delivery: Delivery, present: set[str]) -> None:
    """Refuse a delivery that shows the shape of STU3 anywhere in the first resources of a type."""
    problems = []
    for name in sorted(present & SIGNS.keys()):
        condition, shown = SIGNS[name]
        found = connection.execute(f"""
            SELECT file_index, min(row_number) FROM (SELECT * FROM line WHERE resource_type = {literal(name)} LIMIT {LOOKED_AT})
            WHERE {condition} GROUP BY file_index ORDER BY ALL""").fetchall()
        problems += [Problem(f"{delivery.files[index].name}, row {row}", "stu3", f"{name} in the shape of FHIR STU3 ({shown}).", "Export as FHIR R4.")
                     for index, row in found]
    if problems:
        raise Refused(problems)
