-- one row per charge; payments and transfers are money only. A code that the delivery's medications know is RxNorm, one of at most
-- three figures CVX: the export names no system. The first day of 1970 is how it writes an end that it does not know.
SELECT a.row_number, a.PATIENTID AS person_id, a.CLAIMID AS claim_id,
    row_number() OVER (PARTITION BY a.CLAIMID ORDER BY a.row_number) AS claim_line_number,
    CASE c.HEALTHCARECLAIMTYPEID1 WHEN '1' THEN 'professional' WHEN '2' THEN 'institutional' END AS claim_type, payer.NAME AS payer, payer.NAME AS plan,
    day_of(coalesce(c.SERVICEDATE, a.FROMDATE)) AS claim_start_date, nullif(day_of(a.TODATE), DATE '1970-01-01') AS claim_end_date, day_of(a.FROMDATE) AS claim_line_start_date,
    nullif(day_of(a.TODATE), DATE '1970-01-01') AS claim_line_end_date, a.UNITS AS service_unit_quantity, [a.MODIFIER1, a.MODIFIER2] AS hcpcs_modifier,
    a.AMOUNT AS charge_amount, a.AMOUNT AS allowed_amount, day_of(c.LASTBILLEDDATE1) AS received_date, 'paid' AS claim_status,
    coding(CASE WHEN length(a.PROCEDURECODE) <= 3 THEN 'CVX' WHEN drug.CODE IS NOT NULL THEN 'RXNORM' ELSE 'SNOMEDCT' END, a.PROCEDURECODE) AS codes,
    list_transform(list_filter([c.DIAGNOSIS1, c.DIAGNOSIS2, c.DIAGNOSIS3, c.DIAGNOSIS4, c.DIAGNOSIS5, c.DIAGNOSIS6, c.DIAGNOSIS7, c.DIAGNOSIS8],
        lambda d: d IS NOT NULL), lambda d: {'code_system': 'SNOMEDCT', 'code': d}) AS diagnosis_codes,
    coalesce(c.APPOINTMENTID, a.APPOINTMENTID) AS encounter_id
FROM arrived AS a
LEFT JOIN (SELECT Id, any_value(COLUMNS(* EXCLUDE (Id))) FROM sent.claims GROUP BY Id) AS c ON c.Id = a.CLAIMID
LEFT JOIN (SELECT Id, any_value(NAME) AS NAME FROM sent.payers GROUP BY Id) AS payer ON payer.Id = c.PRIMARYPATIENTINSURANCEID
LEFT JOIN (SELECT DISTINCT CODE FROM sent.medications) AS drug ON drug.CODE = a.PROCEDURECODE
WHERE a.TYPE = 'CHARGE'
