-- one row per claim without charges in the delivery: its diagnoses count all the same
SELECT c.row_number, c.PATIENTID AS person_id, c.Id AS claim_id, 1 AS claim_line_number,
    CASE c.HEALTHCARECLAIMTYPEID1 WHEN '1' THEN 'professional' WHEN '2' THEN 'institutional' END AS claim_type, payer.NAME AS payer, payer.NAME AS plan,
    day_of(c.SERVICEDATE) AS claim_start_date, day_of(c.SERVICEDATE) AS claim_end_date, day_of(c.SERVICEDATE) AS claim_line_start_date,
    day_of(c.LASTBILLEDDATE1) AS received_date, 'paid' AS claim_status,
    list_transform(list_filter([c.DIAGNOSIS1, c.DIAGNOSIS2, c.DIAGNOSIS3, c.DIAGNOSIS4, c.DIAGNOSIS5, c.DIAGNOSIS6, c.DIAGNOSIS7, c.DIAGNOSIS8],
        lambda d: d IS NOT NULL), lambda d: {'code_system': 'SNOMEDCT', 'code': d}) AS diagnosis_codes,
    c.APPOINTMENTID AS encounter_id
FROM arrived AS c
LEFT JOIN (SELECT Id, any_value(NAME) AS NAME FROM sent.payers GROUP BY Id) AS payer ON payer.Id = c.PRIMARYPATIENTINSURANCEID
WHERE NOT EXISTS (SELECT 1 FROM sent.claims_transactions AS line WHERE line.CLAIMID = c.Id AND line.TYPE = 'CHARGE')
