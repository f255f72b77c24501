-- one row per pharmacy claim line, concept of its drug and facet: the fill day, the days it covers; value is the days' supply
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code WHERE code_system IN ('RXNORM', 'NDC', 'HCPCS', 'CVX')),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'pharmacy_claim'),
meaning AS (FROM concept_codes('wanted', 'arrived')),
-- Claims carry package codes; concepts are drugs.
package AS (
    SELECT m.covered, n.ndc AS code, m.concept FROM reference.ndc AS n JOIN meaning AS m ON m.code_system = 'RXNORM' AND m.code = n.rxnorm
    UNION
    SELECT covered, code, concept FROM meaning WHERE code_system = 'NDC'
),
fill AS (
    SELECT p.concept, person, source_row AS fact, stands(line_status, claim_status) AS stands, dispensing_date,
        CASE WHEN days_supply > 0 THEN days_supply END AS days_supply, claim_key(data_source, NULL, claim_id) AS encounter
    FROM with_cover('valid.pharmacy_claim', 'valid.covered_person') AS c JOIN package AS p ON p.code = ndc_code AND p.covered = c.covered
    WHERE dispensing_date <= CAST($as_of AS DATE)
    UNION ALL
    -- FHIR-born lines have a list of codings: what it says beyond the package.
    SELECT DISTINCT m.concept, person, source_row, stands(line_status, claim_status), dispensing_date,
        CASE WHEN days_supply > 0 THEN days_supply END, claim_key(data_source, NULL, claim_id)
    FROM (
        SELECT *, unnest(codes, recursive := true) FROM with_cover('valid.pharmacy_claim', 'valid.covered_person')
        WHERE len(codes) > 0 AND dispensing_date <= CAST($as_of AS DATE)
    ) AS c
    JOIN meaning AS m ON m.code_system = c.code_system AND m.code = c.code AND m.covered = c.covered
    ANTI JOIN package AS p ON p.code = c.ndc_code AND p.concept = m.concept AND p.covered = c.covered
)
SELECT concept, person, fact,
    -- A vaccine may be billed by a pharmacy: then the fill is the dose.
    CASE WHEN stands THEN kind('done') | kind('claim') | kind('medication') | kind('fill') | kind('immunization') ELSE pending_kinds() END AS kinds,
    dispensing_date AS start_date, dispensing_date AS end_date, days_supply AS value, days_supply AS value_high, encounter
FROM fill
UNION ALL BY NAME
SELECT concept, person, fact, kind('claim') | kind('medication') | kind('dispensed') AS kinds, dispensing_date AS start_date,
    dispensing_date + days_supply - 1 AS end_date, days_supply AS value, days_supply AS value_high, encounter
FROM fill WHERE stands AND days_supply IS NOT NULL
