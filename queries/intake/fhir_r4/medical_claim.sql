-- one row per item of an ExplanationOfBenefit that is no pharmacy claim; one without items gives one row.
-- Dates come from the items: billable periods span a year in files seen, so they serve only claims none of whose items is dated.
SELECT charge.* EXCLUDE (items, item, amounts, line, scope, renderer_id, biller_id, first_encounter, rendering_npi, billing_npi),
    least(line - 1, 1023) AS sub, coalesce(item.sequence, CAST(line AS VARCHAR)) AS claim_line_number,
    served_from(item) AS claim_line_start_date, served_to(item) AS claim_line_end_date,
    list_filter(codings(item.locationCodeableConcept), lambda c: c.code_system = 'POS')[1].code AS place_of_service_code,
    list_filter(codings(item.revenue), lambda c: c.code_system = 'UBREV')[1].code AS revenue_center_code,
    TRY_CAST(item.quantity."value" AS DOUBLE) AS service_unit_quantity,
    list_filter(codings(item.productOrService), lambda c: c.code_system = 'HCPCS')[1].code AS hcpcs_code,
    code_values(item.modifier) AS hcpcs_modifier,
    coalesce(rendering_npi, renderer.npi) AS rendering_npi, coalesce(billing_npi, biller.npi) AS billing_npi,
    amount_of(amounts, '(line_prvdr_pmt_amt|line_nch_pmt_amt|paidtoprovider|^benefit$)') AS paid_amount,
    amount_of(amounts, '(line_alowd_chrg_amt|^eligible$|allowed)') AS allowed_amount,
    amount_of(amounts, '(sbmtd_chrg_amt|^submitted$|tot_chrg_amt)') AS charge_amount,
    amount_of(amounts, '(coinsrnc_amt|^coinsurance$)') AS coinsurance_amount,
    amount_of(amounts, '^copay$') AS copayment_amount, amount_of(amounts, '(ddctbl_amt|^deductible$)') AS deductible_amount,
    CASE WHEN is_denied(item.adjudication) THEN 'denied' END AS line_status,
    list_filter(codings(item.productOrService), lambda c: c.code_system <> 'HCPCS') AS codes,
    ref(scope, coalesce(item.encounter[1], first_encounter)) AS encounter_id
FROM (
    SELECT *, unnest(items) AS item, amounts_of(unnest(items).adjudication) AS amounts, unnest(range(1, len(items) + 1)) AS line
    FROM (
        SELECT row_number, scope, person_id, scope || id AS claim_id, first_code(type) AS claim_type, items, items[1].encounter[1] AS first_encounter,
            coalesce(insurer.display, coverage.payor[1].display) AS payer, coalesce(coverage.type.text, insurance[1].coverage.display) AS plan,
            coalesce(list_min(list_transform(items, lambda i: served_from(i))), day_of(billablePeriod."start")) AS claim_start_date,
            coalesce(list_max(list_transform(items, lambda i: served_to(i))), day_of(billablePeriod."end")) AS claim_end_date,
            day_of(info_of(supportingInfo, 'admissionperiod').timingPeriod."start") AS admission_date,
            day_of(info_of(supportingInfo, 'admissionperiod').timingPeriod."end") AS discharge_date,
            first_code(info_of(supportingInfo, 'discharge-status').code) AS discharge_disposition_code,
            first_code(info_of(supportingInfo, 'typeofbill').code) AS bill_type_code, first_code(info_of(supportingInfo, 'drg').code) AS drg_code,
            npi_in(careTeam[1].provider) AS rendering_npi, ref(scope, careTeam[1].provider) AS renderer_id, npi_in(provider) AS billing_npi,
            ref(scope, provider) AS biller_id, npi_in(facility) AS facility_npi, day_of(payment."date") AS paid_date,
            CASE classified[1].code_system WHEN 'ICD9CM' THEN 'icd-9-cm' WHEN 'ICD10CM' THEN 'icd-10-cm' END AS diagnosis_code_type,
            list_transform(classified, lambda c: c.code) AS diagnosis_code, list_transform(classified, lambda c: c.present_on_admission) AS diagnosis_poa,
            list_transform(list_concat(list_filter(diagnoses, lambda c: c.code_system NOT IN ('ICD10CM', 'ICD9CM')), classified[26:]),
                lambda c: {'code_system': c.code_system, 'code': c.code}) AS diagnosis_codes,
            CASE WHEN len(operations) > 0 THEN 'icd-10-pcs' END AS procedure_code_type,
            list_transform(operations, lambda p: codings(p.procedureCodeableConcept)[1].code) AS procedure_code,
            list_transform(operations, lambda p: day_of(p."date")) AS procedure_date,
            claim_status_of(status, outcome) AS claim_status, CASE WHEN prior IS NOT NULL THEN 'replacement' END AS adjustment_type,
            ref(scope, prior.claim) AS original_claim_id,
            coalesce(info_of(supportingInfo, 'clmrecvddate').timingDate, day_of(created)) AS received_date, meta.lastUpdated AS source_updated_at
        FROM (
            SELECT *, CASE WHEN len(item) > 0 THEN item ELSE [NULL] END AS items,
                list_filter(contained, lambda r: r.resourceType = 'Coverage')[1] AS coverage,
                list_filter(related, lambda r: first_code(r.relationship) = 'prior')[1] AS prior,
                list_filter("procedure", lambda p: codings(p.procedureCodeableConcept)[1].code IS NOT NULL) AS operations,
                list_filter(claim_diagnosis.diagnoses, lambda c: c.code_system IN ('ICD10CM', 'ICD9CM')) AS classified
            FROM resource
            LEFT JOIN looked_up.claim_diagnosis USING (file_index, row_number)
            WHERE NOT coalesce(list_contains(code_values([type]), 'pharmacy'), FALSE)
        )
    )
) AS charge
LEFT JOIN looked_up.practitioner AS renderer ON renderer.practitioner_id = renderer_id
LEFT JOIN looked_up.practitioner AS biller ON biller.practitioner_id = biller_id
