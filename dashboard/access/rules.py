"""Who may open which page and ask which question. What is not listed here is refused, to everyone."""

PEOPLE = frozenset({"physician", "assistant", "support", "director", "analyst"})
CLINIC = frozenset({"physician", "assistant"})
LOG_READERS = frozenset({"auditor", "administrator"})
EVERYONE = PEOPLE | LOG_READERS
PLACES = frozenset({"support", "director", "analyst"})  # who work with several practices
LEADERS = frozenset({"director", "analyst"})
VISITORS = frozenset({"support", "director"})  # who hold sessions with practices
DATA_WATCHERS = PLACES | {"administrator"}  # what arrived and what was refused: counts, never people

# Pages by the name under which they are registered: `pages.panel` is "panel".
PAGES = {
    "account": EVERYONE,
    "users": frozenset({"administrator"}),
    "today": CLINIC,
    "panel": PEOPLE,
    "patient": PEOPLE,
    "cohorts": PEOPLE,
    "prediction": PEOPLE,
    "audit": LOG_READERS,
    "practices": PLACES,
    "practice": PLACES,
    "packet": VISITORS,
    "session": VISITORS,
    "course": LEADERS,
    "measure": PLACES,
    "measure_people": PEOPLE,
    "my_numbers": CLINIC,
    "compare": LEADERS,
    "risk": LEADERS,
    "what_if": LEADERS,
    "board_pack": LEADERS,
    "reconcile": PLACES,
    "disagreements": PLACES,
    "data_health": DATA_WATCHERS,
}

# Lists that may be taken away as files: the same people as on screen.
EXPORTS = {"panel": PEOPLE, "people": PEOPLE, "differences": PLACES, "audit": LOG_READERS, "packet": VISITORS}

# The tabs of each role, in order; the first is where the role begins. A tab whose page does not exist or is closed to the role is left out.
TABS = {
    "physician": ("today", "panel", "my_numbers", "cohorts"),
    "assistant": ("today", "panel", "my_numbers", "cohorts"),
    "support": ("practices", "panel", "cohorts", "data_health"),
    "director": ("course", "practices", "compare", "risk", "panel", "cohorts", "data_health"),
    "analyst": ("course", "practices", "compare", "risk", "panel", "cohorts", "data_health"),
    "auditor": ("audit",),
    "administrator": ("users", "audit", "data_health"),
}

