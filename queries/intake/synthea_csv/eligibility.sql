-- one row per span with a payer. Spans touch: one ends at the moment at which the next begins, so its last day is the day before.
-- A span whose payer is NO_INSURANCE says that there was none, and makes no row.
SELECT span.row_number, span.PATIENT AS person_id, span.MEMBERID AS member_id,
    CASE patient.GENDER WHEN 'M' THEN 'male' WHEN 'F' THEN 'female' ELSE 'unknown' END AS gender, patient.RACE AS race, patient.ETHNICITY AS ethnicity,
    patient.BIRTHDATE AS birth_date, day_of(patient.DEATHDATE) AS death_date, day_of(coalesce(span.START_DATE, span.START_YEAR)) AS enrollment_start_date,
    CASE WHEN length(span.END_YEAR) = 4 THEN span.END_YEAR || '-12-31' ELSE later_day(coalesce(span.END_DATE, span.END_YEAR), -1) END AS enrollment_end_date,
    coalesce(payer.NAME, span.PAYER) AS payer, coalesce(payer.NAME, span.PAYER) AS plan, product_line_of(payer.NAME) AS payer_type,
    product_line_of(payer.NAME) AS product_line, patient.FIRST AS first_name, patient.LAST AS last_name, patient.STATE AS state, patient.ZIP AS zip_code
FROM arrived AS span
LEFT JOIN (SELECT Id, any_value(COLUMNS(* EXCLUDE (Id))) FROM sent.patients GROUP BY Id) AS patient ON patient.Id = span.PATIENT
LEFT JOIN (SELECT Id, any_value(NAME) AS NAME FROM sent.payers GROUP BY Id) AS payer ON payer.Id = span.PAYER
WHERE payer.NAME IS DISTINCT FROM 'NO_INSURANCE'
