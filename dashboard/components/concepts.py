"""What a clinician calls a concept whose title is that of a value set, made to sort codes and not to be read in a chart."""

import re

SAID = {
    "Antibiotic Medications for Pharyngitis": "Antibiotic",
    "Antidepressant Medication": "Antidepressant",
    "Competing Conditions for Respiratory Conditions": "Other infection that may need an antibiotic",
    "Comorbid Conditions for Respiratory Conditions": "Long-term condition that makes a chest infection serious",
    "Congenital or Acquired Absence of Cervix": "Absence of the cervix",
    "Contraceptive Medications": "Contraceptive",
    "Coronary Artery Disease No MI": "Coronary artery disease",
    "Dementia & Mental Degenerations": "Dementia",
    "Dementia Medications": "Dementia drug",
    "Depression screening negative, as billed": "Depression screening, negative",
    "Depression screening positive, as billed": "Depression screening, positive",
    "Diagnoses Used to Indicate Sexual Activity": "Diagnosis that tells of sexual activity",
    "Emergency Department Evaluation and Management Visit": "Emergency department visit",
    "Encounter to Document Medications": "Visit with medications documented",
    "Encounter to Screen for Blood Pressure": "Visit for blood pressure screening",
    "Encounter to Screen for Depression": "Visit for depression screening",
    "Frailty Diagnosis": "Diagnosis of frailty",
    "Frailty Encounter": "Care at home or other service for frailty",
    "Frailty Symptom": "Symptom of frailty",
    "HbA1c Laboratory Test": "Hemoglobin A1c",
    "High Intensity Statin Therapy": "Statin, high intensity",
    "Malignant Neoplasm of Colon": "Colon cancer",
    "Moderate Intensity Statin Therapy": "Statin, moderate intensity",
    "Muscle disease that rules out statins": "Muscle disease (no statin)",
    "PHQ 9 and PHQ 9M Tools": "PHQ-9",
    "Potentially Harmful Nonbenzodiazepine Hypnotics for Older Adults": "Nonbenzodiazepine hypnotic",
    "Potentially Harmful Sulfonylureas for Older Adults": "Sulfonylurea",
    "Pregnancy or Other Related Diagnoses": "Pregnancy",
    "Procedures Used to Indicate Sexual Activity": "Service that tells of sexual activity",
    "Psych Visit Diagnostic Evaluation": "Psychiatric evaluation",
    "Psych Visit Psychotherapy": "Psychotherapy",
    "sDNA FIT Test": "Stool DNA test with FIT",
    "Visit, emergency, inpatient, short stay or pre-admission": "Hospital or emergency visit",
}
PREVENTIVE = re.compile(r"Preventive Care\b.*")
RECORDED = re.compile(r"( of children)?, any record$")


def said(title: str) -> str:
    """The words for a concept of this title; the title itself, without what only the sorting of codes needs, where none are kept here."""
    return SAID.get(title) or ("Preventive visit" if PREVENTIVE.fullmatch(title) else RECORDED.sub("", title))