# Page queries by file name. A query that returns people is for PEOPLE and must use $panels (tests/web/test_page_queries.py). A few are not
# for pages and so not here: see NOT_FOR_PAGES.
QUERIES = {
    "release": EVERYONE,
    "feeds": EVERYONE,
    "contracts": EVERYONE,
    "periods": EVERYONE,
    "clinician_names": EVERYONE,
    "clauses": EVERYONE,
    "rate_names": EVERYONE,
    "concepts": EVERYONE,
    "files": EVERYONE,
    "places_by_name": frozenset({"administrator"}),
    "people_in_log": LOG_READERS,
    "people_found": PEOPLE,
    "own_people": PEOPLE,
    "today_visits": PEOPLE,
    "today_actions": PEOPLE,
    "today_prompts": CLINIC,
    "visit_days": PEOPLE,
    "panel_counts": PEOPLE,
    "panel_people": PEOPLE,
    "cohort_people": PEOPLE,
    "cohort_choices": PEOPLE,
    "cohort_rates": PEOPLE,
    "cohort_places": LEADERS,
    "cohort_practices": PLACES,
    "prediction_models": PEOPLE,
    "patient_prediction": PEOPLE,
    "patient": PEOPLE,
    "patient_gaps": PEOPLE,
    "gap_to_answer": CLINIC | {"support", "director"},
    "gap_seen": PEOPLE,
    "proposed_gaps": CLINIC,
    "patient_answers": PEOPLE,
    "patient_steps": PEOPLE,
    "patient_history": PEOPLE,
    "factor_names": PEOPLE,
    "patient_risk": PEOPLE,
    "patient_conditions": PEOPLE,
    "patient_comorbidities": PEOPLE,
    "patient_risk_history": PEOPLE,
    "patient_risk_factors": PEOPLE,
    "patient_risk_prompts": PEOPLE,
    "patient_risk_diagnoses": PEOPLE,
    "risk_by_place": LEADERS,
    "prompts_answered": LEADERS,
    "risk_reasons": LEADERS,
    "peers": CLINIC,
    "rates": PEOPLE,
    "goals": PEOPLE,
    "places": PLACES,
    "months": PEOPLE,
    "trend_events": PLACES,
    "change_split": PEOPLE,
    "clinicians_by_name": frozenset({"director"}),  # colleagues by name: for who leads them
    "reasons": PLACES,
    "subgroups": PLACES,
    "practices": PLACES,
    "practice_months": PLACES,
    "practice_clinicians": PLACES,
    "practice_reasons": PLACES,
    "practice_prompts": VISITORS,
    "measure_changes": VISITORS,
    "claims_to_fix": PLACES,
    "claims_of_people": PLACES,
    "measured_people": PEOPLE,
    "people_by_plan": PLACES,
    "cut_points": LEADERS,
    "plan_rates": PLACES,
    "plan_differences": PLACES,
    "feed_board": DATA_WATCHERS,
    "rejects": DATA_WATCHERS,
    "warnings": DATA_WATCHERS,
    "unmapped": DATA_WATCHERS,
    "person_faults": DATA_WATCHERS,
    "claim_lags": PEOPLE,
    "measure_versions": DATA_WATCHERS,
}
# By which `ask` learns the panels and what answers change, and, for the demo accounts, the busiest clinician.
NOT_FOR_PAGES = frozenset({"panels_in_scope", "known_answers", "answered_people", "answered_counts", "busiest_panel"})
# Questions about people already chosen, and of a practice beside the others: they look at all of the viewer's people, whatever the top bar
# selects.
WHOLE = frozenset({"own_people", "people_found", "patient", "patient_gaps", "patient_answers", "patient_steps", "patient_history", "patient_risk",
                   "patient_risk_history", "patient_risk_factors", "patient_risk_prompts", "patient_risk_diagnoses", "patient_conditions",
                   "patient_comorbidities", "patient_prediction", "gap_to_answer", "gap_seen", "practice_months"})


# Who may say what of a gap or of a documentation prompt. An assistant decides alone on what a standing order delegates; all else of theirs, and
# disputes by practice support, are proposals that wait for the physician, who alone says whether a condition is present.
ANSWERS = {
    "physician": frozenset({"ordered", "done", "refused", "not_applicable", "not_mine", "data_wrong", "documented", "not_present", "later"}),
    "assistant": frozenset({"ordered", "done", "refused", "not_applicable", "not_mine", "data_wrong", "documented", "not_present"}),
    "support": frozenset({"done", "not_mine", "data_wrong"}),
}
DELEGATED = frozenset({"ordered", "done", "refused"})

# What else people write, by name: the outreach list and its attempts, what is ready for a visit, own targets, sessions with practices, words on
# differences from a plan's list. Of these words one settles more, `plan_counts`: to accept that the plan counts a gap closed answers the gap, since
# nobody is to be asked for what the plan has. That is the plan's word and no clinical one, so those who hold its list against ours may take it, and
# no form of a gap sends it.
WRITES = {"outreach": CLINIC | {"support"}, "prepared": CLINIC, "target": frozenset({"physician"}), "session": VISITORS,
          "plan_word": VISITORS, "plan_counts": VISITORS}


def may_write(role: str, what: str) -> bool:
    """Whether a role may write this."""
    return role in WRITES.get(what, ())


def may_answer(role: str, answer: str) -> bool:
    """Whether a role may say this of a gap or a prompt, be it as a proposal."""
    return answer in ANSWERS.get(role, ())


def decides(role: str, answer: str, delegable: bool) -> bool:
    """Whether the answer of a role holds by itself. delegable: a standing order lets an assistant act on the measure."""
    return role == "physician" or (role == "assistant" and delegable and answer in DELEGATED) or (role == "support" and answer == "done")


def may_open(role: str, page: str) -> bool:
    """Whether a role may open a page."""
    return role in PAGES.get(page, ())


def may_ask(role: str, question: str) -> bool:
    """Whether a role may ask a page query."""
    return role in QUERIES.get(question, ())
