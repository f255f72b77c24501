-- one row per person and key of older claims on which new ones hang, beyond the keys that the new ones have themselves (extract/medical_claim_key.sql).
-- Without a key: the person's older rows are read again whatever they say. extract.medical_claim has new rows only, kept is what is served
WITH stay_bill AS (
    SELECT DISTINCT ltrim(rtrim(code, '*'), '0') AS prefix FROM reference.value_set_code JOIN reference.concept AS c USING (concept)
    WHERE c.name IN ('acute_bill_type', 'nonacute_bill_type')
),
told AS (SELECT DISTINCT person FROM kept.coded_attribution WHERE method <> 'visits')
-- An older line may take this service back.
SELECT person, short_key(hash('service', data_source, claim_line_start_date, claim_start_date, hcpcs_code)) AS key FROM extract.medical_claim
UNION ALL
SELECT person, NULL FROM extract.medical_claim
-- What takes back names no row; bills of a stay, and days of admission, are stitched (coded/stay.sql, coded/hospital_bill.sql).
WHERE takes_back(paid_amount, allowed_amount, charge_amount) OR admission_date IS NOT NULL
    OR (bill_type_code(bill_type_code) IS NULL AND revenue_center_code IS NOT NULL)
    OR EXISTS (FROM stay_bill WHERE starts_with(ltrim(regexp_replace(bill_type_code, '\D', '', 'g'), '0'), prefix))
    -- Whose clinician visits tell (coded/attribution.sql).
    OR person NOT IN (FROM told)
