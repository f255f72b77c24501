-- one row per drug dispensed, given or prescribed, concept and facet: the fill day, the days it covers; value is the days' supply
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'medication'),
ndc AS (SELECT ndc, rxnorm FROM reference.ndc),
package AS (
    SELECT m.covered, n.ndc, m.concept FROM ndc AS n JOIN concept_codes('wanted', 'arrived') AS m ON m.code_system = 'RXNORM' AND m.code = n.rxnorm
    UNION
    SELECT covered, code, concept FROM concept_codes('wanted', 'arrived') WHERE code_system = 'NDC'
),
record AS NOT MATERIALIZED (SELECT *, 'RXNORM' AS normalized_code_type, rxnorm_code AS normalized_code FROM valid.medication),
found AS (
    FROM with_concepts_as_sent('record', 'wanted', 'arrived', 'valid.covered_person')
    UNION ALL BY NAME
    SELECT r.*, p.concept FROM with_cover('record', 'valid.covered_person') AS r JOIN package AS p ON p.ndc = r.ndc_code AND p.covered = r.covered
),
coded AS (FROM without_supplements('found', 'reference.population_concept')),
medication AS (
    SELECT concept, person, source_row AS fact, key_of(data_source, encounter_id) AS encounter, coalesce(not_done, FALSE) AS not_done,
        -- Sources that name no kind send what was dispensed, or, without a fill, what was prescribed.
        coalesce(medication_kind, CASE WHEN dispensing_date IS NOT NULL THEN 'dispense' ELSE 'prescription' END) AS medication_kind,
        coalesce(status, 'completed') AS status,
        clock_day($clock, dispensing_date, dispensed_instant) AS dispensed, dispensed_instant, prescribing_date,
        CASE WHEN days_supply > 0 THEN days_supply END AS days_supply
    FROM coded
),
dispensed AS (
    SELECT *, kind('medication') | kind('fill') | kind('done') AS fill_kinds FROM medication
    WHERE medication_kind = 'dispense' AND NOT not_done AND status IN ('completed', 'in-progress', 'on-hold')
),
facet AS (
    SELECT concept, person, fact, encounter, fill_kinds AS kinds, dispensed AS start_date, dispensed AS end_date, dispensed_instant AS start_at,
        dispensed_instant AS end_at, days_supply AS value
    FROM dispensed
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, kind('medication') | kind('dispensed') AS kinds, dispensed AS start_date,
        dispensed + days_supply - 1 AS end_date, days_supply AS value
    FROM dispensed WHERE days_supply IS NOT NULL
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter,
        kind('medication') | kind_if('done', status = 'completed' AND medication_kind = 'administration') AS kinds,
        dispensed AS start_date, dispensed AS end_date, dispensed_instant AS start_at, dispensed_instant AS end_at, days_supply AS value
    FROM medication WHERE medication_kind IN ('administration', 'statement') AND NOT not_done
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, kind('medication') | kind('ordered') | order_kinds('completed', 'order') AS kinds,
        prescribing_date AS start_date, prescribing_date AS end_date, days_supply AS value
    FROM medication WHERE medication_kind = 'prescription' AND NOT not_done
    UNION ALL BY NAME
    SELECT concept, person, fact, encounter, kind('medication') | kind('not_done') AS kinds, dispensed AS start_date, dispensed AS end_date,
        dispensed_instant AS start_at, dispensed_instant AS end_at
    FROM medication WHERE not_done
)
SELECT DISTINCT concept, person, fact, kinds, start_date, end_date, start_at, end_at, value, value AS value_high, encounter
FROM facet
WHERE start_date IS NULL OR start_date <= CAST($as_of AS DATE)
