"""What a clinician calls a concept whose title is that of a value set, made to sort codes and not to be read in a chart."""

import re

SAID = {
    "Antibiotic Medications for Pharyngitis": "Antibiotic",
    "Antidepressant Medication": "Antidepressant",
    "Cerebrovascular Disease Stroke or TIA": "Stroke, TIA or other cerebrovascular disease",
    "Congenital or Acquired Absence of Cervix": "Absence of the cervix",
    "Contraceptive Medications": "Contraceptive",
    "Coronary Artery Disease No MI": "Coronary artery disease",
    "Dementia & Mental Degenerations": "Dementia",
    "Dementia Medications": "Dementia drug",
    "Depression screening negative, as billed": "Depression screening, negative",
    "Depression screening positive, as billed": "Depression screening, positive",
    "Diagnosis of Hypertension": "Hypertension",
    "Emergency Department Evaluation and Management Visit": "Emergency department visit",
    "Eye exam for diabetic retinopathy": "Eye exam",  # who has no diabetes has it too
    "Encounter to Document Medications": "Visit with medications documented",
    "Encounter to Screen for Blood Pressure": "Visit for blood pressure screening",
    "Encounter to Screen for Depression": "Visit for depression screening",
    "Essential Hypertension": "Hypertension",
    "Finding of Elevated Blood Pressure or Hypertension": "Elevated blood pressure or hypertension",
    "Fractures that point to osteoporosis": "Fragility fracture",
    "Frailty Diagnosis": "Diagnosis of frailty",
    "Frailty Encounter": "Care at home or other service for frailty",
    "Frailty Symptom": "Symptom of frailty",
    "HbA1c Laboratory Test": "Hemoglobin A1c",
    "High Intensity Statin Therapy": "Statin, high intensity",
    "Hospice Diagnosis": "Hospice care",
    "Ischemic Heart Disease or Other Related Diagnoses": "Ischemic heart disease",
    "Major Depression": "Major depression",
    "Major Depression Including Remission": "Major depression",
    "Major Depressive Disorder Active": "Major depression",
    "Malignant Neoplasm of Colon": "Colon cancer",
    "Malignant Neoplasm of Lymphatic and Hematopoietic Tissue": "Cancer of the blood or lymphatic system",
    "Mental Behavioral and Neurodevelopmental Disorders": "Mental or developmental disorder",
    "Moderate Intensity Statin Therapy": "Statin, moderate intensity",
    "Muscle disease that rules out statins": "Muscle disease (no statin)",
    "Myocardial infarction, new or old": "Myocardial infarction",
    "Overweight or Obese": "Overweight or obesity",
    "PHQ 9 and PHQ 9M Tools": "PHQ-9",
    "Palliative Care Diagnosis": "Palliative care",
    "Potentially Harmful Nonbenzodiazepine Hypnotics for Older Adults": "Nonbenzodiazepine hypnotic",
    "Potentially Harmful Sulfonylureas for Older Adults": "Sulfonylurea",
    "Pregnancy or Other Related Diagnoses": "Pregnancy",
    "Procedures Used to Indicate Sexual Activity": "Service that tells of sexual activity",
    "Psych Visit Diagnostic Evaluation": "Psychiatric evaluation",
    "Psych Visit Psychotherapy": "Psychotherapy",
    "Stable and Unstable Angina": "Angina",
    "Tobacco User": "Tobacco use",
    "Tobacco counselling as a diagnosis": "Tobacco use",
    "Tobacco use or its care": "Tobacco use",
    "Visit, emergency, inpatient, short stay or pre-admission": "Hospital or emergency visit",
    "sDNA FIT Test": "Stool DNA test with FIT",
}
# Value sets that gather diagnoses of many kinds for one rule of one measure, or qualify something else: no condition that anybody has.
GATHERED = frozenset({
    "Acute health crisis",
    "Advanced Illness",
    "Answer: yes",
    "Comorbid Conditions for Respiratory Conditions",
    "Competing Conditions for Respiratory Conditions",
    "Conditions that rule out childhood vaccines",
    "Diabetes-like diagnoses that are not diabetes",
    "Diagnoses Used to Indicate Sexual Activity",
    "Follow Up Within 4 Weeks",
    "Follow Up Within 6 Months",
    "Left side",
    "Medical Reason",
    "Moderate or Severe",
    "Patient Declined",
    "Patient Reason",
    "Patient Reason for ACE Inhibitor or ARB Decline",
    "Result: below threshold",
    "Result: not detected",
    "Right side",
    "Sex: female",
    "Sex: male",
})
PREVENTIVE = re.compile(r"Preventive Care\b.*")
RECORDED = re.compile(r"( of children)?, any record$")


def said(title: str) -> str:
    """The words for a concept of this title; the title itself, without what only the sorting of codes needs, where none are kept here."""
    return SAID.get(title) or ("Preventive visit" if PREVENTIVE.fullmatch(title) else RECORDED.sub("", title))


def names_a_condition(title: str) -> bool:
    """Whether a concept of this title can stand on a list of conditions."""
    return title not in GATHERED
