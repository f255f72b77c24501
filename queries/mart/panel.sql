-- panel: one row per panel and person: the work list as it stands today. People without a clinician are in the panel of nobody
-- sorted by panel, person
-- per person
WITH attribution AS (
    SELECT person, panel_of(clinician_npi, practice_id, group_id) AS panel, any_value(clinician_npi) AS clinician_npi,
           arg_min(method, (start_date, method)) AS method, min(start_date) AS attributed_since
    FROM coded.attribution
    WHERE $as_of BETWEEN start_date AND coalesce(end_date, DATE 'infinity')
    GROUP BY ALL
),
gap AS (
    -- Sensitive services are on no list: nobody reads them over a shoulder.
    SELECT person, measure_id, title, last_day, harm, status, by_enrolment
    FROM history.gap
    WHERE period = year($as_of) AND measure_id NOT IN (SELECT name FROM reference.sensitive WHERE kind = 'measure')
),
due AS (
    SELECT person,
           count(*) FILTER (is_open(status)) AS open_gaps,
           count(*) FILTER (status = 'open_due_soon') AS due_this_month,
           count(*) FILTER (status = 'likely_done') AS likely_gaps,
           count(*) FILTER (status = 'closed') AS closed_gaps,
           min(harm) FILTER (is_open(status)) AS top_harm,
           min(last_day) FILTER (is_open(status)) AS first_last_day,
           list(title ORDER BY harm, last_day, title) FILTER (is_open(status)) AS due_titles,
           bool_or(by_enrolment) AS by_enrolment
    FROM gap GROUP BY person
),
plan AS (
    SELECT person, string_agg(DISTINCT coalesce(plan, payer), ', ' ORDER BY coalesce(plan, payer)) AS plans, list_sort(list(DISTINCT contract)) AS contracts
    FROM coded.coverage JOIN coded.contract USING (contract)
    WHERE $as_of BETWEEN start_date AND end_date
    GROUP BY person
),
visit AS (
    SELECT person, max(start_date) AS last_visit_date
    -- A concept is asked for its name once, not with each of its events.
    FROM result.contact JOIN (SELECT concept, names_a_visit(name) AS is_visit FROM reference.concept) USING (concept)
    WHERE (kinds & kind('encounter_begun')) <> 0 AND ((kinds & kind('claim')) = 0 OR is_visit)
      AND isfinite(start_date) AND start_date <= $as_of
    GROUP BY person
),
appointment AS (
    SELECT person, min(start_at) AS next_visit_at FROM coded.appointment
    WHERE start_at >= $as_of AND stays_booked(status)
    GROUP BY person
),
predicted AS (
    FROM predicted_risk('extract.prediction', 'extract.prediction_model', $as_of)
),
risk AS (
    SELECT person, max(score) FILTER (year = year($as_of)) AS charlson, max(score) FILTER (year < year($as_of)) AS charlson_before
    FROM result.comorbidity WHERE of_index = 'charlson' GROUP BY person
),
discharge AS (
    SELECT person, max(discharge_date) AS discharge_date FROM coded.stay WHERE discharge_date <= $as_of GROUP BY person
)
SELECT coalesce(a.panel, panel_of(NULL, NULL, NULL)) AS panel, p.person, p.person_id, p.first_name, p.last_name, p.birth_date,
       -- Nearly everybody is on one panel: who is needs no DISTINCT.
       count(*) OVER (PARTITION BY p.person) = 1 AS alone,
       lower(concat(p.last_name, ', ', p.first_name, ' ', p.last_name, ' ', p.first_name)) AS search_name,
       age_on(p.birth_date, $as_of) AS age,
       p.sex, p.language, p.interpreter_needed, p.phone, p.medical_record_number, p.data_source, p.has_coverage,
       a.clinician_npi, a.method, a.attributed_since, plan.plans, plan.contracts, visit.last_visit_date, appointment.next_visit_at, discharge.discharge_date,
       coalesce(due.open_gaps, 0) AS open_gaps, coalesce(due.due_this_month, 0) AS due_this_month, coalesce(due.likely_gaps, 0) AS likely_gaps,
       coalesce(due.closed_gaps, 0) AS closed_gaps,
       coalesce(due.top_harm, 9) AS top_harm, due.first_last_day, due.due_titles, due.by_enrolment,
       -- Who is not predicted and has no diagnosis that can be read has no tier.
       risk.charlson, risk_shown(predicted.tier, risk.charlson) AS risk_tier, risk_rank(risk_shown(predicted.tier, risk.charlson)) AS risk_rank, predicted.probability AS risk_probability,
       CASE WHEN predicted.tier IS NOT NULL THEN predicted.moved ELSE risk_moved(risk.charlson, risk.charlson_before) END AS risk_moved
FROM coded.person AS p
LEFT JOIN attribution AS a USING (person)
LEFT JOIN due USING (person)
LEFT JOIN plan USING (person)
LEFT JOIN visit USING (person)
LEFT JOIN appointment USING (person)
LEFT JOIN discharge USING (person)
LEFT JOIN risk USING (person)
LEFT JOIN predicted USING (person)
WHERE NOT coalesce(p.held, false) AND coalesce(p.death_date > $as_of, true)
