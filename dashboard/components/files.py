"""What kinds of files are called."""

FILES = {
    "appointment": "Appointments",
    "condition": "Problems",
    "eligibility": "Enrolment",
    "encounter": "Visits (record)",
    "immunization": "Immunizations",
    "lab_result": "Lab results",
    "location": "Places",
    "medical_claim": "Medical claims",
    "medication": "Medicines (record)",
    "observation": "Readings",
    "patient": "Patients",
    "pharmacy_claim": "Pharmacy claims",
    "practitioner": "Clinicians",
    "procedure": "Procedures (record)",
    "provider_attribution": "Whose patient (roster)",
    "allergy": "Allergies",
    "adverse_event": "Adverse events",
    "device_order": "Device orders",
    "medication_order": "Medicine orders",
    "service_order": "Orders",
    "task": "Tasks",
    "adt_event": "Admissions and discharges",
    "plan_gap": "Gap lists of plans",
    "plan_score": "Scores of plans",
    "person_xref": "Crosswalk of ids",
}
# Where care is written down by those who give it; claims say what was billed.
RECORDS = frozenset({"adverse_event", "allergy", "condition", "device_order", "encounter", "immunization", "medication", "medication_order",
                     "observation", "procedure", "service_order", "task"})


def file_words(table_name: str) -> str:
    """Medical claims."""
    return FILES.get(table_name, table_name.replace("_", " ").capitalize())
