-- one row per Condition; an onset by age is the birthday of that age
SELECT row_number, person_id, person_id AS patient_id, scope || id AS condition_id, ref(scope, encounter) AS encounter_id, recordedDate AS recorded,
    coalesce(onsetDateTime, onsetPeriod."start", birthday(birth_day, onsetAge), birthday(birth_day, onsetRange.low)) AS onset,
    onsetPeriod."end" AS onset_end,
    coalesce(abatementDateTime, just_before(abatementPeriod."end"), birthday(birth_day, abatementAge), birthday(birth_day, abatementRange.high))
        AS abatement,
    abatementString IS NOT NULL OR (abatementPeriod IS NOT NULL AND abatementPeriod."end" IS NULL) AS abatement_unknown,
    words_of(code) AS source_description, first_code(clinicalStatus) AS clinical_status, first_code(verificationStatus) AS verification_status,
    code_values(category) AS categories, codings(code) AS codes, codings_of_all(bodySite) AS body_site_codes, codings(severity) AS severity_codes,
    profile_names(meta) AS profiles, meta.lastUpdated AS source_updated_at
FROM resource
LEFT JOIN looked_up.patient USING (person_id)
