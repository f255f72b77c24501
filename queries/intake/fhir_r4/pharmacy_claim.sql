-- one row per item of an ExplanationOfBenefit of type pharmacy; one without items gives one row
SELECT row_number, least(line - 1, 1023) AS sub, person_id, scope || id AS claim_id, coalesce(item.sequence, CAST(line AS VARCHAR)) AS claim_line_number,
    coalesce(insurer.display, list_filter(contained, lambda r: r.resourceType = 'Coverage')[1].payor[1].display) AS payer,
    coalesce(list_filter(contained, lambda r: r.resourceType = 'Coverage')[1].type.text, insurance[1].coverage.display) AS plan,
    coalesce(npi_in(careTeam[1].provider), prescriber.npi) AS prescribing_provider_npi, coalesce(npi_in(provider), pharmacy.npi) AS dispensing_provider_npi,
    coalesce(served_from(item), day_of(billablePeriod."start")) AS dispensing_date,
    list_filter(codings(item.productOrService), lambda c: c.code_system = 'NDC')[1].code AS ndc_code,
    TRY_CAST(item.quantity."value" AS DOUBLE) AS quantity, info_of(supportingInfo, 'dayssupply').valueQuantity."value" AS days_supply,
    info_of(supportingInfo, 'refillnum').valueQuantity."value" AS refills, day_of(payment."date") AS paid_date,
    amount_of(amounts, '(line_prvdr_pmt_amt|line_nch_pmt_amt|paidtoprovider|^benefit$)') AS paid_amount,
    amount_of(amounts, '(line_alowd_chrg_amt|^eligible$|allowed)') AS allowed_amount,
    amount_of(amounts, '(sbmtd_chrg_amt|^submitted$|tot_chrg_amt)') AS charge_amount,
    amount_of(amounts, '(coinsrnc_amt|^coinsurance$)') AS coinsurance_amount,
    amount_of(amounts, '^copay$') AS copayment_amount, amount_of(amounts, '(ddctbl_amt|^deductible$)') AS deductible_amount,
    claim_status_of(status, outcome) AS claim_status, CASE WHEN is_denied(item.adjudication) THEN 'denied' END AS line_status,
    CASE WHEN prior IS NOT NULL THEN 'replacement' END AS adjustment_type, ref(scope, prior.claim) AS original_claim_id,
    coalesce(info_of(supportingInfo, 'clmrecvddate').timingDate, day_of(created)) AS received_date,
    list_filter(codings(item.productOrService), lambda c: c.code_system <> 'NDC') AS codes, meta.lastUpdated AS source_updated_at
FROM (
    SELECT *, unnest(items) AS item, amounts_of(unnest(items).adjudication) AS amounts, unnest(range(1, len(items) + 1)) AS line
    FROM (
        SELECT * EXCLUDE (item), CASE WHEN len(item) > 0 THEN item ELSE [NULL] END AS items,
            list_filter(related, lambda r: first_code(r.relationship) = 'prior')[1] AS prior
        FROM resource WHERE list_contains(code_values([type]), 'pharmacy')
    )
)
LEFT JOIN looked_up.practitioner AS prescriber ON prescriber.practitioner_id = ref(scope, careTeam[1].provider)
LEFT JOIN looked_up.practitioner AS pharmacy ON pharmacy.practitioner_id = ref(scope, provider)
