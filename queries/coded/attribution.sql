-- one row per person, contract (0 = any), clinician and span of days. A roster wins over the general practitioner of the record, that one
-- over the clinician seen most (plurality of visit days in two years); on one day the span that began last counts.
WITH roster AS (
    SELECT person, source_row, payer, plan, lower(lob) AS line, attribution_start_date AS start_date,
        coalesce(attribution_end_date, DATE 'infinity') AS end_date,
        coalesce(provider_npi, custom_attributed_provider, payer_attributed_provider) AS clinician_npi,
        coalesce(practice_id, practice_tin, custom_attributed_provider_practice, payer_attributed_provider_practice) AS practice_id,
        coalesce(organization_id, custom_attributed_provider_organization, payer_attributed_provider_organization) AS group_id,
        coalesce(attribution_method, 'roster') AS method
    FROM valid.provider_attribution
    WHERE attribution_start_date <= CAST($as_of AS DATE)
),
contract AS (
    SELECT DISTINCT person, payer, plan, product_line_of(product_line, payer_type) AS line, contract_of(payer, plan, line) AS contract
    FROM valid.eligibility
),
of_contract AS (
    SELECT r.* EXCLUDE (payer, plan, line), coalesce(c.contract, 0) AS contract, coalesce(c.contract, 0) AS part
    FROM roster AS r
    LEFT JOIN contract AS c ON c.person = r.person AND c.payer = r.payer AND c.plan = r.plan AND (r.line IS NULL OR r.line = c.line)
),
-- Two clinicians on one day: the attribution that began last counts.
counted AS (
    SELECT person, part, e.start_date, e.end_date, arg_max(o.source_row, (o.start_date, o.source_row)) AS source_row
    FROM elementary_spans('of_contract') AS e JOIN of_contract AS o USING (person, part)
    WHERE o.start_date <= e.start_date AND o.end_date >= e.end_date
    GROUP BY ALL
),
told AS (
    SELECT c.person, o.contract, o.clinician_npi, o.practice_id, o.group_id, o.method, c.source_row, c.start_date, c.end_date,
        hash(o.contract, o.clinician_npi, o.practice_id, o.group_id, o.method) AS part
    FROM counted AS c JOIN of_contract AS o USING (person, part, source_row)
),
attributed AS (
    SELECT person, contract, clinician_npi, practice_id, group_id, span AS start_date, max(end_date) AS end_date, method,
        max(source_row) AS source_row
    FROM spans('told', 1)
    GROUP BY person, contract, clinician_npi, practice_id, group_id, span, method
),
clinician AS (
    SELECT data_source, practitioner_id, coalesce(arg_max(npi, source_row), practitioner_id) AS npi,
        arg_max(coalesce(practice_id, practice_tin), source_row) AS practice_id, arg_max(organization_id, source_row) AS group_id
    FROM valid.practitioner GROUP BY data_source, practitioner_id
),
of_record AS (
    SELECT p.person, 0 AS contract, coalesce(c.npi, p.general_practitioner_id) AS clinician_npi, c.practice_id, c.group_id,
        DATE '-infinity' AS start_date, DATE 'infinity' AS end_date, 'general_practitioner' AS method, p.source_row
    FROM valid.patient AS p LEFT JOIN clinician AS c ON c.data_source = p.data_source AND c.practitioner_id = p.general_practitioner_id
    WHERE p.general_practitioner_id IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY p.person ORDER BY p.source_row DESC) = 1
),
told_of AS MATERIALIZED (SELECT person FROM attributed UNION SELECT person FROM of_record),
-- Only of whom nothing is told the visits are looked through. As one list: taken for few, they are looked for in the files before anything is
-- worked out of a row.
untold AS MATERIALIZED (
    SELECT unnest(list(DISTINCT person)) AS person
    FROM (SELECT person FROM valid.encounter UNION ALL SELECT person FROM valid.medical_claim) ANTI JOIN told_of USING (person)
),
visit AS (
    SELECT person, source_row, encounter_start_date AS visit_date, coalesce(provider_npi, attending_provider_id) AS npi
    FROM valid.encounter SEMI JOIN untold USING (person)
    WHERE coalesce(status, 'finished') = 'finished' AND coalesce(provider_npi, attending_provider_id) IS NOT NULL
    UNION ALL
    SELECT person, source_row, coalesce(claim_line_start_date, claim_start_date), rendering_npi
    FROM valid.medical_claim SEMI JOIN untold USING (person)
    WHERE stands(line_status, claim_status) AND hcpcs_code IN (
        SELECT w.code FROM reference.value_set_code AS w JOIN reference.concept AS c USING (concept)
        WHERE w.code_system = 'HCPCS' AND c.name IN ('office_visit', 'outpatient_em'))
),
practice AS (SELECT npi, any_value(practice_id ORDER BY practice_id, group_id) AS practice_id, any_value(group_id ORDER BY practice_id, group_id) AS group_id FROM clinician GROUP BY npi),
seen AS (
    SELECT person, npi, min(visit_date) AS start_date, max(source_row) AS source_row
    FROM visit
    WHERE visit_date > CAST($as_of AS DATE) - INTERVAL 2 YEARS AND visit_date <= CAST($as_of AS DATE)
    GROUP BY person, npi
    -- Not as a filter: it would be judged for every claim line, before anybody is left out of whom more is told.
    HAVING count(npi) > 0
    QUALIFY row_number() OVER (PARTITION BY person ORDER BY count(DISTINCT visit_date) DESC, max(visit_date) DESC, npi) = 1
)
FROM attributed
UNION ALL BY NAME
SELECT r.* FROM of_record AS r ANTI JOIN attributed USING (person)
UNION ALL BY NAME
SELECT s.person, 0 AS contract, s.npi AS clinician_npi, p.practice_id, p.group_id, s.start_date, DATE 'infinity' AS end_date, 'visits' AS method,
    s.source_row
FROM seen AS s LEFT JOIN practice AS p USING (npi)
