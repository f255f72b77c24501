"""What cohorts may ask about in the small house, and what is predicted of its people."""

COHORT_FACTS = """
    fact      | kind      | concept               | months | low | high | comorbid
    diabetes  | diagnosis | diabetes              | 24     |     |      | T
    a1c       | reading   | hba1c_laboratory_test | 24     |     |      | F
    a1c_risen | crossing  | hba1c_laboratory_test | 24     | 9.0 |      | F
    statin    | drug      | statin                | 6      |     |      | F
"""
# Person 1 is at high risk, which rises, person 2 at low risk; people of other panels have scores too.
PREDICTIONS = """
    person | outcome   | probability | earlier_probability | tier | drivers
    1      | admission | 0.31        | 0.12                | high | [{'title': 'heart failure', 'log_odds': 1.2}, {'title': 'age', 'log_odds': -0.3}]
    2      | admission | 0.04        |                     | low  | []
    20     | admission | 0.40        | 0.39                | high | []
    40     | admission | 0.40        | 0.10                | high | []
"""
MODELS = """
    outcome   | title               | model        | method              | as_of      | reason                                 | scored | card | about
    admission | inpatient admission | 2026-11-22-a | logistic regression | 2026-11-22 |                                        | 4      | {}   | {"note": null, "windows": {}, "limits": ["The event is predicted, never the cost."]}
    emergency | emergency visit     | 2026-11-22-a |                     | 2026-11-22 | 12 people had the event: far too few.  | 0      | {}   | {"note": null, "windows": {}, "limits": ["The event is predicted, never the cost."]}
"""
TABLES = {"reference.cohort_fact": COHORT_FACTS, "extract.prediction": PREDICTIONS, "extract.prediction_model": MODELS}
