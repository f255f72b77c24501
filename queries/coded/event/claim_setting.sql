-- one row per claim line and concept of its revenue center, place, bill type, DRG or discharge status
WITH wanted AS (
    SELECT covered, w.code_system, w.code, concept FROM reference.wanted_code AS w JOIN reference.concept AS c USING (concept)
    -- What tells lines and stays apart is no event of its own.
    WHERE c.name NOT IN ('laboratory_imaging_or_equipment', 'laboratory_place', 'acute_bill_type', 'nonacute_bill_type', 'nonacute_room',
        'inpatient_room_and_board')
),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'medical_claim'),
meaning AS (FROM concept_codes('wanted', 'arrived')),
-- Most settings of a line nobody wants: the few lines that have a wanted one are found first.
record AS (
    SELECT *, [{'code_system': 'UBREV', 'code': revenue_center_code}, {'code_system': 'POS', 'code': place_of_service_code},
        {'code_system': 'TypeOfBill', 'code': bill_type_code}, {'code_system': 'MSDRG', 'code': drg_code},
        {'code_system': 'PatDischargeStatus', 'code': discharge_disposition_code}] AS settings
    FROM with_cover('valid.medical_claim', 'valid.covered_person')
    WHERE revenue_center_code IN (SELECT code FROM meaning WHERE code_system = 'UBREV')
        OR place_of_service_code IN (SELECT code FROM meaning WHERE code_system = 'POS')
        OR bill_type_code IN (SELECT code FROM meaning WHERE code_system = 'TypeOfBill')
        OR drg_code IN (SELECT code FROM meaning WHERE code_system = 'MSDRG')
        OR discharge_disposition_code IN (SELECT code FROM meaning WHERE code_system = 'PatDischargeStatus')
),
line AS (SELECT m.concept, r.* FROM (SELECT *, unnest(settings, recursive := true) FROM record) AS r JOIN meaning AS m USING (code_system, code, covered))
SELECT DISTINCT concept, person, source_row AS fact,
    CASE WHEN stands(line_status, claim_status) THEN service_kinds() ELSE pending_kinds() END AS kinds,
    service_start(claim_line_start_date, claim_start_date, admission_date) AS start_date,
    service_end(claim_line_start_date, claim_line_end_date, claim_start_date, claim_end_date) AS end_date,
    claim_key(data_source, encounter_id, claim_id) AS encounter
FROM line
WHERE start_date <= CAST($as_of AS DATE)
