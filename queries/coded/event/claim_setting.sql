-- one row per claim line and concept of its revenue center, place, bill type, DRG or discharge status
WITH wanted AS (
    SELECT w.code_system, w.code, concept FROM reference.value_set_code AS w JOIN reference.concept AS c USING (concept)
    -- What tells lines and stays apart is no event of its own.
    WHERE c.name NOT IN ('laboratory_imaging_or_equipment', 'laboratory_place', 'acute_bill_type', 'nonacute_bill_type', 'nonacute_room',
        'inpatient_room_and_board')
),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'medical_claim'),
meaning AS (FROM concept_codes('wanted', 'arrived')),
-- A join for each system: far quicker than a list of settings a line, most of which nobody wants.
line AS (
    SELECT m.concept, c.* FROM valid.medical_claim AS c JOIN meaning AS m ON m.code_system = 'UBREV' AND m.code = c.revenue_center_code
    UNION ALL
    SELECT m.concept, c.* FROM valid.medical_claim AS c JOIN meaning AS m ON m.code_system = 'POS' AND m.code = c.place_of_service_code
    UNION ALL
    SELECT m.concept, c.* FROM valid.medical_claim AS c JOIN meaning AS m ON m.code_system = 'TypeOfBill' AND m.code = c.bill_type_code
    UNION ALL
    SELECT m.concept, c.* FROM valid.medical_claim AS c JOIN meaning AS m ON m.code_system = 'MSDRG' AND m.code = c.drg_code
    UNION ALL
    SELECT m.concept, c.* FROM valid.medical_claim AS c
    JOIN meaning AS m ON m.code_system = 'PatDischargeStatus' AND m.code = c.discharge_disposition_code
)
SELECT DISTINCT concept, person, source_row AS fact,
    CASE WHEN stands(line_status, claim_status) THEN service_kinds() ELSE pending_kinds() END AS kinds,
    service_start(claim_line_start_date, claim_start_date, admission_date) AS start_date,
    service_end(claim_line_start_date, claim_line_end_date, claim_start_date, claim_end_date) AS end_date,
    claim_key(data_source, encounter_id, claim_id) AS encounter
FROM line
WHERE start_date <= CAST($as_of AS DATE)
